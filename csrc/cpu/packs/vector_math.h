// Functions of one number without branches or calls, so that the compiler turns a loop over them into vector code. They
// overload those of ops/scalar.h, and so take their place in the kernels of float32 (and, where given, float64).
//
// Bounds on the error, in units of the last place of float32: 4 for all of them, 1 for those that compute in double.
// docs/accuracy.md has the figures, tests/cpp and tests/test_accuracy.py check them. Float64: 1.6, but tanh 2.1.
#pragma once

#include "ingot/ops/scalar.h"

/// A call that is left in a loop keeps it from becoming vector code.
#define INGOT_VECTOR inline __attribute__((always_inline))

namespace ingot::scalars {

namespace vector {

template <class T>
struct Format;
template <>
struct Format<float> {
  using Int = int32_t;
  static constexpr int kMantissa = 23, kBias = 127;
  static constexpr float kRound = 12582912.f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
  static constexpr float kLn2High = 0.693145751953125f, kLn2Low = 1.428606765330187e-6f;
  static constexpr Int kHalfRoot = 0x3f3504f3;  // sqrt(1/2)
  static constexpr float kSmallestNormal = 1.17549435e-38f;
  static constexpr float kExpLow = -104.f, kExpHigh = 89.f;
};
template <>
struct Format<double> {
  using Int = int64_t;
  static constexpr int kMantissa = 52, kBias = 1023;
  static constexpr double kRound = 6755399441055744.0;
  static constexpr double kLn2High = 0.693147180369123816490, kLn2Low = 1.90821492927058770002e-10;
  static constexpr Int kHalfRoot = 0x3fe6a09e667f3bcd;
  static constexpr double kSmallestNormal = 2.2250738585072014e-308;
  static constexpr double kExpLow = -746.0, kExpHigh = 710.0;
};

INGOT_VECTOR float madd(float a, float b, float c) {
#if defined(__FMA__) || defined(__aarch64__)
  return __builtin_fmaf(a, b, c);
#else
  return a * b + c;
#endif
}
INGOT_VECTOR double madd(double a, double b, double c) {
#if defined(__FMA__) || defined(__aarch64__)
  return __builtin_fma(a, b, c);
#else
  return a * b + c;
#endif
}

template <class T>
INGOT_VECTOR T polynomial(T, T last) {
  return last;
}
/// first + x * (second + x * (...)).
template <class T, class... Rest>
INGOT_VECTOR T polynomial(T x, T first, Rest... rest) {
  return madd(x, polynomial(x, rest...), first);
}

template <class T>
INGOT_VECTOR T select(bool condition, T a, T b) {
  return condition ? a : b;
}

template <class T>
INGOT_VECTOR typename Format<T>::Int bits(T x) {
  return std::bit_cast<typename Format<T>::Int>(x);
}
/// 2^n for a whole number n in the range of normal exponents.
template <class T>
INGOT_VECTOR T power_of_two(T n) {
  using F = Format<T>;
  return std::bit_cast<T>((bits(n + F::kRound) + F::kBias) << F::kMantissa);
}
template <class T>
INGOT_VECTOR T nearest(T x) {
  return (x + Format<T>::kRound) - Format<T>::kRound;
}

/// exp(r) - 1 for |r| <= ln(2) / 2.
INGOT_VECTOR float small_expm1(float r) {
  const float tail = polynomial(r, 0.50000000954402907f, 0.16666518601942632f, 0.041666204963862856f,
                                0.0083689177625036565f, 0.0013950546878603732f);
  return madd(r * r, tail, r);
}
INGOT_VECTOR double small_expm1(double r) {
  const double tail =
      polynomial(r, 0.49999999999999999966, 0.16666666666666683913, 0.041666666666666724633, 0.0083333333333166855187,
                 0.0013888888888858406756, 0.00019841269897192680563, 2.4801587373790059775e-5,
                 2.7557234101066826466e-6, 2.755723332517978158e-7, 2.5112287841464586162e-8, 2.0926952985733377531e-9);
  return madd(r * r, tail, r);
}

/// The part of exp that is not a power of two: x = n ln(2) + r.
template <class T>
INGOT_VECTOR T exp_remainder(T x, T n) {
  return madd(n, -Format<T>::kLn2Low, madd(n, -Format<T>::kLn2High, x));
}

/// (1 + fraction) * 2^n, in two steps because 2^n alone may overflow where the product does not.
template <class T>
INGOT_VECTOR T scale_up(T fraction, T n) {
  const T first = nearest(n * T(0.5));
  return (T(1) + fraction) * power_of_two(first) * power_of_two(n - first);
}

/// (exp(r) - 1 - r) / r^2 for |r| <= ln(2).
INGOT_VECTOR float medium_tail(float r) {
  return polynomial(r, 0.50000001065851600f, 0.16666673883559438f, 0.041666525208488293f, 0.0083325263969802096f,
                    0.0013893711069305580f, 0.00020110058347829229f, 2.4439838480687397e-5f);
}
/// exp(r) for |r| <= ln(2).
INGOT_VECTOR float medium_exp(float r) { return madd(r, madd(r, medium_tail(r), 1.f), 1.f); }
INGOT_VECTOR double medium_exp(double r) {
  const double tail =
      polynomial(r, 0.49999999999999998669, 0.16666666666666653153, 0.041666666666667266587, 0.0083333333333378592469,
                 0.0013888888888804219346, 0.00019841269835866718812, 2.4801587354697541603e-5,
                 2.7557322298716383119e-6, 2.7557302940392761969e-7, 2.5051204526955698883e-8, 2.0879056605590604692e-9,
                 1.619152508939505217e-10, 1.1378173185604990413e-11);
  return madd(r, madd(r, tail, 1.0), 1.0);
}

template <class T>
INGOT_VECTOR T exp(T x) {
  using F = Format<T>;
  x = select(x > F::kExpHigh, F::kExpHigh, x);
  x = select(x < F::kExpLow, F::kExpLow, x);
  // x = 2 h ln(2) + r: 2^h once and once more reaches infinity and the subnormal numbers, where 2^(2h) would not.
  const T shifted = madd(x, T(0.72134752044448170368), F::kRound);
  const T half = shifted - F::kRound;
  const T scale = std::bit_cast<T>((bits(shifted) + F::kBias) << F::kMantissa);
  return medium_exp(exp_remainder(x, half + half)) * scale * scale;
}

/// 2 atanh(s) = s * (2 + z R(z)), z = s^2: the R of log.
INGOT_VECTOR float log_tail(float z) {
  return polynomial(z, 0.6666668532550733f, 0.3998869566157382f, 0.2958308724986213f);
}
INGOT_VECTOR double log_tail(double z) {
  return polynomial(z, 0.66666666666666697493, 0.39999999999897879019, 0.28571428626653638522, 0.22222211031544828378,
                    0.18182896215289510021, 0.15331497669333786102, 0.14619096811485944781);
}

/// x = 2^exponent * m with m near 1; gives log(m), and log(x) where it is not a finite number in `special`.
template <class T>
struct LogParts {
  T exponent, log_m, special;
  bool is_special;

