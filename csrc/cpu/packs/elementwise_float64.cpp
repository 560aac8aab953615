#include <bit>
#include <cmath>
#include <limits>

#include "ingot/cpu/packs/division.h"
#include "ingot/cpu/packs/elementwise.h"
#include "ingot/cpu/packs/erfinv_estimate.h"
#include "ingot/cpu/packs/fast_or_exact.h"

namespace ingot::cpu {
namespace {

using scalars::vector::madd;
using scalars::vector::nearest;
using scalars::vector::polynomial;
using scalars::vector::power_of_two;

/// x - n pi / 2 for the nearest n as the sum of `high` and a `low` beyond its digits.
struct Turned {
  double high, low;
  int64_t quarter;  ///< n

  INGOT_VECTOR explicit Turned(double x) {
    using F = scalars::vector::Format<double>;
    const double shifted = x * 0.63661977236758134308 + F::kRound;
    quarter = scalars::vector::bits(shifted);
    const double n = shifted - F::kRound;
    // pi / 2 in parts, all but the last of 33 bits: products with as many turns as there are (`few_turns`) are exact.
    // The first difference is, too.
    low = 0;
    high = x - n * 1.5707963267341256;
    subtract(n * 6.077100506303966e-11);
    subtract(n * 2.0222662487111665e-21);
    low -= n * 8.4784276603689e-32;
  }

  INGOT_VECTOR double sine() const {
    const double z = high * high;
    const double tail = polynomial(z, -0.16666666666666631558, 0.0083333333333222908866, -0.00019841269829704577382,
                                   2.7557313654431275394e-6, -2.5050751995306670663e-8, 1.589642714632991975e-10);
    return high + (high * z * tail + low * (1 - 0.5 * z));
  }
  INGOT_VECTOR double cosine() const {
    const double z = high * high, half = 0.5 * z, most = 1 - half;
    const double tail = polynomial(z, 0.041666666666666598555, -0.0013888888888873954315, 0.000024801587289370633749,
                                   -2.7557314318630094506e-7, 2.0875718506775326629e-9, -1.135939205589983009e-11);
    return most + ((1 - most - half) + (z * z * tail - high * low));
  }

