// Elementwise functions and operators on arrays. Operands broadcast and promote; a C++ number takes the dtype of the
// array it meets.
#pragma once

#include <span>
#include <string_view>

#include "ingot/graph/op.h"
#include "ingot/ops/typing.h"

namespace ingot {

/// One row of ops/elementwise.def, as data: for the registry, the bindings and the tests.
struct ElementwiseRow {
  Opcode opcode;
  const char* name;
  int arity;
  Typing typing;
  /// True if some derivative is not zero.
  bool differentiable;
  /// The scalar expression, as Metal source.
  const char* expression;
  const char* sample;
  const char* reference;
};

/// All rows, in the order of `Opcode`.
std::span<const ElementwiseRow> elementwise_rows();

/// The operation of a row applied to 1, 2 or 3 arrays; what the named functions below call.
Array elementwise(Opcode opcode, std::span<const Array> inputs);

#define UNARY(name, ...) Array name(const Array& x);
#define BINARY(name, ...)                                                                                              \
  Array name(const Array& x, const Array& y);                                                                          \
  Array name(const Array& x, const Scalar& y);                                                                         \
  Array name(const Scalar& x, const Array& y);
#define TERNARY(name, ...) Array name(const Array& x, const Array& y, const Array& z);
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY

Array where(const Array& condition, const Array& x, const Scalar& y);
Array where(const Array& condition, const Scalar& x, const Array& y);

/// `x` in another dtype. Complex to real keeps the real part; the gradient is cast back.
Array astype(const Array& x, DType dtype);
/// `minimum(maximum(x, low), high)`, except that at a bound the whole gradient goes to `x`, and that the result has the
/// dtype of `x` unless the bounds are of a higher kind (floats for an integer `x`). An undefined bound is no bound.
Array clip(const Array& x, const Array& low, const Array& high);
Array clip(const Array& x, const Scalar& low, const Scalar& high);

#define INGOT_OPERATOR(op, function)                                                                                   \
  inline Array operator op(const Array& x, const Array& y) { return function(x, y); }                                  \
  inline Array operator op(const Array& x, const Scalar& y) { return function(x, y); }                                 \
  inline Array operator op(const Scalar& x, const Array& y) { return function(x, y); }
INGOT_OPERATOR(+, add)
INGOT_OPERATOR(-, subtract)
INGOT_OPERATOR(*, multiply)
INGOT_OPERATOR(/, divide)
INGOT_OPERATOR(==, equal)
INGOT_OPERATOR(!=, not_equal)
INGOT_OPERATOR(<, less)
INGOT_OPERATOR(<=, less_equal)
INGOT_OPERATOR(>, greater)
INGOT_OPERATOR(>=, greater_equal)
INGOT_OPERATOR(&, bitwise_and)
INGOT_OPERATOR(|, bitwise_or)
INGOT_OPERATOR(^, bitwise_xor)
#undef INGOT_OPERATOR
inline Array operator-(const Array& x) { return negative(x); }

}  // namespace ingot
