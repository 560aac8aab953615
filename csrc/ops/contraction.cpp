#include "ingot/ops/contraction.h"

#include <algorithm>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/reduction.h"

namespace ingot {

namespace {

void require_defined(const Array& a, const Array& b, const char* op) {
  if (!a.defined() || !b.defined()) throw ValueError(op, ": an operand is an undefined array");
}

/// Axes of an array that are not in `axes`, in order.
Axes others(int64_t ndim, const Axes& axes) {
  Axes out;
  for (int64_t i = 0; i < ndim; ++i)
    if (std::find(axes.begin(), axes.end(), i) == axes.end()) out.push_back(i);
  return out;
}

Shape lengths_of(const Array& x, const Axes& axes) {
  Shape out;
  for (const int64_t axis : axes) out.push_back(x.shape(axis));
  return out;
}

Axes joined(const Axes& a, const Axes& b) {
  Axes out(a);
  for (const int64_t axis : b) out.push_back(axis);
  return out;
}

Axes normalized(const Axes& axes, int64_t ndim) {
  normalize_axes(axes, ndim, "tensordot");  // complains of repeats
  Axes out;
  for (const int64_t axis : axes) out.push_back(normalize_axis(axis, ndim, "tensordot"));
  return out;
}

/// `beta * input + alpha * product`.
Array accumulated(const Array& input, const Array& product, const Scalar& beta, const Scalar& alpha, const char* op) {
  if (!input.defined()) throw ValueError(op, ": the input is an undefined array");
  if (broadcast_shapes(input.shape(), product.shape(), op) != product.shape())
    throw ShapeError(op, ": an input of shape ", input.shape(), " does not stretch to the product's ", product.shape());
  const auto is = [](const Scalar& value, double number) { return value.to_complex() == number; };
  const Array scaled = is(alpha, 1) ? product : product * alpha;
  if (is(beta, 0)) return scaled;
  return (is(beta, 1) ? input : input * beta) + scaled;
}

}  // namespace

Array tensordot(const Array& a, const Array& b, const Axes& a_axes, const Axes& b_axes) {
  require_defined(a, b, "tensordot");
  if (a_axes.size() != b_axes.size())
    throw ValueError("tensordot: expected as many axes of a as of b, got ", a_axes, " and ", b_axes);
  const Axes from_a = normalized(a_axes, a.ndim()), from_b = normalized(b_axes, b.ndim());
  const Shape summed = lengths_of(a, from_a);
  if (summed != lengths_of(b, from_b))
    throw ShapeError("tensordot: axes ", a_axes, " of shape ", a.shape(), " and axes ", b_axes, " of shape ", b.shape(),
                     " differ in length");
  const Axes rows = others(a.ndim(), from_a), columns = others(b.ndim(), from_b);
  const int64_t depth = element_count(summed);
  Shape shape = lengths_of(a, rows);
  const Array left = reshape(transpose(a, joined(rows, from_a)), {element_count(shape), depth});
  const Shape tail = lengths_of(b, columns);
  const Array right = reshape(transpose(b, joined(from_b, columns)), {depth, element_count(tail)});
  for (const int64_t length : tail) shape.push_back(length);
  return reshape(matmul(left, right), shape);
}

Array tensordot(const Array& a, const Array& b, int64_t axes) {
  require_defined(a, b, "tensordot");
  if (axes < 0 || axes > a.ndim() || axes > b.ndim())
    throw ValueError("tensordot: cannot sum over ", axes, " axes of shapes ", a.shape(), " and ", b.shape());
  Axes last, first;
  for (int64_t i = 0; i < axes; ++i) {
    last.push_back(a.ndim() - axes + i);
    first.push_back(i);
  }
  return tensordot(a, b, last, first);
}

Array outer(const Array& a, const Array& b) {
  require_defined(a, b, "outer");
  return reshape(a, {a.size(), 1}) * reshape(b, {1, b.size()});
}

Array inner(const Array& a, const Array& b) {
  require_defined(a, b, "inner");
  if (a.ndim() == 0 || b.ndim() == 0) return a * b;
  if (a.shape(-1) != b.shape(-1))
    throw ShapeError("inner: the last axes of shapes ", a.shape(), " and ", b.shape(), " differ in length");
  return tensordot(a, b, {-1}, {-1});
}

Array dot(const Array& a, const Array& b) {
  require_defined(a, b, "dot");
  if (a.ndim() == 0 || b.ndim() == 0) return a * b;
  if (a.ndim() <= 2 && b.ndim() <= 2) return matmul(a, b);
  const int64_t axis = b.ndim() == 1 ? -1 : -2;
  if (a.shape(-1) != b.shape(axis))
    throw ShapeError("dot: the last axis of shape ", a.shape(), " and axis ", axis, " of shape ", b.shape(),
                     " differ in length");
  return tensordot(a, b, {-1}, {axis});
}

Array vdot(const Array& a, const Array& b) {
  require_defined(a, b, "vdot");
  if (a.size() != b.size())
    throw ShapeError("vdot: expected as many elements of each, got shapes ", a.shape(), " and ", b.shape());
  return matmul(conj_if_complex(reshape(a, {a.size()})), reshape(b, {b.size()}));
}

Array vecdot(const Array& a, const Array& b, int64_t axis) {
  require_defined(a, b, "vecdot");
  const Array x = moveaxis(a, normalize_axis(axis, a.ndim(), "vecdot"), -1);
  const Array y = moveaxis(b, normalize_axis(axis, b.ndim(), "vecdot"), -1);
  if (x.shape(-1) != y.shape(-1))
    throw ShapeError("vecdot: axis ", axis, " of shapes ", a.shape(), " and ", b.shape(), " differs in length");
  const Array products = conj_if_complex(x) * y;
  if (is_bool(products.dtype())) return any(products, Axes{-1});
  return sum(products, Axes{-1}, false, products.dtype());
}

Array cross(const Array& a, const Array& b, int64_t axis) {
  require_defined(a, b, "cross");
  const Array x = moveaxis(a, normalize_axis(axis, a.ndim(), "cross"), -1);
  const Array y = moveaxis(b, normalize_axis(axis, b.ndim(), "cross"), -1);
  if (x.shape(-1) != 3 || y.shape(-1) != 3)
    throw ShapeError("cross: expected vectors of 3 elements along axis ", axis, ", got shapes ", a.shape(), " and ",
                     b.shape());
  const std::vector<Array> u = unbind(x, -1), v = unbind(y, -1);
  return stack({u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]}, axis);
}

