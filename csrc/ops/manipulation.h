// Changing shape and joining. Views cost no copy where NumPy's cost none; writing to a view never changes its base.
#pragma once

#include <optional>
#include <vector>

#include "ingot/graph/array.h"
#include "ingot/ops/reduction.h"

namespace ingot {

/// One length may be -1: what is left. Throws ShapeError if the counts differ.
Array reshape(const Array& x, const Shape& shape);
/// Axes `start` to `end` (inclusive) joined into one.
Array flatten(const Array& x, int64_t start = 0, int64_t end = -1);
/// Axes in the given order; none means reversed. Throws ValueError unless a permutation.
Array transpose(const Array& x, const OptionalAxes& axes = {});
Array swapaxes(const Array& x, int64_t a, int64_t b);
Array moveaxis(const Array& x, int64_t source, int64_t destination);
/// NumPy's broadcasting. Throws ShapeError.
Array broadcast_to(const Array& x, const Shape& shape);
std::vector<Array> broadcast_arrays(const std::vector<Array>& arrays);
/// A new axis of length 1 at each of the given positions of the result.
Array expand_dims(const Array& x, const Axes& axes);
/// Without axes of length 1 (all, or the given ones, which must be of length 1: ShapeError).
Array squeeze(const Array& x, const OptionalAxes& axes = {});
/// The same values with gradients cut.
Array stop_gradient(const Array& x);
/// The same values, densely packed in row-major order.
Array contiguous(const Array& x);

/// `x[start:stop:step]` along each axis, with bounds already in range (`indexing.h` has the general form). Steps may be
/// negative.
Array slice(const Array& x, const Axes& start, const Axes& stop, const Axes& step);

/// Joined along an existing axis. Throws ShapeError unless all other axes agree, ValueError if there is nothing to
/// join.
Array concatenate(const std::vector<Array>& arrays, int64_t axis = 0);
/// Joined along a new axis.
Array stack(const std::vector<Array>& arrays, int64_t axis = 0);
/// `parts` equal pieces. Throws ShapeError unless the length divides.
std::vector<Array> split(const Array& x, int64_t parts, int64_t axis = 0);
/// Pieces that begin at the given indices.
std::vector<Array> split(const Array& x, const std::vector<int64_t>& indices, int64_t axis = 0);

/// Reversed along the axes.
Array flip(const Array& x, const OptionalAxes& axes = {});
/// Zeros (or `value`) added before and after each axis: `widths[axis] = {before, after}`.
Array pad(const Array& x, const std::vector<std::pair<int64_t, int64_t>>& widths, const Scalar& value = 0);
/// Repeated as whole blocks, as NumPy's.
Array tile(const Array& x, const std::vector<int64_t>& repeats);

}  // namespace ingot
