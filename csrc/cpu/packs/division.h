// Division with a remainder, exactly and without branches: where quotients are small enough for their whole part to be
// known at once. C's function, which is exact for all, takes a dozen steps for each number.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "ingot/cpu/packs/elementwise.h"

namespace ingot::cpu::division {

/// Whether the functions below are right for these: finite, and a quotient whose product with y is exact.
inline bool is_small(float x, float y) {
  return std::abs(x) < std::abs(double{y}) * 0x1p28 && std::abs(y) <= std::numeric_limits<float>::max();
}
inline bool is_small(double x, double y) {
  return std::abs(x) < std::abs(y) * 0x1p52 && std::abs(y) <= std::numeric_limits<double>::max() &&
         std::abs(x) <= std::numeric_limits<double>::max();
}

/// Of different signs, and not zero.
template <class T>
INGOT_VECTOR bool opposed(T rest, T y) {
  return std::copysign(rest, y) != rest;
}

/// x - trunc(x / y) * y. A quotient just below a whole number may have been rounded up to it: then one y too many was
/// taken away.
INGOT_VECTOR double truncated(double x, double y) {
  const double rest = scalars::vector::madd(-__builtin_trunc(x / y), y, x);
  return std::copysign(opposed(rest, x) ? rest + std::copysign(y, x) : rest, x);
}
INGOT_VECTOR float truncated(float x, float y) { return static_cast<float>(truncated(double{x}, double{y})); }

template <class T>
INGOT_VECTOR T floored(T x, T y) {
  const T rest = truncated(x, y);
  return rest == 0 ? std::copysign(T(0), y) : opposed(rest, y) ? rest + y : rest;
}
template <class T>
INGOT_VECTOR T floor_quotient(T x, T y) {
  const T rest = truncated(x, y), ratio = x / y, steps = (x - rest) / y;
  const T quotient = opposed(rest, y) ? steps - 1 : steps, whole = std::floor(quotient);
  const T nearest = quotient - whole > T(0.5) ? whole + 1 : whole;
  return quotient == 0 ? std::copysign(T(0), ratio) : nearest;
}

/// `fast` for runs of numbers that it is good for, `exact` for others.
template <class T, T (*fast)(T, T), T (*exact)(T, T)>
void by_runs(void* out, const void* x, const void* y, const void*, int64_t count) {
  constexpr int64_t kRun = 256;
  for (int64_t start = 0; start < count; start += kRun) {
    const int64_t length = std::min(kRun, count - start);
    const T *dividends = static_cast<const T*>(x) + start, *divisors = static_cast<const T*>(y) + start;
    T* results = static_cast<T*>(out) + start;
    int large = 0;
    for (int64_t i = 0; i < length; ++i) large |= !is_small(dividends[i], divisors[i]);
    if (large) {
      for (int64_t i = 0; i < length; ++i) results[i] = exact(dividends[i], divisors[i]);
    } else {
      INGOT_EACH_ALONE
      for (int64_t i = 0; i < length; ++i) results[i] = fast(dividends[i], divisors[i]);
    }
  }
}

template <class T>
void add(Pack& pack) {
  const auto entry = [&](Opcode row) -> ElementwiseFn& {
    return pack.elementwise[static_cast<int>(row)][static_cast<int>(dtype_of<T>)];
  };
  entry(Opcode::fmod) = &by_runs<T, &truncated, &scalars::fmod>;
  entry(Opcode::remainder) = &by_runs<T, &floored<T>, &scalars::remainder>;
  entry(Opcode::floor_divide) = &by_runs<T, &floor_quotient<T>, &scalars::floor_divide>;
}

}  // namespace ingot::cpu::division
