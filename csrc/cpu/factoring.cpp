// Decompositions whose work is done by functions of the pack.
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::cpu {
namespace {

class FactoringKernel final : public Kernel {
 public:
  FactoringKernel(const KernelStep& step, const Pack& pack)
      : step_(step),
        op_(dynamic_cast<const linalg::FactoringOp&>(*step.op)),
        fns_(pack.matrices ? *pack.matrices : linalg::plain_matrix_fns()) {}

  void run(std::span<void* const> operands) const override {
    std::vector<Tensor> inputs = step_.inputs, outputs = step_.outputs;
    for (size_t i = 0; i < inputs.size(); ++i) inputs[i].data = operands[i];
    for (size_t i = 0; i < outputs.size(); ++i) outputs[i].data = operands[inputs.size() + i];
    parallel_for(op_.tasks(inputs, outputs), [&](int64_t task) { op_.run_task(inputs, outputs, task, fns_); });
  }

 private:
  KernelStep step_;
  const linalg::FactoringOp& op_;
  const linalg::MatrixFns& fns_;
};

}  // namespace

std::unique_ptr<Kernel> make_factoring(const KernelStep& step, const Pack& pack) {
  return std::make_unique<FactoringKernel>(step, pack);
}

}  // namespace ingot::cpu
