// Rows of the elementwise table as loops over widened elements.
#pragma once

#include <cstdint>

#include "ingot/graph/opcode.h"

namespace ingot::reference {

/// `out[i] = row(sources[0][i], ...)` for `count` elements. `dtype` is the (widened) type of the last source; `where`
/// takes its first as bool. Throws TypeError if the row does not compute in it.
void evaluate_row(Opcode opcode, DType dtype, void* out, const void* const* sources, int64_t count);

}  // namespace ingot::reference
