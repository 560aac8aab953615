// Initial values. Each function draws from the global generator and rebinds the array it is given, outside of the
// graph.
#pragma once

#include "ingot/graph/array.h"

namespace ingot::nn::init {

/// U(low, high). Throws ValueError unless `low <= high`, TypeError unless the array is floating.
void uniform_(const Array& array, double low = 0, double high = 1);

/// N(mean, std^2). Throws ValueError unless `std >= 0`, TypeError unless the array is floating.
void normal_(const Array& array, double mean = 0, double std = 1);

/// U(-k, k) with `k = gain * sqrt(6 / (fan_in + fan_out))`: keeps the variance of activations and gradients about equal
/// (Glorot and Bengio, 2010). Throws ShapeError unless the array has at least two axes.
void xavier_uniform_(const Array& array, double gain = 1);
/// N(0, s^2) with `s = gain * sqrt(2 / (fan_in + fan_out))`. Throws as xavier_uniform_.
void xavier_normal_(const Array& array, double gain = 1);

/// U(-k, k) with `k = sqrt(6 / ((1 + a^2) * fan_in))`, for layers followed by a leaky ReLU of negative slope `a`;
/// `fan_in` is the number of elements behind one output: of `array[0]`. With `a = sqrt(5)`, `k = 1 / sqrt(fan_in)`:
/// what Linear starts with. Throws ShapeError unless the array has at least two axes.
void kaiming_uniform_(const Array& array, double a = 0);

}  // namespace ingot::nn::init
