#include "ingot/ops/histogram.h"

#include <cmath>
#include <limits>

#include "ingot/engine/eval.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/integer_totals.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/required_values.h"
#include "ingot/ops/search.h"

namespace ingot {

namespace {

/// What each element adds to its bin; zero for those that are outside.
Array contributions(const Array& x, const Array& weights, const char* op) {
  if (!weights.defined()) return ones(x.shape(), is_floating(x.dtype()) ? x.dtype() : DType::int64);
  if (weights.shape() != x.shape())
    throw ShapeError(op, ": expected weights of shape ", x.shape(), ", got ", weights.shape());
  return is_bool(weights.dtype()) ? astype(weights, DType::int64) : weights;
}

/// The bin of each element between `edges` (n + 1), and whether it has one.
std::pair<Array, Array> bins_of(const Array& x, const Array& edges, const char* op) {
  if (edges.ndim() != 1 || edges.shape(0) < 2)
    throw ShapeError(op, ": expected at least two edges along one axis, got shape ", edges.shape());
  const int64_t count = edges.shape(0) - 1;
  const Array first = index(edges, {int64_t{0}}), last = index(edges, {int64_t{-1}});
  const Array inside = logical_and(x >= first, x <= last);
  return {clip(searchsorted(edges, x, true) - 1, Scalar(0), Scalar(count - 1)), inside};
}

Array add_up(const Array& bins, const Array& amounts, int64_t count) {
  return index_add(zeros({count}, amounts.dtype()), {bins}, amounts);
}

Array divided(const Array& counts, const Array& volumes) {
  const Array wide = converted(counts, to_inexact(counts.dtype()));
  return wide / sum(wide) / volumes;
}

Array widths(const Array& edges) {
  const int64_t count = edges.shape(0);
  return slice(edges, {1}, {count}, {1}) - slice(edges, {0}, {count - 1}, {1});
}

}  // namespace

Array bincount(const Array& x, const Array& weights, int64_t minlength) {
  require_defined(x, "bincount");
  if (!is_integer(x.dtype()) && !is_bool(x.dtype()))
    throw TypeError("bincount: expected an array of integers, got dtype ", x.dtype());
  if (x.ndim() != 1) throw ShapeError("bincount: expected one axis, got shape ", x.shape());
  if (minlength < 0) throw ValueError("bincount: minlength must not be negative, got ", minlength);
  if (weights.defined() && weights.shape() != x.shape())
    throw ShapeError("bincount: expected weights of shape ", x.shape(), ", got ", weights.shape());
  int64_t length = minlength;
  if (x.size() > 0) {
    require_values(x, "bincount", "the length", "add to zeros of a known length: zeros(n, dtype=int64).at[x].add(1)");
    const std::vector<int64_t> ends =
        to_vector<int64_t>(stack({converted(min(x), DType::int64), converted(max(x), DType::int64)}));
    if (ends[0] < 0) throw ValueError("bincount: numbers must not be negative, got ", ends[0]);
    length = std::max(length, ends[1] + 1);
  }
  const Array amounts =
      weights.defined() ? converted(weights, wide_total(weights.dtype())) : ones(x.shape(), DType::int64);
  return add_up(is_bool(x.dtype()) ? astype(x, DType::int32) : x, amounts, length);
}

Array histogram_edges(const Array& x, int64_t count, std::optional<std::pair<double, double>> range) {
  require_defined(x, "histogram");
  require_order(x, "histogram");
  if (count < 1 || count > std::numeric_limits<int32_t>::max())
    throw ValueError("histogram: expected at least one bin, and fewer than 2^31, got ", count);
  const DType dtype = is_floating(x.dtype()) ? x.dtype() : DType::float32;
  Array low, high;
  if (range) {
    if (!std::isfinite(range->first) || !std::isfinite(range->second) || range->first > range->second)
      throw ValueError("histogram: expected a finite, rising range, got ", range->first, " to ", range->second);
    low = scalar(range->first, compute_dtype(dtype));
    high = scalar(range->second, compute_dtype(dtype));
  } else if (x.size() == 0) {
    low = scalar(0.0, compute_dtype(dtype));
    high = scalar(1.0, compute_dtype(dtype));
  } else {
    low = converted(stop_gradient(min(x)), compute_dtype(dtype));
    high = converted(stop_gradient(max(x)), compute_dtype(dtype));
  }
  const Array point = low == high;
  const Array from = where(point, low - 0.5, low), to = where(point, high + 0.5, high);
  const Array ramp = arange(int64_t{0}, count + 1, int64_t{1}, compute_dtype(dtype));
  // The last edge is the largest element itself, whatever rounding says.
  const Array edges = where(ramp == count, to, from + (to - from) / Scalar(count) * ramp);
  return converted(edges, dtype);
}

Array histogram(const Array& x, const Array& edges, const Array& weights, bool density) {
  require_defined(x, "histogram");
  require_defined(edges, "histogram");
  require_order(x, "histogram");
  const Array amounts = flatten(contributions(x, weights, "histogram"));
  const auto [bins, inside] = bins_of(flatten(x), edges, "histogram");
  const Array counts = add_up(bins, where(inside, amounts, 0), edges.shape(0) - 1);
  return density ? divided(counts, widths(edges)) : counts;
}

Array histogramdd(const Array& x, const std::vector<Array>& edges, const Array& weights, bool density) {
  require_defined(x, "histogramdd");
  require_order(x, "histogramdd");
  if (x.ndim() != 2 || x.shape(1) != static_cast<int64_t>(edges.size()) || edges.empty())
    throw ShapeError("histogramdd: expected points of shape (n, ", edges.size(), "), one column for each of the ",
                     edges.size(), " arrays of edges, got ", x.shape());
  Array place, inside, volumes;
  Shape shape;
  for (size_t k = 0; k < edges.size(); ++k) {
    require_defined(edges[k], "histogramdd");
    const Array column = index(x, {Slice{}, static_cast<int64_t>(k)});
    const auto [bins, within] = bins_of(column, edges[k], "histogramdd");
    const int64_t count = edges[k].shape(0) - 1;
    place = k == 0 ? converted(bins, DType::int64) : place * count + bins;
    inside = k == 0 ? within : logical_and(inside, within);
    const Array width = widths(edges[k]);
    volumes = k == 0 ? width : expand_dims(volumes, {-1}) * width;
    shape.push_back(count);
  }
  const Array amounts = contributions(index(x, {Slice{}, int64_t{0}}), weights, "histogramdd");
  const Array counts = reshape(add_up(place, where(inside, amounts, 0), element_count(shape)), shape);
  return density ? divided(counts, volumes) : counts;
}

}  // namespace ingot
