// A schedule: the steps that compute some values from some leaves, and when each piece of memory begins and ends.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ingot/engine/backend.h"
#include "ingot/engine/capture.h"
#include "ingot/engine/step_info.h"

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

  /// One line per step (fused steps: one per instruction).
  std::string describe() const;
  /// One line per step: what was fused, shapes, bytes and arithmetic.
  std::string summary() const;

 private:
  static constexpr uint32_t kNone = ~0u;

  /// A piece of memory. Values that follow one another in place share it.
  struct Storage {
    enum class Place : uint8_t {
      leaf,      ///< given from outside: leaf `leaf`
      constant,  ///< known to the plan
      arena,     ///< at `offset` of the memory that a run takes for all temporaries
      result,    ///< a buffer of its own, because it outlives the run
    };
    Place place = Place::arena;
    uint32_t leaf = kNone;
    size_t element_bytes = 1;
    size_t bytes = 0;
    size_t offset = 0;
    Value constant;

    /// The value that lies there before the run begins, or null.
    const Value* given(std::span<const Value* const> leaves) const {
      return place == Place::leaf ? leaves[leaf] : place == Place::constant ? &constant : nullptr;
    }
  };
  struct Operand {
    uint32_t storage;
    int64_t offset;  ///< in bytes
  };
  /// A step whose output may take the memory of a leaf, which it is the last to read.
  struct Takeover {
    uint32_t leaf;
    uint32_t storage;
  };
  struct Step {
    std::unique_ptr<Kernel> kernel;
    std::vector<Operand> operands;  ///< inputs, then outputs
    uint32_t input_count;
    std::vector<Takeover> takeovers;
    std::vector<uint32_t> begins;  ///< results that it is the first to write
    StepSource source;
    mutable std::shared_ptr<const StepInfo> info;  ///< made when first asked for, by whoever runs the plan
  };
  /// Where a result lies.
  struct Window {
    uint32_t storage;
    size_t element_bytes;  ///< not the storage's where a view sees its bytes as another dtype
    Layout layout;

    Value on(const Ref<Buffer>& buffer, int64_t start) const;
  };

  friend class PlanBuilder;

  static void run_profiled(const Step& step, std::span<void* const> operands);

  std::vector<Storage> storages_;
  size_t arena_bytes_ = 0;
  std::vector<Step> steps_;
  std::vector<Output> outputs_;
  std::vector<Window> windows_;  ///< one per output
};

}  // namespace ingot
