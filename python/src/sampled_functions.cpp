#include "ingot/ops/sampled_functions.h"

#include <numbers>

#include "array_extras.h"
#include "bind.h"
#include "ingot/ops/reduction.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

/// The places of samples along one axis: an array or a distance.
Array coordinates_of(const py::handle& given) {
  return is_array(given.ptr()) ? unwrap(given.ptr()) : from_python(given);
}

/// NumPy's `gradient(f, 0.5)`, `gradient(f, x, y, axis=...)` and PyTorch's `gradient(f, spacing=..., dim=...)`.
py::object gradient(const ArrayLike& f, const py::args& varargs, const OptionalAxes& axis, const py::object& spacing,
                    const OptionalAxes& dim, int64_t edge_order) {
  const Array& samples = f;
  Axes axes = either(axis, dim).value_or(Axes());
  if (!axis && !dim)
    for (int64_t i = 0; i < samples.ndim(); ++i) axes.push_back(i);
  if (!varargs.empty() && !spacing.is_none()) throw TypeError("gradient: spacing was given twice");
  py::list places;
  const bool several = PyList_Check(spacing.ptr()) || PyTuple_Check(spacing.ptr());
  if (!varargs.empty())
    for (const py::handle each : varargs) places.append(each);
  else if (several)
    for (const py::handle each : spacing) places.append(each);
  else
    places.append(spacing.is_none() ? py::object(py::float_(1.0)) : spacing);
  if (places.size() != 1 && places.size() != axes.size())
    throw TypeError("gradient: expected one spacing, or one for each of ", axes.size(), " axes, got ", places.size());
  py::list results;
  for (size_t i = 0; i < axes.size(); ++i)
    results.append(finite_difference(samples, coordinates_of(places[places.size() == 1 ? 0 : i]), axes[i], edge_order));
  const bool numpy = axis || !varargs.empty();
  return numpy && results.size() == 1 ? py::object(results[0]) : py::object(py::tuple(results));
}

using Integral = Array (*)(const Array&, const Array&, const Scalar&, int64_t);

void def_integral(py::module_& m, const char* name, Integral integral, const char* doc) {
  m.def(
      name,
      [integral](const ArrayLike& y, const OptionalArray& x, const Scalar& dx, OptionalAxis axis, OptionalAxis dim) {
        return integral(y, or_undefined(x), dx, either(axis, dim).value_or(-1));
      },
      "y"_a, "x"_a = py::none(), "dx"_a = 1.0, "axis"_a = py::none(), py::kw_only(), "dim"_a = py::none(), doc);
}

}  // namespace

void register_sampled_functions(py::module_& m) {
  m.def(
      "interp",
      [](const ArrayLike& x, const ArrayLike& xp, const ArrayLike& fp, const OptionalArray& left,
         const OptionalArray& right,
         std::optional<double> period) { return interp(x, xp, fp, {or_undefined(left), or_undefined(right), period}); },
      "x"_a, "xp"_a, "fp"_a, "left"_a = py::none(), "right"_a = py::none(), "period"_a = py::none(),
      "At each of `x`, the straight line between the samples `(xp, fp)` around it, of which `xp` rises. Beyond them: "
      "`left` and `right`, or the first and the last sample. With a `period`, coordinates repeat.\n\n"
      "Raises ShapeError unless `xp` and `fp` are vectors of one length.\n\n"
      "Example:\n    >>> print(ingot.interp([0.5, 1.5, 9.0], [0.0, 1.0, 2.0], [0.0, 10.0, 30.0]))\n    [ 5. 20. 30.]");
  m.def("gradient", gradient, "f"_a, py::kw_only(), "axis"_a = py::none(), "spacing"_a = py::none(),
        "dim"_a = py::none(), "edge_order"_a = 1,
        "Derivatives of samples along each of `axis` (all by default), by differences of second order inside and of "
        "`edge_order` at the ends. Samples lie at distance 1, or as NumPy's further arguments or PyTorch's `spacing` "
        "say: a distance or coordinates, one for all axes or one for each. A tuple, as in PyTorch; given further "
        "arguments or `axis`, one array for one axis, as in NumPy.\n\n"
        "Raises ShapeError for too few samples or coordinates that do not fit.\n\n"
        "Example:\n    >>> print(ingot.gradient(ingot.array([1.0, 2.0, 4.0, 7.0]), 0.5))\n    [2. 3. 5. 6.]");
  constexpr const char* integral_doc =
      "The integral along `axis` (the last by default) by straight lines between samples, which lie at `x`, a vector "
      "or as many as samples, or `dx` apart.\n\n"
      "Raises ShapeError if `x` does not fit.\n\n"
      "Example:\n    >>> print(ingot.trapezoid(ingot.array([1.0, 2.0, 3.0])))\n    4.0";
  for (const char* name : {"trapezoid", "trapz"}) def_integral(m, name, trapezoid, integral_doc);
  def_integral(m, "cumulative_trapezoid", cumulative_trapezoid,
               "The running `trapezoid`: one element less along the axis.\n\n"
               "Example:\n    >>> print(ingot.cumulative_trapezoid(ingot.array([1.0, 2.0, 3.0])))\n    [1.5 4. ]");
  m.def(
      "unwrap",
      [](const ArrayLike& p, std::optional<double> discont, int64_t axis, double period) {
        return ingot::unwrap(p.value, discont, axis, period);
      },
      "p"_a, "discont"_a = py::none(), "axis"_a = -1, py::kw_only(), "period"_a = 2 * std::numbers::pi,
      "Angles with whole periods added wherever neighbours along `axis` are at least `discont` (half a period, if "
      "less) apart.\n\n"
      "Example:\n    >>> print(ingot.unwrap([0.0, 3.0, 1.0], period=4.0))\n    [ 0. -1. -3.]");
  m.def(
      "polyval", [](const ArrayLike& p, const ArrayLike& x) { return polyval(p, x); }, "p"_a, "x"_a,
      "The polynomial with the coefficients `p`, that of the highest power first, at `x`.\n\n"
      "Raises ShapeError unless `p` is a vector.\n\n"
      "Example:\n    >>> print(ingot.polyval([1, 0, 2], ingot.array([0.0, 3.0])))\n    [ 2. 11.]");
  m.def(
      "polyfit",
      [](const ArrayLike& x, const ArrayLike& y, int64_t deg, const OptionalArray& w) {
        return polyfit(x, y, deg, or_undefined(w));
      },
      "x"_a, "y"_a, "deg"_a, py::kw_only(), "w"_a = py::none(),
      "The coefficients, that of the highest power first, of the polynomial of degree `deg` that comes closest to `y` "
      "(n), or each column of it (n, k), at `x` (n), by least squares; `w` weighs the distances.\n\n"
      "Raises ShapeError if the shapes do not fit, ValueError for a negative degree.\n\n"
      "Example:\n    >>> print(ingot.round(ingot.polyfit([0.0, 1.0, 2.0], [1.0, 3.0, 5.0], 1), decimals=4))\n"
      "    [2. 1.]");
}

}  // namespace ingot::python
