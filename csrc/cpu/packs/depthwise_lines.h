// Depthwise convolutions by 3 x 3 kernels in float32, which see the lines of an image where they lie. Sums down the
// columns of a kernel come first, for each of its three columns; those of outer columns then move by a lane. So no
// element of the image is loaded more than once for some lines of results, and none from across two cache lines because
// of its neighbours.
#pragma once

#include <algorithm>

#include "ingot/cpu/depthwise.h"
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/packs/shuffle.h"

namespace ingot::cpu {

/// Memory of images is asked for as many elements before they are read: hardware does not foresee how lines take turns.
inline constexpr int64_t kAheadInImage = 2048;

class DepthwiseLineProducts {
 public:
  static void multiply(const DepthwiseLines& p) {
    // Lines of results that share what they see, as far as registers last.
    constexpr int kCount = EIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS >= 32 ? 2 : 1;
    if (p.transposed)
      DepthwiseLineProducts(p).run_transposed();
    else if (p.lines >= kCount)
      DepthwiseLineProducts(p).run<kCount>();
    else
      DepthwiseLineProducts(p).run<1>();
  }

 private:
  using T = float;
  using V = Vector<T>;
  static constexpr int64_t kWide = kLanes<T>;
  /// Memory of results is asked for as many lines before they are written.
  static constexpr int64_t kAhead = 7;

  explicit DepthwiseLineProducts(const DepthwiseLines& p)
      : p_(p),
        last_((p.width - 1) / kWide * kWide),
        last_out_((p.columns - 1) / kWide * kWide),
        end_(static_cast<int>(p.width - last_)),
        end_out_(static_cast<int>(p.columns - last_out_)) {}

  static INGOT_INLINE V zeros() { return Eigen::internal::pset1<V>(0); }
  static INGOT_INLINE V load(const T* from) { return Eigen::internal::ploadu<V>(from); }

  INGOT_INLINE void spread_weights(V (&weights)[3][3]) const {
    unrolled<3>([&](auto i) INGOT_INLINED {
      unrolled<3>([&](auto j) INGOT_INLINED {
        weights[i][j] = Eigen::internal::pset1<V>(static_cast<const T*>(p_.weights)[p_.weight_offsets[3 * i + j]]);
      });
    });
  }

  /// The last lines repeat some of those before, where lines are left over.
  template <int count>
  INGOT_INLINE void run() const {
    V weights[3][3];
    spread_weights(weights);
    for (int64_t next = 0; next < p_.lines; next += count) {
      const int64_t line = std::min(next, p_.lines - count);
      T* const out = static_cast<T*>(p_.out) + line * p_.out_row;
      if (p_.stride == 1)
        multiply_by_one<count>(weights, line, out);
      else
        multiply_by_two<count>(weights, line, out);
    }
  }

  /// Lines of the image from `first` on.
  template <int seen>
  INGOT_INLINE void find_rows(int64_t first, const T* (&rows)[seen]) const {
    const T* row = static_cast<const T*>(p_.image) + first * p_.row;
    unrolled<seen>([&](auto i) INGOT_INLINED {
      const bool inside = static_cast<uint64_t>(first + i) < static_cast<uint64_t>(p_.height);
      rows[i] = inside ? row : static_cast<const T*>(p_.zeros);
      row += p_.row;
    });
  }

  INGOT_INLINE void put(T* to, int64_t x, const V& results) const {
    __builtin_prefetch(to + x + kAhead * p_.out_row, 1);
    if (x < last_out_)
      Eigen::internal::pstoreu(to + x, results);
    else
      end_out_.store(to + x, results);
  }

  /// The lanes of `sums`, moved up by one; the first is the last one of those before.
  static INGOT_INLINE V moved_up(const V& before, const V& sums) { return shuffled(before, sums, LastAndFirst{}); }

  template <int count>
  INGOT_INLINE void multiply_by_one(const V (&weights)[3][3], int64_t line, T* out) const {
    const T* rows[count + 2];
    find_rows(p_.first + line * p_.stride, rows);
    using Sums = V[count][3];
    const auto add_down = [&](Sums& sums, int64_t x, auto&& get) INGOT_INLINED {
      unrolled<count + 2>([&](auto i) INGOT_INLINED {
        V seen = get(rows[i] + x);
        EIGEN_OPTIMIZATION_BARRIER(seen)  // loaded once: else each product would load it again
        if constexpr (i > 0 && i <= count) __builtin_prefetch(rows[i] + x + kAheadInImage);
        unrolled<count>([&](auto r) INGOT_INLINED {
          constexpr int k = i - r;
          unrolled<3>([&](auto j) INGOT_INLINED {
            if constexpr (k == 0) sums[r][j] = Eigen::internal::pmul(weights[0][j], seen);
            if constexpr (k == 1 || k == 2) sums[r][j] = Eigen::internal::pmadd(weights[k][j], seen, sums[r][j]);
          });
        });
      });
    };
    Sums here, next;
    V before[count];
    unrolled<count>([&](auto r) INGOT_INLINED { before[r] = zeros(); });
    const auto finish = [&](int64_t x) INGOT_INLINED {
      unrolled<count>([&](auto r) INGOT_INLINED {
        const V sum = Eigen::internal::padd(moved_up(before[r], here[r][0]), here[r][1]);
        put(out + r * p_.out_row, x, Eigen::internal::padd(sum, shuffled(here[r][2], next[r][2], AllButFirst{})));
        before[r] = here[r][0];
        unrolled<3>([&](auto j) INGOT_INLINED { here[r][j] = next[r][j]; });
      });
    };
    const auto part = [&](const T* from) INGOT_INLINED { return end_.load(from); };
    if (last_ == 0) {
      add_down(here, 0, part);
    } else {
      add_down(here, 0, load);
      for (int64_t x = kWide; x < last_; x += kWide) {
        add_down(next, x, load);
        finish(x - kWide);
      }
      add_down(next, last_, part);
      finish(last_ - kWide);
    }
    unrolled<count>([&](auto r) INGOT_INLINED { next[r][2] = zeros(); });
    finish(last_);
  }

