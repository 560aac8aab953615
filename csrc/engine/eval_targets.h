// The two halves of `eval`, for evaluation here and on the engine's own thread.
#pragma once

#include <span>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// What evaluating `arrays` on this thread has to compute: those that are pending, with the companions that
/// `eval_with_next` named.
std::vector<NodeRef> eval_targets(std::span<const Array> arrays);
/// Computes the values of nodes, as `eval` does those of arrays.
void eval_nodes(std::span<const NodeRef> targets);

}  // namespace ingot
