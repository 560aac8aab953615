#include "ingot/graph/array.h"

#include "ingot/graph/error.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/observer.h"

namespace ingot {

namespace {

/// A node of its own for a leaf that collects gradients in `slot`, with the value of `node`.
NodeRef leaf_node(const NodeRef& node, bool requires_grad, const Ref<GradSlot>& slot) {
  NodeRef leaf =
      node->evaluated() ? Node::constant(node->value(), node->spec(), node->device()) : Variable::create(node);
  leaf->set_slot(slot);
  leaf->set_requires_grad(requires_grad);
  return leaf;
}

}  // namespace

thread_local HandleObserver* HandleObserver::current_ = nullptr;

Array::Handle::~Handle() {
  GradSlot* slot = node ? node->slot().get() : nullptr;
  if (!slot || slot->owner != this) return;
  slot->owner = nullptr;
  slot->replace_grad({});
}

Array::Array(NodeRef node) : handle_(new Handle(std::move(node))) {}

const NodeRef& Array::node() const {
  if (HandleObserver* observer = HandleObserver::current()) observer->on_read(*this);
  return handle_->node;
}

int64_t Array::shape(int64_t axis) const { return shape()[static_cast<size_t>(normalize_axis(axis, ndim(), "shape"))]; }

bool Array::is_leaf() const noexcept { return !requires_grad() || (peek().slot() && peek().slot()->is_leaf); }

void Array::rebind(const Array& replacement) const {
  if (grad_enabled() && requires_grad() && is_leaf())
    throw GradError(
        "an array that requires grad cannot be changed in place while gradients are recorded: its gradient would "
        "belong to no value. "
        "Use `with no_grad():` around the update, or make a new array instead of changing this one");
  if (replacement.shape() != shape())
    throw ShapeError("an in-place operation cannot change the shape of its array from ", shape(), " to ",
                     replacement.shape());
  rebind_unchecked(replacement.node());
}

void Array::rebind_unchecked(const NodeRef& node) const {
  if (HandleObserver* observer = HandleObserver::current()) observer->on_rebind(*this);
  const Node& old = peek();
  if (!old.slot() || !old.slot()->is_leaf) {
    handle_->node = node;
    return;
  }
  handle_->node = leaf_node(node, old.requires_grad(), old.slot());
}

const Array& Array::set_requires_grad(bool value) const {
  if (value == requires_grad()) return *this;
  if (!is_leaf())
    throw GradError("requires_grad can only be changed on a leaf; this array is the result of '", peek().op().name(),
                    "'. Use detach() to cut it from its graph");
  if (value && !is_inexact(dtype()))
    throw TypeError("only floating and complex arrays can require grad, got dtype ", dtype(),
                    "; convert it first, for example with astype(float32)");
  if (HandleObserver* observer = HandleObserver::current()) observer->on_rebind(*this);
  make_leaf(value);
  return *this;
}

GradSlot& Array::make_leaf(bool requires_grad) const {
  Ref<GradSlot> slot = peek().slot();
  if (!slot) {
    slot = make_ref<GradSlot>();
    slot->is_leaf = true;
    slot->owner = handle_.get();
  }
  // Other handles may stand for the same node: the slot goes on a node of this handle's own.
  handle_->node = leaf_node(handle_->node, requires_grad, slot);
  return *slot;
}

GradSlot& Array::slot() const {
  if (peek().slot()) return *peek().slot();
  if (is_leaf()) return make_leaf(requires_grad());
  handle_->node->set_slot(make_ref<GradSlot>());
  return *peek().slot();
}

Array Array::grad() const { return peek().slot() ? peek().slot()->grad() : Array(); }

void Array::set_grad(const Array& grad) const {
  if (grad.defined()) {
    if (grad.shape() != shape())
      throw ShapeError("grad: expected the array's own shape ", shape(), ", got ", grad.shape());
    if (grad.dtype() != dtype())
      throw TypeError("grad: expected the array's own dtype ", dtype(), ", got ", grad.dtype());
  }
  if (!grad.defined() && !peek().slot()) return;
  slot().set_grad(grad);
}

void Array::retain_grad() const {
  if (!requires_grad()) throw GradError("retain_grad: this array does not require grad");
  slot().keep_grad = true;
}

size_t Array::register_hook(Hook hook) const {
  if (!requires_grad())
    throw GradError("register_hook: this array does not require grad, so no gradient will reach it");
  static std::atomic<size_t> next{0};
  slot().hooks.emplace_back(++next, std::move(hook));
  return slot().hooks.back().first;
}

void Array::remove_hook(size_t id) const {
  if (peek().slot()) std::erase_if(peek().slot()->hooks, [id](const auto& entry) { return entry.first == id; });
}

const Array& GradSlot::grad() {
  if (HandleObserver* observer = HandleObserver::current()) observer->on_grad(*this);
  return grad_;
}

void GradSlot::set_grad(Array grad) {
  if (HandleObserver* observer = HandleObserver::current()) observer->on_grad(*this);
  grad_ = std::move(grad);
}

}  // namespace ingot
