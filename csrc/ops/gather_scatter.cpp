// Gathering and scattering by arrays of indices: the operations, their rules and their kernels.
#include <algorithm>

#include "ingot/ops/accumulator.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/index_loop.h"

namespace ingot {

using namespace index_loop;

namespace {

/// Adds a window to another of the same shape.
template <class T>
void add_window(const Shape& shape, const T* in, const Strides& in_strides, T* out, const Strides& out_strides) {
  for_each_row<2>(shape, {&in_strides, &out_strides}, [&](const auto& at, const auto& step, int64_t count) {
    const T* from = in + at[0];
    T* to = out + at[1];
    for (int64_t i = 0; i < count; ++i) add_to(to[i * step[1]], from[i * step[0]]);
  });
}

}  // namespace

void throw_index_out_of_range(int64_t index, int64_t axis, int64_t length) {
  throw IndexError("index ", index, " is out of range for axis ", axis, " with length ", length);
}

// ---- gather ----

Array Gather::transpose(const Call& call, const Array& cotangent) const {
  std::vector<Array> indices;
  for (size_t i = 1; i < call.arity(); ++i) indices.push_back(call.in(i));
  return scatter(zeros(call.in_shape(0), cotangent.dtype()), indices, cotangent, axes, true);
}

std::vector<Array> Gather::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& batched,
                                int64_t batch) const {
  std::vector<Array> indices(inputs.begin() + 1, inputs.end());
  const Shape& index_shape = call.in_shape(1);
  if (!any_batched(batched, 1)) {
    const Array result = gather(batch_inward(inputs[0], indices.size()), indices, axes);
    return {batch_outward(result, index_shape.size())};
  }
  for (size_t i = 0; i < indices.size(); ++i) indices[i] = give_batch(indices[i], batched[i + 1], batch);
  if (batched[0] < 0) return {gather(inputs[0], indices, axes)};
  indices.insert(indices.begin(), batch_index(with_batch(index_shape, batch), indices[0].dtype()));
  return {gather(inputs[0], indices, named_with_batch(axes))};
}

void Gather::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &x = inputs[0], &out = outputs[0];
  const std::span<const Tensor> indices = inputs.subspan(1);
  const Shape rest = tail(x.shape, indices.size());
  const Strides from = tail(x, indices.size());
  const int64_t row = element_count(rest);
  const Strides dense = contiguous_strides(rest);
  const bool packed = is_contiguous(rest, from);
  visit_width(x.dtype, [&](auto tag) {
    using Bytes = typename decltype(tag)::type;
    Bytes* target = out.as<Bytes>();
    for_each_index(x, indices, axes, [&](int64_t offset) {
      const Bytes* source = x.as<Bytes>() + offset;
      if (row == 1)
        *target = *source;
      else if (packed)
        std::copy_n(source, row, target);
      else
        copy_elements<Bytes>(rest, source, from, target, dense);
      target += row;
    });
  });
}

Array gather(const Array& x, std::vector<Array> indices, const Axes& axes) {
  indices = agreed(std::move(indices), "gather");
  const Shape shape = joined(indices[0].shape(), tail(x.shape(), indices.size()));
  indices.insert(indices.begin(), x);
  return apply(make_ref<Gather>(axes), indices, {shape, x.dtype()});
}

// ---- scatter ----

std::vector<Array> Scatter::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(call.arity());
  const Array& g = cotangents[0];
  if (!g.defined()) return result;
  std::vector<Array> indices;
  for (size_t i = 2; i < call.arity(); ++i) indices.push_back(call.in(i));
  if (call.needs(0)) result[0] = add ? g : scatter(g, indices, zeros(call.in_shape(1), g.dtype()), axes, false);
  if (!call.needs(1)) return result;
  result[1] = gather(g, indices, axes);
  if (add) return result;

  // Of updates at one place only the last is seen: find each place's winner by writing the updates' own numbers.
  const Shape& index_shape = call.in_shape(2);
  const Array numbers = reshape(arange(int64_t{0}, element_count(index_shape), int64_t{1}, DType::int64), index_shape);
  const Shape places(call.in_shape(0).begin(), call.in_shape(0).begin() + indices.size());
  const Array winners = gather(scatter(zeros(places, DType::int64), indices, numbers, axes, false), indices, axes);
  Array won = winners == numbers;
  won = reshape(won, joined(index_shape, Shape(call.in_shape(1).size() - index_shape.size(), 1)));
  result[1] = where(won, result[1], 0);
  return result;
}

