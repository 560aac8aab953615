// What functions say whose result's shape depends on values.
#pragma once

#include "ingot/engine/jit.h"
#include "ingot/graph/array.h"

namespace ingot {

/// Throws TraceError if `x` has no values to look at because `jit` or `vmap` records a function. `what` is the part of
/// the shape that they decide, `instead` what to do.
inline void require_values(const Array& x, const char* op, const char* what, const char* instead) {
  if (is_recording() || x.peek().traced())
    throw TraceError(op, ": ", what, " depends on values, but jit and vmap record a function for given shapes; ",
                     instead, ", or call it outside of the function");
}

}  // namespace ingot
