// The gradient of a depthwise convolution by its weight: vectors run along rows of planes, and each element of the kernel
// has a vector of sums for all images.
#include "ingot/cpu/arena.h"
#include "ingot/cpu/convolution_weight.h"
#include "ingot/cpu/depthwise_plan.h"
#include "ingot/cpu/threads.h"

namespace ingot::cpu {
namespace {

/// Multiplications that are worth a task, and tasks that are made even of few groups, by sums over parts of the batch
/// that are taken on their own.
constexpr int64_t kWork = 1 << 18, kTasks = 8;

class DepthwiseWeight final : public WeightGradient {
 public:
  DepthwiseWeight(const KernelStep& step, const Pack& pack)
      : WeightGradient(step, pack),
        depthwise_(*fns_.depthwise),
        add_(pack.elementwise[static_cast<int>(Opcode::add)][static_cast<int>(input_.dtype)]),
        planes_(input_, axis(1), axis(2), 1, depthwise_),
        in_place_(spatial_strides(output_)[2] == 1),
        by_lines_(depthwise_.correlate_lines != nullptr && in_place_ && spatial_strides(input_)[2] == 1 &&
                  kernel_ == Triple{1, 3, 3} && padding_ == Triple{0, 1, 1} && stride_ == Triple{1, 2, 2} &&
                  dilation_ == Triple{1, 1, 1}) {
    plan_sums();
    const int64_t work = std::max<int64_t>(1, rows_ * images_ * volume(counts_) * depth());
    together_ = std::clamp<int64_t>(kWork / work, 1, groups_);
    parts_ = std::clamp<int64_t>(std::min(kTasks * together_ / groups_, work * groups_ / kWork), 1,
                                 std::max<int64_t>(1, images_));
  }

  void run(std::span<void* const> operands) const override {
    const int64_t elements = groups_ * rows_ * depth(), blocks = ceil_divide(groups_, together_);
    if (elements == 0) return;
    auto* out = static_cast<std::byte*>(operands[2]);
    const Ref<Buffer> others =
        parts_ > 1 ? Buffer::allocate(static_cast<size_t>((parts_ - 1) * elements * size_)) : Ref<Buffer>();
    const auto part = [&](int64_t i) { return i == 0 ? out : at_bytes(others->data(), (i - 1) * elements); };
    parallel_for(parts_ * blocks, [&](int64_t task) {
      const int64_t index = task / blocks, group = task % blocks * together_;
      add_images(operands, group, std::min(together_, groups_ - group), index * images_ / parts_,
                 (index + 1) * images_ / parts_, part(index));
    });
    for (int64_t index = 1; index < parts_; ++index) add_(out, out, part(index), nullptr, elements);
  }

 private:
  AxisPlan axis(size_t i) const { return forward_axis(counts_[i], kernel_[i], stride_[i], padding_[i], dilation_[i]); }

  void plan_sums() {
    const DepthwiseTaps taps = planes_.taps(planes_.vertical().starts[0], planes_.horizontal().starts[0]);
    columns_ = taps.columns;
    for (int64_t k = 0; k < depth(); ++k) {
      const auto i = static_cast<size_t>(k);
      places_.push_back(by_lines_ ? k : taps.lines[i] * kernel_[2] + taps.elements[i]);
    }
  }

  std::byte* at_bytes(void* data, int64_t elements) const { return static_cast<std::byte*>(data) + elements * size_; }

  void add_images(std::span<void* const> operands, int64_t group, int64_t groups, int64_t begin, int64_t end,
                  void* out) const {
    const int64_t row_sums = depth() * depthwise_.lanes, sums = groups * rows_ * row_sums;
    const int64_t copied = in_place_ ? 0 : planes_.band() * counts_[2];
    const int64_t seen = by_lines_ ? spatial(input_.shape)[2] : planes_.plane();
    void* memory = scratch(Scratch::packed, static_cast<size_t>((seen + sums + copied) * size_));
    void *all_sums = at(memory, seen), *copy = at(all_sums, sums);
    std::fill_n(static_cast<std::byte*>(all_sums), sums * size_, std::byte{0});
    if (by_lines_)
      add_lines(operands, group, groups, begin, end, memory, all_sums);
    else
      add_planes(operands, group, groups, begin, end, memory, all_sums, copy);
    for (int64_t row = 0; row < groups * rows_; ++row)
      depthwise_.add_lanes(
          {at(all_sums, row * row_sums), places_.data(), depth(), at(out, (group * rows_ + row) * depth())});
  }

