#include "ingot/ops/elementwise_functions.h"

#include "elementwise_bind.h"
#include "ingot/ops/activations.h"

namespace ingot::python {

namespace {

using Unary = Array (*)(const Array&);
using Binary = Array (*)(const Array&, const Array&);
using MaybeOperand = std::optional<OperandLike>;

void def_unary(py::module_& m, const char* name, Unary function, const char* doc) {
  const std::string text = with_example(doc, concat(name, "(ingot.array([0.25, 0.5]))"));
  def_both(m, name, "x", [function](const ArrayLike& x) { return function(x.value); }, text.c_str());
}

void def_binary(py::module_& m, const char* name, Binary function, const char* doc) {
  const auto call = [function](const OperandLike& x, const OperandLike& y) {
    return function(to_array(x.value, y.value), to_array(y.value, x.value));
  };
  const std::string text = with_example(doc, concat(name, "(ingot.array([0.25, 0.5]), 0.5)"));
  def_both(m, name, "x", call, "y"_a, text.c_str());
}

/// `x + alpha * y`, as PyTorch has it.
void def_scaled(py::module_& m, const char* name, BinaryFunctions functions, const char* doc) {
  const auto call = [functions](const OperandLike& x, const OperandLike& y, const std::optional<Scalar>& alpha) {
    return alpha ? functions(x, {to_array(y.value, x.value) * *alpha}) : functions(x, y);
  };
  def_both(m, name, "x", call, "y"_a, py::kw_only(), "alpha"_a = py::none(), doc);
}

void register_arithmetic(py::module_& m) {
  def_scaled(
      m, "add", {ingot::add, ingot::add, ingot::add},
      "`x + y`, or `x + alpha * y`. Operands broadcast; a Python number takes the dtype of the array it meets.\n\n"
      "Example:\n    >>> print(ingot.add(ingot.array([1.0, 2.0]), 1))\n    [2. 3.]");
  def_scaled(
      m, "subtract", {ingot::subtract, ingot::subtract, ingot::subtract},
      "`x - y`, or `x - alpha * y`. Operands broadcast; a Python number takes the dtype of the array it meets. "
      "Raises TypeError for bool.\n\nExample:\n    >>> print(ingot.subtract(ingot.array([1.0, 2.0]), 1))\n    [0. "
      "1.]");
  const BinaryFunctions quotient{ingot::divide, ingot::divide, ingot::divide};
  const auto divide = [quotient](const OperandLike& x, const OperandLike& y,
                                 const std::optional<std::string>& rounding_mode) {
    if (!rounding_mode) return quotient(x, y);
    return ingot::divide(to_array(x.value, y.value), to_array(y.value, x.value), *rounding_mode);
  };
  def_both(
      m, "divide", "x", divide, "y"_a, py::kw_only(), "rounding_mode"_a = py::none(),
      "`x / y`; bool and integers become float32. `rounding_mode` 'floor' rounds down, as `floor_divide`, 'trunc' "
      "towards 0; then integers stay integers.\n\nExample:\n    >>> print(ingot.divide(ingot.array([3.0, -3.0]), 2, "
      "rounding_mode='trunc'))\n    [ 1. -1.]");
  const auto round = [](const ArrayLike& x, int64_t decimals) { return ingot::round(x.value, decimals); };
  constexpr const char* round_doc =
      "Rounded to `decimals` places behind the point, or before it if negative; halves go to even. Complex numbers are "
      "rounded by their parts.\n\nExample:\n    >>> print(ingot.round(ingot.array([0.5, 1.26]), decimals=1))\n    [0.5 "
      "1.3]";
  for (const char* name : {"round", "rint"}) def_both(m, name, "x", round, "decimals"_a = 0, round_doc);
  def_unary(m, "positive", ingot::positive, "`x` itself. Raises TypeError for bool.");
  def_binary(
      m, "fmax", ingot::fmax,
      "The greater of two; where one is NaN, the other. Raises TypeError for complex numbers.\n\nExample:\n    >>> "
      "print(ingot.fmax(ingot.array([1.0, ingot.nan]), 0.5))\n    [1.  0.5]");
  def_binary(
      m, "fmin", ingot::fmin,
      "The smaller of two; where one is NaN, the other. Raises TypeError for complex numbers.\n\nExample:\n    >>> "
      "print(ingot.fmin(ingot.array([1.0, ingot.nan]), 0.5))\n    [0.5 0.5]");
  def_binary(m, "float_power", ingot::float_power,
             "`x` to the power of `y` in float64, or complex128 for complex operands.\n\nExample:\n    >>> "
             "ingot.float_power(ingot.array([2, 3]), -1).dtype == ingot.float64\n    True");
  def_binary(
      m, "ldexp", ingot::ldexp,
      "`x 2^y`, exact as long as it is a normal number.\n\nExample:\n    >>> print(ingot.ldexp(ingot.array([1.0, "
      "3.0]), 2))\n    [ 4. 12.]");
  def_both(
      m, "frexp", "x", [](const ArrayLike& x) { return ingot::frexp(x.value); },
      "Mantissas in [0.5, 1), with the sign of x, and int32 exponents: `x = mantissa * 2**exponent`.\n\nExample:\n    "
      ">>> mantissa, exponent = ingot.frexp(ingot.array([4.0, 0.75]))\n    >>> print(mantissa, exponent)\n    [0.5  "
      "0.75] [3 0]");
  def_binary(
      m, "nextafter", ingot::nextafter,
      "The number next to `x` in the direction of `y`, in the dtype both promote to. No gradient flows through it. "
      "Raises TypeError for complex numbers.");
  const auto lerp = [](const ArrayLike& start, const OperandLike& end, const OperandLike& weight) {
    const Array last = to_array(end.value, start.value);
    const auto* number = std::get_if<Scalar>(&weight.value);
    const auto* real = number ? std::get_if<double>(&number->value) : nullptr;
    return real ? ingot::lerp(start, last, *real) : ingot::lerp(start, last, to_array(weight.value, start.value));
  };
  def_both(m, "lerp", "start", lerp, "end"_a, "weight"_a,
           "`start + weight * (end - start)`; exactly `end` for weight 1.\n\nExample:\n    >>> "
           "print(ingot.lerp(ingot.array([0.0, 2.0]), 4.0, 0.25))\n    [1.  2.5]");
  const auto addcmul = [](const ArrayLike& x, const ArrayLike& a, const ArrayLike& b, const Scalar& value) {
    return ingot::addcmul(x, a, b, value);
  };
  def_both(m, "addcmul", "x", addcmul, "tensor1"_a, "tensor2"_a, py::kw_only(), "value"_a = 1,
           "`x + value * tensor1 * tensor2`.\n\nExample:\n    >>> x = ingot.array([1.0, 2.0])\n    >>> "
           "print(ingot.addcmul(x, x, x, value=0.5))\n    [1.5 4. ]");
  const auto addcdiv = [](const ArrayLike& x, const ArrayLike& a, const ArrayLike& b, const Scalar& value) {
    return ingot::addcdiv(x, a, b, value);
  };
  def_both(m, "addcdiv", "x", addcdiv, "tensor1"_a, "tensor2"_a, py::kw_only(), "value"_a = 1,
           "`x + value * tensor1 / tensor2`.\n\nExample:\n    >>> x = ingot.array([1.0, 2.0])\n    >>> "
           "print(ingot.addcdiv(x, x, x, value=0.5))\n    [1.5 2.5]");
  for (const char* name : {"deg2rad", "radians"}) def_unary(m, name, ingot::deg2rad, "Degrees as radians.");
  for (const char* name : {"rad2deg", "degrees"}) def_unary(m, name, ingot::rad2deg, "Radians as degrees.");
}

void register_logarithms(py::module_& m) {
  def_binary(m, "logaddexp2", ingot::logaddexp2,
             "`log2(2**x + 2**y)`.\n\nExample:\n    >>> ingot.logaddexp2(ingot.array(1.0), 1.0).item()\n    2.0");
  def_binary(m, "xlogy", ingot::xlogy,
             "`x log(y)`, and 0 where x is 0 and y is not NaN.\n\nExample:\n    >>> ingot.xlogy(ingot.array(0.0), "
             "0.0).item()\n    0.0");
  def_binary(m, "xlog1py", ingot::xlog1py, "`x log1p(y)`, and 0 where x is 0 and y is not NaN.");
  const auto logit = [](const ArrayLike& x, std::optional<double> eps) {
    return eps ? ingot::logit(x, *eps) : ingot::logit(x.value);
  };
  def_both(m, "logit", "x", logit, "eps"_a = py::none(),
           "`log(x / (1 - x))`, of `x` moved into `[eps, 1 - eps]` if `eps` is given.\n\nExample:\n    >>> "
           "ingot.logit(ingot.array(0.5)).item()\n    0.0");
  def_binary(m, "betaln", ingot::betaln, "The logarithm of `beta(x, y)`, for positive arguments.");
  def_binary(m, "beta", ingot::beta, "`gamma(x) gamma(y) / gamma(x + y)`, for positive arguments.");
  const BinaryFunctions functions{ingot::polygamma, ingot::polygamma, ingot::polygamma};
  constexpr const char* polygamma_doc =
      "The n-th derivative of `digamma` at `x`, for whole `n` from 0. No gradient flows to `n`.\n\nExample:\n    >>> "
      "round(ingot.polygamma(1, ingot.array(1.0)).item(), 4)\n    1.6449";
  m.def(
      "polygamma", [functions](const OperandLike& n, const OperandLike& x) { return functions(n, x); }, "n"_a, "x"_a,
      polygamma_doc);
  def_method(
      "polygamma", [functions](const Array& x, const OperandLike& n) { return functions(n, {x}); }, "n"_a,
      polygamma_doc);
}

void register_classes(py::module_& m) {
  def_unary(m, "isposinf", ingot::isposinf, "True at positive infinities. Raises TypeError for complex numbers.");
  def_unary(m, "isneginf", ingot::isneginf, "True at negative infinities. Raises TypeError for complex numbers.");
  def_unary(m, "isreal", ingot::isreal, "True where there is no imaginary part.");
  const auto nan_to_num = [](const ArrayLike& x, double nan, std::optional<double> posinf,
                             std::optional<double> neginf) { return ingot::nan_to_num(x, nan, posinf, neginf); };
  def_both(
      m, "nan_to_num", "x", nan_to_num, "nan"_a = 0.0, "posinf"_a = py::none(), "neginf"_a = py::none(),
      "`x` with other numbers in the place of NaN and infinities: by default 0 and the largest finite numbers of its "
      "dtype. Complex numbers by their parts.\n\nExample:\n    >>> print(ingot.nan_to_num(ingot.array([1.0, "
      "ingot.nan, ingot.inf]), posinf=9.0))\n    [1. 0. 9.]");
  const auto heaviside = [](const OperandLike& x, const OperandLike& values) {
    return ingot::heaviside(to_array(x.value, values.value), to_array(values.value, x.value));
  };
  def_both(m, "heaviside", "x", heaviside, "values"_a,
           "0 for negative numbers, 1 for positive ones, `values` at 0.\n\nExample:\n    >>> "
           "print(ingot.heaviside(ingot.array([-2.0, 0.0, 2.0]), 0.5))\n    [0.  0.5 1. ]");
  const auto close = [](Array (*function)(const Array&, const Array&, double, double, bool)) {
    return [function](const OperandLike& x, const OperandLike& y, double rtol, double atol, bool equal_nan) {
      return function(to_array(x.value, y.value), to_array(y.value, x.value), rtol, atol, equal_nan);
    };
  };
  def_both(
      m, "isclose", "x", close(ingot::isclose), "y"_a, "rtol"_a = 1e-5, "atol"_a = 1e-8, "equal_nan"_a = false,
      "`|x - y| <= atol + rtol * |y|`, or equal infinities; NaN are close to each other if "
      "`equal_nan`.\n\nExample:\n    >>> ingot.isclose(ingot.array([1.0, 2.0]), ingot.array([1.0, 2.1])).tolist()\n    "
      "[True, False]");
  def_both(m, "allclose", "x", close(ingot::allclose), "y"_a, "rtol"_a = 1e-5, "atol"_a = 1e-8, "equal_nan"_a = false,
           "Whether all elements are close, see `isclose`: a 0-d bool array.\n\nExample:\n    >>> "
           "bool(ingot.allclose(ingot.array([1.0]), ingot.array([1.0 + 1e-7])))\n    True");
  const auto array_equal = [](const ArrayLike& x, const ArrayLike& y, bool equal_nan) {
    return ingot::array_equal(x, y, equal_nan);
  };
  def_both(m, "array_equal", "x", array_equal, "y"_a, "equal_nan"_a = false,
           "Whether shapes and all elements are equal: a 0-d bool array.\n\nExample:\n    >>> "
           "bool(ingot.array_equal(ingot.array([1, 2]), ingot.array([1, 2])))\n    True");
}

void register_complex(py::module_& m) {
  const BinaryFunctions join{ingot::complex, ingot::complex, ingot::complex};
  m.def(
      "complex", [join](const OperandLike& real, const OperandLike& imag) { return join(real, imag); }, "real"_a,
      "imag"_a,
      "Complex numbers of two real arrays; bool and integers become float32.\n\nExample:\n    >>> "
      "ingot.complex(ingot.array([1.0]), ingot.array([2.0])).tolist()\n    [(1+2j)]");
  def_unary(m, "angle", ingot::angle, "The angle in (-pi, pi]; of a real number 0 or pi.");
  m.def(
      "polar", [](const ArrayLike& abs, const ArrayLike& angle) { return ingot::polar(abs, angle); }, "abs"_a,
      "angle"_a,
      "`abs * (cos(angle) + 1j * sin(angle))`.\n\nExample:\n    >>> ingot.polar(ingot.array([2.0]), "
      "ingot.array([0.0])).tolist()\n    [(2+0j)]");
  m.def(
      "view_as_real", [](const ArrayLike& x) { return ingot::view_as_real(x); }, "x"_a,
      "Complex (...) to real (..., 2), in the same memory. Raises TypeError for other dtypes.\n\nExample:\n    "
      ">>> ingot.view_as_real(ingot.array([1 + 2j])).tolist()\n    [[1.0, 2.0]]");
  m.def(
      "view_as_complex", [](const ArrayLike& x) { return ingot::view_as_complex(x); }, "x"_a,
      "Real (..., 2) to complex (...), in the same memory where pairs are dense. Raises TypeError for other dtypes, "
      "ShapeError for another last axis.\n\nExample:\n    >>> ingot.view_as_complex(ingot.array([[1.0, "
      "2.0]])).tolist()\n    "
      "[(1+2j)]");
}

}  // namespace

void register_elementwise_functions(py::module_& m) {
  register_arithmetic(m);
  register_logarithms(m);
  register_classes(m);
  register_complex(m);
}

}  // namespace ingot::python
