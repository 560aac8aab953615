#include "ingot/autograd/forward_ad.h"

#include "ingot/autograd/forward_walk.h"
#include "ingot/autograd/level.h"
#include "ingot/autograd/reverse_walk.h"
#include "ingot/engine/lock.h"
#include "ingot/graph/error.h"
#include "ingot/graph/walk.h"

namespace ingot {

DualLevel::DualLevel() : outer_mode_(grad_enabled()) { set_grad_enabled(true); }

void DualLevel::require_open(const char* who) const {
  if (closed_) throw GradError(who, ": this dual level has ended");
}

Array DualLevel::make_dual(const Array& primal, const Array& tangent) {
  require_open("make_dual");
  if (!primal.defined() || !tangent.defined()) throw ValueError("make_dual: an array is undefined");
  if (!is_inexact(primal.dtype()))
    throw TypeError("make_dual: dtype ", primal.dtype(), " has no derivatives; convert with astype(float32)");
  if (tangent.shape() != primal.shape())
    throw ShapeError("make_dual: the tangent has shape ", tangent.shape(), ", but the primal has shape ",
                     primal.shape(), "; they must be equal");
  variables_.push_back(make_variables({primal})[0]);
  tangents_.emplace_back(tangent.node());
  return Array(variables_.back());
}

std::pair<Array, Array> DualLevel::unpack(const Array& dual) const {
  require_open("unpack_dual");
  Array tangent;
  {
    const GradMode on(true);
    tangent = push_forward({dual}, variables_, tangents_)[0];
  }
  if (!tangent.defined() && dual.requires_grad()) {
    const GraphLock lock;
    const NodeRef& root = dual.node();
    for (const NodeRef& node : Walk({&root, 1}, [](const Node& each) { return each.requires_grad(); }))
      if (node->released() && !is_grad_leaf(*node))
        throw GradError("unpack_dual: the graph of '", node->op().name(),
                        "' was released by backward(). Call backward(retain_graph=True), or unpack before it");
  }
  const GradMode as_outside(outer_mode_);
  Arrays outside = without_variables({dual, tangent}, variables_);
  return {std::move(outside[0]), std::move(outside[1])};
}

void DualLevel::close() {
  if (std::exchange(closed_, true)) return;
  set_grad_enabled(outer_mode_);
  const GraphLock lock;
  for (const NodeRef& variable : variables_)
    variable->set_requires_grad(!variable->inputs().empty() && variable->inputs()[0]->requires_grad());
  variables_.clear();
  tangents_.clear();
}

}  // namespace ingot
