#include "ingot/engine/lower.h"

#include <unordered_map>

#include "ingot/graph/autocast_mode.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/observer.h"
#include "ingot/graph/walk.h"

namespace ingot {

namespace {

/// Where a real or imaginary part lies in its complex number, if that is what `node` takes.
std::optional<int64_t> part_of(const Node& node) {
  if (node.op().lowering() != Op::Lowering::pointwise || !is_complex(node.inputs()[0]->dtype())) return std::nullopt;
  const Opcode opcode = node.op().opcode();
  if (opcode == Opcode::real) return 0;
  if (opcode == Opcode::imag) return 1;
  return std::nullopt;
}

/// By node: somebody holds it, or sees its elements through views.
std::vector<bool> seen_from_outside(const Capture& capture) {
  std::vector<bool> seen(capture.nodes.size());
  for (size_t i = seen.size(); i-- > 0;) {
    if (capture.fates[i] == Fate::wanted) seen[i] = true;
    if (!seen[i] || capture.nodes[i]->op().lowering() != Op::Lowering::view) continue;
    for (uint32_t edge : capture.inputs(i))
      if (!(edge & Capture::kLeaf)) seen[edge] = true;
  }
  return seen;
}

class Lowering {
 public:
  explicit Lowering(const Backend& backend) : backend_(backend) {}

  uint32_t leaf(const Node& node) {
    Lowered value(Lowered::Kind::leaf, {}, node.spec(), {});
    value.index = leaf_count_++;
    value.layout = node.evaluated() ? Layout{0, node.value().layout.strides} : Layout::contiguous(node.shape());
    return push(std::move(value));
  }

  /// Adds `op(inputs)`, whatever it takes, and returns its value.
  uint32_t add(const OpRef& op, std::vector<uint32_t> inputs, const Spec& spec, const std::vector<Spec>& results) {
    const uint64_t hash = hash_of(*op, inputs, spec);
    for (auto [it, end] = seen_.equal_range(hash); it != end; ++it)
      if (is_repeat(it->second, *op, inputs, spec)) return it->second.value;
    const uint32_t value = lower_op(op, inputs, spec, results);
    seen_.emplace(hash, Seen{op, std::move(inputs), spec, value});
    return value;
  }

  /// Adds real or imaginary parts of `input` as a window on its memory.
  uint32_t add_part(const OpRef& op, uint32_t input, const Spec& spec, int64_t part) {
    Layout layout = graph_.values[input].layout;
    layout.offset = 2 * layout.offset + part;
    for (int64_t& stride : layout.strides) stride *= 2;
    return push_view(op, input, spec, std::move(layout));
  }

  /// True for a window on what is in memory before the plan runs.
  bool is_given(uint32_t value) const {
    const Lowered::Kind kind = graph_.values[graph_.values[value].root].kind;
    return kind == Lowered::Kind::leaf || kind == Lowered::Kind::constant;
  }

  LoweredGraph take() { return std::move(graph_); }

 private:
  struct Seen {
    OpRef op;
    std::vector<uint32_t> inputs;
    Spec spec;
    uint32_t value;
  };

  static uint64_t hash_of(const Op& op, const std::vector<uint32_t>& inputs, const Spec& spec) {
    uint64_t hash = detail::hash_combine(op.fingerprint(), static_cast<uint64_t>(spec.dtype));
    for (int64_t length : spec.shape) hash = detail::hash_combine(hash, static_cast<uint64_t>(length));
    for (uint32_t input : inputs) hash = detail::hash_combine(hash, input);
    return hash;
  }

  static bool is_repeat(const Seen& seen, const Op& op, const std::vector<uint32_t>& inputs, const Spec& spec) {
    return seen.inputs == inputs && seen.spec.dtype == spec.dtype && seen.spec.shape == spec.shape && seen.op->same(op);
  }

  uint32_t push(Lowered value) {
    const auto id = static_cast<uint32_t>(graph_.values.size());
    if (value.kind != Lowered::Kind::view) value.root = id;
    graph_.values.push_back(std::move(value));
    return id;
  }

  uint32_t push_packed(Lowered::Kind kind, const OpRef& op, std::vector<uint32_t> inputs, const Spec& spec,
                       uint32_t index = 0) {
    Lowered value(kind, op, spec, std::move(inputs));
    value.index = index;
    value.layout = Layout::contiguous(spec.shape);
    return push(std::move(value));
  }

  uint32_t push_view(const OpRef& op, uint32_t input, const Spec& spec, Layout layout) {
    Lowered value(Lowered::Kind::view, op, spec, {input});
    value.root = graph_.values[input].root;
    value.layout = std::move(layout);
    return push(std::move(value));
  }

  uint32_t lower_op(const OpRef& op, const std::vector<uint32_t>& inputs, const Spec& spec,
                    const std::vector<Spec>& results) {
    if (const auto* output = dynamic_cast<const Output*>(op.get())) return graph_.result_of(inputs[0], output->k);
    switch (op->lowering()) {
      case Op::Lowering::view:
        return lower_view(op, inputs, spec);
      case Op::Lowering::pointwise:
        return push_packed(Lowered::Kind::pointwise, op, inputs, spec);
      case Op::Lowering::reduction:
        return push_packed(Lowered::Kind::reduction, op, inputs, spec);
      case Op::Lowering::expand:
        if (!backend_.has_kernel(*op)) return expand(*op, inputs, results.size());
        [[fallthrough]];
      case Op::Lowering::kernel:
        break;
    }
    const uint32_t kernel = push_packed(Lowered::Kind::kernel, op, inputs, spec);
    graph_.values[kernel].result_count = static_cast<uint32_t>(results.size());
    for (uint32_t k = 0; k < results.size(); ++k) push_packed(Lowered::Kind::result, op, {kernel}, results[k], k);
    return kernel;
  }

