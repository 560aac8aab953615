// Scaled dot product attention as operations, for backends that have a kernel of their own; others get the expansion.
#pragma once

#include "ingot/ops/expanded_op.h"

namespace ingot {

/// What attention computes, and how its operands lie.
struct AttentionForm {
  double scale;
  /// True: a query sees the keys up to its own position only.
  bool causal;
  /// True if there is a mask: of bool (true: seen) or of the dtype of the queries (added to the scores).
  bool masked;
  /// How many axes are heads: for operands (..., H, T, d), what is shaped as one of them among the results is
  /// (..., T, H, d). That is how models lay out their activations, so a view undoes it and no copy follows.
  int64_t head_axes;

  bool operator==(const AttentionForm&) const = default;
  auto attributes() const { return std::tie(scale, causal, masked, head_axes); }
};

/// Inputs queries (..., L, d), keys (..., S, d), values (..., S, e), [mask (..., L, S)], of equal leading axes and one
/// dtype, float32 or float64. Results: `softmax(queries keys^T scale + mask) values`, (..., L, e) but for
/// `head_axes`, and the logsumexp of the scores, (..., L). A query that sees no key gets zeros, and -inf.
struct Attention final : Define<Attention, ExpandedOp> {
  static constexpr const char* kName = "attention";
  AttentionForm form;
  explicit Attention(const AttentionForm& what) : form(what) {}
  auto attributes() const { return form.attributes(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// Inputs (queries, keys, values, [mask], result, logsumexp, cotangent of the result): the gradients by queries, keys
/// and values, laid out as `head_axes` says. Result and cotangent are shaped as the result is.
struct AttentionGradient final : Define<AttentionGradient, ExpandedOp> {
  static constexpr const char* kName = "attention_gradient";
  AttentionForm form;
  explicit AttentionGradient(const AttentionForm& what) : form(what) {}
  auto attributes() const { return form.attributes(); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

}  // namespace ingot
