// A snapshot of the pending part of a graph, made before it is planned or matched with an earlier plan.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ingot/graph/node.h"

namespace ingot {

/// What becomes of a pending node's value.
enum class Fate : uint8_t {
  internal,  ///< nobody will ask for it
  useful,    ///< a backward may ask: keep it if it is in memory anyway
  wanted,    ///< somebody holds it
};

/// The pending nodes behind some targets, inputs before users, with the evaluated nodes (leaves) they begin from.
///
/// Make and use it under the graph lock. It holds no references: the targets keep everything alive.
struct Capture {
  /// Ids of leaves carry this bit.
  static constexpr uint32_t kLeaf = 1u << 31;

  /// With `recorded` leaves, those nodes count as leaves even though they have no value. Otherwise throws TraceError at
  /// a placeholder.
  explicit Capture(std::span<const NodeRef> targets, std::span<const NodeRef> recorded = {});

  /// The same, once no other thread computes any of the nodes; may give up the graph lock in between. Throws Interrupted.
  static Capture when_free(std::span<const NodeRef> targets);
  /// True if another thread computes one of the nodes at this moment; then the rest is not filled in.
  bool blocked = false;

  std::vector<Node*> nodes;
  std::vector<Node*> leaves;
  std::vector<uint32_t> edges;
  std::vector<uint32_t> first_edge;
  std::vector<Fate> fates;
  /// Leaves whose memory nobody will need once the plan has read it for the last time.
  std::vector<bool> expendable;

  std::span<const uint32_t> inputs(size_t node) const {
    return {edges.data() + first_edge[node], first_edge[node + 1] - first_edge[node]};
  }

  /// What a plan depends on, as words: equal words, equal plan.
  std::vector<uint64_t> key() const;
};

}  // namespace ingot
