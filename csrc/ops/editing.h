// Elements put in and taken out, and positions in an array as one number or as one for each axis.
#pragma once

#include <optional>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// `values` behind `x` along an axis; without one, both flattened.
Array append(const Array& x, const Array& values, std::optional<int64_t> axis = {});
/// `values` before the given positions along an axis (none: of the flattened array), one slice for each, or one for
/// all. One position takes all slices of `values` there if `block`. Throws IndexError for a position out of range.
Array insert(const Array& x, const std::vector<int64_t>& positions, const Array& values,
             std::optional<int64_t> axis = {}, bool block = false);
/// `x` without the given positions along an axis (none: of the flattened array). Throws IndexError for a position out
/// of range.
Array delete_at(const Array& x, const std::vector<int64_t>& positions, std::optional<int64_t> axis = {});
/// Differences of neighbours in the flattened array, between `begin` and `end` (undefined: nothing).
Array ediff1d(const Array& x, const Array& end = {}, const Array& begin = {});

/// `x` with `value` on its main diagonal, all positions whose indices are equal; `wrap`: which of a tall matrix goes on
/// below. Throws ShapeError for fewer than two axes, or more than two of different lengths.
Array fill_diagonal(const Array& x, const Array& value, bool wrap = false);

/// Positions (int32) in the flattened array of the elements that are not zero. Evaluates.
Array flatnonzero(const Array& x);
/// Positions in a flattened array of `shape`, as one array of indices for each axis. Negative ones count from the end;
/// one that is out of range throws IndexError when the result is evaluated.
std::vector<Array> unravel_index(const Array& positions, const Shape& shape);
/// The inverse: indices (broadcast) as positions in the flattened array. Throws ValueError unless there is one array
/// for each axis.
Array ravel_multi_index(const std::vector<Array>& indices, const Shape& shape);

}  // namespace ingot
