// Kernels of functions that have vector code for usual numbers only.
#pragma once

#include <algorithm>
#include <cmath>

#include "ingot/cpu/packs/parts.h"

namespace ingot::cpu {

/// `fast` for numbers that are `usual`, `exact`, one by one, for others.
template <class T, T (*fast)(T), T (*exact)(T), bool (*usual)(T)>
void fast_or_exact(void* out, const void* x, const void*, const void*, int64_t count) {
  constexpr int64_t kRun = 256;
  for (int64_t start = 0; start < count; start += kRun) {
    const int64_t length = std::min(kRun, count - start);
    const T* source = static_cast<const T*>(x) + start;
    T* result = static_cast<T*>(out) + start;
    int others = 0;
    for (int64_t i = 0; i < length; ++i) others |= !usual(source[i]);
    if (others) {
      for (int64_t i = 0; i < length; ++i) result[i] = usual(source[i]) ? fast(source[i]) : exact(source[i]);
    } else {
      INGOT_EACH_ALONE
      for (int64_t i = 0; i < length; ++i) result[i] = fast(source[i]);
    }
  }
}

/// Beyond a million too few digits are left when whole turns are taken away.
template <class T>
inline bool few_turns(T x) {
  return std::abs(x) < T(1'000'000);
}
template <class T>
T exact_sin(T x) {
  return std::sin(x);
}
template <class T>
T exact_cos(T x) {
  return std::cos(x);
}
template <class T>
T exact_tan(T x) {
  return std::tan(x);
}

}  // namespace ingot::cpu
