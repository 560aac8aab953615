// The elements of arrays in another order, repeated, or side by side: functions of views and joining.
#pragma once

#include <optional>
#include <vector>

#include "ingot/graph/array.h"
#include "ingot/ops/reduction.h"

namespace ingot {

/// Elements moved on by `shift` along each axis, those that fall off come in again at the front. Without axes the
/// flattened array is rolled. Throws ValueError unless there are as many shifts as axes, or one for all.
Array roll(const Array& x, const Shape& shift, const OptionalAxes& axes = {});
/// Turned by `k` quarters in the plane of two axes, from the first towards the second.
Array rot90(const Array& x, int64_t k = 1, const Axes& axes = {0, 1});
/// Each element `repeats` times, one beside the other: along an axis, or in the flattened array.
Array repeat_interleave(const Array& x, int64_t repeats, std::optional<int64_t> axis = {});
/// The same with a count for each position along the axis, or one for all. An array of them is evaluated unless
/// `output_size` says how long the axis becomes; if it is wrong, evaluation throws IndexError.
Array repeat_interleave(const Array& x, const std::vector<int64_t>& repeats, std::optional<int64_t> axis = {});
Array repeat_interleave(const Array& x, const Array& repeats, std::optional<int64_t> axis = {},
                        std::optional<int64_t> output_size = {});
/// Axes given by `source` moved to `destination`, the others in order.
Array moveaxis(const Array& x, const Axes& source, const Axes& destination);
/// One axis of `x` split into several; one length may be -1.
Array unflatten(const Array& x, int64_t axis, const Shape& lengths);

/// Coordinates of a grid: one array for each vector, each of the shape of the grid, or, if `sparse`, of length 1 along
/// the axes that it does not run along. `matrix_order` ("ij"): the first vector runs along the first axis; otherwise
/// ("xy") along the second.
std::vector<Array> meshgrid(const std::vector<Array>& vectors, bool matrix_order, bool sparse = false);
/// Numbers of the positions along each axis of a grid of that shape, (ndim, *shape).
Array grid_indices(const Shape& shape, DType dtype = DType::int64);
/// All ways to take one element of each vector: (count, number of vectors). Of one vector: itself.
Array cartesian_prod(const std::vector<Array>& vectors);
/// All ways to choose `r` elements of a vector, in the order of the vector: (count, r).
Array combinations(const Array& x, int64_t r = 2, bool with_replacement = false);

/// `x` with at least `ndim` (1 to 3) axes, as NumPy's atleast_1d, atleast_2d and atleast_3d add them.
Array at_least(const Array& x, int64_t ndim);
/// Joined along the second axis (vectors: along the only one), after `at_least` one axis.
Array hstack(const std::vector<Array>& arrays);
/// Joined along the first axis, after `at_least` two.
Array vstack(const std::vector<Array>& arrays);
/// Joined along the third axis, after `at_least` three.
Array dstack(const std::vector<Array>& arrays);
/// Vectors as columns, and matrices, joined along the second axis.
Array column_stack(const std::vector<Array>& arrays);

/// `parts` pieces along an axis whose lengths differ by at most 1, the longer ones first.
std::vector<Array> array_split(const Array& x, int64_t parts, int64_t axis = 0);
/// Pieces of the given lengths. Throws ShapeError unless they add up to the length of the axis.
std::vector<Array> split_with_sizes(const Array& x, const std::vector<int64_t>& sizes, int64_t axis = 0);
/// Pieces of length `size`, of which the last may be shorter.
std::vector<Array> split_by_size(const Array& x, int64_t size, int64_t axis = 0);
/// The slices along an axis, without it.
std::vector<Array> unbind(const Array& x, int64_t axis = 0);

/// `length` elements along an axis from `start` (negative: counted from the end). Throws IndexError unless they are
/// there.
Array narrow(const Array& x, int64_t axis, int64_t start, int64_t length);
/// The slice at `index` along an axis, without it.
Array select(const Array& x, int64_t axis, int64_t index);
/// `x` at positions along an axis that are known beforehand. Few runs of evenly spaced positions are joined slices,
/// anything else is gathered. Positions are in range.
Array at_positions(const Array& x, int64_t axis, const std::vector<int64_t>& positions);

}  // namespace ingot
