#include "ingot/ops/editing.h"

#include "array_extras.h"
#include "bind.h"
#include "ingot/engine/eval.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/reduction.h"
#include "named_results.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

/// What NumPy takes for positions along an axis: an int, a slice, a sequence or array of ints, or a mask.
struct Positions {
  std::vector<int64_t> values;
  bool single = false;
};

Positions positions_of(const py::object& given, int64_t length, const char* op) {
  if (PySlice_Check(given.ptr())) {
    Positions result;
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(given.ptr(), &start, &stop, &step) != 0) throw py::error_already_set();
    const Py_ssize_t count = PySlice_AdjustIndices(length, &start, &stop, step);
    for (Py_ssize_t i = 0; i < count; ++i) result.values.push_back(start + i * step);
    return result;
  }
  Shape numbers;
  if (!is_array(given.ptr()) && !PyBool_Check(given.ptr()) && load_ints(given, numbers))
    return {std::vector<int64_t>(numbers.begin(), numbers.end()), PyIndex_Check(given.ptr()) != 0};
  const Array array = is_array(given.ptr()) ? unwrap(given.ptr()) : from_python(given);
  if (array.size() == 0) return {};
  if (array.ndim() > 1) throw ShapeError(op, ": expected an int or a vector of positions, got shape ", array.shape());
  if (is_bool(array.dtype())) {
    if (array.shape() != Shape{length})
      throw ShapeError(op, ": expected a mask of shape (", length, ",), got ", array.shape());
    return {py::cast<std::vector<int64_t>>(to_list(nonzero(array)[0]))};
  }
  if (!is_integer(array.dtype())) throw TypeError(op, ": expected positions as integers, got dtype ", array.dtype());
  if (array.ndim() == 0) return {{py::cast<int64_t>(to_list(array))}, true};
  return {py::cast<std::vector<int64_t>>(to_list(array))};
}

int64_t length_of(const Array& x, OptionalAxis axis, const char* op) {
  return axis ? x.shape(normalize_axis(*axis, x.ndim(), op)) : x.size();
}

}  // namespace