  const void* input_at(std::span<void* const> operands, int64_t n, int64_t group) const {
    return at(static_cast<const void*>(operands[0]), n * input_.strides[0] + group * input_.strides[1]);
  }
  const void* cotangent_at(std::span<void* const> operands, int64_t n, int64_t channel, int64_t line) const {
    return at(static_cast<const void*>(operands[1]),
              n * output_.strides[0] + channel * output_.strides[1] + line * spatial_strides(output_)[1]);
  }

  /// Lines of the image are read where they lie.
  void add_lines(std::span<void* const> operands, int64_t group, int64_t groups, int64_t begin, int64_t end,
                 void* zeros, void* sums) const {
    const Triple lengths = spatial(input_.shape);
    std::fill_n(static_cast<std::byte*>(zeros), lengths[2] * size_, std::byte{0});
    for (int64_t n = begin; n < end; ++n)
      for (int64_t row = 0; row < groups * rows_; ++row)
        depthwise_.correlate_lines({input_at(operands, n, group + row / rows_), lengths[1], lengths[2],
                                    spatial_strides(input_)[1], cotangent_at(operands, n, group * rows_ + row, 0),
                                    spatial_strides(output_)[1], counts_[1], counts_[2],
                                    at(sums, row * depth() * depthwise_.lanes), zeros});
  }

  void add_planes(std::span<void* const> operands, int64_t group, int64_t groups, int64_t begin, int64_t end,
                  void* memory, void* sums, void* copy) const {
    for (int64_t band = 0; band < planes_.bands(); ++band) {
      planes_.clear(memory, 1);
      const int64_t line = band * planes_.band(), lines = std::min(planes_.band(), counts_[1] - line);
      for (int64_t n = begin; n < end; ++n)
        for (int64_t g = 0; g < groups; ++g) {
          const void* input = input_at(operands, n, group + g);
          planes_.copy(input, band, memory);
          std::span<const std::byte> ahead = planes_.source(at(input, input_.strides[1]), band);
          for (int64_t row = g * rows_; row < (g + 1) * rows_; ++row) {
            const int64_t channel = group * rows_ + row;
            const void* cotangent = copy;
            if (in_place_)
              cotangent = cotangent_at(operands, n, channel, line);
            else
              copy_outputs(operands[1], n, channel, 1, {0, line, 0}, {1, lines, counts_[2]}, copy, 0);
            depthwise_.correlate({memory, planes_.row(), columns_.data(), static_cast<int64_t>(columns_.size()),
                                  cotangent, in_place_ ? spatial_strides(output_)[1] : counts_[2], lines, counts_[2],
                                  at(sums, row * depth() * depthwise_.lanes), ahead.data(),
                                  static_cast<int64_t>(ahead.size())});
            ahead = {};
          }
        }
    }
  }

  const DepthwiseFns& depthwise_;
  ElementwiseFn add_;
  DepthwisePlanes planes_;
  bool in_place_;  ///< the cotangent is read where it lies
  bool by_lines_;  ///< and so is the image
  std::vector<DepthwiseColumn> columns_;
  std::vector<int64_t> places_;  ///< of the sums, in the kernel
  int64_t together_, parts_;     ///< groups of a task, and parts of the batch
};

}  // namespace

std::unique_ptr<Kernel> make_depthwise_weight(const KernelStep& step, const Pack& pack) {
  return std::make_unique<DepthwiseWeight>(step, pack);
}

}  // namespace ingot::cpu
