#include "ingot/nn/functional.h"
#include "ingot/nn/init.h"
#include "ingot/nn/loss.h"
#include "ingot/ops/matmul.h"
#include "nn_bind.h"

namespace ingot::python {

namespace {

using nn::parse_reduction;

template <class L>
void def_loss_forward(ModuleClass<L, nn::Loss>& type) {
  type.def(
      "forward",
      [](L& self, const ArrayLike& input, const ArrayLike& target) { return self.L::forward(input, target); },
      "input"_a, "target"_a, "Computes the loss.");
}

template <class L>
void def_loss(py::module_& m, const char* name, const char* doc) {
  ModuleClass<L, nn::Loss> type(m, name, doc);
  // Built twice, because a subclass made in Python needs the C++ object that knows of it.
  type.def(py::init([](const std::string& reduction) { return std::make_shared<L>(parse_reduction(reduction)); },
                    [](const std::string& reduction) {
                      return std::make_shared<PythonModule<L>>(parse_reduction(reduction));
                    }),
           "reduction"_a = "mean");
  def_loss_forward<L>(type);
}

constexpr const char* kMseDoc =
    "`(input - target)^2`, reduced: 'mean' over all elements, 'sum', or 'none'. Shapes must be equal, or one of the "
    "two 0-d.\n\n"
    "Raises ShapeError otherwise: other broadcasting, as of (N, 1) with (N,), would silently compare all with all.\n\n"
    "Example:\n    >>> print(ingot.nn.MSELoss()(ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])))\n    2.0";
constexpr const char* kCrossEntropyDoc =
    "Cross entropy between unnormalised scores (C,), (N, C) or (N, C, d1, ...) and classes: their indices (integers, "
    "in the shape of input without C) or their probabilities (floats, in the shape of input).\n\n"
    "`weight` (C,) is a factor for each class. Positions of class `ignore_index` have no loss and no gradient. "
    "`label_smoothing` is the share of each target that is spread evenly over all classes. `reduction` is 'mean' (over "
    "what is not ignored, weighted), 'sum' or 'none'.\n\n"
    "Raises ShapeError or TypeError if target or weight do not match, IndexError when evaluated if an index is not in "
    "[0, C).\n\n"
    "Example:\n    >>> loss = ingot.nn.CrossEntropyLoss()(ingot.zeros((2, 4)), ingot.array([0, 3]))\n    >>> "
    "round(loss.item(), 4)\n    1.3863";

nn::functional::CrossEntropyOptions cross_entropy_options(const std::optional<ArrayLike>& weight, int64_t ignore_index,
                                                          const std::string& reduction, double label_smoothing) {
  return {parse_reduction(reduction), weight ? weight->value : Array(), ignore_index, label_smoothing};
}

template <class L>
std::shared_ptr<L> make_cross_entropy_loss(const std::optional<ArrayLike>& weight, int64_t ignore_index,
                                           const std::string& reduction, double label_smoothing) {
  return std::make_shared<L>(cross_entropy_options(weight, ignore_index, reduction, label_smoothing));
}

void def_cross_entropy(py::module_& m) {
  using L = nn::CrossEntropyLoss;
  ModuleClass<L, nn::Loss> type(m, "CrossEntropyLoss", kCrossEntropyDoc);
  type.def(py::init(&make_cross_entropy_loss<L>, &make_cross_entropy_loss<PythonModule<L>>), "weight"_a = py::none(),
           "ignore_index"_a = -100, "reduction"_a = "mean", "label_smoothing"_a = 0.0)
      .def_property_readonly("ignore_index", &L::ignore_index, "The class that does not count.")
      .def_property_readonly("label_smoothing", &L::label_smoothing,
                             "The share of each target that is spread evenly over all classes.");
  def_loss_forward<L>(type);
}

}  // namespace

void register_nn_losses(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  py::class_<nn::Loss, nn::Module, std::shared_ptr<nn::Loss>>(
      m, "Loss", "Base of losses: modules of two inputs, with a `reduction`.", py::dynamic_attr(),
      py::custom_type_setup(set_up_module_type))
      .def_property_readonly(
          "reduction", [](const nn::Loss& self) { return nn::name_of(self.reduction()); }, "'mean', 'sum' or 'none'.");
  def_loss<nn::MSELoss>(m, "MSELoss", kMseDoc);
  def_cross_entropy(m);

  py::module_ f = m.def_submodule("functional", "Layers and losses as plain functions.");
  f.def(
      "mse_loss",
      [](const ArrayLike& input, const ArrayLike& target, const std::string& reduction) {
        return nn::functional::mse_loss(input, target, parse_reduction(reduction));
      },
      "input"_a, "target"_a, "reduction"_a = "mean", kMseDoc);
  f.def(
      "cross_entropy",
      [](const ArrayLike& input, const ArrayLike& target, const std::optional<ArrayLike>& weight, int64_t ignore_index,
         const std::string& reduction, double label_smoothing) {
        return nn::functional::cross_entropy(input, target,
                                             cross_entropy_options(weight, ignore_index, reduction, label_smoothing));
      },
      "input"_a, "target"_a, "weight"_a = py::none(), "ignore_index"_a = -100, "reduction"_a = "mean",
      "label_smoothing"_a = 0.0, kCrossEntropyDoc);
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
  for (const char* name : {"relu", "tanh", "sigmoid", "silu", "softplus", "softsign", "softmax", "log_softmax"})
    f.attr(name) = parent.attr(name);
  register_nn_sequence_functions(f);

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
      "normal_",
      [](const py::object& array, double mean, double std) {
        nn::init::normal_(py::cast<Array>(array), mean, std);
        return array;
      },
      "array"_a, "mean"_a = 0.0, "std"_a = 1.0, "N(mean, std^2).");
  const auto def_xavier = [&](const char* name, void (*fill)(const Array&, double), const char* doc) {
    init.def(
        name,
        [fill](const py::object& array, double gain) {
          fill(py::cast<Array>(array), gain);
          return array;
        },
        "array"_a, "gain"_a = 1.0, doc);
  };
  def_xavier("xavier_uniform_", nn::init::xavier_uniform_,
             "U(-k, k) with k = gain * sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio, 2010).");
  def_xavier("xavier_normal_", nn::init::xavier_normal_,
             "N(0, s^2) with s = gain * sqrt(2 / (fan_in + fan_out)) (Glorot and Bengio, 2010).");
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
