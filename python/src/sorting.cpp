#include "ingot/ops/sort.h"

#include "bind.h"
#include "ingot/ops/manipulation.h"
#include "named_results.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using Places = std::vector<int64_t>;

Places places(const Shape& given) { return Places(given.begin(), given.end()); }

void register_orders(py::module_& m) {
  m.def(
      "sort",
      [](const ArrayLike& x, const py::object& axis, bool descending, bool stable, OptionalAxis dim) -> py::object {
        static_cast<void>(stable);  // every sort is
        if (dim) return py::cast(ValuesAndIndices(sort_with_indices(x, *dim, descending)));
        if (axis.is_none()) return py::cast(sort(flatten(x), 0, descending));
        return py::cast(sort(x, py::cast<int64_t>(axis), descending));
      },
      "x"_a, "axis"_a = -1, py::kw_only(), "descending"_a = false, "stable"_a = true, "dim"_a = py::none(),
      "`x` in order along `axis` (None: flattened first); NaN last, first if `descending`. Always stable. As in the "
      "Array API and NumPy the result is an array; asked with PyTorch's `dim=`, and as the method `x.sort()`, it is a "
      "tuple (values, indices).\n\n"
      "Raises IndexError for an axis that is not there.\n\n"
      "Example:\n    >>> print(ingot.sort(ingot.array([3, 1, 2])))\n    [1 2 3]\n    >>> values, indices = "
      "ingot.array([3, 1, 2]).sort()\n    >>> print(indices)\n    [1 2 0]");
  def_method(
      "sort",
      [](const ArrayLike& x, OptionalAxis dim, bool descending, bool stable, OptionalAxis axis) -> ValuesAndIndices {
        static_cast<void>(stable);
        return sort_with_indices(x, either(axis, dim).value_or(-1), descending);
      },
      "dim"_a = py::none(), "descending"_a = false, "stable"_a = true, py::kw_only(), "axis"_a = py::none(),
      "The elements in order along `dim` (the last by default), as a tuple (values, indices). Always stable.\n\n"
      "Example:\n    >>> print(ingot.array([3, 1, 2]).sort().values)\n    [1 2 3]");
  def_both(
      m, "argsort", "x",
      [](const ArrayLike& x, const py::object& axis, bool descending, bool stable, OptionalAxis dim,
         const std::optional<std::string>& kind) {
        static_cast<void>(stable);
        static_cast<void>(kind);
        if (dim) return argsort(x, *dim, descending);
        return axis.is_none() ? argsort(flatten(x), 0, descending) : argsort(x, py::cast<int64_t>(axis), descending);
      },
      "axis"_a = -1, py::kw_only(), "descending"_a = false, "stable"_a = true, "dim"_a = py::none(),
      "kind"_a = py::none(),
      "Indices (int32) that sort `x` along `axis` (None: flattened first). Always stable: equal elements stay in "
      "their order.\n\n"
      "Example:\n    >>> print(ingot.argsort(ingot.array([3, 1, 2])))\n    [1 2 0]");
  def_both(
      m, "msort", "x", [](const ArrayLike& x) { return sort(x, 0); },
      "`x` in order along its first axis.\n\n"
      "Example:\n    >>> print(ingot.msort(ingot.array([[3, 1], [2, 4]])))\n    [[2 1]\n     [3 4]]");
  m.def(
      "lexsort", [](const std::vector<ArrayLike>& keys, int64_t axis) { return lexsort(to_arrays(keys), axis); },
      "keys"_a, "axis"_a = -1,
      "Indices that sort by several keys of one shape, of which the last is the primary one.\n\n"
      "Raises ValueError if there is no key, ShapeError if shapes differ.\n\n"
      "Example:\n    >>> print(ingot.lexsort([ingot.array([3, 1, 2]), ingot.array([1, 1, 0])]))\n    [2 1 0]");
}

void register_choices(py::module_& m) {
  def_both(
      m, "topk", "x",
      [](const ArrayLike& x, int64_t k, OptionalAxis dim, bool largest, bool sorted,
         OptionalAxis axis) -> ValuesAndIndices {
        static_cast<void>(sorted);  // they always are
        return topk(x, k, either(axis, dim).value_or(-1), largest);
      },
      "k"_a, "dim"_a = py::none(), "largest"_a = true, "sorted"_a = true, py::kw_only(), "axis"_a = py::none(),
      "The `k` largest (or smallest) elements along `dim`, best first, as a tuple (values, indices); of equal ones the "
      "first. (MLX's `topk` returns the values alone.)\n\n"
      "Raises ValueError unless 0 <= k <= length.\n\n"
      "Example:\n    >>> print(ingot.topk(ingot.array([1.0, 5.0, 3.0]), 2).values)\n    [5. 3.]");
  def_both(
      m, "kthvalue", "x",
      [](const ArrayLike& x, int64_t k, OptionalAxis dim, bool keepdim, OptionalAxis axis, bool keepdims)
          -> ValuesAndIndices { return kthvalue(x, k, either(axis, dim).value_or(-1), keepdim || keepdims); },
      "k"_a, "dim"_a = py::none(), "keepdim"_a = false, py::kw_only(), "axis"_a = py::none(), "keepdims"_a = false,
      "The `k`-th smallest element along `dim`, counted from 1, as a tuple (values, indices).\n\n"
      "Raises ValueError unless 1 <= k <= length.\n\n"
      "Example:\n    >>> print(ingot.kthvalue(ingot.array([1.0, 5.0, 3.0]), 2).values)\n    3.0");
  def_both(
      m, "partition", "x",
      [](const ArrayLike& x, const Shape& kth, const py::object& axis) {
        if (axis.is_none()) return partition(flatten(x), places(kth), 0);
        return partition(x, places(kth), py::cast<int64_t>(axis));
      },
      "kth"_a, "axis"_a = -1,
      "`x` with the element `kth` (one or several) of the sorted order in its place along `axis`, none before it "
      "larger "
      "and none after it smaller. The others happen to be in order too.\n\n"
      "Raises ValueError for a position out of range.\n\n"
      "Example:\n    >>> print(ingot.partition(ingot.array([3, 1, 2]), 1)[1])\n    2");
  def_both(
      m, "argpartition", "x",
      [](const ArrayLike& x, const Shape& kth, const py::object& axis) {
        if (axis.is_none()) return argpartition(flatten(x), places(kth), 0);
        return argpartition(x, places(kth), py::cast<int64_t>(axis));
      },
      "kth"_a, "axis"_a = -1,
      "Indices that partition `x` as `partition` does.\n\n"
      "Example:\n    >>> print(ingot.argpartition(ingot.array([3, 1, 2]), 1)[1])\n    2");
}

}  // namespace

void register_sorting(py::module_& m) {
  register_orders(m);
  register_choices(m);
}

}  // namespace ingot::python
