// Operations that move elements: copies, joining and splitting, writing a slice.
#include <algorithm>

#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

/// Elements `from` to `to` along one axis.
Array piece(const Array& x, int64_t axis, int64_t from, int64_t to) {
  Axes start(x.shape().size(), 0), stop(x.shape());
  start[static_cast<size_t>(axis)] = from;
  stop[static_cast<size_t>(axis)] = to;
  return slice(x, start, stop, Axes(x.shape().size(), 1));
}

std::byte* element(const Tensor& x, int64_t offset) {
  return static_cast<std::byte*>(x.data) + offset * static_cast<int64_t>(size_of(x.dtype));
}

}  // namespace

// ---- copy ----

std::vector<Array> Copy::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {contiguous(inputs[0])};
}

void Copy::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  copy_window(inputs[0].shape, inputs[0].dtype, inputs[0].data, inputs[0].strides, outputs[0].data, outputs[0].strides);
}

Array contiguous(const Array& x) {
  require_defined(x, "contiguous");
  return apply(make_ref<Copy>(), {x}, {x.shape(), x.dtype()});
}

// ---- concatenate ----

std::vector<Array> Concatenate::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(call.arity());
  if (!cotangents[0].defined()) return result;
  int64_t from = 0;
  for (size_t i = 0; i < result.size(); ++i) {
    const int64_t to = from + call.in_shape(i)[static_cast<size_t>(axis)];
    if (call.needs(i)) result[i] = piece(cotangents[0], axis, from, to);
    from = to;
  }
  return result;
}

std::vector<Array> Concatenate::jvp(const Call& call, const std::vector<Array>& tangents) const {
  std::vector<Array> parts(tangents);
  bool moves = false;
  for (size_t i = 0; i < parts.size(); ++i) {
    moves |= parts[i].defined();
    if (!parts[i].defined()) parts[i] = zeros(call.in_shape(i), call.node().dtype());
  }
  return {moves ? concatenate(parts, axis) : Array()};
}

std::vector<Array> Concatenate::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes& axes,
                                     int64_t batch) const {
  std::vector<Array> parts;
  for (size_t i = 0; i < inputs.size(); ++i) parts.push_back(give_batch(inputs[i], axes[i], batch));
  return {concatenate(parts, axis + 1)};
}

void Concatenate::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor& out = outputs[0];
  const auto along = static_cast<size_t>(axis);
  int64_t from = 0;
  for (const Tensor& x : inputs) {
    copy_window(x.shape, x.dtype, x.data, x.strides, element(out, from * out.strides[along]), out.strides);
    from += x.shape[along];
  }
}

Array concatenate(const std::vector<Array>& arrays, int64_t axis) {
  if (arrays.empty()) throw ValueError("concatenate: nothing to join");
  for (size_t i = 0; i < arrays.size(); ++i)
    if (!arrays[i].defined()) throw ValueError("concatenate: array ", i, " is undefined");
  const Array& first = arrays[0];
  if (first.ndim() == 0) throw ShapeError("concatenate: 0-d arrays have no axis to be joined along; use stack");
  const int64_t along = normalize_axis(axis, first.ndim(), "concatenate");
  DType dtype = first.dtype();
  int64_t length = 0;
  for (size_t i = 0; i < arrays.size(); ++i) {
    dtype = promote(dtype, arrays[i].dtype());
    Shape expected(first.shape());
    if (arrays[i].ndim() == first.ndim()) expected[static_cast<size_t>(along)] = arrays[i].shape(along);
    if (arrays[i].shape() != expected)
      throw ShapeError("concatenate: array 0 has shape ", first.shape(), ", array ", i, " has ", arrays[i].shape(),
                       "; all axes but axis ", along, " must agree");
    if (__builtin_add_overflow(length, arrays[i].shape(along), &length))
      throw ShapeError("concatenate: the lengths along axis ", along, " add up to more than 2^63 - 1");
  }
  if (arrays.size() == 1) return alias(first);
  std::vector<Array> parts;
  for (const Array& x : arrays) parts.push_back(converted(x, dtype));
  Shape shape(first.shape());
  shape[static_cast<size_t>(along)] = length;
  return apply(make_ref<Concatenate>(along), parts, {shape, dtype});
}

