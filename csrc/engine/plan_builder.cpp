#include "ingot/engine/plan_builder.h"

#include <algorithm>

#include "ingot/engine/program_writer.h"
#include "ingot/engine/release_order.h"

namespace ingot {

namespace {

using Kind = Lowered::Kind;

/// Stands for the strides of an operand that is not read where the result is written.
const Strides kElsewhere{-1, -1, -1, -1, -1, -1, -1, -1, -1};

}  // namespace

PlanBuilder::PlanBuilder(Plan& plan, const Capture& capture, const Backend& backend)
    : plan_(plan),
      capture_(capture),
      backend_(backend),
      graph_(lower(capture, backend)),
      fusion_(fuse(graph_, backend)) {
  stored_.assign(graph_.values.size(), false);
  slot_of_value_.assign(graph_.values.size(), Plan::kNone);
}

void PlanBuilder::build() {
  mark_stored();
  choose_outputs();
  for (uint32_t g : ordered_groups()) {
    const Group& group = fusion_.groups[g];
    if (group.kernel != Group::kNone)
      add_kernel_step(group);
    else
      add_fused_step(group);
  }
  for (uint32_t id : output_ids_) {
    const Lowered& v = graph_.values[id];
    plan_.windows_.push_back({slot_of(v.root), size_of(v.spec.dtype), v.layout});
  }
  plan_memory();
}

void PlanBuilder::mark_stored() {
  for (uint32_t id = 0; id < graph_.values.size(); ++id) {
    const Lowered& v = graph_.values[id];
    const bool alone = v.kind == Kind::kernel && fusion_.groups[fusion_.group_of[id]].members.empty();
    if (alone || v.kind == Kind::result) stored_[id] = true;
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
    const size_t results = capture_.nodes[node]->is_tuple() ? capture_.nodes[node]->output_specs().size() : 0;
    std::vector<uint32_t> ids;
    if (results == 0) ids.push_back(id);
    for (uint32_t k = 0; k < results; ++k) ids.push_back(graph_.result_of(id, k));
    // What is merely useful is kept if it is in memory anyway, but for that alone no constant or leaf is worth a
    // window. The results of a tuple are kept together: of one that was expanded, some may not be stored.
    const bool in_memory = std::all_of(ids.begin(), ids.end(), [&](uint32_t value) {
      const uint32_t root = graph_.values[value].root;
      return stored_[root] || fusion_.group_of[root] == kNoGroup;
    });
    if (capture_.fates[node] == Fate::useful && !in_memory) continue;
    for (uint32_t k = 0; k < ids.size(); ++k) {
      plan_.outputs_.push_back({node, k});
      output_ids_.push_back(ids[k]);
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
  add_reuse_edges(sources);
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
  return release_early(order, std::move(sources), memory_of_groups());
}

std::vector<GroupMemory> PlanBuilder::memory_of_groups() const {
  std::vector<bool> kept(graph_.values.size(), false);
  for (uint32_t id : output_ids_) kept[graph_.values[id].root] = true;
  std::vector<GroupMemory> memory(fusion_.groups.size());
  for (uint32_t id = 0; id < graph_.values.size(); ++id) {
    const uint32_t group = fusion_.group_of[id];
    if (group == kNoGroup || !stored_[id]) continue;
    const Spec& spec = graph_.values[id].spec;
    const auto bytes = static_cast<int64_t>(size_of(spec.dtype)) * element_count(spec.shape);
    memory[group].written += bytes;
    if (!kept[id]) memory[group].released += bytes;
  }
  return memory;
}

/// A group that could write its result over a leaf (a parameter's update) had better run after the leaf's other
/// readers. These edges are wishes: the order above passes over one that would close a circle, and as they only lead to
/// groups of the same or a lower stage they never make it pass over a real one.
void PlanBuilder::add_reuse_edges(std::vector<std::vector<uint32_t>>& sources) const {
  std::vector<std::vector<uint32_t>> readers(graph_.values.size());
  for (uint32_t id = 0; id < graph_.values.size(); ++id) {
    const uint32_t group = fusion_.group_of[id];
    if (group == kNoGroup || graph_.values[id].kind == Kind::result) continue;
    for (uint32_t input : graph_.values[id].inputs)
      if (const uint32_t root = graph_.values[input].root; graph_.values[root].kind == Kind::leaf)
        readers[root].push_back(group);
  }
  const auto stage = [&](uint32_t group) { return fusion_.groups[group].stage; };
  const auto could_overwrite = [&](uint32_t group, const Spec& leaf) {
    const std::vector<uint32_t>& members = fusion_.groups[group].members;
    return std::any_of(members.begin(), members.end(), [&](uint32_t member) {
      const Spec& spec = graph_.values[member].spec;
      return stored_[member] && spec.dtype == leaf.dtype && spec.shape == leaf.shape;
    });
  };
  for (uint32_t root = 0; root < readers.size(); ++root) {
    if (readers[root].size() < 2 || graph_.values[root].spec.shape.empty()) continue;
    const uint32_t last = *std::max_element(readers[root].begin(), readers[root].end(),
                                            [&](uint32_t a, uint32_t b) { return stage(a) < stage(b); });
    uint32_t writer = kNoGroup;
    for (uint32_t group : readers[root])
      if (stage(group) == stage(last) && could_overwrite(group, graph_.values[root].spec)) writer = group;
    if (writer == kNoGroup) continue;
    for (uint32_t reader : readers[root])
      if (reader != writer) sources[writer].push_back(reader);
  }
}

uint32_t PlanBuilder::slot_of(uint32_t root) {
  uint32_t& known = slot_of_value_[root];
  if (known != Plan::kNone) return known;
  const Lowered& v = graph_.values[root];
  Slot slot;
  slot.element_bytes = size_of(v.spec.dtype);
  slot.bytes = static_cast<size_t>(element_count(v.spec.shape)) * slot.element_bytes;
  if (v.kind == Kind::leaf) {
    slot.place = Slot::Place::leaf;
    slot.leaf = v.index;
  }
  if (v.kind == Kind::constant) {
    slot.place = Slot::Place::constant;
    slot.constant = v.constant;
  }
  known = static_cast<uint32_t>(slots_.size());
  slots_.push_back(std::move(slot));
  return known;
}

void PlanBuilder::add_kernel_step(const Group& group) {
  const uint32_t id = group.kernel;
  const Lowered& v = graph_.values[id];
  KernelStep spec;
  spec.op = v.op;
  Plan::Step step;
  std::vector<Strides> strides;
  for (uint32_t input : v.inputs) {
    const Lowered& in = graph_.values[input];
    spec.inputs.push_back({nullptr, in.spec.dtype, in.spec.shape, in.layout.strides});
    add_operand(step, input);
  }
  const auto add_output = [&](uint32_t output) {
    const Lowered& out = graph_.values[output];
    spec.outputs.push_back({nullptr, out.spec.dtype, out.spec.shape, out.layout.strides});
  };
  if (v.result_count == 0) add_output(id);
  for (uint32_t k = 0; k < v.result_count; ++k) add_output(id + 1 + k);
  step.input_count = static_cast<uint32_t>(v.inputs.size());
  if (group.members.empty()) {
    if (v.result_count == 0) step.operands.push_back({slot_of(id), 0});
    for (uint32_t k = 0; k < v.result_count; ++k) step.operands.push_back({slot_of(id + 1 + k), 0});
  } else {
    strides.assign(v.inputs.size(), kElsewhere);
    spec.epilogue = add_program(group, step, strides);
  }
  step.kernel = backend_.compile(spec);
  step.source = std::move(spec);
  plan_.steps_.push_back(std::move(step));
  strides_.push_back(std::move(strides));
}

void PlanBuilder::add_fused_step(const Group& group) {
  Plan::Step step;
  std::vector<Strides> strides;
  FusedStep program = add_program(group, step, strides);
  step.kernel = backend_.compile(program);
  step.source = std::move(program);
  plan_.steps_.push_back(std::move(step));
  strides_.push_back(std::move(strides));
}

void PlanBuilder::add_operand(Plan::Step& step, uint32_t id) {
  const Lowered& v = graph_.values[id];
  step.operands.push_back({slot_of(v.root), v.layout.offset * static_cast<int64_t>(size_of(v.spec.dtype))});
}

FusedStep PlanBuilder::add_program(const Group& group, Plan::Step& step, std::vector<Strides>& strides) {
  ProgramWriter writer(graph_, group);
  for (uint32_t id : group.members) writer.add_member(id);
  std::vector<uint32_t> outputs;
  const auto add_output = [&](uint32_t id) {
    if (!stored_[id]) return;
    writer.add_output(id);
    outputs.push_back(id);
  };
  if (group.kernel != Group::kNone) add_output(group.kernel);
  for (uint32_t id : group.members) add_output(id);
  for (uint32_t id : writer.loaded())
    if (id != group.kernel) add_operand(step, id);
  step.input_count = static_cast<uint32_t>(step.operands.size());
  for (uint32_t id : outputs) step.operands.push_back({slot_of(id), 0});
  FusedStep program = writer.take();
  const size_t first = group.kernel == Group::kNone ? 0 : 1;
  const std::vector<uint32_t>& loaded = writer.loaded();
  for (size_t i = first; i < program.inputs.size(); ++i) {
    const Lowered& in = graph_.values[loaded[i]];
    const bool same_elements = in.spec.dtype == graph_.values[in.root].spec.dtype;
    strides.push_back(same_elements ? program.inputs[i].strides : kElsewhere);
  }
  for (const Operand& output : program.outputs) strides.push_back(output.strides);
  return program;
}

}  // namespace ingot
