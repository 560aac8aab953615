#include "ingot/graph/walk.h"

namespace ingot {

Walk::Walk(std::span<const NodeRef> roots, const std::function<bool(const Node&)>& follow) : mark_(next_mark()) {
  struct Frame {
    Node* node;
    size_t next;
  };
  std::vector<Frame> stack;
  const auto visit = [&](Node* node) {
    if (node->mark == mark_) return;
    node->mark = mark_;
    stack.push_back({node, 0});
  };
  for (const NodeRef& root : roots) {
    visit(root.get());
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next < top.node->inputs().size()) {
        Node* input = top.node->inputs()[top.next++].get();
        if (follow(*input)) visit(input);
      } else {
        top.node->index = static_cast<uint32_t>(order_.size());
        order_.push_back(NodeRef(top.node));
        stack.pop_back();
      }
    }
  }
  first_edge_.reserve(order_.size() + 1);
  for (const NodeRef& node : order_) {
    first_edge_.push_back(static_cast<uint32_t>(edges_.size()));
    for (const NodeRef& input : node->inputs()) edges_.push_back(position(*input));
  }
  first_edge_.push_back(static_cast<uint32_t>(edges_.size()));
}

}  // namespace ingot
