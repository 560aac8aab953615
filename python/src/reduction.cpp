#include "ingot/ops/reduction.h"

#include "bind.h"
#include "ingot/ops/elementwise.h"

namespace ingot::python {

namespace {

using Reducer = Array (*)(const Array&, const OptionalAxes&, bool);
using OptionalAxis = std::optional<int64_t>;

/// NumPy's `axis` and `keepdims` with PyTorch's names for them beside.
template <class T>
const std::optional<T>& either(const std::optional<T>& axis, const std::optional<T>& dim) {
  if (axis && dim) throw TypeError("give `axis` or its other name `dim`, not both");
  return axis ? axis : dim;
}

void def_reduction(py::module_& m, const char* name, Reducer reduce, bool takes_dtype, const char* doc) {
  if (takes_dtype) {
    def_both(
        m, name, "x",
        [reduce](const ArrayLike& x, const OptionalAxes& axis, bool keepdims, const OptionalAxes& dim, bool keepdim,
                 std::optional<DType> dtype) {
          return reduce(dtype ? astype(x, *dtype) : x.value, either(axis, dim), keepdims || keepdim);
        },
        "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false,
        "dtype"_a = py::none(), doc);
    return;
  }
  def_both(
      m, name, "x",
      [reduce](const ArrayLike& x, const OptionalAxes& axis, bool keepdims, const OptionalAxes& dim, bool keepdim) {
        return reduce(x, either(axis, dim), keepdims || keepdim);
      },
      "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false, doc);
}

void def_moment(py::module_& m, const char* name, Array (*reduce)(const Array&, const OptionalAxes&, double, bool),
                const char* doc) {
  def_both(
      m, name, "x",
      [reduce](const ArrayLike& x, const OptionalAxes& axis, double correction, bool keepdims, const OptionalAxes& dim,
               bool keepdim, std::optional<double> ddof, std::optional<bool> unbiased) {
        return reduce(x, either(axis, dim), unbiased ? double(*unbiased) : ddof.value_or(correction),
                      keepdims || keepdim);
      },
      "axis"_a = py::none(), py::kw_only(), "correction"_a = 0.0, "keepdims"_a = false, "dim"_a = py::none(),
      "keepdim"_a = false, "ddof"_a = py::none(), "unbiased"_a = py::none(), doc);
}

void def_arg(py::module_& m, const char* name, Array (*find)(const Array&, OptionalAxis, bool), const char* doc) {
  def_both(
      m, name, "x",
      [find](const ArrayLike& x, OptionalAxis axis, bool keepdims, OptionalAxis dim, bool keepdim) {
        return find(x, either(axis, dim), keepdims || keepdim);
      },
      "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false, doc);
}

}  // namespace

void register_reductions(py::module_& m) {
  def_reduction(m, "sum", sum, true,
                "Sum over `axis` (an int, several, or None for all). bool and small integers add up in int32 (uint32 "
                "for unsigned).\n\n"
                "Raises IndexError for an axis that is not there.\n\nExample:\n    >>> "
                "print(ingot.sum(ingot.array([[1.0, 2.0], [3.0, 4.0]]), axis=0))\n    [4. 6.]");
  def_reduction(m, "prod", prod, true,
                "Product over `axis`.\n\nExample:\n    >>> print(ingot.prod(ingot.array([2.0, 3.0])))\n    6.0");
  def_reduction(m, "mean", mean, true,
                "Mean over `axis`; integers give float32. The mean of nothing is NaN.\n\nExample:\n    >>> "
                "print(ingot.mean(ingot.array([1.0, 2.0])))\n    1.5");
  constexpr const char* max_doc =
      "Largest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.\n\n"
      "Raises ValueError for an empty axis.\n\nExample:\n    >>> print(ingot.max(ingot.array([1.0, 3.0, 2.0])))\n    "
      "3.0";
  constexpr const char* min_doc =
      "Smallest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.\n\n"
      "Raises ValueError for an empty axis.\n\nExample:\n    >>> print(ingot.min(ingot.array([1.0, 3.0, 2.0])))\n    "
      "1.0";
  for (const char* name : {"max", "amax"}) def_reduction(m, name, max, false, max_doc);
  for (const char* name : {"min", "amin"}) def_reduction(m, name, min, false, min_doc);
  def_reduction(m, "all", all, false,
                "True if every element over `axis` is not zero.\n\nExample:\n    >>> print(ingot.all(ingot.array([1, "
                "0])))\n    False");
  def_reduction(m, "any", any, false,
                "True if some element over `axis` is not zero.\n\nExample:\n    >>> print(ingot.any(ingot.array([1, "
                "0])))\n    True");
  def_moment(m, "var", var,
             "Variance over `axis`, with divisor `count - correction` (also called `ddof`; PyTorch's `unbiased=True` "
             "is a correction of 1).\n\n"
             "Example:\n    >>> print(ingot.var(ingot.array([1.0, 3.0])))\n    1.0");
  def_moment(m, "std", std,
             "Standard deviation over `axis`: the root of `var`.\n\nExample:\n    >>> "
             "print(ingot.std(ingot.array([1.0, 3.0])))\n    1.0");
  def_arg(
      m, "argmax", argmax,
      "Index (int32) of the first largest element along `axis`, or in the flattened array. NaN counts as largest.\n\n"
      "Raises ValueError for an empty axis.\n\nExample:\n    >>> print(ingot.argmax(ingot.array([1.0, 3.0, 2.0])))\n   "
      " 1");
  def_arg(
      m, "argmin", argmin,
      "Index (int32) of the first smallest element along `axis`, or in the flattened array. NaN counts as smallest.\n\n"
      "Raises ValueError for an empty axis.\n\nExample:\n    >>> print(ingot.argmin(ingot.array([3.0, 1.0, 2.0])))\n   "
      " 1");
}

}  // namespace ingot::python
