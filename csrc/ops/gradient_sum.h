// Adding up what flows back to one array.
#pragma once

#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// True for a gradient that `sum_gradients` treats better together with all others of its array: one that is zero but
/// for a slice, or a product over a short axis.
bool adds_up_late(const Array& gradient);

/// The sum of gradients of one array, of which there is at least one, given in the order in which they came.
///
/// Where they are zero but for slices that do not overlap, the slices are put in their places instead, and joined if
/// nothing is missing. That is what comes back from `x[0], x[1], x[2]` or from `split(x)`; adding whole arrays of zeros
/// costs more than all else that is done to the slices. Products over short axes become one over a long axis: those are
/// what comes back to a weight that every step of a recurrence multiplies by, and each would be a pass over the whole
/// weight.
Array sum_gradients(const std::vector<Array>& gradients);

}  // namespace ingot
