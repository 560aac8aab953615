#include "ingot/autograd/transforms.h"
#include "ingot/engine/lock.h"
#include "ingot/graph/autocast_mode.h"
#include "ingot/graph/error.h"
#include "ingot/graph/leaf.h"
#include "ingot/graph/walk.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

namespace {

/// Arguments with their batch axis in front, the length of that axis, and stand-ins for one slice of each.
struct Batch {
  Arrays arguments;
  Arrays slices;
  /// What the slices stand for, which the function may change in place.
  std::vector<NodeRef> nodes;
  int64_t length = -1;

  Batch(const Arrays& given, const std::vector<int64_t>& in_axes) {
    for (size_t i = 0; i < given.size(); ++i) {
      if (in_axes[i] < 0) {
        arguments.push_back(given[i]);
        slices.push_back(given[i]);
        nodes.push_back(given[i].peek_node());
        continue;
      }
      const int64_t axis = normalize_axis(in_axes[i], given[i].ndim(), "vmap");
      const int64_t here = given[i].shape(axis);
      if (length >= 0 && here != length)
        throw ShapeError("vmap: batch lengths differ: ", length, " and ", here, " (argument ", i, " has shape ",
                         given[i].shape(), ", mapped over axis ", axis, ")");
      length = here;
      arguments.push_back(moveaxis(given[i], axis, 0));
      Shape shape = given[i].shape();
      shape.erase(static_cast<size_t>(axis));
      slices.emplace_back(Placeholder::create({shape, given[i].dtype()}, given[i].device()));
      // Transforms within ask what requires grad before the slices are replaced by what they stand for.
      slices.back().peek_node()->set_requires_grad(given[i].requires_grad());
      nodes.push_back(slices.back().peek_node());
    }
    if (length < 0) throw ValueError("vmap: at least one argument must be mapped over an axis");
  }
};

Array with_batch_axis(const Array& x, int64_t length) {
  Shape shape = x.shape();
  shape.insert(0, length);
  return broadcast_to(x, shape);
}

/// A node's results under batching: arrays, and whether they carry the batch axis (in front).
struct Batched {
  Arrays results;
  bool batched = false;
};

}  // namespace

Arrays vmap(const Function& f, const Arrays& arguments, const std::vector<int64_t>& in_axes,
            const std::vector<int64_t>& out_axes) {
  if (in_axes.size() != arguments.size())
    throw ValueError("vmap: expected one of in_axes per argument, got ", in_axes.size(), " for ", arguments.size());
  const Batch batch(arguments, in_axes);
  const Arrays outputs = f(batch.slices);
  if (out_axes.size() != outputs.size())
    throw ValueError("vmap: expected one of out_axes per output, got ", out_axes.size(), " for ", outputs.size());

  const GraphLock lock;
  std::vector<NodeRef> roots;
  for (const Array& output : outputs) roots.push_back(output.node());
  const Walk walk(roots, [](const Node& node) { return node.traced(); });
  std::vector<uint32_t> output_positions;
  for (const Array& output : outputs) output_positions.push_back(walk.position(output.peek()));
  std::vector<Batched> flow(walk.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    const uint32_t at = walk.position(*batch.nodes[i]);
    if (in_axes[i] >= 0 && at != Walk::kOutside) flow[at] = {{batch.arguments[i]}, true};
  }

  for (size_t i = 0; i < walk.size(); ++i) {
    if (flow[i].batched) continue;
    const auto edges = walk.inputs(i);
    if (const auto* output = dynamic_cast<const Output*>(&walk[i]->op())) {
      // A result may be asked for without depending on the arguments: then its tuple was not followed.
      if (edges[0] != Walk::kOutside && flow[edges[0]].batched) flow[i] = {{flow[edges[0]].results[output->k]}, true};
      continue;
    }
    const Call call(*walk[i]);
    Arrays inputs;
    BatchAxes axes;
    bool any = false;
    for (size_t j = 0; j < edges.size(); ++j) {
      const bool batched = edges[j] != Walk::kOutside && flow[edges[j]].batched;
      inputs.push_back(batched ? flow[edges[j]].results[0] : call.in(j));
      axes.push_back(batched ? 0 : -1);
      any |= batched;
    }
    const AutocastScope off({});
    if (any) flow[i] = {walk[i]->op().vmap(call, inputs, axes, batch.length), true};
  }

  Arrays results;
  for (size_t k = 0; k < outputs.size(); ++k) {
    const uint32_t at = output_positions[k];
    const bool batched = at != Walk::kOutside && flow[at].batched;
    const Array front = batched ? flow[at].results[0] : with_batch_axis(outputs[k], batch.length);
    results.push_back(out_axes[k] == 0 ? front : moveaxis(front, 0, out_axes[k]));
  }
  return results;
}

}  // namespace ingot
