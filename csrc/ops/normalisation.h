// Normalisation over the last axes.
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

}  // namespace ingot
