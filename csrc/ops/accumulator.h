// What default kernels add products up in.
#pragma once

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

}  // namespace ingot
