#include "ingot/ops/window_functions.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>

#include "ingot/graph/convert.h"
#include "ingot/ops/filled.h"

namespace ingot {

namespace {

/// `f(n / N)` for each n, in float64 before it is rounded to `dtype`.
template <class F>
Array sampled(const char* op, int64_t length, bool periodic, DType dtype, F&& f) {
  if (length < 0) throw ValueError(op, ": expected a length of at least 0, got ", length);
  if (!is_floating(dtype)) throw TypeError(op, ": expected a floating dtype, got ", dtype);
  const auto span = static_cast<double>(periodic ? length : length - 1);
  return detail::filled({length}, dtype, [&](auto* out) {
    using T = std::remove_pointer_t<decltype(out)>;
    for (int64_t n = 0; n < length; ++n) out[n] = convert<T>(length == 1 ? 1 : f(static_cast<double>(n) / span));
  });
}

double cosine(double turns) { return std::cos(2 * std::numbers::pi * turns); }

/// The modified Bessel function of order 0, by its power series: all terms are positive.
double bessel_i0(double x) {
  double term = 1, total = 1;
  for (int k = 1; term > total * 1e-17; ++k) {
    term *= (x / (2 * k)) * (x / (2 * k));
    total += term;
  }
  return total;
}

}  // namespace

Array hann_window(int64_t length, bool periodic, DType dtype) {
  return sampled("hann_window", length, periodic, dtype, [](double t) { return 0.5 - 0.5 * cosine(t); });
}

Array hamming_window(int64_t length, bool periodic, DType dtype, double alpha, double beta) {
  return sampled("hamming_window", length, periodic, dtype, [=](double t) { return alpha - beta * cosine(t); });
}

Array blackman_window(int64_t length, bool periodic, DType dtype) {
  return sampled("blackman_window", length, periodic, dtype,
                 [](double t) { return 0.42 - 0.5 * cosine(t) + 0.08 * cosine(2 * t); });
}

Array bartlett_window(int64_t length, bool periodic, DType dtype) {
  return sampled("bartlett_window", length, periodic, dtype, [](double t) { return 1 - std::abs(2 * t - 1); });
}

Array kaiser_window(int64_t length, bool periodic, double beta, DType dtype) {
  if (!(std::abs(beta) <= 700)) throw ValueError("kaiser_window: expected a beta of at most 700, got ", beta);
  return sampled("kaiser_window", length, periodic, dtype, [=](double t) {
    const double r = 2 * t - 1;
    return bessel_i0(beta * std::sqrt(std::max(0.0, 1 - r * r))) / bessel_i0(beta);
  });
}

}  // namespace ingot
