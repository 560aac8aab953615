// Writes a group of the lowered graph out as a program.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "ingot/engine/fuse.h"

namespace ingot {

class ProgramWriter {
 public:
  /// With a kernel in the group, input 0 is its result.
  ProgramWriter(const LoweredGraph& graph, const Group& group);

  void add_member(uint32_t id);
  void add_output(uint32_t id);
  /// Values that the program loads, in the order of the step's inputs.
  const std::vector<uint32_t>& loaded() const { return loaded_; }
  FusedStep take() { return std::move(step_); }

 private:
  uint16_t push(const Instr& instr);
  uint16_t load(uint32_t input, const Strides& strides, bool reduced);
  uint16_t source(uint32_t input, uint32_t user, bool reduced);

  const LoweredGraph& graph_;
  const Group& group_;
  /// The group's axes in the order of the step's space: outer, reduced, inner.
  Axes order_;
  FusedStep step_;
  std::vector<uint32_t> loaded_;
  std::map<uint32_t, uint16_t> registers_;
  std::map<std::tuple<uint32_t, DType, int64_t, std::vector<int64_t>, bool>, uint16_t> loads_;
};

}  // namespace ingot