void register_editing(py::module_& m) {
  m.def(
      "append",
      [](const ArrayLike& arr, const ArrayLike& values, OptionalAxis axis) { return append(arr, values, axis); },
      "arr"_a, "values"_a, "axis"_a = py::none(),
      "`values` behind `arr` along `axis`; without one, both flattened.\n\nRaises ShapeError unless the other axes "
      "agree.\n\nExample:\n    >>> print(ingot.append([1, 2], [3]))\n    [1 2 3]");
  m.def(
      "insert",
      [](const ArrayLike& arr, const py::object& obj, const ArrayLike& values, OptionalAxis axis) {
        const Positions at = positions_of(obj, length_of(arr, axis, "insert"), "insert");
        return insert(arr, at.values, values, axis, at.single);
      },
      "arr"_a, "obj"_a, "values"_a, "axis"_a = py::none(),
      "`values` before the positions `obj` (an int, a slice, several ints or a mask) along `axis`; without one, in the "
      "flattened array.\n\nRaises IndexError for a position out of range.\n\n"
      "Example:\n    >>> print(ingot.insert([1, 2, 3], 1, [8, 9]))\n    [1 8 9 2 3]");
  m.def(
      "delete",
      [](const ArrayLike& arr, const py::object& obj, OptionalAxis axis) {
        return delete_at(arr, positions_of(obj, length_of(arr, axis, "delete"), "delete").values, axis);
      },
      "arr"_a, "obj"_a, "axis"_a = py::none(),
      "`arr` without the positions `obj` (an int, a slice, several ints or a mask) along `axis`; without one, of the "
      "flattened array.\n\nRaises IndexError for a position out of range.\n\n"
      "Example:\n    >>> print(ingot.delete([1, 2, 3], [0, 2]))\n    [2]");
  m.def(
      "ediff1d",
      [](const ArrayLike& ary, const OptionalArray& to_end, const OptionalArray& to_begin) {
        return ediff1d(ary, or_undefined(to_end), or_undefined(to_begin));
      },
      "ary"_a, "to_end"_a = py::none(), "to_begin"_a = py::none(),
      "Differences of neighbours in the flattened array, between `to_begin` and `to_end`.\n\n"
      "Example:\n    >>> print(ingot.ediff1d([1, 4, 9], to_end=[0]))\n    [3 5 0]");
  const auto fill = [](const py::object& self, const ArrayLike& value, bool wrap) {
    if (!is_array(self.ptr())) throw TypeError("fill_diagonal: expected an array, which is changed in place");
    assign_in_place(self.ptr(), fill_diagonal(unwrap(self.ptr()), value, wrap));
    return self;
  };
  m.def(
      "fill_diagonal",
      [fill](const py::object& a, const ArrayLike& val, bool wrap) { static_cast<void>(fill(a, val, wrap)); }, "a"_a,
      "val"_a, "wrap"_a = false,
      "Puts `val` on the main diagonal of `a`, in place: all positions whose indices are equal. `wrap`: which of a "
      "tall "
      "matrix goes on below.\n\nRaises ShapeError for fewer than two axes, or more than two of different lengths.\n\n"
      "Example:\n    >>> x = ingot.zeros((2, 2))\n    >>> ingot.fill_diagonal(x, 3)\n    >>> print(x)\n"
      "    [[3. 0.]\n     [0. 3.]]");
  def_method("fill_diagonal_", fill, "fill_value"_a, "wrap"_a = false,
             "Puts a value on the main diagonal in place, and returns the array.\n\n"
             "Example:\n    >>> print(ingot.zeros((2, 2)).fill_diagonal_(3))\n    [[3. 0.]\n     [0. 3.]]");
  m.def(
      "flatnonzero", [](const ArrayLike& a) { return flatnonzero(a); }, "a"_a,
      "Positions in the flattened array of the elements that are not zero. Evaluates.\n\n"
      "Example:\n    >>> print(ingot.flatnonzero([[0, 5], [7, 0]]))\n    [1 2]");
  m.def(
      "unravel_index",
      [](const ArrayLike& indices, const Shape& shape) { return py::tuple(py::cast(unravel_index(indices, shape))); },
      "indices"_a, "shape"_a,
      "Positions in a flattened array of `shape`, as a tuple of indices for each axis. Negative ones count from the "
      "end.\n\nRaises IndexError, when the result is evaluated, for one out of range.\n\n"
      "Example:\n    >>> row, column = ingot.unravel_index(ingot.array([1, 5]), (2, 3))\n    >>> print(row, column)\n"
      "    [0 1] [1 2]");
  m.def(
      "ravel_multi_index",
      [](const std::vector<ArrayLike>& multi_index, const Shape& dims) {
        return ravel_multi_index(to_arrays(multi_index), dims);
      },
      "multi_index"_a, "dims"_a,
      "The inverse of `unravel_index`: one array of indices for each axis, as positions in the flattened array.\n\n"
      "Raises ValueError unless there is one array for each axis; IndexError, when the result is evaluated, for an "
      "index out of range.\n\n"
      "Example:\n    >>> print(ingot.ravel_multi_index(([0, 1], [1, 2]), (2, 3)))\n    [1 5]");
  m.def(
      "divmod",
      [](const ArrayLike& x, const ArrayLike& y) {
        return std::pair(floor_divide(x.value, y.value), remainder(x.value, y.value));
      },
      "x"_a, "y"_a,
      "The quotient, rounded down, and the remainder; also `divmod(x, y)` of Python.\n\n"
      "Example:\n    >>> quotient, rest = ingot.divmod(ingot.array([7, -7]), 2)\n    >>> print(quotient, rest)\n"
      "    [ 3 -4] [1 1]");
}

}  // namespace ingot::python
