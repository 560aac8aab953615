// Plans of earlier evaluations: a training loop builds the same graph each step and should be planned once.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "ingot/engine/plan.h"

namespace ingot {

/// Least recently used plans go first. Use under the graph lock.
class PlanCache {
 public:
  /// The plan of a capture with this key (`Capture::key`), made now if it is not known.
  std::shared_ptr<const Plan> get(const Capture& capture, std::vector<uint64_t> key, const Backend& backend);
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::vector<uint64_t> key;
    uint64_t hash;
    std::shared_ptr<const Plan> plan;
  };
  using Entries = std::list<Entry>;

  void shrink();

  Entries entries_;  // most recently used first
  std::unordered_multimap<uint64_t, Entries::iterator> by_hash_;
  size_t words_ = 0;
};

}  // namespace ingot
