// Evaluation beside the program that asked for it.
#pragma once

#include <span>

#include "ingot/graph/array.h"

namespace ingot {

/// Has a thread of the engine's own compute the values of `arrays`, as `eval` would, and returns at once; calls are
/// served in their order. Whoever uses one of the values before it is there waits for it. An error is thrown there,
/// too: the array stays pending, and using it computes it again.
///
/// More graph may be built on the arrays meanwhile. Waits where many calls are unserved, so that a loop cannot run away
/// from its values. Throws Interrupted.
void async_eval(std::span<const Array> arrays);

}  // namespace ingot
