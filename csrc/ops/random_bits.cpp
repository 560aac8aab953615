// The kernels that turn keys into random words, integers and permutations.
#include <algorithm>
#include <cstring>
#include <numeric>

#include "ingot/ops/philox.h"
#include "ingot/ops/random_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::random {

namespace {

/// Upper half of the 128-bit product.
uint64_t multiply_high(uint64_t a, uint64_t b) {
  const uint64_t a_low = a & 0xffffffffu, a_high = a >> 32, b_low = b & 0xffffffffu, b_high = b >> 32;
  const uint64_t middle = a_high * b_low + ((a_low * b_low) >> 32);
  const uint64_t other = a_low * b_high + (middle & 0xffffffffu);
  return a_high * b_high + (middle >> 32) + (other >> 32);
}

/// 64 random bits, two words of a block: number `i` of a key.
uint64_t wide_word(const Block& block, int64_t i) {
  const size_t half = 2 * static_cast<size_t>(i & 1);
  return block[half] | uint64_t{block[half + 1]} << 32;
}

/// A number below `range`; range 0 means 2^64.
uint64_t below(uint64_t range, uint64_t bits) { return range == 0 ? bits : multiply_high(bits, range); }

}  // namespace

std::vector<Key> keys_of(const Tensor& keys) {
  std::vector<Key> out;
  Shape batch(keys.shape);
  batch.pop_back();
  const Strides strides(keys.strides.begin(), keys.strides.end() - 1);
  for_each_row<1>(batch, {&strides}, [&](const auto& at, const auto& step, int64_t count) {
    for (int64_t k = 0; k < count; ++k) {
      const uint32_t* words = keys.as<uint32_t>() + at[0] + k * step[0];
      out.push_back({words[0], words[keys.strides.back()]});
    }
  });
  return out;
}

void RandomBits::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  constexpr int64_t kBlocks = 8, kWords = 4 * kBlocks;
  const int64_t count = element_count(shape);
  uint32_t* out = outputs[0].as<uint32_t>();
  for (Key key : keys_of(inputs[0])) {
    for (int64_t i = 0; i < count; i += kWords) {
      const auto blocks = philox_blocks<kBlocks>(key, static_cast<uint64_t>(i / 4), Stream::words);
      std::memcpy(out + i, blocks.data(), static_cast<size_t>(std::min(kWords, count - i)) * sizeof(uint32_t));
      if ((i & 0xffff) == 0) poll_interrupt();
    }
    out += count;
  }
}

void RandomIntegers::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const int64_t count = element_count(shape);
  visit(outputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    T* out = outputs[0].as<T>();
    for (Key key : keys_of(inputs[0])) {
      Block block{};
      for (int64_t i = 0; i < count; ++i) {
        if (i % 2 == 0) block = philox(key, static_cast<uint64_t>(i / 2), Stream::words);
        const uint64_t offset = below(range, wide_word(block, i));
        out[i] = convert<T>(static_cast<int64_t>(static_cast<uint64_t>(low) + offset));
        if ((i & 0xffff) == 0) poll_interrupt();
      }
      out += count;
    }
  });
}

void RandomPermutation::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  visit(outputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_same_v<T, int32_t> || std::is_same_v<T, int64_t>) {
      T* out = outputs[0].as<T>();
      for (Key key : keys_of(inputs[0])) {
        std::iota(out, out + length, T(0));
        Block block{};
        for (int64_t i = 0; i + 1 < length; ++i) {
          if (i % 2 == 0) block = philox(key, static_cast<uint64_t>(i / 2), Stream::words);
          const int64_t last = length - 1 - i;
          std::swap(out[last], out[below(static_cast<uint64_t>(last) + 1, wide_word(block, i))]);
          if ((i & 0xffff) == 0) poll_interrupt();
        }
        out += length;
      }
    }
  });
}

}  // namespace ingot::random
