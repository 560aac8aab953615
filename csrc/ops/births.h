// Which nodes a piece of code makes.
#pragma once

#include <unordered_set>

#include "ingot/graph/node.h"

namespace ingot {

/// Collects, and holds, the nodes that operations make on this thread while it lives. They nest: what is made inside an
/// inner one belongs to the outer one too.
class Births {
 public:
  Births() noexcept : outer_(current_) { current_ = this; }
  ~Births();
  Births(const Births&) = delete;
  Births& operator=(const Births&) = delete;

  bool contains(const Node& node) const { return nodes_.contains(const_cast<Node*>(&node)); }

  /// Called by `apply` for every node it makes.
  static void note(Node& node) {
    if (current_) current_->add(node);
  }

 private:
  void add(Node& node);

  std::unordered_set<Node*> nodes_;
  Births* outer_;
  static constinit thread_local Births* current_;
};

}  // namespace ingot
