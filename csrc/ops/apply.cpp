#include "ingot/ops/apply.h"

#include <atomic>

#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/graph/error.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/warning.h"
#include "ingot/ops/births.h"
#include "ingot/ops/node_watch.h"

namespace ingot {

namespace {

constexpr size_t kInline = 4;

/// The nodes behind `inputs`, checked, without an allocation for the usual few.
class InputNodes {
 public:
  InputNodes(const Op& op, std::span<const Array> inputs) : count_(inputs.size()) {
    if (count_ > kInline) many_.resize(count_);
    NodeRef* nodes = data();
    for (size_t i = 0; i < count_; ++i) {
      if (!inputs[i].defined()) throw ValueError(op.name(), ": input ", i, " is an undefined array");
      nodes[i] = inputs[i].node();
      if (!(nodes[i]->device() == nodes[0]->device()))
        throw DeviceError(op.name(), ": inputs are on different devices, '", nodes[0]->device(), "' and '",
                          nodes[i]->device(), "'; move them with .to(device)");
    }
  }

  std::span<const NodeRef> span() { return {data(), count_}; }
  Device device() { return count_ ? data()[0]->device() : Device{}; }

 private:
  NodeRef* data() { return count_ > kInline ? many_.data() : few_; }

  size_t count_;
  NodeRef few_[kInline];
  std::vector<NodeRef> many_;
};

/// `differentiable`: the result is of a dtype that carries gradients.
void record(const NodeRef& node, bool differentiable) {
  Births::note(*node);
  if (is_recording() && !node->inputs().empty()) node->set_traced(true);
  if (!differentiable || !grad_enabled()) return;
  node->record();
  constexpr uint32_t kAbsurd = 100'000;
  static std::atomic<bool> warned{false};
  if (node->tape_length() > kAbsurd && !node->released() && !warned.exchange(true))
    warn(concat("a chain of more than ", kAbsurd,
                " recorded operations has grown behind one array, and all of it stays in memory until a backward() "
                "runs or the array "
                "is dropped. If this is a running total, add loss.item() or loss.detach() instead of loss; if nothing "
                "is to be differentiated, use no_grad()"));
}

}  // namespace

Array apply(OpRef op, std::span<const Array> inputs, Spec spec) {
  InputNodes nodes(*op, inputs);
  const bool inexact = is_inexact(spec.dtype);
  NodeRef node = Node::create(std::move(op), nodes.span(), std::move(spec), nodes.device());
  record(node, inexact);
  eval_if_deep(node);
  NodeWatch::note(node);
  return Array(std::move(node));
}

Array apply(OpRef op, std::initializer_list<Array> inputs, Spec spec) {
  return apply(std::move(op), std::span<const Array>(inputs.begin(), inputs.size()), std::move(spec));
}

std::vector<Array> apply_tuple(OpRef op, std::span<const Array> inputs, std::vector<Spec> specs) {
  InputNodes nodes(*op, inputs);
  const size_t count = specs.size();
  NodeRef tuple = Node::create_tuple(std::move(op), nodes.span(), std::move(specs), nodes.device());
  record(tuple, true);
  NodeWatch::note(tuple);
  std::vector<Array> outputs;
  for (size_t k = 0; k < count; ++k) {
    outputs.emplace_back(Output::create(tuple, k));
    Births::note(*outputs.back().peek_node());
    NodeWatch::note(outputs.back().peek_node());
  }
  eval_if_deep(outputs[0].node());
  return outputs;
}

std::vector<Array> apply_again(const Call& call, std::span<const Array> inputs) {
  const Node& node = call.node();
  if (node.is_tuple()) return apply_tuple(node.op_ref(), inputs, node.output_specs());
  return {apply(node.op_ref(), inputs, node.spec())};
}

}  // namespace ingot
