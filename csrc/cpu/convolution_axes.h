// What a convolution, or its gradient by the input, asks of a zero-padded image along one axis.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "ingot/cpu/ceil_divide.h"

namespace ingot::cpu {

/// Where one element of the kernel looks, along one axis: phase and offset in the padded image.
struct Tap {
  int64_t element, phase, offset;
};

/// What one axis asks of the padded image, and which results there are.
struct AxisPlan {
  int64_t phases;  ///< of the image
  int64_t first;   ///< position in the image of the padded image's first element
  int64_t reach;   ///< largest offset of a tap
  /// Results lie `step` apart; those that begin at `start` have taps and a count of their own.
  struct Start {
    std::vector<Tap> taps;
    int64_t count;
  };
  int64_t step;
  std::vector<Start> starts;  ///< none has more results than the first
};

/// The distance of results, if there are several: else any will do, and each of its phases takes memory.
inline int64_t stride_between(int64_t results, int64_t stride) { return results > 1 ? stride : 1; }

/// `out[y] = sum over k: in[y * stride + k * dilation - padding]`.
inline AxisPlan forward_axis(int64_t out, int64_t kernel, int64_t stride, int64_t padding, int64_t dilation) {
  stride = stride_between(out, stride);
  AxisPlan plan{stride, -padding, dilation * (kernel - 1) / stride, 1, {}};
  plan.starts.push_back({{}, out});
  for (int64_t k = 0; k < kernel; ++k) plan.starts[0].taps.push_back({k, k * dilation % stride, k * dilation / stride});
  return plan;
}

/// The transpose: `in[x]` is the sum of those `out[y]` that x had a part in. Where the stride is s, every s-th x sees
/// the same elements of the kernel. Where it exceeds the length, each x has a start of its own.
inline AxisPlan backward_axis(int64_t in, int64_t kernel, int64_t stride, int64_t padding, int64_t dilation) {
  const int64_t step = std::clamp<int64_t>(in, 1, stride);
  AxisPlan plan{1, 0, 0, step, {}};
  int64_t lowest = 0, highest = 0;
  bool any = false;
  for (int64_t start = 0; start < step; ++start) {
    plan.starts.push_back({{}, ceil_divide(in - start, step)});
    for (int64_t k = 0; k < kernel; ++k) {
      const int64_t distance = start + padding - k * dilation;
      if (distance % stride != 0) continue;
      const int64_t offset = distance / stride;
      lowest = any ? std::min(lowest, offset) : offset;
      highest = any ? std::max(highest, offset) : offset;
      any = true;
      plan.starts.back().taps.push_back({k, 0, offset});
    }
  }
  for (auto& start : plan.starts)
    for (Tap& tap : start.taps) tap.offset -= lowest;
  plan.first = lowest;
  plan.reach = highest - lowest;
  return plan;
}

}  // namespace ingot::cpu
