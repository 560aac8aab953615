#include "ingot/cpu/arena.h"

#include <cstdlib>
#include <memory>

#include "ingot/graph/error.h"

namespace ingot::cpu {
namespace {

struct Free {
  void operator()(std::byte* data) const { std::free(data); }
};

}  // namespace

std::byte* scratch(Scratch use, size_t bytes) {
  struct Arena {
    std::unique_ptr<std::byte, Free> memory;
    size_t capacity = 0;
  };
  thread_local Arena arenas[kScratchCount];
  auto& [memory, capacity] = arenas[static_cast<int>(use)];
  if (bytes > capacity) {
    const size_t rounded = (bytes + bytes / 2 + 4095) / 4096 * 4096;
    memory.reset();
    capacity = 0;
    memory.reset(static_cast<std::byte*>(std::aligned_alloc(64, rounded)));
    if (!memory) throw MemoryError("cpu: cannot allocate ", rounded, " bytes of scratch memory");
    capacity = rounded;
  }
  return memory.get();
}

}  // namespace ingot::cpu
