#include "ingot/autograd/level.h"

#include "ingot/engine/lock.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/walk.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

namespace {

/// Everything recorded that leads to some results, and which of it came from a level's variables: anything else has
/// reasons of its own to require grad.
class Recorded {
 public:
  Recorded(std::span<const NodeRef> roots, std::span<const NodeRef> variables)
      : walk_(roots, [](const Node& node) { return node.requires_grad(); }), ours_(walk_.size(), false) {
    for (const NodeRef& variable : variables)
      if (const uint32_t at = walk_.position(*variable); at != Walk::kOutside) ours_[at] = true;
    for (size_t i = 0; i < walk_.size(); ++i)
      for (uint32_t input : walk_.inputs(i)) ours_[i] = ours_[i] || (input != Walk::kOutside && ours_[input]);
  }

  const Walk& walk() const { return walk_; }
  bool ours(size_t position) const { return ours_[position]; }

 private:
  Walk walk_;
  std::vector<bool> ours_;
};

void collect_roots(const Arrays& arrays, std::vector<NodeRef>& roots) {
  for (const Array& array : arrays)
    if (array.defined() && array.requires_grad()) roots.push_back(array.node());
}

}  // namespace

std::vector<NodeRef> make_variables(const Arrays& primals) {
  std::vector<NodeRef> variables;
  for (const Array& primal : primals) {
    variables.push_back(Variable::create(primal.node()));
    variables.back()->set_requires_grad(is_inexact(primal.dtype()));
  }
  return variables;
}

Arrays without_variables(const Arrays& results, std::span<const NodeRef> variables) {
  const GraphLock lock;
  std::vector<NodeRef> roots;
  collect_roots(results, roots);
  if (roots.empty()) return results;
  std::vector<bool> cut(results.size(), false);
  {
    const Recorded recorded(roots, variables);
    const Walk& walk = recorded.walk();
    std::vector<bool> needed(walk.size(), false);
    std::vector<bool> is_variable(walk.size(), false);
    for (const NodeRef& variable : variables)
      if (const uint32_t at = walk.position(*variable); at != Walk::kOutside) is_variable[at] = true;
    for (size_t i = 0; i < walk.size(); ++i) {
      if (is_variable[i]) {
        needed[i] = !walk[i]->inputs().empty() && walk[i]->inputs()[0]->requires_grad();
        continue;
      }
      needed[i] = !recorded.ours(i);
      for (uint32_t input : walk.inputs(i)) needed[i] = needed[i] || (input != Walk::kOutside && needed[input]);
    }
    for (size_t k = 0; k < results.size(); ++k)
      if (results[k].defined() && results[k].requires_grad())
        cut[k] = !grad_enabled() || !needed[walk.position(results[k].peek())];
  }
  Arrays outside = results;
  for (size_t k = 0; k < results.size(); ++k)
    if (cut[k]) outside[k] = stop_gradient(results[k]);
  return outside;
}

Level::Level(const Arrays& primals) : outer_mode_(grad_enabled()), mode_(true), variables_(make_variables(primals)) {
  for (const NodeRef& variable : variables_) arguments_.emplace_back(variable);
}

void Level::close(std::initializer_list<const Arrays*> results) {
  const GraphLock lock;
  std::vector<NodeRef> roots;
  for (const Arrays* arrays : results) collect_roots(*arrays, roots);
  const Recorded recorded(roots, variables_);
  const Walk& walk = recorded.walk();
  for (size_t i = 0; i < walk.size(); ++i) {
    if (!recorded.ours(i)) continue;
    bool needed = false;
    for (const NodeRef& input : walk[i]->inputs()) needed |= input->requires_grad();
    walk[i]->set_requires_grad(needed && outer_mode_);
  }
}

}  // namespace ingot
