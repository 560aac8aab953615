// What a kernel pack offers for pooling.
#pragma once

#include <cstdint>

#include "ingot/ops/spatial_axes.h"

namespace ingot::cpu {

/// Densely packed planes of an input (`lengths`), and for each as many windows as `counts` says.
struct PoolPlanes {
  const void* in;      ///< planes; for the gradient of sums: values, one for each window
  const void* values;  ///< for the gradient of maxima: one for each window
  void* out;           ///< windows, or for gradients planes
  int64_t planes;
  Triple lengths, counts;
  Triple size, stride, padding, dilation;
};
using PoolFn = void (*)(const PoolPlanes&);

struct PoolingFns {
  PoolFn max, max_gradient, sum, sum_gradient;
};

}  // namespace ingot::cpu
