// Builds a Plan: lower, fuse, order, lay out memory.
#pragma once

#include <vector>

#include "ingot/engine/fuse.h"
#include "ingot/engine/plan.h"
#include "ingot/engine/release_order.h"

namespace ingot {

class PlanBuilder {
 public:
  PlanBuilder(Plan& plan, const Capture& capture, const Backend& backend);
  void build();

 private:
  void choose_outputs();
  void mark_stored();
  std::vector<uint32_t> ordered_groups() const;
  std::vector<GroupMemory> memory_of_groups() const;
  uint32_t slot_of(uint32_t root);
  void add_reuse_edges(std::vector<std::vector<uint32_t>>& sources) const;
  void add_kernel_step(const Group& group);
  void add_fused_step(const Group& group);
  void add_operand(Plan::Step& step, uint32_t id);
  /// The program of a group, whose operands it adds to the step.
  FusedStep add_program(const Group& group, Plan::Step& step, std::vector<Strides>& strides);

  // ---- plan_memory.cpp ----

  /// Output `output` of step `step` may take the memory of slot `input`.
  struct Reuse {
    uint32_t step, input, output;
  };
  void plan_memory();
  std::vector<uint32_t> last_steps() const;
  bool may_overwrite(uint32_t step, uint32_t slot, uint32_t output) const;
  std::vector<Reuse> find_reuse(const std::vector<uint32_t>& last_step) const;
  void place_storages(const std::vector<Reuse>& reuses, const std::vector<uint32_t>& last_step);

  /// One value's memory, before values that follow one another are put in one place.
  using Slot = Plan::Storage;
  using Place = Slot::Place;

  Plan& plan_;
  const Capture& capture_;
  const Backend& backend_;
  LoweredGraph graph_;
  Fusion fusion_;
  std::vector<bool> stored_;  // by value: its group writes it to memory
  std::vector<Slot> slots_;
  std::vector<uint32_t> slot_of_value_;        // by value, or kNone
  std::vector<uint32_t> output_ids_;           // by plan output: its value
  std::vector<std::vector<Strides>> strides_;  // by step: of each operand, for the results of a program; else empty
};

}  // namespace ingot
