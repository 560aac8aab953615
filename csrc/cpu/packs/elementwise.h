// Kernels for the rows of the elementwise table, for any list of types.
#pragma once

#include <Eigen/Core>
#include <string_view>

#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/vector_math.h"
#include "ingot/ops/scalar_rows.h"

namespace ingot::cpu {

/// In the place of an Eigen expression: the scalar expression in a loop, which the compiler vectorises.
struct Each {};
inline constexpr Each EACH, RARE;

template <class T>
using Array1d = Eigen::Array<T, Eigen::Dynamic, 1>;
template <class T>
using Input = Eigen::Map<const Array1d<T>>;
template <class T>
using Output = Eigen::Map<Array1d<T>>;

template <class R, class X, class Y, class Z, R (*row)(X, Y, Z)>
void loop(void* out, const void* x, const void* y, const void* z, int64_t count) {
  auto* results = static_cast<R*>(out);
  INGOT_EACH_ALONE
  for (int64_t i = 0; i < count; ++i) {
    // As a byte, because the compiler makes no vectors of bool.
    results[i] = row(static_cast<const uint8_t*>(x)[i] != 0, static_cast<const Y*>(y)[i], static_cast<const Z*>(z)[i]);
  }
}
template <class R, class X, class Y, R (*row)(X, Y)>
void loop(void* out, const void* x, const void* y, const void*, int64_t count) {
  auto* results = static_cast<R*>(out);
  INGOT_EACH_ALONE
  for (int64_t i = 0; i < count; ++i) results[i] = row(static_cast<const X*>(x)[i], static_cast<const Y*>(y)[i]);
}
template <class R, class X, R (*row)(X)>
void loop(void* out, const void* x, const void*, const void*, int64_t count) {
  using Stored = std::conditional_t<std::is_same_v<X, bool>, uint8_t, X>;
  using Result = std::conditional_t<std::is_same_v<R, bool>, uint8_t, R>;
  auto* results = static_cast<Result*>(out);
  INGOT_EACH_ALONE
  for (int64_t i = 0; i < count; ++i) {
    if constexpr (std::is_same_v<X, bool>)
      results[i] = row(static_cast<const Stored*>(x)[i] != 0);
    else
      results[i] = row(static_cast<const Stored*>(x)[i]);
  }
}

/// One struct per row: the Eigen column as a function, and the kernel made of it or of the scalar column.
template <class T, class R, class Expression>
ElementwiseFn eigen_kernel() {
  return [](void* out, const void* x, const void* y, const void* z, int64_t count) {
    Output<R>(static_cast<R*>(out), count) =
        Expression::make(Input<T>(static_cast<const T*>(x), count), Input<T>(static_cast<const T*>(y), count),
                         Input<T>(static_cast<const T*>(z), count));
  };
}

#define INGOT_EXPRESSION(name, eigen)                                                                                  \
  template <class T>                                                                                                   \
  struct name##_expression {                                                                                           \
    static auto make([[maybe_unused]] const Input<T>& x, [[maybe_unused]] const Input<T>& y,                           \
                     [[maybe_unused]] const Input<T>& z) {                                                             \
      return eigen;                                                                                                    \
    }                                                                                                                  \
    static constexpr bool given() {                                                                                    \
      if constexpr (std::is_floating_point_v<T> || is_complex_type<T>) {                                               \
        return !std::is_same_v<                                                                                        \
            decltype(make(std::declval<Input<T>>(), std::declval<Input<T>>(), std::declval<Input<T>>())), Each>;       \
      } else {                                                                                                         \
        return false;                                                                                                  \
      }                                                                                                                \
    }                                                                                                                  \
  };
#define UNARY(name, typing, eigen, ...) INGOT_EXPRESSION(name, eigen)
#define BINARY(name, typing, eigen, ...) INGOT_EXPRESSION(name, eigen)
#define TERNARY(name, typing, eigen, ...) INGOT_EXPRESSION(name, eigen)
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY
#undef INGOT_EXPRESSION

/// Eigen divides complex numbers by the divisor's larger part first, which makes NaN of any quotient by zero or infinity;
/// and only in whole packets, so that the rest of a row would differ.
template <class T>
constexpr bool packets_do(Opcode op) {
  return !is_complex_type<T> || op != Opcode::divide;
}

