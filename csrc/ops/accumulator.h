// What default kernels add up in, and how.
#pragma once

#include <cstdint>
#include <type_traits>

#include "ingot/graph/dtype.h"

namespace ingot {

/// A zero of a type that is wide enough to be an oracle for faster kernels.
template <class T>
auto accumulator() {
  if constexpr (is_half_type<T> || std::is_floating_point_v<T>)
    return double{};
  else if constexpr (is_complex_type<T>)
    return complex128{};
  else if constexpr (std::is_same_v<T, bool>)
    return false;
  else
    return std::make_unsigned_t<decltype(T{} + T{})>{};  // wraps around without undefined behaviour
}

/// Adds to one element: halves in float32, integers modulo their range, bool by `or`.
template <class T>
void add_to(T& target, T value) {
  if constexpr (is_half_type<T>)
    target = T(static_cast<float>(target) + static_cast<float>(value));
  else if constexpr (std::is_same_v<T, bool>)
    target = target || value;
  else if constexpr (std::is_integral_v<T>)
    target = static_cast<T>(static_cast<uint64_t>(target) + static_cast<uint64_t>(value));
  else
    target += value;
}

}  // namespace ingot
