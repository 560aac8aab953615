#include "ingot/ops/diagonals.h"

#include "ingot/ops/elementwise.h"
#include "optional_args.h"
#include "saturated_int.h"

namespace ingot::python {

namespace {

void register_triangles(py::module_& m) {
  m.def(
      "tri",
      [](int64_t n, OptionalAxis columns, int64_t k, DType dtype) { return tri(n, columns.value_or(n), k, dtype); },
      "n"_a, "m"_a = py::none(), "k"_a = 0, "dtype"_a = DType::float32,
      "Ones at and below the `k`-th diagonal of an (n, m) matrix, zeros above.\n\nExample:\n    >>> "
      "print(ingot.tri(2))\n    [[1. 0.]\n     [1. 1.]]");
  constexpr std::tuple<const char*, Array (*)(const Array&, int64_t), const char*> kTriangles[] = {
      {"tril", tril, "above"}, {"triu", triu, "below"}};
  for (const auto& [name, triangle, side] : kTriangles)
    def_both(
        m, name, "x",
        [triangle = triangle](const ArrayLike& x, std::optional<SaturatedInt> k, std::optional<SaturatedInt> diagonal) {
          return triangle(x, either(k, diagonal, "k", "diagonal").value_or(SaturatedInt{}));
        },
        "k"_a = py::none(), py::kw_only(), "diagonal"_a = py::none(),
        concat("The matrices over the last two axes with zeros ", side,
               " their `k`-th diagonal.\n\nRaises ShapeError for fewer than two axes.\n\nExample:\n    >>> ingot.",
               name, "(ingot.ones((2, 2))).sum().item()\n    3.0")
            .c_str());
  constexpr std::pair<const char*, Array (*)(int64_t, int64_t, int64_t)> kIndices[] = {{"tril_indices", tril_indices},
                                                                                       {"triu_indices", triu_indices}};
  for (const auto& [name, indices] : kIndices)
    m.def(
        name,
        [indices = indices](int64_t row, OptionalAxis col, OptionalAxis offset, OptionalAxis k, OptionalAxis columns) {
          return indices(row, either(col, columns, "col", "m").value_or(row),
                         either(offset, k, "offset", "k").value_or(0));
        },
        "row"_a, "col"_a = py::none(), "offset"_a = py::none(), py::kw_only(), "k"_a = py::none(), "m"_a = py::none(),
        concat("Row and column numbers of the elements that `", std::string_view(name).substr(0, 4),
               "` keeps in a (row, col) matrix, as the two rows of one int64 array. Arguments are PyTorch's; NumPy's "
               "`k` and `m` are taken by name.\n\nExample:\n    >>> rows, columns = ingot.",
               name, "(2)\n    >>> len(rows)\n    3")
            .c_str());
}

}  // namespace

void register_diagonals(py::module_& m) {
  def_both(
      m, "diagonal", "x",
      [](const ArrayLike& x, int64_t offset, OptionalAxis axis1, OptionalAxis axis2, OptionalAxis dim1,
         OptionalAxis dim2) {
        return diagonal(x, offset, either(axis1, dim1, "axis1", "dim1").value_or(0),
                        either(axis2, dim2, "axis2", "dim2").value_or(1));
      },
      "offset"_a = 0, "axis1"_a = py::none(), "axis2"_a = py::none(), py::kw_only(), "dim1"_a = py::none(),
      "dim2"_a = py::none(),
      "The diagonal of the matrices over two axes (the first two), as a new last axis. Without a copy.\n\n"
      "Example:\n    >>> print(ingot.diagonal(ingot.array([[1, 2], [3, 4]])))\n    [1 4]");
  def_both(
      m, "diag", "x",
      [](const ArrayLike& x, OptionalAxis k, OptionalAxis diagonal) {
        return diag(x, either(k, diagonal, "k", "diagonal").value_or(0));
      },
      "k"_a = py::none(), py::kw_only(), "diagonal"_a = py::none(),
      "The matrix with a vector on its `k`-th diagonal, or the `k`-th diagonal of a matrix.\n\nExample:\n    >>> "
      "print(ingot.diag(ingot.array([1, 2])))\n    [[1 0]\n     [0 2]]");
  def_both(
      m, "diagflat", "x",
      [](const ArrayLike& x, OptionalAxis k, OptionalAxis offset) {
        return diagflat(x, either(k, offset, "k", "offset").value_or(0));
      },
      "k"_a = py::none(), py::kw_only(), "offset"_a = py::none(),
      "The matrix with all elements of x on its `k`-th diagonal.\n\nExample:\n    >>> ingot.diagflat(ingot.ones((2, "
      "2))).shape\n    (4, 4)");
  def_both(
      m, "diag_embed", "x",
      [](const ArrayLike& x, int64_t offset, int64_t dim1, int64_t dim2) { return diag_embed(x, offset, dim1, dim2); },
      "offset"_a = 0, "dim1"_a = -2, "dim2"_a = -1,
      "Matrices over two new axes with the last axis of x on their diagonal.\n\nExample:\n    >>> "
      "ingot.diag_embed(ingot.ones((5, 2))).shape\n    (5, 2, 2)");
  def_both(
      m, "trace", "x",
      [](const ArrayLike& x, int64_t offset, int64_t axis1, int64_t axis2, std::optional<DType> dtype) {
        return trace(x, offset, axis1, axis2, dtype);
      },
      "offset"_a = 0, "axis1"_a = 0, "axis2"_a = 1, py::kw_only(), "dtype"_a = py::none(),
      "Sums over the diagonals of the matrices over two axes (the first two).\n\nExample:\n    >>> "
      "print(ingot.trace(ingot.eye(3)))\n    3.0");
  register_triangles(m);
  m.def(
      "vander", [](const ArrayLike& x, OptionalAxis n, bool increasing) { return vander(x, n, increasing); }, "x"_a,
      "N"_a = py::none(), "increasing"_a = false,
      "Powers of each element of a vector as columns, `N` of them (as many as elements), the highest first unless "
      "`increasing`.\n\nExample:\n    >>> print(ingot.vander([2, 3], 3))\n    [[4 2 1]\n     [9 3 1]]");
  m.def(
      "block_diag",
      [](const py::args& blocks) { return block_diag(to_arrays(py::cast<std::vector<ArrayLike>>(blocks))); },
      "Matrices side by side along the diagonal, zeros elsewhere.\n\nExample:\n    >>> print(ingot.block_diag([[1, "
      "2]], 3))\n    [[1 2 0]\n     [0 0 3]]");
}

}  // namespace ingot::python
