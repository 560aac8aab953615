// The gradient of a convolution by its weight: inner products of planes of the cotangent with shifted planes of the
// input, which is copied with zeros around it. Where rows of the cotangent are no whole number of vectors, it is copied
// too, into planes of the same pitch with zeros between the rows: so that a plane is one long vector.
#include <algorithm>
#include <vector>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/convolution.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/convolution_op.h"

namespace ingot::cpu {
namespace {

/// Most bytes of padded planes of each operand at once: they stay in the second-level cache.
constexpr int64_t kPlaneBytes = 256 * 1024;
/// Vectors that a tile of sums goes through, if there are as many: then adding up lanes at the end takes little time.
constexpr int64_t kVectors = 64;
/// Sums over parts of the batch that are taken on their own, and most bytes of them all.
constexpr int64_t kParts = 8, kPartBytes = 16 * 1024 * 1024;
/// Tasks that are made even if the batch is one image.
constexpr int64_t kTasks = 4;

int64_t ceil_divide(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t volume(const Triple& lengths) { return lengths[0] * lengths[1] * lengths[2]; }
Triple spatial(const Shape& shape) { return of_three(std::span<const int64_t>(shape).subspan(2), 1); }
Triple spatial_strides(const Tensor& x) { return of_three(std::span<const int64_t>(x.strides).subspan(2), 0); }

class ConvolutionWeight final : public Kernel {
 public:
  ConvolutionWeight(const KernelStep& step, const Pack& pack)
      : input_(step.inputs[0]),
        output_(step.inputs[1]),
        fns_(pack.convolution[input_.dtype == DType::float64]),
        add_(pack.elementwise[static_cast<int>(Opcode::add)][static_cast<int>(input_.dtype)]),
        size_(static_cast<int64_t>(size_of(input_.dtype))) {
    const auto& op = static_cast<const Convolution&>(*step.op);
    groups_ = op.groups;
    images_ = input_.shape[0];
    channels_ = input_.shape[1] / groups_;
    rows_ = output_.shape[1] / groups_;
    stride_ = of_three(op.stride, 1);
    padding_ = of_three(op.padding, 0);
    const Triple kernel = spatial(step.outputs[0].shape), dilation = of_three(op.dilation, 1);
    const Triple out = spatial(output_.shape);
    for (size_t axis = 0; axis < 3; ++axis)
      lengths_[axis] = std::max<int64_t>(1, out[axis]) + dilation[axis] * (kernel[axis] - 1) / stride_[axis];
    channel_size_ = volume(stride_) * volume(lengths_);
    plane_lengths_ = {out[0], lengths_[1], lengths_[2]};
    // What lies behind the last output is zero, or is never looked at.
    length_ = ((out[0] - 1) * lengths_[1] + out[1] - 1) * lengths_[2] + out[2];
    length_ = std::max<int64_t>(0, ceil_divide(length_, fns_.lanes) * fns_.lanes);
    plane_size_ = std::max(length_, volume(plane_lengths_));
    in_place_ = spatial_strides(output_)[2] == 1 && out[2] % fns_.lanes == 0;
    cut(volume(kernel), in_place_ ? volume(out) / fns_.lanes : length_ / fns_.lanes);
    plan_offsets(kernel, dilation);
    plan_steps(out);
  }

  void run(std::span<void* const> operands) const override {
    const int64_t elements = groups_ * rows_ * depth();
    if (elements == 0) return;
    auto* out = static_cast<std::byte*>(operands[2]);
    const Ref<Buffer> others =
        parts_ > 1 ? Buffer::allocate(static_cast<size_t>((parts_ - 1) * elements * size_)) : Ref<Buffer>();
    const auto part = [&](int64_t i) {
      return i == 0 ? out : static_cast<std::byte*>(others->data()) + (i - 1) * elements * size_;
    };
    parallel_for(parts_ * groups_ * row_blocks_, [&](int64_t task) {
      const int64_t row_block = task % row_blocks_, group = task / row_blocks_ % groups_;
      const int64_t index = task / row_blocks_ / groups_;
      const int64_t first = row_block * rows_together_, last = std::min(rows_, first + rows_together_);
      std::byte* sums = part(index) + (group * rows_ + first) * depth() * size_;
      std::fill_n(sums, (last - first) * depth() * size_, std::byte{0});
      add_images(operands, group, first, last - first, index * images_ / parts_, (index + 1) * images_ / parts_, sums);
    });
    constexpr int64_t kStretch = 1 << 14;
    parallel_for(ceil_divide(elements, kStretch), [&](int64_t i) {
      const int64_t at = i * kStretch * size_, count = std::min(kStretch, elements - i * kStretch);
      for (int64_t index = 1; index < parts_; ++index) add_(out + at, out + at, part(index) + at, nullptr, count);
    });
  }

 private:
  int64_t depth() const { return static_cast<int64_t>(offsets_.size()); }

  /// Where each element of the kernel finds the first output's input, in the padded planes.
  void plan_offsets(const Triple& kernel, const Triple& dilation) {
    Triple k;
    for (int64_t c = 0; c < channels_; ++c)
      for (k[0] = 0; k[0] < kernel[0]; ++k[0])
        for (k[1] = 0; k[1] < kernel[1]; ++k[1])
          for (k[2] = 0; k[2] < kernel[2]; ++k[2]) {
            int64_t phase = 0, offset = 0;
            for (size_t axis = 0; axis < 3; ++axis) {
              const int64_t distance = k[axis] * dilation[axis];
              phase = phase * stride_[axis] + distance % stride_[axis];
              offset = offset * lengths_[axis] + distance / stride_[axis];
            }
            offsets_.push_back(c * together_ * channel_size_ + phase * volume(lengths_) + offset);
          }
  }

  /// Pairs of vectors that are multiplied, image by image.
  void plan_steps(const Triple& out) {
    const Triple strides = spatial_strides(output_);
    for (int64_t n = 0; n < together_; ++n) {
      if (!in_place_) {
        for (int64_t at = 0; at < length_; at += fns_.lanes) {
          row_steps_.push_back(n * plane_size_ + at);
          image_steps_.push_back(n * channel_size_ + at);
        }
        continue;
      }
      Triple y;
      for (y[0] = 0; y[0] < out[0]; ++y[0])
        for (y[1] = 0; y[1] < out[1]; ++y[1])
          for (y[2] = 0; y[2] < out[2]; y[2] += fns_.lanes) {
            row_steps_.push_back(n * output_.strides[0] + y[0] * strides[0] + y[1] * strides[1] + y[2]);
            image_steps_.push_back(n * channel_size_ + (y[0] * lengths_[1] + y[1]) * lengths_[2] + y[2]);
          }
    }
  }

  void cut(int64_t taps, int64_t vectors) {
    together_ = std::clamp<int64_t>(kVectors / std::max<int64_t>(1, vectors), 1, std::max<int64_t>(1, images_));
    const auto fitting = [&](int64_t plane, int64_t count) {
      const int64_t most = std::max<int64_t>(1, kPlaneBytes / std::max<int64_t>(1, together_ * plane * size_));
      return std::max<int64_t>(1, ceil_divide(count, ceil_divide(count, most)));
    };
    channels_together_ = fitting(channel_size_, channels_);
    rows_together_ =
        std::min(std::max<int64_t>(1, rows_), in_place_ ? rows_ : ceil_divide(fitting(plane_size_, rows_), 3) * 3);
    row_blocks_ = ceil_divide(rows_, rows_together_);
    const int64_t bytes = std::max<int64_t>(1, groups_ * rows_ * channels_ * taps * size_);
    parts_ =
        std::clamp<int64_t>(ceil_divide(images_, together_), 1, std::clamp<int64_t>(kPartBytes / bytes, 2, kParts));
    if (parts_ * groups_ * row_blocks_ < kTasks) {
      rows_together_ = std::max<int64_t>(3, ceil_divide(rows_, ceil_divide(kTasks, parts_ * groups_) * 3) * 3);
      row_blocks_ = ceil_divide(rows_, rows_together_);
    }
  }

  const void* at(const void* data, int64_t elements) const {
    return static_cast<const std::byte*>(data) + elements * size_;
  }
  void* at(void* data, int64_t elements) const { return static_cast<std::byte*>(data) + elements * size_; }

  void add_images(std::span<void* const> operands, int64_t group, int64_t first_row, int64_t rows, int64_t begin,
                  int64_t end, void* sums) const {
    // The planes of one channel lie side by side: a tile of sums goes through one stretch of memory for each.
    const int64_t channel = together_ * channel_size_, slack = 4 * fns_.lanes;
    const int64_t plane = in_place_ ? output_.strides[1] : together_ * plane_size_;
    const int64_t taps = depth() / std::max<int64_t>(1, channels_);
    // Aligned, so that a vector of the cotangent lies in one cache line.
    const int64_t all_inputs = ceil_divide(channels_together_ * channel + slack, fns_.lanes) * fns_.lanes;
    void* inputs = scratch(Scratch::packed, static_cast<size_t>((all_inputs + (in_place_ ? 0 : rows * plane)) * size_));
    void* copies = at(inputs, all_inputs);
    const auto vectors = static_cast<int64_t>(row_steps_.size()) / together_;
    for (int64_t n = begin; n < end; n += together_) {
      const int64_t count = std::min(together_, end - n);
      const void* outputs = copies;
      if (in_place_) {
        outputs = at(static_cast<const void*>(operands[1]),
                     n * output_.strides[0] + (group * rows_ + first_row) * output_.strides[1]);
      } else {
        for (int64_t i = 0; i < count; ++i)
          pad_outputs(operands[1], n + i, group * rows_ + first_row, rows, at(copies, i * plane_size_));
      }
      for (int64_t c = 0; c < channels_; c += channels_together_) {
        const int64_t channels = std::min(channels_together_, channels_ - c);
        for (int64_t i = 0; i < count; ++i)
          pad_inputs(operands[0], n + i, group * channels_ + c, channels, at(inputs, i * channel_size_));
        // Vectors reach a little further than planes do: what is there is multiplied by zero, and must be a number.
        clear_behind(inputs, channels, count, slack);
        fns_.correlate({inputs, offsets_.data(), channels * taps, outputs, rows, plane, row_steps_.data(),
                        image_steps_.data(), count * vectors, at(sums, c * taps), depth()});
      }
    }
  }

  /// Clears what follows the last image of each channel.
  void clear_behind(void* inputs, int64_t channels, int64_t count, int64_t slack) const {
    for (int64_t c = 0; c < channels; ++c)
      if (count < together_ || c + 1 == channels)
        clear(at(inputs, (c * together_ + count) * channel_size_),
              c + 1 == channels ? slack : std::min(slack, (together_ - count) * channel_size_));
  }

  void pad_inputs(const void* data, int64_t n, int64_t channel, int64_t channels, void* out) const {
    fns_.pad({at(data, n * input_.strides[0] + channel * input_.strides[1]),
              channels,
              input_.strides[1],
              spatial(input_.shape),
              spatial_strides(input_),
              {-padding_[0], -padding_[1], -padding_[2]},
              stride_,
              lengths_,
              out,
              together_ * channel_size_});
  }

  void pad_outputs(const void* data, int64_t n, int64_t first_row, int64_t rows, void* out) const {
    fns_.pad({at(data, n * output_.strides[0] + first_row * output_.strides[1]),
              rows,
              output_.strides[1],
              spatial(output_.shape),
              spatial_strides(output_),
              {0, 0, 0},
              {1, 1, 1},
              plane_lengths_,
              out,
              together_ * plane_size_});
    const int64_t written = volume(plane_lengths_);
    if (plane_size_ == written) return;
    for (int64_t row = 0; row < rows; ++row)
      clear(at(out, row * together_ * plane_size_ + written), plane_size_ - written);
  }

  void clear(void* data, int64_t elements) const {
    std::fill_n(static_cast<std::byte*>(data), elements * size_, std::byte{0});
  }

  Tensor input_, output_;
  const ConvolutionFns& fns_;
  ElementwiseFn add_;
  int64_t size_;
  int64_t groups_, images_, channels_, rows_;
  Triple stride_, padding_;
  Triple lengths_;        ///< of one phase of a padded plane of the input
  Triple plane_lengths_;  ///< of a plane of the cotangent, in rows of the same pitch
  int64_t channel_size_, plane_size_;
  int64_t length_;  ///< of the vectors that are multiplied
  bool in_place_;   ///< the cotangent is read where it lies
  std::vector<int64_t> offsets_, row_steps_, image_steps_;
  int64_t together_ = 1;  ///< images
  int64_t channels_together_ = 1, rows_together_ = 1, parts_ = 1, row_blocks_ = 1;
};

}  // namespace

std::unique_ptr<Kernel> make_convolution_weight(const KernelStep& step, const Pack& pack) {
  return std::make_unique<ConvolutionWeight>(step, pack);
}

}  // namespace ingot::cpu
