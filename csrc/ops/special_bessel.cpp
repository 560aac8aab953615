// Abramowitz and Stegun, 9.6.10 (the power series, whose terms are all positive) and 9.7.1 (the asymptotic series).
#include <cmath>
#include <limits>

#include "ingot/ops/special.h"

namespace ingot::special {
namespace {

constexpr double kFar = 30;
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

/// The sum of (x^2 / 4)^k / (k! (k + order)!), times order!.
double series(int order, double x) {
  const double q = x * x / 4;
  double term = 1, sum = 1;
  for (int k = 1; term > sum * kEpsilon / 4; ++k) {
    term *= q / (static_cast<double>(k) * (k + order));
    sum += term;
  }
  return sum;
}

/// exp(-x) times the function, for x > kFar.
double scaled_far(int order, double x) {
  const double four_squares = 4.0 * order * order;
  double term = 1, sum = 1;
  for (int k = 1; k < 20; ++k) {
    const double odd = 2 * k - 1;
    term *= (odd * odd - four_squares) / (k * 8 * x);
    sum += term;
  }
  return sum / std::sqrt(6.28318530717958647693 * x);
}

/// In two steps, because the exponential alone may overflow where the product does not.
double grow(double scaled, double x) {
  const double half = std::exp(x / 2);
  return scaled * half * half;
}

}  // namespace

double i0e(double x) {
  const double size = std::abs(x);
  return size > kFar ? scaled_far(0, size) : series(0, size) * std::exp(-size);
}

double i1e(double x) {
  const double size = std::abs(x);
  return size > kFar ? std::copysign(scaled_far(1, size), x) : x / 2 * series(1, size) * std::exp(-size);
}

double i0(double x) {
  const double size = std::abs(x);
  if (std::isinf(x)) return size;
  return size > kFar ? grow(scaled_far(0, size), size) : series(0, size);
}

double i1(double x) {
  const double size = std::abs(x);
  if (std::isinf(x)) return x;
  return size > kFar ? std::copysign(grow(scaled_far(1, size), size), x) : x / 2 * series(1, size);
}

}  // namespace ingot::special
