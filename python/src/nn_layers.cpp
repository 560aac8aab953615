#include "elementwise_bind.h"
#include "ingot/nn/flatten.h"
#include "ingot/nn/linear.h"
#include "ingot/ops/matmul.h"
#include "nn_described.h"

namespace ingot::python {

void register_nn_layers(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  using nn::Linear;
  const auto make_linear = [](auto tag) {
    return [tag](int64_t in_features, int64_t out_features, bool bias, const std::optional<Device>& device,
                 std::optional<DType> dtype) {
      if (device) require_available(*device);
      return std::make_shared<typename decltype(tag)::type>(in_features, out_features, bias,
                                                            dtype.value_or(DType::float32));
    };
  };
  ModuleClass<Linear, nn::Module> linear(
      m, "Linear",
      "The fully connected layer: `x @ weight.T + bias` over the last axis, (..., in_features) -> (..., "
      "out_features).\n\n"
      "`weight` (out_features, in_features) and `bias` (out_features,) start in U(-k, k) with k = 1 / "
      "sqrt(in_features).\n\n"
      "Example:\n    >>> ingot.nn.Linear(2, 3)(ingot.ones((5, 2))).shape\n    (5, 3)");
  linear
      .def(py::init(make_linear(TypeTag<Linear>()), make_linear(TypeTag<PythonModule<Linear>>())), "in_features"_a,
           "out_features"_a, "bias"_a = true, "device"_a = py::none(), "dtype"_a = py::none())
      .def_property_readonly("in_features", &Linear::in_features)
      .def_property_readonly("out_features", &Linear::out_features)
      .def("reset_parameters", &Linear::reset_parameters, "Draws both parameters anew.")
      .def("_set_inputs", &Linear::set_in_features);
  def_forward<Linear>(linear);

  using nn::Bilinear;
  auto bilinear = def_described<Bilinear>(
      m, "Bilinear",
      "`x1^T W_k x2 + bias_k` for each k: (..., in1_features) and (..., in2_features) -> (..., out_features).\n\n"
      "`weight` (out_features, in1_features, in2_features) and `bias` (out_features,) start in U(-k, k) with k = 1 / "
      "sqrt(in1_features).\n\nExample:\n    >>> ingot.nn.Bilinear(2, 3, 4)(ingot.ones((5, 2)), ingot.ones((5, "
      "3))).shape\n    (5, 4)");
  bilinear.def("reset_parameters", &Bilinear::reset_parameters, "Draws both parameters anew.")
      .def(
          "forward",
          [](Bilinear& self, const ArrayLike& x1, const ArrayLike& x2) { return self.Bilinear::forward(x1, x2); },
          "x1"_a, "x2"_a, "Computes the result.");

  using nn::LoRALinear;
  auto lora = def_described<LoRALinear>(
      m, "LoRALinear",
      "A linear layer whose `weight` and `bias` stay as they are, plus a product of two thin matrices that learns: `x "
      "@ "
      "weight.T + bias + dropout(x) @ lora_A.T @ lora_B.T * lora_alpha / r` (Hu et al., 2021).\n\n"
      "`lora_A` (r, in_features) is drawn as a linear layer's weight, `lora_B` (out_features, r) is zero: at first "
      "nothing is added.\n\nExample:\n    >>> layer = ingot.nn.LoRALinear(8, 4, r=2)\n    >>> [name for name, p in "
      "layer.named_parameters() if p.requires_grad]\n    ['lora_A', 'lora_B']");
  lora.def("reset_parameters", &LoRALinear::reset_parameters, "Draws all parameters anew.")
      .def("merge", &LoRALinear::merge, "Adds what was learned to the weight, and starts anew from there.");
  def_forward<LoRALinear>(lora);

  using nn::Flatten;
  ModuleClass<Flatten, nn::Module> flatten(
      m, "Flatten",
      "Joins axes `start_dim` to `end_dim` (inclusive) into one: by default all but the batch axis.\n\n"
      "Example:\n    >>> ingot.nn.Flatten()(ingot.ones((2, 3, 4))).shape\n    (2, 12)");
  flatten.def(py::init<int64_t, int64_t>(), "start_dim"_a = 1, "end_dim"_a = -1)
      .def_property_readonly("start_dim", &Flatten::start_dim)
      .def_property_readonly("end_dim", &Flatten::end_dim);
  def_forward<Flatten>(flatten);

  register_nn_sequence(m);
  register_nn_init(m);

  auto f = py::cast<py::module_>(m.attr("functional"));
  f.def(
      "linear",
      [](const ArrayLike& input, const ArrayLike& weight, const std::optional<ArrayLike>& bias) {
        return ingot::linear(input, weight, bias ? bias->value : Array());
      },
      "input"_a, "weight"_a, "bias"_a = py::none(),
      "`input @ weight.T + bias` over the last axis.\n\nExample:\n    >>> ingot.nn.functional.linear(ingot.ones((5, "
      "2)), ingot.ones((3, 2))).shape\n    (5, 3)");
  f.def(
      "bilinear",
      [](const ArrayLike& input1, const ArrayLike& input2, const ArrayLike& weight,
         const std::optional<ArrayLike>& bias) {
        return nn::functional::bilinear(input1, input2, weight, bias ? bias->value : Array());
      },
      "input1"_a, "input2"_a, "weight"_a, "bias"_a = py::none(),
      "`input1^T weight_k input2 + bias_k` for each k: (..., in1), (..., in2) -> (..., out).");
  register_nn_sequence_functions(f);
  register_activation_functions(f);
}

}  // namespace ingot::python
