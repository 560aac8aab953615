// Quantiles.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/sort.h"
#include "ingot/ops/statistics.h"

namespace ingot {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// A method, and Hyndman and Fan's parameters of the place `n q + alpha + q (1 - alpha - beta) - 1`.
struct MethodRow {
  const char* name;
  double alpha, beta;
};
constexpr std::array<MethodRow, 10> kMethods{{{"linear", 1, 1},
                                              {"lower", 1, 1},
                                              {"higher", 1, 1},
                                              {"midpoint", 1, 1},
                                              {"nearest", 1, 1},
                                              {"interpolated_inverted_cdf", 0, 1},
                                              {"hazen", 0.5, 0.5},
                                              {"weibull", 0, 0},
                                              {"median_unbiased", 1.0 / 3, 1.0 / 3},
                                              {"normal_unbiased", 3.0 / 8, 3.0 / 8}}};

/// The reduced axes joined as the last one.
Array lanes_of(const Array& x, const Axes& axes) {
  Axes order;
  Shape shape;
  for (int64_t i = 0; i < x.ndim(); ++i) {
    if (std::find(axes.begin(), axes.end(), i) != axes.end()) continue;
    order.push_back(i);
    shape.push_back(x.shape(i));
  }
  int64_t length = 1;
  for (int64_t axis : axes) {
    order.push_back(axis);
    length *= x.shape(axis);
  }
  shape.push_back(length);
  return reshape(transpose(x, order), shape);
}

/// The place of each `q` among `count` sorted elements, at most `count - 1`; both float64.
Array place_of(const Array& q, const Array& count, QuantileMethod method) {
  const MethodRow& row = kMethods[static_cast<size_t>(method)];
  const Array place = method <= QuantileMethod::nearest ? q * (count - 1)
                                                        : q * count + (row.alpha - 1) + q * (1 - row.alpha - row.beta);
  return minimum(maximum(place, 0), count - 1);
}

}  // namespace

void check_quantiles(const Array& q) {
  for (double each : to_vector<double>(q))
    if (!(each >= 0 && each <= 1)) throw ValueError("quantile: expected q between 0 and 1, got ", each);
}

QuantileMethod parse_quantile_method(std::string_view name) {
  std::string names;
  for (size_t i = 0; i < kMethods.size(); ++i) {
    if (name == kMethods[i].name) return static_cast<QuantileMethod>(i);
    names += (i == 0 ? "" : ", ") + std::string(kMethods[i].name);
  }
  throw ValueError("quantile: unknown method '", name, "'; there are ", names);
}

Array quantile(const Array& x, const Array& q, const OptionalAxes& axes, bool keepdims, QuantileMethod method,
               bool ignore_nan) {
  require_defined(x, "quantile");
  require_defined(q, "quantile");
  require_order(x, "quantile");
  require_order(q, "quantile");
  if (q.peek().evaluated() && !is_recording()) check_quantiles(q);
  const Axes along = normalize_axes(axes, x.ndim(), "quantile");
  const DType dtype = to_inexact(x.dtype());
  const Array lanes = lanes_of(converted(x, dtype), along);
  const int64_t length = lanes.shape(-1), wanted = q.size();
  if (length == 0) throw ValueError("quantile: nothing to choose from, shape ", x.shape(), " has an empty axis");

  const Array sorted = sort(lanes, -1);
  const Array flat = converted(flatten(q), DType::float64);
  const Array checked = where(logical_and(flat >= 0, flat <= 1), flat, kNaN);
  // The last axis is that of `q` from here on.
  Array left = full({1}, static_cast<double>(length), DType::float64);
  if (ignore_nan) left = converted(sum(logical_not(isnan(lanes)), Axes{-1}, true), DType::float64);
  const Array place = place_of(checked, maximum(left, 1.0), method);
  const Array known = where(isnan(place), 0, place);
  Array low = floor(known), high = minimum(low + 1, maximum(left, 1.0) - 1);
  if (method == QuantileMethod::higher) low = ceil(known);
  if (method == QuantileMethod::nearest) low = round(known);

  const DType index = index_dtype(length);
  const auto element = [&](const Array& at) {
    const Array indices = converted(stop_gradient(at), index);
    if (!ignore_nan) return take(sorted, flatten(indices), -1);
    Shape shape(lanes.shape());
    shape.back() = wanted;
    return take_along_axis(sorted, broadcast_to(indices, shape), -1);
  };
  const Array below = converted(element(low), compute_dtype(dtype));
  Array result = below;
  if (method == QuantileMethod::midpoint || method == QuantileMethod::linear || method > QuantileMethod::nearest) {
    const Array above = converted(element(high), compute_dtype(dtype));
    const Array fraction = known - stop_gradient(low);
    const Array weight = method == QuantileMethod::midpoint ? where(fraction > 0, 0.5, zeros_like(fraction)) : fraction;
    // Where both ends count as one, an infinite one must not meet a zero.
    result = where(broadcast_to(weight == 0, below.shape()), below,
                   below + (above - below) * converted(weight, below.dtype()));
  }
  result = where(broadcast_to(isnan(checked), result.shape()), kNaN, result);
  if (!ignore_nan) result = where(isnan(take(sorted, array({static_cast<int64_t>(length - 1)}), -1)), kNaN, result);

  Shape shape(q.shape());
  for (int64_t each : reduced_shape(x.shape(), along, keepdims)) shape.push_back(each);
  return converted(reshape(moveaxis(result, -1, 0), shape), dtype);
}

}  // namespace ingot
