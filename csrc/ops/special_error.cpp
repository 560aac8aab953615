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
  constexpr double kPi = 3.14159265358979323846;
  if (x == 0) return 1;
  if (std::isinf(x)) return 0;
  const double whole = std::rint(x);
  const double sine = std::sin(kPi * (x - whole));
  return (std::fmod(whole, 2) == 0 ? sine : -sine) / (kPi * x);
}

}  // namespace ingot::special
