#include <cmath>

#include "ingot/cpu/packs/division.h"
#include "ingot/cpu/packs/elementwise.h"

namespace ingot::cpu {
namespace {

/// Beyond this, what is left after taking away whole turns in double precision has too few digits: such numbers go one
/// by one.
constexpr float kManyTurns = 1e6f;
constexpr int64_t kRun = 256;

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

float exact_sin(float x) { return std::sin(x); }
float exact_cos(float x) { return std::cos(x); }
float exact_tan(float x) { return std::tan(x); }

/// x times a function of -log(1 - x^2), for which one polynomial is good near 0 and another, of its root, in the tails:
/// relative errors of 4e-10 and 2e-9 before rounding.
INGOT_VECTOR float fast_erfinv(float x) {
  const double wide = x, w = -scalars::vector::log((1 - wide) * (1 + wide));
  const double central = scalars::vector::polynomial(
      w - 2.5, 1.5014093517052807, 0.24664027568367045, -0.004177324738392044, -0.0012527045694742628,
      0.00021826368834597024, -4.999023229557524e-06, -3.4260708090896555e-06, 4.797919486497895e-07,
      1.646795752879611e-08, -1.103770619542325e-08, 4.3634441777128934e-10, 1.3368347035446374e-10);
  const double tail = scalars::vector::polynomial(
      std::sqrt(w) - 3.198033988749895, 3.0316613574822684, 1.0046688897311378, 0.005998808522103745,
      -0.00431717037287972, 0.002967607546712359, -0.002006851031941753, 0.0010958430426606723, -0.0003574469543638983,
      -3.8432035303203687e-05, 0.00010037631999096905, -3.208658011072327e-05);
  const float result = static_cast<float>(wide * (w < 5 ? central : tail));
  return std::abs(x) == 1 ? std::copysign(std::numeric_limits<float>::infinity(), x) : result;
}

/// `fast` for runs of numbers that it is good for, `exact` for others.
template <float (*fast)(float), float (*exact)(float)>
void periodic(void* out, const void* x, const void*, const void*, int64_t count) {
  for (int64_t start = 0; start < count; start += kRun) {
    const int64_t length = std::min(kRun, count - start);
    const float* source = static_cast<const float*>(x) + start;
    float* result = static_cast<float*>(out) + start;
    int many = 0;
    for (int64_t i = 0; i < length; ++i) many |= !(std::abs(source[i]) < kManyTurns);
    if (many) {
      for (int64_t i = 0; i < length; ++i) result[i] = exact(source[i]);
    } else {
      INGOT_EACH_ALONE
      for (int64_t i = 0; i < length; ++i) result[i] = fast(source[i]);
    }
  }
}

}  // namespace

void add_elementwise_float32(Pack& pack) {
  add_elementwise<float>(pack);
  add_with_scalar<float>(pack);
  division::add<float>(pack);
  const auto entry = [&](Opcode row) -> ElementwiseFn& {
    return pack.elementwise[static_cast<int>(row)][static_cast<int>(DType::float32)];
  };
  entry(Opcode::sin) = &periodic<fast_sin, exact_sin>;
  entry(Opcode::cos) = &periodic<fast_cos, exact_cos>;
  entry(Opcode::tan) = &periodic<fast_tan, exact_tan>;
  entry(Opcode::erfinv) = &loop<float, float, &fast_erfinv>;
  // More exact than the table's product.
  entry(Opcode::silu) = &loop<float, float, &scalars::silu>;
}

}  // namespace ingot::cpu
