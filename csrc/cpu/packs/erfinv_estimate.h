// The inverse of the error function, nearly: for float32 it is good as it stands, for float64 a step brings the rest.
#pragma once

#include <cmath>

#include "ingot/cpu/packs/vector_math.h"

namespace ingot::cpu {

/// Up to where it is good: -log(1 - x^2) of the largest number below 1 in float32 is less.
inline constexpr double kErfinvEstimated = 17.3;

/// erfinv(x) / x as a function of w = -log(1 - x^2), for which one polynomial is good near 0 and another, of its root, in
/// the tails: relative errors of 4e-10 and 2e-9.
INGOT_VECTOR double erfinv_estimate(double w) {
  const double central = scalars::vector::polynomial(
      w - 2.5, 1.5014093517052807, 0.24664027568367045, -0.004177324738392044, -0.0012527045694742628,
      0.00021826368834597024, -4.999023229557524e-06, -3.4260708090896555e-06, 4.797919486497895e-07,
      1.646795752879611e-08, -1.103770619542325e-08, 4.3634441777128934e-10, 1.3368347035446374e-10);
  const double tail = scalars::vector::polynomial(
      std::sqrt(w) - 3.198033988749895, 3.0316613574822684, 1.0046688897311378, 0.005998808522103745,
      -0.00431717037287972, 0.002967607546712359, -0.002006851031941753, 0.0010958430426606723, -0.0003574469543638983,
      -3.8432035303203687e-05, 0.00010037631999096905, -3.208658011072327e-05);
  return w < 5 ? central : tail;
}

}  // namespace ingot::cpu
