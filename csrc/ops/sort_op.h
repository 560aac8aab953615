// Sorting as operations, for backends that have a faster kernel.
#pragma once

#include <optional>

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

// ---- the parts that sorting one long lane falls into, for backends whose threads share a lane ----

/// Elements `begin` to `end` of a lane that begins at `start` and goes on by `step`.
struct LanePart {
  void* start;
  int64_t step, begin, end;
};

/// Functions on items: what stands for an element, and where it was if that is asked for. An order of them is what it
/// is, however it is found.
struct LaneSorter {
  /// Bytes of one.
  size_t item;
  /// Writes the items of a part of `x` to `items + begin`.
  void (*load)(const LanePart& x, bool descending, void* items);
  /// Sorts `count` items; `spare` has room for as many.
  void (*sort)(void* items, void* spare, int64_t count);
  /// Writes positions `begin` to `end` of two sorted runs merged, `a` and then `b` right behind it, to `out + begin`.
  void (*merge)(const void* runs, int64_t a_count, int64_t b_count, int64_t begin, int64_t end, void* out);
  /// Writes what the items from `items + begin` on stand for to a part of the result.
  void (*store)(const void* items, bool descending, const LanePart& result);
};

/// For lanes of `x` whose elements (or, if `indices` says in which dtype, whose order) are wanted. Not for complex numbers.
LaneSorter lane_sorter(DType x, std::optional<DType> indices);

}  // namespace ingot
