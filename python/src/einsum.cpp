// Sums of products: einsum, tensordot and their relatives.
#include "ingot/ops/einsum.h"

#include "bind.h"
#include "ingot/ops/contraction.h"
#include "ingot/ops/matmul.h"

namespace ingot::python {

namespace {

struct EinsumCall {
  EinsumLabels labels;
  std::vector<Array> operands;
};

/// `("ij,jk", a, b)`, or operands each followed by a list of labels, then one for the result: `(a, [0, 1], b, [1, 2])`.
EinsumCall einsum_call(const py::args& args) {
  if (args.empty()) throw TypeError("einsum: expected subscripts and operands");
  EinsumCall call;
  if (py::isinstance<py::str>(args[0])) {
    const bool listed = args.size() == 2 && (PyList_Check(args[1].ptr()) || PyTuple_Check(args[1].ptr()));
    call.labels = parse_einsum(py::cast<std::string>(args[0]));
    if (listed && call.labels.operands.size() == py::len(args[1])) {
      call.operands = to_arrays(py::cast<std::vector<ArrayLike>>(args[1]));
      return call;
    }
    for (size_t i = 1; i < args.size(); ++i) call.operands.push_back(py::cast<ArrayLike>(args[i]));
    return call;
  }
  const auto labels_of = [](const py::handle& sublist) {
    if (!PyList_Check(sublist.ptr()) && !PyTuple_Check(sublist.ptr()))
      throw TypeError("einsum: expected subscripts as a string first, or a list of labels after each operand, got ",
                      Py_TYPE(sublist.ptr())->tp_name);
    std::vector<int64_t> labels;
    for (const py::handle item : sublist) {
      if (item.ptr() == Py_Ellipsis) {
        labels.push_back(EinsumLabels::kEllipsis);
        continue;
      }
      const auto label = py::cast<int64_t>(item);
      if (label < 0) throw ValueError("einsum: labels must not be negative, got ", label);
      labels.push_back(label);
    }
    return labels;
  };
  for (size_t i = 0; i + 1 < args.size(); i += 2) {
    call.operands.push_back(py::cast<ArrayLike>(args[i]));
    call.labels.operands.push_back(labels_of(args[i + 1]));
  }
  if (args.size() % 2 == 1) call.labels.result = labels_of(args[args.size() - 1]);
  return call;
}

/// The path as NumPy gives it, and what it costs in words.
py::tuple path_of(const py::args& args) {
  const EinsumCall call = einsum_call(args);
  const EinsumPath path = einsum_path(call.labels, call.operands);
  py::list steps;
  steps.append("einsum_path");
  for (const auto& step : path.steps) steps.append(py::tuple(py::cast(step)));
  if (path.steps.empty()) steps.append(py::make_tuple(0));
  return py::make_tuple(steps, concat(path.operations, " multiplications, instead of ", path.operations_at_once));
}

/// `axes` of tensordot: a number, or the axes of a and those of b.
Array tensordot_of(const Array& a, const Array& b, const py::object& axes) {
  if (PyIndex_Check(axes.ptr())) return tensordot(a, b, py::cast<int64_t>(py::int_(axes)));
  const auto pair = py::cast<py::sequence>(axes);
  Axes left, right;
  if (pair.size() != 2 || !load_ints(pair[0], left) || !load_ints(pair[1], right))
    throw TypeError("tensordot: expected axes as an int, or as a pair: those of a, those of b");
  return tensordot(a, b, left, right);
}

using Accumulating = Array (*)(const Array&, const Array&, const Array&, const Scalar&, const Scalar&);

void def_accumulating(py::module_& m, const char* name, Accumulating function, const char* doc) {
  def_both(
      m, name, "input",
      [function](const ArrayLike& input, const ArrayLike& a, const ArrayLike& b, const Scalar& beta,
                 const Scalar& alpha) { return function(input, a, b, beta, alpha); },
      "a"_a, "b"_a, py::kw_only(), "beta"_a = py::int_(1), "alpha"_a = py::int_(1), doc);
}

void register_products(py::module_& m) {
  def_both(
      m, "outer", "a", [](const ArrayLike& a, const ArrayLike& b) { return outer(a, b); }, "b"_a,
      "Products of all pairs of elements, (a.size, b.size).\n\nExample:\n    >>> print(ingot.outer([1, 2], [3, 4]))\n  "
      " "
      " [[3 4]\n     [6 8]]");
  m.attr("ger") = m.attr("outer");
  def_both(
      m, "inner", "a", [](const ArrayLike& a, const ArrayLike& b) { return inner(a, b); }, "b"_a,
      "Sum of products over the last axis of both.\n\nExample:\n    >>> print(ingot.inner([1, 2], [3, 4]))\n    11");
  def_both(
      m, "dot", "a", [](const ArrayLike& a, const ArrayLike& b) { return dot(a, b); }, "b"_a,
      "The inner product of two vectors, the product of matrices; in general over the last axis of a and the last but "
      "one of b.\n\nExample:\n    >>> print(ingot.dot(ingot.ones(3), ingot.ones(3)))\n    3.0");
  def_both(
      m, "vdot", "a", [](const ArrayLike& a, const ArrayLike& b) { return vdot(a, b); }, "b"_a,
      "Sum of `conj(a) * b` over all elements.\n\nExample:\n    >>> print(ingot.vdot([1, 2], [3, 4]))\n    11");
  def_both(
      m, "vecdot", "a",
      [](const ArrayLike& a, const ArrayLike& b, int64_t axis, std::optional<int64_t> dim) {
        return vecdot(a, b, dim.value_or(axis));
      },
      "b"_a, py::kw_only(), "axis"_a = -1, "dim"_a = py::none(),
      "Sum of `conj(a) * b` along an axis; other axes broadcast.\n\nExample:\n    >>> print(ingot.vecdot([[1, 2], [3, "
      "4]], [1, 1]))\n    [3 7]");
  def_both(
      m, "cross", "a",
      [](const ArrayLike& a, const ArrayLike& b, int64_t axis, std::optional<int64_t> dim) {
        return cross(a, b, dim.value_or(axis));
      },
      "b"_a, py::kw_only(), "axis"_a = -1, "dim"_a = py::none(),
      "The cross product of vectors of 3 elements along an axis; other axes broadcast.\n\nExample:\n    >>> "
      "print(ingot.cross([1, 0, 0], [0, 1, 0]))\n    [0 0 1]");
  def_both(
      m, "kron", "a", [](const ArrayLike& a, const ArrayLike& b) { return kron(a, b); }, "b"_a,
      "The Kronecker product: b multiplied by each element of a, in blocks.\n\nExample:\n    >>> print(ingot.kron([1, "
      "10], [1, 2]))\n    [ 1  2 10 20]");
}

}  // namespace

void register_einsum(py::module_& m) {
  m.def(
      "einsum",
      [](const py::args& args, const py::object&) {
        const EinsumCall call = einsum_call(args);
        return einsum(call.labels, call.operands);
      },
      py::kw_only(), "optimize"_a = true,
      "Sums of products in Einstein's notation: `einsum('bij,bjk->bik', a, b)`. A letter names each axis; letters that "
      "are not in the result are summed over; a letter that an operand has twice means its diagonal; `...` stands for "
      "axes that broadcast. Without `->` the result has the letters that occur once, in alphabetical order. Also as "
      "operands each followed by a list of labels: `einsum(a, [0, 1], b, [1, 2])`.\n\n"
      "Operands are multiplied two by two in the cheapest order, by matrix products where that is possible "
      "(`optimize` changes nothing).\n\n"
      "Raises ValueError for a notation that makes no sense, ShapeError for axes and lengths that do not fit.\n\n"
      "Example:\n    >>> print(ingot.einsum('ij,j->i', ingot.ones((2, 3)), ingot.arange(3)))\n    [3. 3.]");
  m.def(
      "einsum_path", [](const py::args& args, const py::object&) { return path_of(args); }, py::kw_only(),
      "optimize"_a = true,
      "The order in which `einsum` multiplies: a list of positions, as NumPy gives it, and what it costs.\n\n"
      "Example:\n    >>> a = ingot.ones((2, 100))\n    >>> ingot.einsum_path('ij,jk,kl->il', a, a.T, a)[0]\n    "
      "['einsum_path', (0, 1), (0, 1)]");
  def_both(
      m, "tensordot", "a",
      [](const ArrayLike& a, const ArrayLike& b, const py::object& axes, const py::object& dims) {
        return tensordot_of(a, b, dims.is_none() ? axes : dims);
      },
      "b"_a, "axes"_a = 2, py::kw_only(), "dims"_a = py::none(),
      "Sum of products over the last `axes` axes of a and the first of b, or over pairs `(axes of a, axes of b)`.\n\n"
      "Example:\n    >>> ingot.tensordot(ingot.ones((2, 3)), ingot.ones((4, 3)), axes=(1, 1)).shape\n    (2, 4)");
  register_products(m);
  constexpr const char* addmm_doc =
      "`beta * input + alpha * (a @ b)`; `input` broadcasts, and is not looked at if `beta` is 0.\n\nExample:\n    >>> "
      "print(ingot.addmm(ingot.ones((2, 2)), ingot.eye(2), ingot.eye(2)))\n    [[2. 1.]\n     [1. 2.]]";
  for (const char* name : {"addmm", "addmv", "baddbmm"}) def_accumulating(m, name, addmm, addmm_doc);
  def_accumulating(m, "addbmm", addbmm,
                   "`beta * input + alpha * (sum over batches of a @ b)`.\n\nExample:\n    >>> "
                   "print(ingot.addbmm(ingot.ones((1, 1)), ingot.ones((3, 1, 2)), ingot.ones((3, 2, 1))))\n    [[7.]]");
  def_accumulating(m, "addr", addr,
                   "`beta * input + alpha * outer(a, b)`.\n\nExample:\n    >>> print(ingot.addr(ingot.zeros((1, 2)), "
                   "ingot.ones(1), ingot.ones(2)))\n    [[1. 1.]]");
}

}  // namespace ingot::python
