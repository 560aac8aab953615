// Addressing: the axes of an iteration space in three groups, and each operand's way through them.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "ingot/cpu/pack.h"
#include "ingot/engine/program.h"

namespace ingot::cpu {

/// A tile is a rectangle of positions of `row` times positions of `column`, at one position of `block`.
enum Group : int { block, row, column };
inline constexpr int kGroups = 3;

/// The axes of each group, outermost first, with neighbours merged where every operand allows it.
struct Space {
  std::array<Shape, kGroups> axes;
  std::array<int64_t, kGroups> count{1, 1, 1};
};

/// A range of positions of one group.
struct Range {
  Group group;
  int64_t start, count;
};

/// How one operand lies in memory over a Space.
struct Access {
  std::array<Strides, kGroups> strides;
  /// True if the operand advances by the same stride at every position of the group: it could be one axis.
  std::array<bool, kGroups> uniform{true, true, true};
  /// That stride; 0 for a group of one position.
  std::array<int64_t, kGroups> stride{0, 0, 0};
  /// Logarithm of the element size.
  int log_size = 0;
  /// True if it is too large for the second-level cache: worth fetching ahead.
  bool far = false;

  bool constant() const { return uniform == std::array{true, true, true} && stride == std::array<int64_t, 3>{0, 0, 0}; }
  /// True if the positions of a range lie at one stride.
  bool regular(const Space& space, Range range) const;
  /// Bytes from the first element to a position of a group.
  int64_t offset(const Space& space, Group group, int64_t position) const;
};

/// How the axes of an epilogue's space fall into groups: so many `block` axes, then so many `row` axes, then `column`
/// axes.
struct WindowAxes {
  uint32_t block, row;
};

/// Splits a step's axes into groups. With reductions across rows: outer, reduced, inner; along rows: outer axes are rows,
/// reduced ones columns; without reductions the last merged axis is the column group and all others are rows.
/// `accesses` gets one entry for each input, then for each output.
Space make_space(const FusedStep& step, const std::optional<WindowAxes>& window, std::vector<Access>& accesses);

/// Copies the elements at rows x columns to `out`, where rows are dense and `row_stride` elements apart.
void gather(const Pack& pack, const Space& space, const Access& access, const std::byte* base, Range rows,
            Range columns, std::byte* out, int64_t row_stride);
/// The reverse.
void scatter(const Pack& pack, const Space& space, const Access& access, std::byte* base, Range rows, Range columns,
             const std::byte* in, int64_t row_stride);

}  // namespace ingot::cpu
