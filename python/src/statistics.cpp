#include "ingot/ops/statistics.h"

#include "bind.h"
#include "ingot/graph/observer.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/nan_reductions.h"
#include "named_results.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using NanReducer = Array (*)(const Array&, const OptionalAxes&, bool, std::optional<DType>);

/// A reduction of elements converted to a given dtype first.
template <Array (*reduce)(const Array&, const OptionalAxes&, bool)>
Array of_converted(const Array& x, const OptionalAxes& axes, bool keepdims, std::optional<DType> dtype) {
  return reduce(dtype ? astype(x, *dtype) : x, axes, keepdims);
}

void def_nan_reduction(py::module_& m, const char* name, NanReducer reduce, const char* doc) {
  def_both(
      m, name, "x",
      [reduce](const ArrayLike& x, const OptionalAxes& axis, bool keepdims, const OptionalAxes& dim, bool keepdim,
               std::optional<DType> dtype) { return reduce(x, either(axis, dim), keepdims || keepdim, dtype); },
      "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false,
      "dtype"_a = py::none(), doc);
}

void def_nan_moment(py::module_& m, const char* name, Array (*reduce)(const Array&, const OptionalAxes&, double, bool),
                    const char* doc) {
  def_both(
      m, name, "x",
      [reduce](const ArrayLike& x, const OptionalAxes& axis, double correction, bool keepdims, const OptionalAxes& dim,
               bool keepdim, std::optional<double> ddof) {
        return reduce(x, either(axis, dim), ddof.value_or(correction), keepdims || keepdim);
      },
      "axis"_a = py::none(), py::kw_only(), "correction"_a = 0.0, "keepdims"_a = false, "dim"_a = py::none(),
      "keepdim"_a = false, "ddof"_a = py::none(), doc);
}

void register_nan_reductions(py::module_& m) {
  def_nan_reduction(m, "nansum", nansum,
                    "Sum over `axis` of what is not NaN.\n\n"
                    "Example:\n    >>> print(ingot.nansum(ingot.array([1.0, ingot.nan])))\n    1.0");
  def_nan_reduction(m, "nanprod", nanprod,
                    "Product over `axis` of what is not NaN.\n\n"
                    "Example:\n    >>> print(ingot.nanprod(ingot.array([2.0, ingot.nan])))\n    2.0");
  def_nan_reduction(m, "nanmean", of_converted<nanmean>,
                    "Mean over `axis` of what is not NaN; NaN where nothing is left.\n\n"
                    "Example:\n    >>> print(ingot.nanmean(ingot.array([1.0, ingot.nan, 3.0])))\n    2.0");
  def_nan_reduction(m, "nanmax", of_converted<nanmax>,
                    "Largest over `axis` of what is not NaN; NaN where nothing is left.\n\n"
                    "Raises ValueError for an empty axis.\n\n"
                    "Example:\n    >>> print(ingot.nanmax(ingot.array([1.0, ingot.nan])))\n    1.0");
  def_nan_reduction(m, "nanmin", of_converted<nanmin>,
                    "Smallest over `axis` of what is not NaN; NaN where nothing is left.\n\n"
                    "Raises ValueError for an empty axis.\n\n"
                    "Example:\n    >>> print(ingot.nanmin(ingot.array([1.0, ingot.nan])))\n    1.0");
  def_nan_moment(m, "nanvar", nanvar,
                 "Variance over `axis` of what is not NaN, with divisor `count - correction` (also called `ddof`).\n\n"
                 "Example:\n    >>> print(ingot.nanvar(ingot.array([1.0, ingot.nan, 3.0])))\n    1.0");
  def_nan_moment(m, "nanstd", nanstd,
                 "Standard deviation over `axis` of what is not NaN: the root of `nanvar`.\n\n"
                 "Example:\n    >>> print(ingot.nanstd(ingot.array([1.0, ingot.nan, 3.0])))\n    1.0");
  constexpr std::tuple<const char*, Array (*)(const Array&, OptionalAxis), const char*> kScans[] = {
      {"nancumsum", nancumsum,
       "Running sum along `axis` (None: of the flattened array), NaN counted as 0.\n\n"
       "Example:\n    >>> print(ingot.nancumsum(ingot.array([1.0, ingot.nan, 3.0])))\n    [1. 1. 4.]"},
      {"nancumprod", nancumprod,
       "Running product along `axis` (None: of the flattened array), NaN counted as 1.\n\n"
       "Example:\n    >>> print(ingot.nancumprod(ingot.array([2.0, ingot.nan, 3.0])))\n    [2. 2. 6.]"}};
  for (const auto& [name, scan, doc] : kScans)
    m.def(
        name, [scan = scan](const ArrayLike& x, OptionalAxis axis) { return scan(x, axis); }, "x"_a,
        "axis"_a = py::none(), doc);
  constexpr std::tuple<const char*, Array (*)(const Array&, OptionalAxis, bool), const char*> kPlaces[] = {
      {"nanargmax", nanargmax, "largest"}, {"nanargmin", nanargmin, "smallest"}};
  for (const auto& [name, find, which] : kPlaces)
    m.def(
        name, [find = find](const ArrayLike& x, OptionalAxis axis, bool keepdims) { return find(x, axis, keepdims); },
        "x"_a, "axis"_a = py::none(), "keepdims"_a = false,
        concat("Index of the first ", which, " of what is not NaN, along `axis` or in the flattened array; 0 where ",
               "nothing is left.\n\nRaises ValueError for an empty axis.\n\nExample:\n    >>> print(ingot.", name,
               "(ingot.array([ingot.nan, 2.0])))\n    1")
            .c_str());
}

