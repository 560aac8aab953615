#include "ingot/ops/manipulation.h"

#include "bind.h"
#include "gil.h"
#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/ops/conventions.h"
#include "ingot/ops/elementwise_functions.h"
#include "ingot/ops/views.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

/// Ints given as `f(2, 3)` or `f((2, 3))`.
Shape ints(const py::args& args, const char* what) {
  Shape out;
  const bool sequence = args.size() == 1;
  if (!load_ints(sequence ? py::object(args[0]) : py::object(args), out))
    throw TypeError(what, ": expected ints or one tuple of ints");
  return out;
}

/// NumPy's `axes`, or PyTorch's two axes to swap where there are more than two, and under its conventions always.
Array transposed(const Array& x, const py::args& axes) {
  if (axes.empty() || (axes.size() == 1 && axes[0].is_none())) return transpose(x);
  const Shape order = ints(axes, "transpose");
  if (order.size() == 2 && axes.size() == 2 && (x.ndim() != 2 || pytorch_conventions()))
    return swapaxes(x, order[0], order[1]);
  return transpose(x, order);
}

Array expanded(const Array& x, const Shape& shape) {
  Shape wanted = shape;
  const int64_t extra = static_cast<int64_t>(shape.size()) - x.ndim();
  for (size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i] == -1 && static_cast<int64_t>(i) >= extra) wanted[i] = x.shape()[i - static_cast<size_t>(extra)];
  return broadcast_to(x, wanted);
}

Array matrix_t(const Array& x) {
  if (x.ndim() > 2) throw ShapeError("t: expected at most two axes, got shape ", x.shape(), "; use transpose or .mT");
  return transpose(x);
}

/// Throws ValueError unless `reshaped` shows the elements of `x` where they lie. What `jit` records lies nowhere yet.
void require_view(const Array& x, const Array& reshaped) {
  if (x.shape() == reshaped.shape() || is_recording() || x.peek().traced()) return;
  const Layout layout = without_gil([&] { return value(x).layout; });
  if (!Reshape(reshaped.shape()).view(x.shape(), layout, reshaped.shape()))
    throw ValueError("reshape: with copy=False shape ", x.shape(), " cannot become ", reshaped.shape(),
                     ", for its elements do not lie in that order; leave `copy` out");
}

/// PyTorch's: `chunks` pieces of equal length, the last one shorter.
std::vector<Array> chunk(const Array& x, int64_t chunks, int64_t axis) {
  if (chunks < 1) throw ValueError("chunk: expected at least one chunk, got ", chunks);
  const int64_t length = x.shape(axis);
  const int64_t each = std::max<int64_t>(1, (length + chunks - 1) / chunks);
  std::vector<int64_t> starts;
  for (int64_t at = each; at < length; at += each) starts.push_back(at);
  return split(x, starts, axis);
}

}  // namespace

