// Gradients of depthwise convolutions by 3 x 3 kernels that move by two, in float32: lines of the image are read where
// they lie, and even and odd columns taken apart in registers.
#pragma once

#include <algorithm>

#include "ingot/cpu/depthwise.h"
#include "ingot/cpu/packs/depthwise_lines.h"
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/packs/shuffle.h"

namespace ingot::cpu {

class DepthwiseLineSums {
 public:
  static void add(const DepthwiseLineCorrelation& p) { DepthwiseLineSums(p).run(); }

 private:
  using T = float;
  using V = Vector<T>;
  static constexpr int64_t kWide = kLanes<T>;

  explicit DepthwiseLineSums(const DepthwiseLineCorrelation& p)
      : p_(p),
        last_((p.columns - 1) / kWide * kWide),
        end_(some(p.columns - last_)),
        end_behind_(some(p.columns - last_ - 1)),
        ends_{some(seen()), some(seen() - kWide)},
        ends_before_{some(seen_before()), some(seen_before() - kWide)} {}

  static Lanes<T> some(int64_t count) { return Lanes<T>(static_cast<int>(std::clamp<int64_t>(count, 0, kWide))); }
  /// Columns of the image that the last results see, and those that they see with the kernel's first column.
  int64_t seen() const { return std::min(p_.width, 2 * p_.columns) - 2 * last_; }
  int64_t seen_before() const { return std::min(p_.width, 2 * p_.columns - 1) - 2 * last_; }

  static INGOT_INLINE V load(const T* from) { return Eigen::internal::ploadu<V>(from); }

  INGOT_INLINE void run() const {
    auto* totals = static_cast<T*>(p_.sums);
    V sums[3][3];
    unrolled<9>([&](auto k) INGOT_INLINED { sums[k / 3][k % 3] = load(totals + k * kWide); });
    V first[3];
    for (int64_t line = 0; line < p_.lines; ++line) {
      unrolled<3>([&](auto j) INGOT_INLINED { first[j] = sums[0][j]; });
      add_line(line, sums);
    }
    unrolled<3>([&](auto j) INGOT_INLINED { sums[0][j] = first[j]; });
    unrolled<9>([&](auto k) INGOT_INLINED { Eigen::internal::pstoreu(totals + k * kWide, sums[k / 3][k % 3]); });
  }

  /// The two lines of the image that the second and third row of the kernel see. The latter is seen by the first row
  /// too, with the next line of results; after the last one that is of no use. Before the first line there are zeros.
  INGOT_INLINE void add_line(int64_t line, V (&sums)[3][3]) const {
    const T* const cotangent = static_cast<const T*>(p_.cotangent) + line * p_.cotangent_row;
    const T* const given[2] = {cotangent, line + 1 < p_.lines ? cotangent + p_.cotangent_row : cotangent};
    const T* const seen = static_cast<const T*>(p_.image) + 2 * line * p_.row;
    const T* const rows[2] = {seen, 2 * line + 1 < p_.height ? seen + p_.row : static_cast<const T*>(p_.zeros)};
    const auto add = [&](int64_t x, auto&& get, auto&& get_behind, auto&& columns) INGOT_INLINED {
      V here[2], behind[2];  // what is multiplied by the kernel's last columns, and by its first
      unrolled<2>([&](auto i) INGOT_INLINED {
        here[i] = get(given[i] + x);
        behind[i] = get_behind(given[i] + x + 1);
      });
      unrolled<2>([&](auto i) INGOT_INLINED {
        const T* const from = rows[i] + 2 * x;
        __builtin_prefetch(from + kAheadInImage);
        __builtin_prefetch(from + kAheadInImage + kWide);
        V even, odd, odd_before;
        columns(from, even, odd, odd_before);
        const auto add_row = [&](auto row, const V& g, const V& next) INGOT_INLINED {
          sums[row][0] = Eigen::internal::pmadd(odd_before, next, sums[row][0]);
          sums[row][1] = Eigen::internal::pmadd(even, g, sums[row][1]);
          sums[row][2] = Eigen::internal::pmadd(odd, g, sums[row][2]);
        };
        add_row(std::integral_constant<int, i + 1>{}, here[0], behind[0]);
        if constexpr (i == 1) add_row(std::integral_constant<int, 0>{}, here[1], behind[1]);
      });
    };
    const auto take_apart = [](const V& low, const V& high, V& even, V& odd) INGOT_INLINED {
      even = shuffled(low, high, EvenOf{});
      odd = shuffled(low, high, OddOf{});
    };
    for (int64_t x = 0; x < last_; x += kWide)
      add(x, load, load, [&](const T* from, V& even, V& odd, V& odd_before) INGOT_INLINED {
        take_apart(load_once(from), load_once(from + kWide), even, odd);
        odd_before = odd;
      });
    // What lies behind the last results must not meet zeros: it may be infinite.
    add(
        last_, [&](const T* from) INGOT_INLINED { return end_.load(from); },
        [&](const T* from) INGOT_INLINED { return end_behind_.load(from); },
        [&](const T* from, V& even, V& odd, V& odd_before) INGOT_INLINED {
          take_apart(ends_[0].load(from), ends_[1].load(from + kWide), even, odd);
          odd_before = shuffled(ends_before_[0].load(from), ends_before_[1].load(from + kWide), OddOf{});
        });
  }

  DepthwiseLineCorrelation p_;
  int64_t last_;
  Lanes<T> end_, end_behind_;  ///< of the last vectors of results, and of those behind each
  Lanes<T> ends_[2], ends_before_[2];
};

}  // namespace ingot::cpu
