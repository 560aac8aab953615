// Transposition of matrices of float32 or float64, in squares that stay in registers.
#pragma once

#include <algorithm>

#include "ingot/cpu/packs/register_tile.h"

namespace ingot::cpu {

/// A square of lanes x lanes elements.
template <class T>
class Square {
 public:
  /// Row r is `get(r)`, r being an integral constant.
  template <class F>
  INGOT_INLINE void load(F&& get) {
    unrolled<kLanes<T>>([&](auto r) INGOT_INLINED { block_.packet[r] = get(r); });
  }
  INGOT_INLINE void transpose() { Eigen::internal::ptranspose(block_); }
  /// Calls `put(r, row)`.
  template <class F>
  INGOT_INLINE void store(F&& put) const {
    unrolled<kLanes<T>>([&](auto r) INGOT_INLINED { put(r, block_.packet[r]); });
  }

 private:
  // Eigen's type says nothing about alignment that the members do not say, but GCC warns about its name as an argument.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wignored-attributes"
  Eigen::internal::PacketBlock<Vector<T>, kLanes<T>> block_;
#pragma GCC diagnostic pop
};

/// out[r * to + c] = in[c * from + r] for r < rows and c < columns. Each row of `out` is zeroed up to a whole vector.
template <class T>
void transpose_padded(T* out, int64_t to, const T* in, int64_t from, int64_t rows, int64_t columns) {
  constexpr int kSide = kLanes<T>;
  const auto zero = Eigen::internal::pset1<Vector<T>>(T(0));
  Square<T> square;
  for (int64_t c = 0; c < columns; c += kSide) {
    const int64_t width = std::min<int64_t>(kSide, columns - c);
    const T* source = in + c * from;
    T* target = out + c;
    int64_t r = 0;
    for (; r + kSide <= rows; r += kSide) {
      if (width == kSide) {
        square.load([&](auto i) INGOT_INLINED { return Eigen::internal::ploadu<Vector<T>>(source + i * from + r); });
      } else {
        square.load([&](auto i) INGOT_INLINED {
          return i < width ? Eigen::internal::ploadu<Vector<T>>(source + i * from + r) : zero;
        });
      }
      square.transpose();
      square.store([&](auto i, const Vector<T>& row)
                       INGOT_INLINED { Eigen::internal::pstoreu(target + (r + i) * to, row); });
    }
    if (r < rows) {
      const Lanes<T> lanes(static_cast<int>(rows - r));
      square.load([&](auto i) INGOT_INLINED { return i < width ? lanes.load(source + i * from + r) : zero; });
      square.transpose();
      square.store([&](auto i, const Vector<T>& row) INGOT_INLINED {
        if (i < rows - r) Eigen::internal::pstoreu(target + (r + i) * to, row);
      });
    }
  }
}

/// out[r * to + c] = in[c * from + r], or added to that, for r < rows and c < columns. The rows of `in` may be read up
/// to a whole vector; of `out` nothing else is touched.
template <class T>
void transpose_padded_source(T* out, int64_t to, const T* in, int64_t from, int64_t rows, int64_t columns, bool add) {
  constexpr int kSide = kLanes<T>;
  const auto zero = Eigen::internal::pset1<Vector<T>>(T(0));
  Square<T> square;
  for (int64_t c = 0; c < columns; c += kSide) {
    const int64_t width = std::min<int64_t>(kSide, columns - c);
    const Lanes<T> lanes(static_cast<int>(width));
    for (int64_t r = 0; r < rows; r += kSide) {
      square.load([&](auto i) INGOT_INLINED {
        return i < width ? Eigen::internal::ploadu<Vector<T>>(in + (c + i) * from + r) : zero;
      });
      square.transpose();
      const int64_t height = rows - r;
      square.store([&](auto i, const Vector<T>& row) INGOT_INLINED {
        if (i < height) {
          T* target = out + (r + i) * to + c;
          lanes.store(target, add ? Eigen::internal::padd(lanes.load(target), row) : row);
        }
      });
    }
  }
}

}  // namespace ingot::cpu
