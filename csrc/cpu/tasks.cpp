// Operations whose default kernel falls into tasks: the same tasks, on all threads.
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/tasked_op.h"

namespace ingot::cpu {
namespace {

class TaskedKernel final : public Kernel {
 public:
  explicit TaskedKernel(const KernelStep& step) : step_(step), work_(dynamic_cast<const TaskedOp&>(*step.op)) {}

  void run(std::span<void* const> operands) const override {
    std::vector<Tensor> inputs = step_.inputs, outputs = step_.outputs;
    for (size_t i = 0; i < inputs.size(); ++i) inputs[i].data = operands[i];
    for (size_t i = 0; i < outputs.size(); ++i) outputs[i].data = operands[inputs.size() + i];
    parallel_for(work_.tasks(inputs, outputs), [&](int64_t task) { work_.run_task(inputs, outputs, task); });
  }

 private:
  KernelStep step_;
  const TaskedOp& work_;
};

}  // namespace

std::unique_ptr<Kernel> make_tasked(const KernelStep& step, const Pack&) {
  return std::make_unique<TaskedKernel>(step);
}

}  // namespace ingot::cpu
