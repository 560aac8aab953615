// What the random functions share about keys.
#pragma once

#include "ingot/graph/array.h"

namespace ingot::random {

/// A key of its own from the global generator, which moves on.
Array next_key();
/// The given key, or one from the global generator if it is undefined. Throws TypeError unless uint32 (..., 2).
Array checked_key(const Array& key, const char* op);
/// The shape of a draw of `shape` for each key of a batch.
Shape keyed_shape(const Array& key, const Shape& shape);

}  // namespace ingot::random
