// A piece of a graph on its own: operations and how they are connected, without nodes or values.
#pragma once

#include <memory>
#include <vector>

#include "ingot/graph/op.h"
#include "ingot/ops/births.h"

namespace ingot {

class Segment {
 public:
  /// Where a value comes from: an input, or result `result` of a step.
  struct Source {
    bool is_input;
    uint32_t index;
    uint32_t result = 0;
    bool operator==(const Source&) const = default;
  };
  struct Step {
    OpRef op;
    bool is_tuple;
    bool recorded;  ///< gradients flow through: it was not made under no_grad
    std::vector<Spec> specs;
    std::vector<Source> sources;
    Ref<GradSlot> slot;  ///< for hooks
  };

  /// True if `node` was made while `births` watched and can be made again; a leaf, or what has let go of its inputs, is a
  /// given.
  static bool covers(const Node& node, const Births& births);
  /// What `births` made on the way to `results`, all of them covered. Sets `inputs` to the nodes that this begins from.
  /// Call under the graph lock.
  Segment(const std::vector<NodeRef>& results, const Births& births, std::vector<NodeRef>& inputs);

  /// The same computation on other inputs, as new nodes.
  std::vector<Array> replay(const std::vector<Array>& inputs) const;

  bool operator==(const Segment& other) const;
  uint64_t fingerprint() const { return fingerprint_; }

 private:
  uint64_t hash() const;

  std::vector<Step> steps_;
  std::vector<Source> results_;
  uint64_t fingerprint_;
};

}  // namespace ingot
