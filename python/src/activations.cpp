#include "ingot/ops/activations.h"

#include "elementwise_bind.h"
#include "ingot/ops/softmax.h"

namespace ingot::python {

namespace {

/// Where activation functions are bound: as functions and methods of `ingot.core`, or as functions of `nn.functional`.
class Target {
 public:
  Target(py::module_& module, bool functional) : module_(module), functional_(functional) {}

  /// `f(x, arguments...)`, where all arguments have defaults or are arrays.
  template <class... Arguments, class... Extra>
  void def(const char* name, Array (*function)(const Array&, Arguments...), const char* doc,
           const Extra&... extra) const {
    const std::string text =
        with_example(doc, concat(functional_ ? "nn.functional." : "", name, "(ingot.array([-1.0, 2.0]))"));
    if (functional_) {
      // As PyTorch has it: in place, the array that was given stands for the result.
      const auto call = [function](const py::object& input, Given<Arguments>... arguments, bool inplace) {
        const Array result = function(py::cast<ArrayLike>(input), arguments...);
        if (!inplace) return py::cast(result);
        if (!is_array(input.ptr())) throw TypeError("inplace: expected an array to store the result in");
        assign_in_place(input.ptr(), result);
        return input;
      };
      module_.def(name, call, "input"_a, extra..., "inplace"_a = false, text.c_str());
    } else {
      const auto call = [function](const ArrayLike& x, Given<Arguments>... arguments) {
        return function(x, arguments...);
      };
      def_both(module_, name, "x", call, extra..., text.c_str());
    }
  }

