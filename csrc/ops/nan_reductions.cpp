#include "ingot/ops/nan_reductions.h"

#include <limits>

#include "ingot/ops/axis_checks.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/scan.h"

namespace ingot {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Array widened(const Array& x) { return converted(x, compute_dtype(to_inexact(x.dtype()))); }

Array filled(const Array& x, double fill) { return where(isnan(x), fill, x); }

/// How many are left, in the real dtype that goes with `x`.
Array count_left(const Array& x, const OptionalAxes& axes, bool keepdims) {
  return sum(converted(logical_not(isnan(x)), to_real(x.dtype())), axes, keepdims);
}

Array extremum(const Array& x, const OptionalAxes& axes, bool keepdims, bool largest) {
  const char* op = largest ? "nanmax" : "nanmin";
  require_defined(x, op);
  require_order(x, op);
  const auto reduce = largest ? max : min;
  if (!is_inexact(x.dtype())) return reduce(x, axes, keepdims);
  const Array found = reduce(filled(x, largest ? -kInfinity : kInfinity), axes, keepdims);
  return where(all(isnan(x), axes, keepdims), kNaN, found);
}

Array variance(const Array& x, const OptionalAxes& axes, double correction, bool keepdims) {
  const Array centre = sum(filled(x, 0), axes, true) / count_left(x, axes, true);
  const Array deviation = where(isnan(x), 0, x - centre);
  const Array squares = is_complex(x.dtype()) ? square(real(deviation)) + square(imag(deviation)) : square(deviation);
  const Array freedom = count_left(x, axes, keepdims) - correction;
  return sum(squares, axes, keepdims) / where(freedom > 0, freedom, kNaN);
}

Array arg_extremum(const Array& x, std::optional<int64_t> axis, bool keepdims, bool largest, const char* op) {
  const Lane lane(x, axis, op);
  if (!is_floating(x.dtype())) return (largest ? argmax : argmin)(x, axis, keepdims);
  // By equality, for NaN takes no place that an infinity could not have.
  const Array best = extremum(lane.operand, Axes{lane.axis}, true, largest);
  const Array found = argmax(lane.operand == best, lane.axis, keepdims);
  return keepdims && !axis ? reshape(found, Shape(x.shape().size(), 1)) : found;
}

}  // namespace

Array nansum(const Array& x, const OptionalAxes& axes, bool keepdims, std::optional<DType> dtype) {
  require_defined(x, "nansum");
  return sum(is_inexact(x.dtype()) ? filled(x, 0) : x, axes, keepdims, dtype);
}

Array nanprod(const Array& x, const OptionalAxes& axes, bool keepdims, std::optional<DType> dtype) {
  require_defined(x, "nanprod");
  return prod(is_inexact(x.dtype()) ? filled(x, 1) : x, axes, keepdims, dtype);
}

Array nanmean(const Array& x, const OptionalAxes& axes, bool keepdims) {
  require_defined(x, "nanmean");
  const Array wide = widened(x);
  return converted(sum(filled(wide, 0), axes, keepdims) / count_left(wide, axes, keepdims), to_inexact(x.dtype()));
}

Array nanvar(const Array& x, const OptionalAxes& axes, double correction, bool keepdims) {
  require_defined(x, "nanvar");
  return converted(variance(widened(x), axes, correction, keepdims), to_real(to_inexact(x.dtype())));
}

Array nanstd(const Array& x, const OptionalAxes& axes, double correction, bool keepdims) {
  require_defined(x, "nanstd");
  return converted(sqrt(variance(widened(x), axes, correction, keepdims)), to_real(to_inexact(x.dtype())));
}

Array nanmax(const Array& x, const OptionalAxes& axes, bool keepdims) { return extremum(x, axes, keepdims, true); }
Array nanmin(const Array& x, const OptionalAxes& axes, bool keepdims) { return extremum(x, axes, keepdims, false); }

Array nancumsum(const Array& x, std::optional<int64_t> axis) {
  require_defined(x, "nancumsum");
  return cumsum(is_inexact(x.dtype()) ? filled(x, 0) : x, axis);
}

Array nancumprod(const Array& x, std::optional<int64_t> axis) {
  require_defined(x, "nancumprod");
  return cumprod(is_inexact(x.dtype()) ? filled(x, 1) : x, axis);
}

Array nanargmax(const Array& x, std::optional<int64_t> axis, bool keepdims) {
  return arg_extremum(x, axis, keepdims, true, "nanargmax");
}
Array nanargmin(const Array& x, std::optional<int64_t> axis, bool keepdims) {
  return arg_extremum(x, axis, keepdims, false, "nanargmin");
}

}  // namespace ingot
