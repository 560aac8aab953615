// Normalisation of rows as operations, for backends that have a kernel of their own; others get the expansion.
#pragma once

#include "ingot/ops/expanded_op.h"

namespace ingot {

/// What layer_norm and rms_norm do to the last axis of an array of float32 or float64.
struct RowNorm {
  /// True: the mean is taken away first (layer_norm). False: it is not (rms_norm).
  bool centred;
  double epsilon;
  /// True if the result is multiplied by a weight of one element per column, and if a bias is added.
  bool weighted, biased;

  bool operator==(const RowNorm&) const = default;
  auto attributes() const { return std::tie(centred, epsilon, weighted, biased); }
};

/// Inputs (x, [weight], [bias]).
struct Normalise final : Define<Normalise, ExpandedOp> {
  static constexpr const char* kName = "layer_norm";
  RowNorm norm;
  explicit Normalise(const RowNorm& what) : norm(what) {}
  const char* name() const override { return norm.centred ? "layer_norm" : "rms_norm"; }
  auto attributes() const { return norm.attributes(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// Inputs (x, [weight], cotangent of the result); results: the gradients by x, by the weight and by the bias, as far as
/// there are such.
struct NormaliseGradient final : Define<NormaliseGradient, ExpandedOp> {
  static constexpr const char* kName = "layer_norm_gradient";
  RowNorm norm;
  explicit NormaliseGradient(const RowNorm& what) : norm(what) {}
  const char* name() const override { return norm.centred ? "layer_norm_gradient" : "rms_norm_gradient"; }
  auto attributes() const { return norm.attributes(); }
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

}  // namespace ingot
