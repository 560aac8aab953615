#include "ingot/ops/reduction.h"

#include <limits>

#include "bind.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/integer_totals.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/search.h"
#include "ingot/ops/statistics.h"
#include "named_results.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

/// NumPy's functions (np.mean, np.sum) call the method of an array that is not theirs, and hand on their own `out=None`.
void require_no_output(const py::object& out) {
  if (!out.is_none()) throw TypeError("`out` must be None: results are new arrays; write `y[...] = x.sum()` instead");
}

using OptionalOperand = std::optional<OperandLike>;

/// `x` with `neutral` where NumPy's `where` is false.
Array kept(const Array& x, const OptionalArray& where, const Scalar& neutral) {
  return where ? ingot::where(where->value, x, neutral) : x;
}

/// Mean over what `where` keeps.
Array mean_of(const Array& given, const OptionalAxes& axes, bool keepdims, std::optional<DType> dtype,
              const OptionalArray& where, const OptionalOperand& initial) {
  if (initial) throw TypeError("mean: takes no initial value");
  const Array x = dtype ? astype(given, *dtype) : given;
  if (!where) return mean(x, axes, keepdims);
  const Array mask = broadcast_to(where->value, broadcast_shapes(x.shape(), where->value.shape(), "mean"));
  const DType result = to_inexact(x.dtype()), work = compute_dtype(result);
  return astype(sum(kept(x, where, 0), axes, keepdims, work) / count_nonzero(mask, axes, keepdims), result);
}

/// Sum or product over what `where` keeps, from `initial` on.
template <bool product>
Array total_of(const Array& given, const OptionalAxes& axes, bool keepdims, std::optional<DType> dtype,
               const OptionalArray& where, const OptionalOperand& initial) {
  const auto reduce = product ? prod : sum;
  const auto join = [](const Array& a, const Array& b) { return product ? a * b : a + b; };
  const Array x = kept(given, where, product ? 1 : 0);
  if (!initial) return reduce(x, axes, keepdims, dtype);
  // As many elements as 32 bits may be asked for, so that there is room for the initial value too.
  constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
  const DType element = is_bool(x.dtype()) ? DType::int32 : x.dtype();
  const auto [work, result] = dtype ? TotalDtypes{*dtype, *dtype} : total_dtypes(element, kMost, product);
  const Array operand = astype(x, result), beginning = to_array(initial->value, operand);
  if (beginning.dtype() != result) return join(reduce(x, axes, keepdims, dtype), beginning);
  return fitted(join(reduce(operand, axes, keepdims, work), astype(beginning, work)), result, product ? "prod" : "sum");
}

using Total = Array (*)(const Array&, const OptionalAxes&, bool, std::optional<DType>, const OptionalArray&,
                        const OptionalOperand&);
void def_total(py::module_& m, const char* name, Total total, const char* doc) {
  def_both(
      m, name, "x",
      [total](const ArrayLike& x, const OptionalAxes& axis, bool keepdims, const OptionalAxes& dim, bool keepdim,
              std::optional<DType> dtype, const py::object& out, const OptionalArray& where,
              const OptionalOperand& initial) {
        require_no_output(out);
        return total(x, either(axis, dim), keepdims || keepdim, dtype, where, initial);
      },
      "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false,
      "dtype"_a = py::none(), "out"_a = py::none(), "where"_a = py::none(), "initial"_a = py::none(), doc);
}

using Reducer = Array (*)(const Array&, const OptionalAxes&, bool);
void def_reduction(py::module_& m, const char* name, Reducer reduce, const char* doc) {
  def_both(
      m, name, "x",
      [reduce](const ArrayLike& x, const OptionalAxes& axis, bool keepdims, const OptionalAxes& dim, bool keepdim,
               const py::object& out) {
        require_no_output(out);
        return reduce(x, either(axis, dim), keepdims || keepdim);
      },
      "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false,
      "out"_a = py::none(), doc);
}

void def_moment(py::module_& m, const char* name, Array (*reduce)(const Array&, const OptionalAxes&, double, bool),
                const char* doc) {
  def_both(
      m, name, "x",
      [reduce](const ArrayLike& x, const OptionalAxes& axis, double correction, bool keepdims, const OptionalAxes& dim,
               bool keepdim, std::optional<double> ddof, std::optional<bool> unbiased, std::optional<DType> dtype,
               const py::object& out) {
        require_no_output(out);
        return reduce(dtype ? astype(x, *dtype) : x.value, either(axis, dim),
                      unbiased ? double(*unbiased) : ddof.value_or(correction), keepdims || keepdim);
      },
      "axis"_a = py::none(), py::kw_only(), "correction"_a = 0.0, "keepdims"_a = false, "dim"_a = py::none(),
      "keepdim"_a = false, "ddof"_a = py::none(), "unbiased"_a = py::none(), "dtype"_a = py::none(),
      "out"_a = py::none(), doc);
}

void def_arg(py::module_& m, const char* name, Array (*find)(const Array&, OptionalAxis, bool), const char* doc) {
  def_both(
      m, name, "x",
      [find](const ArrayLike& x, OptionalAxis axis, bool keepdims, OptionalAxis dim, bool keepdim,
             const py::object& out) {
        require_no_output(out);
        return find(x, either(axis, dim), keepdims || keepdim);
      },
      "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false,
      "out"_a = py::none(), doc);
}

using Choice = std::pair<Array, Array> (*)(const Array&, int64_t, bool);

