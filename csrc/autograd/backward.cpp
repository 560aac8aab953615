#include "ingot/autograd/backward.h"

#include <algorithm>

#include "ingot/autograd/reverse_walk.h"
#include "ingot/engine/eval.h"
#include "ingot/engine/lock.h"
#include "ingot/graph/error.h"
#include "ingot/graph/walk.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/integer_totals.h"

namespace ingot {

namespace {

/// Why `output` carries no gradient, as far as the graph still tells: the operation where it stopped.
std::string why_no_grad(const Array& output) {
  const auto say = [](const Node& node) {
    const auto* total = dynamic_cast<const FitInteger*>(&node.op());
    const std::string name = total ? total->made_by : node.op().name();
    if (name == "stop_gradient") return std::string("it was cut by detach() (stop_gradient)");
    if (!is_inexact(node.dtype()))
      return concat("it was cut at '", name, "', whose result is ", node.dtype(),
                    ": only floating and complex values carry gradients");
    return concat("it was cut at '", name, "', which ran inside no_grad()");
  };
  const NodeRef& root = output.node();
  const GraphLock lock;
  for (const NodeRef& node : Walk({&root, 1}, [](const Node&) { return true; })) {
    if (node->requires_grad()) continue;
    for (const NodeRef& input : node->inputs())
      if (input->requires_grad()) return say(*node);
  }
  if (!is_inexact(root->dtype())) return say(*root);
  return "nothing it was computed from requires grad: make an input or a parameter with requires_grad=True, and look "
         "for detach(), no_grad(), argmax or a "
         "cast to integer on the way";
}

/// The given cotangent, checked; ones if there is none.
Array cotangent_for(const Array& output, const Array& cotangent, const char* who) {
  if (!cotangent.defined()) return ones_like(output);
  if (cotangent.shape() != output.shape())
    throw ShapeError(who, ": the gradient given has shape ", cotangent.shape(), ", but the output has shape ",
                     output.shape(), "; they must be equal");
  return cotangent.dtype() == output.dtype() ? cotangent : astype(cotangent, output.dtype());
}

void accumulate_into(GradSlot& slot, const Array& gradient, bool create_graph) {
  if (slot.is_leaf && !slot.owner) return;
  if (!slot.grad().defined()) {
    slot.set_grad(Array(gradient.node()));  // a handle of its own: two leaves may have received one node
  } else if (create_graph) {
    slot.set_grad(slot.grad() + gradient);
  } else {
    slot.grad().rebind_unchecked((slot.grad() + gradient).node());
  }
}

Array run_hooks(const GradSlot& slot, Array gradient) {
  const auto hooks = slot.hooks;  // a hook may remove itself
  for (const auto& [id, hook] : hooks) {
    const Array replaced = hook(gradient);
    if (!replaced.defined()) continue;
    if (replaced.shape() != gradient.shape())
      throw ShapeError("a gradient hook returned shape ", replaced.shape(), " for a gradient of shape ",
                       gradient.shape());
    gradient = replaced.dtype() == gradient.dtype() ? replaced : astype(replaced, gradient.dtype());
  }
  return gradient;
}

}  // namespace

void backward(const Array& output, const Array& cotangent, BackwardOptions options) {
  backward(std::vector<Array>{output}, {cotangent}, options);
}

void backward(const std::vector<Array>& outputs, const std::vector<Array>& cotangents, BackwardOptions options,
              const std::vector<Array>& inputs) {
  if (!cotangents.empty() && cotangents.size() != outputs.size())
    throw ValueError("backward: expected one gradient per array, got ", cotangents.size(), " for ", outputs.size(),
                     " arrays");
  const GraphLock lock;
  const GradMode mode(options.create_graph);
  std::vector<NodeRef> roots, targets;
  std::vector<Array> seeds;
  for (size_t k = 0; k < outputs.size(); ++k) {
    if (!outputs[k].requires_grad())
      throw GradError("backward: this array does not require grad: ", why_no_grad(outputs[k]));
    roots.push_back(outputs[k].node());
    seeds.push_back(cotangent_for(outputs[k], cotangents.empty() ? Array() : cotangents[k], "backward"));
  }
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].requires_grad()) throw GradError("backward: input ", i, " does not require grad");
    if (!inputs[i].peek().slot()) inputs[i].peek_node()->set_slot(make_ref<GradSlot>());
    targets.push_back(inputs[i].node());
  }

  ReverseWalk walk(roots);
  if (!targets.empty()) walk.restrict_to(targets);
  for (size_t k = 0; k < roots.size(); ++k) walk.add(k, seeds[k]);
  const auto receives = [&](const NodeRef& node) {
    if (targets.empty()) return node->slot()->is_leaf || node->slot()->keep_grad;
    return std::find(targets.begin(), targets.end(), node) != targets.end();
  };
  walk.run([&](const NodeRef& node, Array& gradient) {
    if (!node->slot()) return;
    gradient = run_hooks(*node->slot(), gradient);
    if (receives(node)) accumulate_into(*node->slot(), gradient, options.create_graph);
  });
  if (options.retain_graph || options.create_graph) return;
  walk.release();
  for (const Array& output : outputs) eval_with_next(output);
}

std::vector<Array> gradients(const std::vector<Array>& outputs, const std::vector<Array>& inputs,
                             const std::vector<Array>& cotangents, BackwardOptions options) {
  if (!cotangents.empty() && cotangents.size() != outputs.size())
    throw ValueError("gradients: expected one cotangent per output, got ", cotangents.size(), " for ", outputs.size(),
                     " outputs");
  const GraphLock lock;
  const GradMode mode(options.create_graph);
  std::vector<NodeRef> roots, targets;
  std::vector<Array> seeds;
  for (size_t k = 0; k < outputs.size(); ++k) {
    if (!outputs[k].requires_grad()) continue;
    roots.push_back(outputs[k].node());
    seeds.push_back(cotangent_for(outputs[k], cotangents.empty() ? Array() : cotangents[k], "gradients"));
  }
  for (const Array& input : inputs) targets.push_back(input.node());

  ReverseWalk walk(roots);
  walk.restrict_to(targets);
  for (size_t k = 0; k < roots.size(); ++k) walk.add(k, seeds[k]);
  std::vector<Array> result(inputs.size());
  walk.run([&](const NodeRef& node, Array& gradient) {
    if (node->slot()) gradient = run_hooks(*node->slot(), gradient);
    for (size_t i = 0; i < targets.size(); ++i)
      if (targets[i] == node) result[i] = Array(gradient.node());
  });
  if (!options.retain_graph && !options.create_graph) walk.release();
  return result;
}

}  // namespace ingot