void register_manipulation(py::module_& m) {
  m.def(
      "reshape",
      [](const ArrayLike& x, const Shape& shape, std::optional<bool> copy) {
        const Array result = reshape(x, shape);
        if (copy == false) require_view(x, result);
        return copy.value_or(false) ? contiguous(result) : result;
      },
      "x"_a, "shape"_a, py::kw_only(), "copy"_a = py::none(),
      "The same elements in row-major order under another shape; one length may be -1. A view where it can be one, "
      "unless `copy=True`.\n\n"
      "Raises ShapeError if the counts differ, and with `copy=False`, which evaluates `x`, ValueError if it takes a "
      "copy.\n\nExample:\n    >>> ingot.reshape(ingot.arange(6), (2, -1)).shape\n    "
      "(2, 3)");
  def_method(
      "reshape", [](const Array& x, const py::args& shape) { return reshape(x, ints(shape, "reshape")); },
      "The same elements under another shape: `x.reshape(2, -1)` or `x.reshape((2, -1))`; see `ingot.reshape`.");
  m.def(
      "view", [](const ArrayLike& x, DType dtype) { return view(x, dtype); }, "x"_a, "dtype"_a,
      "The same bytes as elements of another dtype: a view where the last axis is dense or elements are as large, else "
      "a copy. The last axis becomes longer or shorter with the size of elements. Gradients flow between complex and "
      "real numbers of one precision.\n\n"
      "Raises TypeError for bool, ShapeError if the last axis is no whole number of elements.\n\nExample:\n    >>> "
      "print(ingot.view(ingot.array([1.0, -2.0]), ingot.int32))\n    [ 1065353216 -1073741824]");
  def_method(
      "view",
      [](const Array& x, const py::args& shape, std::optional<DType> dtype) {
        PyObject* const only = shape.size() == 1 && !dtype ? shape[0].ptr() : nullptr;
        if (only && !PyIndex_Check(only) && !PyTuple_Check(only) && !PyList_Check(only))
          dtype = dtype_from_python(only);
        else if (dtype && !shape.empty())
          throw TypeError("view: expected a shape or a dtype, got both; say x.view(dtype).reshape(shape)");
        return dtype ? view(x, *dtype) : reshape(x, ints(shape, "view"));
      },
      py::kw_only(), "dtype"_a = py::none(),
      "The same elements under another shape, `x.view(2, -1)`, or the same bytes as another dtype, "
      "`x.view(ingot.int32)`; see `ingot.reshape` and `ingot.view`.");
  def_both(
      m, "flatten", "x", [](const ArrayLike& x, int64_t start, int64_t end) { return flatten(x, start, end); },
      "start_axis"_a = 0, "end_axis"_a = -1,
      "Axes `start_axis` to `end_axis` (inclusive) joined into one.\n\nExample:\n    >>> ingot.flatten(ingot.ones((2, "
      "3, 4)), 1).shape\n    (2, 12)");
  def_both(
      m, "ravel", "x", [](const ArrayLike& x) { return flatten(x); },
      "All axes joined into one.\n\nExample:\n    >>> ingot.ravel(ingot.ones((2, 3))).shape\n    (6,)");
  constexpr const char* transpose_doc =
      "Axes in the order given, reversed if none is. Two axes of an array of more (or fewer) than two are swapped, as "
      "in PyTorch, whose scripts (`ingot run --as torch`) swap those of matrices too.\n\n"
      "Raises ValueError unless the axes are a permutation.\n\nExample:\n    >>> ingot.transpose(ingot.ones((2, 3, "
      "4)), (1, 2, 0)).shape\n    (3, 4, 2)";
  m.def(
      "transpose",
      [](const ArrayLike& x, const py::args& args, const OptionalAxes& axes) {
        return axes ? transpose(x, axes) : transposed(x, args);
      },
      "x"_a, py::kw_only(), "axes"_a = py::none(), transpose_doc);
  def_method("transpose", [](const Array& x, const py::args& args) { return transposed(x, args); }, transpose_doc);
  m.def(
      "permute_dims", [](const ArrayLike& x, const Axes& axes) { return transpose(x, axes); }, "x"_a, "axes"_a,
      "Axes in the order given.\n\nExample:\n    >>> ingot.permute_dims(ingot.ones((2, 3, 4)), (1, 2, 0)).shape\n    "
      "(3, 4, 2)");
  m.attr("permute") = m.attr("permute_dims");
  def_method(
      "permute", [](const Array& x, const py::args& axes) { return transpose(x, ints(axes, "permute")); },
      "Axes in the order given; see `ingot.permute_dims`.");
  def_both(
      m, "t", "x", [](const ArrayLike& x) { return matrix_t(x); },
      "The transpose of a matrix; a vector as it is.\n\nExample:\n    >>> ingot.t(ingot.ones((2, 3))).shape\n    (3, "
      "2)");
  def_both(
      m, "matrix_transpose", "x", [](const ArrayLike& x) { return swapaxes(x, -1, -2); },
      "The last two axes swapped.\n\nExample:\n    >>> ingot.matrix_transpose(ingot.ones((4, 2, 3))).shape\n    (4, 3, "
      "2)");
  def_both(
      m, "swapaxes", "x", [](const ArrayLike& x, int64_t a, int64_t b) { return swapaxes(x, a, b); }, "axis1"_a,
      "axis2"_a,
      "Two axes swapped.\n\nExample:\n    >>> ingot.swapaxes(ingot.ones((2, 3, 4)), 0, 2).shape\n    (4, 3, 2)");
  def_both(
      m, "broadcast_to", "x", [](const ArrayLike& x, const Shape& shape) { return broadcast_to(x, shape); }, "shape"_a,
      "Stretched to a shape by NumPy's rules, without a copy.\n\nExample:\n    >>> ingot.broadcast_to(ingot.ones(3), "
      "(2, 3)).shape\n    (2, 3)");
  def_method(
      "expand", [](const Array& x, const py::args& shape) { return expanded(x, ints(shape, "expand")); },
      "Stretched to a shape, where -1 keeps an axis as it is; see `ingot.broadcast_to`.");
  m.def(
      "broadcast_arrays",
      [](const py::args& arrays) {
        return py::tuple(py::cast(broadcast_arrays(to_arrays(py::cast<std::vector<ArrayLike>>(arrays)))));
      },
      "All arrays stretched to their common shape, as a tuple.\n\nExample:\n    >>> [x.shape for x in "
      "ingot.broadcast_arrays(ingot.ones(3), ingot.ones((2, 1)))]\n    [(2, 3), (2, 3)]");
  constexpr const char* expand_dims_doc =
      "A new axis of length 1 at each of the given positions of the result.\n\nExample:\n    >>> "
      "ingot.expand_dims(ingot.ones(3), 0).shape\n    (1, 3)";
  def_both(
      m, "expand_dims", "x", [](const ArrayLike& x, const Axes& axis) { return expand_dims(x, axis); }, "axis"_a,
      expand_dims_doc);
  def_both(
      m, "unsqueeze", "x", [](const ArrayLike& x, const Axes& axis) { return expand_dims(x, axis); }, "dim"_a,
      expand_dims_doc);
  def_both(
      m, "squeeze", "x",
      [](const ArrayLike& x, const OptionalAxes& axis, const OptionalAxes& dim) {
        return squeeze(x, axis ? axis : dim);
      },
      "axis"_a = py::none(), py::kw_only(), "dim"_a = py::none(),
      "Without axes of length 1: all of them, or the given ones, which must be of length 1.\n\nExample:\n    >>> "
      "ingot.squeeze(ingot.ones((1, 3, 1))).shape\n    (3,)");
  m.def(
      "stop_gradient", [](const ArrayLike& x) { return stop_gradient(x); }, "x"_a,
      "The same values with gradients cut.\n\nExample:\n    >>> x = ingot.array([3.0], requires_grad=True)\n    >>> (x "
      "* ingot.stop_gradient(x)).sum().backward()\n"
      "    >>> print(x.grad)\n    [3.]");
  def_both(
      m, "contiguous", "x", [](const ArrayLike& x, const py::object&) { return contiguous(x); }, py::kw_only(),
      "memory_format"_a = py::none(),
      "The same values, densely packed in row-major order, whatever PyTorch's `memory_format` says.\n\nExample:\n    "
      ">>> ingot.contiguous(ingot.ones((2, "
      "3)).T).shape\n    (3, 2)");

  constexpr const char* concatenate_doc =
      "Arrays joined along an existing axis; with `axis=None` all are flattened first.\n\nRaises ShapeError unless all "
      "other axes agree, ValueError if there is "
      "nothing to join.\n\n"
      "Example:\n    >>> print(ingot.concatenate([ingot.ones(2), ingot.zeros(1)]))\n    [1. 1. 0.]";
  for (const char* name : {"concatenate", "concat", "cat"})
    m.def(
        name,
        [](const std::vector<ArrayLike>& arrays, OptionalAxis axis, OptionalAxis dim) {
          if (axis || dim) return concatenate(to_arrays(arrays), dim ? *dim : *axis);
          std::vector<Array> flat;
          for (const ArrayLike& x : arrays) flat.push_back(reshape(x, {x.value.size()}));
          return concatenate(flat, 0);
        },
        "arrays"_a, "axis"_a = 0, py::kw_only(), "dim"_a = py::none(), concatenate_doc);
  m.def(
      "stack",
      [](const std::vector<ArrayLike>& arrays, int64_t axis, OptionalAxis dim) {
        return stack(to_arrays(arrays), dim.value_or(axis));
      },
      "arrays"_a, "axis"_a = 0, py::kw_only(), "dim"_a = py::none(),
      "Arrays of one shape joined along a new axis.\n\nExample:\n    >>> ingot.stack([ingot.ones(3), "
      "ingot.zeros(3)]).shape\n    (2, 3)");
  def_both(
      m, "chunk", "x", [](const ArrayLike& x, int64_t chunks, int64_t dim) { return chunk(x, chunks, dim); },
      "chunks"_a, "dim"_a = 0,
      "At most `chunks` pieces of equal length along an axis, of which the last may be shorter.\n\n"
      "Example:\n    >>> [x.tolist() for x in ingot.chunk(ingot.arange(3), 2)]\n    [[0, 1], [2]]");
}

}  // namespace ingot::python
