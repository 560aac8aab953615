// Cross entropy with classes as operations, for backends that have a kernel of their own; others get the expansion.
#pragma once

#include "ingot/ops/expanded_op.h"

namespace ingot {

/// Inputs (logits (..., C) of float32 or float64, classes (...) of int32 or int64). Results: the losses (...),
/// `logsumexp(logits) - logits[class]`, 0 where the class is `ignored`; and that logsumexp (...).
///
/// Averaged, the first result is the mean (0-d) over the positions that are not ignored, and a third (0-d) says how
/// many those are. Throws IndexError when evaluated if another class is not in [0, C).
struct CrossEntropy final : Define<CrossEntropy, ExpandedOp> {
  static constexpr const char* kName = "cross_entropy";
  bool averaged;
  int64_t ignored;
  CrossEntropy(bool average, int64_t ignored_class) : averaged(average), ignored(ignored_class) {}
  auto attributes() const { return std::tie(averaged, ignored); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// Inputs (logits, classes, logsumexp, cotangent (...) of the losses): `(softmax(logits) - one_hot(class)) * cotangent`,
/// 0 where the class is ignored.
struct CrossEntropyGradient final : Define<CrossEntropyGradient, ExpandedOp> {
  static constexpr const char* kName = "cross_entropy_gradient";
  int64_t ignored;
  explicit CrossEntropyGradient(int64_t ignored_class) : ignored(ignored_class) {}
  auto attributes() const { return std::tie(ignored); }
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
};

/// Throws IndexError that names the class.
[[noreturn]] void throw_class_out_of_range(int64_t index, int64_t classes);

}  // namespace ingot
