// Operations of the reduction family that backends recognise. Sums and the like are `Lowering::reduction`: the engine
// asks `Op::reduction()` for those.
#pragma once

#include "ingot/graph/op.h"
#include "ingot/ops/tasked_op.h"

namespace ingot {

/// One operation of each kind of reduction the engine fuses, for the registry.
std::vector<OpRef> reduction_samples();

/// Index of the first largest (or smallest) element along one axis, which the result lacks; NaN is larger and smaller
/// than any number. The result is int32, or int64 where the axis is too long for that. The axis is not empty.
struct ArgReduce final : Define<ArgReduce, NonDifferentiableOp>, TaskedOp {
  static constexpr const char* kName = "argmax";
  bool largest;
  int64_t axis;
  ArgReduce(bool is_largest, int64_t along) : largest(is_largest), axis(along) {}
  const char* name() const override { return largest ? "argmax" : "argmin"; }
  auto attributes() const { return std::tie(largest, axis); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

}  // namespace ingot
