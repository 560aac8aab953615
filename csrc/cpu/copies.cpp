// Operations that only move elements: each is a few copies between strided windows, which the tile interpreter does
// well.
#include <cstring>

#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/place_slice.h"

namespace ingot::cpu {
namespace {

/// Copies of inputs into windows of one output, one after another.
class CopiesKernel final : public Kernel {
 public:
  explicit CopiesKernel(const Pack& pack) : pack_(pack) {}

  /// `to` is a window of the output that begins `offset` elements into it.
  void add(size_t input, const Tensor& from, int64_t offset, const Strides& to) {
    FusedStep step;
    step.space = from.shape;
    step.outer_axes = static_cast<uint32_t>(from.shape.size());
    Instr load{};
    load.kind = Instr::Kind::load;
    load.dtype = from.dtype;
    step.code.push_back(load);
    step.inputs.push_back({from.dtype, from.strides, 0});
    step.outputs.push_back({from.dtype, to, 0});
    parts_.push_back({compile_fused(step, pack_), input, offset * static_cast<int64_t>(size_of(from.dtype))});
  }

  /// Begins with zeros, `bytes` of them.
  void clear_first(size_t bytes) { cleared_ = bytes; }

  void run(std::span<void* const> operands) const override {
    if (cleared_) std::memset(operands.back(), 0, cleared_);
    for (const Part& part : parts_) {
      void* const pair[] = {operands[part.input], static_cast<std::byte*>(operands.back()) + part.offset};
      part.copy->run(pair);
    }
  }

 private:
  struct Part {
    std::unique_ptr<Kernel> copy;
    size_t input;
    int64_t offset;
  };
  const Pack& pack_;
  std::vector<Part> parts_;
  size_t cleared_ = 0;
};

}  // namespace

std::unique_ptr<Kernel> make_copy(const KernelStep& step, const Pack& pack) {
  auto kernel = std::make_unique<CopiesKernel>(pack);
  kernel->add(0, step.inputs[0], 0, step.outputs[0].strides);
  return kernel;
}

std::unique_ptr<Kernel> make_concatenate(const KernelStep& step, const Pack& pack) {
  const auto axis = static_cast<size_t>(static_cast<const Concatenate&>(*step.op).axis);
  const Strides& strides = step.outputs[0].strides;
  auto kernel = std::make_unique<CopiesKernel>(pack);
  int64_t position = 0;
  for (size_t i = 0; i < step.inputs.size(); ++i) {
    kernel->add(i, step.inputs[i], position * strides[axis], strides);
    position += step.inputs[i].shape[axis];
  }
  return kernel;
}

std::unique_ptr<Kernel> make_place_slice(const KernelStep& step, const Pack& pack) {
  const auto& op = static_cast<const PlaceSlice&>(*step.op);
  const Tensor& out = step.outputs[0];
  Strides stepped = out.strides;
  int64_t offset = 0;
  for (size_t axis = 0; axis < stepped.size(); ++axis) {
    offset += op.start[axis] * stepped[axis];
    stepped[axis] *= op.step[axis];
  }
  auto kernel = std::make_unique<CopiesKernel>(pack);
  kernel->clear_first(static_cast<size_t>(out.size()) * size_of(out.dtype));
  if (step.inputs[0].size() > 0) kernel->add(0, step.inputs[0], offset, stepped);
  return kernel;
}

std::unique_ptr<Kernel> make_slice_update(const KernelStep& step, const Pack& pack) {
  const auto& op = static_cast<const SliceUpdate&>(*step.op);
  const Strides& strides = step.outputs[0].strides;
  auto kernel = std::make_unique<CopiesKernel>(pack);
  kernel->add(0, step.inputs[0], 0, strides);
  Strides stepped = strides;
  int64_t offset = 0;
  for (size_t axis = 0; axis < strides.size(); ++axis) {
    offset += op.start[axis] * strides[axis];
    stepped[axis] *= op.step[axis];
  }
  if (step.inputs[1].size() > 0) kernel->add(1, step.inputs[1], offset, stepped);
  return kernel;
}

}  // namespace ingot::cpu
