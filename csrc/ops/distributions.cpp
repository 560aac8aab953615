#include "ingot/ops/distributions.h"

#include <cmath>
#include <limits>

#include "ingot/ops/axis_checks.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/random_draw.h"
#include "ingot/ops/reduction.h"

namespace ingot::random {

namespace {

constexpr double kPi = 3.141592653589793;
constexpr double kRootTwo = 1.4142135623730951;

/// What a distribution computes in.
DType compute(DType dtype) { return dtype == DType::float64 ? dtype : DType::float32; }

/// Uniform numbers in (0, 1).
Array uniform_for(const Shape& shape, DType dtype, const Array& key, const char* op) {
  require_floating(dtype, op);
  return open_unit(shape, compute(dtype), single_key(key, op), op);
}

Array checked_location(const Array& x, DType dtype, const char* op) {
  check_values(x, [](double v) { return !std::isnan(v); }, op, "a location that is a number");
  return converted(x, compute(dtype));
}

Array checked_scale(const Array& x, DType dtype, const char* op) {
  return converted(not_negative(x, op, "a scale that is not negative"), compute(dtype));
}

/// Standard numbers, moved and stretched.
Array placed(const Array& standard, const Array& location, const Array& scale, DType dtype, const char* op) {
  const Array result = standard * checked_scale(scale, dtype, op) + checked_location(location, dtype, op);
  if (result.shape() != standard.shape())
    throw ShapeError(op, ": parameters of shapes ", location.shape(), " and ", scale.shape(), " do not broadcast to ",
                     standard.shape());
  return converted(result, dtype);
}

}  // namespace

Array truncated_normal(const Shape& shape, const Array& low, const Array& high, DType dtype, const Array& key) {
  constexpr const char* op = "truncated_normal";
  require_floating(dtype, op);
  const auto number = [](double v) { return !std::isnan(v); };
  check_values(low, number, op, "bounds that are numbers");
  check_values(high, number, op, "bounds that are numbers");
  const auto known_low = known_number(low), known_high = known_number(high);
  if (known_low && known_high && !(*known_low < *known_high))
    throw ValueError(op, ": expected low < high, got ", *known_low, " and ", *known_high);
  // By inversion, in float64: near the ends of (-1, 1) erf and its inverse have no digits to spare.
  const Array from = converted(low, DType::float64), to = converted(high, DType::float64);
  const Array begin = erf(from / kRootTwo), end = erf(to / kRootTwo);
  const Array u = open_unit(shape, DType::float64, single_key(key, op), op);
  const Array inverted = kRootTwo * erfinv(begin + (end - begin) * u);
  const Array x = where(from < to, inverted, std::numeric_limits<double>::quiet_NaN());
  if (x.shape() != shape)
    throw ShapeError(op, ": bounds of shapes ", low.shape(), " and ", high.shape(), " do not broadcast to ", shape);
  return converted(minimum(maximum(x, from), to), dtype);
}

Array exponential(const Shape& shape, const Array& rate, DType dtype, const Array& key) {
  constexpr const char* op = "exponential";
  const Array u = uniform_for(shape, dtype, key, op);
  const Array each = broadcast_to(converted(positive(rate, op, "a positive rate"), u.dtype()), shape);
  return converted(-log1p(-u) / each, dtype);
}

Array laplace(const Shape& shape, const Array& location, const Array& scale, DType dtype, const Array& key) {
  const Array u = uniform_for(shape, dtype, key, "laplace") - 0.5;
  return placed(-sign(u) * log1p(-2 * abs(u)), location, scale, dtype, "laplace");
}

Array gumbel(const Shape& shape, const Array& location, const Array& scale, DType dtype, const Array& key) {
  const Array u = uniform_for(shape, dtype, key, "gumbel");
  return placed(-log(-log1p(-u)), location, scale, dtype, "gumbel");
}

Array logistic(const Shape& shape, const Array& location, const Array& scale, DType dtype, const Array& key) {
  const Array u = uniform_for(shape, dtype, key, "logistic");
  return placed(log(u) - log1p(-u), location, scale, dtype, "logistic");
}

Array cauchy(const Shape& shape, const Array& location, const Array& scale, DType dtype, const Array& key) {
  const Array u = uniform_for(shape, dtype, key, "cauchy");
  return placed(tan(kPi * (u - 0.5)), location, scale, dtype, "cauchy");
}

Array log_normal(const Shape& shape, const Array& mean, const Array& std, DType dtype, const Array& key) {
  require_floating(dtype, "log_normal");
  return converted(exp(normal(shape, mean, std, compute(dtype), key)), dtype);
}

Array chi_square(const Shape& shape, const Array& freedom, DType dtype, const Array& key) {
  require_floating(dtype, "chi_square");
  check_values(freedom, [](double v) { return v > 0; }, "chi_square", "positive degrees of freedom");
  return converted(2 * gamma(shape, converted(freedom, compute(dtype)) / 2, compute(dtype), key), dtype);
}

Array student_t(const Shape& shape, const Array& freedom, DType dtype, const Array& key) {
  constexpr const char* op = "student_t";
  require_floating(dtype, op);
  check_values(freedom, [](double v) { return v > 0; }, op, "positive degrees of freedom");
  const Array from = single_key(key, op);
  const Array half = converted(freedom, compute(dtype)) / 2;
  const Array z = standard_normal(shape, compute(dtype), from, op);
  return converted(z * sqrt(half / gamma(shape, half, compute(dtype), from)), dtype);
}

Array beta(const Shape& shape, const Array& a, const Array& b, DType dtype, const Array& key) {
  constexpr const char* op = "beta";
  require_floating(dtype, op);
  check_values(a, [](double v) { return v > 0; }, op, "positive parameters");
  check_values(b, [](double v) { return v > 0; }, op, "positive parameters");
  // Both at once, so that they have nothing in common.
  const auto spread = [&](const Array& x) { return broadcast_to(converted(x, compute(dtype)), shape); };
  Shape both(shape);
  both.insert(0, 2);
  const Array draws = gamma(both, stack({spread(a), spread(b)}), compute(dtype), key);
  const Array x = index(draws, {int64_t{0}}), total = x + index(draws, {int64_t{1}});
  // Tiny parameters may give zero twice: then either is as likely as its parameter says.
  const Array even = spread(a) / (spread(a) + spread(b));
  return converted(where(total > 0, x / where(total > 0, total, 1), even), dtype);
}

Array dirichlet(const Array& alpha, const Shape& shape, DType dtype, const Array& key) {
  constexpr const char* op = "dirichlet";
  require_floating(dtype, op);
  check_values(alpha, [](double v) { return v > 0; }, op, "positive parameters");
  if (alpha.ndim() == 0) throw ShapeError(op, ": expected parameters along a last axis, got a 0-d array");
  Shape full_shape = shape.empty() ? Shape(alpha.shape().begin(), alpha.shape().end() - 1) : shape;
  full_shape.push_back(alpha.shape(-1));
  const Array draws = gamma(full_shape, alpha, compute(dtype), key);
  return converted(draws / sum(draws, Axes{-1}, true), dtype);
}

Array multivariate_normal(const Array& mean, const Array& covariances, const Shape& shape, DType dtype,
                          const Array& key) {
  constexpr const char* op = "multivariate_normal";
  require_floating(dtype, op);
  check_values(mean, [](double v) { return !std::isnan(v); }, op, "a mean that is a number");
  check_values(covariances, [](double v) { return !std::isnan(v); }, op, "covariances that are numbers");
  const Shape& square = covariances.shape();
  if (mean.ndim() < 1 || covariances.ndim() < 2 || square.back() != square[square.size() - 2] ||
      square.back() != mean.shape(-1))
    throw ShapeError(op, ": expected a mean (..., n) and covariances (..., n, n), got ", mean.shape(), " and ", square);
  const Shape batch(square.begin(), square.end() - 1);
  Shape full_shape(shape);
  if (shape.empty()) {
    full_shape = broadcast_shapes(mean.shape(), batch, op);
  } else {
    full_shape.push_back(mean.shape(-1));
  }
  const Array factor = linalg::cholesky(converted(covariances, compute(dtype)));
  const Array z = standard_normal(full_shape, compute(dtype), single_key(key, op), op);
  const Array moved = sum(factor * expand_dims(z, {-2}), Axes{-1}) + converted(mean, compute(dtype));
  if (moved.shape() != full_shape)
    throw ShapeError(op, ": a mean of shape ", mean.shape(), " and covariances of shape ", square,
                     " do not broadcast to ", full_shape);
  return converted(moved, dtype);
}

}  // namespace ingot::random
