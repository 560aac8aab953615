// Operations that are defined by what they expand to: a backend may have a kernel for them, and derivatives or batching
// that they do not give themselves are those of the expansion.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// An operation whose meaning is its `expand()`: a graph of operations of one result each.
class ExpandedOp : public CustomOp {
 public:
  Lowering lowering() const override { return Lowering::expand; }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

}  // namespace ingot
