#include "ingot/ops/expanded_op.h"

#include <unordered_set>

#include "ingot/engine/lock.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/walk.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

namespace {

/// What an operation expands to, made of stand-ins for its inputs, at which walks through it end.
class Expansion {
 public:
  /// `stand_ins` may have inputs of their own, which are not part of the expansion.
  Expansion(const Op& op, const std::vector<NodeRef>& stand_ins)
      : outputs_(expand(op, stand_ins)),
        walk_(roots(), [beyond = inputs_of(stand_ins)](const Node& node) { return !beyond.contains(&node); }) {
    for (const NodeRef& node : stand_ins) inputs_.push_back(walk_.position(*node));
    for (const Array& output : outputs_) results_.push_back(walk_.position(output.peek()));
  }

  const Walk& walk() const { return walk_; }
  /// Positions of the stand-ins; kOutside for one that has no influence.
  const std::vector<uint32_t>& inputs() const { return inputs_; }
  const std::vector<uint32_t>& results() const { return results_; }

 private:
  static std::vector<Array> expand(const Op& op, const std::vector<NodeRef>& stand_ins) {
    std::vector<Array> arguments;
    for (const NodeRef& node : stand_ins) arguments.emplace_back(node);
    return op.expand(arguments);
  }
  static std::unordered_set<const Node*> inputs_of(const std::vector<NodeRef>& nodes) {
    std::unordered_set<const Node*> inputs;
    for (const NodeRef& node : nodes)
      for (const NodeRef& input : node->inputs()) inputs.insert(input.get());
    return inputs;
  }
  std::vector<NodeRef> roots() const {
    std::vector<NodeRef> nodes;
    for (const Array& output : outputs_) nodes.push_back(output.node());
    return nodes;
  }

  std::vector<Array> outputs_;
  Walk walk_;
  std::vector<uint32_t> inputs_, results_;
};

/// Places in the graph of their own for the inputs of a call.
std::vector<NodeRef> variables_for(const Call& call) {
  std::vector<NodeRef> variables;
  for (const NodeRef& input : call.node().inputs()) {
    variables.push_back(Variable::create(input));
    variables.back()->set_requires_grad(input->requires_grad());
  }
  return variables;
}

/// The expansion of a call, recorded whether or not the caller records, for its rules are about to be asked.
Expansion expansion_of(const Op& op, const Call& call) {
  const GradMode on(true);
  return Expansion(op, variables_for(call));
}

}  // namespace

std::vector<Array> ExpandedOp::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const GraphLock lock;
  const Expansion expansion = expansion_of(*this, call);
  const Walk& walk = expansion.walk();
  std::vector<Array> flow(walk.size());
  const auto accumulate = [&](uint32_t at, const Array& term) {
    flow[at] = flow[at].defined() ? flow[at] + term : term;
  };
  for (size_t k = 0; k < cotangents.size(); ++k)
    if (cotangents[k].defined()) accumulate(expansion.results()[k], cotangents[k]);

  std::vector<bool> is_input(walk.size(), false);
  for (uint32_t at : expansion.inputs())
    if (at != Walk::kOutside) is_input[at] = true;
  for (size_t i = walk.size(); i-- > 0;) {
    if (is_input[i] || !flow[i].defined() || !walk[i]->requires_grad()) continue;
    const std::vector<Array> terms = walk[i]->op().vjp(Call(*walk[i]), {flow[i]});
    const auto edges = walk.inputs(i);
    for (size_t j = 0; j < terms.size(); ++j)
      if (terms[j].defined()) accumulate(edges[j], terms[j]);
  }

  std::vector<Array> result(call.arity());
  for (size_t i = 0; i < result.size(); ++i)
    if (const uint32_t at = expansion.inputs()[i]; at != Walk::kOutside && call.needs(i)) result[i] = flow[at];
  return result;
}

std::vector<Array> ExpandedOp::jvp(const Call& call, const std::vector<Array>& tangents) const {
  const GraphLock lock;
  const Expansion expansion = expansion_of(*this, call);
  const Walk& walk = expansion.walk();
  std::vector<Array> flow(walk.size());
  std::vector<bool> is_input(walk.size(), false);
  for (size_t i = 0; i < tangents.size(); ++i) {
    const uint32_t at = expansion.inputs()[i];
    if (at == Walk::kOutside) continue;
    is_input[at] = true;
    flow[at] = tangents[i];
  }
  for (size_t i = 0; i < walk.size(); ++i) {
    if (is_input[i]) continue;
    std::vector<Array> inputs;
    bool any = false;
    for (uint32_t edge : walk.inputs(i)) {
      inputs.push_back(edge == Walk::kOutside ? Array() : flow[edge]);
      any |= inputs.back().defined();
    }
    if (any) flow[i] = walk[i]->op().jvp(Call(*walk[i]), inputs)[0];
  }
  std::vector<Array> result;
  for (uint32_t at : expansion.results()) result.push_back(flow[at]);
  return result;
}

std::vector<Array> ExpandedOp::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                    int64_t batch) const {
  const GraphLock lock;
  const Expansion expansion = expansion_of(*this, call);
  const Walk& walk = expansion.walk();
  std::vector<Array> values(walk.size());
  std::vector<int64_t> batched(walk.size(), -1);
  for (size_t i = 0; i < inputs.size(); ++i) {
    const uint32_t at = expansion.inputs()[i];
    if (at == Walk::kOutside) continue;
    values[at] = inputs[i];
    batched[at] = axes[i];
  }
  for (size_t i = 0; i < walk.size(); ++i) {
    if (values[i].defined()) continue;
    std::vector<Array> operands;
    BatchAxes operand_axes;
    bool any = false;
    for (uint32_t edge : walk.inputs(i)) {
      operands.push_back(values[edge]);
      operand_axes.push_back(batched[edge]);
      any |= batched[edge] >= 0;
    }
    if (!any) {
      values[i] = operands.empty() ? Array(walk[i]) : apply_again(Call(*walk[i]), operands)[0];
    } else {
      values[i] = walk[i]->op().vmap(Call(*walk[i]), operands, operand_axes, batch)[0];
      batched[i] = 0;
    }
  }
  std::vector<Array> result;
  for (uint32_t at : expansion.results()) {
    if (batched[at] >= 0) {
      result.push_back(values[at]);
    } else {
      Shape shape = values[at].shape();
      shape.insert(0, batch);
      result.push_back(broadcast_to(values[at], shape));
    }
  }
  return result;
}

}  // namespace ingot
