// Kernels of the rows of ops/elementwise.def that packs leave out.
#pragma once

#include "ingot/cpu/pack.h"

namespace ingot::cpu {

/// Adds the rows that are RARE in the table, but for those that the pack has kernels of its own for. They call functions
/// that no compiler makes vector code of, so one copy serves all instruction sets.
void add_rare_rows(Pack& pack);

}  // namespace ingot::cpu
