#include "ingot/ops/matmul.h"

#include "bind.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/reduction.h"

namespace ingot::python {

namespace {

Array of_matrices(const char* name, const Array& a, const Array& b, int64_t a_axes, int64_t b_axes) {
  if (a.ndim() != a_axes || b.ndim() != b_axes)
    throw ShapeError(name, ": expected arrays of ", a_axes, " and ", b_axes, " axes, got shapes ", a.shape(), " and ",
                     b.shape(), "; `matmul` takes any");
  return matmul(a, b);
}

}  // namespace

void register_matmul(py::module_& m) {
  constexpr const char* doc =
      "Matrix product: over the last axis of `a` and the last but one of `b`; leading axes broadcast. A 1-D operand is "
      "a row (left) or a column (right) whose axis "
      "is dropped from the result.\n\nRaises ShapeError for 0-d operands or lengths that differ.\n\n"
      "Example:\n    >>> ingot.matmul(ingot.ones((2, 3)), ingot.ones((3, 4))).shape\n    (2, 4)";
  def_both(m, "matmul", "a", [](const ArrayLike& a, const ArrayLike& b) { return matmul(a, b); }, "b"_a, doc);
  def_both(
      m, "mm", "a", [](const ArrayLike& a, const ArrayLike& b) { return of_matrices("mm", a, b, 2, 2); }, "b"_a,
      "The product of two matrices.\n\nExample:\n    >>> ingot.mm(ingot.ones((2, 3)), ingot.ones((3, 4))).shape\n    "
      "(2, 4)");
  def_both(
      m, "bmm", "a", [](const ArrayLike& a, const ArrayLike& b) { return of_matrices("bmm", a, b, 3, 3); }, "b"_a,
      "The products of two batches of matrices.\n\nExample:\n    >>> ingot.bmm(ingot.ones((5, 2, 3)), ingot.ones((5, "
      "3, 4))).shape\n    (5, 2, 4)");
  def_both(
      m, "mv", "a", [](const ArrayLike& a, const ArrayLike& b) { return of_matrices("mv", a, b, 2, 1); }, "b"_a,
      "The product of a matrix and a vector.\n\nExample:\n    >>> print(ingot.mv(ingot.eye(2), ingot.ones(2)))\n    "
      "[1. 1.]");
}

}  // namespace ingot::python
