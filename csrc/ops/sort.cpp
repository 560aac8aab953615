#include "ingot/ops/sort.h"

#include <algorithm>

#include "ingot/ops/apply.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/sort_op.h"

namespace ingot {

namespace {

Array order(const Array& x, int64_t axis, bool descending) {
  return apply(make_ref<ArgSort>(axis, descending), {x}, {x.shape(), index_dtype(x.shape(axis))});
}

/// The axis counted from the front. A 0-d array is sorted as it is: its axis may be called 0 or -1.
int64_t checked_axis(const Array& x, int64_t axis, const char* op) {
  require_defined(x, op);
  return normalize_axis(axis, std::max<int64_t>(x.ndim(), 1), op);
}

void check_places(const Array& x, const std::vector<int64_t>& kth, int64_t axis, const char* op) {
  const int64_t length = x.ndim() == 0 ? 1 : x.shape(axis);
  for (int64_t place : kth)
    if (place < -length || place >= length)
      throw ValueError(op, ": position ", place, " is out of range for axis ", axis, " of shape ", x.shape());
}

Array without(const Array& x, int64_t axis, bool keepdims) { return keepdims ? x : squeeze(x, Axes{axis}); }

}  // namespace

std::vector<Array> Sort::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {sort(inputs[0], axis + 1, descending)};
}

std::vector<Array> Sort::expand(const std::vector<Array>& inputs) const {
  return {take_along_axis(inputs[0], order(inputs[0], axis, descending), axis)};
}

std::vector<Array> ArgSort::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {apply(make_ref<ArgSort>(axis + 1, descending), {inputs[0]}, {inputs[0].shape(), call.node().dtype()})};
}

std::vector<Array> ArgTopK::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes&,
                                 int64_t batch) const {
  return {apply(make_ref<ArgTopK>(count, axis + 1, descending), {inputs[0]},
                {with_batch(call.node().shape(), batch), call.node().dtype()})};
}

Array sort(const Array& x, int64_t axis, bool descending) {
  const int64_t along = checked_axis(x, axis, "sort");
  if (x.size() <= 1) return alias(x);
  return apply(make_ref<Sort>(along, descending), {x}, {x.shape(), x.dtype()});
}

Array argsort(const Array& x, int64_t axis, bool descending) {
  const int64_t along = checked_axis(x, axis, "argsort");
  if (x.ndim() == 0) return reshape(order(reshape(x, {1}), 0, descending), {});
  return order(x, along, descending);
}

std::pair<Array, Array> sort_with_indices(const Array& x, int64_t axis, bool descending) {
  const int64_t along = checked_axis(x, axis, "sort");
  const Array indices = argsort(x, axis, descending);
  if (x.ndim() == 0) return {alias(x), indices};
  return {take_along_axis(x, indices, along), indices};
}

Array lexsort(const std::vector<Array>& keys, int64_t axis) {
  if (keys.empty()) throw ValueError("lexsort: expected at least one key");
  Array indices;
  for (const Array& key : keys) {
    require_defined(key, "lexsort");
    if (key.shape() != keys[0].shape())
      throw ShapeError("lexsort: keys must have one shape, got ", keys[0].shape(), " and ", key.shape());
    // Each sort keeps the order that the keys before it gave to what it finds equal.
    if (!indices.defined()) {
      indices = argsort(key, axis);
    } else {
      const Array next = argsort(take_along_axis(key, indices, axis), axis);
      indices = take_along_axis(indices, next, axis);
    }
  }
  return indices;
}

std::pair<Array, Array> topk(const Array& x, int64_t k, int64_t axis, bool largest) {
  const int64_t along = checked_axis(x, axis, "topk");
  require_order(x, "topk");
  const Array operand = x.ndim() == 0 ? reshape(x, {1}) : x;
  const int64_t length = operand.shape(along);
  if (k < 0 || k > length)
    throw ValueError("topk: expected k between 0 and ", length, ", the length of axis ", along, " of shape ", x.shape(),
                     ", got ", k);
  Shape shape(operand.shape());
  shape[static_cast<size_t>(along)] = k;
  const Array indices = apply(make_ref<ArgTopK>(k, along, largest), {operand}, {shape, index_dtype(length)});
  const Array values = take_along_axis(operand, indices, along);
  if (x.ndim() == 0 && k == 1) return {reshape(values, {}), reshape(indices, {})};
  return {values, indices};
}

std::pair<Array, Array> kthvalue(const Array& x, int64_t k, int64_t axis, bool keepdims) {
  const int64_t along = checked_axis(x, axis, "kthvalue");
  require_order(x, "kthvalue");
  const int64_t length = x.ndim() == 0 ? 1 : x.shape(along);
  if (k < 1 || k > length)
    throw ValueError("kthvalue: expected k between 1 and ", length, ", the length of axis ", along, " of shape ",
                     x.shape(), ", got ", k);
  const Array indices = argsort(x, axis);
  if (x.ndim() == 0) return {alias(x), indices};
  Axes start(x.shape().size(), 0), stop(x.shape());
  start[static_cast<size_t>(along)] = k - 1;
  stop[static_cast<size_t>(along)] = k;
  const Array index = slice(indices, start, stop, Axes(x.shape().size(), 1));
  return {without(take_along_axis(x, index, along), along, keepdims), without(index, along, keepdims)};
}

Array partition(const Array& x, const std::vector<int64_t>& kth, int64_t axis) {
  check_places(x, kth, checked_axis(x, axis, "partition"), "partition");
  return sort(x, axis);
}

Array argpartition(const Array& x, const std::vector<int64_t>& kth, int64_t axis) {
  check_places(x, kth, checked_axis(x, axis, "argpartition"), "argpartition");
  return argsort(x, axis);
}

}  // namespace ingot
