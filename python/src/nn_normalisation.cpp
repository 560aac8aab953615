// Normalisation over groups of channels, each channel, and neighbouring channels.
#include "ingot/nn/normalisation.h"

#include "nn_described.h"

namespace ingot::python {

namespace {

template <class I>
void def_instance_norm(py::module_& m, const char* name, const char* inputs, const char* shape) {
  ModuleClass<I, nn::Module> type(
      m, name,
      concat(
          "Normalises each channel of each sample of inputs ", inputs,
          ", `(x - mean) / sqrt(variance + eps)`, then `* weight + bias` if `affine` (Ulyanov et al., 2016).\n\nWith "
          "`track_running_stats`, means of the statistics over the batch are collected while training, and used when "
          "not.\n\nRaises ValueError for one element per channel.\n\nExample:\n    >>> ingot.nn.",
          name, "(3)(ingot.random.normal(", shape, ")).shape\n    ", shape)
          .c_str());
  type.def(
          "__init__",
          [](py::detail::value_and_holder& slot, int64_t num_features, double eps, std::optional<double> momentum,
             bool affine, bool track_running_stats, const std::optional<Device>& device, std::optional<DType> dtype) {
            if (device) require_available(*device);
            const nn::BatchNormOptions options{eps, momentum, affine, track_running_stats,
                                               dtype.value_or(DType::float32)};
            slot.value_ptr() = Py_TYPE(slot.inst) == slot.type->type
                                   ? new I(num_features, options)
                                   : static_cast<I*>(new PythonModule<I>(num_features, options));
          },
          py::detail::is_new_style_constructor(), "num_features"_a, "eps"_a = 1e-5, "momentum"_a = 0.1,
          "affine"_a = false, "track_running_stats"_a = false, "device"_a = py::none(), "dtype"_a = py::none())
      .def_property_readonly("num_features", [](const I& self) { return self.num_features(); })
      .def("_set_inputs", &I::set_num_features)
      .def_property_readonly("eps", [](const I& self) { return self.options().eps; })
      .def_property_readonly("momentum", [](const I& self) { return self.options().momentum; })
      .def_property_readonly("affine", [](const I& self) { return self.options().affine; })
      .def_property_readonly("track_running_stats", [](const I& self) { return self.options().track_running_stats; })
      .def(
          "reset_running_stats", [](I& self) { self.reset_running_stats(); },
          "Sets the buffers to what they were at first.")
      .def(
          "reset_parameters", [](I& self) { self.reset_parameters(); },
          "Sets parameters and buffers to what they were at first.");
  def_forward<I>(type);
}

}  // namespace

void register_nn_normalisation(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  auto group = def_described<nn::GroupNorm>(
      m, "GroupNorm",
      "`(x - mean) / sqrt(variance + eps) * weight + bias` for (N, C, ...), with mean and variance over the channels "
      "of "
      "a group and all axes behind them. `weight` starts as ones and `bias` as zeros, one for each channel, unless "
      "`affine` is False (Wu and He, 2018).\n\nExample:\n    >>> ingot.nn.GroupNorm(2, 4)(ingot.ones((1, 4, "
      "5))).shape\n  "
      "  (1, 4, 5)");
  group.def("reset_parameters", &nn::GroupNorm::reset_parameters, "Sets the weight to ones and the bias to zeros.");
  def_forward<nn::GroupNorm>(group);
  def_instance_norm<nn::InstanceNorm1d>(m, "InstanceNorm1d", "(N, C, L) or (C, L)", "(4, 3, 8)");
  def_instance_norm<nn::InstanceNorm2d>(m, "InstanceNorm2d", "(N, C, H, W) or (C, H, W)", "(4, 3, 8, 8)");
  def_instance_norm<nn::InstanceNorm3d>(m, "InstanceNorm3d", "(N, C, D, H, W) or (C, D, H, W)", "(4, 3, 4, 4, 4)");
  def_layer<nn::LocalResponseNorm>(
      m, "LocalResponseNorm",
      "`x / (k + alpha * mean of x^2 over size neighbouring channels)^beta` for (N, C, ...) (Krizhevsky et al., "
      "2012).\n\nExample:\n    >>> ingot.nn.LocalResponseNorm(2)(ingot.ones((1, 4, 3))).shape\n    (1, 4, 3)");
}

}  // namespace ingot::python
