#include "ingot/engine/program_writer.h"

#include <algorithm>

namespace ingot {

namespace {

using Kind = Lowered::Kind;

Strides permuted(const Strides& strides, const Axes& order) {
  Strides out;
  for (int64_t axis : order) out.push_back(strides[static_cast<size_t>(axis)]);
  return out;
}

}  // namespace

ProgramWriter::ProgramWriter(const LoweredGraph& graph, const Group& group) : graph_(graph), group_(group) {
  const auto ndim = static_cast<int64_t>(group.space.size());
  const auto is_reduced = [&](int64_t axis) {
    return std::find(group.reduced.begin(), group.reduced.end(), axis) != group.reduced.end();
  };
  const int64_t last = group.has_reduction && !group.reduced.empty() ? group.reduced.back() : ndim - 1;
  for (int64_t axis = 0; axis <= last; ++axis)
    if (!is_reduced(axis)) order_.push_back(axis);
  step_.outer_axes = static_cast<uint32_t>(order_.size());
  for (int64_t axis : group.reduced) order_.push_back(axis);
  step_.reduced_axes = static_cast<uint32_t>(group.reduced.size());
  for (int64_t axis = last + 1; axis < ndim; ++axis) order_.push_back(axis);
  for (int64_t axis : order_) step_.space.push_back(group.space[static_cast<size_t>(axis)]);
  if (group.kernel != Group::kNone)
    registers_[group.kernel] = load(group.kernel, contiguous_strides(group.space), false);
}

void ProgramWriter::add_member(uint32_t id) {
  const Lowered& v = graph_.values[id];
  const bool reduced = is_reduced_member(graph_, group_, id);
  if (v.kind == Kind::copy) {
    registers_[id] = source(v.inputs[0], id, false);
    return;
  }
  Instr instr{.kind = v.kind == Kind::reduction ? Instr::Kind::reduce : Instr::Kind::pointwise,
              .dtype = compute_dtype(v.spec.dtype),
              .reduced = reduced};
  if (v.kind == Kind::reduction)
    instr.reduce = v.op->reduction().kind;
  else
    instr.opcode = v.op->opcode();
  for (uint32_t input : v.inputs)
    instr.sources[instr.source_count++] = source(input, id, reduced && v.kind != Kind::reduction);
  registers_[id] = push(instr);
}

void ProgramWriter::add_output(uint32_t id) {
  step_.outputs.push_back(
      {graph_.values[id].spec.dtype, permuted(member_strides(graph_, group_, id), order_), registers_.at(id)});
}

uint16_t ProgramWriter::push(const Instr& instr) {
  step_.code.push_back(instr);
  return static_cast<uint16_t>(step_.code.size() - 1);
}

uint16_t ProgramWriter::load(uint32_t input, const Strides& strides, bool reduced) {
  const Lowered& v = graph_.values[input];
  const Instr instr{.kind = Instr::Kind::load,
                    .dtype = compute_dtype(v.spec.dtype),
                    .reduced = reduced,
                    .index = static_cast<uint16_t>(step_.inputs.size())};
  step_.inputs.push_back({v.spec.dtype, strides, 0});
  loaded_.push_back(input);
  return push(instr);
}

/// The register that holds input `input` of member `user`.
uint16_t ProgramWriter::source(uint32_t input, uint32_t user, bool reduced) {
  const Lowered& v = graph_.values[input];
  if (const auto member = registers_.find(v.root); member != registers_.end()) return member->second;
  const Strides strides = permuted(*strides_in_group(graph_, group_, input, user), order_);
  const auto key = std::make_tuple(v.root, v.spec.dtype, v.layout.offset,
                                   std::vector<int64_t>(strides.begin(), strides.end()), reduced);
  if (const auto found = loads_.find(key); found != loads_.end()) return found->second;
  return loads_[key] = load(input, strides, reduced);
}

}  // namespace ingot
