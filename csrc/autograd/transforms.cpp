#include "ingot/autograd/transforms.h"

#include "ingot/autograd/backward.h"
#include "ingot/autograd/forward_walk.h"
#include "ingot/autograd/level.h"
#include "ingot/graph/error.h"
#include "ingot/ops/creation.h"

namespace ingot {

namespace {

void check_count(const char* who, const char* what, size_t got, size_t expected) {
  if (got != expected) throw ValueError(who, ": expected ", expected, " ", what, ", got ", got);
}

void check_like(const char* who, const char* what, const Array& given, const Array& like) {
  if (given.defined() && given.shape() != like.shape())
    throw ShapeError(who, ": a ", what, " has shape ", given.shape(), ", but its array has shape ", like.shape(),
                     "; they must be equal");
}

/// Gradients with zeros where there is no influence. By a level's variables, not by its arguments, which the function
/// may have changed in place.
Arrays filled_gradients(const Arrays& outputs, const std::vector<NodeRef>& variables, const Arrays& cotangents) {
  Arrays inputs;
  for (const NodeRef& variable : variables) inputs.emplace_back(variable);
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
  Arrays result = filled_gradients(used_outputs, level.variables(), used_cotangents);
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
  Arrays result = filled_gradients({outputs[0]}, level.variables(), {});
  level.close({&outputs, &result});
  return {std::move(outputs), std::move(result)};
}

std::pair<Arrays, Arrays> jvp(const Function& f, const Arrays& primals, const Arrays& tangents) {
  check_count("jvp", "tangents (one per primal)", tangents.size(), primals.size());
  for (size_t i = 0; i < primals.size(); ++i) check_like("jvp", "tangent", tangents[i], primals[i]);
  Level level(primals);
  Arrays outputs = f(level.arguments());
  Arrays results = push_forward(outputs, level.variables(), tangents);
  for (size_t k = 0; k < results.size(); ++k)
    if (!results[k].defined()) results[k] = zeros_like(outputs[k]);
  level.close({&outputs, &results});
  return {std::move(outputs), std::move(results)};
}

}  // namespace ingot
