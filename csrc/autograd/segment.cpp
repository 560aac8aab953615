#include "ingot/autograd/segment.h"

#include <algorithm>
#include <unordered_map>

#include "ingot/autograd/reverse_walk.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/walk.h"
#include "ingot/ops/apply.h"

namespace ingot {

namespace {

bool same_specs(const std::vector<Spec>& a, const std::vector<Spec>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Spec& x, const Spec& y) { return x.dtype == y.dtype && x.shape == y.shape; });
}

}  // namespace

bool Segment::covers(const Node& node, const Births& births) {
  if (dynamic_cast<const Output*>(&node.op()) && !node.inputs().empty()) return covers(*node.inputs()[0], births);
  return births.contains(node) && !is_grad_leaf(node) && !(node.evaluated() && !node.keeps_edges());
}

Segment::Segment(const std::vector<NodeRef>& results, const Births& births, std::vector<NodeRef>& inputs) {
  const Walk walk(results, [&](const Node& node) { return covers(node, births); });
  std::vector<Source> source_of(walk.size());
  std::unordered_map<const Node*, uint32_t> input_index;
  for (size_t i = 0; i < walk.size(); ++i) {
    const Node& node = *walk[i];
    const auto edges = walk.inputs(i);
    if (const auto* output = dynamic_cast<const Output*>(&node.op())) {
      source_of[i] = {false, source_of[edges[0]].index, static_cast<uint32_t>(output->k)};
      continue;
    }
    Step step{node.op_ref(), node.is_tuple(), node.requires_grad(), {}, {}, node.slot()};
    step.specs = node.is_tuple() ? node.output_specs() : std::vector<Spec>{node.spec()};
    for (size_t j = 0; j < edges.size(); ++j) {
      if (edges[j] != Walk::kOutside) {
        step.sources.push_back(source_of[edges[j]]);
        continue;
      }
      const NodeRef& input = node.inputs()[j];
      const auto [found, is_new] = input_index.try_emplace(input.get(), static_cast<uint32_t>(inputs.size()));
      if (is_new) inputs.push_back(input);
      step.sources.push_back({true, found->second});
    }
    source_of[i] = {false, static_cast<uint32_t>(steps_.size())};
    steps_.push_back(std::move(step));
  }
  for (const NodeRef& result : results) results_.push_back(source_of[walk.position(*result)]);
  fingerprint_ = hash();
}

std::vector<Array> Segment::replay(const std::vector<Array>& inputs) const {
  std::vector<std::vector<Array>> values;
  const auto value = [&](const Source& source) {
    return source.is_input ? inputs[source.index] : values[source.index][source.result];
  };
  for (const Step& step : steps_) {
    std::vector<Array> operands;
    for (const Source& source : step.sources) operands.push_back(value(source));
    const GradMode mode(step.recorded && grad_enabled());
    if (step.is_tuple)
      values.push_back(apply_tuple(step.op, operands, step.specs));
    else
      values.push_back({apply(step.op, operands, step.specs[0])});
    if (step.slot && !step.is_tuple && grad_enabled()) values.back()[0].peek_node()->set_slot(step.slot);
  }
  std::vector<Array> results;
  for (const Source& source : results_) results.push_back(value(source));
  return results;
}

bool Segment::operator==(const Segment& other) const {
  return fingerprint_ == other.fingerprint_ && results_ == other.results_ &&
         std::equal(steps_.begin(), steps_.end(), other.steps_.begin(), other.steps_.end(),
                    [](const Step& a, const Step& b) {
                      return a.recorded == b.recorded && a.slot == b.slot && a.sources == b.sources &&
                             same_specs(a.specs, b.specs) && a.op->same(*b.op);
                    });
}

uint64_t Segment::hash() const {
  uint64_t seed = steps_.size();
  const auto add = [&seed](uint64_t word) { seed = detail::hash_combine(seed, word); };
  const auto add_source = [&](const Source& source) {
    add(uint64_t(source.is_input) << 63 | uint64_t(source.index) << 24 | source.result);
  };
  for (const Step& step : steps_) {
    add(step.op->fingerprint());
    add(step.recorded);
    for (const Spec& spec : step.specs) {
      add(static_cast<uint64_t>(spec.dtype) << 32 | spec.shape.size());
      for (int64_t length : spec.shape) add(static_cast<uint64_t>(length));
    }
    for (const Source& source : step.sources) add_source(source);
  }
  for (const Source& source : results_) add_source(source);
  return seed;
}

}  // namespace ingot
