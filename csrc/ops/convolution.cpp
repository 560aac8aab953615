#include "ingot/ops/convolution.h"

#include <algorithm>
#include <array>
#include <ostream>

#include "ingot/ops/apply.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/convolution_op.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/spatial_axes.h"

namespace ingot {

namespace {

using Which = ConvolutionArray;

Shape spatial(const Shape& shape) { return Shape(shape.begin() + 2, shape.end()); }

/// The operation on two of the three arrays, each at its place; the one to be computed is undefined.
Array apply_convolution(OpRef op, const std::array<Array, 3>& arrays) {
  const auto& convolution = static_cast<const Convolution&>(*op);
  const Array &input = arrays[0], &weight = arrays[1], &output = arrays[2];
  Shape shape;
  switch (convolution.computes) {
    case Which::input:
      shape = {output.shape(0), weight.shape(1) * convolution.groups};
      break;
    case Which::weight:
      shape = {output.shape(1), input.shape(1) / convolution.groups};
      break;
    case Which::output:
      shape = {input.shape(0), weight.shape(0)};
      break;
  }
  for (const int64_t length : convolution.lengths) shape.push_back(length);
  element_count(shape);  // throws for what memory could never hold
  const Array& first = convolution.computes == Which::input ? weight : input;
  const Array& second = convolution.computes == Which::output ? weight : output;
  return apply(std::move(op), {first, second}, {shape, first.dtype()});
}

// ---- checks of what users give ----

ConvolutionOptions checked(const ConvolutionOptions& given, size_t count, const char* op) {
  ConvolutionOptions options = given;
  options.stride = for_each_axis(given.stride, count, Axes(count, 1), 1, op, "stride");
  options.dilation = for_each_axis(given.dilation, count, Axes(count, 1), 1, op, "dilation");
  options.padding = for_each_axis(given.padding, count, Axes(count, 0), 0, op, "padding");
  options.padding_after = given.padding_after.empty()
                              ? options.padding
                              : for_each_axis(given.padding_after, count, Axes(count, 0), 0, op, "padding_after");
  if (options.groups < 1) throw ValueError(op, ": groups must be at least 1, got ", options.groups);
  return options;
}

/// Both operands in one dtype. `channels` is the axis of the weight that `x` provides, when there are no groups.
std::pair<Array, Array> checked_operands(const Array& x, const Array& weight, const char* op) {
  if (!x.defined() || !weight.defined()) throw ValueError(op, ": an operand is an undefined array");
  if (x.ndim() < 3 || x.ndim() > 5)
    throw ShapeError(op, ": expected an input of shape (batch, channels, *spatial) with 1 to 3 spatial axes, got ",
                     x.shape());
  if (weight.ndim() != x.ndim())
    throw ShapeError(op, ": expected a weight of ", x.ndim(), " axes for the input of shape ", x.shape(),
                     ", got shape ", weight.shape());
  const DType dtype = promote(x.dtype(), weight.dtype());
  if (is_bool(dtype)) throw TypeError(op, ": expected numbers, got bool");
  for (const int64_t length : spatial(weight.shape()))
    if (length < 1) throw ShapeError(op, ": the kernel of a weight of shape ", weight.shape(), " is empty");
  return {converted(x, dtype), converted(weight, dtype)};
}

}  // namespace

std::ostream& operator<<(std::ostream& out, ConvolutionArray which) {
  constexpr const char* kNames[] = {"input", "weight", "output"};
  return out << kNames[static_cast<int>(which)];
}

const char* Convolution::name() const {
  constexpr const char* kNames[] = {"convolution_input", "convolution_weight", "convolution"};
  return kNames[static_cast<int>(computes)];
}

Array Convolution::transpose(const Call& call, size_t i, const Array& cotangent) const {
  std::array<Array, 3> arrays;
  arrays[static_cast<size_t>(computes)] = cotangent;
  arrays[static_cast<size_t>(operand(1 - i))] = conj_if_complex(call.in(1 - i));
  return apply_convolution(
      make_ref<Convolution>(operand(i), spatial(call.in_shape(i)), stride, padding, dilation, groups), arrays);
}

std::vector<Array> Convolution::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes& axes,
                                     int64_t batch) const {
  const auto weight = static_cast<size_t>(Which::weight);
  std::array<Array, 3> arrays;
  bool one_weight = computes != Which::weight;
  for (size_t i = 0; i < 2; ++i) {
    arrays[static_cast<size_t>(operand(i))] = inputs[i];
    if (operand(i) == Which::weight) one_weight &= axes[i] < 0;
  }
  const auto split_first = [&](const Array& x) {
    Shape shape(x.shape());
    shape[0] /= std::max<int64_t>(1, batch);
    shape.insert(0, batch);
    return reshape(x, shape);
  };
  if (one_weight) {  // the batch becomes part of the images
    for (size_t i = 0; i < 2; ++i)
      if (operand(i) != Which::weight) arrays[static_cast<size_t>(operand(i))] = flatten(inputs[i], 0, 1);
    return {split_first(apply_convolution(OpRef(this), arrays))};
  }
  // One group of channels for each of the batch.
  for (size_t i = 0; i < 2; ++i) {
    const Array each = give_batch(inputs[i], axes[i], batch);
    const auto at = static_cast<size_t>(operand(i));
    arrays[at] = at == weight ? flatten(each, 0, 1) : flatten(moveaxis(each, 0, 1), 1, 2);
  }
  const Array result =
      apply_convolution(make_ref<Convolution>(computes, lengths, stride, padding, dilation, groups * batch), arrays);
  if (computes == Which::weight) return {split_first(result)};
  return {moveaxis(split_first(swapaxes(result, 0, 1)), 2, 1)};
}

