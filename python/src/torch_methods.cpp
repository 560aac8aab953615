// Methods that scripts written for PyTorch reach for and that are functions of this package, and all those whose result
// takes the place of their array: `x.name_(...)`.
#include "array_extras.h"
#include "bind.h"
#include "errors.h"
#include "ingot/graph/error.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/elementwise_functions.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/manipulation.h"
#include "write_through.h"

namespace ingot::python {

namespace {

py::object type_of_arrays() { return py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(array_type())); }

/// Functions that are methods too.
constexpr const char* kMethods[] = {"bernoulli", "corrcoef", "cov", "multinomial"};
constexpr const char* kMatrixMethods[] = {"det", "lstsq", "matrix_exp", "matrix_power", "qr", "slogdet", "svd"};

/// Methods of one array's shape, which have an in-place form.
constexpr const char* kStored[] = {"absolute",      "acos",        "acosh",       "addbmm",
                                   "addcdiv",       "addcmul",     "addmm",       "addmv",
                                   "addr",          "asin",        "asinh",       "atan",
                                   "atan2",         "atanh",       "baddbmm",     "bitwise_and",
                                   "bitwise_not",   "bitwise_or",  "bitwise_xor", "ceil",
                                   "clamp_max",     "clamp_min",   "copysign",    "cos",
                                   "cosh",          "cumprod",     "cumsum",      "deg2rad",
                                   "digamma",       "divide",      "eq",          "erf",
                                   "erfc",          "erfinv",      "exp2",        "expm1",
                                   "fix",           "float_power", "floor",       "floor_divide",
                                   "fmod",          "frac",        "ge",          "greater",
                                   "greater_equal", "gt",          "hypot",       "le",
                                   "lerp",          "less",        "less_equal",  "lgamma",
                                   "log",           "log10",       "log1p",       "log2",
                                   "logical_and",   "logical_not", "logical_or",  "logical_xor",
                                   "logit",         "lt",          "masked_fill", "masked_scatter",
                                   "multiply",      "nan_to_num",  "ne",          "negative",
                                   "nextafter",     "not_equal",   "rad2deg",     "reciprocal",
                                   "remainder",     "round",       "rsqrt",       "scatter",
                                   "scatter_add",   "sgn",         "sign",        "sin",
                                   "sinc",          "sinh",        "square",      "subtract",
                                   "tan",           "tril",        "triu",        "true_divide",
                                   "trunc",         "xlogy"};

/// Methods that change the shape.
constexpr const char* kReshaped[] = {"squeeze", "swapaxes", "swapdims", "t", "transpose", "unsqueeze"};

void def_stored(const py::object& method, const char* name, bool reshapes) {
  const std::string stored = concat(name, "_");
  if (py::hasattr(type_of_arrays(), stored.c_str())) return;
  def_method(
      stored.c_str(),
      [method, reshapes](const py::object& self, const py::args& args, const py::kwargs& named) {
        const py::object result = method(self, *args, **named);
        const Array& changed = py::cast<Array>(result);
        if (reshapes) {
          change_axes(self.ptr(), changed);
        } else {
          assign_in_place(self.ptr(), changed);
        }
        return self;
      },
      concat("Stores the result of `", name, "` in this array, and returns it.").c_str());
}

void def_from(const py::module_& m, const char* name) {
  if (py::hasattr(type_of_arrays(), name)) return;
  const py::object function = m.attr(name);
  def_method(
      name,
      [function](const py::object& self, const py::args& args, const py::kwargs& named) {
        return function(self, *args, **named);
      },
      concat("The function `", name, "` of this array.").c_str());
}

/// PyTorch's names for what others do.
void register_functions(py::module_& m) {
  def_both(
      m, "clamp_min", "x",
      [](const ArrayLike& x, const OperandLike& low) { return clip(x, to_array(low.value, x.value), Array()); },
      "min"_a,
      "Each element, or `min` if that is larger.\n\nExample:\n    >>> print(ingot.clamp_min(ingot.array([-1.0, 2.0]), "
      "0))\n    [0. 2.]");
  def_both(
      m, "clamp_max", "x",
      [](const ArrayLike& x, const OperandLike& high) { return clip(x, Array(), to_array(high.value, x.value)); },
      "max"_a,
      "Each element, or `max` if that is smaller.\n\nExample:\n    >>> print(ingot.clamp_max(ingot.array([-1.0, "
      "2.0]), 0))\n    [-1.  0.]");
  def_both(
      m, "frac", "x", [](const ArrayLike& x) { return frac(x); },
      "What lies behind the point: `x - trunc(x)`.\n\nExample:\n    >>> print(ingot.frac(ingot.array([1.5, -2.25])))\n"
      "    [ 0.5  -0.25]");
  def_both(
      m, "dist", "x",
      [](const ArrayLike& x, const ArrayLike& other, double p) {
        return linalg::vector_norm(subtract(x, other), {}, false, p);
      },
      "other"_a, "p"_a = 2.0,
      "The p-norm of `x - other`.\n\nExample:\n    >>> print(ingot.dist(ingot.array([3.0, 0.0]), ingot.array([0.0, "
      "4.0])))\n    5.0");
  def_both(
      m, "logdet", "x", [](const ArrayLike& x) { return linalg::logdet(x); },
      "The logarithm of the determinant: -inf for a singular matrix, NaN where it is negative.\n\nRaises ShapeError "
      "unless the last two axes make square matrices.\n\nExample:\n    >>> print(ingot.logdet(ingot.eye(2)))\n    "
      "0.0");
  def_both(
      m, "take_along_dim", "x",
      [](const ArrayLike& x, const ArrayLike& indices, std::optional<int64_t> dim) {
        if (dim) return take_along_axis(x, indices, *dim);
        return take_along_axis(flatten(x), flatten(indices), 0);
      },
      "indices"_a, "dim"_a = py::none(),
      "`take_along_axis`; without `dim`, of the flattened array.\n\nExample:\n    >>> "
      "print(ingot.take_along_dim(ingot.array([[1, 2]]), ingot.array([[1]]), dim=1))\n    [[2]]");
}

}  // namespace

