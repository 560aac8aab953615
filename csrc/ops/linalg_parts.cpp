#include "ingot/ops/linalg_parts.h"

#include <complex>

#include "ingot/ops/creation.h"

namespace ingot::linalg {

namespace {

Array part(const Array& x, int64_t axis, int64_t from, int64_t to) {
  Axes start(x.shape().size(), 0), stop(x.shape()), step(x.shape().size(), 1);
  const auto at = static_cast<size_t>(x.ndim() + axis);
  start[at] = from;
  stop[at] = to;
  return slice(x, start, stop, step);
}

}  // namespace

Operand matrices(const Array& x, const char* name) {
  require_defined(x, name);
  if (x.ndim() < 2)
    throw ShapeError(name, ": expected matrices, an array of shape (..., rows, columns), got shape ", x.shape());
  const DType dtype = to_inexact(x.dtype());
  return {converted(x, compute_dtype(dtype)), dtype};
}

Operand square_matrices(const Array& x, const char* name) {
  Operand operand = matrices(x, name);
  if (x.shape(-1) != x.shape(-2))
    throw ShapeError(name, ": expected square matrices, an array of shape (..., n, n), got shape ", x.shape());
  return operand;
}

Array adjoint(const Array& x) { return flipped(conj_if_complex(x)); }

Array hermitian_part(const Array& x) { return (x + adjoint(x)) * 0.5; }

Array lower_half(const Array& x) { return tril(x) - diagonal_matrix(diagonal_of(x) * 0.5); }

Array identity(int64_t n, DType dtype) { return eye(n, n, 0, dtype); }

Array imaginary(const Array& x, DType dtype) { return astype(x, dtype) * std::complex<double>(0, 1); }

Array rows_of(const Array& x, int64_t from, int64_t to) { return part(x, -2, from, to); }
Array columns_of(const Array& x, int64_t from, int64_t to) { return part(x, -1, from, to); }

Shape joined(const Shape& batch, std::initializer_list<int64_t> own) {
  Shape shape(batch);
  for (int64_t length : own) shape.push_back(length);
  return shape;
}

void accumulate(Array& sum, const Array& term) {
  if (term.defined()) sum = sum.defined() ? sum + term : term;
}

void broadcast_batches(Array& a, Array& b, const char* name) {
  const Shape batch = broadcast_shapes(batch_of(a), batch_of(b), name);
  for (Array* x : {&a, &b})
    if (batch_of(*x) != batch) *x = broadcast_to(*x, joined(batch, {x->shape(-2), x->shape(-1)}));
}

}  // namespace ingot::linalg
