// The operation behind convolutions and their gradients, for backends that have a faster kernel.
#pragma once

#include <iosfwd>

#include "ingot/graph/op.h"

namespace ingot {

/// The three arrays that a convolution relates, in the order in which two of them are given to compute the third.
enum class ConvolutionArray : uint8_t { input, weight, output };
std::ostream& operator<<(std::ostream& out, ConvolutionArray which);

/// A convolution is a number for each input, weight and output: the sum over n, g, o, c, y, k of
/// `input[n, g C + c, y * stride + k * dilation - padding] * weight[g O + o, c, k] * output[n, g O + o, y]`, linear in
/// each of the three. Its derivative by one of them is a function of the other two: by the output the convolution
/// itself, by the input the gradient that flows back to it (the transposed convolution), by the weight the gradient of
/// that. This is the operation: so each of its transposes is the same operation again, and derivatives of any order are
/// too.
///
/// Shapes: input (N, groups * C, *), weight (groups * O, C, *), output (N, groups * O, *), one to three spatial axes,
/// one dtype.
struct Convolution final : Define<Convolution, BilinearOp> {
  static constexpr const char* kName = "convolution";
  ConvolutionArray computes;
  Shape lengths;  ///< of the result's spatial axes
  Axes stride, padding, dilation;
  int64_t groups;

  Convolution(ConvolutionArray what, Shape spatial, Axes steps, Axes pads, Axes dilations, int64_t group_count)
      : computes(what),
        lengths(std::move(spatial)),
        stride(std::move(steps)),
        padding(std::move(pads)),
        dilation(std::move(dilations)),
        groups(group_count) {}
  const char* name() const override;
  auto attributes() const { return std::tie(computes, lengths, stride, padding, dilation, groups); }
  Array transpose(const Call& call, size_t i, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;

  /// Which of the three the given one of the two inputs is.
  ConvolutionArray operand(size_t i) const {
    const size_t at = static_cast<size_t>(computes) <= i ? i + 1 : i;
    return static_cast<ConvolutionArray>(at);
  }
  /// The given one of the three, where the two inputs and the result are these.
  const Tensor& array(ConvolutionArray which, std::span<const Tensor> inputs, const Tensor& result) const {
    return which == computes ? result : inputs[operand(0) == which ? 0 : 1];
  }
};

}  // namespace ingot