void def_median(py::module_& m, const char* name, bool ignore_nan, const char* doc) {
  def_both(
      m, name, "x",
      [ignore_nan](const ArrayLike& x, OptionalAxis dim, bool keepdim, OptionalAxis axis, bool keepdims) -> py::object {
        const auto found = median(x, either(axis, dim), keepdim || keepdims, ignore_nan);
        return dim ? py::cast(ValuesAndIndices(found)) : py::cast(found.first);
      },
      "dim"_a = py::none(), "keepdim"_a = false, py::kw_only(), "axis"_a = py::none(), "keepdims"_a = false, doc);
}

/// A quantile's method by NumPy's name for the argument or by PyTorch's.
QuantileMethod method_of(const std::string& method, const std::optional<std::string>& interpolation) {
  return parse_quantile_method(interpolation.value_or(method));
}

/// The wanted quantiles as parts of `unit`. Python's numbers keep all their digits, and are checked at once: under `jit`
/// too, for no array of the user's stands for them.
Array quantiles_of(const py::object& q, double unit) {
  if (is_array(q.ptr())) return unit == 1 ? unwrap(q.ptr()) : unwrap(q.ptr()) / Scalar(unit);
  const Array given = from_python(q, DType::float64);
  if (!given.peek().evaluated()) return given / Scalar(unit);
  const HandleObserver::Scope unobserved(nullptr);
  const Array wanted = unit == 1 ? given : given / Scalar(unit);
  check_quantiles(wanted);
  return wanted;
}

void def_quantile(py::module_& m, const char* name, double unit, bool ignore_nan, const char* doc) {
  def_both(
      m, name, "x",
      [unit, ignore_nan](const ArrayLike& x, const py::object& q, const OptionalAxes& axis, bool keepdims,
                         const std::string& method, const std::optional<std::string>& interpolation,
                         const OptionalAxes& dim, bool keepdim) {
        return quantile(x, quantiles_of(q, unit), either(axis, dim), keepdims || keepdim,
                        method_of(method, interpolation), ignore_nan);
      },
      "q"_a, "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "method"_a = "linear",
      "interpolation"_a = py::none(), "dim"_a = py::none(), "keepdim"_a = false, doc);
}

