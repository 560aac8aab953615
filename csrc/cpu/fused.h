// Fused steps on the CPU: the tile interpreter.
#pragma once

#include <memory>

#include "ingot/cpu/pack.h"
#include "ingot/engine/backend.h"

namespace ingot::cpu {

/// A kernel that runs the step tile by tile: each instruction is one call of a pack's function over a tile that stays
/// in the first-level cache. Throws TypeError if the pack lacks a function for it.
std::unique_ptr<Kernel> compile_fused(const FusedStep& step, const Pack& pack);

}  // namespace ingot::cpu
