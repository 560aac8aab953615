// Codes of what the engine can fuse: the rows of the elementwise table, and the reductions.
#pragma once

#include <cstdint>

#include "ingot/graph/dtype.h"
#include "ingot/graph/shape.h"

namespace ingot {

/// One per row of ops/elementwise.def, plus `cast`, which that table cannot express: its result dtype is a parameter.
enum class Opcode : uint16_t {
#define INGOT_ROW(name) name,
#define UNARY(name, ...) INGOT_ROW(name)
#define BINARY(name, ...) INGOT_ROW(name)
#define TERNARY(name, ...) INGOT_ROW(name)
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY
#undef INGOT_ROW
  cast,
};
inline constexpr int kOpcodeCount = static_cast<int>(Opcode::cast) + 1;

/// Ways to combine the elements along an axis.
enum class ReduceKind : uint8_t { sum, prod, max, min, all, any };

/// A reduction as the engine sees it. `axes` are normalised and sorted.
struct Reduction {
  ReduceKind kind;
  Axes axes;
  bool keepdims;
};

}  // namespace ingot
