// Running a plan on captured leaves, with the care that memory updated in place needs.
#pragma once

#include <span>
#include <vector>

#include "ingot/engine/plan.h"

namespace ingot {

/// Runs `plan` on the values of `leaves`, of which the expendable ones may be overwritten. If it fails after that,
/// those leaves lose their value.
///
/// Call it under the graph lock, which is given up meanwhile (unless this thread holds it more than once), as the host's
/// lock is; hold the leaves, and what is being computed `InFlight`.
std::vector<Value> run_plan(const Plan& plan, std::span<Node* const> leaves, const std::vector<bool>& expendable);

}  // namespace ingot
