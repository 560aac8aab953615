#include "ingot/nn/convolution.h"

#include <cmath>

#include "ingot/nn/init.h"
#include "ingot/nn/spatial.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/spatial_axes.h"

namespace ingot::nn {

namespace {

/// Calls `convolve` with a batch axis, and adds the bias.
template <class Convolve>
Array with_batch_and_bias(const Array& x, const Array& bias, size_t axes, int64_t out_channels, const char* op,
                          Convolve&& convolve) {
  const auto unbatched = static_cast<int64_t>(axes) + 1;
  if (x.ndim() != unbatched && x.ndim() != unbatched + 1)
    throw ShapeError(op, ": expected an input of ", unbatched + 1, " axes (batch, channels, *spatial), or of ",
                     unbatched, " without a batch, got shape ", x.shape());
  if (bias.defined() && bias.shape() != Shape{out_channels})
    throw ShapeError(op, ": expected a bias of shape (", out_channels, ",), got ", bias.shape());
  Array result = convolve(x.ndim() == unbatched ? expand_dims(x, {0}) : x);
  if (bias.defined()) {
    Shape per_channel(axes + 1, 1);
    per_channel[0] = out_channels;
    result = result + reshape(autocast("convolution", bias), per_channel);
  }
  return x.ndim() == unbatched ? squeeze(result, Axes{0}) : result;
}

void check_operands(const Array& x, const Array& weight, size_t axes, const char* op) {
  if (!x.defined() || !weight.defined()) throw ValueError(op, ": an operand is an undefined array");
  if (weight.ndim() != static_cast<int64_t>(axes) + 2)
    throw ShapeError(op, ": expected a weight of ", axes + 2, " axes (channels, channels, *kernel), got shape ",
                     weight.shape());
}

/// Where along an axis of `length` the elements in front of it and behind it come from.
int64_t source(int64_t position, int64_t length, const std::string& mode) {
  if (mode == "circular") return (position + length) % length;
  if (mode == "replicate") return std::clamp<int64_t>(position, 0, length - 1);
  return position < 0 ? -position : position >= length ? 2 * (length - 1) - position : position;
}

/// `x` continued beyond its spatial axes.
Array continued(const Array& x, const ConvolutionOptions& padding, const std::string& mode) {
  Array result = x;
  const size_t axes = padding.padding.size();
  for (size_t i = 0; i < axes; ++i) {
    const auto axis = static_cast<int64_t>(i) - static_cast<int64_t>(axes);
    const int64_t before = padding.padding[i], after = padding.padding_after[i], length = x.shape(axis);
    if (before == 0 && after == 0) continue;
    const int64_t most = mode == "reflect" ? length - 1 : mode == "circular" ? length : length > 0 ? before + after : 0;
    if (std::max(before, after) > most)
      throw ShapeError("conv: padding ", std::max(before, after), " in mode '", mode,
                       "' is more than the input of shape ", x.shape(), " can be continued by");
    std::vector<int64_t> from;
    for (int64_t at = -before; at < length + after; ++at) from.push_back(source(at, length, mode));
    const auto count = static_cast<int64_t>(from.size());
    result = take(result, array(from, {count}), axis);
  }
  return result;
}

/// Paddings as numbers.
ConvolutionOptions with_padding(ConvolutionOptions options, const ConvPadding& padding, const Shape& kernel) {
  if (const auto* numbers = std::get_if<Axes>(&padding)) {
    options.padding = options.padding_after =
        for_each_axis(*numbers, kernel.size(), Axes(kernel.size(), 0), 0, "conv", "padding");
    return options;
  }
  const std::string& word = std::get<std::string>(padding);
  if (word == "same") return same_padding(std::move(options), kernel);
  if (word != "valid") throw ValueError("conv: expected padding to be numbers, 'valid' or 'same', got '", word, "'");
  options.padding = options.padding_after = Axes(kernel.size(), 0);
  return options;
}

Shape kernel_of(const Array& weight) { return Shape(weight.shape().begin() + 2, weight.shape().end()); }

}  // namespace

namespace functional {

Array conv(const Array& x, const Array& weight, const Array& bias, size_t axes, const Axes& stride,
           const ConvPadding& padding, const Axes& dilation, int64_t groups) {
  check_operands(x, weight, axes, "conv");
  const ConvolutionOptions options = with_padding({stride, {}, {}, dilation, groups}, padding, kernel_of(weight));
  return with_batch_and_bias(x, bias, axes, weight.shape(0), "conv",
                             [&](const Array& batch) { return convolution(batch, weight, options); });
}

Array conv_transpose(const Array& x, const Array& weight, const Array& bias, size_t axes, const Axes& stride,
                     const Axes& padding, const Axes& output_padding, int64_t groups, const Axes& dilation) {
  check_operands(x, weight, axes, "conv_transpose");
  const ConvolutionOptions options{stride, padding, {}, dilation, groups};
  return with_batch_and_bias(x, bias, axes, weight.shape(1) * groups, "conv_transpose", [&](const Array& batch) {
    return convolution_transpose(batch, weight, options, output_padding);
  });
}

}  // namespace functional

Conv::Conv(size_t axes, const char* name, int64_t in_channels, int64_t out_channels, const Axes& kernel_size,
           const ConvOptions& options)
    : in_channels_(in_channels), out_channels_(out_channels), options_(options) {
  const Axes ones_of(axes, 1);
  kernel_size_ = for_each_axis(kernel_size, axes, ones_of, 1, name, "kernel_size");
  options_.stride = for_each_axis(options.stride, axes, ones_of, 1, name, "stride");
  options_.dilation = for_each_axis(options.dilation, axes, ones_of, 1, name, "dilation");
  if (const auto* padding = std::get_if<Axes>(&options.padding))
    options_.padding = for_each_axis(*padding, axes, Axes(axes, 0), 0, name, "padding");
  with_padding({options_.stride, {}, {}, options_.dilation, 1}, options_.padding, kernel_size_);  // throws
  if (in_channels < 1 || out_channels < 1)
    throw ValueError(name, ": in_channels and out_channels must be at least 1, got ", in_channels, " and ",
                     out_channels);
  if (options.groups < 1 || in_channels % options.groups != 0 || out_channels % options.groups != 0)
    throw ValueError(name, ": groups must divide in_channels and out_channels, got ", options.groups, " for ",
                     in_channels, " and ", out_channels);
  const std::string& mode = options.padding_mode;
  if (mode != "zeros" && mode != "reflect" && mode != "replicate" && mode != "circular")
    throw ValueError(name, ": expected padding_mode 'zeros', 'reflect', 'replicate' or 'circular', got '", mode, "'");

  Shape shape{out_channels, in_channels / options.groups};
  for (const int64_t length : kernel_size_) shape.push_back(length);
  register_parameter("weight", parameter(zeros(shape, options.dtype)));
  register_parameter("bias", options.bias ? parameter(zeros({out_channels}, options.dtype)) : Array());
  reset_parameters();
}

void Conv::reset_parameters() {
  init::kaiming_uniform_(weight(), std::sqrt(5.0));
  if (!bias().defined()) return;
  const auto fan_in = static_cast<double>(weight().size() / out_channels_);
  init::uniform_(bias(), -1 / std::sqrt(fan_in), 1 / std::sqrt(fan_in));
}

void Conv::set_in_channels(int64_t in_channels) {
  if (in_channels < 1 || in_channels % options_.groups != 0)
    throw ValueError(type_name(), ": groups must divide in_channels, got ", options_.groups, " for ", in_channels);
  in_channels_ = in_channels;
  Shape shape(weight().shape());
  shape[1] = in_channels / options_.groups;
  weight().rebind_unchecked(zeros(shape, weight().dtype()).node());
  reset_parameters();
}

Array Conv::forward(const Array& x) {
  const size_t axes = kernel_size_.size();
  const auto& [stride, padding, dilation, groups, has_bias, mode, dtype] = options_;
  if (mode == "zeros" || !x.defined() || x.ndim() <= static_cast<int64_t>(axes))
    return functional::conv(x, weight(), bias(), axes, stride, padding, dilation, groups);
  const Array around = continued(x, with_padding({stride, {}, {}, dilation, groups}, padding, kernel_size_), mode);
  return functional::conv(around, weight(), bias(), axes, stride, Axes{}, dilation, groups);
}

std::string Conv::extra_repr() const {
  const size_t axes = kernel_size_.size();
  std::string text =
      concat(in_channels_, ", ", out_channels_, ", kernel_size=", kernel_size_, ", stride=", options_.stride);
  const auto* padding = std::get_if<Axes>(&options_.padding);
  if (!padding) {
    text += ", padding=" + std::get<std::string>(options_.padding);
  } else if (*padding != Axes(axes, 0)) {
    text += concat(", padding=", *padding);
  }
  if (options_.dilation != Axes(axes, 1)) text += concat(", dilation=", options_.dilation);
  if (options_.groups != 1) text += concat(", groups=", options_.groups);
  if (!bias().defined()) text += ", bias=False";
  if (options_.padding_mode != "zeros") text += ", padding_mode=" + options_.padding_mode;
  return text;
}

Json Conv::config() const {
  const auto* padding = std::get_if<Axes>(&options_.padding);
  return Json::Object{{"in_channels", in_channels_},
                      {"out_channels", out_channels_},
                      {"kernel_size", json_of(kernel_size_)},
                      {"stride", json_of(options_.stride)},
                      {"padding", padding ? json_of(*padding) : Json(std::get<std::string>(options_.padding))},
                      {"dilation", json_of(options_.dilation)},
                      {"groups", options_.groups},
                      {"bias", bias().defined()},
                      {"padding_mode", options_.padding_mode}};
}

}  // namespace ingot::nn
