// Vectors of float32 taken apart into every fourth element, and put together again.
#pragma once

#include "ingot/cpu/packs/register_tile.h"

namespace ingot::cpu {

using ElementNumbers __attribute__((vector_size(sizeof(float) * kLanes<float>))) = int32_t;

/// Elements of two vectors, counted through: element i of the result is number `index(i)`.
template <class Index>
INGOT_INLINE Vector<float> shuffled(const Vector<float>& a, const Vector<float>& b, Index index) {
  constexpr int kCount = kLanes<float>;
  return [&]<int... i>(std::integer_sequence<int, i...>) INGOT_INLINED -> Vector<float> {
#if defined(__clang__)
    return __builtin_shufflevector(a, b, Index{}(i, kCount)...);
#else
    return __builtin_shuffle(a, b, ElementNumbers{index(i, kCount)...});
#endif
  }(std::make_integer_sequence<int, kCount>{});
}

struct EvenOf {
  constexpr int operator()(int i, int) const { return 2 * i; }
};
struct OddOf {
  constexpr int operator()(int i, int) const { return 2 * i + 1; }
};
struct LastAndFirst {
  constexpr int operator()(int i, int lanes) const { return lanes - 1 + i; }
};
struct AllButFirst {
  constexpr int operator()(int i, int) const { return 1 + i; }
};
struct ZipLow {
  constexpr int operator()(int i, int lanes) const { return i % 2 * lanes + i / 2; }
};
struct ZipHigh {
  constexpr int operator()(int i, int lanes) const { return i % 2 * lanes + (lanes + i) / 2; }
};

/// x[j][i] becomes element 4 * i + j of the four vectors one after the other.
INGOT_INLINE void interleave(Vector<float> (&x)[4]) {
  const auto a = shuffled(x[0], x[2], ZipLow{}), b = shuffled(x[1], x[3], ZipLow{});
  const auto c = shuffled(x[0], x[2], ZipHigh{}), d = shuffled(x[1], x[3], ZipHigh{});
  x[0] = shuffled(a, b, ZipLow{});
  x[1] = shuffled(a, b, ZipHigh{});
  x[2] = shuffled(c, d, ZipLow{});
  x[3] = shuffled(c, d, ZipHigh{});
}

/// The opposite: vector j takes elements j, 4 + j, 8 + j and so on.
INGOT_INLINE void take_apart(Vector<float> (&x)[4]) {
  const auto a = shuffled(x[0], x[1], EvenOf{}), b = shuffled(x[0], x[1], OddOf{});
  const auto c = shuffled(x[2], x[3], EvenOf{}), d = shuffled(x[2], x[3], OddOf{});
  x[0] = shuffled(a, c, EvenOf{});
  x[1] = shuffled(b, d, EvenOf{});
  x[2] = shuffled(a, c, OddOf{});
  x[3] = shuffled(b, d, OddOf{});
}

}  // namespace ingot::cpu
