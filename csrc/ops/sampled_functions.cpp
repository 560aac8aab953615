#include "ingot/ops/sampled_functions.h"

#include <algorithm>

#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/diagonals.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/scan.h"
#include "ingot/ops/search.h"
#include "ingot/ops/sort.h"

namespace ingot {

namespace {

/// The operand in a dtype to compute in.
Array widened(const Array& x) { return converted(x, compute_dtype(to_inexact(x.dtype()))); }

/// A vector that runs along one of `ndim` axes.
Array along(const Array& vector, int64_t axis, int64_t ndim) {
  Shape shape(static_cast<size_t>(ndim), 1);
  shape[static_cast<size_t>(axis)] = vector.size();
  return reshape(vector, shape);
}

/// Elements `from` to `to` (negative: from the end) along an axis.
Array part(const Array& x, int64_t axis, int64_t from, int64_t to) {
  const int64_t length = x.shape(axis);
  return narrow(x, axis, from < 0 ? from + length : from,
                (to <= 0 ? to + length : to) - (from < 0 ? from + length : from));
}

Array element(const Array& vector, int64_t i) { return select(vector, 0, i < 0 ? i + vector.size() : i); }

/// The areas between neighbours along an axis.
Array trapezoids(const Array& y, const Array& x, const Scalar& dx, int64_t axis, const char* op) {
  require_defined(y, op);
  const int64_t at = normalize_axis(axis, y.ndim(), op), length = y.shape(at);
  const Array values = widened(y);
  const int64_t count = std::max<int64_t>(length - 1, 0);
  const Array heights = (narrow(values, at, length - count, count) + narrow(values, at, 0, count)) / 2;
  if (!x.defined()) return heights * dx;
  const bool vector = x.ndim() == 1;
  if (vector ? x.shape(0) != length : x.shape() != y.shape())
    throw ShapeError(op, ": expected x of shape (", length, ",) or of the samples' ", y.shape(), ", got ", x.shape());
  const Array places = converted(vector ? along(x, at, y.ndim()) : x, compute_dtype(to_inexact(x.dtype())));
  return heights * (narrow(places, at, length - count, count) - narrow(places, at, 0, count));
}

DType sampled_dtype(const Array& y, const Array& x) {
  return to_inexact(x.defined() ? promote(y.dtype(), x.dtype()) : y.dtype());
}

/// The weights of the three samples at a place whose neighbours are `before` and `after` it, for the derivative at the
/// middle one.
std::vector<Array> central(const Array& before, const Array& after) {
  const Array both = before + after;
  return {-after / (before * both), (after - before) / (before * after), before / (after * both)};
}

/// The same for the derivative at the first of three samples.
std::vector<Array> one_sided(const Array& first, const Array& second) {
  const Array both = first + second;
  return {-(first + both) / (first * both), both / (first * second), -first / (second * both)};
}

}  // namespace

Array interp(const Array& x, const Array& xp, const Array& fp, const InterpOptions& options) {
  constexpr const char* op = "interp";
  for (const Array& given : {x, xp, fp}) require_defined(given, op);
  for (const Array& given : {x, xp}) require_order(given, op);
  if (xp.ndim() != 1 || fp.shape() != xp.shape())
    throw ShapeError(op, ": expected two vectors of one length, got xp of shape ", xp.shape(), " and fp of shape ",
                     fp.shape());
  if (xp.size() == 0) throw ValueError(op, ": no samples");
  const DType dtype = to_inexact(promote(promote(x.dtype(), xp.dtype()), fp.dtype()));
  const DType place_dtype = compute_dtype(to_inexact(promote(x.dtype(), xp.dtype())));
  Array at = converted(x, place_dtype), places = converted(xp, place_dtype);
  Array values = converted(fp, compute_dtype(dtype));
  if (options.period) {
    const double period = std::abs(*options.period);
    if (period == 0) throw ValueError(op, ": the period is 0");
    at = remainder(at, period);
    places = remainder(places, period);
    const Array order = argsort(places);
    places = take(places, order, 0);
    values = take(values, order, 0);
    places = concatenate({part(places, 0, -1, 0) - period, places, part(places, 0, 0, 1) + period});
    values = concatenate({part(values, 0, -1, 0), values, part(values, 0, 0, 1)});
  }
  const int64_t last = places.size() - 1;
  const Array after = clip(searchsorted(places, at, true), Scalar(std::min<int64_t>(last, 1)), Scalar(last));
  const Array before = maximum(after - 1, 0);
  const Array low = take(places, before), bottom = take(values, before);
  const Array width = take(places, after) - low;
  const Array slope = (take(values, after) - bottom) / where(width > 0, width, 1);
  const Array first = element(places, 0), end = element(places, last);
  Array result = bottom + slope * (at - low);
  result = where(at >= end, element(values, last), result);
  result = where(at < first, element(values, 0), result);
  if (!options.period) {
    if (options.left.defined()) result = where(at < first, converted(options.left, result.dtype()), result);
    if (options.right.defined()) result = where(at > end, converted(options.right, result.dtype()), result);
  }
  return converted(result, dtype);
}

Array finite_difference(const Array& samples, const Array& coordinates, int64_t axis, int64_t edge_order) {
  constexpr const char* op = "gradient";
  require_defined(samples, op);
  require_defined(coordinates, op);
  if (edge_order != 1 && edge_order != 2) throw ValueError(op, ": expected edge_order 1 or 2, got ", edge_order);
  const int64_t at = normalize_axis(axis, samples.ndim(), op), length = samples.shape(at);
  if (length < edge_order + 1)
    throw ShapeError(op, ": expected at least ", edge_order + 1, " samples along axis ", at, ", got shape ",
                     samples.shape());
  if (coordinates.ndim() > 1 || (coordinates.ndim() == 1 && coordinates.size() != length))
    throw ShapeError(op, ": expected a distance or ", length, " coordinates for axis ", at, ", got shape ",
                     coordinates.shape());
  const Array x = widened(samples), places = widened(coordinates);
  const Array steps = along(coordinates.ndim() == 0 ? broadcast_to(places, {length - 1}) : diff(places), at, x.ndim());
  const auto combined = [&](const std::vector<Array>& weights, const std::vector<int64_t>& from, int64_t count) {
    Array total = weights[0] * narrow(x, at, from[0], count);
    for (size_t i = 1; i < from.size(); ++i) total = total + weights[i] * narrow(x, at, from[i], count);
    return total;
  };
  const auto step = [&](int64_t i) { return narrow(steps, at, i, 1); };
  std::vector<Array> pieces;
  if (edge_order == 1) {
    pieces.push_back((narrow(x, at, 1, 1) - narrow(x, at, 0, 1)) / step(0));
  } else {
    pieces.push_back(combined(one_sided(step(0), step(1)), {0, 1, 2}, 1));
  }
  if (length > 2) {
    const int64_t inner = length - 2;
    pieces.push_back(combined(central(narrow(steps, at, 0, inner), narrow(steps, at, 1, inner)), {0, 1, 2}, inner));
  }
  if (edge_order == 1) {
    pieces.push_back((narrow(x, at, length - 1, 1) - narrow(x, at, length - 2, 1)) / step(length - 2));
  } else {
    // Seen from the other end, steps are negative.
    pieces.push_back(
        combined(one_sided(-step(length - 2), -step(length - 3)), {length - 1, length - 2, length - 3}, 1));
  }
  return converted(concatenate(pieces, at), to_inexact(promote(samples.dtype(), coordinates.dtype())));
}

Array trapezoid(const Array& y, const Array& x, const Scalar& dx, int64_t axis) {
  const Array areas = trapezoids(y, x, dx, axis, "trapezoid");
  return converted(sum(areas, Axes{axis}), sampled_dtype(y, x));
}

Array cumulative_trapezoid(const Array& y, const Array& x, const Scalar& dx, int64_t axis) {
  const Array areas = trapezoids(y, x, dx, axis, "cumulative_trapezoid");
  return converted(cumsum(areas, axis), sampled_dtype(y, x));
}

Array unwrap(const Array& angles, std::optional<double> jump, int64_t axis, double period) {
  constexpr const char* op = "unwrap";
  require_defined(angles, op);
  require_order(angles, op);
  const int64_t at = normalize_axis(axis, angles.ndim(), op), length = angles.shape(at);
  const Array x = widened(angles);
  if (length < 2) return converted(x, to_inexact(angles.dtype()));
  const double half = period / 2;
  const Array steps = diff(x, 1, at);
  const Array least = remainder(steps + half, period) - half;
  const Array turned = where(logical_and(least == -half, steps > 0), half, least);
  const Array correction = where(abs(steps) < std::max(jump.value_or(half), half), 0, turned - steps);
  const Array result = concatenate({narrow(x, at, 0, 1), narrow(x, at, 1, length - 1) + cumsum(correction, at)}, at);
  return converted(result, to_inexact(angles.dtype()));
}

Array polyval(const Array& p, const Array& x) {
  require_defined(p, "polyval");
  require_defined(x, "polyval");
  if (p.ndim() != 1) throw ShapeError("polyval: expected a vector of coefficients, got shape ", p.shape());
  Array result = zeros(x.shape(), promote(p.dtype(), x.dtype()));
  for (int64_t i = 0; i < p.size(); ++i) result = i == 0 ? result + element(p, 0) : result * x + element(p, i);
  return result;
}

Array polyfit(const Array& x, const Array& y, int64_t degree, const Array& weights) {
  constexpr const char* op = "polyfit";
  require_defined(x, op);
  require_defined(y, op);
  if (degree < 0) throw ValueError(op, ": expected a degree of at least 0, got ", degree);
  if (x.ndim() != 1 || (y.ndim() != 1 && y.ndim() != 2) || y.shape(0) != x.size())
    throw ShapeError(op, ": expected x (n) and y (n) or (n, k), got shapes ", x.shape(), " and ", y.shape());
  if (x.size() == 0) throw ValueError(op, ": no samples");
  const DType dtype = to_inexact(promote(x.dtype(), y.dtype()));
  Array powers = vander(converted(x, compute_dtype(dtype)), degree + 1);
  Array values = converted(y.ndim() == 1 ? expand_dims(y, {1}) : y, compute_dtype(dtype));
  if (weights.defined()) {
    if (weights.shape() != x.shape())
      throw ShapeError(op, ": expected weights of shape ", x.shape(), ", got ", weights.shape());
    const Array each = expand_dims(converted(weights, to_real(compute_dtype(dtype))), {1});
    powers = powers * each;
    values = values * each;
  }
  // Columns of one size: high powers would drown the low ones.
  const Array size = sqrt(sum(square(abs(powers)), Axes{0}));
  const Array found = linalg::lstsq(powers / size, values).solution / expand_dims(size, {1});
  return converted(y.ndim() == 1 ? squeeze(found, Axes{1}) : found, dtype);
}

}  // namespace ingot
