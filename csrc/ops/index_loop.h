// What the operations that gather and scatter share: bringing index arrays into line, and going through them.
#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::index_loop {

/// Axes of `shape` from `first` on.
inline Shape tail(const Shape& shape, size_t first) { return Shape(shape.begin() + first, shape.end()); }
inline Strides tail(const Tensor& x, size_t first) { return Strides(x.strides.begin() + first, x.strides.end()); }

inline Shape joined(const Shape& a, const Shape& b) {
  Shape out(a);
  for (int64_t length : b) out.push_back(length);
  return out;
}

/// 0, 1, ..., batch - 1 along the first axis, stretched over `shape` (batch, ...), as indices of one more axis in
/// front.
inline Array batch_index(const Shape& shape, DType dtype) {
  Shape column(shape.size(), 1);
  column[0] = shape[0];
  return broadcast_to(reshape(arange(int64_t{0}, shape[0], int64_t{1}, dtype), column), shape);
}

/// Indices of one shape and one dtype, int32 or int64.
inline std::vector<Array> agreed(std::vector<Array> indices, const char* op) {
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
inline Array batch_inward(const Array& x, size_t indexed) { return moveaxis(x, 0, static_cast<int64_t>(indexed)); }
inline Array batch_outward(const Array& x, size_t indexed) { return moveaxis(x, static_cast<int64_t>(indexed), 0); }

inline bool any_batched(const BatchAxes& axes, size_t from) {
  return std::any_of(axes.begin() + static_cast<std::ptrdiff_t>(from), axes.end(),
                     [](int64_t axis) { return axis >= 0; });
}

/// Numbers for error messages once a batch axis stands in front.
inline Axes named_with_batch(const Axes& axes) {
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

}  // namespace ingot::index_loop
