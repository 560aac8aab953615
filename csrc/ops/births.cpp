#include "ingot/ops/births.h"

namespace ingot {

constinit thread_local Births* Births::current_ = nullptr;

// Held, so that no other node can be made at the address of one that ended.
void Births::add(Node& node) {
  if (nodes_.insert(&node).second) node.retain();
}

Births::~Births() {
  current_ = outer_;
  for (Node* node : nodes_) {
    if (outer_) outer_->add(*node);
    node->release();
  }
}

}  // namespace ingot
