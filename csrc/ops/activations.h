// Activation functions with parameters, and those that are compositions. At kinks the derivative is PyTorch's.
#pragma once

#include <string_view>

#include "ingot/graph/array.h"

namespace ingot {

/// `x` in [0, 6].
Array relu6(const Array& x);
/// `x`, times `negative_slope` where negative.
Array leaky_relu(const Array& x, double negative_slope = 0.01);
/// `x`, and `alpha (exp(x) - 1)` where negative.
Array elu(const Array& x, double alpha = 1);
/// Klambauer et al., "Self-Normalizing Neural Networks" (2017): elu, scaled.
Array selu(const Array& x);
/// `x`, and `alpha (exp(x / alpha) - 1)` where negative. Throws ValueError for alpha 0.
Array celu(const Array& x, double alpha = 1);
/// `x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))`: gelu, nearly (Hendrycks and Gimpel, 2016).
Array gelu_tanh(const Array& x);
/// `gelu` for "none", `gelu_tanh` for "tanh". Throws ValueError for other names.
Array gelu(const Array& x, std::string_view approximate);
/// `x tanh(softplus(x))`.
Array mish(const Array& x);
/// `log(1 + exp(beta x)) / beta`, and `x` where `beta x > threshold`.
Array softplus(const Array& x, double beta, double threshold = 20);
/// `log(sigmoid(x))`.
Array log_sigmoid(const Array& x);
/// `x / 6` times x + 3 moved into [0, 6].
Array hardswish(const Array& x);
/// `x / 6 + 1 / 2`, in [0, 1].
Array hardsigmoid(const Array& x);
/// `x` in [low, high]; no gradient at the bounds.
Array hardtanh(const Array& x, double low = -1, double high = 1);
/// 0 where `|x| <= lambda`.
Array hardshrink(const Array& x, double lambda = 0.5);
/// `x` moved towards 0 by `lambda`.
Array softshrink(const Array& x, double lambda = 0.5);
/// `x - tanh(x)`.
Array tanhshrink(const Array& x);
/// `value` where `x <= threshold`.
Array threshold(const Array& x, double threshold, double value);
/// 1 where `x > threshold`, else 0, in the dtype of x.
Array step(const Array& x, double threshold = 0);
/// The first half along an axis times the sigmoid of the second. Throws ShapeError for an odd length.
Array glu(const Array& x, int64_t axis = -1);
/// `x`, times `weight` where negative: one weight, or one for each channel (axis 1). Throws ShapeError for others.
Array prelu(const Array& x, const Array& weight);
/// `x`, where negative times a slope: while training one drawn from [lower, upper) for each element, else their mean.
Array rrelu(const Array& x, double lower = 1.0 / 8, double upper = 1.0 / 3, bool training = false);
/// softmax(-x).
Array softmin(const Array& x, int64_t axis = -1);

}  // namespace ingot
