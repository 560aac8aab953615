// Element types, their promotion (Python Array API standard), and conversion between them.
#pragma once

#include <bit>
#include <complex>
#include <cstdint>
#include <iosfwd>
#include <string_view>
#include <variant>

#include "ingot/graph/error.h"

namespace ingot {

enum class DType : uint8_t {
  bool_,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float16,
  bfloat16,
  float32,
  float64,
  complex64,
  complex128,
};
inline constexpr int kDTypeCount = 15;

/// IEEE 754 binary16, stored only: arithmetic happens in float32.
struct float16 {
  uint16_t bits = 0;
  float16() = default;
  explicit float16(float value);
  operator float() const;
};

/// The upper half of a float32 (round to nearest even), stored only: arithmetic happens in float32.
struct bfloat16 {
  uint16_t bits = 0;
  bfloat16() = default;
  explicit bfloat16(float value);
  operator float() const { return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16); }
};

using complex64 = std::complex<float>;
using complex128 = std::complex<double>;

/// Bytes per element.
size_t size_of(DType dtype);
/// "float32", "bool", ...
std::string_view name_of(DType dtype);
/// The inverse of name_of; throws TypeError, naming the known dtypes.
DType parse_dtype(std::string_view name);

bool is_bool(DType dtype);
bool is_signed_integer(DType dtype);
bool is_unsigned_integer(DType dtype);
/// Signed or unsigned; not bool.
bool is_integer(DType dtype);
/// Real floating point.
bool is_floating(DType dtype);
bool is_complex(DType dtype);
/// Floating or complex: what can carry a gradient.
bool is_inexact(DType dtype);

/// The dtype of an operation between two arrays. Beyond the standard's table, an integer with a float gives the float,
/// float16 with bfloat16 gives float32, and uint64 with a signed integer gives float32 (as MLX does).
DType promote(DType a, DType b);
/// float32 for bool and integers, the dtype itself otherwise.
DType to_inexact(DType dtype);
/// The real dtype behind a complex one; the dtype itself otherwise.
DType to_real(DType dtype);
/// The dtype that kernels compute in: float32 for float16 and bfloat16, the dtype itself otherwise.
DType compute_dtype(DType dtype);

std::ostream& operator<<(std::ostream& out, DType dtype);

/// A number from the host language. It is weak: it takes the dtype of the array it meets.
struct Scalar {
  std::variant<bool, int64_t, uint64_t, double, std::complex<double>> value;

  Scalar(bool v) : value(v) {}
  Scalar(int v) : value(static_cast<int64_t>(v)) {}
  Scalar(long v) : value(static_cast<int64_t>(v)) {}
  Scalar(long long v) : value(static_cast<int64_t>(v)) {}
  Scalar(unsigned v) : value(static_cast<int64_t>(v)) {}
  Scalar(unsigned long v) : value(static_cast<uint64_t>(v)) {}
  Scalar(unsigned long long v) : value(static_cast<uint64_t>(v)) {}
  Scalar(float v) : value(static_cast<double>(v)) {}
  Scalar(double v) : value(v) {}
  Scalar(std::complex<double> v) : value(v) {}

  double to_double() const;
  std::complex<double> to_complex() const;
};

/// The dtype of `array op scalar`: the array's, unless the scalar is of a higher kind (bool < int < float < complex).
DType promote(DType array, const Scalar& scalar);
/// Writes the scalar as one element of `dtype`. Throws ValueError or TypeError if that cannot hold it.
void store_scalar(const Scalar& scalar, DType dtype, void* out);

/// Compile-time link between C++ types and dtypes.
template <class T>
struct dtype_of_t;
template <class T>
inline constexpr DType dtype_of = dtype_of_t<T>::value;

// clang-format off
#define INGOT_FOR_EACH_DTYPE(X)                                                                     \
  X(bool, bool_)                                                                                    \
  X(int8_t, int8) X(int16_t, int16) X(int32_t, int32) X(int64_t, int64)                             \
  X(uint8_t, uint8) X(uint16_t, uint16) X(uint32_t, uint32) X(uint64_t, uint64)                     \
  X(::ingot::float16, float16) X(::ingot::bfloat16, bfloat16) X(float, float32) X(double, float64)  \
  X(::ingot::complex64, complex64) X(::ingot::complex128, complex128)
// clang-format on

#define INGOT_DTYPE_OF(type, name)                                                                                     \
  template <>                                                                                                          \
  struct dtype_of_t<type> {                                                                                            \
    static constexpr DType value = DType::name;                                                                        \
  };
INGOT_FOR_EACH_DTYPE(INGOT_DTYPE_OF)
#undef INGOT_DTYPE_OF

/// Carries a type as a value, for `visit`.
template <class T>
struct TypeTag {
  using type = T;
};

/// Calls `f(TypeTag<T>{})` with the C++ type of `dtype`:
/// `visit(dtype, [&](auto tag) { using T = typename decltype(tag)::type; ... })`.
template <class F>
decltype(auto) visit(DType dtype, F&& f) {
  switch (dtype) {
#define INGOT_VISIT(type, name)                                                                                        \
  case DType::name:                                                                                                    \
    return f(TypeTag<type>{});
    INGOT_FOR_EACH_DTYPE(INGOT_VISIT)
#undef INGOT_VISIT
  }
  throw Error("unknown dtype ", static_cast<int>(dtype));
}

template <class T>
inline constexpr bool is_complex_type = std::is_same_v<T, complex64> || std::is_same_v<T, complex128>;
template <class T>
inline constexpr bool is_half_type = std::is_same_v<T, float16> || std::is_same_v<T, bfloat16>;

/// Converts one element. Complex to real keeps the real part; anything to bool asks whether it is not zero; a float
/// beyond the range of an integer type gives an unspecified value, never undefined behaviour.
template <class To, class From>
To convert(From value);

}  // namespace ingot

#include "ingot/graph/convert.h"
