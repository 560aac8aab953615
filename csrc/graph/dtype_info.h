// Questions about dtypes: their limits, their kinds, and what becomes of several that meet.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "ingot/graph/dtype.h"

namespace ingot {

/// The limits of a floating dtype. All of them are exact as doubles.
struct FloatInfo {
  DType dtype;
  int bits;
  double eps;  ///< distance from 1 to the next larger number
  double max;
  double min;              ///< the lowest, `-max`
  double smallest_normal;  ///< the smallest positive number of full precision
  int digits;              ///< decimal digits that every number keeps
};

/// The limits of an integer dtype.
struct IntegerInfo {
  DType dtype;
  int bits;
  uint64_t max;
  int64_t min;
};

/// Of a floating dtype, or of the parts of a complex one. Throws TypeError for others.
FloatInfo float_info(DType dtype);
/// Throws TypeError unless the dtype is an integer.
IntegerInfo integer_info(DType dtype);

/// True if `dtype` is of the kind that the Array API standard names so: "bool", "signed integer", "unsigned integer",
/// "integral", "real floating", "complex floating" or "numeric". Throws ValueError for other names.
bool is_of_kind(DType dtype, std::string_view kind);

/// True if promotion takes `from` to `to`: no value changes but by rounding.
bool can_cast(DType from, DType to);

/// The dtype of an operation on all of these, in any order; numbers are weak, and take their natural dtype only among
/// themselves. Throws ValueError if there are none.
DType result_type(std::span<const std::variant<DType, Scalar>> operands);

/// The dtype of an array made of one number: bool, int32 (int64 or uint64 if it takes one), float32 or complex64.
DType natural_dtype(const Scalar& number);

}  // namespace ingot