void register_order_statistics(py::module_& m) {
  def_median(
      m, "median", false,
      "PyTorch's median: of two elements in the middle the lower one (`quantile(x, 0.5)` is their mean). Of all "
      "elements, or along `axis`, it is an array; along `dim`, also given by position, a tuple (values, indices). "
      "NaN if there is one.\n\n"
      "Raises ValueError for an empty axis.\n\n"
      "Example:\n    >>> print(ingot.median(ingot.array([4.0, 1.0, 2.0, 3.0])))\n    2.0");
  def_median(m, "nanmedian", true,
             "The `median` of what is not NaN.\n\n"
             "Example:\n    >>> print(ingot.nanmedian(ingot.array([4.0, ingot.nan, 2.0])))\n    2.0");
  constexpr const char* quantile_doc =
      "Quantiles over `axis` (None: of all elements) for `q`, a number or an array of numbers from 0 to 1, whose axes "
      "come first in the result. Between two elements `method` decides (PyTorch's name for it is `interpolation`): "
      "linear, lower, higher, midpoint, nearest, interpolated_inverted_cdf, hazen, weibull, median_unbiased, "
      "normal_unbiased. NaN where there is one.\n\n"
      "Raises ValueError for `q` out of range, an unknown method or an empty axis.\n\n"
      "Example:\n    >>> print(ingot.quantile(ingot.array([1.0, 2.0, 4.0]), 0.75))\n    3.0";
  def_quantile(m, "quantile", 1, false, quantile_doc);
  def_quantile(m, "nanquantile", 1, true,
               "The `quantile` of what is not NaN.\n\n"
               "Example:\n    >>> print(ingot.nanquantile(ingot.array([1.0, ingot.nan, 3.0]), 0.5))\n    2.0");
  def_quantile(m, "percentile", 100, false,
               "The `quantile` for `q` from 0 to 100.\n\n"
               "Example:\n    >>> print(ingot.percentile(ingot.array([1.0, 2.0, 4.0]), 75))\n    3.0");
  def_quantile(m, "nanpercentile", 100, true,
               "The `nanquantile` for `q` from 0 to 100.\n\n"
               "Example:\n    >>> print(ingot.nanpercentile(ingot.array([1.0, ingot.nan, 3.0]), 50))\n    2.0");
  def_both(
      m, "mode", "x",
      [](const ArrayLike& x, OptionalAxis dim, bool keepdim, OptionalAxis axis, bool keepdims) -> ValuesAndIndices {
        return mode(x, either(axis, dim).value_or(-1), keepdim || keepdims);
      },
      "dim"_a = py::none(), "keepdim"_a = false, py::kw_only(), "axis"_a = py::none(), "keepdims"_a = false,
      "The element that occurs most often along `dim` (of several, the smallest), and where it is last: a tuple "
      "(values, indices).\n\n"
      "Example:\n    >>> print(ingot.mode(ingot.array([1, 3, 3, 2])).values)\n    3");
}

