// Scattering that multiplies, or keeps the smaller or the larger.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

enum class ScatterRule : uint8_t { multiply, minimum, maximum };

/// Inputs (base, updates, indices_0, ..., indices_k-1), as those of `Scatter`: `base` in which each element that updates
/// point to is multiplied by them, or replaced by the smallest (largest) of itself and them; NaN wins. Where several
/// are smallest (largest), they share the gradient evenly.
struct ScatterReduce final : Define<ScatterReduce, CustomOp> {
  static constexpr const char* kName = "scatter_multiply";
  ScatterRule rule;
  Axes axes;
  ScatterReduce(ScatterRule how, Axes named) : rule(how), axes(std::move(named)) {}
  const char* name() const override;
  auto attributes() const { return std::tie(rule, axes); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// `base` with `updates` (shape: that of the indices, then base's other axes) taken in there by the rule. Throws
/// TypeError for a dtype that has no order.
Array scatter_reduce(const Array& base, std::vector<Array> indices, const Array& updates, const Axes& axes,
                     ScatterRule rule);

}  // namespace ingot
