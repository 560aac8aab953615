// Builds a Plan: lower, fuse, order, lay out memory.
#pragma once

#include <map>
#include <vector>

#include "ingot/engine/fuse.h"
#include "ingot/engine/plan.h"

namespace ingot {

class PlanBuilder {
 public:
  PlanBuilder(Plan& plan, const Capture& capture, const Backend& backend);
  void build();

 private:
  void choose_outputs();
  void mark_stored();
  std::vector<uint32_t> ordered_groups() const;
  uint32_t slot_of(uint32_t root);
  void add_kernel_step(const Group& group);
  void add_fused_step(const Group& group);
  void plan_memory();

  Plan& plan_;
  const Capture& capture_;
  const Backend& backend_;
  LoweredGraph graph_;
  Fusion fusion_;
  std::vector<bool> stored_;                   // by value: its group writes it to memory
  std::vector<uint32_t> slots_;                // by value: its slot, or kNone
  std::vector<uint32_t> output_ids_;           // by plan output: its value
  std::vector<std::vector<Strides>> strides_;  // by step: of each operand of a fused step, else empty
};

}  // namespace ingot
