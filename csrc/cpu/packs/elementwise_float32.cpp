#include <cmath>

#include "ingot/cpu/packs/division.h"
#include "ingot/cpu/packs/elementwise.h"
#include "ingot/cpu/packs/erfinv_estimate.h"
#include "ingot/cpu/packs/fast_or_exact.h"

namespace ingot::cpu {
namespace {

/// x - n pi / 2 for the nearest n, in double precision; `quarter` gets n.
INGOT_VECTOR double reduce_turns(float x, int64_t& quarter) {
  using F = scalars::vector::Format<double>;
  const double wide = x;
  const double shifted = wide * 0.63661977236758134308 + F::kRound;
  quarter = scalars::vector::bits(shifted);
  const double n = shifted - F::kRound;
  // pi / 2 in two parts, the first short enough for its product with n to be exact.
  return (wide - n * 1.57079632673412561417) - n * 6.07710050650619224932e-11;
}
/// For |r| <= pi / 4, good to float32.
INGOT_VECTOR double small_sin(double r) {
  const double z = r * r;
  return r + r * z *
                 scalars::vector::polynomial(z, -0.16666666663858518262, 0.0083333318754495269179,
                                             -0.0001984008696307590295, 2.7249940375652956488e-6);
}
INGOT_VECTOR double small_cos(double r) {
  const double z = r * r;
  return 1 + z * scalars::vector::polynomial(z, -0.49999999999963915518, 0.041666666637404232349,
                                             -0.0013888885091690323697, 2.4799862168806799652e-5,
                                             -2.7237130807689071933e-7);
}

INGOT_VECTOR float fast_sin(float x) {
  int64_t quarter;
  const double r = reduce_turns(x, quarter);
  const double size = quarter & 1 ? small_cos(r) : small_sin(r);
  const double result = quarter & 2 ? -size : size;
  return x == 0 ? x : static_cast<float>(result);
}
INGOT_VECTOR float fast_cos(float x) {
  int64_t quarter;
  const double r = reduce_turns(x, quarter);
  const double size = quarter & 1 ? small_sin(r) : small_cos(r);
  return static_cast<float>((quarter + 1) & 2 ? -size : size);
}
INGOT_VECTOR float fast_tan(float x) {
  int64_t quarter;
  const double r = reduce_turns(x, quarter);
  const double sine = small_sin(r), cosine = small_cos(r);
  const double result = quarter & 1 ? -cosine / sine : sine / cosine;
  return x == 0 ? x : static_cast<float>(result);
}

INGOT_VECTOR float fast_erfinv(float x) {
  const double wide = x, w = -scalars::vector::log((1 - wide) * (1 + wide));
  const float result = static_cast<float>(wide * erfinv_estimate(w));
  return std::abs(x) == 1 ? std::copysign(std::numeric_limits<float>::infinity(), x) : result;
}

bool is_positive(float x) { return x > 0; }

/// By Stirling's series, numbers below 8 being raised by 8; between its zeros, and near them, by a polynomial between them.
INGOT_VECTOR float fast_lgamma(float x) {
  using scalars::vector::polynomial;
  const double w = x;
  const double between =
      (w - 1) * (w - 2) *
      polynomial(w - 1.5, 0.48312895038381044, -0.145959913087031208, 0.0629114377187599167, -0.0313073689184406462,
                 0.0167957168062937443, -0.00944588596555162394, 0.00546540330250047509, -0.00306429737975359544,
                 0.00180711975783558178, -0.00161968484001802041, 0.00102586711622422113);
  const bool small = w < 8;
  const double product = w * (w + 1) * ((w + 2) * (w + 3)) * ((w + 4) * (w + 5) * ((w + 6) * (w + 7)));
  const double z = small ? w + 8 : w, inverse = 1 / z;
  const double series = inverse * polynomial(inverse * inverse, 1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680,
                                             1.0 / 1188, -691.0 / 360360, 1.0 / 156);
  const double stirling = (z - 0.5) * scalars::vector::log(z) - z + 0.91893853320467274178 + series;
  // In this order: of the logarithm of a choice the compiler makes no vectors.
  const double result = stirling - (small ? scalars::vector::log(product) : 0.0);
  const double finite = w > 0.95 && w < 2.05 ? between : result;
  return x == std::numeric_limits<float>::infinity() ? x : static_cast<float>(finite);
}
float exact_lgamma(float x) {
#if defined(__GLIBC__) || defined(__APPLE__)
  // std::lgamma also writes a global variable, which threads would race for.
  int sign;
  return static_cast<float>(::lgamma_r(static_cast<double>(x), &sign));
#else
  return static_cast<float>(std::lgamma(static_cast<double>(x)));
#endif
}

}  // namespace

void add_elementwise_float32(Pack& pack) {
  add_elementwise<float>(pack);
  add_with_scalar<float>(pack);
  add_blend<float>(pack);
  division::add<float>(pack);
  const auto entry = [&](Opcode row) -> ElementwiseFn& {
    return pack.elementwise[static_cast<int>(row)][static_cast<int>(DType::float32)];
  };
  entry(Opcode::sin) = &fast_or_exact<float, fast_sin, exact_sin, few_turns>;
  entry(Opcode::cos) = &fast_or_exact<float, fast_cos, exact_cos, few_turns>;
  entry(Opcode::tan) = &fast_or_exact<float, fast_tan, exact_tan, few_turns>;
  entry(Opcode::lgamma) = &fast_or_exact<float, fast_lgamma, exact_lgamma, is_positive>;
  entry(Opcode::erfinv) = &loop<float, float, &fast_erfinv>;
  // More exact than the table's product.
  entry(Opcode::silu) = &loop<float, float, &scalars::silu>;
}

}  // namespace ingot::cpu
