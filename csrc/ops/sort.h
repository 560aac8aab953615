// Sorting. Sorts are stable; NaN is larger than any number, so it comes last, or first in descending order. Complex
// numbers are ordered by real, then by imaginary part, as NumPy does. A bad axis throws IndexError.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// `x` with its elements in order along an axis.
Array sort(const Array& x, int64_t axis = -1, bool descending = false);
/// Indices (int32; int64 along axes of more than 2^31 - 1) that would sort `x`; equal elements stay in their order.
Array argsort(const Array& x, int64_t axis = -1, bool descending = false);
/// Both, with a gradient through the values.
std::pair<Array, Array> sort_with_indices(const Array& x, int64_t axis = -1, bool descending = false);
/// Indices of the order by several keys of one shape: the last is the primary one. Throws ValueError if there is none.
Array lexsort(const std::vector<Array>& keys, int64_t axis = -1);

/// The `k` largest (or smallest) elements along an axis, in order, best first, and their indices; of equal ones the first.
/// Throws ValueError unless `0 <= k <= length`, TypeError for a complex dtype.
std::pair<Array, Array> topk(const Array& x, int64_t k, int64_t axis = -1, bool largest = true);
/// The `k`-th smallest element along an axis, counted from 1, and its index. Throws ValueError unless
/// `1 <= k <= length`.
std::pair<Array, Array> kthvalue(const Array& x, int64_t k, int64_t axis = -1, bool keepdims = false);

/// `x` with the element `kth` of the sorted order in its place along an axis, none before it larger and none after it
/// smaller: in sorted order throughout. Negative positions count from the end; ValueError if out of range.
Array partition(const Array& x, const std::vector<int64_t>& kth, int64_t axis = -1);
Array argpartition(const Array& x, const std::vector<int64_t>& kth, int64_t axis = -1);

}  // namespace ingot
