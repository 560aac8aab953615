#include "ingot/engine/run.h"

#include "ingot/engine/lock.h"

namespace ingot {

std::vector<Value> run_plan(const Plan& plan, std::span<Node* const> leaves, const std::vector<bool>& expendable) {
  std::vector<const Value*> values;
  values.reserve(leaves.size());
  for (const Node* leaf : leaves) values.push_back(&leaf->value());
  std::vector<uint32_t> overwritten;
  try {
    std::vector<Value> results;
    const GraphUnlock unlocked;
    run_blocking([&] {
      const PlanRun run;
      results = plan.run(values, expendable, overwritten);
    });
    return results;
  } catch (...) {
    for (uint32_t leaf : overwritten) leaves[leaf]->lose_value();
    throw;
  }
}

}  // namespace ingot
