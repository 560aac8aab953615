#include "ingot/autograd/reverse_walk.h"

#include <algorithm>

#include "ingot/graph/autocast_mode.h"
#include "ingot/graph/error.h"
#include "ingot/graph/leaf.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/gradient_sum.h"
#include "ingot/ops/node_watch.h"

namespace ingot {

bool is_grad_leaf(const Node& node) { return node.slot() && node.slot()->is_leaf; }

ReverseWalk::ReverseWalk(std::span<const NodeRef> roots)
    : walk_(roots, [](const Node& node) { return node.requires_grad(); }),
      wanted_(walk_.size(), true),
      cotangents_(walk_.size()) {
  for (const NodeRef& root : roots) root_positions_.push_back(walk_.position(*root));
}

void ReverseWalk::add(size_t k, const Array& cotangent) { accumulate(root_positions_[k], 0, cotangent); }

void ReverseWalk::restrict_to(std::span<const NodeRef> targets) {
  for (const NodeRef& target : targets) targets_.insert(target.get());
  for (uint32_t i = 0; i < walk_.size(); ++i) {
    const auto inputs = walk_.inputs(i);
    // Where edges are gone nobody can tell what they led to: sweep there too, and say that the graph was released.
    wanted_[i] = targets_.contains(walk_[i].get()) || walk_[i]->released() ||
                 std::any_of(inputs.begin(), inputs.end(), [this](uint32_t input) { return flows_to(input); });
  }
}

void ReverseWalk::run(const std::function<void(const NodeRef&, Array&)>& visit) {
  for (uint32_t i = static_cast<uint32_t>(walk_.size()); i-- > 0;) {
    if (!wanted_[i]) continue;
    if (walk_[i]->is_tuple()) {
      if (tuple_cotangents_.contains(i)) propagate(i);
      continue;
    }
    if (!cotangents_[i].defined()) continue;
    complete(i);
    visit(walk_[i], cotangents_[i]);
    propagate(i);
    cotangents_[i] = Array();
  }
}

void ReverseWalk::propagate(uint32_t position) {
  const Node& node = *walk_[position];
  if (node.released() && !targets_.contains(&node))
    throw GradError("backward: the graph of '", node.op().name(),
                    "' was released by an earlier backward(). Call backward(retain_graph=True) the first time to go "
                    "through the same graph twice");
  const auto inputs = walk_.inputs(position);
  if (std::none_of(inputs.begin(), inputs.end(), [this](uint32_t input) { return flows_to(input); })) return;

  if (const auto* output = dynamic_cast<const Output*>(&node.op())) {
    accumulate(inputs[0], output->k, cotangents_[position]);
    return;
  }
  std::vector<Array> cotangents{cotangents_[position]};
  if (node.is_tuple()) cotangents = std::move(tuple_cotangents_.extract(position).mapped());
  const NodeWatch::Differentiating differentiating(node);
  const AutocastScope off({});
  const std::vector<Array> gradients = node.op().vjp(Call(node), cotangents);
  for (size_t i = 0; i < gradients.size(); ++i)
    if (gradients[i].defined() && flows_to(inputs[i])) accumulate(inputs[i], 0, gradients[i]);
}

void ReverseWalk::accumulate(uint32_t position, size_t output, const Array& cotangent) {
  const Node& node = *walk_[position];
  Array* total = &cotangents_[position];
  if (node.is_tuple()) {
    std::vector<Array>& list = tuple_cotangents_[position];
    list.resize(node.output_specs().size());
    total = &list[output];
  }
  if (!total->defined())
    *total = cotangent;
  else if (!node.is_tuple() && adds_up_late(cotangent))
    late_[position].push_back(cotangent);
  else
    *total = *total + cotangent;
}

void ReverseWalk::complete(uint32_t position) {
  const auto late = late_.find(position);
  if (late == late_.end()) return;
  std::vector<Array> all{cotangents_[position]};
  all.insert(all.end(), late->second.begin(), late->second.end());
  late_.erase(late);
  const AutocastScope off({});
  cotangents_[position] = sum_gradients(all);
}

void ReverseWalk::release() {
  for (uint32_t i = 0; i < walk_.size(); ++i)
    if (wanted_[i] && !is_grad_leaf(*walk_[i])) walk_[i]->release_graph();
}

}  // namespace ingot