  INGOT_VECTOR explicit LogParts(T x) {
    using F = Format<T>;
    using Int = typename F::Int;
    using Limits = std::numeric_limits<T>;
    const bool tiny = x < F::kSmallestNormal;
    const T scaled = select(tiny, x * T(Int(1) << F::kMantissa), x);
    const Int shifted = bits(scaled) - F::kHalfRoot;
    // A positive number that fits the mantissa becomes a float by being its low bits; the exponent's range is far
    // smaller.
    const Int biased = static_cast<Int>(
        static_cast<std::make_unsigned_t<Int>>(shifted + (Int(2 * F::kBias) << F::kMantissa)) >> F::kMantissa);
    exponent =
        std::bit_cast<T>(biased + bits(F::kRound)) - F::kRound - T(2 * F::kBias) - select(tiny, T(F::kMantissa), T(0));
    const T m = std::bit_cast<T>((shifted & ((Int(1) << F::kMantissa) - 1)) + F::kHalfRoot);
    const T f = m - T(1);
    const T s = f / (T(2) + f), z = s * s;
    const T half_square = T(0.5) * f * f;
    log_m = f - (half_square - s * (half_square + z * log_tail(z)));
    special = x == 0 ? -Limits::infinity() : x > 0 ? x : Limits::quiet_NaN();
    is_special = !(x > 0) || x == Limits::infinity();
  }
};

template <class T>
INGOT_VECTOR T log(T x) {
  using F = Format<T>;
  const LogParts<T> parts(x);
  return select(parts.is_special, parts.special,
                madd(parts.exponent, F::kLn2High, madd(parts.exponent, F::kLn2Low, parts.log_m)));
}

template <class T>
INGOT_VECTOR T log1p(T x) {
  const T u = T(1) + x;
  // What rounding took away from u, to first order.
  const T correction = (x - (u - T(1))) / u;
  return log(u) + select(u > 0 && u < std::numeric_limits<T>::infinity(), correction, T(0));
}

/// Good to 1e-10, for float32 results.
INGOT_VECTOR double atan(double x) {
  const double size = std::abs(x);
  const bool large = size > 1;
  const double t = select(large, 1 / size, size), z = t * t;
  const double tail = polynomial(z, -0.33333333328586624626, 0.19999998544715331522, -0.14285640300498629869,
                                 0.11109629974469748066, -0.090754365953325077565, 0.075953726614502344638,
                                 -0.062715096406526817541, 0.047762694569496596296, -0.030471696978094745198,
                                 0.014487233815431871723, -0.0043954002516738391918, 0.00062451913410502041103);
  const double angle = madd(t * z, tail, t);
  return std::copysign(select(large, 1.5707963267948966 - angle, angle), x);
}

}  // namespace vector

// Sums, not products, of zeros keep the sign of zero: tiny arguments are given back as they are.
INGOT_VECTOR float same_if_tiny(float x, double result) { return std::abs(x) < 1e-4f ? x : static_cast<float>(result); }

INGOT_VECTOR float exp(float x) { return vector::exp(x); }
INGOT_VECTOR double exp(double x) { return vector::exp(x); }
INGOT_VECTOR float log(float x) { return vector::log(x); }
INGOT_VECTOR double log(double x) { return vector::log(x); }
INGOT_VECTOR float log1p(float x) { return std::abs(x) < 1e-8f ? x : vector::log1p(x); }
INGOT_VECTOR double log1p(double x) { return std::abs(x) < 1e-16 ? x : vector::log1p(x); }

INGOT_VECTOR float exp2(float x) {
  x = vector::select(x > 129.f, 129.f, x);
  x = vector::select(x < -151.f, -151.f, x);
  const float n = vector::nearest(x);
  return vector::scale_up(vector::small_expm1((x - n) * 0.6931471805599453f), n);
}
template <Floating T>
INGOT_VECTOR T fast_expm1(T x) {
  using F = vector::Format<T>;
  const T given = x, least = T(-1.25) * (F::kMantissa + 1);
  x = vector::select(x > F::kExpHigh, F::kExpHigh, x);
  x = vector::select(x < least, least, x);
  const T n = vector::nearest(x * T(1.4426950408889634));
  const T fraction = vector::small_expm1(vector::exp_remainder(x, n));
  const T first = vector::nearest(n * T(0.5));
  const T up = vector::power_of_two(first), more = vector::power_of_two(n - first);
  const T result = (fraction * up + (up - vector::power_of_two(first - n))) * more;
  // A sum of zeros would lose the sign.
  return given == 0 ? given : n == 0 ? fraction : result;
}
INGOT_VECTOR float expm1(float x) { return fast_expm1(x); }
INGOT_VECTOR double expm1(double x) { return fast_expm1(x); }
INGOT_VECTOR float log2(float x) {
  const vector::LogParts<float> parts(x);
  return vector::select(parts.is_special, parts.special,
                        vector::madd(parts.log_m, 1.4426950408889634f, parts.exponent));
}
INGOT_VECTOR float log10(float x) {
  const vector::LogParts<float> parts(x);
  const float low = vector::madd(parts.exponent, 1.4320989e-8f, parts.log_m * 0.4342944819032518f);
  return vector::select(parts.is_special, parts.special, vector::madd(parts.exponent, 0.30102998f, low));
}

template <Floating T>
INGOT_VECTOR T fast_sigmoid(T x) {
  const T decay = exp(-std::abs(x));
  return vector::select(x < 0, decay, T(1)) / (1 + decay);
}
INGOT_VECTOR float sigmoid(float x) { return fast_sigmoid(x); }
INGOT_VECTOR double sigmoid(double x) { return fast_sigmoid(x); }
INGOT_VECTOR float softplus(float x) { return maximum(x, 0.f) + vector::log1p(exp(-std::abs(x))); }
/// In double, because the sum of the two terms may be nearly 0.
INGOT_VECTOR float logaddexp(float x, float y) {
  const double difference = vector::log1p(vector::exp(-std::abs(static_cast<double>(x) - y)));
  return static_cast<float>(maximum(x, y) + (x == y ? 0.69314718055994530942 : difference));
}

/// exp(x) where neither x nor the result is far from the normal numbers: |x| < 87.
INGOT_VECTOR float near_exp(float x) {
  const float shifted = vector::madd(x, 1.4426950408889634f, vector::Format<float>::kRound);
  const float n = shifted - vector::Format<float>::kRound;
  const float scale = std::bit_cast<float>((vector::bits(shifted) + vector::Format<float>::kBias) << 23);
  return vector::madd(vector::small_expm1(vector::exp_remainder(x, n)), scale, scale);
}
INGOT_VECTOR float tanh(float x) {
  const float size = std::abs(x), t = vector::select(size > 10.f, 10.f, size), z = t * t;
  const float tail = vector::polynomial(z, -0.33333278314259346f, 0.13331328965493833f, -0.05372923219026738f,
                                        0.020602018173254355f, -0.00566080297257196f);
  const float small = vector::madd(t * z, tail, t);
  const float large = 1.f - 2.f / (near_exp(t + t) + 1.f);
  return std::copysign(vector::select(t < 0.55f, small, large), x);
}
INGOT_VECTOR double tanh(double x) {
  const double size = std::abs(x), growth = expm1(2 * vector::select(size > 20.0, 20.0, size));
  return std::copysign(growth / (growth + 2), x);
}

// ---- the normal distribution: erf, erfc, gelu ----

/// exp(high + low) * factor for high in [-150, 0] and a small `low`, also where that is subnormal.
INGOT_VECTOR float exp_times(float high, float low, float factor) {
  using F = vector::Format<float>;
  const float shifted = vector::madd(high, 0.72134752f, F::kRound);
  const float half = shifted - F::kRound, n = half + half;
  const float power = std::bit_cast<float>((vector::bits(shifted) + F::kBias) << F::kMantissa);
  const float r = vector::madd(n, -F::kLn2High, high) + vector::madd(n, -F::kLn2Low, low);
  const float growth = vector::madd(r * r, vector::medium_tail(r), r);
  // One rounding less than a product with 1 + growth.
  return vector::madd(growth, factor, factor) * power * power;
}
/// exp(-scale t^2) * factor for t >= 0 and a `scale` of 1/2 or 1. What rounding takes from the square is multiplied by the
/// exponential, so it is given back.
INGOT_VECTOR float gaussian(float t, float scale, float factor) {
#if defined(__FMA__) || defined(__aarch64__)
  const float square = t * t, lost = vector::madd(t, t, -square);
#else
  const float short_t = std::bit_cast<float>(vector::bits(t) & ~0xfff);
  const float square = short_t * short_t, lost = (t - short_t) * (t + short_t);
#endif
  return exp_times(square * -scale, lost * -scale, factor);
}
/// A polynomial of u = (t - k) / (t + k), k = 2.498046875: with this k the leading coefficient is nearly a float.
template <class T>
INGOT_VECTOR T mills_polynomial(T u) {
  return vector::polynomial(u, T(0.706549942f), T(-0.43334949f), T(0.131585777f), T(0.00941247959f), T(-0.0163622648f),
                            T(-0.00163852004f), T(0.00251761684f), T(0.00069209747f), T(-0.000309243042f),
                            T(-0.000158196519f));
}
/// P(Z > t) exp(t^2 / 2) for a normal Z and 0 <= t <= 14.6: that polynomial over t + k.
INGOT_VECTOR float mills_ratio(float t) {
#if defined(__FMA__) || defined(__aarch64__)
  constexpr float k = 2.498046875f;
  const float sum = t + k, near = 1.f / sum;
  // What rounding took from the sum and from the quotient.
  const float lost = near * (vector::madd(-near, sum, 1.f) - near * (t - (sum - k)));
  const float ratio = mills_polynomial(vector::madd(lost, -2 * k, vector::madd(near, -2 * k, 1.f)));
  return vector::madd(near, ratio, lost * ratio);
#else
  const double near = 1 / (t + 2.498046875);
  return static_cast<float>(near * mills_polynomial((t - 2.498046875) * near));
#endif
}
INGOT_VECTOR float erfc(float x) {
  const float size = std::abs(x), t = vector::select(size > 10.2f, 10.2f, size);
  const float beyond = gaussian(t, 1.f, 2.f * mills_ratio(t * 1.41421356f));
  return vector::select(x < 0, 2.f - beyond, beyond);
}
INGOT_VECTOR float erf(float x) {
  const float size = std::abs(x), t = vector::select(size > 4.f, 4.f, size), z = t * t;
  const float slope = vector::polynomial(z, 0.12837917f, -0.376126258f, 0.112835851f, -0.0268538119f, 0.00518832768f,
                                         -0.000801019356f, 7.85386114e-05f);
  const float small = vector::madd(x, slope, x);
  // erfc(t)^(-1 / 8) for 1 <= t <= 4 is nearly a polynomial.
  const float root = vector::polynomial(t, 0.996378422f, 0.159716547f, 0.0484244563f, 0.0747979432f, -0.0336992033f,
                                        0.0179980081f, -0.00405195449f, 0.000547874719f);
  const float squared = root * root, fourth = squared * squared;
  const float large = 1.f - 1.f / (fourth * fourth);
  return vector::select(t < 1.f, small, std::copysign(large, x));
}
INGOT_VECTOR float gelu(float x) {
  const float size = std::abs(x), t = vector::select(size > 14.5f, 14.5f, size);
  const float beyond = gaussian(t, 0.5f, t * mills_ratio(t));
  return vector::select(x > 14.5f, x, maximum(x, 0.f) - beyond);
}
INGOT_VECTOR float gelu_slope(float x) {
  const float size = std::abs(x), t = vector::select(size > 14.5f, 14.5f, size);
  const float beyond = gaussian(t, 0.5f, vector::madd(t, -0.39894228f, mills_ratio(t)));
  return vector::select(x < 0, beyond, 1.f - beyond);
}
/// x / (1 + exp(-x)), exact where the exponential alone would be subnormal. NaN at -infinity, as the quotient is.
INGOT_VECTOR float silu(float x) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float size = std::abs(x), t = vector::select(size > 120.f, 120.f, size);
  const float decay = exp_times(-t, 0.f, 1.f), beyond = exp_times(-t, 0.f, -t);
  const float factor = vector::select(x < 0, beyond, x);
  return vector::select(x == -kInfinity, std::numeric_limits<float>::quiet_NaN(), factor) / (1.f + decay);
}
INGOT_VECTOR float logit(float x) {
  const double wide = x;
  return static_cast<float>(vector::log(wide / (1 - wide)));
}

