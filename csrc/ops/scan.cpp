#include "ingot/ops/scan.h"

#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/integer_totals.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/scan_op.h"

namespace ingot {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// `x[start:stop]` along one axis.
Array stretch(const Array& x, int64_t axis, int64_t start, int64_t stop) {
  Axes from(x.shape().size(), 0), to(x.shape());
  from[static_cast<size_t>(axis)] = start;
  to[static_cast<size_t>(axis)] = stop;
  return slice(x, from, to, Axes(x.shape().size(), 1));
}

/// One element more along the axis, where a scan begins.
Array with_initial(const Array& x, int64_t axis, bool reverse, double initial) {
  Shape edge(x.shape());
  edge[static_cast<size_t>(axis)] = 1;
  const Array first = full(edge, initial, x.dtype());
  return reverse ? concatenate({x, first}, axis) : concatenate({first, x}, axis);
}

/// What each element comes after in a scan; the first one comes after `initial`.
Array previous(const Array& x, int64_t axis, bool reverse, double initial) {
  const int64_t length = x.shape(axis);
  if (length == 0) return x;
  return with_initial(reverse ? stretch(x, axis, 1, length) : stretch(x, axis, 0, length - 1), axis, reverse, initial);
}

Array recurrence(const Array& a, const Array& b, int64_t axis, bool reverse) {
  return apply(make_ref<LinearRecurrence>(axis, reverse), {a, b}, {b.shape(), b.dtype()});
}

template <class Scan>
Array scanned(const Array& x, int64_t axis, bool reverse) {
  return apply(make_ref<Scan>(axis, reverse), {x}, {x.shape(), x.dtype()});
}

template <class Scan>
Array scan(const Array& x, std::optional<int64_t> axis, const ScanOptions& options, double initial) {
  const Lane lane(x, axis, Scan::kName);
  const int64_t length = lane.length();
  if (!options.inclusive) {
    if (length == 0) return lane.operand;
    const Array counted =
        options.reverse ? stretch(lane.operand, lane.axis, 1, length) : stretch(lane.operand, lane.axis, 0, length - 1);
    return with_initial(scanned<Scan>(counted, lane.axis, options.reverse), lane.axis, options.reverse, initial);
  }
  const Array result = scanned<Scan>(lane.operand, lane.axis, options.reverse);
  return options.include_initial ? with_initial(result, lane.axis, options.reverse, initial) : result;
}

template <class Scan>
Array total_scan(const Array& x, std::optional<int64_t> axis, const ScanOptions& options, std::optional<DType> dtype,
                 double initial) {
  require_defined(x, Scan::kName);
  const int64_t length = axis ? x.shape(normalize_axis(*axis, x.ndim(), Scan::kName)) : x.size();
  constexpr bool product = std::is_same_v<Scan, CumProd>;
  const auto [work, result] = dtype ? TotalDtypes{*dtype, *dtype} : total_dtypes(x.dtype(), length, product);
  if (!product && work != result) return scan<CheckedCumSum>(converted(x, result), axis, options, initial);
  return fitted(scan<Scan>(converted(x, work), axis, options, initial), result, Scan::kName);
}

/// `exp(x - top)`, where `top` is at least `x`: 0 if both are -inf.
Array share(const Array& x, const Array& top) {
  const Array nothing = top == -kInfinity;
  return where(nothing, 0, exp(x - where(nothing, 0, top)));
}

std::pair<Array, Array> running_extremum(const Array& x, std::optional<int64_t> axis, bool reverse, bool largest) {
  const char* op = largest ? "cummax" : "cummin";
  const Lane lane(x, axis, op);
  require_order(x, op);
  const Array index = apply(make_ref<CumExtremum>(largest, lane.axis, reverse), {lane.operand},
                            {lane.operand.shape(), index_dtype(lane.length())});
  return {take_along_axis(lane.operand, index, lane.axis), index};
}

}  // namespace

// ---- rules ----

template <class Self, class Kind>
std::vector<Array> ScanOp<Self, Kind>::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                            int64_t batch) const {
  std::vector<Array> batched;
  for (size_t i = 0; i < inputs.size(); ++i) batched.push_back(give_batch(inputs[i], axes[i], batch));
  return {apply(make_ref<Self>(axis + 1, reverse), batched, {batched[0].shape(), call.node().dtype()})};
}
template struct ScanOp<CumSum, LinearOp>;
template struct ScanOp<CumProd, CustomOp>;
template struct ScanOp<LogCumSumExp, CustomOp>;
template struct ScanOp<LinearRecurrence, CustomOp>;

Array CumSum::transpose(const Call&, const Array& cotangent) const {
  return scanned<CumSum>(cotangent, axis, !reverse);
}

// y[i] = x[i] y[i-1]. What reaches x[i] is y[i-1] times the sum, over all later results j, of g[j] x[i+1] ... x[j]: a
// recurrence from the end, without a division.
std::vector<Array> CumProd::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const Array later = previous(conj_if_complex(call.in(0)), axis, !reverse, 0);
  const Array flow = recurrence(later, cotangents[0], axis, !reverse);
  return {flow * previous(conj_if_complex(call.out()), axis, reverse, 1)};
}

