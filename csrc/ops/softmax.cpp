#include "ingot/ops/softmax.h"

#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/softmax_op.h"

namespace ingot {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// float16 and bfloat16 in float32: sums of exponentials leave their range, and their digits.
Array widened(const Array& x) { return converted(x, compute_dtype(x.dtype())); }

/// A floating operand, or a TypeError.
Array floating(const Array& given, const char* op) {
  require_defined(given, op);
  const Array x = autocast(op, given);
  if (is_complex(x.dtype())) throw TypeError(op, ": expected a real dtype, got ", x.dtype());
  return is_floating(x.dtype()) ? x : astype(x, to_inexact(x.dtype()));
}

template <class Normalised>
Array normalised(const Array& x, int64_t axis) {
  const Array operand = floating(x, Normalised::kName);
  const int64_t along = normalize_axis(axis, x.ndim(), Normalised::kName);
  if (operand.size() == 0) return alias(operand);
  const Array wide = widened(operand);
  return converted(apply(make_ref<Normalised>(along), {wide}, {wide.shape(), wide.dtype()}), operand.dtype());
}

/// The weight of each element in its logsumexp `r`: 0 where that is -inf, for then no element has a say.
Array weights(const Array& x, const Array& r) {
  const Array nothing = r == -kInfinity;
  return where(nothing, 0, exp(x - where(nothing, 0, r)));
}

}  // namespace

// ---- softmax ----

std::vector<Array> Softmax::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!cotangents[0].defined() || !call.needs(0)) return {Array()};
  return {apply(make_ref<SoftmaxGradient>(false, axis), {call.out(), cotangents[0]}, call.node().spec())};
}

std::vector<Array> Softmax::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array r = call.out(), t = tangents[0];
  return {r * (t - sum(r * t, Axes{axis}, true))};
}

std::vector<Array> Softmax::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {softmax(inputs[0], axis + 1)};
}

std::vector<Array> Softmax::expand(const std::vector<Array>& inputs) const {
  const Array& x = inputs[0];
  const Array powers = exp(x - max(x, Axes{axis}, true));
  return {powers / sum(powers, Axes{axis}, true)};
}

Array softmax(const Array& x, int64_t axis) { return normalised<Softmax>(x, axis); }

// ---- log_softmax ----

std::vector<Array> LogSoftmax::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!cotangents[0].defined() || !call.needs(0)) return {Array()};
  return {apply(make_ref<SoftmaxGradient>(true, axis), {call.out(), cotangents[0]}, call.node().spec())};
}

std::vector<Array> LogSoftmax::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array t = tangents[0];
  return {t - sum(exp(call.out()) * t, Axes{axis}, true)};
}

std::vector<Array> LogSoftmax::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {log_softmax(inputs[0], axis + 1)};
}

std::vector<Array> LogSoftmax::expand(const std::vector<Array>& inputs) const {
  const Array& x = inputs[0];
  const Array shifted = x - max(x, Axes{axis}, true);
  return {shifted - log(sum(exp(shifted), Axes{axis}, true))};
}

Array log_softmax(const Array& x, int64_t axis) { return normalised<LogSoftmax>(x, axis); }

// ---- their gradients ----

std::vector<Array> SoftmaxGradient::expand(const std::vector<Array>& inputs) const {
  const Array &r = inputs[0], &g = inputs[1];
  if (logarithmic) return {g - exp(r) * sum(g, Axes{axis}, true)};
  return {r * (g - sum(g * r, Axes{axis}, true))};
}

// ---- logsumexp ----

std::vector<Array> LogSumExp::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!cotangents[0].defined() || !call.needs(0)) return {Array()};
  return {cotangents[0] * weights(call.in(0), call.out())};
}

std::vector<Array> LogSumExp::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  return {sum(weights(call.in(0), call.out()) * tangents[0], axes, true)};
}

std::vector<Array> LogSumExp::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {logsumexp(inputs[0], shift_axes(axes), true)};
}

std::vector<Array> LogSumExp::expand(const std::vector<Array>& inputs) const {
  const Array x = widened(inputs[0]);
  const Array top = max(x, axes, true);
  // An infinite maximum must not be subtracted from itself.
  const Array shift = where(abs(top) == kInfinity, 0, top);
  return {converted(shift + log(sum(exp(x - shift), axes, true)), inputs[0].dtype())};
}

Array logsumexp(const Array& x, const OptionalAxes& axes, bool keepdims) {
  const Array operand = floating(x, LogSumExp::kName);
  const Axes along = normalize_axes(axes, x.ndim(), LogSumExp::kName);
  if (along.empty()) return alias(operand);
  Shape kept = reduced_shape(x.shape(), along, true);
  bool empty = false;
  for (int64_t axis : along) empty |= x.shape(axis) == 0;
  const Array result = empty ? full(kept, -kInfinity, operand.dtype())
                             : apply(make_ref<LogSumExp>(along), {operand}, {kept, operand.dtype()});
  return keepdims ? result : reshape(result, reduced_shape(x.shape(), along, false));
}

}  // namespace ingot
