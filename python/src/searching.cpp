#include "ingot/ops/search.h"

#include "bind.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

/// NumPy's `side` and PyTorch's `right` for one thing.
bool from_right(const std::string& side, bool right) {
  if (side != "left" && side != "right")
    throw ValueError("searchsorted: expected side 'left' or 'right', got '", side, "'");
  return right || side == "right";
}

}  // namespace

void register_searching(py::module_& m) {
  m.def(
      "searchsorted",
      [](const ArrayLike& sorted, const OperandLike& values, const std::string& side,
         const std::optional<ArrayLike>& sorter, bool right) {
        return searchsorted(sorted, to_array(values.value, sorted.value), from_right(side, right),
                            sorter ? sorter->value : Array());
      },
      "x1"_a, "x2"_a, py::kw_only(), "side"_a = "left", "sorter"_a = py::none(), "right"_a = false,
      "Where each element of `x2` belongs in `x1`, sorted along its last axis (or by the indices `sorter`): before "
      "equal "
      "elements, or after them if `side='right'` (PyTorch's `right=True`). `x1` has one axis, or those of `x2` but for "
      "the length of the last. Gives int32.\n\n"
      "Raises ShapeError if the shapes do not match.\n\n"
      "Example:\n    >>> print(ingot.searchsorted(ingot.array([1, 3, 5]), ingot.array([3, 4])))\n    [1 2]");
  def_both(
      m, "bucketize", "x",
      [](const ArrayLike& x, const ArrayLike& boundaries, bool right) { return searchsorted(boundaries, x, right); },
      "boundaries"_a, py::kw_only(), "right"_a = false,
      "PyTorch's: the bucket between the rising `boundaries` that each element lies in, `boundaries[i - 1] < x <= "
      "boundaries[i]`, or with the other end closed if `right`.\n\n"
      "Example:\n    >>> print(ingot.bucketize(ingot.array([0, 3, 9]), ingot.array([1, 3, 5])))\n    [0 1 3]");
  m.def(
      "digitize", [](const ArrayLike& x, const ArrayLike& bins, bool right) { return digitize(x, bins, right); }, "x"_a,
      "bins"_a, "right"_a = false,
      "NumPy's: the bin that each element lies in, `bins[i - 1] <= x < bins[i]`, or with the other end closed if "
      "`right`; "
      "bins may decrease.\n\n"
      "Example:\n    >>> print(ingot.digitize(ingot.array([0, 3, 9]), ingot.array([1, 3, 5])))\n    [0 2 3]");
  m.def(
      "isin",
      [](const OperandLike& x, const OperandLike& test, bool invert, bool assume_unique) {
        static_cast<void>(assume_unique);  // makes no difference here
        return isin(to_array(x.value, test.value), to_array(test.value, x.value), invert);
      },
      "x1"_a, "x2"_a, py::kw_only(), "invert"_a = false, "assume_unique"_a = false,
      "True where an element of `x1` is among those of `x2`; the opposite if `invert`. NaN never is.\n\n"
      "Example:\n    >>> print(ingot.isin(ingot.array([1, 2, 3]), ingot.array([1, 3])))\n    [ True False  True]");
  def_both(
      m, "count_nonzero", "x",
      [](const ArrayLike& x, const OptionalAxes& axis, bool keepdims, const OptionalAxes& dim, bool keepdim) {
        return count_nonzero(x, either(axis, dim), keepdims || keepdim);
      },
      "axis"_a = py::none(), py::kw_only(), "keepdims"_a = false, "dim"_a = py::none(), "keepdim"_a = false,
      "How many elements along `axis` are not zero (int64).\n\n"
      "Example:\n    >>> print(ingot.count_nonzero(ingot.array([0, 5, 7])))\n    2");
  def_both(
      m, "argwhere", "x", [](const ArrayLike& x) { return argwhere(x); },
      "Indices of the elements that are not zero, one row for each. Evaluates.\n\n"
      "Example:\n    >>> print(ingot.argwhere(ingot.array([0, 5, 7])))\n    [[1]\n     [2]]");
}

}  // namespace ingot::python
