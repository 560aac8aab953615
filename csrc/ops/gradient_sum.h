// Adding up what flows back to one array.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// `a + b`, for gradients of one array: where both are zero but for slices that do not overlap, the slices are put in
/// their places instead, and joined once nothing is missing.
///
/// That is what comes back from `x[0], x[1], x[2]` or from `split(x)`; adding whole arrays of zeros costs more than all
/// else that is done to the slices.
Array add_gradients(const Array& a, const Array& b);

}  // namespace ingot
