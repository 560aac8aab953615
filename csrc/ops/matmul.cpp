#include "ingot/ops/matmul.h"

#include <algorithm>
#include <vector>

#include "ingot/ops/accumulator.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/strided_loop.h"
#include "ingot/ops/views.h"

namespace ingot {

namespace {

template <class T>
void multiply_matrices(const Tensor& a, const Tensor& b, const Tensor& out, int64_t a_at, int64_t b_at,
                       int64_t out_at) {
  using Sum = decltype(accumulator<T>());
  const size_t rows = out.shape.size() - 2, columns = rows + 1;
  const size_t a_last = a.shape.size() - 1, b_last = b.shape.size() - 1;
  const int64_t depth = a.shape[a_last];
  std::vector<Sum> line(static_cast<size_t>(out.shape[columns]));
  for (int64_t i = 0; i < out.shape[rows]; ++i) {
    std::fill(line.begin(), line.end(), Sum{});
    const T* left = a.as<T>() + a_at + i * a.strides[a_last - 1];
    for (int64_t k = 0; k < depth; ++k) {
      const Sum factor = convert<Sum>(left[k * a.strides[a_last]]);
      const T* right = b.as<T>() + b_at + k * b.strides[b_last - 1];
      for (size_t j = 0; j < line.size(); ++j) {
        const Sum other = convert<Sum>(right[static_cast<int64_t>(j) * b.strides[b_last]]);
        if constexpr (std::is_same_v<T, bool>)
          line[j] = line[j] || (factor && other);
        else
          line[j] += factor * other;
      }
    }
    T* target = out.as<T>() + out_at + i * out.strides[rows];
    for (size_t j = 0; j < line.size(); ++j)
      target[static_cast<int64_t>(j) * out.strides[columns]] = convert<T>(static_cast<Sum>(line[j]));
    poll_interrupt();
  }
}

/// Axes but the last two.
Shape batch_of(const Shape& shape) { return Shape(shape.begin(), shape.end() - 2); }
Strides batch_of_strides(const Tensor& x, const Shape& batch) {
  return broadcast_strides(batch_of(x.shape), Strides(x.strides.begin(), x.strides.end() - 2), batch);
}

/// True for a matrix that was made by swapping the axes of another.
bool is_transposed(const Node& node) {
  const auto* op = dynamic_cast<const Transpose*>(&node.op());
  return op && op->axes.size() >= 2 && op->axes.back() == static_cast<int64_t>(op->axes.size()) - 2;
}

/// What the leading axes of operands of at least two axes broadcast to.
Shape joint_batch(const Array& a, const Array& b) {
  const Shape left = batch_of(a.shape()), right = batch_of(b.shape());
  for (size_t back = 1; back <= std::min(left.size(), right.size()); ++back) {
    const int64_t x = left[left.size() - back], y = right[right.size() - back];
    if (x != y && x != 1 && y != 1)
      throw ShapeError("matmul: the leading axes of shapes ", a.shape(), " and ", b.shape(),
                       " do not broadcast: lengths ", x, " and ", y, " must be equal, or one of them 1");
  }
  return broadcast_shapes(left, right, "matmul");
}

/// The product of operands of at least two axes and one dtype.
Array product(const Array& a, const Array& b) {
  Shape shape = joint_batch(a, b);
  shape.push_back(a.shape(-2));
  shape.push_back(b.shape(-1));
  static const OpRef op = make_ref<MatMul>();
  return apply(op, {a, b}, {shape, a.dtype()});
}

}  // namespace

Array MatMul::transpose(const Call& call, size_t i, const Array& cotangent) const {
  const Array other = conj_if_complex(call.in(1 - i));
  Array gradient;
  if (is_transposed(*call.node().inputs()[i])) {
    // The gradient of a transposed view is computed transposed, so that it lies in memory as the viewed array does.
    const Array flipped = swapaxes(cotangent, -1, -2);
    gradient = swapaxes(i == 0 ? matmul(other, flipped) : matmul(flipped, other), -1, -2);
  } else {
    const Array flipped = swapaxes(other, -1, -2);
    gradient = i == 0 ? matmul(cotangent, flipped) : matmul(flipped, cotangent);
  }
  return sum_to(gradient, call.in_shape(i));
}

std::vector<Array> MatMul::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                int64_t) const {
  const auto ndim = static_cast<int64_t>(call.node().shape().size());
  return {matmul(align_batch(inputs[0], axes[0], ndim), align_batch(inputs[1], axes[1], ndim))};
}

