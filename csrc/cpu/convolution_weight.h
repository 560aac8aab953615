// What the kernels for the gradient of a convolution by its weight have in common: they multiply planes of the cotangent
// by shifted planes of the input, which is copied with zeros around it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/convolution.h"
#include "ingot/cpu/convolution_axes.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/convolution_op.h"

namespace ingot::cpu {

class WeightGradient : public Kernel {
 protected:
  WeightGradient(const KernelStep& step, const Pack& pack)
      : input_(step.inputs[0]),
        output_(step.inputs[1]),
        fns_(pack.convolution[input_.dtype == DType::float64]),
        size_(static_cast<int64_t>(size_of(input_.dtype))) {
    const auto& op = static_cast<const Convolution&>(*step.op);
    groups_ = op.groups;
    images_ = input_.shape[0];
    channels_ = input_.shape[1] / groups_;
    rows_ = output_.shape[1] / groups_;
    stride_ = of_three(op.stride, 1);
    padding_ = of_three(op.padding, 0);
    dilation_ = of_three(op.dilation, 1);
    kernel_ = spatial(step.outputs[0].shape);
    counts_ = spatial(output_.shape);
    for (size_t axis = 0; axis < 3; ++axis) stride_[axis] = stride_between(counts_[axis], stride_[axis]);
  }

  static int64_t volume(const Triple& lengths) { return lengths[0] * lengths[1] * lengths[2]; }
  static Triple spatial(const Shape& shape) { return of_three(std::span<const int64_t>(shape).subspan(2), 1); }
  static Triple spatial_strides(const Tensor& x) { return of_three(std::span<const int64_t>(x.strides).subspan(2), 0); }

  const void* at(const void* data, int64_t elements) const {
    return static_cast<const std::byte*>(data) + elements * size_;
  }
  void* at(void* data, int64_t elements) const { return static_cast<std::byte*>(data) + elements * size_; }

  int64_t depth() const { return channels_ * volume(kernel_); }

  /// Lengths of the part of a padded plane (of one phase) that `counts` neighbouring outputs look at.
  Triple seen_by(const Triple& counts) const {
    Triple lengths;
    for (size_t axis = 0; axis < 3; ++axis)
      lengths[axis] = std::max<int64_t>(1, counts[axis]) + dilation_[axis] * (kernel_[axis] - 1) / stride_[axis];
    return lengths;
  }

  /// Where each element of the kernel finds the first output's input, in padded planes `channel_stride` apart.
  std::vector<int64_t> tap_offsets(const Triple& lengths, int64_t channel_stride) const {
    std::vector<int64_t> offsets;
    Triple k;
    for (int64_t c = 0; c < channels_; ++c)
      for (k[0] = 0; k[0] < kernel_[0]; ++k[0])
        for (k[1] = 0; k[1] < kernel_[1]; ++k[1])
          for (k[2] = 0; k[2] < kernel_[2]; ++k[2]) {
            int64_t phase = 0, offset = 0;
            for (size_t axis = 0; axis < 3; ++axis) {
              const int64_t distance = k[axis] * dilation_[axis];
              phase = phase * stride_[axis] + distance % stride_[axis];
              offset = offset * lengths[axis] + distance / stride_[axis];
            }
            offsets.push_back(c * channel_stride + phase * volume(lengths) + offset);
          }
    return offsets;
  }

  /// Copies, with zeros around them, what the outputs from `first` on look at in planes of image n.
  void pad_inputs(const void* data, int64_t n, int64_t channel, int64_t channels, const Triple& first,
                  const Triple& lengths, void* out, int64_t channel_stride) const {
    Triple begin;
    for (size_t axis = 0; axis < 3; ++axis) begin[axis] = first[axis] * stride_[axis] - padding_[axis];
    fns_.pad({at(data, n * input_.strides[0] + channel * input_.strides[1]), channels, input_.strides[1],
              spatial(input_.shape), spatial_strides(input_), begin, stride_, lengths, out, channel_stride});
  }

  /// Copies the outputs from `first` on of planes of image n, densely.
  void copy_outputs(const void* data, int64_t n, int64_t row, int64_t rows, const Triple& first, const Triple& counts,
                    void* out, int64_t row_stride) const {
    fns_.pad({at(data, n * output_.strides[0] + row * output_.strides[1]),
              rows,
              output_.strides[1],
              counts_,
              spatial_strides(output_),
              first,
              {1, 1, 1},
              counts,
              out,
              row_stride});
  }

  /// True if the planes of the cotangent can be read as lines of numbers.
  bool has_dense_outputs() const {
    bool dense = true;
    int64_t stride = 1;
    for (size_t axis = 3; axis-- > 0; stride *= counts_[axis])
      dense &= counts_[axis] == 1 || spatial_strides(output_)[axis] == stride;
    return dense;
  }

  /// Calls `add_part(part, group, block, sums)` as tasks of their own, then adds up the sums of all parts of the batch:
  /// `sums` are those of the group, `pitch` output channels for each element of the kernel.
  template <class F>
  void sum_parts(void* out, int64_t parts, int64_t blocks, int64_t pitch, const F& add_part) const {
    constexpr int64_t kTaps = 64;  // elements of the kernel whose sums are added up as one task
    const int64_t group_sums = depth() * pitch, sums = groups_ * group_sums;
    const Ref<Buffer> memory = Buffer::allocate(static_cast<size_t>(parts * sums * size_));
    parallel_for(parts * groups_ * blocks, [&](int64_t task) {
      const int64_t group = task / blocks % groups_, part = task / blocks / groups_;
      add_part(part, group, task % blocks, at(memory->data(), part * sums + group * group_sums));
    });
    const int64_t tap_blocks = ceil_divide(depth(), kTaps);
    parallel_for(groups_ * tap_blocks, [&](int64_t task) {
      const int64_t group = task / tap_blocks, tap = task % tap_blocks * kTaps, taps = std::min(kTaps, depth() - tap);
      fns_.add_up({at(memory->data(), group * group_sums + tap * pitch), parts, sums, rows_, taps, pitch,
                   at(out, group * rows_ * depth() + tap), depth()});
    });
  }

  Tensor input_, output_;
  const ConvolutionFns& fns_;
  int64_t size_;
  int64_t groups_, images_;
  int64_t channels_, rows_;  ///< of the input and of the output, for one group
  Triple stride_, padding_, dilation_, kernel_;
  Triple counts_;  ///< of outputs
};

}  // namespace ingot::cpu
