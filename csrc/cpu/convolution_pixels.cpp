// Convolutions into few channels, of planes whose rows are no whole vectors: vectors run over output channels, so that
// the image is read number by number, where it lies or in a zero-padded copy.
#include <algorithm>
#include <optional>
#include <vector>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/convolution.h"
#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/convolution_op.h"

namespace ingot::cpu {
namespace {

/// Multiplications that are worth a task.
constexpr int64_t kWork = 1 << 18;
/// Positions whose results are turned around at once.
constexpr int64_t kPositions = 224;
/// Most bytes of a padded image: it stays in the second-level cache.
constexpr int64_t kImageBytes = 384 * 1024;
/// With more output channels than this, moving what neighbouring positions read together costs little.
constexpr int64_t kMostRows = 64;
/// Fewest images and groups: each is the work of one task.
constexpr int64_t kTasks = 4;

int64_t volume(const Triple& lengths) { return lengths[0] * lengths[1] * lengths[2]; }

class ConvolutionPixels final : public Kernel {
 public:
  ConvolutionPixels(const KernelStep& step, const Pack& pack)
      : held_(step.op),
        op_(static_cast<const Convolution&>(*held_)),
        fns_(pack.convolution[step.outputs[0].dtype == DType::float64]),
        size_(static_cast<int64_t>(size_of(step.outputs[0].dtype))),
        image_(step.inputs[0]),
        lengths_(of_three(std::span<const int64_t>(image_.shape).subspan(2), 1)),
        strides_(of_three(std::span<const int64_t>(image_.strides).subspan(2), 0)) {
    channels_ = image_.shape[1] / op_.groups;
    rows_ = step.outputs[0].shape[1] / op_.groups;
    pitch_ = ceil_divide(rows_, fns_.lanes) * fns_.lanes;
    const Triple counts = of_three(std::span<const int64_t>(step.outputs[0].shape).subspan(2), 1),
                 kernel = of_three(std::span<const int64_t>(step.inputs[1].shape).subspan(2), 1),
                 stride = of_three(op_.stride, 1), dilation = of_three(op_.dilation, 1);
    const Triple padding = of_three(op_.padding, 0);
    plane_ = volume(counts);
    for (size_t axis = 0; axis < 3; ++axis) {
      first_[axis] = -padding[axis];
      padded_[axis] = (counts[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
      in_place_ &= padding[axis] == 0 && padded_[axis] <= lengths_[axis];
    }
    const Triple strides = in_place_ ? strides_ : Triple{padded_[1] * padded_[2], padded_[2], 1};
    const int64_t channel = in_place_ ? image_.strides[1] : volume(padded_);
    const auto grid = [&](const Triple& n, const Triple& pace, int64_t start, std::vector<int64_t>& places) {
      for (int64_t d = 0; d < n[0]; ++d)
        for (int64_t y = 0; y < n[1]; ++y)
          for (int64_t x = 0; x < n[2]; ++x)
            places.push_back(start + d * pace[0] * strides[0] + y * pace[1] * strides[1] + x * pace[2] * strides[2]);
    };
    grid(counts, stride, 0, positions_);
    for (int64_t c = 0; c < channels_; ++c) grid(kernel, dilation, c * channel, taps_);
    const int64_t work = std::max<int64_t>(1, rows_ * depth() * plane_);
    images_together_ = std::clamp<int64_t>(kWork / work, 1, std::max<int64_t>(1, image_.shape[0]));
    // Rows of neighbours are kept together.
    if (stride[2] == 1 && strides[2] == 1 && counts[2] <= kPositions) run_ = counts[2];
    chunk_ = std::min(kPositions / run_ * run_, plane_);
    if (step.epilogue) epilogue_.emplace(*step.epilogue, pack, 1, 1);
  }

  void run(std::span<void* const> operands) const override {
    if (image_.shape[0] * rows_ * plane_ == 0) return;
    const int64_t group_weights = pitch_ * depth();
    const Ref<Buffer> weights = Buffer::allocate(static_cast<size_t>(op_.groups * group_weights * size_));
    for (int64_t g = 0; g < op_.groups; ++g)
      fns_.transpose({at(static_cast<const void*>(operands[1]), g * rows_ * depth()), rows_, depth(), depth(),
                      at(weights->data(), g * group_weights), 0, depth()});
    const int64_t blocks = ceil_divide(image_.shape[0], images_together_);
    parallel_for(op_.groups * blocks, [&](int64_t task) {
      const int64_t group = task / blocks, first = task % blocks * images_together_;
      for (int64_t n = first; n < std::min(image_.shape[0], first + images_together_); ++n)
        run_image(operands, at(static_cast<const void*>(weights->data()), group * group_weights), n, group);
    });
  }

 private:
  int64_t depth() const { return static_cast<int64_t>(taps_.size()); }
  const void* at(const void* data, int64_t elements) const {
    return static_cast<const std::byte*>(data) + elements * size_;
  }
  void* at(void* data, int64_t elements) const { return static_cast<std::byte*>(data) + elements * size_; }

  void run_image(std::span<void* const> operands, const void* weights, int64_t n, int64_t group) const {
    const void* image =
        at(static_cast<const void*>(operands[0]), n * image_.strides[0] + group * channels_ * image_.strides[1]);
    if (!in_place_) {
      const int64_t channel = volume(padded_);
      void* copy = scratch(Scratch::packed, static_cast<size_t>(channels_ * channel * size_));
      fns_.pad({image, channels_, image_.strides[1], lengths_, strides_, first_, {1, 1, 1}, padded_, copy, channel});
      image = copy;
    }
    const int64_t turned = chunk_ * pitch_;
    void* results = scratch(Scratch::results, static_cast<size_t>((turned + (epilogue_ ? rows_ * plane_ : 0)) * size_));
    void* out = epilogue_ ? at(results, turned) : at(operands[2], (n * op_.groups + group) * rows_ * plane_);
    for (int64_t begin = 0; begin < plane_; begin += chunk_) {
      const int64_t count = std::min(chunk_, plane_ - begin);
      fns_.correlate_pixels({image, positions_.data() + begin, count, taps_.data(), depth(), weights, rows_, results,
                             pitch_, false, run_});
      fns_.add_up({results, 1, 0, rows_, count, pitch_, at(out, begin), plane_});
    }
    if (epilogue_) epilogue_->run({n, group * rows_, 0, rows_, plane_}, out, plane_, operands.subspan(2));
  }

  OpRef held_;
  const Convolution& op_;
  const ConvolutionFns& fns_;
  int64_t size_;
  Tensor image_;
  Triple lengths_, strides_;  ///< of its planes
  int64_t channels_, rows_, pitch_, plane_;
  Triple first_, padded_;
  bool in_place_ = true;                   ///< nothing needs zeros around it
  std::vector<int64_t> positions_, taps_;  ///< where results and elements of the kernel look
  int64_t images_together_;
  int64_t run_ = 1, chunk_ = 1;  ///< neighbouring positions, and those that are turned around at once
  std::optional<Epilogue> epilogue_;
};

}  // namespace

bool pixels_pay(const KernelStep& step, const Pack& pack) {
  const auto& op = static_cast<const Convolution&>(*step.op);
  if (op.computes != ConvolutionArray::output || !step.inputs[1].contiguous()) return false;
  const Tensor &image = step.inputs[0], &result = step.outputs[0];
  const int64_t lanes = pack.convolution[result.dtype == DType::float64].lanes;
  const Triple counts = of_three(std::span<const int64_t>(result.shape).subspan(2), 1),
               kernel = of_three(std::span<const int64_t>(step.inputs[1].shape).subspan(2), 1),
               stride = of_three(op.stride, 1), dilation = of_three(op.dilation, 1);
  int64_t bytes = image.shape[1] / op.groups * static_cast<int64_t>(size_of(image.dtype));
  for (size_t axis = 0; axis < 3; ++axis)
    bytes *= std::max<int64_t>(0, counts[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
  const int64_t rows = result.shape[1] / op.groups;
  return volume(kernel) > 1 && counts[2] % lanes != 0 && rows % lanes == 0 && rows > 0 && rows <= kMostRows &&
         bytes <= kImageBytes && image.shape[0] * op.groups >= kTasks;
}

std::unique_ptr<Kernel> make_convolution_pixels(const KernelStep& step, const Pack& pack) {
  return std::make_unique<ConvolutionPixels>(step, pack);
}

}  // namespace ingot::cpu