void MatMul::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &a = inputs[0], &b = inputs[1], &out = outputs[0];
  const Shape batch = batch_of(out.shape);
  const Strides a_strides = batch_of_strides(a, batch), b_strides = batch_of_strides(b, batch);
  const Strides out_strides = batch_of_strides(out, batch);
  for_each_row<3>(batch, {&a_strides, &b_strides, &out_strides}, [&](const auto& at, const auto& step, int64_t count) {
    visit(out.dtype, [&](auto tag) {
      for (int64_t i = 0; i < count; ++i)
        multiply_matrices<typename decltype(tag)::type>(a, b, out, at[0] + i * step[0], at[1] + i * step[1],
                                                        at[2] + i * step[2]);
    });
  });
}

Array matmul(const Array& a, const Array& b) {
  if (!a.defined() || !b.defined()) throw ValueError("matmul: an operand is an undefined array");
  if (a.ndim() == 0 || b.ndim() == 0)
    throw ShapeError("matmul: 0-d operands (shapes ", a.shape(), " and ", b.shape(),
                     ") have no axis to multiply over; use *");
  const int64_t depth = b.shape(b.ndim() == 1 ? 0 : -2);
  if (a.shape(-1) != depth)
    throw ShapeError("matmul: shapes ", a.shape(), " and ", b.shape(),
                     " do not fit: the last axis of the first has length ", a.shape(-1), ", axis ",
                     b.ndim() == 1 ? -1 : -2, " of the second has ", depth, "; they must be equal");
  Array x = autocast("matmul", a), y = autocast("matmul", b);
  const DType dtype = promote(x.dtype(), y.dtype());
  if (x.dtype() != dtype) x = astype(x, dtype);
  if (y.dtype() != dtype) y = astype(y, dtype);
  if (b.ndim() == 1) y = expand_dims(y, {1});
  if (a.ndim() == 1) x = expand_dims(x, {0});

  Shape shape = joint_batch(x, y);
  if (a.ndim() > 1) shape.push_back(a.shape(-2));
  if (b.ndim() > 1) shape.push_back(b.shape(-1));
  // One large product is faster than many that share their second operand, and so is its gradient.
  if (x.ndim() > 2 && y.ndim() == 2) x = flatten(x, 0, -2);
  const Array result = product(x, y);
  return result.shape() == shape ? result : reshape(result, shape);
}

Array linear(const Array& x, const Array& weight, const Array& bias) {
  if (!x.defined() || !weight.defined()) throw ValueError("linear: an operand is an undefined array");
  if (weight.ndim() != 2) throw ShapeError("linear: expected a weight of shape (out, in), got ", weight.shape());
  if (x.ndim() == 0 || x.shape(-1) != weight.shape(1))
    throw ShapeError("linear: expected an input of shape (..., ", weight.shape(1), ") for the weight of shape ",
                     weight.shape(), ", got ", x.shape());
  if (bias.defined() && bias.shape() != Shape{weight.shape(0)})
    throw ShapeError("linear: expected a bias of shape (", weight.shape(0), ",) for the weight of shape ",
                     weight.shape(), ", got ", bias.shape());
  // The bias is added while the leading axes are one, so that its gradient is one sum over rows.
  const Array rows = x.ndim() == 1 ? expand_dims(x, {0}) : x.ndim() == 2 ? x : flatten(x, 0, -2);
  Array result = matmul(rows, transpose(weight));
  if (bias.defined()) result = result + autocast("linear", bias);
  if (x.ndim() == 2) return result;
  Shape shape(x.shape());
  shape.back() = weight.shape(0);
  return reshape(result, shape);
}

}  // namespace ingot