std::vector<Array> Scatter::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined() && !tangents[1].defined()) return {Array()};
  const DType dtype = call.node().dtype();
  std::vector<Array> indices;
  for (size_t i = 2; i < call.arity(); ++i) indices.push_back(call.in(i));
  const Array base = tangents[0].defined() ? tangents[0] : zeros(call.in_shape(0), dtype);
  const Array updates = tangents[1].defined() ? tangents[1] : zeros(call.in_shape(1), dtype);
  return {scatter(base, indices, updates, axes, add)};
}

std::vector<Array> Scatter::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& batched,
                                 int64_t batch) const {
  std::vector<Array> indices(inputs.begin() + 2, inputs.end());
  const Shape& index_shape = call.in_shape(2);
  const Array base = give_batch(inputs[0], batched[0], batch);
  const Array updates = give_batch(inputs[1], batched[1], batch);
  if (!any_batched(batched, 2)) {
    const Array result =
        scatter(batch_inward(base, indices.size()), indices, batch_inward(updates, index_shape.size()), axes, add);
    return {batch_outward(result, indices.size())};
  }
  for (size_t i = 0; i < indices.size(); ++i) indices[i] = give_batch(indices[i], batched[i + 2], batch);
  indices.insert(indices.begin(), batch_index(with_batch(index_shape, batch), indices[0].dtype()));
  return {scatter(base, indices, updates, named_with_batch(axes), add)};
}

void Scatter::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &base = inputs[0], &updates = inputs[1], &out = outputs[0];
  const std::span<const Tensor> indices = inputs.subspan(2);
  copy_window(base.shape, base.dtype, base.data, base.strides, out.data, out.strides);
  const Shape rest = tail(out.shape, indices.size());
  const Strides to = tail(out, indices.size());
  const size_t index_axes = indices[0].shape.size();
  const Strides from = tail(updates, index_axes);
  RowMajor rows(updates.shape, updates.strides, index_axes);
  const int64_t row = element_count(rest);
  const bool packed = is_contiguous(rest, from);
  if (!add) {
    visit_width(out.dtype, [&](auto tag) {
      using Bytes = typename decltype(tag)::type;
      for_each_index(out, indices, axes, [&](int64_t offset) {
        copy_elements<Bytes>(rest, updates.as<Bytes>() + rows.next(), from, out.as<Bytes>() + offset, to);
      });
    });
    return;
  }
  visit(out.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for_each_index(out, indices, axes, [&](int64_t offset) {
      const T* source = updates.as<T>() + rows.next();
      T* target = out.as<T>() + offset;
      if (!packed) return add_window(rest, source, from, target, to);
      for (int64_t i = 0; i < row; ++i) add_to(target[i], source[i]);
    });
  });
}

Array scatter(const Array& base, std::vector<Array> indices, const Array& updates, const Axes& axes, bool add) {
  indices = agreed(std::move(indices), add ? "scatter_add" : "scatter");
  const Shape shape = joined(indices[0].shape(), tail(base.shape(), indices.size()));
  std::vector<Array> inputs{base, updates.shape() == shape ? updates : broadcast_to(updates, shape)};
  inputs.insert(inputs.end(), indices.begin(), indices.end());
  return apply(make_ref<Scatter>(add, axes), inputs, {base.shape(), base.dtype()});
}

}  // namespace ingot
