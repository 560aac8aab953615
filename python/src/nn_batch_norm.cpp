#include "ingot/nn/batch_norm.h"

#include "nn_bind.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

template <class B>
void def_batch_norm(py::module_& m, const char* name, const char* inputs, const char* example) {
  ModuleClass<B, nn::Module> type(
      m, name,
      concat("Normalises each channel of inputs ", inputs,
             ", `(x - mean) / sqrt(variance + eps) * weight + bias`: while training by mean and biased variance of the "
             "batch, otherwise by the running ones.\n\n"
             "Each batch moves `running_mean` and `running_var` (unbiased) towards its own by the part `momentum`; "
             "without momentum they are means over all batches. `num_batches_tracked` counts them.\n\n"
             "Raises ValueError while training with one element per channel.\n\n"
             "Example:\n    >>> layer = ingot.nn.",
             name, "(3)\n    >>> layer(ingot.random.normal(", example, ")).shape\n    ", example)
          .c_str());
  const auto make = [](auto tag) {
    return [tag](int64_t num_features, double eps, std::optional<double> momentum, bool affine,
                 bool track_running_stats, const std::optional<Device>& device, std::optional<DType> dtype) {
      if (device) require_available(*device);
      return std::make_shared<typename decltype(tag)::type>(
          num_features,
          nn::BatchNormOptions{eps, momentum, affine, track_running_stats, dtype.value_or(DType::float32)});
    };
  };
  type.def(py::init(make(TypeTag<B>()), make(TypeTag<PythonModule<B>>())), "num_features"_a, "eps"_a = 1e-5,
           "momentum"_a = 0.1, "affine"_a = true, "track_running_stats"_a = true, "device"_a = py::none(),
           "dtype"_a = py::none())
      .def_property_readonly("num_features", &B::num_features)
      .def_property_readonly("eps", [](const B& self) { return self.options().eps; })
      .def_property_readonly("momentum", [](const B& self) { return self.options().momentum; })
      .def_property_readonly("affine", [](const B& self) { return self.options().affine; })
      .def_property_readonly("track_running_stats", [](const B& self) { return self.options().track_running_stats; })
      .def("reset_running_stats", &B::reset_running_stats, "Sets the buffers to what they were at first.")
      .def("reset_parameters", &B::reset_parameters, "Sets parameters and buffers to what they were at first.")
      .def("_set_inputs", &B::set_num_features)
      .def("forward", [](B& self, const ArrayLike& x) { return self.B::forward(x); }, "x"_a, "Computes the result.");
}

}  // namespace

void register_nn_batch_norm(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  def_batch_norm<nn::BatchNorm1d>(m, "BatchNorm1d", "(N, C) or (N, C, L)", "(4, 3)");
  def_batch_norm<nn::BatchNorm2d>(m, "BatchNorm2d", "(N, C, H, W)", "(4, 3, 8, 8)");
  def_batch_norm<nn::BatchNorm3d>(m, "BatchNorm3d", "(N, C, D, H, W)", "(4, 3, 8, 8, 8)");

  auto functional = py::cast<py::module_>(m.attr("functional"));
  functional.def(
      "batch_norm",
      [](const ArrayLike& input, const std::optional<Array>& running_mean, const std::optional<Array>& running_var,
         const OptionalArray& weight, const OptionalArray& bias, bool training, double momentum, double eps) {
        return nn::functional::batch_norm(input, running_mean.value_or(Array()), running_var.value_or(Array()),
                                          or_undefined(weight), or_undefined(bias), training, momentum, eps);
      },
      "input"_a, "running_mean"_a = py::none(), "running_var"_a = py::none(), "weight"_a = py::none(),
      "bias"_a = py::none(), "training"_a = false, "momentum"_a = 0.1, "eps"_a = 1e-5,
      "`(x - mean) / sqrt(variance + eps) * weight + bias` for each channel, axis 1: with the running statistics, or "
      "while training with those of the batch, towards which the running ones, where given, are moved in place by the "
      "part `momentum`.\n\nRaises ShapeError if shapes do not fit, ValueError while training with one element per "
      "channel.\n\n"
      "Example:\n    >>> x = ingot.array([[1.0], [3.0]])\n    >>> print(ingot.nn.functional.batch_norm(x, "
      "training=True, "
      "eps=0))\n    [[-1.]\n     [ 1.]]");
}

}  // namespace ingot::python