INGOT_VECTOR float power(float x, float y) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  const double logarithm = vector::log(static_cast<double>(std::abs(x)));
  const float size = static_cast<float>(vector::exp(static_cast<double>(y) * logarithm));
  const float half = y * 0.5f;
  // What is not a whole number leaves a fraction; what is odd leaves one when halved. Infinities are even.
  const bool whole = std::trunc(y) == y;
  const bool odd = vector::select(std::trunc(half) == half, 0.f, vector::select(whole, 1.f, 0.f)) != 0;
  const float of_one = vector::select(std::abs(x) == 1.f, 1.f, size);
  const float signed_size = vector::select(odd, std::copysign(of_one, x), of_one);
  const float of_negative = vector::select(whole, signed_size, vector::select(x == -infinity, size, nan));
  const float result = vector::select(x < 0, of_negative, signed_size);
  const float known = vector::select(y != y, nan, result);
  return vector::select(y == 0, 1.f, vector::select(x == 1, 1.f, known));
}

INGOT_VECTOR float atan(float x) { return static_cast<float>(vector::atan(x)); }
INGOT_VECTOR float atan2(float y, float x) {
  const double up = std::abs(static_cast<double>(y)), right = std::abs(static_cast<double>(x));
  const double slope = up == right ? (up == 0 ? 0.0 : 1.0) : up / right;
  const double angle = vector::atan(slope);
  const double turned = std::signbit(x) ? 3.141592653589793 - angle : angle;
  return x != x || y != y ? x + y : std::copysign(static_cast<float>(turned), y);
}
INGOT_VECTOR float asin(float x) {
  const double wide = x;
  return same_if_tiny(x, vector::atan(wide / std::sqrt((1 - wide) * (1 + wide))));
}
INGOT_VECTOR float acos(float x) {
  const double wide = x;
  return static_cast<float>(2 * vector::atan(std::sqrt((1 - wide) / (1 + wide))));
}
INGOT_VECTOR float sinh(float x) {
  const double grown = vector::exp(static_cast<double>(x));
  return same_if_tiny(x, (grown - 1 / grown) * 0.5);
}
INGOT_VECTOR float cosh(float x) {
  const double grown = vector::exp(static_cast<double>(x));
  return static_cast<float>((grown + 1 / grown) * 0.5);
}
INGOT_VECTOR float asinh(float x) {
  const double size = std::abs(static_cast<double>(x));
  return same_if_tiny(x, std::copysign(vector::log(size + std::sqrt(size * size + 1)), static_cast<double>(x)));
}
INGOT_VECTOR float acosh(float x) {
  const double wide = x;
  const double result = vector::log(wide + std::sqrt((wide - 1) * (wide + 1)));
  return x < 1 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(result);
}
INGOT_VECTOR float atanh(float x) {
  const double wide = x;
  return same_if_tiny(x, 0.5 * vector::log((1 + wide) / (1 - wide)));
}
INGOT_VECTOR float hypot(float x, float y) {
  const double length = std::sqrt(static_cast<double>(x) * x + static_cast<double>(y) * y);
  return isinf(x) || isinf(y) ? std::numeric_limits<float>::infinity() : static_cast<float>(length);
}

}  // namespace ingot::scalars
