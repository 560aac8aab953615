// Each row of ops/elementwise.def as a function on single elements: `scalars::rows::add_row(x, y)`.
#pragma once

#include "ingot/ops/scalar.h"
#include "ingot/ops/scalar_limits.h"
#include "ingot/ops/typing.h"

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wint-in-bool-context"  // on bool, `x * y` is meant as `and`
#endif

// The namespace is nested so that the names in an expression are those of `scalars`, not C's functions of double.
namespace ingot::scalars::rows {

#define UNARY(name, typing, eigen, scalar, ...)                                                                        \
  template <class T>                                                                                                   \
  inline typing_result_t<Typing::typing, T> name##_row(T x) {                                                          \
    return static_cast<typing_result_t<Typing::typing, T>>(scalar);                                                    \
  }
#define BINARY(name, typing, eigen, scalar, ...)                                                                       \
  template <class T>                                                                                                   \
  inline typing_result_t<Typing::typing, T> name##_row(T x, T y) {                                                     \
    return static_cast<typing_result_t<Typing::typing, T>>(scalar);                                                    \
  }
#define TERNARY(name, typing, eigen, scalar, ...)                                                                      \
  template <class T>                                                                                                   \
  inline typing_result_t<Typing::typing, T> name##_row(bool x, T y, T z) {                                             \
    return static_cast<typing_result_t<Typing::typing, T>>(scalar);                                                    \
  }
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY

}  // namespace ingot::scalars::rows

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
