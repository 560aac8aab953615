#include "ingot/ops/view_chain.h"

#include <algorithm>

#include "ingot/engine/lock.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/strided_view_op.h"
#include "ingot/ops/views.h"

namespace ingot {

namespace {

/// `whole` with `values` in place of the part that `op` shows of it.
Array put(const OpRef& op, const Array& whole, const Array& values) {
  if (const auto* slice = dynamic_cast<const SliceView*>(op.get()))
    return slice_update(whole, values, slice->start, slice->step);
  const auto* linear = dynamic_cast<const LinearOp*>(op.get());
  if (!linear) return values;  // stop_gradient
  if (dynamic_cast<const BroadcastTo*>(op.get()) && values.size() > whole.size())
    throw ValueError("an array of shape ", values.shape(), " that was expanded from ", whole.shape(),
                     " cannot be changed in place, for it shows each element several times; clone() it first");
  // `apply` might evaluate the part, and then it had no edge to the whole.
  const NodeRef source = whole.node();
  const NodeRef part = Node::create(op, {&source, 1}, values.peek().spec(), source->device());
  const Call call(*part);
  const Array placed = linear->transpose(call, values);
  if (!dynamic_cast<const StridedView*>(op.get())) return placed;
  return where(linear->transpose(call, ones(values.shape(), DType::bool_)), placed, whole);
}

}  // namespace

std::optional<ViewChain> ViewChain::between(const Array& part, const Array& base, const Layout& layout) {
  const GraphLock lock;  // other threads cut edges under it
  ViewChain chain(layout);
  std::vector<const Node*> nodes;
  for (const Node* node = &part.peek(); node != &base.peek(); node = node->inputs()[0].get()) {
    if (node->op().lowering() != Op::Lowering::view || node->inputs().size() != 1) return std::nullopt;
    nodes.push_back(node);
  }
  for (auto at = nodes.rbegin(); at != nodes.rend(); ++at) {
    const Node& node = **at;
    std::optional<Layout> seen = node.op().view(node.inputs()[0]->shape(), chain.layout_, node.shape());
    if (!seen) return std::nullopt;
    chain.layout_ = std::move(*seen);
    chain.steps_.push_back({node.op_ref(), node.shape()});
  }
  return chain;
}

Array ViewChain::Step::of(const Array& whole) const {
  const auto* bytes = dynamic_cast<const Reinterpret*>(op.get());
  if (!bytes) return apply(op, {whole}, {shape, whole.dtype()});
  return apply(op, {astype(whole, bytes->from)}, {shape, bytes->to});
}

Array ViewChain::of(const Array& base) const {
  Array part = base;
  for (const Step& step : steps_) part = step.of(part);
  return part;
}

Array ViewChain::written(const Array& base, const Array& values) const {
  std::vector<Array> wholes{base};
  for (const Step& step : steps_) wholes.push_back(step.of(wholes.back()));
  Array result = values;
  for (size_t i = steps_.size(); i-- > 0;) result = put(steps_[i].op, wholes[i], result);
  return result;
}

bool ViewChain::detaches() const {
  return std::ranges::any_of(steps_, [](const Step& step) { return dynamic_cast<const StopGradient*>(step.op.get()); });
}

void ViewChain::append(const ViewChain& further) {
  steps_.insert(steps_.end(), further.steps_.begin(), further.steps_.end());
  layout_ = further.layout_;
}

}  // namespace ingot
