// What functions along one axis make of their operand, and in which dtype they count.
#pragma once

#include <limits>
#include <optional>

#include "ingot/ops/conventions.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"

namespace ingot {

/// The dtype of indices along an axis of `length`.
inline DType index_dtype(int64_t length) {
  return length > std::numeric_limits<int32_t>::max() || pytorch_conventions() ? DType::int64 : DType::int32;
}

/// An operand and the axis to go along: its only one once it is flattened, if none is given.
struct Lane {
  Array operand;
  int64_t axis;

  Lane(const Array& x, std::optional<int64_t> along, const char* op) {
    require_defined(x, op);
    operand = along ? x : flatten(x);
    axis = along ? normalize_axis(*along, x.ndim(), op) : 0;
  }
  int64_t length() const { return operand.shape(axis); }
};

}  // namespace ingot
