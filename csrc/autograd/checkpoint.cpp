#include "ingot/autograd/checkpoint.h"

#include <algorithm>
#include <cstring>

#include "ingot/autograd/reverse_walk.h"
#include "ingot/autograd/segment.h"
#include "ingot/autograd/transforms.h"
#include "ingot/engine/lock.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/graph/leaf.h"
#include "ingot/ops/apply.h"

namespace ingot {

namespace {

// Note [Computing again, late]
// Forward and backward mostly reach the engine as one graph, where the second computation of a segment looks like a
// repetition of the first: common subexpressions would be shared, and everything be kept after all. So the second one
// begins from `Recompute` nodes instead of the inputs themselves. They also take the cotangents as inputs, of which
// they make no use: without that the engine could compute everything again right at the start of the backward pass.
// Only what was computed needs that; parameters are seen through a view, which is enough to tell the two apart.

/// Its first input, not before the others are there.
struct Recompute final : Define<Recompute, LinearOp> {
  static constexpr const char* kName = "recompute";
  auto attributes() const { return std::tie(); }
  Array transpose(const Call&, const Array& cotangent) const override { return cotangent; }

  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override {
    if (axes[0] == 0) return {inputs[0]};
    return Op::vmap(call, inputs, axes, batch);
  }

  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    const Tensor& from = inputs[0];
    const auto bytes = static_cast<int64_t>(size_of(from.dtype));
    char* to = outputs[0].as<char>();
    if (from.contiguous()) {
      std::memcpy(to, from.data, static_cast<size_t>(from.size() * bytes));
      return;
    }
    Shape index(from.shape.size(), 0);
    for (int64_t i = 0, count = from.size(); i < count; ++i, to += bytes) {
      int64_t offset = 0;
      for (size_t axis = 0; axis < index.size(); ++axis) offset += index[axis] * from.strides[axis];
      std::memcpy(to, from.as<char>() + offset * bytes, static_cast<size_t>(bytes));
      for (size_t axis = index.size(); axis-- > 0;) {
        if (++index[axis] < from.shape[axis]) break;
        index[axis] = 0;
      }
    }
  }
};

/// A segment as an attribute of an operation.
struct SharedSegment {
  std::shared_ptr<const Segment> segment;
  bool operator==(const SharedSegment& other) const { return *segment == *other.segment; }
  uint64_t fingerprint() const { return segment->fingerprint(); }
};

/// True for the result of something that gradients flow through; not for parameters and arguments of transforms.
bool is_activation(const Node& node) {
  const Node* source = &node;
  while (dynamic_cast<const Variable*>(&source->op()) && !source->inputs().empty() && !is_grad_leaf(*source))
    source = source->inputs()[0].get();
  return source->requires_grad() && !is_grad_leaf(*source) && source->op().kind() != Op::Kind::source;
}

/// A segment as one operation, of its inputs, with a result for each of its results.
struct Checkpoint final : Define<Checkpoint, CustomOp> {
  static constexpr const char* kName = "checkpoint";
  SharedSegment shared;
  explicit Checkpoint(std::shared_ptr<const Segment> segment) : shared{std::move(segment)} {}
  auto attributes() const { return std::tie(shared); }
  Lowering lowering() const override { return Lowering::expand; }

  std::vector<Array> expand(const std::vector<Array>& inputs) const override { return shared.segment->replay(inputs); }

  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override {
    std::vector<size_t> reached;
    Arrays seeds, primals;
    for (size_t k = 0; k < cotangents.size(); ++k) {
      if (!cotangents[k].defined()) continue;
      reached.push_back(k);
      seeds.push_back(cotangents[k]);
    }
    Arrays inputs = delayed_inputs(call, seeds);
    std::vector<size_t> wanted;
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (!call.needs(i)) continue;
      wanted.push_back(i);
      primals.push_back(inputs[i]);
    }
    const auto again = [&](const Arrays& arguments) {
      for (size_t i = 0; i < wanted.size(); ++i) inputs[wanted[i]] = arguments[i];
      const Arrays results = shared.segment->replay(inputs);
      Arrays outputs;
      for (size_t k : reached) outputs.push_back(results[k]);
      return outputs;
    };
    const Arrays found = ingot::vjp(again, primals, seeds).second;
    Arrays gradients(inputs.size());
    for (size_t i = 0; i < wanted.size(); ++i) gradients[wanted[i]] = found[i];
    return gradients;
  }

  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override {
    Arrays inputs, moving, directions;
    std::vector<size_t> positions;
    for (size_t i = 0; i < call.arity(); ++i) {
      inputs.push_back(call.in(i));
      if (!tangents[i].defined()) continue;
      positions.push_back(i);
      moving.push_back(inputs[i]);
      directions.push_back(tangents[i]);
    }
    const auto along = [&](const Arrays& arguments) {
      for (size_t i = 0; i < positions.size(); ++i) inputs[positions[i]] = arguments[i];
      return shared.segment->replay(inputs);
    };
    return ingot::jvp(along, moving, directions).second;
  }

  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t) const override {
    return ingot::vmap([this](const Arrays& slices) { return shared.segment->replay(slices); }, inputs, axes,
                       std::vector<int64_t>(call.node().output_specs().size(), 0));
  }

 private:
  static Arrays delayed_inputs(const Call& call, const Arrays& cotangents) {
    static const OpRef op = make_ref<Recompute>();
    const auto nodes = call.node().inputs();
    const bool any = std::any_of(nodes.begin(), nodes.end(), [](const NodeRef& node) { return is_activation(*node); });
    Arrays inputs;
    for (const NodeRef& node : nodes) {
      inputs.emplace_back(node);
      // The first segment has but data to begin from.
      const bool is_data = !node->requires_grad() && is_inexact(node->dtype());
      if (any ? !is_activation(*node) : !is_data) {
        inputs.back() = Array(Variable::create(node));
        inputs.back().peek_node()->set_requires_grad(node->requires_grad());
        continue;
      }
      Arrays operands{inputs.back()};
      operands.insert(operands.end(), cotangents.begin(), cotangents.end());
      inputs.back() = apply(op, operands, node->spec());
    }
    return inputs;
  }
};

}  // namespace

std::vector<Array> checkpoint(const std::function<std::vector<Array>()>& f) {
  if (!grad_enabled()) return f();
  std::vector<Array> results;
  std::vector<size_t> replaced;
  std::vector<NodeRef> made, inputs;
  std::shared_ptr<const Segment> segment;
  {
    const Births births;
    results = f();
    for (size_t i = 0; i < results.size(); ++i) {
      if (!results[i].requires_grad() || !Segment::covers(results[i].peek(), births)) continue;
      replaced.push_back(i);
      made.push_back(results[i].node());
    }
    if (made.empty()) return results;
    const GraphLock lock;
    segment = std::make_shared<const Segment>(made, births, inputs);
  }
  std::vector<Array> arguments;
  std::vector<Spec> specs;
  for (const NodeRef& node : inputs) arguments.emplace_back(node);
  for (const NodeRef& node : made) specs.push_back(node->spec());
  const std::vector<Array> outputs = apply_tuple(make_ref<Checkpoint>(std::move(segment)), arguments, std::move(specs));
  for (size_t k = 0; k < replaced.size(); ++k) results[replaced[k]] = outputs[k];
  return results;
}

}  // namespace ingot