  uint32_t lower_view(const OpRef& op, const std::vector<uint32_t>& inputs, const Spec& spec) {
    const Lowered& input = graph_.values[inputs[0]];
    if (auto layout = op->view(input.spec.shape, input.layout, spec.shape))
      return push_view(op, inputs[0], spec, std::move(*layout));
    const Spec packed = input.spec;
    const uint32_t copy = push_packed(Lowered::Kind::copy, op, {inputs[0]}, packed);
    if (auto layout = op->view(packed.shape, Layout::contiguous(packed.shape), spec.shape))
      return push_view(op, copy, spec, std::move(*layout));
    return push_packed(Lowered::Kind::kernel, op, {copy}, spec);
  }

  /// Writes the operation out in terms of others. An operation of several results becomes a marker value that nothing
  /// reads.
  uint32_t expand(const Op& op, const std::vector<uint32_t>& inputs, size_t result_count) {
    std::vector<Array> arguments, outputs;
    {
      const HandleObserver::Scope unobserved(nullptr);
      const GradMode unrecorded(false);
      const AutocastScope off({});
      for (uint32_t input : inputs) arguments.emplace_back(Placeholder::create(graph_.values[input].spec, {}));
      outputs = op.expand(arguments);
    }
    std::vector<NodeRef> roots;
    for (const Array& output : outputs) roots.push_back(output.peek_node());
    const Walk walk(roots, [](const Node&) { return true; });
    std::vector<uint32_t> root_positions;
    for (const NodeRef& root : roots) root_positions.push_back(walk.position(*root));
    std::vector<uint32_t> ids(walk.size(), Walk::kOutside);
    for (size_t i = 0; i < inputs.size(); ++i) {
      const uint32_t at = walk.position(arguments[i].peek());
      if (at != Walk::kOutside) ids[at] = inputs[i];
    }
    for (size_t i = 0; i < walk.size(); ++i) {
      if (ids[i] != Walk::kOutside) continue;
      const Node& node = *walk[i];
      if (node.evaluated()) {
        Lowered value(Lowered::Kind::constant, {}, node.spec(), {});
        value.constant = node.value();
        value.layout.strides = node.value().layout.strides;
        ids[i] = push(std::move(value));
        continue;
      }
      std::vector<uint32_t> operands;
      for (uint32_t edge : walk.inputs(i)) operands.push_back(ids[edge]);
      ids[i] = add(node.op_ref(), std::move(operands), node.spec(),
                   node.is_tuple() ? node.output_specs() : std::vector<Spec>());
    }
    std::vector<uint32_t> results;
    for (uint32_t position : root_positions) results.push_back(ids[position]);
    if (result_count == 0) return results[0];
    const uint32_t marker = push_view({}, results[0], graph_.values[results[0]].spec, graph_.values[results[0]].layout);
    graph_.expansions[marker] = std::move(results);
    return marker;
  }

  const Backend& backend_;
  LoweredGraph graph_;
  uint32_t leaf_count_ = 0;
  std::unordered_multimap<uint64_t, Seen> seen_;
};

}  // namespace

LoweredGraph lower(const Capture& capture, const Backend& backend) {
  Lowering lowering(backend);
  std::vector<uint32_t> leaf_ids, node_ids;
  for (const Node* leaf : capture.leaves) leaf_ids.push_back(lowering.leaf(*leaf));
  const std::vector<bool> seen = seen_from_outside(capture);
  std::vector<bool> windows(capture.nodes.size());
  const auto id_of = [&](uint32_t edge) {
    return edge & Capture::kLeaf ? leaf_ids[edge & ~Capture::kLeaf] : node_ids[edge];
  };
  for (size_t i = 0; i < capture.nodes.size(); ++i) {
    const Node& node = *capture.nodes[i];
    std::vector<uint32_t> inputs;
    for (uint32_t edge : capture.inputs(i)) {
      const bool window = !(edge & Capture::kLeaf) && windows[edge];
      // Arithmetic computes parts itself, so that it still fuses with what makes the complex numbers.
      if (window && node.op().lowering() != Op::Lowering::view) {
        const Node& part = *capture.nodes[edge];
        inputs.push_back(lowering.add(part.op_ref(), {id_of(capture.inputs(edge)[0])}, part.spec(), {}));
      } else {
        inputs.push_back(id_of(edge));
      }
    }
    if (const auto part = seen[i] ? part_of(node) : std::nullopt) {
      const uint32_t whole = capture.inputs(i)[0];
      windows[i] = lowering.is_given(inputs[0]) || (!(whole & Capture::kLeaf) && capture.fates[whole] == Fate::wanted);
      if (windows[i]) {
        node_ids.push_back(lowering.add_part(node.op_ref(), inputs[0], node.spec(), *part));
        continue;
      }
    }
    node_ids.push_back(lowering.add(node.op_ref(), std::move(inputs), node.spec(),
                                    node.is_tuple() ? node.output_specs() : std::vector<Spec>()));
  }
  LoweredGraph graph = lowering.take();
  graph.of_node = std::move(node_ids);
  graph.wanted.assign(graph.values.size(), false);
  for (size_t i = 0; i < capture.nodes.size(); ++i) {
    if (capture.fates[i] != Fate::wanted) continue;
    const uint32_t id = graph.of_node[i];
    graph.wanted[graph.values[id].root] = true;
    if (!capture.nodes[i]->is_tuple()) continue;
    for (size_t k = 0; k < capture.nodes[i]->output_specs().size(); ++k)
      graph.wanted[graph.values[graph.result_of(id, k)].root] = true;
  }
  return graph;
}

}  // namespace ingot
