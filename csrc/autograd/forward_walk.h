// Forward mode over a recorded graph: tangents go from variables to results in one sweep.
#pragma once

#include <span>

#include "ingot/autograd/transforms.h"

namespace ingot {

/// How `outputs` change as `variables`, places in the graph they were recorded from, move along `tangents` (undefined:
/// not at all). Undefined where nothing that moves has influence.
Arrays push_forward(const Arrays& outputs, std::span<const NodeRef> variables, const Arrays& tangents);

}  // namespace ingot
