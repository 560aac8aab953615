// Operations that only change how elements are addressed: reshape, transpose, broadcast, slice.
#include <algorithm>

#include "ingot/graph/grad_mode.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/place_slice.h"
#include "ingot/ops/strided_loop.h"
#include "ingot/ops/views.h"

namespace ingot {

// ---- reshape ----

std::optional<Layout> Reshape::view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const {
  std::optional<Strides> strides = reshape_strides(in_shape, in.strides, out_shape);
  if (!strides) return std::nullopt;
  return Layout{in.offset, *strides};
}

Array Reshape::transpose(const Call& call, const Array& cotangent) const {
  return reshape(cotangent, call.in_shape(0));
}

std::vector<Array> Reshape::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t batch) const {
  return {reshape(inputs[0], with_batch(shape, batch))};
}

void Reshape::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor& x = inputs[0];
  copy_window(x.shape, x.dtype, x.data, x.strides, outputs[0].data, contiguous_strides(x.shape));
}

// ---- transpose ----

std::optional<Layout> Transpose::view(const Shape&, const Layout& in, const Shape&) const {
  Layout out{in.offset, Strides(axes.size())};
  for (size_t i = 0; i < axes.size(); ++i) out.strides[i] = in.strides[static_cast<size_t>(axes[i])];
  return out;
}

Array Transpose::transpose(const Call&, const Array& cotangent) const {
  Axes inverse(axes.size());
  for (size_t i = 0; i < axes.size(); ++i) inverse[static_cast<size_t>(axes[i])] = static_cast<int64_t>(i);
  return ingot::transpose(cotangent, inverse);
}

std::vector<Array> Transpose::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  Axes shifted = shift_axes(axes);
  shifted.insert(0, 0);
  return {ingot::transpose(inputs[0], shifted)};
}

// ---- broadcast ----

std::optional<Layout> BroadcastTo::view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const {
  return Layout{in.offset, broadcast_strides(in_shape, in.strides, out_shape)};
}

Array BroadcastTo::transpose(const Call& call, const Array& cotangent) const {
  return sum_to(cotangent, call.in_shape(0));
}

std::vector<Array> BroadcastTo::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&,
                                     int64_t batch) const {
  const auto ndim = static_cast<int64_t>(shape.size());
  return {broadcast_to(align_batch(inputs[0], 0, ndim), with_batch(shape, batch))};
}

// ---- slice ----

std::optional<Layout> SliceView::view(const Shape&, const Layout& in, const Shape&) const {
  Layout out(in);
  for (size_t i = 0; i < start.size(); ++i) {
    out.offset += start[i] * in.strides[i];
    out.strides[i] = in.strides[i] * step[i];
  }
  return out;
}

Array SliceView::transpose(const Call& call, const Array& cotangent) const {
  return place_slice(cotangent, call.in_shape(0), start, step);
}

std::vector<Array> SliceView::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes&,
                                   int64_t batch) const {
  Axes from(start), by(step);
  from.insert(0, 0);
  by.insert(0, 1);
  return {
      apply(make_ref<SliceView>(from, by), {inputs[0]}, {with_batch(call.node().shape(), batch), call.node().dtype()})};
}

std::vector<Array> StopGradient::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {stop_gradient(inputs[0])};
}

// ---- functions ----

namespace {}  // namespace

Array reshape(const Array& x, const Shape& shape) {
  require_defined(x, "reshape");
  Shape target(shape);
  const auto unknown = std::find(target.begin(), target.end(), -1);
  if (unknown != target.end()) {
    if (std::find(unknown + 1, target.end(), -1) != target.end())
      throw ShapeError("reshape: only one length may be -1, got ", shape);
    *unknown = 1;
    const int64_t known = element_count(target);
    if (known == 0 ? x.size() != 0 : x.size() % known != 0)
      throw ShapeError("reshape: ", x.size(), " elements of shape ", x.shape(), " do not divide into ", shape);
    if (known == 0)
      throw ShapeError("reshape: -1 could be any length beside an empty axis, got ", shape, "; write it out");
    *unknown = x.size() / known;
  }
  if (element_count(target) != x.size())
    throw ShapeError("reshape: shape ", x.shape(), " has ", x.size(), " elements, ", shape, " has ",
                     element_count(target));
  if (target == x.shape()) return alias(x);
  return apply(make_ref<Reshape>(target), {x}, {target, x.dtype()});
}

