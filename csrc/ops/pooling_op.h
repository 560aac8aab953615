// The operations behind pooling, for backends that have a faster kernel.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// Windows that move over the last `size.size()` axes, one to three. Window `y` sees the positions `y * stride + k *
/// dilation - padding`, `k < size`, as far as they are inside.
struct PoolWindows {
  Axes size, stride, padding, dilation;
  bool operator==(const PoolWindows&) const = default;
  uint64_t fingerprint() const;
};
std::ostream& operator<<(std::ostream& out, const PoolWindows& windows);

/// What all pooling operations have: windows, and the lengths of the result's spatial axes. Axes in front are a batch.
template <class Self, class Kind>
struct PoolingOp : Define<Self, Kind> {
  PoolWindows windows;
  Shape lengths;
  PoolingOp(PoolWindows w, Shape spatial) : windows(std::move(w)), lengths(std::move(spatial)) {}
  auto attributes() const { return std::tie(windows, lengths); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

/// The largest element of each window; NaN is larger than any.
struct MaxPool final : PoolingOp<MaxPool, CustomOp> {
  static constexpr const char* kName = "max_pool";
  using PoolingOp::PoolingOp;
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Inputs (values, x), of one shape: `values` where the first of the largest elements of each window of `x` is.
struct MaxPoolTake final : PoolingOp<MaxPoolTake, LinearOp> {
  static constexpr const char* kName = "max_pool_take";
  using PoolingOp::PoolingOp;
  Array transpose(const Call& call, const Array& cotangent) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Inputs (values, x), `values` with one element for each window: zeros of the shape of `x`, and each value added where
/// the first of the largest elements of its window is. The transpose of `MaxPoolTake`.
struct MaxPoolGradient final : PoolingOp<MaxPoolGradient, LinearOp> {
  static constexpr const char* kName = "max_pool_gradient";
  using PoolingOp::PoolingOp;
  Array transpose(const Call& call, const Array& cotangent) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// The sum over each window.
struct SumPool final : PoolingOp<SumPool, LinearOp> {
  static constexpr const char* kName = "sum_pool";
  using PoolingOp::PoolingOp;
  Array transpose(const Call& call, const Array& cotangent) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Each value of the input added to all that its window sees. The transpose of `SumPool`.
struct SumPoolGradient final : PoolingOp<SumPoolGradient, LinearOp> {
  static constexpr const char* kName = "sum_pool_gradient";
  using PoolingOp::PoolingOp;
  Array transpose(const Call& call, const Array& cotangent) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

}  // namespace ingot
