// Which kernel convolves: packed vectors for float32 and float64, the same in float32 for the half types, the default
// loops for all others and for images that vanish in their padding.
#include "ingot/cpu/convolution.h"

#include <algorithm>
#include <optional>

#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/ops/convolution_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::cpu {

std::unique_ptr<Kernel> make_convolution_product(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_convolution_weight(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_winograd_convolution(const KernelStep& step, const Pack& pack);
bool winograd_pays(const KernelStep& step);
std::unique_ptr<Kernel> make_convolution_stacked(const KernelStep& step, const Pack& pack);
bool stacked_pays(const KernelStep& step, const Pack& pack);
/// Null where it does not pay.
std::unique_ptr<Kernel> make_convolution_lines(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_depthwise(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_depthwise_weight(const KernelStep& step, const Pack& pack);
bool depthwise_pays(const KernelStep& step);
std::unique_ptr<Kernel> make_convolution_pixels(const KernelStep& step, const Pack& pack);
bool pixels_pay(const KernelStep& step, const Pack& pack);

namespace {

/// True if almost all that native kernels would copy is padding: there may be more of it than memory can hold, or than
/// can be counted. The default loops never see it.
bool is_mostly_padding(const KernelStep& step) {
  constexpr double kLittle = 1 << 24, kMost = 16;
  const auto& op = static_cast<const Convolution&>(*step.op);
  const auto lengths = [&](ConvolutionArray which) {
    return of_three(std::span<const int64_t>(op.array(which, step.inputs, step.outputs[0]).shape).subspan(2), 1);
  };
  const Triple input = lengths(ConvolutionArray::input), kernel = lengths(ConvolutionArray::weight),
               output = lengths(ConvolutionArray::output), stride = of_three(op.stride, 1),
               dilation = of_three(op.dilation, 1);
  double inside = 1, copied = 1;
  for (size_t axis = 0; axis < 3; ++axis) {
    inside *= static_cast<double>(input[axis]);
    copied *= static_cast<double>(std::max<int64_t>(0, output[axis] - 1) * stride[axis] +
                                  dilation[axis] * (kernel[axis] - 1) + 1);
  }
  return copied > std::max(kLittle, kMost * inside);
}

size_t bytes_of(const Tensor& x) { return std::max<size_t>(1, static_cast<size_t>(x.size()) * size_of(x.dtype)); }

/// The default loops, and the epilogue, if there is one, on what they give.
class PlainConvolution final : public Kernel {
 public:
  PlainConvolution(const KernelStep& step, const Pack& pack) : step_(step) {
    if (step.epilogue) epilogue_.emplace(*step.epilogue, pack, 1, 1);
  }

  void run(std::span<void* const> operands) const override {
    std::vector<Tensor> inputs = step_.inputs, outputs = step_.outputs;
    for (size_t i = 0; i < inputs.size(); ++i) inputs[i].data = operands[i];
    if (!epilogue_) {
      outputs[0].data = operands.back();
      return step_.op->compute(inputs, outputs);
    }
    const Ref<Buffer> result = Buffer::allocate(bytes_of(outputs[0]));
    outputs[0].data = result->data();
    step_.op->compute(inputs, outputs);
    const Shape& shape = outputs[0].shape;
    if (outputs[0].size() == 0) return;
    const int64_t plane = outputs[0].size() / (shape[0] * shape[1]);
    for (int64_t n = 0; n < shape[0]; ++n)
      epilogue_->run({n, 0, 0, shape[1], plane},
                     outputs[0].as<std::byte>() + static_cast<size_t>(n * shape[1] * plane) * size_of(outputs[0].dtype),
                     plane, operands.subspan(inputs.size()));
  }

 private:
  KernelStep step_;
  std::optional<Epilogue> epilogue_;
};

std::unique_ptr<Kernel> make_native(const KernelStep& step, const Pack& pack) {
  const auto& op = static_cast<const Convolution&>(*step.op);
  const bool weight = op.computes == ConvolutionArray::weight;
  if (is_mostly_padding(step)) return std::make_unique<PlainConvolution>(step, pack);
  if (depthwise_pays(step)) return weight ? make_depthwise_weight(step, pack) : make_depthwise(step, pack);
  if (weight) return make_convolution_weight(step, pack);
  if (winograd_pays(step)) return make_winograd_convolution(step, pack);
  if (stacked_pays(step, pack)) return make_convolution_stacked(step, pack);
  if (auto lines = make_convolution_lines(step, pack)) return lines;
  return pixels_pay(step, pack) ? make_convolution_pixels(step, pack) : make_convolution_product(step, pack);
}

/// A kernel on float32 between conversions from and to a half type.
class WidenedConvolution final : public Kernel {
 public:
  WidenedConvolution(const KernelStep& step, const Pack& pack) : step_(step), pack_(pack) {
    KernelStep wide = step;
    for (Tensor& input : wide.inputs) input = widened(input);
    for (Tensor& output : wide.outputs) output = widened(output);
    if (wide.epilogue) wide.epilogue->inputs[0].dtype = wide.outputs[0].dtype;
    kernel_ = make_native(wide, pack);
  }

  void run(std::span<void* const> operands) const override {
    std::vector<Ref<Buffer>> wide;
    std::vector<void*> all(operands.begin(), operands.end());
    for (size_t i = 0; i < step_.inputs.size(); ++i) {
      const Tensor& input = step_.inputs[i];
      const Tensor target = widened(input);
      wide.push_back(Buffer::allocate(bytes_of(target)));
      const void* packed = operands[i];
      Ref<Buffer> copy;
      if (!input.contiguous()) {
        copy = Buffer::allocate(bytes_of(input));
        copy_window(input.shape, input.dtype, operands[i], input.strides, copy->data(), target.strides);
        packed = copy->data();
      }
      cast(input.dtype, target.dtype)(wide.back()->data(), packed, input.size());
      all[i] = wide.back()->data();
    }
    if (step_.epilogue) return kernel_->run(all);
    const Tensor& output = step_.outputs[0];
    wide.push_back(Buffer::allocate(bytes_of(widened(output))));
    all.back() = wide.back()->data();
    kernel_->run(all);
    cast(compute_dtype(output.dtype), output.dtype)(operands.back(), all.back(), output.size());
  }

 private:
  static Tensor widened(const Tensor& x) {
    return {nullptr, compute_dtype(x.dtype), x.shape, contiguous_strides(x.shape)};
  }
  CastFn cast(DType from, DType to) const { return pack_.cast[static_cast<int>(from)][static_cast<int>(to)]; }

  KernelStep step_;
  const Pack& pack_;
  std::unique_ptr<Kernel> kernel_;
};

}  // namespace

std::unique_ptr<Kernel> make_convolution(const KernelStep& step, const Pack& pack) {
  const DType dtype = step.outputs[0].dtype;
  if (dtype == DType::float32 || dtype == DType::float64) return make_native(step, pack);
  if (compute_dtype(dtype) == DType::float32) return std::make_unique<WidenedConvolution>(step, pack);
  return step.epilogue ? std::make_unique<PlainConvolution>(step, pack) : nullptr;
}

}  // namespace ingot::cpu
