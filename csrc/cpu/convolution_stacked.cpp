// Convolutions of many small images by 5 x 5 kernels, as Winograd does them: images are turned around, so that each lane
// is one of them. Then lines of any length fill vectors, and few channels are enough.
#include <algorithm>
#include <optional>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/convolution.h"
#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/cpu/winograd.h"
#include "ingot/ops/convolution_op.h"

namespace ingot::cpu {
namespace {

/// Most bytes of the images of a task and of their results; as many times more as there are tasks, up to `kTasks`.
constexpr int64_t kBytes = 512 * 1024, kTasks = 4;
/// Most bytes of the transformed kernels, all of which pass by for each two tiles.
constexpr int64_t kKernelBytes = 1024 * 1024;
/// Fewest channels, and results of them, that are worth the transforms.
constexpr int64_t kChannels = 2, kRows = 6;
constexpr int64_t kTaps = 25;

class StackedImages final : public Kernel {
 public:
  StackedImages(const KernelStep& step, const Pack& pack)
      : held_(step.op),
        op_(static_cast<const Convolution&>(*held_)),
        fns_(pack.convolution[0]),
        winograd_(*fns_.winograd),
        image_(step.inputs[0]),
        channels_(image_.shape[1] / op_.groups),
        rows_(step.outputs[0].shape[1] / op_.groups),
        lines_(step.outputs[0].shape[2]),
        columns_(step.outputs[0].shape[3]) {
    if (step.epilogue) epilogue_.emplace(*step.epilogue, pack, 1, 1);
  }

  void run(std::span<void* const> operands) const override {
    const Ref<Buffer> kernels = Buffer::allocate(static_cast<size_t>(op_.groups * group_kernels()) * sizeof(float));
    const int64_t panel = fns_.panel_lanes, panels = ceil_divide(rows_, panel);
    parallel_for(op_.groups * panels, [&](int64_t task) {
      const int64_t group = task / panels, row = task % panels * panel, rows = std::min(panel, rows_ - row);
      transform_kernels(static_cast<const float*>(operands[1]) + (group * rows_ + row) * channels_ * kTaps, rows,
                        static_cast<float*>(kernels->data()) + group * group_kernels() + row * kernels_of_row());
    });
    const int64_t blocks = ceil_divide(image_.shape[0], fns_.lanes);
    parallel_for(op_.groups * blocks, [&](int64_t task) {
      const int64_t group = task / blocks, first = task % blocks * fns_.lanes;
      run_images(operands, static_cast<const float*>(kernels->data()) + group * group_kernels(), group, first,
                 std::min(fns_.lanes, image_.shape[0] - first));
    });
  }

 private:
  int64_t kernels_of_row() const { return kWinogradProducts * channels_; }
  int64_t group_kernels() const { return ceil_divide(rows_, 2) * 2 * kernels_of_row(); }

  void transform_kernels(const float* weights, int64_t rows, float* out) const {
    const int64_t width = ceil_divide(rows, fns_.lanes) * fns_.lanes, depth = channels_ * kTaps;
    auto* turned =
        reinterpret_cast<float*>(scratch(Scratch::packed, static_cast<size_t>(depth * width) * sizeof(float)));
    fns_.transpose({weights, rows, depth, depth, turned, 0, depth});
    winograd_.stacked_weights({turned, channels_, rows, width, out});
  }

  void run_images(std::span<void* const> operands, const float* kernels, int64_t group, int64_t first,
                  int64_t images) const {
    const int64_t plane = lines_ * columns_, height = image_.shape[2], width = image_.shape[3];
    const int64_t seen = channels_ * height * width, made = rows_ * plane;
    std::byte* memory = scratch(Scratch::packed, static_cast<size_t>(winograd_.stacked_bytes(rows_)) +
                                                     static_cast<size_t>((seen + made) * fns_.lanes) * sizeof(float));
    auto *turned = reinterpret_cast<float*>(memory + winograd_.stacked_bytes(rows_)),
         *results = turned + seen * fns_.lanes;
    fns_.transpose({static_cast<const float*>(operands[0]) + first * image_.strides[0] + group * seen, images,
                    image_.strides[0], seen, turned, 0, seen});
    const Triple padding = of_three(op_.padding, 0);
    winograd_.convolve_stacked({kernels, turned, channels_, height, width, -padding[1], -padding[2], rows_, lines_,
                                columns_, results, memory});
    float* out;
    int64_t image = op_.groups * made;
    if (epilogue_) {
      image = made;
      out = reinterpret_cast<float*>(scratch(Scratch::results, static_cast<size_t>(images * made) * sizeof(float)));
    } else {
      out = static_cast<float*>(operands[2]) + first * image + group * made;
    }
    fns_.add_up({results, 1, 0, images, made, fns_.lanes, out, image});
    for (int64_t n = 0; epilogue_ && n < images; ++n)
      epilogue_->run({first + n, group * rows_, 0, rows_, plane}, out + n * made, plane, operands.subspan(2));
  }

  OpRef held_;
  const Convolution& op_;
  const ConvolutionFns& fns_;
  const WinogradFns& winograd_;
  Tensor image_;
  int64_t channels_, rows_;  ///< of a group
  int64_t lines_, columns_;  ///< of results
  std::optional<Epilogue> epilogue_;
};

}  // namespace

bool stacked_pays(const KernelStep& step, const Pack& pack) {
  const auto& op = static_cast<const Convolution&>(*step.op);
  if (op.computes != ConvolutionArray::output || step.outputs[0].dtype != DType::float32) return false;
  const Tensor &image = step.inputs[0], &weight = step.inputs[1];
  const Shape& result = step.outputs[0].shape;
  if (result.size() != 4 || weight.shape[2] != 5 || weight.shape[3] != 5 || !weight.contiguous()) return false;
  if (of_three(op.stride, 1) != Triple{1, 1, 1} || of_three(op.dilation, 1) != Triple{1, 1, 1}) return false;
  const int64_t plane = image.shape[2] * image.shape[3];
  if (image.strides[3] != 1 || image.strides[2] != image.shape[3] || image.strides[1] != plane) return false;
  const int64_t channels = image.shape[1] / op.groups, rows = result[1] / op.groups, images = image.shape[0];
  const int64_t lanes = pack.convolution[0].lanes, blocks = ceil_divide(images, lanes), size = sizeof(float);
  const int64_t bytes = (channels * plane + rows * result[2] * result[3]) * lanes * size;
  return channels >= kChannels && rows >= kRows && 4 * images >= 3 * blocks * lanes && bytes > 0 &&
         bytes <= kBytes * std::min(kTasks, blocks * op.groups) &&
         kWinogradProducts * rows * channels * size <= kKernelBytes;
}

std::unique_ptr<Kernel> make_convolution_stacked(const KernelStep& step, const Pack& pack) {
  return std::make_unique<StackedImages>(step, pack);
}

}  // namespace ingot::cpu
