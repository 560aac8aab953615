#include "ingot/engine/in_flight.h"

#include <algorithm>

namespace ingot {

namespace {

/// Never destroyed: arrays in static objects may be evaluated late.
std::vector<InFlight*>& evaluations() {
  static auto* list = new std::vector<InFlight*>;
  return *list;
}

}  // namespace

InFlight::InFlight(std::vector<NodeRef> nodes) : nodes_(std::move(nodes)) { evaluations().push_back(this); }
InFlight::~InFlight() { std::erase(evaluations(), this); }

bool InFlight::any() noexcept { return !evaluations().empty(); }

void InFlight::forget_all() noexcept { evaluations().clear(); }

bool InFlight::contains(const Node& node) {
  return std::any_of(evaluations().begin(), evaluations().end(), [&](InFlight* each) { return each->has(node); });
}

bool InFlight::has(const Node& node) {
  if (index_.empty())
    for (const NodeRef& each : nodes_) index_.insert(each.get());
  return index_.contains(&node);
}

}  // namespace ingot
