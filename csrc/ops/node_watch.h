// Looking at every node as it is made, for tools that hunt for errors.
#pragma once

#include "ingot/graph/node.h"

namespace ingot {

class NodeWatch {
 public:
  virtual ~NodeWatch() = default;
  /// An operation has made `node`. May throw, which ends the operation.
  virtual void on_made(const NodeRef& node) = 0;

  /// The watch of this thread, or null.
  static NodeWatch* current() noexcept { return current_; }
  /// Replaces the watch of this thread, and returns the one before; for host languages, whose scopes are not C++'s.
  static NodeWatch* install(NodeWatch* watch) noexcept;

  /// Called for every node that an operation makes.
  static void note(const NodeRef& node) {
    if (current_) current_->on_made(node);
  }

  /// The node whose derivative is being made on this thread, or null.
  static const Node* differentiated() noexcept { return differentiated_; }

  /// Says, while it lives, that the derivative of `node` is being made.
  class Differentiating {
   public:
    explicit Differentiating(const Node& node) noexcept : outer_(differentiated_) { differentiated_ = &node; }
    ~Differentiating() { differentiated_ = outer_; }
    Differentiating(const Differentiating&) = delete;
    Differentiating& operator=(const Differentiating&) = delete;

   private:
    const Node* outer_;
  };

 private:
  static constinit thread_local NodeWatch* current_;
  static constinit thread_local const Node* differentiated_;
};

}  // namespace ingot
