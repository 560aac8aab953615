#include <array>
#include <cmath>
#include <limits>

#include "ingot/ops/special.h"

namespace ingot::special {

/// Winitzki's estimate, then Halley's iteration, which triples the correct digits each time.
double erfinv(double x) {
  using Limits = std::numeric_limits<double>;
  const double size = std::abs(x);
  if (!(size <= 1)) return Limits::quiet_NaN();
  if (size == 1) return std::copysign(Limits::infinity(), x);
  const double logarithm = std::log1p(-size * size);
  const double half = 4.330746750799873 + logarithm / 2;  // 2 / (pi a), with a = 0.147
  double root = std::sqrt(std::sqrt(half * half - logarithm / 0.147) - half);
  for (int step = 0; step < 3; ++step) {
    // Near 1 the difference is taken of erfc, which keeps its digits there.
    const double error = size < 0.5 ? std::erf(root) - size : (1 - size) - std::erfc(root);
    const double change = error / (1.1283791670955126 * std::exp(-root * root));
    root -= change / (1 + root * change);
  }
  return std::copysign(root, x);
}

double erfcx(double x) {
  const double square = x * x;
  if (x < 10) {
    // What rounding took from the square would be multiplied by it in the exponential.
    const double lost = std::fma(x, x, -square), grown = std::exp(square);
    const double exact = std::isinf(grown) ? grown : grown + grown * lost;
    return exact * std::erfc(x);
  }
  // The asymptotic series (Abramowitz and Stegun, 7.1.23).
  double sum = 1, term = 1;
  for (int k = 1; k < 12; ++k) {
    term *= -(2 * k - 1) / (2 * square);
    sum += term;
  }
  return sum / (x * 1.7724538509055160273);
}

double sinc(double x) {
  constexpr long double kPi = 3.14159265358979323846264338327950288L;
  // Of sin(pi r) / r by r^2, as far as numbers up to a half need it.
  constexpr auto kSeries = [] {
    std::array<double, 12> terms{};
    long double term = kPi;
    for (size_t k = 0; k < terms.size(); ++k) {
      terms[k] = static_cast<double>(term);
      term *= -kPi * kPi / static_cast<long double>((2 * k + 2) * (2 * k + 3));
    }
    return terms;
  }();
  if (x == 0) return 1;
  if (!(std::abs(x) < 0x1p52)) return std::isnan(x) ? x : 0;  // a whole number, or infinity
  const auto whole = static_cast<int64_t>(x + std::copysign(0.5, x));
  const double rest = x - static_cast<double>(whole), square = rest * rest;
  double sum = 0;
  for (size_t k = kSeries.size(); k-- > 0;) sum = sum * square + kSeries[k];
  return (whole % 2 == 0 ? sum : -sum) * rest / (static_cast<double>(kPi) * x);
}

}  // namespace ingot::special
