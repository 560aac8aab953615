#include "ingot/graph/leaf.h"

#include "ingot/graph/grad_mode.h"

namespace ingot {

const OpRef& Constant::instance() {
  static const OpRef op = make_ref<Constant>();
  return op;
}

NodeRef Placeholder::create(Spec spec, Device device) {
  static const OpRef op = make_ref<Placeholder>();
  NodeRef node = Node::create(op, {}, std::move(spec), device);
  node->set_traced(true);
  return node;
}

NodeRef Variable::create(const NodeRef& input) {
  static const OpRef op = make_ref<Variable>();
  return Node::create(op, {&input, 1}, input->spec(), input->device());
}

NodeRef Pack::create(const NodeRef& input) {
  static const OpRef op = make_ref<Pack>();
  return Node::create(op, {&input, 1}, input->spec(), input->device());
}

NodeRef Output::create(const NodeRef& tuple, size_t k) {
  NodeRef node = Node::create(make_ref<Output>(k), {&tuple, 1}, tuple->output_specs()[k], tuple->device());
  node->set_requires_grad(tuple->requires_grad() && is_inexact(node->dtype()));
  return node;
}

// The reverse walk hands cotangents of Output nodes to their tuple itself, which has one per result.
std::vector<Array> Output::vjp(const Call&, const std::vector<Array>& cotangents) const { return {cotangents[0]}; }
std::vector<Array> Output::jvp(const Call&, const std::vector<Array>& tangents) const { return {tangents[k]}; }

Array Call::out(size_t k) const { return Array(Output::create(NodeRef(const_cast<Node*>(&node_)), k)); }

}  // namespace ingot
