#include "ingot/engine/recorder.h"

#include "ingot/graph/leaf.h"

namespace ingot {

namespace {

/// A placeholder that collects gradients where `node` does.
NodeRef stand_in(const NodeRef& node) {
  NodeRef placeholder = Placeholder::create(node->spec(), node->device());
  placeholder->set_slot(node->slot());
  placeholder->set_requires_grad(node->requires_grad());
  return placeholder;
}

}  // namespace

Recorder::Handle& Recorder::entry(const Array& handle) {
  const auto [it, is_new] = handle_index_.try_emplace(handle.id(), handles.size());
  if (is_new) handles.push_back({handle, handle.peek_node(), nullptr, nullptr});
  return handles[it->second];
}

void Recorder::on_read(const Array& handle) {
  if (handle.peek().traced()) return;
  Handle& read = entry(handle);
  if (!read.placeholder) read.placeholder = stand_in(read.before);
  substitute(handle, read.placeholder);
}

void Recorder::on_rebind(const Array& handle) {
  // A handle that only this recording made has nothing to be put back.
  if (!handle.peek().traced()) entry(handle);
}

void Recorder::on_grad(GradSlot& slot) {
  const auto [it, is_new] = gradient_index_.try_emplace(&slot, gradients.size());
  if (!is_new) return;
  Gradient gradient{Ref<GradSlot>(&slot), slot.peek_grad(), nullptr, {}, false};
  if (gradient.before.defined()) {
    gradient.placeholder = stand_in(gradient.before.peek_node());
    slot.replace_grad(Array(gradient.placeholder));
  }
  gradients.push_back(std::move(gradient));
}

void Recorder::finish() {
  for (Handle& each : handles) {
    const NodeRef now = each.handle.peek_node();
    if (!(now == each.before) && !(now == each.placeholder)) each.after = now;
    substitute(each.handle, each.before);
  }
  for (Gradient& each : gradients) {
    each.after = each.slot->peek_grad();
    each.changed = each.after.defined() != each.before.defined() ||
                   (each.after.defined() && !(each.after.peek_node() == each.placeholder));
    each.slot->replace_grad(each.before);
  }
}

void Recorder::abandon() noexcept {
  for (Handle& each : handles) substitute(each.handle, each.before);
  for (Gradient& each : gradients) each.slot->replace_grad(each.before);
}

}  // namespace ingot
