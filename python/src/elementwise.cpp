#include "ingot/ops/elementwise.h"

#include <algorithm>

#include "elementwise_bind.h"
#include "ingot/graph/warning.h"
#include "ingot/ops/indexing.h"

namespace ingot::python {

namespace {

using UnaryFunction = Array (*)(const Array&);
using BinaryFunction = Array (*)(const Array&, const Array&);

const char* what_it_takes(Typing typing) {
  switch (typing) {
    case Typing::numeric:
      return "Takes any dtype and gives the promoted one.";
    case Typing::arithmetic:
      return "Takes any dtype but bool.";
    case Typing::real:
      return "Takes any dtype but complex.";
    case Typing::real_arithmetic:
      return "Takes integers and floats.";
    case Typing::inexact:
      return "Takes floats and complex numbers; bool and integers become float32.";
    case Typing::floating:
      return "Takes floats; bool and integers become float32.";
    case Typing::power:
      return "Takes any dtype but bool. Raises ValueError for integers to a negative integer power.";
    case Typing::magnitude:
      return "Takes any dtype but bool; complex numbers give the real dtype of their parts.";
    case Typing::part:
      return "Takes any dtype; complex numbers give the real dtype of their parts.";
    case Typing::comparison:
    case Typing::classification:
      return "Takes any dtype and gives bool.";
    case Typing::ordering:
      return "Takes any dtype but complex and gives bool.";
    case Typing::logical:
      return "Takes any dtype, as bool, and gives bool.";
    case Typing::bits:
      return "Takes bool and integers.";
    case Typing::shift:
      return "Takes integers.";
    case Typing::parts:
      return "Takes floats and gives complex numbers; bool and integers become float32.";
    case Typing::selection:
      return "Takes a bool condition and two operands of any dtype.";
  }
  return "";
}

std::string documentation(const ElementwiseRow& row) {
  std::string text =
      concat("`", row.reference, "` of each element, as NumPy writes it.\n\n", what_it_takes(row.typing));
  if (row.arity > 1) text += " Operands broadcast; a Python number takes the dtype of the array it meets.";
  text += row.differentiable ? " Differentiable." : " No gradient flows through it.";
  text += concat("\n\nRaises TypeError for other dtypes",
                 row.arity > 1 ? ", ShapeError for shapes that do not broadcast" : "",
                 ".\n\nExample:\n    >>> x = ingot.array([");
  const bool integers = row.typing == Typing::bits || row.typing == Typing::shift;
  const bool above_one = std::string_view(row.sample) == "above_one";
  text += integers ? "1, 2" : above_one ? "1.5, 2.0" : "0.25, 0.5";
  text += concat("])\n    >>> y = ingot.", row.name,
                 row.arity == 1   ? "(x)"
                 : row.arity == 2 ? integers ? "(x, 1)" : "(x, 2.0)"
                                  : "(x > 0.3, x, 0.0)");
  return text;
}

/// Other names under which users of NumPy, PyTorch and MLX know a row.
constexpr std::pair<const char*, const char*> kAliases[] = {
    {"sub", "subtract"},
    {"mul", "multiply"},
    {"div", "divide"},
    {"true_divide", "divide"},
    {"power", "pow"},
    {"mod", "remainder"},
    {"arctan2", "atan2"},
    {"neg", "negative"},
    {"absolute", "abs"},
    {"sgn", "sign"},
    {"gammaln", "lgamma"},
    {"psi", "digamma"},
    {"popcount", "bitwise_count"},
    {"expit", "sigmoid"},
    {"swish", "silu"},
    {"fabs", "abs"},
    {"fix", "trunc"},
    {"arcsin", "asin"},
    {"arccos", "acos"},
    {"arctan", "atan"},
    {"arcsinh", "asinh"},
    {"arccosh", "acosh"},
    {"arctanh", "atanh"},
    {"conjugate", "conj"},
    {"invert", "bitwise_invert"},
    {"bitwise_not", "bitwise_invert"},
    {"left_shift", "bitwise_left_shift"},
    {"right_shift", "bitwise_right_shift"},
    {"eq", "equal"},
    {"ne", "not_equal"},
    {"lt", "less"},
    {"le", "less_equal"},
    {"gt", "greater"},
    {"ge", "greater_equal"},
};

/// Rows that are methods of arrays too, as users of NumPy and PyTorch expect. (`x.real` and `x.imag` are properties.)
bool is_method(std::string_view name) { return name != "real" && name != "imag"; }

/// Rows that take more arguments in Python: bound by `register_elementwise_functions`.
bool has_options(std::string_view name) {
  constexpr std::string_view kNames[] = {"add",      "subtract", "divide",  "round",    "gelu",
                                         "softplus", "logit",    "complex", "polygamma"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

void bind_unary(py::module_& m, const ElementwiseRow& row, UnaryFunction function) {
  if (has_options(row.name)) return;
  const auto call = [function](const ArrayLike& x) { return function(x.value); };
  const std::string doc = documentation(row);
  if (is_method(row.name)) {
    def_both(m, row.name, "x", call, doc.c_str());
  } else {
    m.def(row.name, call, "x"_a, doc.c_str());
  }
}

void bind_binary(py::module_& m, const ElementwiseRow& row, BinaryFunctions functions) {
  if (has_options(row.name)) return;
  const auto call = [functions](const OperandLike& x, const OperandLike& y) { return functions(x, y); };
  def_both(m, row.name, "x", call, "y"_a, documentation(row).c_str());
}

py::object cast(const py::object& given, DType dtype, bool copy) {
  const Array x = is_array(given.ptr()) ? unwrap(given.ptr()) : from_python(given);
  if (x.dtype() == dtype && !copy && is_array(given.ptr())) return given;
  if (is_complex(x.dtype()) && !is_complex(dtype) && !is_bool(dtype))
    warn("astype: imaginary parts are left out; say real(x) or imag(x) first");
  const Array result = astype(x, dtype);
  return py::cast(copy && result.is(x) ? identity(x) : result);
}

}  // namespace

void register_elementwise(py::module_& m) {
  const auto rows = elementwise_rows();
#define UNARY(name, ...)                                                                                               \
  bind_unary(m, rows[static_cast<size_t>(Opcode::name)], static_cast<UnaryFunction>(ingot::name));
#define BINARY(name, ...)                                                                                              \
  bind_binary(m, rows[static_cast<size_t>(Opcode::name)], {ingot::name, ingot::name, ingot::name});
#define TERNARY(name, ...)
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY
  register_elementwise_functions(m);
  register_activations(m);

  const py::object type = py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(array_type()));
  for (const auto& [alias, name] : kAliases) {
    m.attr(alias) = m.attr(name);
    // Not by getattr, which would take the function out of what binds it to an instance.
    type.attr(alias) = type.attr("__dict__")[name];
  }

  const auto choose = [](const ArrayLike& condition, const std::optional<OperandLike>& x,
                         const std::optional<OperandLike>& y) -> py::object {
    if (x.has_value() != y.has_value()) throw TypeError("where: expected x and y, or a condition alone");
    if (!x) return py::tuple(py::cast(nonzero(condition)));
    return py::cast(where(condition, to_array(x->value, y->value), to_array(y->value, x->value)));
  };
  m.def("where", choose, "condition"_a, "x"_a = py::none(), "y"_a = py::none(),
        "Elements of `x` where `condition` is true, of `y` elsewhere. All three broadcast; Python numbers take the "
        "dtype of the array they meet. Of a condition alone: where it is true, as `nonzero`.\n\n"
        "Example:\n    >>> x = ingot.array([-1.0, 2.0])\n    >>> print(ingot.where(x > 0, x, 0.0))\n    [0. 2.]");
  m.def(
      "astype",
      [](const py::object& x, DType dtype, bool copy, std::optional<Device> device) {
        if (device) require_available(*device);
        return cast(x, dtype, copy);
      },
      "x"_a, "dtype"_a, py::kw_only(), "copy"_a = true, "device"_a = py::none(),
      "`x` in another dtype; `x` itself with `copy=False` if it has that dtype. Complex to real keeps the real part, "
      "with a warning; the gradient is cast back.\n\n"
      "Example:\n    >>> ingot.astype(ingot.array([1.5, -2.5]), ingot.int32).tolist()\n    [1, -2]");
  def_method(
      "astype", [](const py::object& x, DType dtype, bool copy) { return cast(x, dtype, copy); }, "dtype"_a,
      py::kw_only(), "copy"_a = true, "This array in another dtype; see `ingot.astype`.");
  constexpr const char* clip_doc =
      "Each element, moved into `[min, max]`; None is no bound. Keeps the dtype of `x` unless a bound is of a higher "
      "kind "
      "(a float for an integer `x`). NaN, also in a bound, gives NaN; at a bound the gradient goes to "
      "`x`.\n\nExample:\n    >>> "
      "print(ingot.clip(ingot.array([-1.0, 0.5, 2.0]), 0, 1))\n    [0.  0.5 1. ]";
  const auto bounded = [](const ArrayLike& x, const std::optional<OperandLike>& low,
                          const std::optional<OperandLike>& high) {
    const auto bound = [&](const std::optional<OperandLike>& given) {
      return given ? to_array(given->value, x.value) : Array();
    };
    return clip(x, bound(low), bound(high));
  };
  for (const char* name : {"clip", "clamp"})
    def_both(m, name, "x", bounded, "min"_a = py::none(), "max"_a = py::none(), clip_doc);
}

}  // namespace ingot::python
