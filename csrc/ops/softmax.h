// Normalised exponentials, stable for any finite input.
#pragma once

#include "ingot/ops/reduction.h"

namespace ingot {

/// `exp(x) / sum(exp(x))` along one axis.
Array softmax(const Array& x, int64_t axis = -1);
/// `x - logsumexp(x)` along one axis.
Array log_softmax(const Array& x, int64_t axis = -1);
/// `log(sum(exp(x)))` over axes. -inf where all inputs are -inf.
Array logsumexp(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);

}  // namespace ingot