/// Of all elements or along `axis`, an array; along PyTorch's `dim`, values and indices. Two arrays are compared.
void def_extremum(py::module_& m, const char* name, Reducer reduce, Choice choose,
                  Array (*compare)(const Array&, const Array&), const char* doc) {
  def_both(
      m, name, "x",
      [reduce, choose, compare, name](const ArrayLike& x, const py::object& dim, bool keepdim, const OptionalAxes& axis,
                                      bool keepdims, const py::object& out, const OptionalArray& where,
                                      const OptionalOperand& initial) -> py::object {
        require_no_output(out);
        const bool keep = keepdim || keepdims;
        if (where || initial) {
          if (!initial) throw TypeError(name, ": with `where` there may be nothing left; give an `initial` value too");
          if (!dim.is_none() && axis) throw TypeError("give `axis` or its other name `dim`, not both");
          const OptionalAxes along = dim.is_none() ? axis : py::cast<OptionalAxes>(dim);
          const Array start = to_array(initial->value, x.value);
          const Array operand = where ? ingot::where(where->value, x, start) : x.value;
          const Array found = operand.size() == 0 ? sum(operand, along, keep, operand.dtype()) * 0 + start
                                                  : reduce(operand, along, keep);
          return py::cast(compare(found, start));
        }
        if (dim.is_none()) return py::cast(reduce(x, axis, keep));
        if (is_array(dim.ptr())) return py::cast(compare(x, unwrap(dim.ptr())));
        if (axis) throw TypeError("give `axis` or its other name `dim`, not both");
        if (PyIndex_Check(dim.ptr())) return py::cast(ValuesAndIndices(choose(x, py::cast<int64_t>(dim), keep)));
        return py::cast(reduce(x, py::cast<Axes>(dim), keep));
      },
      "dim"_a = py::none(), "keepdim"_a = false, py::kw_only(), "axis"_a = py::none(), "keepdims"_a = false,
      "out"_a = py::none(), "where"_a = py::none(), "initial"_a = py::none(), doc);
}

}  // namespace

void register_reductions(py::module_& m) {
  def_total(m, "sum", total_of<false>,
            "Sum over `axis` (an int, several, or None for all). bool and integers of up to 32 bits give int32 (uint32 "
            "for unsigned ones; int64 under PyTorch's conventions), others their own dtype. In a given `dtype` "
            "integers wrap around. NumPy's `where` says which elements count, `initial` what they are added to.\n\n"
            "Raises IndexError for an axis that is not there, and OverflowError when evaluated if a sum does not fit "
            "into 32 bits: pass `dtype=int64`.\n\nExample:\n    >>> "
            "print(ingot.sum(ingot.array([[1.0, 2.0], [3.0, 4.0]]), axis=0))\n    [4. 6.]");
  def_total(m, "prod", total_of<true>,
            "Product over `axis`, in the dtypes of `sum`. NumPy's `where` says which elements count, `initial` what "
            "they multiply.\n\nRaises OverflowError as `sum` does, but at the call.\n\nExample:\n    >>> "
            "print(ingot.prod(ingot.array([2.0, 3.0])))\n    6.0");
  def_total(m, "mean", mean_of,
            "Mean over `axis` (of the elements where NumPy's `where` is true); integers give float32. The mean of "
            "nothing is NaN.\n\nExample:\n    >>> "
            "print(ingot.mean(ingot.array([1.0, 2.0])))\n    1.5");
  def_extremum(
      m, "max", max, max_with_index, maximum,
      "Largest element of all or over `axis`; NaN if there is one. Where several are equal they share the "
      "gradient evenly. Along PyTorch's `dim`, also given by position, a tuple (values, indices), of which the "
      "first of equals counts; of two arrays the larger elements, as `maximum`. NumPy's `initial` takes part, with "
      "`where` in the place of the elements left out.\n\n"
      "Raises ValueError for an empty axis.\n\n"
      "Example:\n    >>> x = ingot.array([[1.0, 3.0, 2.0]])\n    >>> print(ingot.max(x, axis=1))\n    [3.]\n"
      "    >>> print(x.max(1).indices)\n    [1]");
  def_extremum(
      m, "min", min, min_with_index, minimum,
      "Smallest element of all or over `axis`; NaN if there is one. Where several are equal they share the "
      "gradient evenly. Along PyTorch's `dim`, also given by position, a tuple (values, indices), of which the "
      "first of equals counts; of two arrays the smaller elements, as `minimum`. NumPy's `initial` takes part, with "
      "`where` in the place of the elements left out.\n\n"
      "Raises ValueError for an empty axis.\n\n"
      "Example:\n    >>> x = ingot.array([[1.0, 3.0, 2.0]])\n    >>> print(ingot.min(x, axis=1))\n    [1.]\n"
      "    >>> print(x.min(1).indices)\n    [0]");
  def_reduction(m, "amax", max,
                "Largest element over `axis`; NaN if there is one. Where several are equal they share the gradient "
                "evenly.\n\nRaises ValueError for an empty axis.\n\n"
                "Example:\n    >>> print(ingot.amax(ingot.array([1.0, 3.0, 2.0])))\n    3.0");
  def_reduction(m, "amin", min,
                "Smallest element over `axis`; NaN if there is one. Where several are equal they share the gradient "
                "evenly.\n\nRaises ValueError for an empty axis.\n\n"
                "Example:\n    >>> print(ingot.amin(ingot.array([1.0, 3.0, 2.0])))\n    1.0");
  def_reduction(m, "all", all,
                "True if every element over `axis` is not zero.\n\nExample:\n    >>> print(ingot.all(ingot.array([1, "
                "0])))\n    False");
  def_reduction(m, "any", any,
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
