// Convolutions over one to three axes, channels first. As in PyTorch the kernel is not flipped (cross-correlation).
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// How the kernel moves over its input. A list holds one number for each spatial axis, or one for all of them; an empty
/// list stands for the default.
struct ConvolutionOptions {
  Axes stride;         ///< distance between neighbouring positions of the kernel; 1
  Axes padding;        ///< zeros in front of each axis; 0
  Axes padding_after;  ///< zeros behind each axis; as many as in front
  Axes dilation;       ///< distance between neighbouring elements of the kernel; 1
  int64_t groups = 1;  ///< output channels of a group see the input channels of that group only
};

/// `out[n, o, y...] = sum over c, k...: x[n, c, y * stride + k * dilation - padding...] * weight[o, c, k...]`:
/// (N, C, *spatial), (O, C / groups, *kernel) -> (N, O, *out), `out = (in + paddings - dilation * (kernel - 1) - 1) /
/// stride + 1` rounded down. Any dtype but bool; dtypes promote. Throws ShapeError if shapes or groups do not fit, or if
/// the kernel is longer than the padded input.
Array convolution(const Array& x, const Array& weight, const ConvolutionOptions& options = {});

/// The transpose of `convolution` as a linear function of its input: (N, O, *spatial), (O, C / groups, *kernel) ->
/// (N, C, *out), `out = (in - 1) * stride - paddings + dilation * (kernel - 1) + output_padding + 1`.
/// `output_padding` says which of the inputs that a strided convolution maps to one shape is meant: less than stride or
/// dilation.
Array convolution_transpose(const Array& x, const Array& weight, const ConvolutionOptions& options = {},
                            const Axes& output_padding = {});

/// The paddings with which a convolution of stride 1 keeps its lengths: `dilation * (kernel - 1)` in all, the odd one
/// behind. `kernel` holds the kernel's lengths. Throws ValueError for another stride.
ConvolutionOptions same_padding(ConvolutionOptions options, const Shape& kernel);

}  // namespace ingot
