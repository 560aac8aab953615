// Gathering and scattering by arrays of indices: the operations, their rules and their kernels.
#include <algorithm>
#include <limits>
#include <numeric>

#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

/// Axes of `shape` from `first` on.
Shape tail(const Shape& shape, size_t first) { return Shape(shape.begin() + first, shape.end()); }
Strides tail(const Tensor& x, size_t first) { return Strides(x.strides.begin() + first, x.strides.end()); }

Shape joined(const Shape& a, const Shape& b) {
  Shape out(a);
  for (int64_t length : b) out.push_back(length);
  return out;
}

/// 0, 1, ..., batch - 1 along the first axis, stretched over `shape` (batch, ...), as indices of one more axis in
/// front.
Array batch_index(const Shape& shape, DType dtype) {
  Shape column(shape.size(), 1);
  column[0] = shape[0];
  return broadcast_to(reshape(arange(int64_t{0}, shape[0], int64_t{1}, dtype), column), shape);
}

/// Indices of one shape and one dtype, int32 or int64.
std::vector<Array> agreed(std::vector<Array> indices, const char* op) {
  if (indices.empty()) throw ValueError(op, ": no indices given");
  Shape shape;
  DType dtype = DType::int32;
  for (Array& each : indices) {
    if (!is_integer(each.dtype()))
      throw IndexError(op, ": indices must be integers, got an array of dtype ", each.dtype());
    // An index beyond int64 must stay out of range when converted.
    if (each.dtype() == DType::uint64) each = minimum(each, std::numeric_limits<int64_t>::max());
    if (promote(each.dtype(), DType::int32) != DType::int32) dtype = DType::int64;
    shape = broadcast_shapes(shape, each.shape(), op);
  }
  for (Array& each : indices) {
    if (each.dtype() != dtype) each = astype(each, dtype);
    if (each.shape() != shape) each = broadcast_to(each, shape);
  }
  return indices;
}

/// The axis of length `batch` at the front moved behind the first `indexed` axes after it.
Array batch_inward(const Array& x, size_t indexed) { return moveaxis(x, 0, static_cast<int64_t>(indexed)); }
Array batch_outward(const Array& x, size_t indexed) { return moveaxis(x, static_cast<int64_t>(indexed), 0); }

bool any_batched(const BatchAxes& axes, size_t from) {
  return std::any_of(axes.begin() + static_cast<std::ptrdiff_t>(from), axes.end(),
                     [](int64_t axis) { return axis >= 0; });
}

/// Numbers for error messages once a batch axis stands in front.
Axes named_with_batch(const Axes& axes) {
  Axes out(axes);
  out.insert(0, 0);
  return out;
}

/// Where the index arrays point to in `x`: calls `visit_offset(offset)`, in elements of `x`, for each of their
/// positions in row-major order. `Number` is the indices' type.
template <class Number, class Visit>
void for_each_offset(const Tensor& x, std::span<const Tensor> indices, const Axes& names, Visit&& visit_offset) {
  const Shape& shape = indices[0].shape;
  if (indices.size() == 1) {
    const int64_t length = x.shape[0], stride = x.strides[0];
    for_each_row<1>(shape, {&indices[0].strides}, [&](const auto& at, const auto& step, int64_t count) {
      const Number* index = indices[0].as<Number>() + at[0];
      for (int64_t i = 0; i < count; ++i) visit_offset(check_index(index[i * step[0]], names[0], length) * stride);
    });
    return;
  }
  Shape position(shape.size(), 0);
  SmallVector<int64_t, 5> at(indices.size(), 0);
  for (int64_t left = element_count(shape); left > 0; --left) {
    int64_t offset = 0;
    for (size_t k = 0; k < indices.size(); ++k)
      offset += check_index(indices[k].as<Number>()[at[k]], names[k], x.shape[k]) * x.strides[k];
    visit_offset(offset);
    if (left % (1 << 16) == 0) poll_interrupt();
    for (size_t axis = shape.size(); axis-- > 0;) {
      for (size_t k = 0; k < indices.size(); ++k) at[k] += indices[k].strides[axis];
      if (++position[axis] < shape[axis]) break;
      for (size_t k = 0; k < indices.size(); ++k) at[k] -= indices[k].strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
}

template <class Visit>
void for_each_index(const Tensor& x, std::span<const Tensor> indices, const Axes& names, Visit&& visit_offset) {
  if (indices[0].dtype == DType::int64)
    for_each_offset<int64_t>(x, indices, names, visit_offset);
  else
    for_each_offset<int32_t>(x, indices, names, visit_offset);
}

template <class T>
void add_to(T& target, T value) {
  if constexpr (is_half_type<T>)
    target = T(static_cast<float>(target) + static_cast<float>(value));
  else if constexpr (std::is_same_v<T, bool>)
    target = target || value;
  else if constexpr (std::is_integral_v<T>)
    target = static_cast<T>(static_cast<uint64_t>(target) + static_cast<uint64_t>(value));  // wraps around
  else
    target += value;
}

/// Adds a window to another of the same shape.
template <class T>
void add_window(const Shape& shape, const T* in, const Strides& in_strides, T* out, const Strides& out_strides) {
  for_each_row<2>(shape, {&in_strides, &out_strides}, [&](const auto& at, const auto& step, int64_t count) {
    const T* from = in + at[0];
    T* to = out + at[1];
    for (int64_t i = 0; i < count; ++i) add_to(to[i * step[1]], from[i * step[0]]);
  });
}

/// The offset of position `n`, in row-major order, of axes with the given lengths and strides.
class RowMajor {
 public:
  RowMajor(const Shape& shape, const Strides& strides, size_t axes)
      : shape_(shape), strides_(strides), position_(axes, 0) {}
  /// The offset of the current position, then moves on to the next.
  int64_t next() {
    const int64_t offset = offset_;
    for (size_t axis = position_.size(); axis-- > 0;) {
      offset_ += strides_[axis];
      if (++position_[axis] < shape_[axis]) break;
      offset_ -= strides_[axis] * shape_[axis];
      position_[axis] = 0;
    }
    return offset;
  }

 private:
  const Shape& shape_;
  const Strides& strides_;
  Shape position_;
  int64_t offset_ = 0;
};

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
