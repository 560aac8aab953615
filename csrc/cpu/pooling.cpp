// Pooling, plane by plane.
#include "ingot/cpu/pooling.h"

#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/pooling_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::cpu {
namespace {

/// Elements that are worth a task.
constexpr int64_t kGrain = 1 << 15;

class Pooling final : public Kernel {
 public:
  /// `lengths` are those of the planes, `counts` the windows along each axis. A gradient goes from windows to planes.
  Pooling(const KernelStep& step, PoolFn pool, bool gradient, const PoolWindows& windows, const Shape& lengths,
          const Shape& counts)
      : step_(step), pool_(pool), gradient_(gradient) {
    plan_.lengths = of_three(lengths, 1);
    plan_.counts = of_three(counts, 1);
    plan_.size = of_three(windows.size, 1);
    plan_.stride = of_three(windows.stride, 1);
    plan_.padding = of_three(windows.padding, 0);
    plan_.dilation = of_three(windows.dilation, 1);
    const Shape& shape = step.outputs[0].shape;
    planes_ = element_count(Shape(shape.begin(), shape.end() - lengths.size()));
    width_ = static_cast<int64_t>(size_of(step.outputs[0].dtype));
  }

  void run(std::span<void* const> operands) const override {
    const auto volume = [](const Triple& lengths) { return lengths[0] * lengths[1] * lengths[2]; };
    const int64_t plane = volume(plan_.lengths), windows = volume(plan_.counts);
    const size_t inputs = step_.inputs.size();
    Ref<Buffer> copies[2];
    const void* dense[2] = {nullptr, nullptr};
    for (size_t i = 0; i < inputs; ++i) dense[i] = packed(i, operands[i], copies[i]);
    const int64_t together = std::max<int64_t>(1, kGrain / std::max<int64_t>(1, plane));
    parallel_for((planes_ + together - 1) / together, [&](int64_t task) {
      const int64_t first = task * together;
      PoolPlanes p = plan_;
      p.planes = std::min(together, planes_ - first);
      const auto at = [&](const void* data, int64_t each) {
        return static_cast<const std::byte*>(data) + first * each * width_;
      };
      if (inputs == 2) {
        p.values = at(dense[0], windows);
        p.in = at(dense[1], plane);
      } else {
        p.in = at(dense[0], gradient_ ? windows : plane);
      }
      p.out = static_cast<std::byte*>(operands[inputs]) + first * (gradient_ ? plane : windows) * width_;
      pool_(p);
    });
  }

 private:
  const void* packed(size_t i, const void* data, Ref<Buffer>& copy) const {
    const Tensor& x = step_.inputs[i];
    if (x.contiguous()) return data;
    copy = Buffer::allocate(static_cast<size_t>(std::max<int64_t>(1, x.size()) * width_));
    copy_window(x.shape, x.dtype, data, x.strides, copy->data(), contiguous_strides(x.shape));
    return copy->data();
  }

  KernelStep step_;
  PoolFn pool_;
  bool gradient_;
  PoolPlanes plan_{};
  int64_t planes_, width_;
};

}  // namespace

std::unique_ptr<Kernel> make_pooling(const KernelStep& step, const Pack& pack) {
  for (const Tensor& input : step.inputs)
    if (input.dtype != DType::float32) return nullptr;
  const Shape &in = step.inputs.back().shape, &out = step.outputs[0].shape;
  const auto spatial = [&](const Shape& shape, size_t axes) { return Shape(shape.end() - axes, shape.end()); };
  const auto make = [&](const auto* op, PoolFn pool, bool gradient) -> std::unique_ptr<Kernel> {
    const size_t axes = op->lengths.size();
    // Planes are what windows move over: the input, or for gradients the result.
    const Shape counts = spatial(gradient ? step.inputs[0].shape : out, axes);
    return std::make_unique<Pooling>(step, pool, gradient, op->windows, spatial(gradient ? out : in, axes), counts);
  };
  if (const auto* op = dynamic_cast<const MaxPool*>(step.op.get())) return make(op, pack.pooling->max, false);
  if (const auto* op = dynamic_cast<const MaxPoolGradient*>(step.op.get()))
    return make(op, pack.pooling->max_gradient, true);
  if (const auto* op = dynamic_cast<const SumPool*>(step.op.get())) return make(op, pack.pooling->sum, false);
  if (const auto* op = dynamic_cast<const SumPoolGradient*>(step.op.get()))
    return make(op, pack.pooling->sum_gradient, true);
  return nullptr;
}

}  // namespace ingot::cpu
