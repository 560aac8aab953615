// Matrix products.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// Product over the last axis of `a` and the last but one of `b`; leading axes broadcast; a 1-D operand is a row (left)
/// or a column (right) whose axis is dropped from the result. Throws ShapeError for 0-d operands or lengths that
/// differ.
Array matmul(const Array& a, const Array& b);
/// `x @ w^T + b` over the last axis of `x`: (..., in), (out, in), (out,) -> (..., out). `b` may be undefined.
Array linear(const Array& x, const Array& weight, const Array& bias);

}  // namespace ingot
