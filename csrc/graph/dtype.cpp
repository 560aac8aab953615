#include "ingot/graph/dtype.h"

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <ostream>
#include <string>
#include <utility>

namespace ingot {

namespace {

constexpr std::array<std::string_view, kDTypeCount> kNames = {
    "bool",   "int8",    "int16",    "int32",   "int64",   "uint8",     "uint16",    "uint32",
    "uint64", "float16", "bfloat16", "float32", "float64", "complex64", "complex128"};

}  // namespace

float16::float16(float value) {
  const uint32_t x = std::bit_cast<uint32_t>(value);
  const uint32_t sign = (x >> 16) & 0x8000u;
  const uint32_t magnitude = x & 0x7fffffffu;
  if (magnitude > 0x7f800000u) {  // NaN stays NaN
    bits = static_cast<uint16_t>(sign | 0x7e00u);
  } else if (magnitude >= 0x477ff000u) {  // rounds beyond the largest half
    bits = static_cast<uint16_t>(sign | 0x7c00u);
  } else if (magnitude < 0x38800000u) {
    // Subnormal halves: adding 0.5 lines the bits up so that the hardware rounds to nearest even.
    const float aligned = std::bit_cast<float>(magnitude) + 0.5f;
    bits = static_cast<uint16_t>(sign | (std::bit_cast<uint32_t>(aligned) - 0x3f000000u));
  } else {
    const uint32_t rounded = magnitude + 0xfffu + ((magnitude >> 13) & 1u);
    bits = static_cast<uint16_t>(sign | ((rounded - 0x38000000u) >> 13));
  }
}

float16::operator float() const {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
  const uint32_t magnitude = bits & 0x7fffu;
  if (magnitude >= 0x7c00u) return std::bit_cast<float>(sign | 0x7f800000u | ((magnitude & 0x3ffu) << 13));
  if (magnitude >= 0x400u) return std::bit_cast<float>(sign | ((magnitude << 13) + 0x38000000u));
  const float subnormal = static_cast<float>(magnitude) * 0x1p-24f;
  return std::bit_cast<float>(sign | std::bit_cast<uint32_t>(subnormal));
}

bfloat16::bfloat16(float value) {
  const uint32_t x = std::bit_cast<uint32_t>(value);
  bits = (x & 0x7fffffffu) > 0x7f800000u ? static_cast<uint16_t>((x >> 16) | 0x40u)
                                         : static_cast<uint16_t>((x + 0x7fffu + ((x >> 16) & 1u)) >> 16);
}

size_t size_of(DType dtype) {
  return visit(dtype, [](auto tag) { return sizeof(typename decltype(tag)::type); });
}

std::string_view name_of(DType dtype) { return kNames[static_cast<size_t>(dtype)]; }

DType parse_dtype(std::string_view name) {
  for (int i = 0; i < kDTypeCount; ++i)
    if (kNames[i] == name) return static_cast<DType>(i);
  std::string known;
  for (std::string_view each : kNames) known += (known.empty() ? "" : ", ") + std::string(each);
  throw TypeError("unknown dtype '", name, "'; expected one of ", known);
}

bool is_bool(DType dtype) { return dtype == DType::bool_; }
bool is_signed_integer(DType dtype) { return dtype >= DType::int8 && dtype <= DType::int64; }
bool is_unsigned_integer(DType dtype) { return dtype >= DType::uint8 && dtype <= DType::uint64; }
bool is_integer(DType dtype) { return dtype >= DType::int8 && dtype <= DType::uint64; }
bool is_floating(DType dtype) { return dtype >= DType::float16 && dtype <= DType::float64; }
bool is_complex(DType dtype) { return dtype >= DType::complex64; }
bool is_inexact(DType dtype) { return dtype >= DType::float16; }

DType promote(DType a, DType b) {
  if (a == b) return a;
  if (a > b) std::swap(a, b);
  if (is_bool(a)) return b;
  if (is_integer(b)) {
    if (is_signed_integer(a) == is_signed_integer(b)) return size_of(a) >= size_of(b) ? a : b;
    // `a` is signed, `b` unsigned: the signed type that holds both, float32 where there is none.
    if (size_of(a) > size_of(b)) return a;
    switch (b) {
      case DType::uint8:
        return DType::int16;
      case DType::uint16:
        return DType::int32;
      case DType::uint32:
        return DType::int64;
      default:
        return DType::float32;
    }
  }
  if (is_integer(a)) return b;
  if (is_complex(b)) return a == DType::float64 ? DType::complex128 : b;
  return a == DType::float16 && b == DType::bfloat16 ? DType::float32 : b;
}

DType to_inexact(DType dtype) { return is_inexact(dtype) ? dtype : DType::float32; }

DType to_real(DType dtype) {
  if (dtype == DType::complex64) return DType::float32;
  if (dtype == DType::complex128) return DType::float64;
  return dtype;
}

DType compute_dtype(DType dtype) {
  return dtype == DType::float16 || dtype == DType::bfloat16 ? DType::float32 : dtype;
}

std::ostream& operator<<(std::ostream& out, DType dtype) { return out << name_of(dtype); }

double Scalar::to_double() const { return to_complex().real(); }

std::complex<double> Scalar::to_complex() const {
  return std::visit(
      [](auto v) -> std::complex<double> {
        if constexpr (std::is_same_v<decltype(v), std::complex<double>>)
          return v;
        else
          return static_cast<double>(v);
      },
      value);
}

DType promote(DType array, const Scalar& scalar) {
  switch (scalar.value.index()) {
    case 0:
      return array;
    case 1:
    case 2:
      return is_bool(array) ? DType::int32 : array;
    case 3:
      return is_inexact(array) ? array : DType::float32;
    default:
      return is_complex(array) ? array : array == DType::float64 ? DType::complex128 : DType::complex64;
  }
}

void store_scalar(const Scalar& scalar, DType dtype, void* out) {
  visit(dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    const T element = std::visit(
        [&](auto v) {
          if constexpr (std::is_same_v<decltype(v), std::complex<double>>) {
            if (!is_complex(dtype))
              throw TypeError("the complex number ", v, " cannot become an element of dtype ", dtype,
                              "; take its real part");
          } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
            if constexpr (std::is_same_v<decltype(v), int64_t> || std::is_same_v<decltype(v), uint64_t>) {
              if (!std::in_range<T>(v)) throw ValueError("the integer ", v, " does not fit dtype ", dtype);
            } else if constexpr (std::is_same_v<decltype(v), double>) {
              const double end = std::ldexp(1.0, std::numeric_limits<T>::digits), whole = std::trunc(v);
              if (!(whole < end && whole >= (std::is_signed_v<T> ? -end : 0)))
                throw ValueError("the number ", v, " does not fit dtype ", dtype);
            }
          }
          return convert<T>(v);
        },
        scalar.value);
    std::memcpy(out, &element, sizeof(T));
  });
}

}  // namespace ingot
