#include "ingot/autograd/transforms.h"

#include "ingot/autograd/backward.h"
#include "ingot/engine/lock.h"
#include "ingot/graph/error.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/walk.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"

namespace ingot {

namespace {

/// One level of a transform: arguments of its own that stand for the caller's, so that derivatives by them and by
/// anything outside never mix. Closing the level takes back the recording that only they asked for.
class Level {
 public:
  explicit Level(const Arrays& primals) : outer_mode_(grad_enabled()), mode_(true) {
    for (const Array& primal : primals) {
      NodeRef variable = Variable::create(primal.node());
      variable->set_requires_grad(is_inexact(primal.dtype()));
      arguments_.emplace_back(variable);
      variables_.push_back(std::move(variable));
    }
  }

  const Arrays& arguments() const { return arguments_; }
  const std::vector<NodeRef>& variables() const { return variables_; }

  /// Recomputes, for everything that leads to `results`, whether it requires grad once the arguments alone no longer
  /// do.
  void close(std::initializer_list<const Arrays*> results) {
    const GraphLock lock;
    std::vector<NodeRef> roots;
    for (const Arrays* arrays : results)
      for (const Array& array : *arrays)
        if (array.defined() && array.requires_grad()) roots.push_back(array.node());
    const Walk walk(roots, [](const Node& node) { return node.requires_grad(); });
    // Only what came from the arguments is this level's business: anything else has its own reasons to require grad.
    std::vector<bool> ours(walk.size(), false);
    for (const NodeRef& variable : variables_)
      if (const uint32_t at = walk.position(*variable); at != Walk::kOutside) ours[at] = true;
    for (size_t i = 0; i < walk.size(); ++i) {
      for (uint32_t input : walk.inputs(i)) ours[i] = ours[i] || (input != Walk::kOutside && ours[input]);
      if (!ours[i]) continue;
      bool needed = false;
      for (const NodeRef& input : walk[i]->inputs()) needed |= input->requires_grad();
      walk[i]->set_requires_grad(needed && outer_mode_);
    }
  }

 private:
  bool outer_mode_;
  GradMode mode_;
  Arrays arguments_;
  std::vector<NodeRef> variables_;
};

void check_count(const char* who, const char* what, size_t got, size_t expected) {
  if (got != expected) throw ValueError(who, ": expected ", expected, " ", what, ", got ", got);
}

void check_like(const char* who, const char* what, const Array& given, const Array& like) {
  if (given.defined() && given.shape() != like.shape())
    throw ShapeError(who, ": a ", what, " has shape ", given.shape(), ", but its array has shape ", like.shape(),
                     "; they must be equal");
}

/// Gradients with zeros where there is no influence.
Arrays filled_gradients(const Arrays& outputs, const Arrays& inputs, const Arrays& cotangents) {
  Arrays result = gradients(outputs, inputs, cotangents, {.retain_graph = true, .create_graph = true});
  for (size_t i = 0; i < result.size(); ++i)
    if (!result[i].defined()) result[i] = zeros_like(inputs[i]);
  return result;
}

}  // namespace

std::pair<Arrays, Arrays> vjp(const Function& f, const Arrays& primals, const Arrays& cotangents) {
  Level level(primals);
  Arrays outputs = f(level.arguments());
  check_count("vjp", "cotangents (one per output)", cotangents.size(), outputs.size());
  Arrays used_outputs, used_cotangents;
  for (size_t k = 0; k < outputs.size(); ++k) {
    check_like("vjp", "cotangent", cotangents[k], outputs[k]);
    if (!cotangents[k].defined()) continue;
    used_outputs.push_back(outputs[k]);
    used_cotangents.push_back(cotangents[k]);
  }
  Arrays result = filled_gradients(used_outputs, level.arguments(), used_cotangents);
  level.close({&outputs, &result});
  return {std::move(outputs), std::move(result)};
}

std::pair<Arrays, Arrays> value_and_grad(const Function& f, const Arrays& primals, const std::vector<size_t>& argnums) {
  Arrays chosen;
  for (size_t argnum : argnums) {
    if (argnum >= primals.size())
      throw IndexError("grad: argument ", argnum, " does not exist; the function got ", primals.size());
    if (!is_inexact(primals[argnum].dtype()))
      throw TypeError("grad: argument ", argnum, " has dtype ", primals[argnum].dtype(),
                      "; only floating and complex arrays have gradients. Convert it with astype(float32)");
    chosen.push_back(primals[argnum]);
  }
  Level level(chosen);
  Arrays arguments = primals;
  for (size_t i = 0; i < argnums.size(); ++i) arguments[argnums[i]] = level.arguments()[i];
  Arrays outputs = f(arguments);
  if (outputs.empty()) throw ValueError("grad: the function returned no array");
  if (outputs[0].size() != 1 || outputs[0].ndim() != 0)
    throw ShapeError("grad: the function must return a scalar, got shape ", outputs[0].shape(),
                     "; reduce it (sum or mean), or use vjp or jacrev");
  if (!is_inexact(outputs[0].dtype()))
    throw TypeError("grad: the function must return a floating or complex value, got ", outputs[0].dtype());
  Arrays result = filled_gradients({outputs[0]}, level.arguments(), {});
  level.close({&outputs, &result});
  return {std::move(outputs), std::move(result)};
}

std::pair<Arrays, Arrays> jvp(const Function& f, const Arrays& primals, const Arrays& tangents) {
  check_count("jvp", "tangents (one per primal)", tangents.size(), primals.size());
  for (size_t i = 0; i < primals.size(); ++i) check_like("jvp", "tangent", tangents[i], primals[i]);
  Level level(primals);
  Arrays outputs = f(level.arguments());
  Arrays results;
  {
    const GraphLock lock;
    std::vector<NodeRef> roots;
    for (const Array& output : outputs)
      if (output.requires_grad()) roots.push_back(output.node());
    const Walk walk(roots, [](const Node& node) { return node.requires_grad(); });
    std::vector<uint32_t> output_positions;
    for (const Array& output : outputs)
      output_positions.push_back(output.requires_grad() ? walk.position(output.peek()) : Walk::kOutside);
    std::vector<Arrays> flow(walk.size());
    for (size_t i = 0; i < primals.size(); ++i) {
      const uint32_t at = walk.position(*level.variables()[i]);
      if (at != Walk::kOutside && tangents[i].defined()) flow[at] = {astype(tangents[i], primals[i].dtype())};
    }

    for (size_t i = 0; i < walk.size(); ++i) {
      if (!flow[i].empty()) continue;
      const auto edges = walk.inputs(i);
      if (const auto* output = dynamic_cast<const Output*>(&walk[i]->op())) {
        const Arrays& tuple = flow[edges[0]];
        if (output->k < tuple.size()) flow[i] = {tuple[output->k]};
        continue;
      }
      Arrays inputs(edges.size());
      bool any = false;
      for (size_t j = 0; j < inputs.size(); ++j) {
        if (edges[j] == Walk::kOutside || flow[edges[j]].empty()) continue;
        inputs[j] = flow[edges[j]][0];
        any |= inputs[j].defined();
      }
      if (any) flow[i] = walk[i]->op().jvp(Call(*walk[i]), inputs);
    }
    for (size_t k = 0; k < outputs.size(); ++k) {
      const uint32_t at = output_positions[k];
      const bool reached = at != Walk::kOutside && !flow[at].empty() && flow[at][0].defined();
      results.push_back(reached ? Array(flow[at][0].node()) : zeros_like(outputs[k]));
    }
  }
  level.close({&outputs, &results});
  return {std::move(outputs), std::move(results)};
}

}  // namespace ingot