Array stack(const std::vector<Array>& arrays, int64_t axis) {
  if (arrays.empty()) throw ValueError("stack: nothing to join");
  std::vector<Array> parts;
  for (size_t i = 0; i < arrays.size(); ++i) {
    if (!arrays[i].defined()) throw ValueError("stack: array ", i, " is undefined");
    if (arrays[i].shape() != arrays[0].shape())
      throw ShapeError("stack: array 0 has shape ", arrays[0].shape(), ", array ", i, " has ", arrays[i].shape(),
                       "; all must be equal");
    parts.push_back(expand_dims(arrays[i], {normalize_axis(axis, arrays[0].ndim() + 1, "stack")}));
  }
  return concatenate(parts, normalize_axis(axis, arrays[0].ndim() + 1, "stack"));
}

// ---- slice_update ----

std::vector<Array> SliceUpdate::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(2);
  if (!cotangents[0].defined()) return result;
  const Shape& region = call.in_shape(1);
  if (call.needs(0)) result[0] = slice_update(cotangents[0], zeros(region, call.node().dtype()), start, step);
  if (call.needs(1)) {
    Axes stop(start.size());
    for (size_t i = 0; i < stop.size(); ++i) stop[i] = start[i] + region[i] * step[i];
    result[1] = slice(cotangents[0], start, stop, step);
  }
  return result;
}

std::vector<Array> SliceUpdate::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined() && !tangents[1].defined()) return {Array()};
  const DType dtype = call.node().dtype();
  const Array base = tangents[0].defined() ? tangents[0] : zeros(call.in_shape(0), dtype);
  const Array value = tangents[1].defined() ? tangents[1] : zeros(call.in_shape(1), dtype);
  return {slice_update(base, value, start, step)};
}

std::vector<Array> SliceUpdate::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes& axes,
                                     int64_t batch) const {
  Axes from(start), by(step);
  from.insert(0, 0);
  by.insert(0, 1);
  return {slice_update(give_batch(inputs[0], axes[0], batch), give_batch(inputs[1], axes[1], batch), from, by)};
}

void SliceUpdate::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &base = inputs[0], &value = inputs[1], &out = outputs[0];
  copy_window(base.shape, base.dtype, base.data, base.strides, out.data, out.strides);
  if (value.size() == 0) return;
  int64_t offset = 0;
  Strides strides(out.strides);
  for (size_t i = 0; i < start.size(); ++i) {
    offset += start[i] * out.strides[i];
    strides[i] *= step[i];
  }
  copy_window(value.shape, value.dtype, value.data, value.strides, element(out, offset), strides);
}

Array slice_update(const Array& base, const Array& value, const Axes& start, const Axes& step) {
  const auto ndim = static_cast<size_t>(base.ndim());
  if (value.ndim() != base.ndim() || start.size() != ndim || step.size() != ndim)
    throw ShapeError("slice_update: a value of shape ", value.shape(), " does not fit an array of shape ",
                     base.shape());
  if (value.dtype() != base.dtype())
    throw TypeError("slice_update: expected a value of dtype ", base.dtype(), ", got ", value.dtype());
  Axes from(start), by(step);
  bool whole = true;
  for (size_t i = 0; i < ndim; ++i) {
    const int64_t length = base.shape()[i], count = value.shape()[i];
    const int64_t last = start[i] + (count - 1) * step[i];
    if (count > 0 && (start[i] < 0 || start[i] >= length || last < 0 || last >= length))
      throw IndexError("slice_update: ", count, " elements from ", start[i], " by ", step[i], " reach beyond axis ", i,
                       " with length ", length);
    if (count == 0) from[i] = 0;
    if (count <= 1) by[i] = 1;
    whole &= count == length && by[i] == 1;
  }
  if (whole) return alias(value);
  return apply(make_ref<SliceUpdate>(from, by), {base, value}, {base.shape(), base.dtype()});
}

