// Work that falls into independent tasks, so that a backend with threads needs no kernel of its own for it.
#pragma once

#include <cstdint>
#include <span>

#include "ingot/graph/value.h"

namespace ingot {

/// Mixed into an operation whose default kernel is a loop over tasks that write to different places, in any order. What
/// a task is depends on the operands alone, so results do not depend on who runs it.
class TaskedOp {
 public:
  /// Elements that one task should go through, at least: less is not worth another thread.
  static constexpr int64_t kGrain = 1 << 15;

  virtual int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const = 0;
  virtual void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const = 0;

 protected:
  ~TaskedOp() = default;
  /// The default kernel: one task after the other.
  void run_tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const;
};

}  // namespace ingot
