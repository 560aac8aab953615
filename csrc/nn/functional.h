// Layers and losses as plain functions: what the modules call.
#pragma once

#include <string_view>

#include "ingot/graph/array.h"

namespace ingot::nn {

/// What a loss does with the losses of single elements.
enum class Reduction { none, mean, sum };
/// "none", "mean" or "sum". Throws ValueError for other names.
Reduction parse_reduction(std::string_view name);
const char* name_of(Reduction reduction);

namespace functional {

/// While training: each element is zero with probability `p`, the others are scaled by `1 / (1 - p)`. Otherwise `x`
/// itself. Throws ValueError unless `0 <= p <= 1`.
Array dropout(const Array& x, double p = 0.5, bool training = true);

/// `(input - target)^2`, reduced. Shapes must be equal, or one of the two 0-d: any other broadcasting, such as (N, 1)
/// with (N,), would silently compare all with all, and throws ShapeError.
Array mse_loss(const Array& input, const Array& target, Reduction reduction = Reduction::mean);

/// Cross entropy between logits and classes. `input`: (C,), (N, C) or (N, C, d1, ...), unnormalised.
///
/// `target` holds class indices (an integer dtype, shape of input without C) or probabilities (a floating dtype, shape
/// of input). `none` gives the shape of input without C; `mean` divides by its number of elements. Throws ShapeError or
/// TypeError if target does not match, and IndexError when evaluated if an index is not in [0, C).
Array cross_entropy(const Array& input, const Array& target, Reduction reduction = Reduction::mean);

}  // namespace functional

}  // namespace ingot::nn
