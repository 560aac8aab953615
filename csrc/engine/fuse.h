// Which values are computed together, in one pass over memory.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ingot/engine/lower.h"

namespace ingot {

/// Values computed by one step: a fused group over one iteration space, or a kernel with its epilogue.
struct Group {
  /// A value that runs a kernel, of whose result the members (pointwise values of its shape) are the epilogue; kNone for
  /// a fused group.
  static constexpr uint32_t kNone = ~0u;
  uint32_t kernel = kNone;

  /// Pointwise values of this shape, reductions over `reduced` of values of this shape, and pointwise values of
  /// reduction results.
  Shape space;
  /// Sorted; empty until the group has a reduction.
  Axes reduced;
  bool has_reduction = false;
  /// True if a member has the space's elements under another shape; then there is no reduction.
  bool reshaped = false;
  /// Ids of values, in an order in which inputs come first.
  std::vector<uint32_t> members;
  /// Everything the group reads comes from groups of a lower stage, so groups never depend on each other in a circle.
  uint32_t stage = 0;

  /// True if the last axis is kept: the reduction runs across rows, and its results cannot be used within the group.
  bool columns() const;
  /// Elements combined into one.
  int64_t row_length() const;
};

inline constexpr uint32_t kNoGroup = ~0u;

struct Fusion {
  std::vector<Group> groups;
  /// For each value: its group, or kNoGroup for leaves, constants and views.
  std::vector<uint32_t> group_of;
};

/// Strides of value `v` (an input of member `user`) over the group's space; nothing if it does not fit the space.
std::optional<Strides> strides_in_group(const LoweredGraph& graph, const Group& group, uint32_t v, uint32_t user);
/// Strides with which a member's own result lies over the group's space.
Strides member_strides(const LoweredGraph& graph, const Group& group, uint32_t member);
/// True for a member that has one element per position of the kept axes.
bool is_reduced_member(const LoweredGraph& graph, const Group& group, uint32_t member);

/// Assigns every value that takes work to a group.
Fusion fuse(const LoweredGraph& graph, const Backend& backend);

}  // namespace ingot