// ---- functions of these ----

std::vector<Array> split(const Array& x, int64_t parts, int64_t axis) {
  require_defined(x, "split");
  const int64_t along = normalize_axis(axis, x.ndim(), "split");
  const int64_t length = x.shape(along);
  if (parts <= 0) throw ValueError("split: the number of parts must be positive, got ", parts);
  if (parts > std::max<int64_t>(length, 1 << 16))
    throw ValueError("split: ", parts, " parts of ", length, " elements are too many, nearly all would be empty");
  if (length % parts != 0)
    throw ShapeError("split: axis ", along, " of shape ", x.shape(), " does not divide into ", parts,
                     " equal parts; pass the indices where parts begin");
  std::vector<Array> pieces;
  for (int64_t i = 0; i < parts; ++i)
    pieces.push_back(piece(x, along, i * (length / parts), (i + 1) * (length / parts)));
  return pieces;
}

std::vector<Array> split(const Array& x, const std::vector<int64_t>& indices, int64_t axis) {
  require_defined(x, "split");
  const int64_t along = normalize_axis(axis, x.ndim(), "split");
  const int64_t length = x.shape(along);
  // As slices of Python: negative indices count from the end, and any beyond an end mean that end.
  const auto place = [length](int64_t index) {
    return std::clamp<int64_t>(index < 0 ? index + length : index, 0, length);
  };
  std::vector<Array> pieces;
  int64_t from = 0;
  for (int64_t index : indices) {
    const int64_t to = place(index);
    pieces.push_back(piece(x, along, from, std::max(from, to)));
    from = to;
  }
  pieces.push_back(piece(x, along, from, length));
  return pieces;
}

Array pad(const Array& x, const std::vector<std::pair<int64_t, int64_t>>& widths, const Scalar& value) {
  require_defined(x, "pad");
  if (widths.size() != x.shape().size())
    throw ShapeError("pad: ", widths.size(), " pairs of widths given for the ", x.ndim(), " axes of shape ", x.shape());
  Shape shape(x.shape());
  Axes start;
  for (size_t i = 0; i < widths.size(); ++i) {
    const auto [before, after] = widths[i];
    if (before < 0 || after < 0)
      throw ValueError("pad: widths must not be negative, got (", before, ", ", after, ") for axis ", i);
    if (__builtin_add_overflow(shape[i], before, &shape[i]) || __builtin_add_overflow(shape[i], after, &shape[i]))
      throw ShapeError("pad: axis ", i, " would be longer than 2^63 - 1");
    start.push_back(before);
  }
  return slice_update(full(shape, value, x.dtype()), x, start, Axes(shape.size(), 1));
}

Array tile(const Array& x, const std::vector<int64_t>& repeats) {
  require_defined(x, "tile");
  // Each axis of length n becomes (repeat, n) by broadcasting, then the two are joined.
  const size_t ndim = std::max(x.shape().size(), repeats.size());
  Shape split_shape, stretched, joined;
  for (size_t i = 0; i < ndim; ++i) {
    const size_t x_lead = ndim - x.shape().size(), lead = ndim - repeats.size();
    const int64_t length = i < x_lead ? 1 : x.shape()[i - x_lead];
    const int64_t repeat = i < lead ? 1 : repeats[i - lead];
    if (repeat < 0) throw ValueError("tile: repeats must not be negative, got ", repeat);
    split_shape.push_back(1);
    split_shape.push_back(length);
    stretched.push_back(repeat);
    stretched.push_back(length);
    joined.push_back(element_count({repeat, length}));
  }
  return reshape(broadcast_to(reshape(x, split_shape), stretched), joined);
}

}  // namespace ingot
