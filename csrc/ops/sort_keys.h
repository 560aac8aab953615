// Order as unsigned integers: every real dtype is mapped to integers that are ordered as its numbers are, so that one
// sort serves all of them.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "ingot/graph/dtype.h"

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

}  // namespace ingot
