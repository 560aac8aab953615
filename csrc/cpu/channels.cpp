// Statistics of channels.
#include "ingot/cpu/channels.h"

#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::cpu {
namespace {

/// Neighbouring elements that a task reads at once.
constexpr int64_t kStretch = 4096;

class ChannelMomentsKernel final : public Kernel {
 public:
  ChannelMomentsKernel(const KernelStep& step, const Pack& pack) : input_(step.inputs[0]), fns_(*pack.channels) {
    channels_ = input_.shape[1];
    plane_ = element_count(Shape(input_.shape.begin() + 2, input_.shape.end()));
  }

  void run(std::span<void* const> operands) const override {
    const void* in = operands[0];
    Ref<Buffer> copy;
    if (!input_.contiguous()) {
      copy = Buffer::allocate(static_cast<size_t>(input_.size()) * sizeof(float));
      copy_window(input_.shape, input_.dtype, in, input_.strides, copy->data(), contiguous_strides(input_.shape));
      in = copy->data();
    }
    const int64_t together = std::max<int64_t>(1, kStretch / plane_);
    parallel_for((channels_ + together - 1) / together, [&](int64_t task) {
      const int64_t first = task * together;
      fns_.moments({in, input_.shape[0], channels_, plane_, first, std::min(together, channels_ - first), operands[1],
                    operands[2]});
    });
  }

 private:
  Tensor input_;
  const ChannelFns& fns_;
  int64_t channels_, plane_;
};

}  // namespace

std::unique_ptr<Kernel> make_channel_moments(const KernelStep& step, const Pack& pack) {
  const Tensor& input = step.inputs[0];
  if (input.dtype != DType::float32 || input.size() == 0) return nullptr;
  return std::make_unique<ChannelMomentsKernel>(step, pack);
}

}  // namespace ingot::cpu
