#include "ingot/ops/scan.h"

#include "bind.h"
#include "ingot/ops/elementwise.h"
#include "named_results.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using Scan = Array (*)(const Array&, std::optional<int64_t>, const ScanOptions&, std::optional<DType>);

Array logcumsumexp_in(const Array& x, std::optional<int64_t> axis, const ScanOptions& options,
                      std::optional<DType> dtype) {
  return logcumsumexp(dtype ? astype(x, *dtype) : x, axis, options);
}

void def_scan(py::module_& m, const char* name, Scan scan, const char* doc) {
  def_both(
      m, name, "x",
      [scan](const ArrayLike& x, OptionalAxis axis, std::optional<DType> dtype, bool include_initial, bool reverse,
             bool inclusive,
             OptionalAxis dim) { return scan(x, either(axis, dim), {reverse, inclusive, include_initial}, dtype); },
      "axis"_a = py::none(), py::kw_only(), "dtype"_a = py::none(), "include_initial"_a = false, "reverse"_a = false,
      "inclusive"_a = true, "dim"_a = py::none(), doc);
}

using RunningExtremum = std::pair<Array, Array> (*)(const Array&, std::optional<int64_t>, bool);

void def_extremum(py::module_& m, const char* name, RunningExtremum scan, const char* doc) {
  def_both(
      m, name, "x",
      [scan](const ArrayLike& x, OptionalAxis axis, bool reverse, OptionalAxis dim) -> ValuesAndIndices {
        return scan(x, either(axis, dim), reverse);
      },
      "axis"_a = py::none(), py::kw_only(), "reverse"_a = false, "dim"_a = py::none(), doc);
}

}  // namespace

void register_scans(py::module_& m) {
  constexpr const char* sum_doc =
      "Running sum along `axis` (None: of the flattened array). Integers have the dtypes of `sum`, and "
      "raise OverflowError as there. `reverse` runs from the end; `inclusive=False` leaves each element itself out; "
      "`include_initial` begins with a zero, so the result is one longer.\n\n"
      "Raises IndexError for an axis that is not there.\n\n"
      "Example:\n    >>> print(ingot.cumsum(ingot.array([1.0, 2.0, 3.0]), axis=0))\n    [1. 3. 6.]";
  for (const char* name : {"cumsum", "cumulative_sum"}) def_scan(m, name, cumsum, sum_doc);
  constexpr const char* prod_doc =
      "Running product along `axis` (None: of the flattened array), with the arguments of `cumsum`, and "
      "OverflowError as of `prod`. The gradient is exact where elements are zero.\n\n"
      "Example:\n    >>> print(ingot.cumprod(ingot.array([1.0, 2.0, 3.0]), axis=0))\n    [1. 2. 6.]";
  for (const char* name : {"cumprod", "cumulative_prod"}) def_scan(m, name, cumprod, prod_doc);
  def_scan(m, "logcumsumexp", logcumsumexp_in,
           "`log(cumsum(exp(x)))` along `axis` (None: of the flattened array), stable for any finite input, with the "
           "arguments of `cumsum`.\n\n"
           "Raises TypeError for a complex dtype.\n\n"
           "Example:\n    >>> print(ingot.logcumsumexp(ingot.array([0.0, -ingot.inf]), axis=0))\n    [0. 0.]");
  def_extremum(
      m, "cummax", cummax,
      "Running maximum along `axis` (None: of the flattened array), as a tuple (values, indices); of equal "
      "elements the last one counts. NaN is larger than any number. (MLX's `cummax` returns the values alone.)"
      "\n\nExample:\n    >>> print(ingot.cummax(ingot.array([1.0, 3.0, 2.0]), axis=0).values)\n    [1. 3. 3.]");
  def_extremum(m, "cummin", cummin,
               "Running minimum along `axis` (None: of the flattened array), as a tuple (values, indices); of equal "
               "elements the last one counts. NaN is smaller than any number.\n\n"
               "Example:\n    >>> print(ingot.cummin(ingot.array([2.0, 3.0, 1.0]), axis=0).indices)\n    [0 0 2]");
  m.def(
      "linear_recurrence",
      [](const ArrayLike& a, const ArrayLike& b, int64_t axis, bool reverse) {
        return linear_recurrence(a, b, axis, reverse);
      },
      "a"_a, "b"_a, "axis"_a = -1, py::kw_only(), "reverse"_a = false,
      "`h[0] = b[0]`, then `h[i] = a[i] * h[i - 1] + b[i]` along `axis`: a filter, or a state that decays. `reverse` "
      "runs from the end. Operands broadcast and promote.\n\n"
      "Example:\n    >>> print(ingot.linear_recurrence(0.5, ingot.ones(3)))\n    [1.   1.5  1.75]");
  def_both(
      m, "diff", "x",
      [](const ArrayLike& x, int64_t n, OptionalAxis axis, const std::optional<ArrayLike>& prepend,
         const std::optional<ArrayLike>& append, OptionalAxis dim) {
        return diff(x, n, either(axis, dim).value_or(-1), prepend ? prepend->value : Array(),
                    append ? append->value : Array());
      },
      "n"_a = 1, "axis"_a = py::none(), "prepend"_a = py::none(), "append"_a = py::none(), py::kw_only(),
      "dim"_a = py::none(),
      "Differences of neighbours along `axis` (the last by default), `n` times over, after `prepend` and `append` were "
      "joined on. Neighbours of a bool array are compared instead.\n\n"
      "Raises ValueError if n < 0.\n\n"
      "Example:\n    >>> print(ingot.diff(ingot.array([1.0, 4.0, 9.0])))\n    [3. 5.]");
}

}  // namespace ingot::python
