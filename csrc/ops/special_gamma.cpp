// Sources: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), chapters 6 and 23: asymptotic series,
// reflection, the Euler-Maclaurin sum of the Hurwitz zeta function, series and continued fraction of the incomplete
// gamma function.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <utility>

#include "ingot/ops/special.h"

namespace ingot::special {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kPi = 3.14159265358979323846;

bool is_whole(double x) { return x == std::floor(x); }

/// Horner's scheme: first + x * (second + x * (...)).
template <size_t count>
double polynomial(double x, const double (&coefficients)[count]) {
  double sum = 0;
  for (size_t i = count; i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

/// digamma for x > 0.
double positive_digamma(double x) {
  double below = 0;
  for (; x < 12; x += 1) below += 1 / x;
  const double z = 1 / (x * x);
  const double tail = z * polynomial(z, {1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760,
                                         1.0 / 12, -3617.0 / 8160});
  return std::log(x) - 0.5 / x - tail - below;
}

/// The sum of (unit / (x + k))^s over all k >= 0, for whole s >= 2 and x > 0.
double hurwitz_zeta(double s, double x, double unit) {
  // B_2k / (2k)!
  constexpr double kBernoulli[] = {1.0 / 12,
                                   -1.0 / 720,
                                   1.0 / 30240,
                                   -1.0 / 1209600,
                                   1.0 / 47900160,
                                   -691.0 / 1307674368000.0,
                                   1.0 / 74724249600.0,
                                   -3617.0 / 10670622842880000.0};
  double sum = 0;
  const double enough = 15 + s;
  for (; x < enough; x += 1) {
    const double term = std::pow(x / unit, -s);
    sum += term;
    if (term <= sum * kEpsilon * 1e-3) return sum;
  }
  const double power = std::pow(x / unit, -s);
  sum += x * power / (s - 1) + power / 2;
  double factor = s * power / x;
  for (int k = 0; k < 8; ++k) {
    sum += kBernoulli[k] * factor;
    factor *= (s + 2 * k + 1) * (s + 2 * k + 2) / (x * x);
  }
  return sum;
}

/// How far the nearest of `x`, `x + 1`, ... is from 0.
double nearest_pole(double x) {
  if (x > 0) return x;
  const double fraction = x + std::floor(-x) + 1;
  return std::min(fraction, 1 - fraction);
}

/// The same for every x that is no pole: what lies below 0 is a sum of the same kind, counted downwards.
double zeta(double s, double x, double unit) {
  if (x > 0) return hurwitz_zeta(s, x, unit);
  const double steps = std::floor(-x) + 1, fraction = x + steps;
  const double below = hurwitz_zeta(s, 1 - fraction, unit) - hurwitz_zeta(s, 1 - fraction + steps, unit);
  return hurwitz_zeta(s, fraction, unit) + (std::fmod(s, 2) == 0 ? below : -below);
}

/// m - log(1 + m), without cancellation.
double log1p_defect(double m) {
  if (m < -0.5 || m > 1) return m - std::log1p(m);
  const double s = m / (2 + m), z = s * s;
  double tail = 0;
  for (int k = 41; k >= 3; k -= 2) tail = tail * z + 1.0 / k;
  return s * (m - 2 * z * tail);
}

/// x^a exp(-x) / Gamma(a + 1).
double gamma_density(double a, double x) {
  if (a < 10) return std::exp(a * std::log(x) - x - lgamma(a + 1));
  const double z = 1 / (a * a);
  const double stirling = polynomial(z, {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188}) / a;
  return std::exp(-a * log1p_defect((x - a) / a) - stirling) / std::sqrt(2 * kPi * a);
}

constexpr int kMostTerms = 1000000;

/// For x < a + 1.
double lower_by_series(double a, double x) {
  double term = 1, sum = 1;
  for (int n = 1; n < kMostTerms && term > sum * kEpsilon / 4; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * gamma_density(a, x);
}

/// For x >= a + 1, by Lentz's method.
double upper_by_fraction(double a, double x) {
  double b = x + 1 - a, c = kInfinity, d = 1 / b, fraction = d;
  for (int n = 1; n < kMostTerms; ++n) {
    const double numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const double change = c * d;
    fraction *= change;
    if (std::abs(change - 1) < kEpsilon) break;
  }
  return a * gamma_density(a, x) * fraction;
}

/// gammaincc for small a and x, whose sum with gammainc leaves nothing of it: 1 - x^a / Gamma(1 + a) * (1 + rest), each
/// difference from 1 by itself.
double upper_of_small(double a, double x) {
  // -gamma, zeta(2) / 2, -zeta(3) / 3, ...
  const double log_gamma = a < 1e-3
                               ? a * polynomial(a, {-0.57721566490153286, 0.82246703342411322, -0.40068563438653143,
                                                    0.27058080842778454, -0.20738555102867399})
                               : lgamma(1 + a);
  double rest = 0, power = 1;
  for (int k = 1; k < 20; ++k) {
    power *= -x / k;
    rest += a * power / (a + k);
  }
  const double exponent = a * std::log(x) - log_gamma;
  return -std::expm1(exponent) - std::exp(exponent) * rest;
}

/// Both for large a, where gammainc is a normal distribution: the first two terms of Temme's uniform expansion
/// (NIST Digital Library of Mathematical Functions, 8.12.3).
std::pair<double, double> incomplete_of_large(double a, double x) {
  const double m = (x - a) / a, half_square = log1p_defect(m);
  const double eta = std::copysign(std::sqrt(2 * half_square), m);
  const double density = std::exp(-a * half_square) / std::sqrt(2 * kPi * a);
  const double correction = density > 0 ? density * (eta / 12 - 1.0 / 3) : 0;
  const double distance = eta * std::sqrt(a / 2);
  return {0.5 * std::erfc(-distance) - correction, 0.5 * std::erfc(distance) + correction};
}

/// gammainc and gammaincc; the smaller one is exact.
std::pair<double, double> incomplete(double a, double x) {
  if (!(a >= 0 && x >= 0) || (a == 0 && x == 0) || (a == kInfinity && x == kInfinity)) return {kNaN, kNaN};
  if (x == 0 || a == kInfinity) return {0, 1};
  if (a == 0 || x == kInfinity) return {1, 0};
  if (a > 1e12) return incomplete_of_large(a, x);
  if (x < a + 1) {
    const double lower = lower_by_series(a, x);
    return {lower, 1 - lower};
  }
  const double upper = upper_by_fraction(a, x);
  return {1 - upper, upper};
}

}  // namespace

double gamma(double x) {
  if (x == 0) return std::copysign(kInfinity, x);
  return x < 0 && is_whole(x) ? kNaN : std::tgamma(x);
}

double lgamma(double x) {
#if defined(__GLIBC__) || defined(__APPLE__)
  // std::lgamma also writes a global variable, which threads would race for.
  int sign;
  return ::lgamma_r(x, &sign);
#else
  return std::lgamma(x);
#endif
}

double digamma(double x) {
  if (x == 0) return std::copysign(kInfinity, -x);
  if (x == kInfinity) return x;
  if (x > 0) return positive_digamma(x);
  if (!(x > -kInfinity) || is_whole(x)) return kNaN;
  return positive_digamma(1 - x) - kPi / std::tan(kPi * (x - std::rint(x)));
}

double polygamma(double n, double x) {
  if (!(n >= 0 && n < kInfinity) || !is_whole(n) || std::isnan(x) || x == -kInfinity) return kNaN;
  if (n == 0) return digamma(x);
  const double sign = std::fmod(n, 2) == 0 ? -1 : 1;
  if (x == kInfinity) return sign * 0.0;
  if (x <= 0 && is_whole(x)) return sign * kInfinity;
  if (n <= 100) return sign * std::tgamma(n + 1) * zeta(n + 1, x, 1);
  // The factorial overflows and the sum underflows: take the largest term out, and the product of both by logarithms.
  if (n > 0x1p52 && x > 0) return sign * (x < n / std::numbers::e ? kInfinity : 0.0);
  const double unit = nearest_pole(x);
  return sign * std::exp(lgamma(n + 1) - (n + 1) * std::log(unit)) * zeta(n + 1, x, unit);
}

double gammainc(double a, double x) { return incomplete(a, x).first; }
double gammaincc(double a, double x) {
  if (a > 0 && a < 0.1 && x > 0 && x <= 0.2) return upper_of_small(a, x);
  // For small a the series of gammainc leaves nothing of its complement.
  if (a > 0 && a < 1 && x > 0 && x < a + 1 && x > 0.2) return upper_by_fraction(a, x);
  return incomplete(a, x).second;
}

}  // namespace ingot::special
