// What a step of a plan is called and what it costs, for people.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "ingot/engine/backend.h"

namespace ingot {

/// What a step was compiled from.
using StepSource = std::variant<FusedStep, KernelStep>;

struct StepInfo {
  /// One line: `fused[multiply+add+exp] float32[64, 256]`, `matmul float32[64, 784] float32[784, 256] -> ...`.
  std::string name;
  /// Arithmetic: one for each pointwise instruction, or step of a reduction, and element; products as in
  /// engine/cost.cpp.
  double flops = 0;
  /// What it must at least read and write: each operand once.
  int64_t bytes = 0;
};

StepInfo info_of(const StepSource& source);
/// Everything: fused steps with one line per instruction.
std::string text_of(const StepSource& source);
/// Arithmetic of a kernel, its epilogue not counted; 0 for those that only move data.
double flops_of(const KernelStep& step);

}  // namespace ingot
