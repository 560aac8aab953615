// Normalisation over a batch as operations, for backends that have a kernel of their own.
#pragma once

#include "ingot/ops/expanded_op.h"

namespace ingot {

/// Input x (N, C, ...), floating: mean and biased variance of each channel, two results of shape (C,), of the dtype in
/// which that of `x` is computed. Channels are not empty. Only made where `BatchNorm` is expanded, after
/// differentiation, so it needs no rules.
struct ChannelMoments final : Define<ChannelMoments, NonDifferentiableOp> {
  static constexpr const char* kName = "channel_moments";
  auto attributes() const { return std::tie(); }
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Inputs (x, weight, bias), x (N, C, ...), the others (C,), of the dtype of the moments; results (`(x - mean) /
/// sqrt(variance + eps) * weight + bias`, mean, variance). The moments take one pass over x, the rest is arithmetic
/// that fuses with what comes after. So does the gradient: one pass for two sums over each channel, one for arithmetic.
struct BatchNorm final : Define<BatchNorm, ExpandedOp> {
  static constexpr const char* kName = "batch_norm";
  double eps;
  explicit BatchNorm(double epsilon) : eps(epsilon) {}
  auto attributes() const { return std::tie(eps); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

}  // namespace ingot
