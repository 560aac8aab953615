#include "ingot/nn/functional.h"
#include "ingot/nn/init.h"
#include "ingot/nn/loss.h"
#include "ingot/ops/matmul.h"
#include "nn_bind.h"

namespace ingot::python {

namespace {

using nn::parse_reduction;

template <class L>
void def_loss(py::module_& m, const char* name, const char* doc) {
  ModuleClass<L, nn::Loss> type(m, name, doc);
  // Built twice, because a subclass made in Python needs the C++ object that knows of it.
  type.def(py::init([](const std::string& reduction) { return std::make_shared<L>(parse_reduction(reduction)); },
                    [](const std::string& reduction) {
                      return std::make_shared<PythonModule<L>>(parse_reduction(reduction));
                    }),
           "reduction"_a = "mean")
      .def(
          "forward",
          [](L& self, const ArrayLike& input, const ArrayLike& target) { return self.L::forward(input, target); },
          "input"_a, "target"_a, "Computes the loss.");
}

constexpr const char* kMseDoc =
    "`(input - target)^2`, reduced: 'mean' over all elements, 'sum', or 'none'. Shapes must be equal, or one of the "
    "two 0-d.\n\n"
    "Raises ShapeError otherwise: other broadcasting, as of (N, 1) with (N,), would silently compare all with all.\n\n"
    "Example:\n    >>> print(ingot.nn.MSELoss()(ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])))\n    2.0";
constexpr const char* kCrossEntropyDoc =
    "Cross entropy between unnormalised scores (C,), (N, C) or (N, C, d1, ...) and classes: their indices (integers, "
    "in the shape of input without C) or their "
    "probabilities (floats, in the shape of input). `reduction` is 'mean', 'sum' or 'none'.\n\n"
    "Raises ShapeError or TypeError if target does not match, IndexError when evaluated if an index is not in [0, "
    "C).\n\n"
    "Example:\n    >>> loss = ingot.nn.CrossEntropyLoss()(ingot.zeros((2, 4)), ingot.array([0, 3]))\n    >>> "
    "round(loss.item(), 4)\n    1.3863";

}  // namespace

void register_nn_losses(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  py::class_<nn::Loss, nn::Module, std::shared_ptr<nn::Loss>>(
      m, "Loss", "Base of losses: modules of two inputs, with a `reduction`.", py::dynamic_attr(),
      py::custom_type_setup(set_up_module_type))
      .def_property_readonly(
          "reduction", [](const nn::Loss& self) { return nn::name_of(self.reduction()); }, "'mean', 'sum' or 'none'.");
  def_loss<nn::MSELoss>(m, "MSELoss", kMseDoc);
  def_loss<nn::CrossEntropyLoss>(m, "CrossEntropyLoss", kCrossEntropyDoc);

  py::module_ f = m.def_submodule("functional", "Layers and losses as plain functions.");
  f.def(
      "mse_loss",
      [](const ArrayLike& input, const ArrayLike& target, const std::string& reduction) {
        return nn::functional::mse_loss(input, target, parse_reduction(reduction));
      },
      "input"_a, "target"_a, "reduction"_a = "mean", kMseDoc);
  f.def(
      "cross_entropy",
      [](const ArrayLike& input, const ArrayLike& target, const std::string& reduction) {
        return nn::functional::cross_entropy(input, target, parse_reduction(reduction));
      },
      "input"_a, "target"_a, "reduction"_a = "mean", kCrossEntropyDoc);
  f.def(
      "dropout",
      [](const ArrayLike& input, double p, bool training) { return nn::functional::dropout(input, p, training); },
      "input"_a, "p"_a = 0.5, "training"_a = true,
      "While training: zeroes each element with probability `p` and scales the others by 1 / (1 - p). Otherwise the "
      "input itself.");
  f.def(
      "linear",
      [](const ArrayLike& input, const ArrayLike& weight, const std::optional<ArrayLike>& bias) {
        return linear(input, weight, bias ? bias->value : Array());
      },
      "input"_a, "weight"_a, "bias"_a = py::none(),
      "`input @ weight.T + bias` over the last axis.\n\nExample:\n    >>> ingot.nn.functional.linear(ingot.ones((5, "
      "2)), ingot.ones((3, 2))).shape\n    (5, 3)");
  for (const char* name : {"relu", "tanh", "sigmoid", "gelu", "silu", "softplus", "softsign", "softmax", "log_softmax"})
    f.attr(name) = parent.attr(name);

  py::module_ init = m.def_submodule(
      "init", "Initial values: each function fills the array it is given, outside of the graph, and returns it.");
  init.def(
      "uniform_",
      [](const py::object& array, double low, double high) {
        nn::init::uniform_(py::cast<Array>(array), low, high);
        return array;
      },
      "array"_a, "low"_a = 0.0, "high"_a = 1.0, "U(low, high).");
  init.def(
      "kaiming_uniform_",
      [](const py::object& array, double a) {
        nn::init::kaiming_uniform_(py::cast<Array>(array), a);
        return array;
      },
      "array"_a, "a"_a = 0.0,
      "U(-k, k) with k = sqrt(6 / ((1 + a^2) * fan_in)), for layers followed by a leaky ReLU of negative slope `a`.");
}

}  // namespace ingot::python
