#include "ingot/graph/dtype_info.h"

#include <limits>
#include <optional>

namespace ingot {

namespace {

/// By the number of bits: of the exponent, and of the fraction that is stored.
FloatInfo ieee(DType dtype, int exponent, int fraction, int digits) {
  const auto power = [](int by) {
    double out = 1;
    for (; by > 0; --by) out *= 2;
    for (; by < 0; ++by) out /= 2;
    return out;
  };
  const int bias = (1 << (exponent - 1)) - 1;
  const double max = (2 - power(-fraction)) * power(bias);
  return {dtype, 1 + exponent + fraction, power(-fraction), max, -max, power(1 - bias), digits};
}

}  // namespace

FloatInfo float_info(DType dtype) {
  switch (to_real(dtype)) {
    case DType::float16:
      return ieee(DType::float16, 5, 10, 3);
    case DType::bfloat16:
      return ieee(DType::bfloat16, 8, 7, 2);
    case DType::float32:
      return ieee(DType::float32, 8, 23, 6);
    case DType::float64:
      return ieee(DType::float64, 11, 52, 15);
    default:
      throw TypeError("finfo: expected a floating or complex dtype, got ", dtype, "; iinfo tells of integers");
  }
}

IntegerInfo integer_info(DType dtype) {
  if (!is_integer(dtype))
    throw TypeError("iinfo: expected an integer dtype, got ", dtype, "; finfo tells of floating dtypes");
  const int bits = static_cast<int>(8 * size_of(dtype));
  const uint64_t all = std::numeric_limits<uint64_t>::max() >> (64 - bits);
  if (is_unsigned_integer(dtype)) return {dtype, bits, all, 0};
  const uint64_t max = all >> 1;
  return {dtype, bits, max, -static_cast<int64_t>(max) - 1};
}

bool is_of_kind(DType dtype, std::string_view kind) {
  if (kind == "bool") return is_bool(dtype);
  if (kind == "signed integer") return is_signed_integer(dtype);
  if (kind == "unsigned integer") return is_unsigned_integer(dtype);
  if (kind == "integral") return is_integer(dtype);
  if (kind == "real floating") return is_floating(dtype);
  if (kind == "complex floating") return is_complex(dtype);
  if (kind == "numeric") return !is_bool(dtype);
  throw ValueError("isdtype: unknown kind '", kind,
                   "'; expected 'bool', 'signed integer', 'unsigned integer', 'integral', 'real floating', 'complex "
                   "floating' or 'numeric'");
}

bool can_cast(DType from, DType to) { return promote(from, to) == to; }

DType natural_dtype(const Scalar& number) {
  switch (number.value.index()) {
    case 0:
      return DType::bool_;
    case 1: {
      const int64_t value = std::get<int64_t>(number.value);
      return value == static_cast<int32_t>(value) ? DType::int32 : DType::int64;
    }
    case 2:
      return DType::uint64;
    case 3:
      return DType::float32;
    default:
      return DType::complex64;
  }
}

DType result_type(std::span<const std::variant<DType, Scalar>> operands) {
  std::optional<DType> strong;
  for (const auto& operand : operands)
    if (const auto* dtype = std::get_if<DType>(&operand)) strong = strong ? promote(*strong, *dtype) : *dtype;
  std::optional<DType> out = strong;
  for (const auto& operand : operands)
    if (const auto* number = std::get_if<Scalar>(&operand)) {
      const DType natural = natural_dtype(*number);
      out = strong ? promote(*out, *number) : out ? promote(*out, natural) : natural;
    }
  if (!out) throw ValueError("result_type: expected at least one array, dtype or number");
  return *out;
}

}  // namespace ingot