Array kron(const Array& a, const Array& b) {
  require_defined(a, b, "kron");
  const auto ndim = static_cast<size_t>(std::max(a.ndim(), b.ndim()));
  Shape coarse, fine, shape;
  for (size_t i = 0; i < ndim; ++i) {
    const size_t a_lead = ndim - a.shape().size(), b_lead = ndim - b.shape().size();
    const int64_t blocks = i < a_lead ? 1 : a.shape()[i - a_lead], size = i < b_lead ? 1 : b.shape()[i - b_lead];
    coarse.push_back(blocks);
    coarse.push_back(1);
    fine.push_back(1);
    fine.push_back(size);
    shape.push_back(element_count({blocks, size}));
  }
  return reshape(reshape(a, coarse) * reshape(b, fine), shape);
}

Array addmm(const Array& input, const Array& a, const Array& b, const Scalar& beta, const Scalar& alpha) {
  return accumulated(input, matmul(a, b), beta, alpha, "addmm");
}

Array addbmm(const Array& input, const Array& a, const Array& b, const Scalar& beta, const Scalar& alpha) {
  require_defined(a, b, "addbmm");
  if (a.ndim() != 3 || b.ndim() != 3)
    throw ShapeError("addbmm: expected two batches of matrices, got shapes ", a.shape(), " and ", b.shape());
  return accumulated(input, tensordot(a, b, {0, 2}, {0, 1}), beta, alpha, "addbmm");
}

Array addr(const Array& input, const Array& a, const Array& b, const Scalar& beta, const Scalar& alpha) {
  require_defined(a, b, "addr");
  if (a.ndim() != 1 || b.ndim() != 1)
    throw ShapeError("addr: expected two vectors, got shapes ", a.shape(), " and ", b.shape());
  return accumulated(input, outer(a, b), beta, alpha, "addr");
}

}  // namespace ingot