void register_spread(py::module_& m) {
  def_both(
      m, "aminmax", "x",
      [](const ArrayLike& x, const OptionalAxes& dim, bool keepdim, const OptionalAxes& axis, bool keepdims) {
        const OptionalAxes along = either(axis, dim);
        const bool keep = keepdim || keepdims;
        return named_result("MinMax", min(x, along, keep), max(x, along, keep));
      },
      py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false, "axis"_a = py::none(), "keepdims"_a = false,
      "Smallest and largest element over `dim`: a tuple (min, max).\n\n"
      "Example:\n    >>> print(ingot.aminmax(ingot.array([1.0, 3.0, 2.0])).max)\n    3.0");
  def_both(
      m, "ptp", "x", [](const ArrayLike& x, const OptionalAxes& axis, bool keepdims) { return ptp(x, axis, keepdims); },
      "axis"_a = py::none(), "keepdims"_a = false,
      "Largest minus smallest element over `axis`.\n\n"
      "Example:\n    >>> print(ingot.ptp(ingot.array([1.0, 3.0, 2.0])))\n    2.0");
  const auto with_mean = [&m](const char* name, Array (*reduce)(const Array&, const OptionalAxes&, double, bool),
                              const char* doc) {
    def_both(
        m, name, "x",
        [reduce](const ArrayLike& x, const OptionalAxes& dim, double correction, bool keepdim, const OptionalAxes& axis,
                 bool keepdims, std::optional<bool> unbiased) {
          const OptionalAxes along = either(axis, dim);
          const bool keep = keepdim || keepdims;
          return std::pair(reduce(x, along, unbiased ? double(*unbiased) : correction, keep), mean(x, along, keep));
        },
        "dim"_a = py::none(), py::kw_only(), "correction"_a = 1.0, "keepdim"_a = false, "axis"_a = py::none(),
        "keepdims"_a = false, "unbiased"_a = py::none(), doc);
  };
  with_mean(
      "var_mean", var,
      "PyTorch's: variance with divisor `count - correction`, 1 by default, and mean over `dim`.\n\n"
      "Example:\n    >>> variance, mean = ingot.var_mean(ingot.array([1.0, 3.0]))\n    >>> print(variance, mean)\n"
      "    2.0 2.0");
  with_mean("std_mean", std,
            "PyTorch's: standard deviation with divisor `count - correction`, 1 by default, and mean over `dim`.\n\n"
            "Example:\n    >>> spread, mean = ingot.std_mean(ingot.array([1.0, 1.0]))\n    >>> print(spread, mean)\n"
            "    0.0 1.0");
  m.def(
      "average",
      [](const ArrayLike& x, const OptionalAxes& axis, const std::optional<ArrayLike>& weights, bool returned,
         bool keepdims) -> py::object {
        const auto found = average(x, axis, weights ? weights->value : Array(), keepdims);
        return returned ? py::object(py::make_tuple(found.first, found.second)) : py::cast(found.first);
      },
      "x"_a, "axis"_a = py::none(), "weights"_a = py::none(), "returned"_a = false, py::kw_only(), "keepdims"_a = false,
      "The mean over `axis` with `weights` of the elements, or of the places along one axis; a tuple of it and the sum "
      "of the weights if `returned`.\n\n"
      "Raises ShapeError if the weights do not fit.\n\n"
      "Example:\n    >>> print(ingot.average(ingot.array([1.0, 3.0]), weights=[3.0, 1.0]))\n    1.5");
  m.def(
      "cov",
      [](const ArrayLike& x, const std::optional<ArrayLike>& y, bool rowvar, double correction,
         std::optional<double> ddof, bool bias, const std::optional<ArrayLike>& fweights,
         const std::optional<ArrayLike>& aweights) {
        Array rows = x;
        const auto upright = [rowvar](const Array& a) { return !rowvar && a.ndim() == 2 ? transpose(a) : a; };
        rows = upright(rows);
        if (y) {
          const auto two = [](const Array& a) { return a.ndim() == 2 ? a : reshape(a, {1, a.size()}); };
          rows = concatenate({two(rows), two(upright(*y))}, 0);
        }
        return cov(rows, ddof.value_or(bias ? 0 : correction), fweights ? fweights->value : Array(),
                   aweights ? aweights->value : Array());
      },
      "x"_a, "y"_a = py::none(), "rowvar"_a = true, py::kw_only(), "correction"_a = 1.0, "ddof"_a = py::none(),
      "bias"_a = false, "fweights"_a = py::none(), "aweights"_a = py::none(),
      "Covariances of variables, the rows of `x` (columns unless `rowvar`), and those of `y`. The divisor is the count "
      "less `correction` (or `ddof`; 0 if `bias`); `fweights` say how often each observation counts, `aweights` how "
      "much "
      "it matters.\n\n"
      "Raises ShapeError for more than two axes.\n\n"
      "Example:\n    >>> print(ingot.cov(ingot.array([1.0, 2.0, 3.0])))\n    1.0");
  m.def(
      "corrcoef",
      [](const ArrayLike& x, bool rowvar) {
        const Array& rows = x;
        return corrcoef(!rowvar && rows.ndim() == 2 ? transpose(rows) : rows);
      },
      "x"_a, "rowvar"_a = true,
      "Pearson's coefficients of correlation of variables, the rows of `x` (columns unless `rowvar`).\n\n"
      "Example:\n    >>> print(ingot.corrcoef(ingot.array([[1.0, 2.0], [2.0, 1.0]])))\n    [[ 1. -1.]\n     [-1.  "
      "1.]]");
}

}  // namespace

void register_statistics(py::module_& m) {
  register_nan_reductions(m);
  register_order_statistics(m);
  register_spread(m);
}

}  // namespace ingot::python
