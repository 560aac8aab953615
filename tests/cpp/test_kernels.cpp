// The float32 functions of the kernel pack that this machine uses, against long double: errors in units of the last place.
#include <ingot/cpu/load_pack.h>
#include <ingot/ops/scalar_rows.h>

#include <bit>
#include <random>

#include "check.h"

namespace {

using namespace ingot;
using Wide = long double;

/// Numbers of every size, numbers near 0, and the special ones.
std::vector<float> samples(uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<float> values = {0.f,    -0.f,   1.f,   -1.f,   89.f,     -88.f,     -104.f,
                               1e-30f, -1e-5f, 3e38f, -3e38f, INFINITY, -INFINITY, NAN};
  std::uniform_real_distribution<float> small(-9, 9);
  for (int i = 0; i < 100000; ++i) values.push_back(std::bit_cast<float>(static_cast<uint32_t>(random())));
  for (int i = 0; i < 100000; ++i) values.push_back(i % 8 ? small(random) : std::round(small(random)));
  std::shuffle(values.begin(), values.end(), random);
  return values;
}

/// Distance between a result and the exact value, in units of the last place of float32.
double error_of(float got, Wide exact) {
  const float rounded = static_cast<float>(exact);
  if (std::isnan(rounded) || std::isnan(got)) return std::isnan(rounded) == std::isnan(got) ? 0 : 1e9;
  if (got == rounded) return 0;
  if (std::isinf(rounded)) return std::abs(got) >= 3.4028e38f ? 1 : 1e9;
  const int exponent = std::max(rounded == 0 ? -149 : std::ilogb(rounded) - 23, -149);
  return static_cast<double>(std::abs(got - exact) / std::ldexp(Wide(1), exponent));
}

void check_row(const char* name, Opcode row, double bound, Wide (*exact)(Wide, Wide)) {
  const auto kernel = cpu::pack().elementwise[static_cast<int>(row)][static_cast<int>(DType::float32)];
  const std::vector<float> x = samples(1), y = samples(2);
  std::vector<float> out(x.size());
  kernel(out.data(), x.data(), y.data(), nullptr, static_cast<int64_t>(x.size()));
  for (size_t i = 0; i < x.size(); ++i) {
    const double error = error_of(out[i], exact(x[i], y[i]));
    if (error > bound)
      check::fail(__FILE__, __LINE__,
                  concat(cpu::pack_name(), ": ", name, "(", x[i], ", ", y[i], ") is ", out[i], ", off by ", error));
  }
}

/// Sums that one accumulator of float32 would get wrong.
void check_sums() {
  const int64_t count = 10'000'000;
  std::vector<float> x(count, 0.1f);
  const cpu::ReduceFns& sum = cpu::pack().reduce[static_cast<int>(ReduceKind::sum)][static_cast<int>(DType::float32)];
  const double expected = count * static_cast<double>(0.1f);
  double total = 0;
  sum.rows(&total, x.data(), 1, count, count);
  CHECK(std::abs(total - expected) < 1e-6 * expected);
  double totals[10] = {};
  sum.columns(totals, x.data(), count / 10, 10, 10);
  for (double column : totals) CHECK(std::abs(column - expected / 10) < 1e-6 * expected);
}

void check_half_casts() {
  const auto cast = [](DType from, DType to) { return cpu::pack().cast[static_cast<int>(from)][static_cast<int>(to)]; };
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    float16 half, back;
    half.bits = static_cast<uint16_t>(bits);
    float wide;
    cast(DType::float16, DType::float32)(&wide, &half, 1);
    cast(DType::float32, DType::float16)(&back, &wide, 1);
    const float expected = half;
    CHECK(std::isnan(expected) ? std::isnan(wide) : wide == expected && back.bits == half.bits);
  }
  for (float x : samples(3)) {
    float16 half;
    bfloat16 brain;
    cast(DType::float32, DType::float16)(&half, &x, 1);
    cast(DType::float32, DType::bfloat16)(&brain, &x, 1);
    CHECK(std::isnan(x) ? std::isnan(static_cast<float>(half)) : half.bits == float16(x).bits);
    CHECK(std::isnan(x) ? std::isnan(static_cast<float>(brain)) : brain.bits == bfloat16(x).bits);
  }
}

}  // namespace

#define UNARY(name, bound)                                                                                             \
  {#name, [] {                                                                                                         \
     check_row(#name, Opcode::name, bound, [](Wide x, Wide) -> Wide { return scalars::rows::name##_row<Wide>(x); });   \
   }}
#define BINARY(name, bound)                                                                                            \
  {#name, [] {                                                                                                         \
     check_row(#name, Opcode::name, bound,                                                                             \
               [](Wide x, Wide y) -> Wide { return scalars::rows::name##_row<Wide>(x, y); });                          \
   }}

int main() {
  return check::run({
      UNARY(exp, 2),     UNARY(exp2, 2),     UNARY(expm1, 2),    UNARY(log, 2),        UNARY(log1p, 2),
      UNARY(log2, 2),    UNARY(log10, 3),    UNARY(sin, 2),      UNARY(cos, 2),        UNARY(tan, 2),
      UNARY(asin, 1),    UNARY(acos, 1),     UNARY(atan, 1),     UNARY(sinh, 1),       UNARY(cosh, 1),
      UNARY(tanh, 2),    UNARY(asinh, 1),    UNARY(acosh, 1),    UNARY(atanh, 1),      UNARY(erf, 4),
      UNARY(erfinv, 1),  UNARY(sigmoid, 4),  UNARY(softplus, 4), UNARY(sqrt, 1),       UNARY(rsqrt, 2),
      UNARY(erfc, 4),    UNARY(gelu, 4),     UNARY(logit, 4),    UNARY(silu, 4),       UNARY(cbrt, 1),
      UNARY(floor, 0),   UNARY(round, 0),    BINARY(pow, 1),     BINARY(atan2, 1),     BINARY(hypot, 1),
      BINARY(divide, 1), BINARY(maximum, 0), BINARY(minimum, 0), {"sums", check_sums}, {"half casts", check_half_casts},
  });
}
