// Normalised exponentials as operations, for backends that have a kernel of their own; others get the expansion.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// `exp(x) / sum(exp(x))` along one axis of a floating array.
struct Softmax final : Define<Softmax, CustomOp> {
  static constexpr const char* kName = "softmax";
  int64_t axis;
  explicit Softmax(int64_t along) : axis(along) {}
  auto attributes() const { return std::tie(axis); }
  Lowering lowering() const override { return Lowering::expand; }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// `x - logsumexp(x)` along one axis of a floating array.
struct LogSoftmax final : Define<LogSoftmax, CustomOp> {
  static constexpr const char* kName = "log_softmax";
  int64_t axis;
  explicit LogSoftmax(int64_t along) : axis(along) {}
  auto attributes() const { return std::tie(axis); }
  Lowering lowering() const override { return Lowering::expand; }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// `log(sum(exp(x)))` along axes of a floating array, which the result keeps with length 1.
struct LogSumExp final : Define<LogSumExp, CustomOp> {
  static constexpr const char* kName = "logsumexp";
  Axes axes;
  explicit LogSumExp(Axes along) : axes(std::move(along)) {}
  auto attributes() const { return std::tie(axes); }
  Lowering lowering() const override { return Lowering::expand; }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

}  // namespace ingot
