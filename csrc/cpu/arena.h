// Scratch memory of the calling thread, kept from one kernel to the next.
#pragma once

#include <cstddef>

namespace ingot::cpu {

/// At least `bytes`, aligned to 64; valid until this thread asks again. Throws MemoryError.
std::byte* scratch(size_t bytes);

}  // namespace ingot::cpu
