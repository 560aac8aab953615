// The one interface between the engine and the backends: a backend turns a step into something that runs.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ingot/engine/program.h"
#include "ingot/graph/op.h"

namespace ingot {

/// A node that runs a kernel of its own. `inputs` and `outputs` say dtype, shape and strides; their `data` is null.
/// Outputs are contiguous; inputs may have any strides.
struct KernelStep {
  OpRef op;
  std::vector<Tensor> inputs;
  std::vector<Tensor> outputs;
  /// What is done to the one result before it reaches memory: a program over its shape, of pointwise instructions, whose
  /// input 0 is the result. The operands are then the inputs of `op`, the program's inputs from 1 on, and the program's
  /// outputs; the result is in memory only if the program stores it.
  std::optional<FusedStep> epilogue = {};
};

/// A step made ready to run, any number of times.
class Kernel {
 public:
  virtual ~Kernel() = default;
  /// `operands` holds the address of the first element of each input, then of each output. For a fused step an output
  /// may have the address of an input of equal strides and dtype size (it is updated in place). Several threads may
  /// run one kernel at once.
  virtual void run(std::span<void* const> operands) const = 0;
};

/// Runs steps. There is one object per backend. Steps are compiled under the graph lock; plans run without it.
class Backend {
 public:
  /// What the engine may put into a step for this backend.
  struct Traits {
    bool fuses = false;       ///< accepts `FusedStep`s of more than one pointwise instruction, and reductions inside
    int64_t longest_row = 0;  ///< most elements along the reduced axes if their result is used in the same step
    uint32_t most_instructions = 1;  ///< in one fused step
  };

  virtual ~Backend() = default;
  virtual const char* name() const = 0;
  virtual Traits traits() const = 0;
  /// For an operation with Lowering::expand: true if this backend prefers a kernel of its own over the expansion.
  virtual bool has_kernel(const Op& op) const = 0;
  /// True if the kernel of this operation can do a `KernelStep::epilogue`.
  virtual bool takes_epilogue(const Op& op) const = 0;
  virtual std::unique_ptr<Kernel> compile(const FusedStep& step) const = 0;
  virtual std::unique_ptr<Kernel> compile(const KernelStep& step) const = 0;
};

/// The backend that runs `device`: chosen once per process; `INGOT_BACKEND=reference` makes it the oracle of the tests.
const Backend& backend_for(Device device);

/// Each backend's one object (csrc/cpu, csrc/reference).
const Backend& cpu_backend();
const Backend& reference_backend();

}  // namespace ingot
