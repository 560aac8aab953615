// Order as unsigned integers: every real dtype is mapped to integers that are ordered as its numbers are, so that one
// sort serves all of them.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "ingot/graph/dtype.h"
#include "ingot/ops/radix_sort.h"

namespace ingot {

template <size_t Bytes>
struct UnsignedOf;
template <>
struct UnsignedOf<1> {
  using type = uint8_t;
};
template <>
struct UnsignedOf<2> {
  using type = uint16_t;
};
template <>
struct UnsignedOf<4> {
  using type = uint32_t;
};
template <>
struct UnsignedOf<8> {
  using type = uint64_t;
};
template <class T>
using SortKey = typename UnsignedOf<sizeof(T)>::type;

/// The key of a number; that of NaN is the largest. `-0` has a key of its own just below that of `0`.
template <class T>
SortKey<T> sort_key(T value) {
  using Key = SortKey<T>;
  constexpr Key kSign = Key(1) << (8 * sizeof(T) - 1);
  if constexpr (is_half_type<T> || std::is_floating_point_v<T>) {
    bool nan = false;
    if constexpr (is_half_type<T>)
      nan = static_cast<float>(value) != static_cast<float>(value);
    else
      nan = value != value;
    if (nan) return std::numeric_limits<Key>::max();
    const Key bits = std::bit_cast<Key>(value);
    return (bits & kSign) != 0 ? static_cast<Key>(~bits) : static_cast<Key>(bits | kSign);
  } else if constexpr (std::is_signed_v<T> && !std::is_same_v<T, bool>) {
    return static_cast<Key>(static_cast<Key>(value) ^ kSign);
  } else {
    return static_cast<Key>(value);
  }
}

/// The same with one key for both zeros: equal numbers have equal keys.
template <class T>
SortKey<T> tie_key(T value) {
  if constexpr (std::is_floating_point_v<T>)
    return sort_key(static_cast<T>(value + T(0)));
  else if constexpr (is_half_type<T>)
    return sort_key(static_cast<float>(value) == 0 ? T(0.0f) : value);
  else
    return sort_key(value);
}

/// What keys are combined with (`^`), so that they sort as asked for.
template <class Key>
Key order_mask(bool descending) {
  return descending ? static_cast<Key>(~Key(0)) : Key(0);
}

/// The number of a key.
template <class T>
T from_sort_key(SortKey<T> key) {
  using Key = SortKey<T>;
  constexpr Key kSign = Key(1) << (8 * sizeof(T) - 1);
  if constexpr (is_half_type<T>) {
    if (key == std::numeric_limits<Key>::max()) return T(std::numeric_limits<float>::quiet_NaN());
    return std::bit_cast<T>((key & kSign) != 0 ? static_cast<Key>(key ^ kSign) : static_cast<Key>(~key));
  } else if constexpr (std::is_floating_point_v<T>) {
    if (key == std::numeric_limits<Key>::max()) return std::numeric_limits<T>::quiet_NaN();
    return std::bit_cast<T>((key & kSign) != 0 ? static_cast<Key>(key ^ kSign) : static_cast<Key>(~key));
  } else if constexpr (std::is_signed_v<T> && !std::is_same_v<T, bool>) {
    return static_cast<T>(key ^ kSign);
  } else {
    return static_cast<T>(key);
  }
}

/// Complex numbers by real, then imaginary part; those with a NaN go last.
template <class T>
bool complex_less(const T& a, const T& b) {
  const bool a_nan = a.real() != a.real() || a.imag() != a.imag();
  const bool b_nan = b.real() != b.real() || b.imag() != b.imag();
  if (a_nan || b_nan) return b_nan && !a_nan;
  return a.real() < b.real() || (a.real() == b.real() && a.imag() < b.imag());
}

// ---- what sorts move about: keys, alone or with the position they came from ----

template <class KeyType>
struct KeyItem {
  using Key = KeyType;
  static constexpr int kKeyBits = 8 * sizeof(Key);
  Key value;
  static KeyItem of(Key key, int64_t) { return {key}; }
  Key key() const { return value; }
  bool operator<(const KeyItem& other) const { return value < other.value; }
};
/// A key and the position it came from, in one word where both fit.
struct NarrowItem {
  using Key = uint32_t;
  static constexpr int kKeyBits = 32;
  uint64_t bits;
  static NarrowItem of(Key key, int64_t index) { return {uint64_t{key} << 32 | static_cast<uint64_t>(index)}; }
  Key key() const { return static_cast<Key>(bits >> 32); }
  int64_t index() const { return static_cast<int64_t>(bits & 0xffffffffu); }
  bool operator<(const NarrowItem& other) const { return bits < other.bits; }
};
struct WideItem {
  using Key = uint64_t;
  static constexpr int kKeyBits = 64;
  Key value;
  int64_t place;
  static WideItem of(Key key, int64_t index) { return {key, index}; }
  Key key() const { return value; }
  int64_t index() const { return place; }
  bool operator<(const WideItem& other) const {
    return value < other.value || (value == other.value && place < other.place);
  }
};

/// Sorts `count` items; `spare` has room for as many. Returns where the result is: one of the two.
template <class Item>
Item* sort_items(Item* items, Item* spare, int64_t count) {
  // Below as many items a comparison sort is quicker than counting digits.
  constexpr int64_t kFewItems = 128;
  if (count < kFewItems) {
    std::sort(items, items + count);
    return items;
  }
  return radix_sort<Item::kKeyBits>(items, spare, count, [](const Item& item) { return item.key(); });
}

}  // namespace ingot
