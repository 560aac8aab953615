// The list of all operations that make nodes, for the tests, the bindings and the documentation.
#pragma once

#include <string>
#include <vector>

#include "ingot/graph/op.h"
#include "ingot/ops/elementwise.h"

namespace ingot {

struct OpInfo {
  std::string name;
  Op::Kind kind;
  Op::Lowering lowering;
  /// True if some gradient is not zero.
  bool differentiable;
  /// The row of the elementwise table, or null.
  const ElementwiseRow* row;
};

/// Every operation, elementwise rows first. An operation that belongs here and is missing fails the op suite.
const std::vector<OpInfo>& registered_ops();

}  // namespace ingot
