#include <algorithm>
#include <cstring>

#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/transpose.h"

namespace ingot::cpu {
namespace {

struct alignas(8) Wide16 {
  uint64_t parts[2];
};

/// Whole squares of a transposition in registers; `Number` is a floating type of the elements' size, whose bits are only
/// moved.
template <class Number>
void transpose_squares(void* out_address, int64_t to, const void* in_address, int64_t from, int64_t rows,
                       int64_t columns) {
  constexpr int64_t kSide = kLanes<Number>;
  auto* out = static_cast<Number*>(out_address);
  const auto* in = static_cast<const Number*>(in_address);
  Square<Number> square;
  for (int64_t r = 0; r < rows; r += kSide)
    for (int64_t c = 0; c < columns; c += kSide) {
      square.load([&](auto i)
                      INGOT_INLINED { return Eigen::internal::ploadu<Vector<Number>>(in + (c + i) * from + r); });
      square.transpose();
      square.store([&](auto i, const Vector<Number>& row)
                       INGOT_INLINED { Eigen::internal::pstoreu(out + (r + i) * to + c, row); });
    }
}

/// Rows of the source are columns of memory: go by squares, so that each cache line is used up while it is there.
template <class T>
void transpose(T* out, Window to, const T* in, Window from, int64_t rows, int64_t columns) {
  if constexpr (sizeof(T) == 4 || sizeof(T) == 8) {
    using Number = std::conditional_t<sizeof(T) == 4, float, double>;
    if (from.row_stride == 1 && to.column_stride == 1 && rows >= kLanes<Number> && columns >= kLanes<Number>) {
      const int64_t whole_rows = rows - rows % kLanes<Number>, whole_columns = columns - columns % kLanes<Number>;
      transpose_squares<Number>(out, to.row_stride, in, from.column_stride, whole_rows, whole_columns);
      transpose(out + whole_columns, to, in + whole_columns * from.column_stride, from, whole_rows,
                columns - whole_columns);
      return transpose(out + whole_rows * to.row_stride, to, in + whole_rows, from, rows - whole_rows, columns);
    }
  }
  constexpr int64_t kSide = 64 / sizeof(T) < 8 ? 8 : 64 / sizeof(T);
  // Where whole cache lines of the source are read they come from a few: more, whose distance may be a power of two, would
  // not stay in the first-level cache together.
  const int64_t across = rows < kSide ? kSide : std::min<int64_t>(kSide, 16);
  for (int64_t r0 = 0; r0 < rows; r0 += kSide) {
    const int64_t r1 = std::min(rows, r0 + kSide);
    for (int64_t c0 = 0; c0 < columns; c0 += across) {
      const int64_t c1 = std::min(columns, c0 + across);
      for (int64_t r = r0; r < r1; ++r)
        for (int64_t c = c0; c < c1; ++c)
          out[r * to.row_stride + c * to.column_stride] = in[r * from.row_stride + c * from.column_stride];
    }
  }
}

template <class T>
void copy(void* out_address, Window to, const void* in_address, Window from, int64_t rows, int64_t columns) {
  auto* out = static_cast<T*>(out_address);
  const auto* in = static_cast<const T*>(in_address);
  const bool dense_out = to.column_stride == 1;
  if (dense_out && from.column_stride == 1) {
    if (to.row_stride == columns && from.row_stride == columns) {
      columns *= rows;
      rows = 1;
    }
    for (int64_t r = 0; r < rows; ++r) {
      T* target = out + r * to.row_stride;
      const T* source = in + r * from.row_stride;
      if (columns <= 16) {
        for (int64_t c = 0; c < columns; ++c) target[c] = source[c];
      } else {
        std::memcpy(target, source, static_cast<size_t>(columns) * sizeof(T));
      }
    }
  } else if (dense_out && from.column_stride == -1) {
    for (int64_t r = 0; r < rows; ++r) {
      T* target = out + r * to.row_stride;
      const T* source = in + r * from.row_stride;
      INGOT_EACH_ALONE
      for (int64_t c = 0; c < columns; ++c) target[c] = source[-c];
    }
  } else if (dense_out && from.column_stride == 0) {
    for (int64_t r = 0; r < rows; ++r) std::fill_n(out + r * to.row_stride, columns, in[r * from.row_stride]);
  } else if (to.row_stride == 1 && from.column_stride == 1 && columns > 1) {
    transpose(out, {to.column_stride, to.row_stride}, in, {from.column_stride, from.row_stride}, columns, rows);
  } else if (from.row_stride != 0 && std::abs(from.row_stride) < std::abs(from.column_stride) && rows > 1) {
    transpose(out, to, in, from, rows, columns);
  } else {
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t c = 0; c < columns; ++c)
        out[r * to.row_stride + c * to.column_stride] = in[r * from.row_stride + c * from.column_stride];
  }
}

template <class T>
void fill(void* out, const void* value, int64_t count) {
  std::fill_n(static_cast<T*>(out), count, *static_cast<const T*>(value));
}

template <bool adds, class Number>
bool add_offsets(int64_t* out, const Number* indices, int64_t count, int64_t length, int64_t stride, int64_t base) {
  // Looked at once, at the end: a check of each would take longer than the rest. What is outside has a sign.
  int64_t signs = 0;
  INGOT_EACH_ALONE
  for (int64_t i = 0; i < count; ++i) {
    const int64_t given = indices[i], index = given + (given >> 63 & length);
    signs |= index | (length - 1 - index);
    out[i] = (adds ? out[i] : base) + index * stride;
  }
  return signs >= 0;
}

template <class Number>
bool offsets(int64_t* out, const void* indices, int64_t count, const IndexedAxis& axis) {
  return (axis.adds ? &add_offsets<true, Number>
                    : &add_offsets<false, Number>)(out, static_cast<const Number*>(indices), count, axis.length,
                                                   axis.stride, axis.base);
}

}  // namespace

void add_moves(Pack& pack) {
  pack.move[0] = {&copy<uint8_t>, &fill<uint8_t>};
  pack.move[1] = {&copy<uint16_t>, &fill<uint16_t>};
  pack.move[2] = {&copy<uint32_t>, &fill<uint32_t>};
  pack.move[3] = {&copy<uint64_t>, &fill<uint64_t>};
  pack.move[4] = {&copy<Wide16>, &fill<Wide16>};
  pack.offsets[0] = &offsets<int32_t>;
  pack.offsets[1] = &offsets<int64_t>;
}

}  // namespace ingot::cpu
