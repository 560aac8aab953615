#include "ingot/ops/statistics.h"

#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/search.h"
#include "ingot/ops/sort.h"

namespace ingot {

namespace {

void require_elements(const Lane& lane, const char* op) {
  if (lane.length() == 0)
    throw ValueError(op, ": nothing to choose from, axis ", lane.axis, " of shape ", lane.operand.shape(), " is empty");
}

/// An operand of at least one axis: a 0-d one may be asked for along its axis 0 or -1.
Array with_axis(const Array& x) { return x.defined() && x.ndim() == 0 ? reshape(x, {1}) : x; }

/// The element at `place` (with an axis of length 1) of each lane, and that place, in the shape of a reduction of `x`.
std::pair<Array, Array> picked(const Array& x, const Lane& lane, const Array& place, bool whole, bool keepdims) {
  Shape shape = reduced_shape(place.shape(), {lane.axis}, false);
  if (x.ndim() == 0)
    shape = {};
  else if (keepdims)
    shape = whole ? Shape(x.shape().size(), 1) : place.shape();
  return {reshape(take_along_axis(lane.operand, place, lane.axis), shape), reshape(place, shape)};
}

std::pair<Array, Array> extremum(const Array& x, int64_t axis, bool keepdims, bool largest) {
  const char* op = largest ? "max" : "min";
  const Lane lane(with_axis(x), axis, op);
  const Array place = (largest ? argmax : argmin)(lane.operand, lane.axis, true);
  return picked(x, lane, place, false, keepdims);
}

/// Weights of observations, in the dtype to compute in.
Array observation_weights(const Array& given, int64_t count, DType dtype, const char* what) {
  if (given.shape() != Shape{count})
    throw ShapeError("cov: expected ", what, " of shape (", count, ",), one for each observation, got ", given.shape());
  return converted(given, dtype);
}

}  // namespace

std::pair<Array, Array> median(const Array& x, std::optional<int64_t> axis, bool keepdims, bool ignore_nan) {
  const char* op = ignore_nan ? "nanmedian" : "median";
  const Lane lane(axis ? with_axis(x) : x, axis, op);
  require_order(x, op);
  require_elements(lane, op);
  const int64_t length = lane.length();
  const DType dtype = index_dtype(length);
  const Array order = argsort(lane.operand, lane.axis);
  const Shape shape = reduced_shape(lane.operand.shape(), {lane.axis}, true);
  Array rank = full(shape, (length - 1) / 2, dtype);
  if (is_floating(x.dtype())) {
    const Array nan = isnan(lane.operand);
    if (ignore_nan) {
      const Array left = length - sum(nan, Axes{lane.axis}, true);
      rank = converted(maximum(floor_divide(left - 1, 2), 0), dtype);
    } else {
      rank = where(any(nan, Axes{lane.axis}, true), full(shape, length - 1, dtype), rank);
    }
  }
  return picked(x, lane, take_along_axis(order, rank, lane.axis), !axis, keepdims);
}

std::pair<Array, Array> mode(const Array& x, int64_t axis, bool keepdims) {
  const Lane lane(with_axis(x), axis, "mode");
  require_order(x, "mode");
  require_elements(lane, "mode");
  const Array lanes = moveaxis(lane.operand, lane.axis, -1);
  const Array order = argsort(lanes), sorted = take_along_axis(lanes, order, -1);
  const Array end = searchsorted(sorted, sorted, true), begin = searchsorted(sorted, sorted, false);
  const Array winner = argmax(end - begin, -1, true);
  const Array last = take_along_axis(end, winner, -1) - 1;
  return picked(x, lane, moveaxis(take_along_axis(order, last, -1), -1, lane.axis), false, keepdims);
}

std::pair<Array, Array> max_with_index(const Array& x, int64_t axis, bool keepdims) {
  return extremum(x, axis, keepdims, true);
}
std::pair<Array, Array> min_with_index(const Array& x, int64_t axis, bool keepdims) {
  return extremum(x, axis, keepdims, false);
}

Array ptp(const Array& x, const OptionalAxes& axes, bool keepdims) {
  require_defined(x, "ptp");
  return max(x, axes, keepdims) - min(x, axes, keepdims);
}

std::pair<Array, Array> average(const Array& x, const OptionalAxes& axes, const Array& weights, bool keepdims) {
  require_defined(x, "average");
  if (!weights.defined()) {
    const Array result = mean(x, axes, keepdims);
    const int64_t count = result.size() == 0 ? 0 : x.size() / result.size();
    return {result, full_like(result, Scalar(count))};
  }
  const DType dtype = to_inexact(promote(x.dtype(), weights.dtype()));
  const Array values = converted(x, compute_dtype(dtype));
  Array each = converted(weights, compute_dtype(dtype));
  if (each.shape() != x.shape()) {
    if (!axes || axes->size() != 1 || each.ndim() != 1 || each.shape(0) != x.shape((*axes)[0]))
      throw ShapeError("average: weights of shape ", weights.shape(), " are neither those of the elements of shape ",
                       x.shape(), " nor of the places along one axis");
    Shape shape(x.shape().size(), 1);
    shape[static_cast<size_t>(normalize_axis((*axes)[0], x.ndim(), "average"))] = each.shape(0);
    each = broadcast_to(reshape(each, shape), x.shape());
  }
  const Array total = sum(each, axes, keepdims);
  return {converted(sum(values * each, axes, keepdims) / total, dtype), converted(total, dtype)};
}

Array cov(const Array& x, double correction, const Array& frequencies, const Array& weights) {
  require_defined(x, "cov");
  if (x.ndim() > 2) throw ShapeError("cov: expected variables as rows, one or two axes, got shape ", x.shape());
  const DType dtype = to_inexact(x.dtype());
  const Array rows = converted(x.ndim() == 2 ? x : reshape(x, {1, x.size()}), compute_dtype(dtype));
  const int64_t variables = rows.shape(0), count = rows.shape(1);
  const DType real_dtype = to_real(rows.dtype());
  Array each;
  if (frequencies.defined()) each = observation_weights(frequencies, count, real_dtype, "frequencies");
  Array importance;
  if (weights.defined()) {
    importance = observation_weights(weights, count, real_dtype, "weights");
    each = each.defined() ? each * importance : importance;
  }
  Array total, freedom, centred, scaled;
  if (each.defined()) {
    total = sum(each);
    freedom = total - correction * (importance.defined() ? sum(each * importance) / total : ones_like(total));
    centred = rows - sum(rows * each, Axes{1}, true) / total;
    scaled = centred * each;
  } else {
    freedom = scalar(static_cast<double>(count) - correction, real_dtype);
    centred = rows - mean(rows, Axes{1}, true);
    scaled = centred;
  }
  const Array other = transpose(is_complex(dtype) ? conj(centred) : centred);
  const Array result = matmul(scaled, other) / maximum(freedom, 0);
  return converted(x.ndim() == 2 ? result : reshape(result, variables == 1 ? Shape{} : result.shape()), dtype);
}

Array corrcoef(const Array& x) {
  require_defined(x, "corrcoef");
  const Array c = cov(x);
  if (c.ndim() == 0) return c / c;
  const Array ramp = arange(int64_t{0}, c.shape(0), int64_t{1}, index_dtype(c.shape(0)));
  const Array variances = index(c, {ramp, ramp});
  const Array spread = sqrt(is_complex(c.dtype()) ? real(variances) : variances);
  const Array result = c / expand_dims(spread, {1}) / expand_dims(spread, {0});
  return is_complex(c.dtype()) ? result : clip(result, Scalar(-1), Scalar(1));
}

}  // namespace ingot
