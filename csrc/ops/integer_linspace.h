// Evenly spaced integers.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// `linspace` between integers in a dtype of integers, rounded down; exact beyond 2^53, where doubles are not. Throws
/// ValueError if count < 0 or a value does not fit the dtype.
Array integer_linspace(const Scalar& start, const Scalar& stop, int64_t count, bool endpoint, DType dtype);

}  // namespace ingot
