// The kernels that turn keys into random words, integers and permutations.
#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "ingot/ops/philox.h"
#include "ingot/ops/random_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::random {

namespace {

__extension__ typedef unsigned __int128 Product;

/// A number below `range` out of 64 random bits; range 0 means 2^64.
uint64_t below(uint64_t range, uint32_t low, uint32_t high) {
  const uint64_t bits = low | uint64_t{high} << 32;
  return range == 0 ? bits : static_cast<uint64_t>((Product{bits} * range) >> 64);
}

/// Blocks that are computed together.
constexpr int64_t kBlocks = 8, kWords = 4 * kBlocks;

/// Words `first` to `first + kWords` of a key; `first` begins a block.
std::array<uint32_t, kWords> words_from(Key key, int64_t first) {
  return std::bit_cast<std::array<uint32_t, kWords>>(
      philox_blocks<kBlocks>(key, static_cast<uint64_t>(first / 4), Stream::words));
}

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
  const int64_t count = element_count(shape);
  uint32_t* out = outputs[0].as<uint32_t>();
  for (Key key : keys_of(inputs[0])) {
    for (int64_t i = 0; i < count; i += kWords) {
      const auto words = words_from(key, i);
      std::copy_n(words.begin(), std::min(kWords, count - i), out + i);
      if ((i & 0xffff) == 0) poll_interrupt();
    }
    out += count;
  }
}

void RandomIntegers::scale(const uint32_t* words, int64_t count, const Tensor& out) const {
  visit(out.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for (int64_t i = 0; i < count; ++i) {
      const uint64_t offset = below(range, words[2 * i], words[2 * i + 1]);
      out.as<T>()[i] = convert<T>(static_cast<int64_t>(static_cast<uint64_t>(low) + offset));
    }
  });
}

void RandomIntegers::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const int64_t count = element_count(shape);
  Tensor out = outputs[0];
  for (Key key : keys_of(inputs[0])) {
    for (int64_t i = 0; i < count; i += kWords / 2) {
      const int64_t some = std::min(kWords / 2, count - i);
      scale(words_from(key, 2 * i).data(), some, out);
      out.data = static_cast<std::byte*>(out.data) + static_cast<size_t>(some) * size_of(out.dtype);
      if ((i & 0xffff) == 0) poll_interrupt();
    }
  }
}

void RandomPermutation::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  visit(outputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_same_v<T, int32_t> || std::is_same_v<T, int64_t>) {
      T* out = outputs[0].as<T>();
      for (Key key : keys_of(inputs[0])) {
        std::iota(out, out + length, T(0));
        std::array<uint32_t, kWords> words{};
        for (int64_t i = 0; i + 1 < length; ++i) {
          if (2 * i % kWords == 0) words = words_from(key, 2 * i);
          const auto at = static_cast<size_t>(2 * i % kWords);
          const int64_t last = length - 1 - i;
          std::swap(out[last], out[below(static_cast<uint64_t>(last) + 1, words[at], words[at + 1])]);
          if ((i & 0xffff) == 0) poll_interrupt();
        }
        out += length;
      }
    }
  });
}

}  // namespace ingot::random
