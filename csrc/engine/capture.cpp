#include "ingot/engine/capture.h"

#include "ingot/engine/in_flight.h"
#include "ingot/engine/lock.h"
#include "ingot/graph/error.h"
#include "ingot/graph/leaf.h"

namespace ingot {

namespace {

/// A result whose tuple was evaluated for the sake of another result is there already.
bool take_from_tuple(Node& node) {
  const auto* output =
      node.inputs().size() == 1 && node.inputs()[0]->is_tuple() ? dynamic_cast<const Output*>(&node.op()) : nullptr;
  if (!output || !node.inputs()[0]->evaluated()) return false;
  node.set_value(node.inputs()[0]->output_value(output->k));
  return true;
}

}  // namespace

Capture::Capture(std::span<const NodeRef> targets, std::span<const NodeRef> recorded) {
  const uint64_t mark = next_mark();
  struct Frame {
    Node* node;
    size_t next;
  };
  std::vector<Frame> stack;
  std::vector<uint32_t> references, leaf_references;

  for (const NodeRef& leaf : recorded) {
    leaf->mark = mark;
    leaf->index = kLeaf | static_cast<uint32_t>(leaves.size());
    leaves.push_back(leaf.get());
  }
  const bool others_evaluate = InFlight::any();
  const auto visit = [&](Node* node) {
    if (node->mark == mark) return;
    node->mark = mark;
    if (node->evaluated() || take_from_tuple(*node)) {
      node->index = kLeaf | static_cast<uint32_t>(leaves.size());
      leaves.push_back(node);
      return;
    }
    if (others_evaluate && InFlight::contains(*node)) {
      blocked = true;
      return;
    }
    if (node->lost())
      throw Error(
          "the value of this array was lost: an evaluation that was updating it in place failed or was interrupted "
          "half-way");
    if (node->op().kind() == Op::Kind::source)
      throw TraceError(
          "this array is an argument of a function that was being recorded by jit or vmap; it has no value of its own. "
          "Return it from the function "
          "instead of keeping it elsewhere");
    stack.push_back({node, 0});
  };
  for (const NodeRef& target : targets) {
    visit(target.get());
    while (!stack.empty() && !blocked) {
      Frame& top = stack.back();
      if (top.next < top.node->inputs().size()) {
        visit(top.node->inputs()[top.next++].get());
      } else {
        top.node->index = static_cast<uint32_t>(nodes.size());
        nodes.push_back(top.node);
        stack.pop_back();
      }
    }
  }

  if (blocked) return;
  references.resize(nodes.size());
  leaf_references.resize(leaves.size());
  first_edge.reserve(nodes.size() + 1);
  for (Node* node : nodes) {
    first_edge.push_back(static_cast<uint32_t>(edges.size()));
    for (const NodeRef& input : node->inputs()) {
      edges.push_back(input->index);
      ++(input->index & kLeaf ? leaf_references[input->index & ~kLeaf] : references[input->index]);
    }
  }
  first_edge.push_back(static_cast<uint32_t>(edges.size()));

  // A node with more references than this graph accounts for is held from outside.
  fates.assign(nodes.size(), Fate::internal);
  for (size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i]->use_count() > references[i]) fates[i] = Fate::wanted;
  for (const NodeRef& target : targets)
    if (!(target->index & kLeaf)) fates[target->index] = Fate::wanted;

  // What stays reachable after this evaluation may be asked for again: its inputs must keep their memory.
  std::vector<bool> reachable(nodes.size());
  expendable.assign(leaves.size(), true);
  for (size_t i = nodes.size(); i-- > 0;) {
    const bool keeps = nodes[i]->keeps_edges();
    if (fates[i] == Fate::internal && (reachable[i] || keeps)) fates[i] = Fate::useful;
    if (!keeps && !(reachable[i] && fates[i] != Fate::wanted)) continue;
    for (uint32_t input : inputs(i)) {
      if (input & kLeaf)
        expendable[input & ~kLeaf] = false;
      else
        reachable[input] = true;
    }
  }
  for (size_t i = 0; i < leaves.size(); ++i)
    if (leaves[i]->use_count() > leaf_references[i]) expendable[i] = false;
}

Capture Capture::when_free(std::span<const NodeRef> targets) {
  for (;;) {
    Capture capture(targets);
    if (!capture.blocked) return capture;
    wait_for_evaluation();
  }
}

std::vector<uint64_t> Capture::key() const {
  std::vector<uint64_t> words;
  words.reserve(nodes.size() * 6 + leaves.size() * 6);
  const auto add_spec = [&words](const Spec& spec) {
    words.push_back(static_cast<uint64_t>(spec.dtype) << 32 | spec.shape.size());
    for (int64_t length : spec.shape) words.push_back(static_cast<uint64_t>(length));
  };
  words.push_back(leaves.size());
  for (const Node* leaf : leaves) {
    add_spec(leaf->spec());
    if (!leaf->evaluated()) continue;
    for (int64_t stride : leaf->value().layout.strides) words.push_back(static_cast<uint64_t>(stride));
  }
  for (size_t i = 0; i < nodes.size(); ++i) {
    words.push_back(nodes[i]->op().fingerprint());
    words.push_back(static_cast<uint64_t>(fates[i]) << 32 | inputs(i).size());
    add_spec(nodes[i]->spec());
    for (uint32_t input : inputs(i)) words.push_back(input);
  }
  return words;
}

}  // namespace ingot
