// Functions in float64 that give the same bits on every machine, for samplers in which a last digit may decide: they use
// nothing but additions, multiplications, divisions and square roots, which IEEE 754 defines to the bit.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ingot::random {

/// The sum of `factors[n] * step^k` over n = First + 4 k. Recursive, so that no loop is left.
template <size_t First, size_t Count>
double every_fourth(const std::array<double, Count>& factors, double step) {
  if constexpr (First + 4 < Count)
    return factors[First] + step * every_fourth<First + 4>(factors, step);
  else
    return factors[First];
}

/// The sum of `factors[n] * x^n`, as four sums that do not wait for each other.
template <size_t Count>
double power_series(const std::array<double, Count>& factors, double x) {
  const double square = x * x, step = square * square;
  return (every_fourth<0>(factors, step) + every_fourth<1>(factors, step) * x) +
         (every_fourth<2>(factors, step) + every_fourth<3>(factors, step) * x) * square;
}

/// Logarithm of a positive, finite, normal number: by the series of artanh, of a significand between the roots of 1/2
/// and 2.
inline double exact_log(double x) {
  auto bits = std::bit_cast<uint64_t>(x);
  int64_t exponent = static_cast<int64_t>(bits >> 52) - 1023;
  bits = (bits & 0xfffffffffffffULL) | 0x3ff0000000000000ULL;
  double m = std::bit_cast<double>(bits);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++exponent;
  }
  const double s = (m - 1) / (m + 1), square = s * s;
  constexpr auto kFactors = [] {
    std::array<double, 12> inverse{};
    for (size_t n = 1; n < inverse.size(); ++n) inverse[n] = 1.0 / static_cast<double>(2 * n + 1);
    return inverse;
  }();
  const double series = power_series(kFactors, square);
  const auto e = static_cast<double>(exponent);
  return e * 0.693147180369123816490 + (2 * s + (2 * s * series + e * 1.90821492927058770002e-10));
}

/// Exponential: 0 below the range of float64, infinity above it.
inline double exact_exp(double x) {
  if (!(x > -745)) return 0;
  if (x > 709) return std::numeric_limits<double>::infinity();
  const double scaled = x * 1.4426950408889634;
  const auto k = static_cast<int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  const double r =
      (x - static_cast<double>(k) * 0.693147180369123816490) - static_cast<double>(k) * 1.90821492927058770002e-10;
  constexpr auto kFactors = [] {
    std::array<double, 16> inverse{1};
    double factorial = 1;
    for (size_t n = 1; n < inverse.size(); ++n) inverse[n] = 1 / (factorial *= static_cast<double>(n));
    return inverse;
  }();
  const double series = power_series(kFactors, r);
  // In two steps, so that what is below the normal range does not become 0 at once.
  const auto power = [](int64_t e) { return std::bit_cast<double>(static_cast<uint64_t>(e + 1023) << 52); };
  return series * power(k / 2) * power(k - k / 2);
}

/// Logarithm of `1 - p` for p in [0, 1), exact for small p too: by Kahan's correction of the rounding in `1 - p`.
inline double exact_log_complement(double p) {
  const double q = 1 - p;
  if (q == 1) return -p;
  return q < 0.5 ? exact_log(q) : exact_log(q) * (p / (1 - q));
}

/// Logarithm of the gamma function for x >= 1: by Stirling's series from 10 on, and the recurrence below.
inline double exact_log_gamma(double x) {
  double product = 1;
  while (x < 10) {
    product *= x;
    x += 1;
  }
  const double inverse = 1 / x, square = inverse * inverse;
  const double series =
      inverse *
      (1.0 / 12 -
       square *
           (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * 691 / 360360)))));
  return (x - 0.5) * exact_log(x) - x + 0.91893853320467274178 + series - exact_log(product);
}

/// The derivative of that, for x > 0.
inline double exact_digamma(double x) {
  double sum = 0;
  while (x < 10) {
    sum += 1 / x;
    x += 1;
  }
  const double inverse = 1 / x, square = inverse * inverse;
  const double series =
      square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square / 132))));
  return exact_log(x) - 0.5 * inverse - series - sum;
}

}  // namespace ingot::random
