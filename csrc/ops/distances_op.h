// Distances of all pairs of rows as an operation, for backends that have a kernel of their own.
#pragma once

#include "ingot/ops/expanded_op.h"

namespace ingot {

/// Inputs (..., P, M) and (..., R, M) of float32 or float64 with the same leading axes, none of them empty: Euclidean
/// distances, (..., P, R).
struct EuclideanDistances final : Define<EuclideanDistances, ExpandedOp> {
  static constexpr const char* kName = "cdist";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

}  // namespace ingot
