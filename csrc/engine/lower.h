// From captured nodes to the engine's own form: expansions made, repeats shared, views resolved to windows on the
// memory of others.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "ingot/engine/backend.h"
#include "ingot/engine/capture.h"

namespace ingot {

/// One value of the lowered graph.
struct Lowered {
  enum class Kind : uint8_t {
    leaf,      ///< given from outside when the plan runs: `index` counts them
    constant,  ///< known to the plan: `constant`
    view,      ///< a window on `root`
    copy,      ///< the input, packed
    pointwise,
    reduction,
    kernel,  ///< runs by itself; if it has `result_count` > 0, its results are the values that follow it
    result,  ///< result `index` of the kernel that is its input
  };
  Lowered(Kind k, OpRef o, Spec s, std::vector<uint32_t> in)
      : kind(k), op(std::move(o)), spec(std::move(s)), inputs(std::move(in)) {}

  Kind kind;
  OpRef op;
  Spec spec;
  std::vector<uint32_t> inputs;
  uint32_t index = 0;
  uint32_t result_count = 0;
  Value constant;
  /// The value whose memory this one lies in (itself unless a view), and where, in elements of this one's dtype: a view
  /// may see the same bytes as another dtype.
  uint32_t root = 0;
  Layout layout;
};

/// Values in an order in which inputs come first.
struct LoweredGraph {
  std::vector<Lowered> values;
  /// For each captured node: its value; for a tuple node, what `result_of` takes.
  std::vector<uint32_t> of_node;
  /// By value: it is the memory of something that is asked for.
  std::vector<bool> wanted;
  /// For operations of several results that were expanded: the values of the results, by the value that stands for the
  /// tuple.
  std::unordered_map<uint32_t, std::vector<uint32_t>> expansions;

  /// Result `k` of a tuple.
  uint32_t result_of(uint32_t tuple, size_t k) const {
    const auto expanded = expansions.find(tuple);
    return expanded == expansions.end() ? tuple + 1 + static_cast<uint32_t>(k) : expanded->second[k];
  }
};

/// Lowers a capture for a backend. Depends on nothing but what `Capture::key` holds.
LoweredGraph lower(const Capture& capture, const Backend& backend);

}  // namespace ingot
