// Nodes whose values another thread is computing at this moment.
#pragma once

#include <unordered_set>
#include <vector>

#include "ingot/graph/node.h"

namespace ingot {

/// The nodes that an evaluation will give values to, from before it lets go of the graph lock until they have them.
/// Make, ask and destroy it under the graph lock.
///
/// An evaluation that comes upon such a node waits. That also keeps others away from leaves that the plan writes over:
/// nobody but nodes in flight refers to those.
class InFlight {
 public:
  /// Holds the nodes.
  explicit InFlight(std::vector<NodeRef> nodes);
  ~InFlight();
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;

  /// True if there are any.
  static bool any() noexcept;
  static bool contains(const Node& node);
  /// For the end of the process: those who would give them values will not.
  static void forget_all() noexcept;

 private:
  bool has(const Node& node);

  std::vector<NodeRef> nodes_;
  std::unordered_set<const Node*> index_;  // made when first asked for: mostly nobody asks
};

}  // namespace ingot
