// The rules that an operation gets from its kind (graph/op.h).
#include "ingot/graph/op.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

namespace {

std::vector<Array> inputs_of(const Call& call) {
  std::vector<Array> inputs;
  for (size_t i = 0; i < call.arity(); ++i) inputs.push_back(call.in(i));
  return inputs;
}

}  // namespace

Array LinearOp::apply_to(const Call& call, const Array& input) const {
  std::vector<Array> inputs = inputs_of(call);
  inputs[0] = input;
  return apply_again(call, inputs)[0];
}

std::vector<Array> LinearOp::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(call.arity());
  if (call.needs(0)) result[0] = transpose(call, cotangents[0]);
  return result;
}

std::vector<Array> LinearOp::jvp(const Call& call, const std::vector<Array>& tangents) const {
  return {tangents[0].defined() ? apply_to(call, tangents[0]) : Array()};
}

std::vector<Array> BilinearOp::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(call.arity());
  for (size_t i = 0; i < result.size(); ++i)
    if (call.needs(i)) result[i] = transpose(call, i, cotangents[0]);
  return result;
}

std::vector<Array> BilinearOp::jvp(const Call& call, const std::vector<Array>& tangents) const {
  Array total;
  for (size_t i = 0; i < tangents.size(); ++i) {
    if (!tangents[i].defined()) continue;
    std::vector<Array> inputs = inputs_of(call);
    inputs[i] = tangents[i];
    const Array term = apply_again(call, inputs)[0];
    total = total.defined() ? total + term : term;
  }
  return {total};
}

std::vector<Array> Op::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                            int64_t batch) const {
  std::vector<std::vector<Array>> results;
  for (int64_t b = 0; b < batch; ++b) {
    std::vector<Array> slices = inputs;
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (axes[i] < 0) continue;
      const Shape& shape = inputs[i].shape();
      Axes start(shape.size(), 0), stop(shape), step(shape.size(), 1);
      start[0] = b;
      stop[0] = b + 1;
      slices[i] = squeeze(slice(inputs[i], start, stop, step), Axes{0});
    }
    std::vector<Array> outputs = apply_again(call, slices);
    results.resize(outputs.size());
    for (size_t k = 0; k < outputs.size(); ++k) results[k].push_back(outputs[k]);
  }
  if (batch == 0) {
    // Nothing to loop over: outputs are empty along the batch axis.
    const auto empty = [](const Spec& spec) {
      Shape shape = spec.shape;
      shape.insert(0, 0);
      return zeros(shape, spec.dtype);
    };
    if (!call.node().is_tuple()) return {empty(call.node().spec())};
    std::vector<Array> outputs;
    for (const Spec& spec : call.node().output_specs()) outputs.push_back(empty(spec));
    return outputs;
  }
  std::vector<Array> stacked;
  for (const auto& column : results) stacked.push_back(stack(column, 0));
  return stacked;
}

}  // namespace ingot