std::vector<Array> CumProd::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  return {recurrence(call.in(0), tangents[0] * previous(call.out(), axis, reverse, 1), axis, reverse)};
}

// dy[j] = exp(y[j-1] - y[j]) dy[j-1] + exp(x[j] - y[j]) dx[j], whose factors are at most 1.
std::vector<Array> LogCumSumExp::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const Array y = call.out();
  const Array kept = share(y, previous(y, axis, !reverse, kInfinity));
  return {recurrence(kept, cotangents[0], axis, !reverse) * share(call.in(0), y)};
}

std::vector<Array> LogCumSumExp::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array y = call.out();
  const Array kept = share(previous(y, axis, reverse, -kInfinity), y);
  return {recurrence(kept, tangents[0] * share(call.in(0), y), axis, reverse)};
}

std::vector<Array> LinearRecurrence::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const Array later = previous(conj_if_complex(call.in(0)), axis, !reverse, 0);
  const Array flow = recurrence(later, cotangents[0], axis, !reverse);
  std::vector<Array> result(2);
  if (call.needs(0)) result[0] = flow * previous(conj_if_complex(call.out()), axis, reverse, 0);
  if (call.needs(1)) result[1] = flow;
  return result;
}

std::vector<Array> LinearRecurrence::jvp(const Call& call, const std::vector<Array>& tangents) const {
  Array change = tangents[1];
  if (tangents[0].defined()) {
    const Array through = tangents[0] * previous(call.out(), axis, reverse, 0);
    change = change.defined() ? change + through : through;
  }
  if (!change.defined()) return {Array()};
  return {recurrence(call.in(0), change, axis, reverse)};
}

std::vector<Array> CheckedCumSum::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {scanned<CheckedCumSum>(inputs[0], axis + 1, reverse)};
}

std::vector<Array> CumExtremum::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes&,
                                     int64_t) const {
  return {
      apply(make_ref<CumExtremum>(largest, axis + 1, reverse), {inputs[0]}, {inputs[0].shape(), call.node().dtype()})};
}

// ---- functions ----

Array cumsum(const Array& x, std::optional<int64_t> axis, const ScanOptions& options, std::optional<DType> dtype) {
  return total_scan<CumSum>(x, axis, options, dtype, 0);
}

Array cumprod(const Array& x, std::optional<int64_t> axis, const ScanOptions& options, std::optional<DType> dtype) {
  return total_scan<CumProd>(x, axis, options, dtype, 1);
}

Array logcumsumexp(const Array& x, std::optional<int64_t> axis, const ScanOptions& options) {
  require_defined(x, "logcumsumexp");
  require_order(x, "logcumsumexp");
  return scan<LogCumSumExp>(converted(x, to_inexact(x.dtype())), axis, options, -kInfinity);
}

std::pair<Array, Array> cummax(const Array& x, std::optional<int64_t> axis, bool reverse) {
  return running_extremum(x, axis, reverse, true);
}

std::pair<Array, Array> cummin(const Array& x, std::optional<int64_t> axis, bool reverse) {
  return running_extremum(x, axis, reverse, false);
}

Array linear_recurrence(const Array& a, const Array& b, int64_t axis, bool reverse) {
  require_defined(a, "linear_recurrence");
  require_defined(b, "linear_recurrence");
  const DType dtype = to_inexact(promote(a.dtype(), b.dtype()));
  const Shape shape = broadcast_shapes(a.shape(), b.shape(), "linear_recurrence");
  const int64_t along = normalize_axis(axis, static_cast<int64_t>(shape.size()), "linear_recurrence");
  return recurrence(broadcast_to(converted(a, dtype), shape), broadcast_to(converted(b, dtype), shape), along, reverse);
}

Array diff(const Array& x, int64_t count, int64_t axis, const Array& prepend, const Array& append) {
  require_defined(x, "diff");
  if (count < 0) throw ValueError("diff: the number of times must not be negative, got ", count);
  const int64_t along = normalize_axis(axis, x.ndim(), "diff");
  if (count == 0) return alias(x);
  std::vector<Array> parts;
  const auto join = [&](const Array& part) {
    if (!part.defined()) return;
    Shape shape(x.shape());
    shape[static_cast<size_t>(along)] = 1;
    parts.push_back(part.ndim() == 0 ? broadcast_to(part, shape) : part);
  };
  join(prepend);
  parts.push_back(x);
  join(append);
  Array result = parts.size() == 1 ? x : concatenate(parts, along);
  for (; count > 0 && result.shape(along) > 0; --count) {
    const int64_t length = result.shape(along), fewer = std::max<int64_t>(length - 1, 0);
    const Array before = stretch(result, along, 0, fewer), after = stretch(result, along, length - fewer, length);
    result = is_bool(result.dtype()) ? after != before : after - before;
  }
  return result;
}

}  // namespace ingot