/// The same bits result from signed and from unsigned integers.
constexpr bool ignores_sign(Opcode op) {
  switch (op) {
    case Opcode::add:
    case Opcode::subtract:
    case Opcode::multiply:
    case Opcode::negative:
    case Opcode::square:
    case Opcode::equal:
    case Opcode::not_equal:
    case Opcode::where:
    case Opcode::logical_and:
    case Opcode::logical_or:
    case Opcode::logical_xor:
    case Opcode::logical_not:
    case Opcode::bitwise_and:
    case Opcode::bitwise_or:
    case Opcode::bitwise_xor:
    case Opcode::bitwise_invert:
      return true;
    default:
      return false;
  }
}

template <class T>
void add_elementwise(Pack& pack) {
#define INGOT_ADD(name, typing, eigen, ...)                                                                            \
  if constexpr (TypingResult<Typing::typing, T>::takes() && std::string_view(#eigen) != "RARE") {                      \
    using C = std::conditional_t<ignores_sign(Opcode::name), AnySign<T>, T>;                                           \
    using R = typing_result_t<Typing::typing, C>;                                                                      \
    ElementwiseFn& kernel = pack.elementwise[static_cast<int>(Opcode::name)][static_cast<int>(dtype_of<T>)];           \
    if constexpr (packets_do<T>(Opcode::name) && name##_expression<T>::given()) {                                      \
      kernel = eigen_kernel<T, R, name##_expression<T>>();                                                             \
    } else {                                                                                                           \
      kernel = &loop<R, __VA_ARGS__, &scalars::rows::name##_row<C>>;                                                   \
    }                                                                                                                  \
  }
#define UNARY(name, typing, eigen, ...) INGOT_ADD(name, typing, eigen, C)
#define BINARY(name, typing, eigen, ...) INGOT_ADD(name, typing, eigen, C, C)
#define TERNARY(name, typing, eigen, ...) INGOT_ADD(name, typing, eigen, bool, C, C)
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY
#undef INGOT_ADD
}

/// Operand `side` is one element.
template <class T, int side, T (*row)(T, T)>
void loop_with_scalar(void* out, const void* x, const void* y, const void*, int64_t count) {
  auto* results = static_cast<T*>(out);
  const T scalar = *static_cast<const T*>(side == 0 ? x : y);
  const auto* others = static_cast<const T*>(side == 0 ? y : x);
  INGOT_EACH_ALONE
  for (int64_t i = 0; i < count; ++i) results[i] = side == 0 ? row(scalar, others[i]) : row(others[i], scalar);
}

template <class T>
void add_with_scalar(Pack& pack) {
#define INGOT_ADD(name)                                                                                                \
  pack.with_scalar[0][static_cast<int>(Opcode::name)][static_cast<int>(dtype_of<T>)] =                                 \
      &loop_with_scalar<T, 0, &scalars::rows::name##_row<T>>;                                                          \
  pack.with_scalar[1][static_cast<int>(Opcode::name)][static_cast<int>(dtype_of<T>)] =                                 \
      &loop_with_scalar<T, 1, &scalars::rows::name##_row<T>>;
  INGOT_ADD(add)
  INGOT_ADD(subtract)
  INGOT_ADD(multiply)
  INGOT_ADD(divide)
  INGOT_ADD(maximum)
  INGOT_ADD(minimum)
#undef INGOT_ADD
}

/// Three passes in one, each result rounded as they would round it.
template <class T, bool subtracts>
void blend(void* out, const void* x, const void* x_scale, const void* y, const void* y_scale, int64_t count) {
  auto* results = static_cast<T*>(out);
  const auto *xs = static_cast<const T*>(x), *ys = static_cast<const T*>(y);
  const T s = x_scale ? *static_cast<const T*>(x_scale) : T(1), t = y_scale ? *static_cast<const T*>(y_scale) : T(1);
  const auto combine = [](T a, T b) { return subtracts ? a - b : a + b; };
  if (!ys) {
    INGOT_EACH_ALONE
    for (int64_t i = 0; i < count; ++i) results[i] = combine(xs[i] * s, t);
  } else {
    INGOT_EACH_ALONE
    for (int64_t i = 0; i < count; ++i) results[i] = combine(xs[i] * s, ys[i] * t);
  }
}

template <class T>
void add_blend(Pack& pack) {
  pack.blend[0][static_cast<int>(dtype_of<T>)] = &blend<T, false>;
  pack.blend[1][static_cast<int>(dtype_of<T>)] = &blend<T, true>;
}

}  // namespace ingot::cpu
