// The functions that the `scalar` column of ops/elementwise.def names, for one element of any type the row computes in.
// Metal's prelude defines the same names in its own language, so a row's text is valid in both.
#pragma once

#include <bit>
#include <cmath>
#include <complex>
#include <concepts>
#include <limits>
#include <type_traits>

#include "ingot/graph/dtype.h"
#include "ingot/ops/special.h"

namespace ingot::scalars {

template <class T>
concept Complex = is_complex_type<T>;
template <class T>
concept Floating = std::is_floating_point_v<T>;
/// bool counts as an integer here: it rounds to itself and is never NaN.
template <class T>
concept Integer = std::is_integral_v<T>;
template <class T>
concept Real = Floating<T> || Integer<T>;

// ---- parts and classes of numbers ----

template <Real T>
T real(T x) {
  return x;
}
template <Complex T>
auto real(T x) {
  return x.real();
}
template <Real T>
T imag(T) {
  return T(0);
}
template <Complex T>
auto imag(T x) {
  return x.imag();
}
template <Floating T>
std::complex<T> join_parts(T x, T y) {
  return {x, y};
}
template <Real T>
T conj(T x) {
  return x;
}
template <Complex T>
T conj(T x) {
  return std::conj(x);
}

template <Integer T>
bool isnan(T) {
  return false;
}
template <Floating T>
bool isnan(T x) {
  return x != x;
}
template <Complex T>
bool isnan(T x) {
  return isnan(x.real()) || isnan(x.imag());
}
template <Integer T>
bool isinf(T) {
  return false;
}
template <Floating T>
bool isinf(T x) {
  return std::abs(x) == std::numeric_limits<T>::infinity();
}
template <Complex T>
bool isinf(T x) {
  return isinf(x.real()) || isinf(x.imag());
}
template <Integer T>
bool isfinite(T) {
  return true;
}
template <Floating T>
bool isfinite(T x) {
  return std::abs(x) < std::numeric_limits<T>::infinity();
}
template <Complex T>
bool isfinite(T x) {
  return isfinite(x.real()) && isfinite(x.imag());
}

template <Integer T>
bool signbit(T x) {
  return x < T(0);
}
template <Floating T>
bool signbit(T x) {
  return std::signbit(x);
}

// ---- order ----

/// NaN if either operand is.
template <Real T>
T maximum(T x, T y) {
  return (x >= y || isnan(x)) ? x : y;
}
template <Real T>
T minimum(T x, T y) {
  return (x <= y || isnan(x)) ? x : y;
}

/// The absolute value; that of the smallest signed integer is itself.
template <Integer T>
T magnitude(T x) {
  if constexpr (std::is_signed_v<T>) {
    return x < 0 ? static_cast<T>(-x) : x;
  } else {
    return x;
  }
}
template <Floating T>
T magnitude(T x) {
  return std::abs(x);
}
template <Complex T>
auto magnitude(T x) {
  return std::abs(x);
}

/// -1, 0 or 1; NaN stays NaN. Of a complex number: the number on the unit circle in its direction.
template <Real T>
T sign(T x) {
  if constexpr (std::is_unsigned_v<T>) {
    return static_cast<T>(x > 0);
  } else {
    return x > 0 ? T(1) : x < 0 ? T(-1) : x;
  }
}
template <Complex T>
T sign(T x) {
  return x == T(0) ? T(0) : x / std::abs(x);
}

// ---- integer arithmetic ----

/// Rounds towards minus infinity; 0 for a zero divisor, because the machine would trap.
template <Integer T>
T floor_divide(T x, T y) {
  if (y == 0) return 0;
  if constexpr (std::is_signed_v<T>) {
    if (y == T(-1)) return static_cast<T>(T(0) - x);
    const T quotient = static_cast<T>(x / y);
    return static_cast<T>(quotient - (x % y != 0 && (x < 0) != (y < 0)));
  } else {
    return static_cast<T>(x / y);
  }
}
/// Has the sign of the divisor; 0 for a zero divisor.
template <Integer T>
T remainder(T x, T y) {
  if (y == 0) return 0;
  if constexpr (std::is_signed_v<T>) {
    if (y == T(-1)) return 0;
    const T rest = static_cast<T>(x % y);
    return rest != 0 && (rest < 0) != (y < 0) ? static_cast<T>(rest + y) : rest;
  } else {
    return static_cast<T>(x % y);
  }
}
/// Has the sign of the divisor, as Python's `%`.
template <Floating T>
T remainder(T x, T y) {
  const T rest = std::fmod(x, y);
  if (rest == 0) return std::copysign(T(0), y);
  return (rest < 0) != (y < 0) ? rest + y : rest;
}
/// Has the sign of the dividend, as C's `%`; 0 for a zero divisor.
template <Integer T>
T fmod(T x, T y) {
  if (y == 0) return 0;
  if constexpr (std::is_signed_v<T>) {
    if (y == T(-1)) return 0;
  }
  return static_cast<T>(x % y);
}
template <Floating T>
T fmod(T x, T y) {
  return std::fmod(x, y);
}
/// Python's `//`: consistent with `remainder`, so 1 // 0.1 is 9. Infinity divided stays infinite.
template <Floating T>
T floor_divide(T x, T y) {
  if (y == 0 || isinf(x)) return x / y;
  T rest = std::fmod(x, y);
  T quotient = (x - rest) / y;
  if (rest != 0 && (rest < 0) != (y < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(T(0), x / y);
  const T whole = std::floor(quotient);
  return quotient - whole > T(0.5) ? whole + 1 : whole;
}

/// A negative exponent gives what truncation leaves: 0 unless |x| is 1.
template <Integer T>
T power(T x, T y) {
  if constexpr (std::is_signed_v<T>) {
    if (y < 0) return x == 1 ? T(1) : x == T(-1) ? (y & 1 ? T(-1) : T(1)) : T(0);
  }
  T result = 1;
  for (; y != 0; y = static_cast<T>(y >> 1)) {
    if (y & 1) result = static_cast<T>(result * x);
    x = static_cast<T>(x * x);
  }
  return result;
}
template <Floating T>
T power(T x, T y) {
  return std::pow(x, y);
}
/// Small whole exponents multiply, which is exact where the parts are whole numbers.
template <Complex T>
T power(T x, T y) {
  using Part = typename T::value_type;
  const Part exponent = y.real();
  if (y.imag() == 0 && std::abs(exponent) <= 64 && exponent == std::trunc(exponent)) {
    T result(1), square = x;
    for (int n = static_cast<int>(std::abs(exponent)); n != 0; n >>= 1) {
      if (n & 1) result *= square;
      square *= square;
    }
    return exponent < 0 ? T(1) / result : result;
  }
  if (x == T(0))
    return exponent > 0 ? T(0) : T(std::numeric_limits<Part>::quiet_NaN(), std::numeric_limits<Part>::quiet_NaN());
  return std::exp(y * std::log(x));
}

/// Never negative, except where no integer of the type is large enough.
template <Integer T>
T gcd(T x, T y) {
  T a = magnitude(x), b = magnitude(y);
  while (b != 0) {
    // The smallest integer has no positive counterpart, and divided by -1 it would trap.
    if constexpr (std::is_signed_v<T>) {
      if (b == T(-1)) return 1;
    }
    const T rest = static_cast<T>(a % b);
    a = b;
    b = rest;
  }
  return magnitude(a);
}
template <Integer T>
T lcm(T x, T y) {
  const T common = gcd(x, y);
  if (common == 0) return 0;
  using Wrapping = std::make_unsigned_t<T>;
  const auto parts = static_cast<Wrapping>(magnitude(x)) / static_cast<Wrapping>(common);
  return static_cast<T>(static_cast<uint64_t>(parts) * static_cast<Wrapping>(magnitude(y)));
}
/// How many bits of |x| are 1.
template <Integer T>
T bit_count(T x) {
  return static_cast<T>(std::popcount(static_cast<std::make_unsigned_t<T>>(magnitude(x))));
}

template <Integer T>
T bitwise_invert(T x) {
  if constexpr (std::is_same_v<T, bool>) {
    return !x;
  } else {
    return static_cast<T>(~x);
  }
}
/// A count outside [0, bits) shifts everything out.
template <Integer T>
T shift_left(T x, T y) {
  constexpr auto bits = static_cast<int>(8 * sizeof(T));
  return y >= 0 && y < static_cast<T>(bits) ? static_cast<T>(static_cast<std::make_unsigned_t<T>>(x) << y) : T(0);
}
template <Integer T>
T shift_right(T x, T y) {
  constexpr auto bits = static_cast<int>(8 * sizeof(T));
  return y >= 0 && y < static_cast<T>(bits) ? static_cast<T>(x >> y) : x < 0 ? static_cast<T>(-1) : T(0);
}

// ---- rounding ----

#define INGOT_ROUNDING(name, function)                                                                                 \
  template <Integer T>                                                                                                 \
  T name(T x) {                                                                                                        \
    return x;                                                                                                          \
  }                                                                                                                    \
  template <Floating T>                                                                                                \
  T name(T x) {                                                                                                        \
    return function(x);                                                                                                \
  }
INGOT_ROUNDING(floor, std::floor)
INGOT_ROUNDING(ceil, std::ceil)
INGOT_ROUNDING(trunc, std::trunc)
INGOT_ROUNDING(round, std::rint)  // halves go to even
#undef INGOT_ROUNDING

// ---- functions of floating and complex numbers ----

#define INGOT_STANDARD(name)                                                                                           \
  template <class T>                                                                                                   \
  T name(T x) {                                                                                                        \
    return std::name(x);                                                                                               \
  }
INGOT_STANDARD(sqrt)
INGOT_STANDARD(exp)
INGOT_STANDARD(log)
INGOT_STANDARD(log10)
INGOT_STANDARD(sin)
INGOT_STANDARD(cos)
INGOT_STANDARD(tan)
INGOT_STANDARD(asin)
INGOT_STANDARD(acos)
INGOT_STANDARD(atan)
INGOT_STANDARD(sinh)
INGOT_STANDARD(cosh)
INGOT_STANDARD(tanh)
INGOT_STANDARD(asinh)
INGOT_STANDARD(acosh)
INGOT_STANDARD(atanh)
#undef INGOT_STANDARD

#define INGOT_STANDARD_REAL(name)                                                                                      \
  template <Floating T>                                                                                                \
  T name(T x) {                                                                                                        \
    return std::name(x);                                                                                               \
  }
INGOT_STANDARD_REAL(exp2)
INGOT_STANDARD_REAL(expm1)
INGOT_STANDARD_REAL(log1p)
INGOT_STANDARD_REAL(log2)
INGOT_STANDARD_REAL(erf)
INGOT_STANDARD_REAL(erfc)
INGOT_STANDARD_REAL(cbrt)
INGOT_STANDARD_REAL(logb)
#undef INGOT_STANDARD_REAL

/// exp(x) - 1 without cancellation in either part.
template <Complex T>
T expm1(T x) {
  const auto grown = std::expm1(x.real());
  const auto half = std::sin(x.imag() / 2);
  return T(grown * std::cos(x.imag()) - 2 * half * half, (grown + 1) * std::sin(x.imag()));
}
/// log(1 + x): from |1 + x|^2 - 1 where x is small, from |1 + x| itself where that difference would overflow or cancel.
template <Complex T>
T log1p(T x) {
  const auto re = x.real(), im = x.imag();
  const bool small = re > -0.5 && re < 1 && std::abs(im) < 1;
  const auto size = small ? std::log1p(re * (2 + re) + im * im) / 2 : std::log(std::hypot(1 + re, im));
  return T(size, std::atan2(im, 1 + re));
}
template <Complex T>
T log2(T x) {
  return std::log(x) / typename T::value_type(0.69314718055994530942);
}

template <Floating T>
T atan2(T x, T y) {
  return std::atan2(x, y);
}
template <Floating T>
T hypot(T x, T y) {
  return std::hypot(x, y);
}
template <Floating T>
T copysign(T x, T y) {
  return std::copysign(x, y);
}

/// 1 / (1 + exp(-x)), never from an overflown exponential.
template <Floating T>
T sigmoid(T x) {
  const T decay = std::exp(-std::abs(x));
  return (x < 0 ? decay : T(1)) / (1 + decay);
}
/// log(1 + exp(x)).
template <Floating T>
T softplus(T x) {
  return maximum(x, T(0)) + std::log1p(std::exp(-std::abs(x)));
}
/// log(exp(x) + exp(y)).
template <Floating T>
T logaddexp(T x, T y) {
  if (x == y) return x + T(0.69314718055994530942);  // two infinities of one sign have no difference
  return maximum(x, y) + std::log1p(std::exp(-std::abs(x - y)));
}

/// log(x / (1 - x)), also near 1/2, where that is nearly the logarithm of 1.
template <Floating T>
T logit(T x) {
  return x > T(0.25) && x < T(0.75) ? std::log1p((2 * x - 1) / (1 - x)) : std::log(x / (1 - x));
}
/// x P(Z <= x) for a normal Z.
template <Floating T>
T gelu(T x) {
  // Not 0 times infinity.
  return std::isinf(x) ? maximum(x, T(0)) : x * T(0.5) * std::erfc(-x * T(0.70710678118654752440));
}
/// The derivative of gelu.
template <Floating T>
T gelu_slope(T x) {
  const T density = T(0.39894228040143267794) * std::exp(T(-0.5) * x * x);
  return T(0.5) * std::erfc(-x * T(0.70710678118654752440)) + (density == 0 ? T(0) : x * density);
}

// ---- special functions, computed in double ----

#define INGOT_SPECIAL(name)                                                                                            \
  template <Floating T>                                                                                                \
  T name(T x) {                                                                                                        \
    return static_cast<T>(special::name(static_cast<double>(x)));                                                      \
  }
INGOT_SPECIAL(gamma)
INGOT_SPECIAL(lgamma)
INGOT_SPECIAL(digamma)
INGOT_SPECIAL(erfinv)
INGOT_SPECIAL(erfcx)
INGOT_SPECIAL(i0)
INGOT_SPECIAL(i1)
INGOT_SPECIAL(i0e)
INGOT_SPECIAL(i1e)
INGOT_SPECIAL(sinc)
#undef INGOT_SPECIAL

#define INGOT_SPECIAL_OF_TWO(name)                                                                                     \
  template <Floating T>                                                                                                \
  T name(T x, T y) {                                                                                                   \
    return static_cast<T>(special::name(static_cast<double>(x), static_cast<double>(y)));                              \
  }
INGOT_SPECIAL_OF_TWO(polygamma)
INGOT_SPECIAL_OF_TWO(gammainc)
INGOT_SPECIAL_OF_TWO(gammaincc)
#undef INGOT_SPECIAL_OF_TWO

}  // namespace ingot::scalars
