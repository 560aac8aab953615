// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a block cipher as a random
// number generator.
#pragma once

#include <array>
#include <cstdint>

namespace ingot::random {

using Key = std::array<uint32_t, 2>;
using Block = std::array<uint32_t, 4>;

/// What a block is drawn for: the last word of its counter, so that different uses of one key have nothing in common.
enum class Stream : uint32_t { words = 0, keys = 1, samples = 2 };

/// Blocks `number`, `number + 1`, ... of a stream: four random words each that depend on nothing else, so any thread
/// may compute any of them. `turn` tells blocks of one number apart. Several at once keep the multipliers busy while
/// each waits for its own last round.
template <size_t Count>
inline std::array<Block, Count> philox_blocks(Key key, uint64_t number, Stream stream, uint32_t turn = 0) {
  uint32_t x0[Count], x1[Count], x2[Count], x3[Count];
  for (size_t i = 0; i < Count; ++i) {
    x0[i] = static_cast<uint32_t>(number + i);
    x1[i] = static_cast<uint32_t>((number + i) >> 32);
    x2[i] = turn;
    x3[i] = static_cast<uint32_t>(stream);
  }
  for (int round = 0; round < 10; ++round) {
    for (size_t i = 0; i < Count; ++i) {
      const uint64_t a = uint64_t{0xD2511F53u} * x0[i], b = uint64_t{0xCD9E8D57u} * x2[i];
      x0[i] = static_cast<uint32_t>(b >> 32) ^ x1[i] ^ key[0];
      x1[i] = static_cast<uint32_t>(b);
      x2[i] = static_cast<uint32_t>(a >> 32) ^ x3[i] ^ key[1];
      x3[i] = static_cast<uint32_t>(a);
    }
    key = {key[0] + 0x9E3779B9u, key[1] + 0xBB67AE85u};
  }
  std::array<Block, Count> blocks;
  for (size_t i = 0; i < Count; ++i) blocks[i] = {x0[i], x1[i], x2[i], x3[i]};
  return blocks;
}

inline Block philox(Key key, uint64_t number, Stream stream, uint32_t turn = 0) {
  return philox_blocks<1>(key, number, stream, turn)[0];
}

}  // namespace ingot::random
