// The gradient of a convolution by its weight, where vectors run over output channels: the cotangent is transposed, and
// each number of the padded input is multiplied by the vectors of the pixel that looks at it. There is nothing between
// rows or images to skip, and there are no lanes to add up.
#include "ingot/cpu/convolution_weight.h"

#include "ingot/cpu/arena.h"

namespace ingot::cpu {

std::unique_ptr<Kernel> make_convolution_weight_of_planes(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_winograd_weight(const KernelStep& step, const Pack& pack);
bool winograd_weight_pays(const KernelStep& step);

namespace {

/// Most bytes of padded planes and of transposed cotangents at once: both stay in the second-level cache.
constexpr int64_t kImageBytes = 384 * 1024, kVectorBytes = 256 * 1024;
/// Output channels of a task, if there are more: the sums for them are gone through once for each unit of work.
constexpr int64_t kRows = 128;
/// Sums over parts of the batch that are taken on their own, and most bytes of them all.
constexpr int64_t kParts = 8, kPartBytes = 16 * 1024 * 1024;
/// Tasks that are made even if the batch is one image.
constexpr int64_t kTasks = 4;

class ConvolutionWeight final : public WeightGradient {
 public:
  ConvolutionWeight(const KernelStep& step, const Pack& pack) : WeightGradient(step, pack) {
    pitch_ = ceil_divide(rows_, fns_.lanes) * fns_.lanes;
    cut();
    Triple counts = counts_;
    counts[chunk_axis_] = chunk_;
    lengths_ = seen_by(counts);
    channel_size_ = volume(stride_) * volume(lengths_);
    const int64_t channel_bytes = together_ * channel_size_ * size_;
    channels_together_ = std::clamp<int64_t>(kImageBytes / channel_bytes, 1, std::max<int64_t>(1, channels_));
    in_place_ = volume(kernel_) == 1 && padding_ == Triple{0, 0, 0};
    offsets_ = tap_offsets(lengths_, in_place_ ? input_.strides[1] : together_ * channel_size_);
    const Triple strides = in_place_ ? spatial_strides(input_) : Triple{lengths_[1] * lengths_[2], lengths_[2], 1},
                 pace = in_place_ ? stride_ : Triple{1, 1, 1};
    Triple y;
    for (int64_t n = 0; n < together_; ++n)
      for (y[0] = 0; y[0] < counts[0]; ++y[0])
        for (y[1] = 0; y[1] < counts[1]; ++y[1])
          for (y[2] = 0; y[2] < counts[2]; ++y[2]) {
            int64_t step = n * (in_place_ ? input_.strides[0] : channel_size_);
            for (size_t axis = 0; axis < 3; ++axis) step += y[axis] * pace[axis] * strides[axis];
            steps_.push_back(step);
          }
    dense_ = has_dense_outputs();
  }

  void run(std::span<void* const> operands) const override {
    if (groups_ * rows_ * depth() == 0) return;
    if (images_ * volume(counts_) == 0) {
      std::fill_n(static_cast<std::byte*>(operands[2]), groups_ * rows_ * depth() * size_, std::byte{0});
      return;
    }
    sum_parts(operands[2], parts_, row_blocks_, pitch_, [&](int64_t part, int64_t group, int64_t block, void* sums) {
      const int64_t first = block * rows_together_, rows = std::min(rows_together_, rows_ - first);
      const int64_t begin = part * units_ / parts_, end = (part + 1) * units_ / parts_;
      for (int64_t unit = begin; unit < end; ++unit)
        add_unit(operands, unit, group, first, rows, at(sums, first), unit > begin);
    });
  }

 private:
  /// Units of work are some images, or chunks of an image; tasks are sums over some units, for some output channels.
  /// Their sizes depend on shapes alone.
  void cut() {
    rows_together_ = std::min(pitch_, kRows);
    const int64_t most = std::max<int64_t>(1, kVectorBytes / std::max<int64_t>(1, rows_together_ * size_));
    const int64_t positions = std::max<int64_t>(1, volume(counts_));
    chunk_axis_ = counts_[0] > 1 ? 0 : counts_[1] > 1 ? 1 : 2;
    const int64_t length = std::max<int64_t>(1, counts_[chunk_axis_]);
    chunk_ = std::clamp<int64_t>(most / (positions / length), 1, length);
    chunk_ = ceil_divide(length, ceil_divide(length, chunk_));
    chunks_ = ceil_divide(length, chunk_);
    together_ = chunks_ > 1 ? 1 : std::clamp<int64_t>(most / positions, 1, std::max<int64_t>(1, images_));
    units_ = ceil_divide(images_, together_) * chunks_;
    const int64_t bytes = std::max<int64_t>(1, groups_ * pitch_ * depth() * size_);
    parts_ = std::clamp<int64_t>(units_, 1, std::clamp<int64_t>(kPartBytes / bytes, 2, kParts));
    if (const int64_t tasks = parts_ * groups_; tasks * ceil_divide(rows_, rows_together_) < kTasks) {
      const int64_t panel = fns_.panel_lanes;
      rows_together_ = std::max(panel, ceil_divide(pitch_, ceil_divide(kTasks, tasks) * panel) * panel);
    }
    row_blocks_ = ceil_divide(rows_, rows_together_);
  }

  void add_unit(std::span<void* const> operands, int64_t unit, int64_t group, int64_t first_row, int64_t rows,
                void* sums, bool accumulates) const {
    const int64_t image = unit / chunks_ * together_, images = std::min(together_, images_ - image);
    Triple first{0, 0, 0}, counts = counts_;
    first[chunk_axis_] = unit % chunks_ * chunk_;
    counts[chunk_axis_] = std::min(chunk_, counts_[chunk_axis_] - first[chunk_axis_]);
    const int64_t positions = volume(counts), channel = together_ * channel_size_;
    const auto all_vectors = static_cast<int64_t>(steps_.size()) * ceil_divide(rows, fns_.lanes) * fns_.lanes;
    const int64_t copied = dense_ ? 0 : rows * positions;
    const int64_t padded = in_place_ ? 0 : channels_together_ * channel;
    void* vectors = scratch(Scratch::packed, static_cast<size_t>((all_vectors + padded) * size_));
    void* inputs = at(vectors, all_vectors);
    void* copies = scratch(Scratch::results, static_cast<size_t>(copied * size_));

    const int64_t row = group * rows_ + first_row;
    for (int64_t i = 0; i < images; ++i) {
      const void* planes = copies;
      if (dense_)
        planes =
            at(static_cast<const void*>(operands[1]), (image + i) * output_.strides[0] + row * output_.strides[1] +
                                                          first[chunk_axis_] * spatial_strides(output_)[chunk_axis_]);
      else
        copy_outputs(operands[1], image + i, row, rows, first, counts, copies, positions);
      fns_.transpose({planes, rows, dense_ ? output_.strides[1] : positions, positions, vectors, i * positions,
                      images * positions});
    }
    const int64_t taps = volume(kernel_);
    for (int64_t c = 0; c < channels_; c += channels_together_) {
      const int64_t channels = std::min(channels_together_, channels_ - c);
      const void* seen = inputs;
      if (in_place_)
        seen = at(static_cast<const void*>(operands[0]),
                  image * input_.strides[0] + (group * channels_ + c) * input_.strides[1] +
                      first[chunk_axis_] * stride_[chunk_axis_] * spatial_strides(input_)[chunk_axis_]);
      for (int64_t i = 0; i < images && !in_place_; ++i)
        pad_inputs(operands[0], image + i, group * channels_ + c, channels, first, lengths_,
                   at(inputs, i * channel_size_), channel);
      fns_.correlate_pixels({seen, offsets_.data(), channels * taps, steps_.data(), images * positions, vectors, rows,
                             at(sums, c * taps * pitch_), pitch_, accumulates, 1});
    }
  }

  int64_t pitch_;  ///< of the sums: those of an element of the kernel lie side by side
  size_t chunk_axis_ = 1;
  int64_t chunk_ = 1, chunks_ = 1;  ///< slices of an image along that axis
  int64_t together_ = 1;            ///< images
  int64_t units_ = 0, parts_ = 1;
  int64_t rows_together_ = 1, row_blocks_ = 1, channels_together_ = 1;
  Triple lengths_;  ///< of one phase of a padded plane of the input
  int64_t channel_size_;
  std::vector<int64_t> offsets_;
  std::vector<int64_t> steps_;  ///< where pixels find their input
  bool dense_;                  ///< the planes of the cotangent
  bool in_place_;               ///< the input is read where it lies: nothing needs zeros around it
};

}  // namespace

std::unique_ptr<Kernel> make_convolution_weight(const KernelStep& step, const Pack& pack) {
  const ConvolutionFns& fns = pack.convolution[step.inputs[0].dtype == DType::float64];
  const int64_t rows = step.inputs[1].shape[1] / static_cast<const Convolution&>(*step.op).groups;
  // With few output channels, vectors of them would be mostly empty.
  if (2 * rows < fns.lanes) return make_convolution_weight_of_planes(step, pack);
  if (winograd_weight_pays(step)) return make_winograd_weight(step, pack);
  return std::make_unique<ConvolutionWeight>(step, pack);
}

}  // namespace ingot::cpu
