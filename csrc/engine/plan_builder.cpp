#include "ingot/engine/plan_builder.h"

#include <algorithm>
#include <sstream>
#include <tuple>

namespace ingot {

namespace {

using Kind = Lowered::Kind;

Strides permuted(const Strides& strides, const Axes& order) {
  Strides out;
  for (int64_t axis : order) out.push_back(strides[static_cast<size_t>(axis)]);
  return out;
}

/// The order of the group's axes in a step's space (outer, reduced, inner), and how many are outer and reduced.
struct SpaceOrder {
  Axes order;
  uint32_t outer = 0;
  uint32_t reduced = 0;

  explicit SpaceOrder(const Group& group) {
    const auto ndim = static_cast<int64_t>(group.space.size());
    const auto is_reduced = [&](int64_t axis) {
      return std::find(group.reduced.begin(), group.reduced.end(), axis) != group.reduced.end();
    };
    const int64_t last = group.has_reduction && !group.reduced.empty() ? group.reduced.back() : ndim - 1;
    for (int64_t axis = 0; axis <= last; ++axis)
      if (!is_reduced(axis)) order.push_back(axis);
    outer = static_cast<uint32_t>(order.size());
    for (int64_t axis : group.reduced) order.push_back(axis);
    reduced = static_cast<uint32_t>(group.reduced.size());
    for (int64_t axis = last + 1; axis < ndim; ++axis) order.push_back(axis);
  }
};

/// Writes a group out as a program.
class ProgramWriter {
 public:
  ProgramWriter(const LoweredGraph& graph, const Group& group) : graph_(graph), group_(group), order_(group) {
    for (int64_t axis : order_.order) step_.space.push_back(group.space[static_cast<size_t>(axis)]);
    step_.outer_axes = order_.outer;
    step_.reduced_axes = order_.reduced;
  }

  /// Values that the program loads, in the order of the step's inputs.
  const std::vector<uint32_t>& loaded() const { return loaded_; }