void register_torch_methods(py::module_& m) {
  register_functions(m);
  for (const char* name : kMethods) def_from(m, name);
  const py::module_ linalg = m.attr("linalg");
  for (const char* name : kMatrixMethods) def_from(linalg, name);
  def_method(
      "inverse", [inv = py::object(linalg.attr("inv"))](const py::object& self) { return inv(self); },
      "The inverse of each matrix: `linalg.inv`.");
  def_method(
      "where",
      [](const Array& x, const ArrayLike& condition, const OperandLike& y) {
        return where(condition, x, to_array(y.value, x));
      },
      "condition"_a, "other"_a, "Elements of this array where `condition` is true, of `other` elsewhere.");
  def_method(
      "cuda", [](const py::object&, const py::object&) -> py::object { throw_no_cuda(); }, "device"_a = py::none(),
      "Raises DeviceError, which says what devices there are.");
  def_method(
      "stride",
      [](const Array& x, std::optional<int64_t> dim) -> py::object {
        const Strides strides = contiguous_strides(x.shape());
        if (!dim) return py::tuple(py::cast(Shape(strides.begin(), strides.end())));
        return py::int_(strides[static_cast<size_t>(normalize_axis(*dim, x.ndim(), "stride"))]);
      },
      "dim"_a = py::none(), "How many elements neighbours along each axis are apart in `view` and `numpy`.");
  def_method(
      "new",
      [](const py::object& self, const py::args& args) -> py::object {
        for (const py::handle arg : args)
          if (!PyIndex_Check(arg.ptr()) || is_array(arg.ptr()))
            return args.size() == 1 ? self.attr("new_tensor")(arg) : self.attr("new_zeros")(*args);
        return args.empty() ? self.attr("new_zeros")(0) : self.attr("new_zeros")(*args);
      },
      "PyTorch's constructor of old: an array of zeros of the given lengths, or of the given elements, in the dtype of "
      "this one.");
  def_method("pin_memory", [](const py::object& self) { return self; }, "The array: no device reads memory by itself.");
  def_method(
      "swapdims", [](const Array& x, int64_t dim0, int64_t dim1) { return swapaxes(x, dim0, dim1); }, "dim0"_a,
      "dim1"_a, "The array with two axes exchanged.");
  def_method("ndimension", [](const Array& x) { return x.ndim(); }, "The number of axes.");
  def_method(
      "type",
      [](const Array& x, const py::object& dtype) -> py::object {
        if (dtype.is_none()) return py::str(py::cast(x.dtype()));
        return py::cast(astype(x, py::cast<DType>(py::getattr(dtype, "dtype", dtype))));
      },
      "dtype"_a = py::none(), "The name of the dtype; with a dtype, the array in that one.");
  const py::object methods = type_of_arrays().attr("__dict__");
  for (const char* name : kStored) def_stored(methods[name], name, false);
  for (const char* name : kReshaped) def_stored(methods[name], name, true);
}

}  // namespace ingot::python