Array alias(const Array& x) {
  // A second handle on a node that collects gradients would be the same leaf.
  if (x.requires_grad() || x.peek().slot()) return apply(make_ref<Reshape>(x.shape()), {x}, {x.shape(), x.dtype()});
  return Array(x.node());
}

Array flatten(const Array& x, int64_t start, int64_t end) {
  require_defined(x, "flatten");
  if (x.ndim() == 0) return reshape(x, {1});
  const int64_t first = normalize_axis(start, x.ndim(), "flatten"), last = normalize_axis(end, x.ndim(), "flatten");
  if (first > last)
    throw ValueError("flatten: start ", start, " comes after end ", end, " in an array of ", x.ndim(), " axes");
  Shape shape;
  int64_t joined = 1;
  for (int64_t i = 0; i < x.ndim(); ++i) {
    if (i < first || i > last)
      shape.push_back(x.shape(i));
    else
      joined *= x.shape(i);
    if (i == last) shape.push_back(joined);
  }
  return reshape(x, shape);
}

Array transpose(const Array& x, const OptionalAxes& axes) {
  require_defined(x, "transpose");
  const auto ndim = static_cast<size_t>(x.ndim());
  Axes order;
  bool identity = true;
  if (axes && axes->size() != ndim)
    throw ValueError("transpose: ", axes->size(), " axes ", *axes, " given for an array of ", ndim,
                     " axes; name each once");
  Axes seen(ndim, 0);
  Shape shape;
  for (size_t i = 0; i < ndim; ++i) {
    const int64_t axis =
        axes ? normalize_axis((*axes)[i], x.ndim(), "transpose") : x.ndim() - 1 - static_cast<int64_t>(i);
    if (seen[static_cast<size_t>(axis)]++) throw ValueError("transpose: axes ", *axes, " name axis ", axis, " twice");
    identity &= axis == static_cast<int64_t>(i);
    order.push_back(axis);
    shape.push_back(x.shape(axis));
  }
  if (identity) return alias(x);
  return apply(make_ref<Transpose>(order), {x}, {shape, x.dtype()});
}

Array swapaxes(const Array& x, int64_t a, int64_t b) {
  require_defined(x, "swapaxes");
  Axes order;
  for (int64_t i = 0; i < x.ndim(); ++i) order.push_back(i);
  std::swap(order[static_cast<size_t>(normalize_axis(a, x.ndim(), "swapaxes"))],
            order[static_cast<size_t>(normalize_axis(b, x.ndim(), "swapaxes"))]);
  return transpose(x, order);
}

Array moveaxis(const Array& x, int64_t source, int64_t destination) {
  require_defined(x, "moveaxis");
  const int64_t from = normalize_axis(source, x.ndim(), "moveaxis"),
                to = normalize_axis(destination, x.ndim(), "moveaxis");
  Axes order;
  for (int64_t i = 0; i < x.ndim(); ++i)
    if (i != from) order.push_back(i);
  order.insert(static_cast<size_t>(to), from);
  return transpose(x, order);
}

Array broadcast_to(const Array& x, const Shape& shape) {
  require_defined(x, "broadcast_to");
  element_count(shape);
  if (broadcast_shapes(x.shape(), shape, "broadcast_to") != shape)
    throw ShapeError("broadcast_to: shape ", x.shape(), " does not stretch to ", shape,
                     "; each of its axes must have that length or 1, counted from the last");
  if (x.shape() == shape) return alias(x);
  return apply(make_ref<BroadcastTo>(shape), {x}, {shape, x.dtype()});
}

