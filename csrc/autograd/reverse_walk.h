// The reverse-mode scheduler: one sweep over the recorded graph, results before what they were made of.
#pragma once

#include <functional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ingot/graph/op.h"
#include "ingot/graph/walk.h"

namespace ingot {

/// Collects cotangents for the part of a graph that leads from `roots` to leaves that require grad. Hold the graph
/// lock.
class ReverseWalk {
 public:
  explicit ReverseWalk(std::span<const NodeRef> roots);

  /// Adds a cotangent of root `k`.
  void add(size_t k, const Array& cotangent);
  /// Limits the sweep to what leads to `targets`.
  void restrict_to(std::span<const NodeRef> targets);
  /// Sweeps. `visit` sees each node's complete cotangent, and may replace it; nodes that got none are passed over.
  /// Throws GradError at a node whose graph was released.
  void run(const std::function<void(const NodeRef&, Array&)>& visit);
  /// Marks what the sweep ran through as used up.
  void release();

 private:
  bool flows_to(uint32_t input) const { return input != Walk::kOutside && wanted_[input]; }
  void accumulate(uint32_t position, size_t output, const Array& cotangent);
  void complete(uint32_t position);
  void propagate(uint32_t position);

  Walk walk_;
  std::vector<uint32_t> root_positions_;
  std::unordered_set<const Node*> targets_;
  std::vector<bool> wanted_;
  std::vector<Array> cotangents_;
  std::unordered_map<uint32_t, std::vector<Array>> tuple_cotangents_;
  /// What is to be added to a cotangent when all of it is there (`adds_up_late`).
  std::unordered_map<uint32_t, std::vector<Array>> late_;
};

/// True where `backward` ends: a leaf with a slot for its gradient.
bool is_grad_leaf(const Node& node);

}  // namespace ingot
