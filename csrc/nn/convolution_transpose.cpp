#include <cmath>

#include "ingot/nn/convolution.h"
#include "ingot/nn/init.h"
#include "ingot/nn/spatial.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/spatial_axes.h"

namespace ingot::nn {

ConvTranspose::ConvTranspose(size_t axes, const char* name, int64_t in_channels, int64_t out_channels,
                             const Axes& kernel_size, const ConvTransposeOptions& options)
    : in_channels_(in_channels), out_channels_(out_channels), options_(options) {
  const Axes one(axes, 1), none(axes, 0);
  kernel_size_ = for_each_axis(kernel_size, axes, one, 1, name, "kernel_size");
  options_.stride = for_each_axis(options.stride, axes, one, 1, name, "stride");
  options_.padding = for_each_axis(options.padding, axes, none, 0, name, "padding");
  options_.output_padding = for_each_axis(options.output_padding, axes, none, 0, name, "output_padding");
  options_.dilation = for_each_axis(options.dilation, axes, one, 1, name, "dilation");
  if (in_channels < 1 || out_channels < 1)
    throw ValueError(name, ": in_channels and out_channels must be at least 1, got ", in_channels, " and ",
                     out_channels);
  if (options.groups < 1 || in_channels % options.groups != 0 || out_channels % options.groups != 0)
    throw ValueError(name, ": groups must divide in_channels and out_channels, got ", options.groups, " for ",
                     in_channels, " and ", out_channels);
  if (options.padding_mode != "zeros")
    throw ValueError(name, ": expected padding_mode 'zeros', got '", options.padding_mode, "'");
  Shape shape{in_channels, out_channels / options.groups};
  for (const int64_t length : kernel_size_) shape.push_back(length);
  register_parameter("weight", parameter(zeros(shape, options.dtype)));
  register_parameter("bias", options.bias ? parameter(zeros({out_channels}, options.dtype)) : Array());
  reset_parameters();
}

void ConvTranspose::reset_parameters() {
  const Array &weight = get_parameter("weight"), &bias = get_parameter("bias");
  init::kaiming_uniform_(weight, std::sqrt(5.0));
  const double bound = 1 / std::sqrt(static_cast<double>(weight.size() / in_channels_));
  if (bias.defined()) init::uniform_(bias, -bound, bound);
}

void ConvTranspose::set_in_channels(int64_t in_channels) {
  if (in_channels < 1 || in_channels % options_.groups != 0)
    throw ValueError(type_name(), ": groups must divide in_channels, got ", options_.groups, " for ", in_channels);
  in_channels_ = in_channels;
  const Array& weight = get_parameter("weight");
  Shape shape(weight.shape());
  shape[0] = in_channels;
  weight.rebind_unchecked(zeros(shape, weight.dtype()).node());
  reset_parameters();
}

Array ConvTranspose::forward(const Array& x, const Axes& output_size) {
  const size_t axes = kernel_size_.size();
  Axes extra = options_.output_padding;
  if (!output_size.empty()) {
    if (!x.defined()) throw ValueError(type_name(), ": the array is undefined");
    const size_t skipped = output_size.size() > axes ? output_size.size() - axes : 0;
    if (output_size.size() < axes || skipped > 2 || x.ndim() < static_cast<int64_t>(axes))
      throw ShapeError(type_name(), ": expected output_size to hold ", axes, " lengths, got ", output_size);
    for (size_t i = 0; i < axes; ++i) {
      const int64_t length = x.shape(static_cast<int64_t>(i) - static_cast<int64_t>(axes));
      const int64_t least = (length - 1) * options_.stride[i] - 2 * options_.padding[i] +
                            options_.dilation[i] * (kernel_size_[i] - 1) + 1;
      extra[i] = output_size[skipped + i] - least;
      if (extra[i] < 0 || extra[i] >= std::max(options_.stride[i], options_.dilation[i]))
        throw ValueError(type_name(), ": an output of size ", output_size, " cannot come from an input of shape ",
                         x.shape(), "; along that axis lengths from ", least, " to ",
                         least + std::max(options_.stride[i], options_.dilation[i]) - 1, " can");
    }
  }
  return functional::conv_transpose(x, get_parameter("weight"), get_parameter("bias"), axes, options_.stride,
                                    options_.padding, extra, options_.groups, options_.dilation);
}

std::string ConvTranspose::extra_repr() const {
  const size_t axes = kernel_size_.size();
  std::string text =
      concat(in_channels_, ", ", out_channels_, ", kernel_size=", kernel_size_, ", stride=", options_.stride);
  if (!(options_.padding == Axes(axes, 0))) text += concat(", padding=", options_.padding);
  if (!(options_.dilation == Axes(axes, 1))) text += concat(", dilation=", options_.dilation);
  if (!(options_.output_padding == Axes(axes, 0))) text += concat(", output_padding=", options_.output_padding);
  if (options_.groups != 1) text += concat(", groups=", options_.groups);
  if (!get_parameter("bias").defined()) text += ", bias=False";
  return text;
}

Json ConvTranspose::config() const {
  return Json::Object{{"in_channels", in_channels_},
                      {"out_channels", out_channels_},
                      {"kernel_size", json_of(kernel_size_)},
                      {"stride", json_of(options_.stride)},
                      {"padding", json_of(options_.padding)},
                      {"output_padding", json_of(options_.output_padding)},
                      {"groups", options_.groups},
                      {"bias", get_parameter("bias").defined()},
                      {"dilation", json_of(options_.dilation)},
                      {"padding_mode", options_.padding_mode}};
}

}  // namespace ingot::nn