 private:
  /// What rounding takes from the difference goes to `low`.
  INGOT_VECTOR void subtract(double part) {
    const double rest = high - part, taken = high - rest;
    low += (high - (rest + taken)) + (taken - part);
    high = rest;
  }
};

INGOT_VECTOR double fast_sin(double x) {
  const Turned r(x);
  const double size = r.quarter & 1 ? r.cosine() : r.sine();
  return x == 0 ? x : r.quarter & 2 ? -size : size;
}
INGOT_VECTOR double fast_cos(double x) {
  const Turned r(x);
  const double size = r.quarter & 1 ? r.sine() : r.cosine();
  return (r.quarter + 1) & 2 ? -size : size;
}
INGOT_VECTOR double fast_tan(double x) {
  const Turned r(x);
  const double sine = r.sine(), cosine = r.cosine();
  const double result = r.quarter & 1 ? -cosine / sine : sine / cosine;
  return x == 0 ? x : result;
}

/// erfc(t) for 0 <= t <= 28, by exp(t^2) (1 + 2 t) erfc(t), which hardly changes, as a polynomial.
INGOT_VECTOR double positive_erfc(double t) {
  const double ratio =
      polynomial((t - 4.25) / (t + 4.25), 1.228780110466885148, -0.1383850903683936168, 0.02519373394910112516,
                 0.05511897479665902643, -0.0924701298353231069, 0.09288944054575860131, -0.07176815625492696037,
                 0.04501047266666659661, -0.02300023345382624439, 0.009278720537108549939, -0.002675909413135547486,
                 0.0003518739962547545834, 0.0001197544168161751951, -8.01977678416721629e-5, 1.30557109499782904e-5,
                 5.446044362785457576e-6, -2.996094560841941888e-6, -6.696283748350677473e-9, 3.960778352642423081e-7,
                 -5.837693934396203531e-8, -4.646479595325741268e-8, 8.168675232084063999e-9, 4.441008133274451523e-9);
  // What rounding takes from the square is multiplied by the exponential, so it is given back.
  const double square = t * t;
#if defined(__FMA__) || defined(__aarch64__)
  const double lost = madd(t, t, -square);
#else
  const double short_t = std::bit_cast<double>(scalars::vector::bits(t) & ~0x7ffffff), rest = t - short_t;
  const double lost = (short_t * short_t - square + 2 * short_t * rest) + rest * rest;
#endif
  using F = scalars::vector::Format<double>;
  const double n = nearest(square * -1.4426950408889634);
  const double r = madd(n, -F::kLn2High, -square) + madd(n, -F::kLn2Low, -lost);
  const double growth = scalars::vector::small_expm1(r), factor = ratio / (1 + t + t), half = nearest(n * 0.5);
  // One rounding less than a product with 1 + growth; in two steps, for the power alone may be subnormal.
  return madd(growth, factor, factor) * power_of_two(half) * power_of_two(n - half);
}

/// erf(x) for |x| <= 1.
INGOT_VECTOR double small_erf(double x) {
  const double slope = polynomial(x * x, 0.12837916709551256546, -0.37612638903183518106, 0.11283791670944151287,
                                  -0.026866170643107617774, 0.0052239776060926908849, -0.00085483259282295157447,
                                  0.00012055293547133337726, -1.4924711763018064797e-5, 1.6447125196367361894e-6,
                                  -1.6206266457916562e-7, 1.3710780817389811578e-8, -7.7791034586066331529e-10);
  return madd(x, slope, x);
}

INGOT_VECTOR double fast_erfc(double x) {
  const double size = std::abs(x), beyond = positive_erfc(size > 28 ? 28 : size);
  const double far = x < 0 ? 2 - beyond : beyond;
  return size < 0.5 ? 1 - small_erf(x) : far;
}

INGOT_VECTOR double fast_erf(double x) {
  const double size = std::abs(x), t = scalars::vector::select(size > 6.0, 6.0, size);
  const double large = std::copysign(1 - positive_erfc(t), x);
  return scalars::vector::select(t < 1, small_erf(x), large);
}

/// An estimate, one more in the tails beyond those of float32, and a step of Halley's iteration.
INGOT_VECTOR double fast_erfinv(double x) {
  const double size = std::abs(x), w = -scalars::vector::log((1 - size) * (1 + size));
  const double far = polynomial(std::sqrt(w) - 5, 4.84990632442, 1.01030648243, -0.000137060592355, -0.000239394230508,
                                7.60795234272e-5);
  const double root = size * (w < kErfinvEstimated ? erfinv_estimate(w) : far);
  // Near 1 the difference is taken of erfc, which keeps its digits there.
  const double error = size < 0.5 ? small_erf(root) - size : (1 - size) - positive_erfc(root);
  const double change = error / (1.1283791670955126 * scalars::vector::exp(-root * root));
  const double better = root - change / (1 + root * change);
  return std::copysign(size == 1 ? std::numeric_limits<double>::infinity() : better, x);
}

}  // namespace

void add_elementwise_float64(Pack& pack) {
  add_elementwise<double>(pack);
  add_with_scalar<double>(pack);
  add_blend<double>(pack);
#if defined(__FMA__) || defined(__aarch64__)
  division::add<double>(pack);  // without fused products they would not be exact
#endif
  const auto entry = [&](Opcode row) -> ElementwiseFn& {
    return pack.elementwise[static_cast<int>(row)][static_cast<int>(DType::float64)];
  };
  entry(Opcode::sin) = &fast_or_exact<double, fast_sin, exact_sin, few_turns>;
  entry(Opcode::cos) = &fast_or_exact<double, fast_cos, exact_cos, few_turns>;
  entry(Opcode::tan) = &fast_or_exact<double, fast_tan, exact_tan, few_turns>;
  entry(Opcode::erf) = &loop<double, double, &fast_erf>;
  entry(Opcode::erfc) = &loop<double, double, &fast_erfc>;
  entry(Opcode::erfinv) = &loop<double, double, &fast_erfinv>;
}

}  // namespace ingot::cpu
