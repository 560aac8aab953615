// A schedule: the steps that compute some values from some leaves, and when each piece of memory begins and ends.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ingot/engine/backend.h"
#include "ingot/engine/capture.h"

namespace ingot {

/// Made once for a structure (`Capture::key`), run any number of times on different leaves.
class Plan {
 public:
  Plan(const Capture& capture, const Backend& backend);

  /// Computes the values of the nodes in `outputs()`, in that order. `expendable[i]` lets the plan overwrite the memory
  /// of leaf `i` once it has read it for the last time; `overwritten` lists leaves for which it did so before an
  /// exception. Throws what kernels throw, or Interrupted.
  std::vector<Value> run(std::span<const Value* const> leaves, const std::vector<bool>& expendable,
                         std::vector<uint32_t>& overwritten) const;

  /// A value that the plan computes for a captured node; for a tuple node one entry per result.
  struct Output {
    uint32_t node;
    uint32_t result;
  };
  const std::vector<Output>& outputs() const noexcept { return outputs_; }

  size_t step_count() const noexcept { return steps_.size(); }
  /// One line per step (fused steps: one per instruction).
  std::string describe() const;

 private:
  static constexpr uint32_t kNone = ~0u;

  /// A piece of memory with one writer.
  struct Slot {
    size_t bytes = 0;
    size_t element_bytes = 1;
    uint32_t leaf = kNone;  ///< given from outside
    Value constant;         ///< known to the plan
  };
  struct Operand {
    uint32_t slot;
    int64_t offset;  ///< in bytes
  };
  /// Output `output` of a step may take the memory of input `input`, whose last reader this step is.
  struct Reuse {
    uint32_t input;
    uint32_t output;
  };
  struct Step {
    std::unique_ptr<Kernel> kernel;
    std::vector<Operand> operands;  ///< inputs, then outputs
    uint32_t input_count;
    std::vector<Reuse> reuse;
    std::vector<uint32_t> last_use;  ///< slots that end after this step
    std::string text;
  };
  /// Where a result lies.
  struct Window {
    uint32_t slot;
    Layout layout;
  };

  friend class PlanBuilder;

  std::vector<Slot> slots_;
  std::vector<Step> steps_;
  std::vector<Output> outputs_;
  std::vector<Window> windows_;  ///< one per output
};

}  // namespace ingot
