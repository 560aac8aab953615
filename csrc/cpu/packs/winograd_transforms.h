// The transforms of Winograd's convolution F(4, 3) along one axis, and those of its gradient by the kernel, which are
// their transposes. F(3, 4) and F(2, 5) differ only in how many elements of the kernel and how many results there are.
#pragma once

#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/winograd.h"

namespace ingot::cpu::winograd {

using T = float;
using V = Vector<T>;
inline constexpr int64_t kWide = kLanes<T>, kPanelTiles = kTileVectors * kWide;
inline constexpr auto kLow = static_cast<T>(kWinogradLow), kHigh = static_cast<T>(kWinogradHigh);
/// Elements of a kernel.
inline constexpr int64_t kTaps = 9;

INGOT_INLINE V load(const T* from) { return Eigen::internal::ploadu<V>(from); }
INGOT_INLINE void store(T* to, const V& x) { Eigen::internal::pstoreu(to, x); }
INGOT_INLINE V times(T a, const V& x) { return Eigen::internal::pmul(Eigen::internal::pset1<V>(a), x); }
/// a * x + y
INGOT_INLINE V fused(T a, const V& x, const V& y) { return Eigen::internal::pmadd(Eigen::internal::pset1<V>(a), x, y); }

/// The image's transform along one axis.
INGOT_INLINE void transform_image(const V (&d)[6], V (&out)[6]) {
  using namespace Eigen::internal;
  const V low_even = fused(-2, d[2], d[4]), low_odd = fused(-2, d[1], d[3]);
  const V high_even = fused(-0.5f, d[2], d[4]), high_odd = fused(-0.5f, d[1], d[3]);
  out[0] = fused(-2.5f, d[2], padd(d[0], d[4]));
  out[1] = fused(kLow, low_odd, low_even);
  out[2] = fused(-kLow, low_odd, low_even);
  out[3] = fused(kHigh, high_odd, high_even);
  out[4] = fused(-kHigh, high_odd, high_even);
  out[5] = fused(-2.5f, d[3], padd(d[1], d[5]));
}

/// The kernel's, of 3 or 5 elements.
template <int taps>
INGOT_INLINE void transform_weights(const V (&g)[taps], V (&out)[6]) {
  using namespace Eigen::internal;
  constexpr T kThird = 1 / 3.0f, kSixth = 1 / 6.0f;
  V low_even = fused(0.5f, g[2], g[0]), high_even = fused(2, g[2], g[0]), low_odd = g[1], high_odd = g[1];
  if constexpr (taps == 5) {
    low_even = fused(0.25f, g[4], low_even), high_even = fused(4, g[4], high_even);
    low_odd = fused(0.5f, g[3], low_odd), high_odd = fused(2, g[3], high_odd);
  }
  low_even = times(-2 * kThird, low_even), high_even = times(kSixth, high_even);
  out[0] = g[0];
  out[1] = fused(-2 * kThird * kLow, low_odd, low_even);
  out[2] = fused(2 * kThird * kLow, low_odd, low_even);
  out[3] = fused(kSixth * kHigh, high_odd, high_even);
  out[4] = fused(-kSixth * kHigh, high_odd, high_even);
  out[5] = g[taps - 1];
}

/// From products to `results` results; with fewer than 4, kernels are as much longer.
template <int results>
INGOT_INLINE void transform_back(const V (&m)[6], V (&out)[results]) {
  using namespace Eigen::internal;
  const V low_even = padd(m[1], m[2]), low_odd = psub(m[1], m[2]);
  const V high_even = padd(m[3], m[4]), high_odd = psub(m[3], m[4]);
  out[0] = padd(m[0], padd(low_even, high_even));
  out[1] = fused(kLow, low_odd, times(kHigh, high_odd));
  if constexpr (results > 2) out[2] = fused(0.5f, low_even, times(2, high_even));
  if constexpr (results > 3) out[3] = fused(0.5f * kLow, low_odd, times(2 * kHigh, high_odd));
  out[results - 1] = padd(out[results - 1], m[5]);
}

/// The cotangent's: the transpose of `transform_back` to 4 results.
INGOT_INLINE void transform_cotangent(const V (&g)[4], V (&out)[6]) {
  using namespace Eigen::internal;
  const V low_even = fused(0.5f, g[2], g[0]), low_odd = fused(0.5f, g[3], g[1]);
  const V high_even = fused(2, g[2], g[0]), high_odd = fused(2, g[3], g[1]);
  out[0] = g[0];
  out[1] = fused(kLow, low_odd, low_even);
  out[2] = fused(-kLow, low_odd, low_even);
  out[3] = fused(kHigh, high_odd, high_even);
  out[4] = fused(-kHigh, high_odd, high_even);
  out[5] = g[3];
}

/// From products of cotangent and image to the kernel's gradient: the transpose of `transform_weights`.
INGOT_INLINE void transform_to_kernel(const V (&m)[6], V (&out)[3]) {
  using namespace Eigen::internal;
  constexpr T kThird = 1 / 3.0f, kSixth = 1 / 6.0f;
  const V low_even = padd(m[1], m[2]), low_odd = psub(m[2], m[1]);
  const V high_even = padd(m[3], m[4]), high_odd = psub(m[3], m[4]);
  out[0] = fused(-2 * kThird, low_even, fused(kSixth, high_even, m[0]));
  out[1] = fused(2 * kThird * kLow, low_odd, times(kSixth * kHigh, high_odd));
  out[2] = fused(kThird, psub(high_even, low_even), m[5]);
}

}  // namespace ingot::cpu::winograd
