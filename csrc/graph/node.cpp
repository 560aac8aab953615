#include "ingot/graph/node.h"

#include <algorithm>

#include "ingot/graph/array.h"
#include "ingot/graph/error.h"
#include "ingot/graph/leaf.h"

namespace ingot {

namespace {

/// Nodes whose last reference ended while another node was being destroyed on this thread: freeing them from a list
/// instead of from within the destructor keeps the stack flat however deep the graph is.
thread_local std::vector<Node*>* dying = nullptr;

/// Number of elements, of which memory could hold as many: what is beyond is refused where the node is made, so that
/// whoever turns lengths into bytes later need not look.
int64_t checked_size(const Spec& spec) {
  const int64_t count = element_count(spec.shape);
  int64_t bytes = 0;
  if (__builtin_mul_overflow(count, static_cast<int64_t>(size_of(spec.dtype)), &bytes))
    throw MemoryError("an array of shape ", spec.shape, " and dtype ", spec.dtype, " has more than 2^63 - 1 bytes");
  return count;
}

}  // namespace

Node::Node(Ref<const Op> op, std::span<const NodeRef> inputs, Spec spec, Device device)
    : op_(std::move(op)),
      input_count_(static_cast<uint32_t>(inputs.size())),
      device_(device),
      spec_(std::move(spec)),
      size_(checked_size(spec_)) {
  inputs_ = input_count_ <= std::size(inline_inputs_) ? inline_inputs_ : new NodeRef[input_count_];
  for (uint32_t i = 0; i < input_count_; ++i) {
    inputs_[i] = inputs[i];
    if (!inputs[i]->evaluated()) depth_ = std::max(depth_, inputs[i]->depth_);
    traced_ |= inputs[i]->traced_;
  }
  ++depth_;
}

Node::~Node() { drop_edges(); }

NodeRef Node::create(Ref<const Op> op, std::span<const NodeRef> inputs, Spec spec, Device device) {
  return NodeRef(new Node(std::move(op), inputs, std::move(spec), device));
}

NodeRef Node::create_tuple(Ref<const Op> op, std::span<const NodeRef> inputs, std::vector<Spec> outputs,
                           Device device) {
  for (const Spec& output : outputs) checked_size(output);
  Spec first = outputs.front();
  NodeRef node(new Node(std::move(op), inputs, std::move(first), device));
  node->tuple_ = std::make_unique<Tuple>(Tuple{std::move(outputs), {}});
  return node;
}

NodeRef Node::constant(Value value, Spec spec, Device device) {
  NodeRef node(new Node(Constant::instance(), {}, std::move(spec), device));
  node->set_value(std::move(value));
  return node;
}

void Node::set_value(Value value) {
  value_ = std::move(value);
  finish_evaluation();
}

void Node::set_output_values(std::vector<Value> values) {
  tuple_->values = std::move(values);
  finish_evaluation();
}

// No backward can ever run through a released graph, so what is built on one need not keep it.
void Node::record() noexcept {
  for (const NodeRef& input : inputs()) {
    if (!input->requires_grad_) continue;
    requires_grad_ = true;
    released_ |= input->released_;
    tape_length_ = std::max(tape_length_, input->tape_length_ + 1);
  }
}

void Node::finish_evaluation() noexcept {
  depth_ = 0;
  for (const NodeRef& input : inputs()) released_ |= requires_grad_ && input->released_;
  evaluated_.store(true, std::memory_order_release);
  if (!keeps_edges()) drop_edges();
}

void Node::lose_value() noexcept {
  value_ = {};
  lost_ = true;
  evaluated_.store(false, std::memory_order_release);
}

// A leaf is where gradients end: nothing below it matters to them.
bool Node::keeps_edges() const noexcept {
  if (!requires_grad_ || released_ || (slot_ && slot_->is_leaf)) return false;
  // A backward through one result of an operation releases the operation, which does not know its other results.
  const std::span<const NodeRef> sources = inputs();
  return !(sources.size() == 1 && sources[0]->is_tuple() && sources[0]->released_);
}

void Node::set_requires_grad(bool value) noexcept {
  requires_grad_ = value;
  if (!value && evaluated()) drop_edges();
}

void Node::release_graph() {
  released_ = true;
  if (evaluated()) drop_edges();
}

void Node::set_slot(Ref<GradSlot> slot) { slot_ = std::move(slot); }

void Node::drop_edges() noexcept {
  const uint32_t count = std::exchange(input_count_, 0);
  for (uint32_t i = 0; i < count; ++i) inputs_[i] = nullptr;
  if (inputs_ != inline_inputs_) delete[] std::exchange(inputs_, inline_inputs_);
}

void Node::destroy(Node* node) noexcept {
  if (dying) {
    dying->push_back(node);
    return;
  }
  std::vector<Node*> list{node};
  dying = &list;
  while (!list.empty()) {
    Node* next = list.back();
    list.pop_back();
    delete next;
  }
  dying = nullptr;
}

uint64_t next_mark() {
  static uint64_t mark = 0;
  return ++mark;
}

}  // namespace ingot