std::vector<Array> broadcast_arrays(const std::vector<Array>& arrays) {
  Shape shape;
  for (const Array& x : arrays) {
    require_defined(x, "broadcast_arrays");
    shape = broadcast_shapes(shape, x.shape(), "broadcast_arrays");
  }
  std::vector<Array> result;
  for (const Array& x : arrays) result.push_back(broadcast_to(x, shape));
  return result;
}

Array expand_dims(const Array& x, const Axes& axes) {
  require_defined(x, "expand_dims");
  const Axes places = normalize_axes(axes, x.ndim() + static_cast<int64_t>(axes.size()), "expand_dims");
  Shape shape(x.shape());
  for (int64_t place : places) shape.insert(static_cast<size_t>(place), 1);
  return reshape(x, shape);
}

Array squeeze(const Array& x, const OptionalAxes& axes) {
  require_defined(x, "squeeze");
  Shape shape;
  if (axes) {
    const Axes dropped = normalize_axes(axes, x.ndim(), "squeeze");
    for (int64_t axis : dropped)
      if (x.shape(axis) != 1)
        throw ShapeError("squeeze: axis ", axis, " of shape ", x.shape(), " has length ", x.shape(axis), ", not 1");
    shape = reduced_shape(x.shape(), dropped, false);
  } else {
    for (int64_t length : x.shape())
      if (length != 1) shape.push_back(length);
  }
  return reshape(x, shape);
}

Array stop_gradient(const Array& x) {
  require_defined(x, "stop_gradient");
  const GradMode off(false);
  return apply(make_ref<StopGradient>(), {x}, {x.shape(), x.dtype()});
}

Array slice(const Array& x, const Axes& start, const Axes& stop, const Axes& step) {
  require_defined(x, "slice");
  const auto ndim = static_cast<size_t>(x.ndim());
  if (start.size() != ndim || stop.size() != ndim || step.size() != ndim)
    throw ValueError("slice: start ", start, ", stop ", stop, " and step ", step,
                     " must have one entry for each axis of shape ", x.shape());
  Shape shape;
  Axes from(start), by(step);
  bool whole = true;
  for (size_t i = 0; i < ndim; ++i) {
    if (step[i] == 0) throw ValueError("slice: step of axis ", i, " must not be 0");
    const int64_t length = x.shape()[i];
    const int64_t span = step[i] > 0 ? stop[i] - start[i] : start[i] - stop[i];
    const int64_t stride = step[i] > 0 ? step[i] : -step[i];
    const int64_t count = span > 0 ? (span - 1) / stride + 1 : 0;
    const int64_t last = start[i] + (count - 1) * step[i];
    if (count > 0 && (start[i] < 0 || start[i] >= length || last < 0 || last >= length))
      throw IndexError("slice: ", start[i], ":", stop[i], ":", step[i], " reaches beyond axis ", i, " with length ",
                       length);
    if (count == 0) from[i] = 0;
    if (count <= 1) by[i] = 1;
    shape.push_back(count);
    whole &= count == length && by[i] == 1;
  }
  if (whole) return alias(x);
  return apply(make_ref<SliceView>(from, by), {x}, {shape, x.dtype()});
}

Array flip(const Array& x, const OptionalAxes& axes) {
  require_defined(x, "flip");
  Axes start(x.shape().size(), 0), stop(x.shape()), step(x.shape().size(), 1);
  for (int64_t axis : normalize_axes(axes, x.ndim(), "flip")) {
    const auto i = static_cast<size_t>(axis);
    start[i] = stop[i] - 1;
    stop[i] = -1;
    step[i] = -1;
  }
  return slice(x, start, stop, step);
}

}  // namespace ingot
