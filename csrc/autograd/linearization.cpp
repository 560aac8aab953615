#include "ingot/autograd/linearization.h"

#include "ingot/autograd/backward.h"
#include "ingot/autograd/forward_walk.h"
#include "ingot/autograd/level.h"
#include "ingot/graph/error.h"
#include "ingot/ops/creation.h"

namespace ingot {

namespace {

void check_against(const char* what, const Arrays& given, const Arrays& like) {
  if (given.size() != like.size())
    throw ValueError("linearize: expected ", like.size(), " ", what, "s, got ", given.size());
  for (size_t i = 0; i < like.size(); ++i)
    if (given[i].defined() && given[i].shape() != like[i].shape())
      throw ShapeError("linearize: ", what, " ", i, " has shape ", given[i].shape(), ", but its array has shape ",
                       like[i].shape(), "; they must be equal");
}

}  // namespace

Linearization::Linearization(const Function& f, const Arrays& primals)
    : primals_(primals), variables_(make_variables(primals)) {
  Arrays arguments;
  for (const NodeRef& variable : variables_) arguments.emplace_back(variable);
  {
    const GradMode on(true);
    for (const Array& output : f(arguments)) recorded_.emplace_back(output.node());
  }
  outputs_ = without_variables(recorded_, variables_);
}

Arrays Linearization::pull_back(const Arrays& cotangents) const {
  check_against("cotangent", cotangents, recorded_);
  Arrays reached, seeds, inputs;
  for (size_t k = 0; k < cotangents.size(); ++k) {
    if (!cotangents[k].defined()) continue;
    reached.push_back(recorded_[k]);
    seeds.push_back(cotangents[k]);
  }
  for (const NodeRef& variable : variables_) inputs.emplace_back(variable);
  Arrays found = gradients(reached, inputs, seeds, {.retain_graph = true, .create_graph = grad_enabled()});
  for (size_t i = 0; i < found.size(); ++i)
    if (!found[i].defined()) found[i] = zeros_like(primals_[i]);
  return without_variables(found, variables_);
}

Arrays Linearization::push_forward(const Arrays& tangents) const {
  check_against("tangent", tangents, primals_);
  Arrays found = ingot::push_forward(recorded_, variables_, tangents);
  for (size_t k = 0; k < found.size(); ++k)
    if (!found[k].defined()) found[k] = zeros_like(outputs_[k]);
  return without_variables(found, variables_);
}

Arrays linear_transpose(const Function& f, const Arrays& examples, const Arrays& cotangents) {
  Arrays zero;
  for (const Array& example : examples) zero.push_back(zeros_like(example));
  return Linearization(f, zero).pull_back(cotangents);
}

}  // namespace ingot
