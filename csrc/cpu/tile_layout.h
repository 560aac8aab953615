// How a fused program's tiles are cut, and where their registers lie in scratch memory.
#pragma once

#include <vector>

#include "ingot/cpu/fused_program.h"

namespace ingot::cpu {

/// Fills in `tiling`, the slots of the registers and the sizes of scratch memory. `windows` tells which registers lie in
/// an input; `few_streams` that the processor fetches the inputs ahead by itself.
void lay_out_tiles(FusedProgram& program, const std::vector<bool>& windows, bool few_streams);

}  // namespace ingot::cpu
