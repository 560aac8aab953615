// Attention: heads and blocks of queries are independent of each other in the forward, heads in the backward.
#include "ingot/cpu/attention_fns.h"

#include <algorithm>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/attention_op.h"

namespace ingot::cpu {
namespace {

/// HeadMatrices in the leading axes of an operand, one for each head.
class HeadMatrices {
 public:
  HeadMatrices() = default;
  /// `head_axes`: so many axes of the leading ones follow the rows (see AttentionForm).
  HeadMatrices(const Tensor& tensor, int64_t head_axes) : size_(static_cast<int64_t>(size_of(tensor.dtype))) {
    const size_t leading = tensor.shape.size() - 2, rows = leading - static_cast<size_t>(head_axes);
    for (size_t axis = 0; axis + 1 < tensor.shape.size(); ++axis) {
      if (axis == rows) continue;
      shape_.push_back(tensor.shape[axis]);
      strides_.push_back(tensor.strides[axis]);
    }
    window_ = {tensor.strides[rows], tensor.strides[leading + 1]};
  }

  MatrixView of(void* data, int64_t head) const {
    int64_t offset = 0;
    for (size_t axis = shape_.size(); axis-- > 0;) {
      offset += head % shape_[axis] * strides_[axis];
      head /= shape_[axis];
    }
    return {static_cast<std::byte*>(data) + offset * size_, window_};
  }

 private:
  Shape shape_;
  Strides strides_;
  Window window_{};
  int64_t size_ = 1;
};

/// What forward and backward have in common.
class AttentionKernel : public Kernel {
 protected:
  AttentionKernel(const KernelStep& step, const Pack& pack, const AttentionForm& form)
      : form_(form),
        dtype_(step.inputs[0].dtype),
        fns_(dtype_ == DType::float64 ? pack.attention->float64 : pack.attention->float32) {
    const Tensor &query = step.inputs[0], &value = step.inputs[2];
    for (size_t i = 0; i < (form.masked ? 4 : 3); ++i) inputs_.emplace_back(step.inputs[i], 0);
    heads_ = element_count(Shape(query.shape.begin(), query.shape.end() - 2));
    head_.bool_mask = form.masked && is_bool(step.inputs[3].dtype);
    head_.causal = form.causal;
    head_.scale = form.scale;
    head_.queries = query.shape[query.shape.size() - 2];
    head_.depth = query.shape.back();
    head_.keys = value.shape[value.shape.size() - 2];
    head_.width = value.shape.back();
    head_.gemm = pack.gemm[static_cast<int>(dtype_)];
  }

  AttentionHead head(std::span<void* const> operands, int64_t number) const {
    AttentionHead head = head_;
    head.query = inputs_[0].of(operands[0], number);
    head.key = inputs_[1].of(operands[1], number);
    head.value = inputs_[2].of(operands[2], number);
    if (form_.masked) head.mask = inputs_[3].of(operands[3], number);
    head.workspace = scratch(Scratch::packed, attention_workspace(head_, size_of(dtype_)));
    return head;
  }

  AttentionForm form_;
  DType dtype_;
  const TypedAttentionFns& fns_;
  std::vector<HeadMatrices> inputs_;
  int64_t heads_ = 1;
  AttentionHead head_;
};

class ForwardKernel final : public AttentionKernel {
 public:
  ForwardKernel(const KernelStep& step, const Pack& pack)
      : AttentionKernel(step, pack, static_cast<const Attention&>(*step.op).form),
        result_(step.outputs[0], form_.head_axes) {}

  void run(std::span<void* const> operands) const override {
    void *const result = operands[inputs_.size()], *const norm = operands[inputs_.size() + 1];
    // Long sequences in tasks of many blocks, which read the keys together; short ones block by block.
    const int64_t most = block_queries(head_) * (head_.queries >= 1024 ? kMostBlocks : 1);
    const int64_t blocks = (head_.queries + most - 1) / most;
    parallel_for(heads_ * blocks, [&](int64_t task) {
      const int64_t number = task / blocks, first = task % blocks * most;
      const AttentionForward args{
          head(operands, number), result_.of(result, number),
          static_cast<std::byte*>(norm) + number * head_.queries * static_cast<int64_t>(size_of(dtype_)), first,
          std::min(most, head_.queries - first)};
      fns_.forward(args);
    });
  }

 private:
  HeadMatrices result_;
};

class BackwardKernel final : public AttentionKernel {
 public:
  BackwardKernel(const KernelStep& step, const Pack& pack)
      : AttentionKernel(step, pack, static_cast<const AttentionGradient&>(*step.op).form) {
    const size_t first = inputs_.size();
    result_ = HeadMatrices(step.inputs[first], form_.head_axes);
    cotangent_ = HeadMatrices(step.inputs[first + 2], form_.head_axes);
    Tensor norm = step.inputs[first + 1];
    norm.shape.push_back(1);
    norm.strides.push_back(0);
    norm_ = HeadMatrices(norm, 0);
    for (const Tensor& output : step.outputs) outputs_.emplace_back(output, form_.head_axes);
  }

  void run(std::span<void* const> operands) const override {
    const size_t first = inputs_.size();
    parallel_for(heads_, [&](int64_t number) {
      const AttentionBackward args{head(operands, number),
                                   result_.of(operands[first], number),
                                   cotangent_.of(operands[first + 2], number),
                                   norm_.of(operands[first + 1], number),
                                   outputs_[0].of(operands[first + 3], number),
                                   outputs_[1].of(operands[first + 4], number),
                                   outputs_[2].of(operands[first + 5], number)};
      fns_.backward(args);
    });
  }

 private:
  HeadMatrices result_, cotangent_, norm_;
  std::vector<HeadMatrices> outputs_;
};

}  // namespace

std::unique_ptr<Kernel> make_attention(const KernelStep& step, const Pack& pack) {
  return std::make_unique<ForwardKernel>(step, pack);
}

std::unique_ptr<Kernel> make_attention_gradient(const KernelStep& step, const Pack& pack) {
  return std::make_unique<BackwardKernel>(step, pack);
}

}  // namespace ingot::cpu
