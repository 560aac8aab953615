// Normalised exponentials as operations, for backends that have a kernel of their own; others get the expansion.
#pragma once

#include "ingot/ops/expanded_op.h"

namespace ingot {

/// `exp(x) / sum(exp(x))` along one axis of an array of float32 or float64.
struct Softmax final : Define<Softmax, ExpandedOp> {
  static constexpr const char* kName = "softmax";
  int64_t axis;
  explicit Softmax(int64_t along) : axis(along) {}
  auto attributes() const { return std::tie(axis); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// `x - logsumexp(x)` along one axis of an array of float32 or float64.
struct LogSoftmax final : Define<LogSoftmax, ExpandedOp> {
  static constexpr const char* kName = "log_softmax";
  int64_t axis;
  explicit LogSoftmax(int64_t along) : axis(along) {}
  auto attributes() const { return std::tie(axis); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// Inputs (result, its cotangent): the gradient by x of softmax, or of log_softmax.
struct SoftmaxGradient final : Define<SoftmaxGradient, ExpandedOp> {
  static constexpr const char* kName = "softmax_gradient";
  bool logarithmic;
  int64_t axis;
  SoftmaxGradient(bool of_logarithm, int64_t along) : logarithmic(of_logarithm), axis(along) {}
  const char* name() const override { return logarithmic ? "log_softmax_gradient" : "softmax_gradient"; }
  auto attributes() const { return std::tie(logarithmic, axis); }
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// `log(sum(exp(x)))` along axes of a floating array, which the result keeps with length 1.
struct LogSumExp final : Define<LogSumExp, ExpandedOp> {
  static constexpr const char* kName = "logsumexp";
  Axes axes;
  explicit LogSumExp(Axes along) : axes(std::move(along)) {}
  auto attributes() const { return std::tie(axes); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

}  // namespace ingot
