// The kernel of an operation for which a backend has nothing faster: `Op::compute`, plain loops on the CPU.
#pragma once

#include "ingot/engine/backend.h"

namespace ingot {

class DefaultKernel final : public Kernel {
 public:
  explicit DefaultKernel(const KernelStep& step) : step_(step) {}

  void run(std::span<void* const> operands) const override {
    std::vector<Tensor> inputs = step_.inputs, outputs = step_.outputs;
    for (size_t i = 0; i < inputs.size(); ++i) inputs[i].data = operands[i];
    for (size_t i = 0; i < outputs.size(); ++i) outputs[i].data = operands[inputs.size() + i];
    step_.op->compute(inputs, outputs);
  }

 private:
  KernelStep step_;
};

}  // namespace ingot
