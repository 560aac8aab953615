// Evenly spaced integers, and values between arrays.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// `linspace` between integers in a dtype of integers, rounded down; exact beyond 2^53, where doubles are not. Throws
/// ValueError if count < 0 or a value does not fit the dtype.
Array integer_linspace(const Scalar& start, const Scalar& stop, int64_t count, bool endpoint, DType dtype);

/// `count` values from each element of `start` to that of `stop` (both are broadcast), along a new first axis; without
/// the last if not `endpoint`. Of `dtype`, or of that of the bounds, which is made floating. Throws ValueError if count < 0.
Array linspace(const Array& start, const Array& stop, int64_t count, bool endpoint = true,
               std::optional<DType> dtype = {});

}  // namespace ingot
