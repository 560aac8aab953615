// Sorting as operations, for backends that have a faster kernel.
#pragma once

#include "ingot/ops/expanded_op.h"
#include "ingot/ops/tasked_op.h"

namespace ingot {

/// What operations on the order of lanes have.
struct OrderOp : TaskedOp {
  int64_t axis;
  bool descending;
  OrderOp(int64_t along, bool from_largest) : axis(along), descending(from_largest) {}
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const final;
};

/// The elements in order along an axis. Means `take_along_axis(x, argsort(x))`, but needs no indices for its value.
struct Sort final : Define<Sort, ExpandedOp>, OrderOp {
  static constexpr const char* kName = "sort";
  Sort(int64_t along, bool from_largest) : OrderOp(along, from_largest) {}
  auto attributes() const { return std::tie(axis, descending); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// Indices (int32 or int64) of the elements in order; equal ones stay in theirs.
struct ArgSort final : Define<ArgSort, NonDifferentiableOp>, OrderOp {
  static constexpr const char* kName = "argsort";
  ArgSort(int64_t along, bool from_largest) : OrderOp(along, from_largest) {}
  auto attributes() const { return std::tie(axis, descending); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// The first `count` of those.
struct ArgTopK final : Define<ArgTopK, NonDifferentiableOp>, OrderOp {
  static constexpr const char* kName = "argtopk";
  int64_t count;
  ArgTopK(int64_t k, int64_t along, bool from_largest) : OrderOp(along, from_largest), count(k) {}
  auto attributes() const { return std::tie(count, axis, descending); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

}  // namespace ingot
