// Binary search as an operation.
#pragma once

#include "ingot/graph/op.h"
#include "ingot/ops/tasked_op.h"

namespace ingot {

/// Inputs (sorted, values) of one dtype; `sorted` has one axis, or all axes of `values` but for the last one's length.
struct SearchSorted final : Define<SearchSorted, NonDifferentiableOp>, TaskedOp {
  static constexpr const char* kName = "searchsorted";
  bool right;
  explicit SearchSorted(bool from_right) : right(from_right) {}
  auto attributes() const { return std::tie(right); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

}  // namespace ingot
