// Reverse mode: from results back to what they were made of.
#pragma once

#include <vector>

#include "ingot/graph/array.h"
#include "ingot/graph/grad_mode.h"

namespace ingot {

struct BackwardOptions {
  /// Keep the graph, so that another backward may run through it.
  bool retain_graph = false;
  /// Record the gradients' own graph, so that they can be differentiated again. Implies retain_graph.
  bool create_graph = false;
};

/// Adds the gradient of `output` to `.grad` of every leaf it depends on. `cotangent` is the gradient of `output`
/// itself; undefined means ones. Throws GradError if `output` does not require grad (naming the operation that cut the
/// graph) or if its graph was released by an earlier call, ShapeError if the cotangent does not match.
void backward(const Array& output, const Array& cotangent = {}, BackwardOptions options = {});
/// The same for several outputs at once, whose gradients add up. With `inputs`, gradients go to `.grad` of these arrays
/// alone, which need not be leaves; throws GradError for one that does not require grad.
void backward(const std::vector<Array>& outputs, const std::vector<Array>& cotangents, BackwardOptions options = {},
              const std::vector<Array>& inputs = {});

/// The gradients of `sum_k <outputs[k], cotangents[k]>` by `inputs`, one each, undefined where an input has no
/// influence. Changes no `.grad`. Undefined cotangents (or none at all) mean ones.
std::vector<Array> gradients(const std::vector<Array>& outputs, const std::vector<Array>& inputs,
                             const std::vector<Array>& cotangents = {}, BackwardOptions options = {});

}  // namespace ingot
