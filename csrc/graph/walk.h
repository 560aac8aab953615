// Orders of visiting a graph. Nothing here recurses: a chain of ten million nodes is as safe as one of ten.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "ingot/graph/node.h"

namespace ingot {

/// The nodes reachable from `roots` through inputs that `follow` accepts, inputs before users, with all edges noted as
/// positions, so that rules called while going through it may make nodes, evaluate, and start walks of their own. Make
/// it under the graph lock.
class Walk {
 public:
  /// The position of an input that was not followed.
  static constexpr uint32_t kOutside = ~0u;

  Walk(std::span<const NodeRef> roots, const std::function<bool(const Node&)>& follow);

  size_t size() const noexcept { return order_.size(); }
  const NodeRef& operator[](size_t position) const noexcept { return order_[position]; }
  /// Positions of the inputs of the node at `position`.
  std::span<const uint32_t> inputs(size_t position) const noexcept {
    return {edges_.data() + first_edge_[position], first_edge_[position + 1] - first_edge_[position]};
  }
  /// Where `node` is, or kOutside. Valid until anything else walks.
  uint32_t position(const Node& node) const noexcept { return node.mark == mark_ ? node.index : kOutside; }

  auto begin() const noexcept { return order_.begin(); }
  auto end() const noexcept { return order_.end(); }

 private:
  uint64_t mark_;
  std::vector<NodeRef> order_;
  std::vector<uint32_t> edges_;       // positions of the inputs of all nodes, one node after another
  std::vector<uint32_t> first_edge_;  // where the inputs of each node begin in edges_
};

}  // namespace ingot
