// What an index expression like `x[0, ..., mask, 1:]` means for an array of a given shape.
#pragma once

#include <vector>

#include "ingot/ops/indexing.h"

namespace ingot {

/// Index arrays that leave the first `count` axes of `shape` as they are, to stand in front of others of up to `ndim`
/// axes: with them the axes of a result come in their order without being moved.
std::vector<Array> leading_positions(const Shape& shape, size_t count, size_t ndim);

/// The two stages of indexing, as NumPy defines them: first slices, integers and new axes (`region`), then index
/// arrays.
struct IndexPlan {
  /// `x[start:stop:step]`, one entry for each axis of x; an integer is a slice of length 1.
  Axes start, stop, step;
  /// Lengths of that slice.
  Shape region;
  /// The region without the axes that integers drop, and with new ones.
  Shape expanded;
  /// Index arrays, in the order of the axes of `expanded` that they index. Neighbours have leading positions in front, so
  /// the axes of index arrays always come first in the result.
  std::vector<Array> arrays;
  Axes array_axes;
  /// The axes of x that they index, as error messages call them.
  Axes names;

  /// Throws IndexError or ValueError if the expression does not fit the shape. Boolean arrays are evaluated.
  IndexPlan(const Shape& shape, const std::vector<Index>& indices);

  /// All of `x`'s axes from end to end, in order.
  bool whole(const Shape& shape) const;
  /// Axes of `expanded` with the indexed ones first.
  Axes indexed_first() const;
  /// Shape of `x[...]`.
  Shape result_shape() const;
};

}  // namespace ingot
