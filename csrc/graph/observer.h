// How a recording `jit` learns which handles a function reads and changes, without the graph knowing of `jit`.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

class HandleObserver {
 public:
  virtual ~HandleObserver() = default;
  /// An operation is about to use the node of `handle`.
  virtual void on_read(const Array& handle) = 0;
  /// `handle` is about to stand for another node.
  virtual void on_rebind(const Array& handle) = 0;
  /// The gradient of `slot` is about to be read or replaced.
  virtual void on_grad(GradSlot& slot) = 0;

  /// Makes `handle` stand for `node` without telling anyone.
  static void substitute(const Array& handle, const NodeRef& node) { handle.handle_->node = node; }

  /// How many hold on to `handle`.
  static uint32_t holders(const Array& handle) noexcept { return handle.handle_->use_count(); }

  /// The observer of this thread, or null.
  static HandleObserver* current() noexcept { return current_; }

  /// Installs an observer for this thread while it lives.
  class Scope {
   public:
    explicit Scope(HandleObserver* observer) noexcept : previous_(current_) { current_ = observer; }
    ~Scope() { current_ = previous_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    HandleObserver* previous_;
  };

 private:
  static thread_local HandleObserver* current_;
};

}  // namespace ingot
