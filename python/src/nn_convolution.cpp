#include "ingot/nn/convolution.h"

#include "nn_bind.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using nn::ConvPadding;

/// `(2, 3, 8, 8)`: an example's shape for `axes` spatial axes.
std::string shape_text(const char* first, const char* length, size_t axes) {
  std::string text = concat('(', first);
  for (size_t i = 0; i < axes; ++i) text += concat(", ", length);
  return text + ')';
}

void def_functions(py::module_& core, py::module_& functional, size_t axes) {
  const std::string name = concat("conv", axes, 'd'), transposed = concat("conv_transpose", axes, 'd');
  const std::string doc =
      concat("Convolution over ", axes, axes == 1 ? " axis" : " axes",
             " without flipping the kernel (cross-correlation): input (N, in_channels, *spatial), or without N; weight "
             "(out_channels, in_channels / groups, *kernel); bias (out_channels,).\n\n"
             "`stride`, `padding` (on both sides; or 'valid', or 'same' for stride 1) and `dilation` are one number or "
             "one for "
             "each axis. Output lengths are `(in + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1`.\n\n"
             "Raises ShapeError if shapes or groups do not fit, or if the kernel is longer than the padded input.\n\n"
             "Example:\n    >>> x, w = ingot.ones(",
             shape_text("2, 3", "8", axes), "), ingot.ones(", shape_text("5, 3", "3", axes), ")\n    >>> ingot.", name,
             "(x, w, stride=2, padding=1).shape\n    ", shape_text("2, 5", "4", axes));
  core.def(
      name.c_str(),
      [axes](const ArrayLike& input, const ArrayLike& weight, const OptionalArray& bias, const Axes& stride,
             const ConvPadding& padding, const Axes& dilation, int64_t groups) {
        return nn::functional::conv(input, weight, or_undefined(bias), axes, stride, padding, dilation, groups);
      },
      "input"_a, "weight"_a, "bias"_a = py::none(), "stride"_a = Axes{1}, "padding"_a = Axes{0}, "dilation"_a = Axes{1},
      "groups"_a = 1, doc.c_str());
  const std::string transposed_doc = concat(
      "The transpose of `", name,
      "` as a linear function of its input: input (N, in_channels, *spatial), or without N; weight (in_channels, "
      "out_channels / groups, *kernel); bias (out_channels,).\n\n"
      "Output lengths are `(in - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1`; "
      "`output_padding` is less than stride or dilation.\n\nRaises ShapeError if shapes or groups do not fit.\n\n"
      "Example:\n    >>> y, w = ingot.ones(",
      shape_text("2, 5", "4", axes), "), ingot.ones(", shape_text("5, 3", "3", axes), ")\n    >>> ingot.", transposed,
      "(y, w, stride=2, padding=1, output_padding=1).shape\n    ", shape_text("2, 3", "8", axes));
  core.def(
      transposed.c_str(),
      [axes](const ArrayLike& input, const ArrayLike& weight, const OptionalArray& bias, const Axes& stride,
             const Axes& padding, const Axes& output_padding, int64_t groups, const Axes& dilation) {
        return nn::functional::conv_transpose(input, weight, or_undefined(bias), axes, stride, padding, output_padding,
                                              groups, dilation);
      },
      "input"_a, "weight"_a, "bias"_a = py::none(), "stride"_a = Axes{1}, "padding"_a = Axes{0},
      "output_padding"_a = Axes{0}, "groups"_a = 1, "dilation"_a = Axes{1}, transposed_doc.c_str());
  for (const std::string& each : {name, transposed}) functional.attr(each.c_str()) = core.attr(each.c_str());
}

template <class C>
void def_convolution(py::module_& nn_module, size_t axes) {
  const std::string name = concat("Conv", axes, 'd');
  const std::string doc = concat(
      "Convolution over ", axes, axes == 1 ? " axis" : " axes", ": `ingot.conv", axes,
      "d` with parameters of its own, `weight` (out_channels, in_channels / groups, *kernel_size) and `bias` "
      "(out_channels,), which start in U(-k, k) with k = sqrt(groups / (in_channels * product of kernel_size)).\n\n"
      "`padding_mode` says what is around the input: 'zeros', 'reflect', 'replicate' or 'circular'.\n\n"
      "Example:\n    >>> ingot.nn.",
      name, "(3, 5, kernel_size=3, padding=1)(ingot.ones(", shape_text("2, 3", "8", axes), ")).shape\n    ",
      shape_text("2, 5", "8", axes));
  ModuleClass<C, nn::Module> type(nn_module, name.c_str(), doc.c_str());
  const auto make = [](auto tag, int64_t in_channels, int64_t out_channels, const Axes& kernel_size,
                       const nn::ConvOptions& options) {
    return std::make_shared<typename decltype(tag)::type>(in_channels, out_channels, kernel_size, options);
  };
  const auto factory = [make](auto tag) {
    return
        [make, tag](int64_t in_channels, int64_t out_channels, const Axes& kernel_size, const Axes& stride,
                    const ConvPadding& padding, const Axes& dilation, int64_t groups, bool bias,
                    const std::string& padding_mode, const std::optional<Device>& device, std::optional<DType> dtype) {
          if (device) require_available(*device);
          return make(tag, in_channels, out_channels, kernel_size,
                      {stride, padding, dilation, groups, bias, padding_mode, dtype.value_or(DType::float32)});
        };
  };
  type.def(py::init(factory(TypeTag<C>()), factory(TypeTag<PythonModule<C>>())), "in_channels"_a, "out_channels"_a,
           "kernel_size"_a, "stride"_a = Axes{1}, "padding"_a = Axes{0}, "dilation"_a = Axes{1}, "groups"_a = 1,
           "bias"_a = true, "padding_mode"_a = "zeros", "device"_a = py::none(), "dtype"_a = py::none())
      .def_property_readonly("in_channels", &C::in_channels)
      .def_property_readonly("out_channels", &C::out_channels)
      .def_property_readonly("kernel_size", &C::kernel_size)
      .def_property_readonly("stride", [](const C& self) { return self.options().stride; })
      .def_property_readonly(
          "padding", [](const C& self) { return self.options().padding; }, "Numbers, or 'valid' or 'same'.")
      .def_property_readonly("dilation", [](const C& self) { return self.options().dilation; })
      .def_property_readonly("groups", [](const C& self) { return self.options().groups; })
      .def_property_readonly(
          "padding_mode", [](const C& self) { return self.options().padding_mode; },
          "'zeros', 'reflect', 'replicate' or 'circular'.")
      .def("reset_parameters", &C::reset_parameters, "Draws both parameters anew.")
      .def("_set_inputs", &C::set_in_channels)
      .def("forward", [](C& self, const ArrayLike& x) { return self.C::forward(x); }, "x"_a, "Computes the result.");
}

