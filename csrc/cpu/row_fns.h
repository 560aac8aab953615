// What a kernel pack offers for operations on the rows of a matrix: softmax, normalisation, cross entropy. Each row is
// brought into the first-level cache once and worked on there.
#pragma once

#include <cstdint>

namespace ingot::cpu {

/// Operands of one call, as many as the function has: matrices, dense along their rows, or vectors of one element per
/// row or per column. Distances are in elements; of a vector per row, between its elements.
struct RowArgs {
  static constexpr int kInputs = 4, kOutputs = 3;
  const void* in[kInputs] = {};
  int64_t in_stride[kInputs] = {};
  void* out[kOutputs] = {};
  int64_t out_stride[kOutputs] = {};
  int64_t rows = 0, columns = 0;
  double epsilon = 0;
};
using RowFn = void (*)(const RowArgs& args);

/// The functions for one dtype.
struct TypedRowFns {
  /// in: x; out: result.
  RowFn softmax = nullptr, log_softmax = nullptr;
  /// in: result, its cotangent; out: gradient by x.
  RowFn softmax_gradient = nullptr, log_softmax_gradient = nullptr;
  /// in: x, weight (per column, or null), bias (per column, or null); out: result.
  RowFn layer_norm = nullptr, rms_norm = nullptr;
  /// in: x, weight (per column, or null), cotangent; out: gradient by x, and by weight and bias (per column, or null),
  /// which are added to.
  RowFn layer_norm_gradient = nullptr, rms_norm_gradient = nullptr;
  /// in: logits, classes (int64 per row; negative: ignored); out: losses and logsumexps (per row).
  RowFn cross_entropy = nullptr;
  /// in: logits, classes, logsumexps, cotangents (per row); out: gradient by the logits.
  RowFn cross_entropy_gradient = nullptr;
};

struct RowFns {
  TypedRowFns float32, float64;
};

}  // namespace ingot::cpu
