// Weighted sums of neighbours along one axis.
#pragma once

#include "ingot/graph/op.h"
#include "ingot/ops/tasked_op.h"

namespace ingot {

/// What stands at each place of the resampled axis, as a sum over elements of the other.
struct Resampling {
  int64_t axis, from, to;
  bool cubic;  ///< four neighbours instead of two
  bool align_corners, antialias;
  double scale;  ///< elements of the input per place of the result

  bool operator==(const Resampling&) const = default;
  auto attributes() const { return std::tie(axis, from, to, cubic, align_corners, antialias, scale); }
};

/// The axis of length `from` sampled at `to` places; or, `backwards`, the transpose of that.
struct Resample final : Define<Resample, LinearOp>, TaskedOp {
  static constexpr const char* kName = "resample";
  Resampling how;
  bool backwards;
  Resample(const Resampling& rule, bool transposed) : how(rule), backwards(transposed) {}
  const char* name() const override { return backwards ? "resample_gradient" : kName; }
  auto attributes() const { return std::tuple_cat(how.attributes(), std::tie(backwards)); }
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// `x` of a floating dtype that is computed in, with one axis resampled.
Array resample(const Array& x, const Resampling& how, bool backwards = false);

}  // namespace ingot