Array convolution(const Array& x_given, const Array& weight_given, const ConvolutionOptions& given) {
  constexpr const char* op = "convolution";
  const auto [x, weight] = checked_operands(autocast(op, x_given), autocast(op, weight_given), op);
  const Shape in = spatial(x.shape()), kernel = spatial(weight.shape());
  const ConvolutionOptions options = checked(given, in.size(), op);
  if (weight.shape(0) % options.groups != 0)
    throw ShapeError(op, ": the ", weight.shape(0), " output channels of a weight of shape ", weight.shape(),
                     " cannot be split into ", options.groups, " groups");
  if (x.shape(1) != weight.shape(1) * options.groups)
    throw ShapeError(op, ": expected an input of ", weight.shape(1) * options.groups,
                     " channels on axis 1 for a weight of shape ", weight.shape(), " and ", options.groups,
                     " groups, got shape ", x.shape());
  Shape out(in);
  for (size_t i = 0; i < in.size(); ++i) {
    const int64_t reach = options.dilation[i] * (kernel[i] - 1) + 1;
    const int64_t padded = in[i] + options.padding[i] + options.padding_after[i];
    if (padded < reach)
      throw ShapeError(op, ": the kernel reaches over ", reach, " elements along spatial axis ", i, ", but the input, ",
                       "padded, has only ", padded, " (input shape ", x.shape(), ", weight shape ", weight.shape(),
                       ")");
    out[i] = (padded - reach) / options.stride[i] + 1;
  }
  return apply_convolution(
      make_ref<Convolution>(Which::output, out, options.stride, options.padding, options.dilation, options.groups),
      {x, weight, Array()});
}

Array convolution_transpose(const Array& x_given, const Array& weight_given, const ConvolutionOptions& given,
                            const Axes& output_padding) {
  constexpr const char* op = "convolution_transpose";
  const auto [x, weight] = checked_operands(autocast(op, x_given), autocast(op, weight_given), op);
  const Shape in = spatial(x.shape()), kernel = spatial(weight.shape());
  const ConvolutionOptions options = checked(given, in.size(), op);
  const Axes extra = for_each_axis(output_padding, in.size(), Axes(in.size(), 0), 0, op, "output_padding");
  if (x.shape(1) != weight.shape(0))
    throw ShapeError(op, ": expected an input of ", weight.shape(0), " channels on axis 1 for a weight of shape ",
                     weight.shape(), ", got shape ", x.shape());
  if (weight.shape(0) % options.groups != 0)
    throw ShapeError(op, ": the ", weight.shape(0), " input channels of a weight of shape ", weight.shape(),
                     " cannot be split into ", options.groups, " groups");
  Shape out(in);
  for (size_t i = 0; i < in.size(); ++i) {
    if (extra[i] >= std::max(options.stride[i], options.dilation[i]))
      throw ValueError(op, ": output_padding ", output_padding, " must be less than stride ", options.stride,
                       " or dilation ", options.dilation);
    out[i] = (in[i] - 1) * options.stride[i] - options.padding[i] - options.padding_after[i] +
             options.dilation[i] * (kernel[i] - 1) + extra[i] + 1;
    if (out[i] < 1)
      throw ShapeError(op, ": the result would have length ", out[i], " along spatial axis ", i, " (input shape ",
                       x.shape(), ", weight shape ", weight.shape(), ", padding ", options.padding, ")");
  }
  return apply_convolution(
      make_ref<Convolution>(Which::input, out, options.stride, options.padding, options.dilation, options.groups),
      {Array(), weight, x});
}

ConvolutionOptions same_padding(ConvolutionOptions options, const Shape& kernel) {
  const Axes stride = for_each_axis(options.stride, kernel.size(), Axes(kernel.size(), 1), 1, "convolution", "stride");
  const Axes dilation =
      for_each_axis(options.dilation, kernel.size(), Axes(kernel.size(), 1), 1, "convolution", "dilation");
  for (const int64_t step : stride)
    if (step != 1)
      throw ValueError("convolution: padding 'same' keeps lengths only for stride 1, got stride ", options.stride);
  options.padding = options.padding_after = Axes(kernel.size());
  for (size_t i = 0; i < kernel.size(); ++i) {
    const int64_t total = dilation[i] * (kernel[i] - 1);
    options.padding[i] = total / 2;
    options.padding_after[i] = total - total / 2;
  }
  return options;
}

}  // namespace ingot
