// Scans as operations.
#pragma once

#include "ingot/graph/op.h"
#include "ingot/ops/tasked_op.h"

namespace ingot {

/// What all scans have: an axis, a direction, and lanes that have nothing to do with each other.
struct LaneScan : TaskedOp {
  int64_t axis;
  bool reverse;
  LaneScan(int64_t along, bool from_end) : axis(along), reverse(from_end) {}
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const final;
};

/// A scan with derivatives, whose result and operands have one shape.
template <class Self, class Kind>
struct ScanOp : Define<Self, Kind>, LaneScan {
  ScanOp(int64_t along, bool from_end) : LaneScan(along, from_end) {}
  auto attributes() const { return std::tie(axis, reverse); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
};

struct CumSum final : ScanOp<CumSum, LinearOp> {
  static constexpr const char* kName = "cumsum";
  using ScanOp::ScanOp;
  Array transpose(const Call& call, const Array& cotangent) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

struct CumProd final : ScanOp<CumProd, CustomOp> {
  static constexpr const char* kName = "cumprod";
  using ScanOp::ScanOp;
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// The running sum of int32 or uint32 in that dtype; throws OverflowError where one does not fit.
struct CheckedCumSum final : Define<CheckedCumSum, NonDifferentiableOp>, LaneScan {
  static constexpr const char* kName = "checked_cumsum";
  CheckedCumSum(int64_t along, bool from_end) : LaneScan(along, from_end) {}
  auto attributes() const { return std::tie(axis, reverse); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// Takes and gives floats.
struct LogCumSumExp final : ScanOp<LogCumSumExp, CustomOp> {
  static constexpr const char* kName = "logcumsumexp";
  using ScanOp::ScanOp;
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// Inputs (a, b) of one shape and inexact dtype: `h[i] = a[i] * h[i - 1] + b[i]`. The first `a` has no say.
struct LinearRecurrence final : ScanOp<LinearRecurrence, CustomOp> {
  static constexpr const char* kName = "linear_recurrence";
  using ScanOp::ScanOp;
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// Index (int32 or int64) of the running extremum: the last one of equals; NaN beats everything.
struct CumExtremum final : Define<CumExtremum, NonDifferentiableOp>, LaneScan {
  static constexpr const char* kName = "cummax_index";
  bool largest;
  CumExtremum(bool is_largest, int64_t along, bool from_end) : LaneScan(along, from_end), largest(is_largest) {}
  const char* name() const override { return largest ? "cummax_index" : "cummin_index"; }
  auto attributes() const { return std::tie(largest, axis, reverse); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

}  // namespace ingot