 private:
  /// What a Python argument is converted to.
  template <class T>
  using Given = std::conditional_t<std::is_same_v<T, const Array&>, const ArrayLike&,
                                   std::conditional_t<std::is_same_v<T, std::string_view>, const std::string&, T>>;
  py::module_& module_;
  bool functional_;
};

void def_all(const Target& target) {
  target.def("relu6", ingot::relu6, "`x`, moved into [0, 6].");
  target.def("leaky_relu", ingot::leaky_relu, "`x`, times `negative_slope` where negative.", "negative_slope"_a = 0.01);
  target.def("elu", ingot::elu, "`x`, and `alpha * (exp(x) - 1)` where negative.", "alpha"_a = 1.0);
  target.def("selu", ingot::selu,
             "`elu`, scaled so that mean 0 and variance 1 are a fixed point (Klambauer et al., 2017).");
  target.def("celu", ingot::celu, "`x`, and `alpha * (exp(x / alpha) - 1)` where negative.", "alpha"_a = 1.0);
  target.def(
      "gelu", static_cast<Array (*)(const Array&, std::string_view)>(ingot::gelu),
      "`x * P(Z <= x)` for a normal Z; `approximate='tanh'` computes nearly that by a tanh.\n\nExample:\n    >>> "
      "round(ingot.gelu(ingot.array(1.0)).item(), 4)\n    0.8413",
      "approximate"_a = "none");
  target.def("mish", ingot::mish, "`x * tanh(softplus(x))`.");
  target.def("softplus", static_cast<Array (*)(const Array&, double, double)>(ingot::softplus),
             "`log(1 + exp(beta * x)) / beta`, and `x` where `beta * x > threshold`.\n\nExample:\n    >>> "
             "round(ingot.softplus(ingot.array(0.0)).item(), 4)\n    0.6931",
             "beta"_a = 1.0, "threshold"_a = 20.0);
  for (const char* name : {"log_sigmoid", "logsigmoid"}) target.def(name, ingot::log_sigmoid, "`log(sigmoid(x))`.");
  target.def("hardswish", ingot::hardswish, "`x / 6`, times x + 3 moved into [0, 6].");
  target.def("hardsigmoid", ingot::hardsigmoid, "`x / 6 + 1 / 2`, moved into [0, 1].");
  target.def("hardtanh", ingot::hardtanh, "`x`, moved into `[min_val, max_val]`; no gradient at the bounds.",
             "min_val"_a = -1.0, "max_val"_a = 1.0);
  target.def("hardshrink", ingot::hardshrink, "`x`, and 0 where `abs(x) <= lambd`.", "lambd"_a = 0.5);
  target.def("softshrink", ingot::softshrink, "`x`, moved towards 0 by `lambd`.", "lambd"_a = 0.5);
  target.def("tanhshrink", ingot::tanhshrink, "`x - tanh(x)`.");
  target.def(
      "threshold", ingot::threshold,
      "`x`, and `value` where `x <= threshold`.\n\nExample:\n    >>> print(ingot.threshold(ingot.array([1.0, 3.0]), 2, "
      "9))\n    [9. 3.]",
      "threshold"_a, "value"_a);
  target.def("step", ingot::step, "1 where `x > threshold`, else 0, in the dtype of x.", "threshold"_a = 0.0);
  target.def("prelu", ingot::prelu,
             "`x`, times `weight` where negative: one weight, or one for each channel (axis 1).\n\n"
             "Raises ValueError for other shapes of `weight`.\n\nExample:\n    >>> "
             "print(ingot.prelu(ingot.array([-1.0, 3.0]), "
             "ingot.array([0.5])))\n    [-0.5  3. ]",
             "weight"_a);
  target.def(
      "rrelu", ingot::rrelu,
      "`x`, where negative times a slope: while training one drawn from [lower, upper) for each element, else their "
      "mean.",
      "lower"_a = 1.0 / 8, "upper"_a = 1.0 / 3, "training"_a = false);
}

void def_along_axis(py::module_& m, const char* name, Array (*function)(const Array&, int64_t), const char* doc) {
  const auto call = [function](const ArrayLike& x, std::optional<int64_t> axis, std::optional<int64_t> dim) {
    return function(x, axis ? *axis : dim.value_or(-1));
  };
  def_both(m, name, "x", call, "axis"_a = py::none(), py::kw_only(), "dim"_a = py::none(), doc);
}

void def_functional_along_axis(py::module_& f, const char* name, Array (*function)(const Array&, int64_t),
                               const char* doc) {
  f.def(
      name,
      [function](const ArrayLike& input, std::optional<int64_t> dim, std::optional<DType> dtype) {
        return function(dtype ? astype(input, *dtype) : input.value, dim.value_or(-1));
      },
      "input"_a, "dim"_a = py::none(), "dtype"_a = py::none(), doc);
}

constexpr const char* kGluDoc =
    "The first half along an axis (the last by default) times the sigmoid of the second.\n\nExample:\n    >>> "
    "ingot.glu(ingot.array([3.0, 0.0])).item()\n    1.5";
constexpr const char* kSoftminDoc =
    "`softmax(-x)` along one axis (the last by default).\n\nExample:\n    >>> print(ingot.softmin(ingot.zeros(2)))\n   "
    " "
    "[0.5 0.5]";

}  // namespace

void register_activations(py::module_& m) {
  def_all(Target(m, false));
  def_along_axis(m, "glu", glu, kGluDoc);
  def_along_axis(m, "softmin", softmin, kSoftminDoc);
}

void register_activation_functions(py::module_& f) {
  using Row = Array (*)(const Array&);
  const Target target(f, true);
  def_all(target);
  target.def("relu", static_cast<Row>(relu), "The greater of `input` and 0.");
  for (const char* name : {"silu", "swish"}) target.def(name, static_cast<Row>(silu), "`input * sigmoid(input)`.");
  target.def("sigmoid", static_cast<Row>(sigmoid), "`1 / (1 + exp(-input))`.");
  target.def("tanh", static_cast<Row>(tanh), "The hyperbolic tangent.");
  target.def("softsign", static_cast<Row>(softsign), "`input / (1 + abs(input))`.");
  def_functional_along_axis(f, "glu", glu, kGluDoc);
  def_functional_along_axis(f, "softmin", softmin, kSoftminDoc);
  def_functional_along_axis(f, "softmax", softmax,
                            "`exp(input) / sum(exp(input))` along one axis (the last by default).");
  def_functional_along_axis(f, "log_softmax", log_softmax,
                            "The logarithm of `softmax` along one axis (the last by default).");
}

}  // namespace ingot::python
