#include <algorithm>
#include <cstring>

#include "ingot/cpu/packs/parts.h"
#include "ingot/ops/philox.h"

namespace ingot::cpu {
namespace {

/// Blocks side by side: more than the compiler would unroll instead of making vectors of them.
constexpr int64_t kBlocks = 64;

void random_words(uint32_t* out, const uint32_t key[2], uint64_t first, int64_t blocks) {
  const random::Key words{key[0], key[1]};
  for (int64_t i = 0; i < blocks; i += kBlocks) {
    const auto next = random::philox_blocks<kBlocks>(words, first + static_cast<uint64_t>(i), random::Stream::words);
    std::memcpy(out + 4 * i, next.data(), static_cast<size_t>(std::min(kBlocks, blocks - i)) * sizeof(random::Block));
  }
}

}  // namespace

void add_random(Pack& pack) { pack.random_words = &random_words; }

}  // namespace ingot::cpu
