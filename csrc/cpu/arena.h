// Scratch memory of the calling thread, kept from one kernel to the next.
#pragma once

#include <cstddef>

namespace ingot::cpu {

/// Kernels that run inside one another (a fused program inside a product) must not share memory.
enum class Scratch { tiles, packed, results };
inline constexpr int kScratchCount = 3;

/// At least `bytes`, aligned to 64; valid until this thread asks again for the same use. Throws MemoryError.
std::byte* scratch(Scratch use, size_t bytes);

}  // namespace ingot::cpu
