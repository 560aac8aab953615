// Initial values. Each function rebinds the array it is given, outside of the graph; what is random is drawn from the
// global generator. All throw TypeError unless the array is floating.
#pragma once

#include <string_view>

#include "ingot/graph/array.h"

namespace ingot::nn::init {

/// U(low, high). Throws ValueError unless `low <= high`.
void uniform_(const Array& array, double low = 0, double high = 1);
/// N(mean, std^2). Throws ValueError unless `std >= 0`.
void normal_(const Array& array, double mean = 0, double std = 1);
/// N(mean, std^2) as it is between `low` and `high`. Throws ValueError unless `std > 0` and `low <= high`.
void trunc_normal_(const Array& array, double mean = 0, double std = 1, double low = -2, double high = 2);
void constant_(const Array& array, double value);
/// Ones on the diagonal of zeros. Throws ShapeError unless there are two axes.
void eye_(const Array& array);
/// What makes a convolution (out, in, *kernel) pass its channels on, in each of `groups`. Throws ShapeError for other
/// than three to five axes, ValueError unless `groups` divides the output channels.
void dirac_(const Array& array, int64_t groups = 1);

/// U(-k, k) with `k = gain * sqrt(6 / (fan_in + fan_out))`: keeps the variance of activations and gradients about equal
/// (Glorot and Bengio, 2010). Throws ShapeError unless the array has at least two axes.
void xavier_uniform_(const Array& array, double gain = 1);
/// N(0, s^2) with `s = gain * sqrt(2 / (fan_in + fan_out))`. Throws as xavier_uniform_.
void xavier_normal_(const Array& array, double gain = 1);

/// U(-k, k) with `k = gain * sqrt(3 / fan)`, where the gain is that of `nonlinearity` and `a` a leaky ReLU's negative
/// slope; the fan is the number of inputs of one output ("fan_in"), or of outputs of one input ("fan_out") (He et al.,
/// 2015). With `a = sqrt(5)`, `k = 1 / sqrt(fan_in)`: what Linear starts with. Throws ShapeError unless the array has at
/// least two axes, ValueError for another mode or nonlinearity.
void kaiming_uniform_(const Array& array, double a = 0, std::string_view mode = "fan_in",
                      std::string_view nonlinearity = "leaky_relu");
/// N(0, s^2) with `s = gain / sqrt(fan)`. Throws as kaiming_uniform_.
void kaiming_normal_(const Array& array, double a = 0, std::string_view mode = "fan_in",
                     std::string_view nonlinearity = "leaky_relu");

/// Rows (or columns, if there are fewer) that are orthogonal and of length `gain`: a random rotation of all axes but the
/// first joined (Saxe et al., 2013). Throws ShapeError unless the array has at least two axes.
void orthogonal_(const Array& array, double gain = 1);
/// N(0, std^2), but for the share `sparsity` of each column, rounded up, that is zero (Martens, 2010). Throws ShapeError
/// unless there are two axes, ValueError unless the share is in [0, 1].
void sparse_(const Array& array, double sparsity, double std = 0.01);

/// The factor by which a nonlinearity shrinks what goes through: 1 for "linear", "sigmoid" and convolutions, 5/3 for
/// "tanh", sqrt(2) for "relu", sqrt(2 / (1 + a^2)) for "leaky_relu", 3/4 for "selu". Throws ValueError for others.
double calculate_gain(std::string_view nonlinearity, double a = 0.01);

}  // namespace ingot::nn::init
