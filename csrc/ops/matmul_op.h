// The operation behind `matmul`, for backends that have a faster kernel.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// `(..., m, k) @ (..., k, n) -> (..., m, n)`: both operands have at least two axes and one dtype; leading axes
/// broadcast. bool multiplies with `and` and adds with `or`.
struct MatMul final : Define<MatMul, BilinearOp> {
  static constexpr const char* kName = "matmul";
  auto attributes() const { return std::tie(); }
  Array transpose(const Call& call, size_t i, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

}  // namespace ingot
