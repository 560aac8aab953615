// Layers and losses as plain functions: what the modules call.
#pragma once

#include <optional>
#include <string_view>

#include "ingot/graph/array.h"

namespace ingot::nn {

/// What a loss does with the losses of single elements.
enum class Reduction { none, mean, sum };
/// "none", "mean" or "sum". Throws ValueError for other names.
Reduction parse_reduction(std::string_view name);
const char* name_of(Reduction reduction);

namespace functional {

/// What `reduction` makes of the losses of single elements.
Array reduced(const Array& losses, Reduction reduction);
/// Throws ShapeError unless both shapes are equal or one of the two is 0-d: any other broadcasting, such as (N, 1) with
/// (N,), would silently compare all with all.
void check_same_shapes(const char* op, const Array& input, const Array& target);

/// While training: each element is zero with probability `p`, the others are scaled by `1 / (1 - p)`. Otherwise `x`
/// itself. Throws ValueError unless `0 <= p <= 1`.
Array dropout(const Array& x, double p = 0.5, bool training = true);

/// `(input - target)^2`, reduced. Shapes must be equal, or one of the two 0-d: any other broadcasting, such as (N, 1)
/// with (N,), would silently compare all with all, and throws ShapeError.
Array mse_loss(const Array& input, const Array& target, Reduction reduction = Reduction::mean);

/// How `cross_entropy` weighs what it sums.
struct CrossEntropyOptions {
  Reduction reduction = Reduction::mean;
  /// A factor for each class (C,).
  Array weight = {};
  /// Positions of this class have no loss and no gradient, and do not count for the mean. Class indices only.
  int64_t ignore_index = -100;
  /// The share of each target that is spread evenly over all classes.
  double label_smoothing = 0;
};

/// Cross entropy between logits and classes. `input`: (C,), (N, C) or (N, C, d1, ...), unnormalised.
///
/// `target` holds class indices (an integer dtype, shape of input without C) or probabilities (a floating dtype, shape
/// of input). `none` gives the shape of input without C; `mean` divides by its number of elements, with class indices by
/// the sum of the weights of those that are not ignored. Throws ShapeError or TypeError if target or weight do not
/// match, ValueError unless `0 <= label_smoothing <= 1`, and IndexError when evaluated if an index is not in [0, C).
Array cross_entropy(const Array& input, const Array& target, const CrossEntropyOptions& options = {});
inline Array cross_entropy(const Array& input, const Array& target, Reduction reduction) {
  return cross_entropy(input, target, CrossEntropyOptions{reduction});
}

/// `-input[target]`: the negative log likelihood of classes (integers, in the shape of input without C), where `input`
/// (C,), (N, C) or (N, C, d1, ...) holds log probabilities. `options.label_smoothing` has no meaning here. Throws as
/// `cross_entropy`.
Array nll_loss(const Array& input, const Array& target, const CrossEntropyOptions& options = {});

/// A sample of the categorical distribution of logits `x` along an axis, softened so that gradients flow: `softmax((x + g)
/// / tau)` for Gumbel noise g. `hard`: one-hot, with the gradient of the soft sample (Jang, Gu and Poole, 2017). Throws
/// ValueError unless tau is positive.
Array gumbel_softmax(const Array& x, double tau = 1, bool hard = false, int64_t axis = -1);

/// Row `x[...]` of `weight` (n, d) for each integer in x: (...) -> (..., d). Negative numbers count from the end. The
/// row `padding` gets no gradient. Throws IndexError when evaluated if a number is out of range.
Array embedding(const Array& x, const Array& weight, std::optional<int64_t> padding = {});

/// `x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))`: gelu, nearly.
///
/// Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016).
Array gelu_tanh(const Array& x);
/// `gelu` for "none", `gelu_tanh` for "tanh". Throws ValueError for other names.
Array (*gelu_named(std::string_view approximate))(const Array&);

}  // namespace functional

}  // namespace ingot::nn
