// The gradient of a convolution by its weight, where vectors run along rows of the planes: inner products of planes of
// the cotangent with shifted planes of the input. It is for few output channels, such as those of depthwise
// convolutions.
#include "ingot/cpu/arena.h"
#include "ingot/cpu/convolution_weight.h"
#include "ingot/cpu/threads.h"

namespace ingot::cpu {
namespace {

/// Most bytes of padded planes at once: they stay in the second-level cache.
constexpr int64_t kPlaneBytes = 256 * 1024;
/// Vectors that a tile of sums goes through, if there are as many: then adding up lanes at the end takes little time.
constexpr int64_t kVectors = 64;
/// Sums over parts of the batch that are taken on their own, and most bytes of them all.
constexpr int64_t kParts = 8, kPartBytes = 16 * 1024 * 1024;

class ConvolutionWeightOfPlanes final : public WeightGradient {
 public:
  ConvolutionWeightOfPlanes(const KernelStep& step, const Pack& pack)
      : WeightGradient(step, pack),
        add_(pack.elementwise[static_cast<int>(Opcode::add)][static_cast<int>(input_.dtype)]),
        lengths_(seen_by(counts_)),
        channel_size_(volume(stride_) * volume(lengths_)),
        in_place_(spatial_strides(output_)[2] == 1) {
    cut();
    offsets_ = tap_offsets(lengths_, together_ * channel_size_);
    plan_steps();
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
    parallel_for(parts_ * groups_, [&](int64_t task) {
      const int64_t group = task % groups_, index = task / groups_;
      std::byte* sums = part(index) + group * rows_ * depth() * size_;
      std::fill_n(sums, rows_ * depth() * size_, std::byte{0});
      add_images(operands, group, index * images_ / parts_, (index + 1) * images_ / parts_, sums);
    });
    constexpr int64_t kStretch = 1 << 14;
    parallel_for(ceil_divide(elements, kStretch), [&](int64_t i) {
      const int64_t begin = i * kStretch * size_, count = std::min(kStretch, elements - i * kStretch);
      for (int64_t index = 1; index < parts_; ++index)
        add_(out + begin, out + begin, part(index) + begin, nullptr, count);
    });
  }

 private:
  /// Where pairs of vectors lie, image by image.
  struct Steps {
    std::vector<int64_t> row, image;
  };

  void cut() {
    const int64_t vectors = counts_[0] * counts_[1] * ceil_divide(counts_[2], fns_.lanes);
    together_ = std::clamp<int64_t>(kVectors / std::max<int64_t>(1, vectors), 1, std::max<int64_t>(1, images_));
    const int64_t fitting = kPlaneBytes / std::max<int64_t>(1, together_ * channel_size_ * size_);
    channels_together_ = std::clamp<int64_t>(fitting, 1, std::max<int64_t>(1, channels_));
    const int64_t bytes = std::max<int64_t>(1, groups_ * rows_ * depth() * size_);
    parts_ =
        std::clamp<int64_t>(ceil_divide(images_, together_), 1, std::clamp<int64_t>(kPartBytes / bytes, 2, kParts));
  }

  void plan_steps() {
    const int64_t plane = volume(counts_);
    const Triple strides = in_place_ ? spatial_strides(output_) : Triple{counts_[1] * counts_[2], counts_[2], 1};
    row_stride_ = in_place_ ? output_.strides[1] : together_ * plane;
    Triple y;
    for (int64_t n = 0; n < together_; ++n)
      for (y[0] = 0; y[0] < counts_[0]; ++y[0])
        for (y[1] = 0; y[1] < counts_[1]; ++y[1])
          for (y[2] = 0; y[2] < counts_[2]; y[2] += fns_.lanes) {
            Steps& steps = y[2] + fns_.lanes <= counts_[2] ? whole_ : ends_;
            steps.row.push_back(n * (in_place_ ? output_.strides[0] : plane) + y[0] * strides[0] + y[1] * strides[1] +
                                y[2]);
            steps.image.push_back(n * channel_size_ + (y[0] * lengths_[1] + y[1]) * lengths_[2] + y[2]);
          }
  }

  void add_images(std::span<void* const> operands, int64_t group, int64_t begin, int64_t end, void* sums) const {
    // The planes of one channel lie side by side: a tile of sums goes through one stretch of memory for each.
    const int64_t channel = together_ * channel_size_, plane = volume(counts_), taps = volume(kernel_);
    void* inputs = scratch(Scratch::packed, static_cast<size_t>(channels_together_ * channel * size_));
    void* copies = scratch(Scratch::results, static_cast<size_t>(in_place_ ? 0 : rows_ * together_ * plane * size_));
    for (int64_t n = begin; n < end; n += together_) {
      const int64_t count = std::min(together_, end - n);
      const void* outputs = copies;
      if (in_place_) {
        outputs =
            at(static_cast<const void*>(operands[1]), n * output_.strides[0] + group * rows_ * output_.strides[1]);
      } else {
        for (int64_t i = 0; i < count; ++i)
          copy_outputs(operands[1], n + i, group * rows_, rows_, {0, 0, 0}, counts_, at(copies, i * plane),
                       row_stride_);
      }
      for (int64_t c = 0; c < channels_; c += channels_together_) {
        const int64_t channels = std::min(channels_together_, channels_ - c);
        for (int64_t i = 0; i < count; ++i)
          pad_inputs(operands[0], n + i, group * channels_ + c, channels, {0, 0, 0}, lengths_,
                     at(inputs, i * channel_size_), channel);
        const auto correlate = [&](const Steps& steps, int64_t lanes) {
          const auto vectors = static_cast<int64_t>(steps.row.size()) / together_;
          fns_.correlate_planes({inputs, offsets_.data(), channels * taps, outputs, rows_, row_stride_,
                                 steps.row.data(), steps.image.data(), count * vectors, lanes, at(sums, c * taps),
                                 depth()});
        };
        correlate(whole_, fns_.lanes);
        correlate(ends_, counts_[2] % fns_.lanes);
      }
    }
  }

  ElementwiseFn add_;
  Triple lengths_;  ///< of one phase of a padded plane of the input
  int64_t channel_size_;
  bool in_place_;       ///< the cotangent is read where it lies
  int64_t row_stride_;  ///< of its planes
  std::vector<int64_t> offsets_;
  Steps whole_, ends_;    ///< those that are whole vectors, and those at the ends of rows that are not
  int64_t together_ = 1;  ///< images
  int64_t channels_together_ = 1, parts_ = 1;
};

}  // namespace

std::unique_ptr<Kernel> make_convolution_weight_of_planes(const KernelStep& step, const Pack& pack) {
  return std::make_unique<ConvolutionWeightOfPlanes>(step, pack);
}

}  // namespace ingot::cpu