  /// Elements in even and in odd columns are taken apart. Of the latter, those before a result see the kernel's first
  /// column, those behind it the last.
  template <int count>
  INGOT_INLINE void multiply_by_two(const V (&weights)[3][3], int64_t line, T* out) const {
    constexpr int kSeen = 2 * count + 1;
    const T* rows[kSeen];
    find_rows(p_.first + line * p_.stride, rows);
    V before[count];
    unrolled<count>([&](auto r) INGOT_INLINED { before[r] = zeros(); });
    const auto add = [&](int64_t x, auto&& first, auto&& second) INGOT_INLINED {
      V outer[count], sums[count];
      unrolled<kSeen>([&](auto i) INGOT_INLINED {
        V low = first(rows[i] + x), high = second(rows[i] + x + kWide);
        if constexpr (i > 0) {
          __builtin_prefetch(rows[i] + x + kAheadInImage);
          __builtin_prefetch(rows[i] + x + kAheadInImage + kWide);
        }
        EIGEN_OPTIMIZATION_BARRIER(low)
        EIGEN_OPTIMIZATION_BARRIER(high)
        const V even = shuffled(low, high, EvenOf{}), odd = shuffled(low, high, OddOf{});
        unrolled<count>([&](auto r) INGOT_INLINED {
          constexpr int k = i - 2 * r;
          if constexpr (k == 0) {
            outer[r] = Eigen::internal::pmul(weights[0][0], odd);
            sums[r] = Eigen::internal::pmul(weights[0][1], even);
          } else if constexpr (k == 1 || k == 2) {
            outer[r] = Eigen::internal::pmadd(weights[k][0], odd, outer[r]);
            sums[r] = Eigen::internal::pmadd(weights[k][1], even, sums[r]);
          }
          if constexpr (k >= 0 && k <= 2) sums[r] = Eigen::internal::pmadd(weights[k][2], odd, sums[r]);
        });
      });
      unrolled<count>([&](auto r) INGOT_INLINED {
        put(out + r * p_.out_row, x / 2, Eigen::internal::padd(sums[r], moved_up(before[r], outer[r])));
        before[r] = outer[r];
      });
    };
    const auto part = [&](const T* from) INGOT_INLINED { return end_.load(from); };
    const auto none = [](const T*) INGOT_INLINED { return zeros(); };
    int64_t x = 0;
    for (; x + kWide < last_; x += 2 * kWide) add(x, load, load);
    if (x < last_)
      add(x, load, part);
    else
      add(x, part, none);
  }

  /// Even lines of results see one row of the kernel, odd ones the other two; and so do columns.
  void run_transposed() const {
    V w[3][3];
    spread_weights(w);
    for (int64_t line = 0; line < p_.lines; line += 2) {
      const T* rows[2];
      find_rows(p_.first + line / 2, rows);
      T* const out = static_cast<T*>(p_.out) + line * p_.out_row;
      const bool has_odd = line + 1 < p_.lines;
      const auto get = [&](const T* row, int64_t x) INGOT_INLINED {
        return x < last_ ? load(row + x) : x == last_ ? end_.load(row + x) : zeros();
      };
      V here[2] = {get(rows[0], 0), get(rows[1], 0)};
      for (int64_t x = 0; 2 * x < p_.columns; x += kWide) {
        V behind[2], moved[2];
        unrolled<2>([&](auto i) INGOT_INLINED {
          behind[i] = get(rows[i], x + kWide);
          moved[i] = shuffled(here[i], behind[i], AllButFirst{});
        });
        using namespace Eigen::internal;
        put_zipped(out, 2 * x, pmul(w[1][1], here[0]), pmadd(w[1][0], moved[0], pmul(w[1][2], here[0])));
        if (has_odd)
          put_zipped(
              out + p_.out_row, 2 * x, pmadd(w[0][1], here[1], pmul(w[2][1], here[0])),
              padd(pmadd(w[2][0], moved[0], pmul(w[2][2], here[0])), pmadd(w[0][0], moved[1], pmul(w[0][2], here[1]))));
        unrolled<2>([&](auto i) INGOT_INLINED { here[i] = behind[i]; });
      }
    }
  }

  INGOT_INLINE void put_zipped(T* to, int64_t x, const V& even, const V& odd) const {
    put(to, x, shuffled(even, odd, ZipLow{}));
    if (x + kWide < p_.columns) put(to, x + kWide, shuffled(even, odd, ZipHigh{}));
  }

  DepthwiseLines p_;
  int64_t last_, last_out_;
  Lanes<T> end_, end_out_;  ///< of the last vectors of a line of the image, and of one of results
};

}  // namespace ingot::cpu
