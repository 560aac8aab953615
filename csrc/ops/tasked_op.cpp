#include "ingot/ops/tasked_op.h"

#include "ingot/engine/lock.h"

namespace ingot {

void TaskedOp::run_tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const int64_t count = tasks(inputs, outputs);
  for (int64_t task = 0; task < count; ++task) {
    run_task(inputs, outputs, task);
    poll_interrupt();
  }
}

}  // namespace ingot
