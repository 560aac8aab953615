// Fused steps on the CPU: the tile interpreter.
#pragma once

#include <memory>
#include <span>

#include "ingot/cpu/pack.h"
#include "ingot/engine/backend.h"

namespace ingot::cpu {

/// A kernel that runs the step tile by tile: each instruction is one call of a pack's function over a tile that stays
/// in the first-level cache. Throws TypeError if the pack lacks a function for it.
std::unique_ptr<Kernel> compile_fused(const FusedStep& step, const Pack& pack);

struct EpilogueProgram;

/// `KernelStep::epilogue` for a kernel that makes its result window by window: run on each window while it is in the
/// cache.
class Epilogue {
 public:
  /// The first `matrix_axes` axes of the step's space choose a matrix, the next `row_axes` are its rows, and the others
  /// its columns.
  Epilogue(const FusedStep& step, const Pack& pack, uint32_t matrix_axes, uint32_t row_axes);
  ~Epilogue();
  Epilogue(Epilogue&&) noexcept;

  /// True if all operands are dense, or constant: whole rows are then best.
  bool streams() const;
  /// The one of `others` (as for `run`) that keeps the kernel's result as it is: the kernel may put it there itself, all
  /// of it row-major. Null if there is none.
  void* result_itself(std::span<void* const> others) const;

  struct Window {
    int64_t matrix, row, column, rows, columns;
  };
  /// `result` holds the kernel's result for the window, its rows `row_stride` elements apart, in the dtype in which it
  /// was computed (that of register 0 of the program). `others` are the
  /// addresses of the program's inputs from 1 on, then of its outputs. Any number of threads may run disjoint windows.
  void run(const Window& window, const void* result, int64_t row_stride, std::span<void* const> others) const;

 private:
  std::unique_ptr<EpilogueProgram> program_;
};

}  // namespace ingot::cpu
