#include "ingot/autograd/forward_walk.h"

#include "ingot/engine/lock.h"
#include "ingot/graph/autocast_mode.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/walk.h"
#include "ingot/ops/elementwise.h"

namespace ingot {

Arrays push_forward(const Arrays& outputs, std::span<const NodeRef> variables, const Arrays& tangents) {
  const GraphLock lock;
  const AutocastScope off({});
  std::vector<NodeRef> roots;
  for (const Array& output : outputs)
    if (output.requires_grad()) roots.push_back(output.node());
  const Walk walk(roots, [](const Node& node) { return node.requires_grad(); });
  // The rules called below may walk too, after which positions are no longer known.
  std::vector<uint32_t> output_positions;
  for (const Array& output : outputs)
    output_positions.push_back(output.requires_grad() ? walk.position(output.peek()) : Walk::kOutside);
  std::vector<Arrays> flow(walk.size());
  for (size_t i = 0; i < variables.size(); ++i) {
    const uint32_t at = walk.position(*variables[i]);
    if (at != Walk::kOutside && tangents[i].defined()) flow[at] = {astype(tangents[i], variables[i]->dtype())};
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
  Arrays results(outputs.size());
  for (size_t k = 0; k < outputs.size(); ++k) {
    const uint32_t at = output_positions[k];
    if (at != Walk::kOutside && !flow[at].empty() && flow[at][0].defined()) results[k] = Array(flow[at][0].node());
  }
  return results;
}

}  // namespace ingot
