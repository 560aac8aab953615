// Normalisation over the last axes, over groups of channels, and over neighbouring channels.
#pragma once

#include <optional>

#include "ingot/graph/array.h"

namespace ingot {

/// `(x - mean) / sqrt(variance + epsilon) * weight + bias`, with mean and (biased) variance over the last axes, whose
/// lengths `normalized_shape` repeats; weight and bias (undefined: none) are of that shape.
///
/// Ba, Kiros and Hinton, "Layer Normalization" (2016). Integers and bool become float32. Throws ShapeError if a shape
/// does not fit, TypeError for complex numbers.
Array layer_norm(const Array& x, const Shape& normalized_shape, const Array& weight = {}, const Array& bias = {},
                 double epsilon = 1e-5);
/// `x / sqrt(mean(x^2) + epsilon) * weight`. No epsilon means the smallest number that added to 1 is more than 1 in
/// the dtype of `x`.
///
/// Zhang and Sennrich, "Root Mean Square Layer Normalization" (2019).
Array rms_norm(const Array& x, const Shape& normalized_shape, const Array& weight = {},
               std::optional<double> epsilon = {});

/// `(x - mean) / sqrt(variance + epsilon) * weight + bias` for (N, C, ...), with mean and (biased) variance over the
/// channels of a group and all axes behind them; weight and bias (undefined: none) have one element per channel.
///
/// Wu and He, "Group Normalization" (2018). Integers and bool become float32. Throws ShapeError if a shape does not fit
/// or channels do not divide into groups.
Array group_norm(const Array& x, int64_t groups, const Array& weight = {}, const Array& bias = {},
                 double epsilon = 1e-5);
/// `group_norm` with a group for each channel.
///
/// Ulyanov, Vedaldi and Lempitsky, "Instance Normalization" (2016).
Array instance_norm(const Array& x, const Array& weight = {}, const Array& bias = {}, double epsilon = 1e-5);
/// `x / (k + alpha * mean of x^2 over size neighbouring channels)^beta` for (N, C, ...); beyond the channels are zeros.
///
/// Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks" (2012).
Array local_response_norm(const Array& x, int64_t size, double alpha = 1e-4, double beta = 0.75, double k = 1);

}  // namespace ingot
