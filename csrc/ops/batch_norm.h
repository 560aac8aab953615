// Normalisation over a batch.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// What `batch_norm` gives: the normalised array, and what it was normalised by, for running statistics.
struct BatchNormResult {
  Array output;
  Array mean;      ///< of each channel
  Array variance;  ///< of each channel, biased: with the count as divisor
};

/// `(x - mean) / sqrt(variance + eps) * weight + bias`, with mean and variance of each channel, axis 1 of `x`, over all
/// other axes. `weight` and `bias`, of shape (channels,), may be undefined. float16 and bfloat16 have float32
/// statistics. Throws TypeError unless `x` is floating, ShapeError if shapes do not fit or a channel is empty.
BatchNormResult batch_norm(const Array& x, const Array& weight, const Array& bias, double eps = 1e-5);

/// The same with given statistics, of shape (channels,).
Array batch_norm(const Array& x, const Array& mean, const Array& variance, const Array& weight, const Array& bias,
                 double eps = 1e-5);

}  // namespace ingot