  void add_member(uint32_t id) {
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

  void add_output(uint32_t id) {
    step_.outputs.push_back(
        {graph_.values[id].spec.dtype, permuted(member_strides(graph_, group_, id), order_.order), registers_.at(id)});
  }

  FusedStep take() { return std::move(step_); }

 private:
  uint16_t push(const Instr& instr) {
    step_.code.push_back(instr);
    return static_cast<uint16_t>(step_.code.size() - 1);
  }

  /// The register that holds input `input` of member `user`.
  uint16_t source(uint32_t input, uint32_t user, bool reduced) {
    if (const auto member = registers_.find(graph_.values[input].root); member != registers_.end())
      return member->second;
    const Strides strides = permuted(*strides_in_group(graph_, group_, input, user), order_.order);
    const Lowered& v = graph_.values[input];
    const auto key =
        std::make_tuple(v.root, v.layout.offset, std::vector<int64_t>(strides.begin(), strides.end()), reduced);
    if (const auto load = loads_.find(key); load != loads_.end()) return load->second;
    const Instr instr{.kind = Instr::Kind::load,
                      .dtype = compute_dtype(v.spec.dtype),
                      .reduced = reduced,
                      .index = static_cast<uint16_t>(step_.inputs.size())};
    step_.inputs.push_back({v.spec.dtype, strides, 0});
    loaded_.push_back(input);
    return loads_[key] = push(instr);
  }

  const LoweredGraph& graph_;
  const Group& group_;
  SpaceOrder order_;
  FusedStep step_;
  std::vector<uint32_t> loaded_;
  std::map<uint32_t, uint16_t> registers_;
  std::map<std::tuple<uint32_t, int64_t, std::vector<int64_t>, bool>, uint16_t> loads_;
};

}  // namespace

PlanBuilder::PlanBuilder(Plan& plan, const Capture& capture, const Backend& backend)
    : plan_(plan),
      capture_(capture),
      backend_(backend),
      graph_(lower(capture, backend)),
      fusion_(fuse(graph_, backend.traits())) {
  stored_.assign(graph_.values.size(), false);
  slots_.assign(graph_.values.size(), Plan::kNone);
}

void PlanBuilder::build() {
  mark_stored();
  choose_outputs();
  for (uint32_t g : ordered_groups()) {
    const Group& group = fusion_.groups[g];
    if (graph_.values[group.members[0]].kind == Kind::kernel)
      add_kernel_step(group);
    else
      add_fused_step(group);
  }
  for (uint32_t id : output_ids_) {
    const Lowered& v = graph_.values[id];
    plan_.windows_.push_back({slot_of(v.root), v.layout});
  }
  plan_memory();
}

void PlanBuilder::mark_stored() {
  for (uint32_t id = 0; id < graph_.values.size(); ++id) {
    const Lowered& v = graph_.values[id];
    if (v.kind == Kind::kernel || v.kind == Kind::result) stored_[id] = true;
    if (v.kind == Kind::view || v.kind == Kind::result) continue;
    for (uint32_t input : v.inputs) {
      const uint32_t root = graph_.values[input].root;
      if (fusion_.group_of[root] != fusion_.group_of[id]) stored_[root] = true;
    }
  }
  for (uint32_t id = 0; id < graph_.values.size(); ++id)
    if (graph_.wanted[id]) stored_[id] = true;
}

void PlanBuilder::choose_outputs() {
  for (uint32_t node = 0; node < capture_.nodes.size(); ++node) {
    if (capture_.fates[node] == Fate::internal) continue;
    const uint32_t id = graph_.of_node[node];
    const uint32_t root = graph_.values[id].root;
    // What is merely useful is kept if it is in memory anyway, but for that alone no constant or leaf is worth a
    // window.
    const bool in_memory = stored_[root] || fusion_.group_of[root] == kNoGroup;
    if (capture_.fates[node] == Fate::useful && !in_memory) continue;
    const size_t results = capture_.nodes[node]->is_tuple() ? capture_.nodes[node]->output_specs().size() : 0;
    for (uint32_t k = 0; k < std::max<size_t>(results, 1); ++k) {
      plan_.outputs_.push_back({node, k});
      output_ids_.push_back(results ? graph_.result_of(id, k) : id);
    }
  }
}

/// Groups that outputs need, each after those it reads from; what belongs together stays together.
std::vector<uint32_t> PlanBuilder::ordered_groups() const {
  std::vector<std::vector<uint32_t>> sources(fusion_.groups.size());
  for (uint32_t id = 0; id < graph_.values.size(); ++id) {
    const uint32_t group = fusion_.group_of[id];
    if (group == kNoGroup || graph_.values[id].kind == Kind::result) continue;
    for (uint32_t input : graph_.values[id].inputs) {
      const uint32_t source = fusion_.group_of[graph_.values[input].root];
      if (source != kNoGroup && source != group) sources[group].push_back(source);
    }
  }
  std::vector<uint32_t> order;
  std::vector<bool> seen(fusion_.groups.size());
  std::vector<std::pair<uint32_t, size_t>> stack;
  for (uint32_t id : output_ids_) {
    const uint32_t target = fusion_.group_of[graph_.values[id].root];
    if (target == kNoGroup || seen[target]) continue;
    seen[target] = true;
    stack.emplace_back(target, 0);
    while (!stack.empty()) {
      auto& [group, next] = stack.back();
      if (next == sources[group].size()) {
        order.push_back(group);
        stack.pop_back();
      } else if (const uint32_t source = sources[group][next++]; !seen[source]) {
        seen[source] = true;
        stack.emplace_back(source, 0);
      }
    }
  }
  return order;
}

uint32_t PlanBuilder::slot_of(uint32_t root) {
  if (slots_[root] != Plan::kNone) return slots_[root];
  const Lowered& v = graph_.values[root];
  Plan::Slot slot;
  slot.element_bytes = size_of(v.spec.dtype);
  slot.bytes = static_cast<size_t>(element_count(v.spec.shape)) * slot.element_bytes;
  if (v.kind == Kind::leaf) slot.leaf = v.index;
  if (v.kind == Kind::constant) slot.constant = v.constant;
  slots_[root] = static_cast<uint32_t>(plan_.slots_.size());
  plan_.slots_.push_back(std::move(slot));
  return slots_[root];
}

void PlanBuilder::add_kernel_step(const Group& group) {
  const uint32_t id = group.members[0];
  const Lowered& v = graph_.values[id];
  KernelStep spec;
  spec.op = v.op;
  Plan::Step step;
  std::ostringstream text;
  text << v.op->describe();
  for (uint32_t input : v.inputs) {
    const Lowered& in = graph_.values[input];
    spec.inputs.push_back({nullptr, in.spec.dtype, in.spec.shape, in.layout.strides});
    step.operands.push_back({slot_of(in.root), in.layout.offset * static_cast<int64_t>(size_of(in.spec.dtype))});
    text << ' ' << in.spec.dtype << in.spec.shape;
  }
  step.input_count = static_cast<uint32_t>(v.inputs.size());
  const auto add_output = [&](uint32_t output) {
    const Lowered& out = graph_.values[output];
    spec.outputs.push_back({nullptr, out.spec.dtype, out.spec.shape, out.layout.strides});
    step.operands.push_back({slot_of(output), 0});
    text << " -> " << out.spec.dtype << out.spec.shape;
  };
  if (v.result_count == 0) add_output(id);
  for (uint32_t k = 0; k < v.result_count; ++k) add_output(id + 1 + k);
  step.kernel = backend_.compile(spec);
  step.text = text.str();
  plan_.steps_.push_back(std::move(step));
  strides_.emplace_back();
}

void PlanBuilder::add_fused_step(const Group& group) {
  ProgramWriter writer(graph_, group);
  for (uint32_t id : group.members) writer.add_member(id);
  Plan::Step step;
  std::vector<uint32_t> outputs;
  for (uint32_t id : group.members) {
    if (!stored_[id]) continue;
    writer.add_output(id);
    outputs.push_back(id);
  }
  for (uint32_t input : writer.loaded()) {
    const Lowered& in = graph_.values[input];
    step.operands.push_back({slot_of(in.root), in.layout.offset * static_cast<int64_t>(size_of(in.spec.dtype))});
  }
  step.input_count = static_cast<uint32_t>(writer.loaded().size());
  for (uint32_t id : outputs) step.operands.push_back({slot_of(id), 0});

  const FusedStep program = writer.take();
  std::vector<Strides> strides;
  for (const auto* operands : {&program.inputs, &program.outputs})
    for (const Operand& operand : *operands) strides.push_back(operand.strides);
  std::ostringstream text;
  text << program;
  step.text = text.str();
  step.kernel = backend_.compile(program);
  plan_.steps_.push_back(std::move(step));
  strides_.push_back(std::move(strides));
}

void PlanBuilder::plan_memory() {
  std::vector<uint32_t> last_step(plan_.slots_.size(), Plan::kNone);
  for (uint32_t s = 0; s < plan_.steps_.size(); ++s)
    for (const Plan::Operand& operand : plan_.steps_[s].operands) last_step[operand.slot] = s;
  for (const Plan::Window& window : plan_.windows_) last_step[window.slot] = Plan::kNone;
  for (uint32_t slot = 0; slot < last_step.size(); ++slot)
    if (last_step[slot] != Plan::kNone) plan_.steps_[last_step[slot]].last_use.push_back(slot);

  for (uint32_t s = 0; s < plan_.steps_.size(); ++s) {
    Plan::Step& step = plan_.steps_[s];
    if (strides_[s].empty()) continue;
    // An element may be overwritten as soon as it has been read if every reader of that memory reads it at the very
    // place where it is written.
    for (uint32_t out = step.input_count; out < step.operands.size(); ++out) {
      const Plan::Slot& result = plan_.slots_[step.operands[out].slot];
      for (uint32_t in = 0; in < step.input_count; ++in) {
        const uint32_t slot = step.operands[in].slot;
        const Plan::Slot& source = plan_.slots_[slot];
        if (last_step[slot] != s || source.constant || source.bytes != result.bytes ||
            source.element_bytes != result.element_bytes)
          continue;
        bool in_place = true;
        for (uint32_t other = 0; other < step.input_count; ++other)
          if (step.operands[other].slot == slot)
            in_place &= step.operands[other].offset == 0 && strides_[s][other] == strides_[s][out];
        const bool taken = std::any_of(step.reuse.begin(), step.reuse.end(), [&](const Plan::Reuse& r) {
          return step.operands[r.input].slot == slot || r.output == out;
        });
        if (in_place && !taken) step.reuse.push_back({in, out});
      }
    }
  }
}

}  // namespace ingot
