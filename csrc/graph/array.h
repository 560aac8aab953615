// The handle that users hold.
#pragma once

#include <functional>
#include <vector>

#include "ingot/graph/node.h"

namespace ingot {

/// A mutable handle on an immutable node, with reference semantics: a copy of an Array is the same array.
///
/// Operations (ops/*.h) are free functions and operators that return new handles at once; nothing is computed until
/// a value is needed (engine/eval.h). In-place operations rebind the handle to a new node, so nothing recorded before
/// can be corrupted.
class Array {
 public:
  /// An undefined array: no operation takes it. `defined()` tells.
  Array() = default;
  explicit Array(NodeRef node);

  bool defined() const noexcept { return static_cast<bool>(handle_); }
  explicit operator bool() const = delete;
  /// The node this handle stands for now. Tells a recording `jit` that the handle was read.
  const NodeRef& node() const;
  /// The same for looking at shape, dtype or state: not a read of the value.
  const Node& peek() const noexcept { return *handle_->node; }
  const NodeRef& peek_node() const noexcept { return handle_->node; }

  const Shape& shape() const noexcept { return peek().shape(); }
  /// Length of one axis; negative counts from the end. Throws IndexError.
  int64_t shape(int64_t axis) const;
  int64_t ndim() const noexcept { return static_cast<int64_t>(shape().size()); }
  int64_t size() const noexcept { return peek().size(); }
  DType dtype() const noexcept { return peek().dtype(); }
  Device device() const noexcept { return peek().device(); }

  /// True if both handles are one array.
  bool is(const Array& other) const noexcept { return handle_ == other.handle_; }
  const void* id() const noexcept { return handle_.get(); }

  /// Makes this handle stand for another node of the same shape and dtype kind; a leaf that requires grad stays one.
  /// Throws GradError for a leaf that requires grad while gradients are being recorded.
  void rebind(const Array& replacement) const;
  /// The same without looking at grad mode, for optimizers and for replaying a `jit` plan.
  void rebind_unchecked(const NodeRef& node) const;

  // ---- gradients ----

  bool requires_grad() const noexcept { return peek().requires_grad(); }
  /// A leaf: made by the user, or by operations that recorded nothing.
  bool is_leaf() const noexcept;
  /// Starts or stops recording. Throws TypeError unless the dtype is floating or complex, GradError if not a leaf.
  const Array& set_requires_grad(bool value = true) const;
  /// The accumulated gradient, or an undefined array.
  Array grad() const;
  /// Replaces the gradient; undefined removes it. Throws ShapeError or TypeError if it does not match.
  void set_grad(const Array& grad) const;
  /// Keeps the gradient of this non-leaf in `.grad` too.
  void retain_grad() const;
  using Hook = std::function<Array(const Array&)>;
  /// Calls `hook` with the gradient of this array when `backward` finds it; a defined result replaces the gradient.
  /// Returns a number for `remove_hook`. Throws GradError unless `requires_grad()`.
  size_t register_hook(Hook hook) const;
  void remove_hook(size_t id) const;

  /// The host language's own object for this handle, not owned, or null: so that one array is one object there, too.
  void* host() const noexcept { return handle_->host; }
  void set_host(void* object) const noexcept { handle_->host = object; }

 private:
  struct Handle : RefCounted<Handle> {
    explicit Handle(NodeRef n) : node(std::move(n)) {}
    ~Handle();
    NodeRef node;
    void* host = nullptr;
  };
  GradSlot& make_leaf(bool requires_grad) const;
  GradSlot& slot() const;
  friend class HandleObserver;

  Ref<Handle> handle_;
};

/// What a leaf and its graph share: the gradient and the hooks.
class GradSlot final : public RefCounted<GradSlot> {
 public:
  /// The accumulated gradient; undefined until there is one.
  const Array& grad();
  void set_grad(Array grad);
  /// For observers: without telling the observer.
  const Array& peek_grad() const noexcept { return grad_; }
  void replace_grad(Array grad) { grad_ = std::move(grad); }
  /// True where `backward` ends and accumulates; false for hooks on the way.
  bool is_leaf = false;
  /// The handle of that leaf, null once it is gone: a gradient that nobody can ask for is not kept, for while it is
  /// pending it refers back to the leaf it belongs to, and neither would ever be freed.
  const void* owner = nullptr;
  bool keep_grad = false;
  std::vector<std::pair<size_t, Array::Hook>> hooks;

 private:
  Array grad_;
};

}  // namespace ingot