template <class C>
void def_transposed_layer(py::module_& nn_module, size_t axes) {
  const std::string name = concat("ConvTranspose", axes, 'd');
  const std::string doc = concat(
      "The transpose of a convolution over ", axes, axes == 1 ? " axis" : " axes", ": `ingot.conv_transpose", axes,
      "d` with parameters of its own, `weight` (in_channels, out_channels / groups, *kernel_size) and `bias` "
      "(out_channels,), which start in U(-k, k) with k = sqrt(groups / (out_channels * product of kernel_size)).\n\n"
      "Example:\n    >>> ingot.nn.",
      name, "(5, 3, kernel_size=2, stride=2)(ingot.ones(", shape_text("2, 5", "4", axes), ")).shape\n    ",
      shape_text("2, 3", "8", axes));
  ModuleClass<C, nn::Module> type(nn_module, name.c_str(), doc.c_str());
  const auto factory = [](auto tag) {
    return [tag](int64_t in_channels, int64_t out_channels, const Axes& kernel_size, const Axes& stride,
                 const Axes& padding, const Axes& output_padding, int64_t groups, bool bias, const Axes& dilation,
                 const std::string& padding_mode, const std::optional<Device>& device, std::optional<DType> dtype) {
      if (device) require_available(*device);
      return std::make_shared<typename decltype(tag)::type>(
          in_channels, out_channels, kernel_size,
          nn::ConvTransposeOptions{stride, padding, output_padding, groups, bias, dilation, padding_mode,
                                   dtype.value_or(DType::float32)});
    };
  };
  type.def(py::init(factory(TypeTag<C>()), factory(TypeTag<PythonModule<C>>())), "in_channels"_a, "out_channels"_a,
           "kernel_size"_a, "stride"_a = Axes{1}, "padding"_a = Axes{0}, "output_padding"_a = Axes{0}, "groups"_a = 1,
           "bias"_a = true, "dilation"_a = Axes{1}, "padding_mode"_a = "zeros", "device"_a = py::none(),
           "dtype"_a = py::none())
      .def_property_readonly("in_channels", [](const C& self) { return self.in_channels(); })
      .def_property_readonly("out_channels", [](const C& self) { return self.out_channels(); })
      .def_property_readonly("kernel_size", [](const C& self) { return self.kernel_size(); })
      .def_property_readonly("stride", [](const C& self) { return self.options().stride; })
      .def_property_readonly("padding", [](const C& self) { return self.options().padding; })
      .def("_set_inputs", &C::set_in_channels)
      .def_property_readonly("output_padding", [](const C& self) { return self.options().output_padding; })
      .def_property_readonly("dilation", [](const C& self) { return self.options().dilation; })
      .def_property_readonly("groups", [](const C& self) { return self.options().groups; })
      .def_property_readonly("padding_mode", [](const C& self) { return self.options().padding_mode; })
      .def(
          "reset_parameters", [](C& self) { self.reset_parameters(); }, "Draws both parameters anew.")
      .def(
          "forward",
          [](C& self, const ArrayLike& x, const std::optional<Axes>& output_size) {
            return self.C::forward(x, output_size.value_or(Axes{}));
          },
          "x"_a, "output_size"_a = py::none(),
          "Computes the result, of the given spatial lengths where the stride leaves a choice.");
}

}  // namespace

void register_nn_convolution(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  auto functional = py::cast<py::module_>(m.attr("functional"));
  for (size_t axes = 1; axes <= 3; ++axes) def_functions(parent, functional, axes);
  def_convolution<nn::Conv1d>(m, 1);
  def_convolution<nn::Conv2d>(m, 2);
  def_convolution<nn::Conv3d>(m, 3);
  def_transposed_layer<nn::ConvTranspose1d>(m, 1);
  def_transposed_layer<nn::ConvTranspose2d>(m, 2);
  def_transposed_layer<nn::ConvTranspose3d>(m, 3);
}

}  // namespace ingot::python
