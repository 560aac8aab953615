// Sets: what occurs in an array, and how often. How many elements these give depends on values, so they evaluate, and
// throw TraceError inside `jit` and `vmap`.
#pragma once

#include <optional>

#include "ingot/graph/array.h"

namespace ingot {

/// Elements that occur, and where. Indices and counts are int32 (int64 for more than 2^31 - 1 elements).
struct Unique {
  Array values;   ///< sorted, or in order of appearance
  Array indices;  ///< where each of them is first
  Array inverse;  ///< for each element, which of them it is
  Array counts;   ///< how often each occurs
};

/// Elements that occur, sorted; slices along an axis, if one is given. `inverse` has the shape of `x`, or the length of
/// the axis. NaNs differ from each other unless `equal_nan`. Throws IndexError for a bad axis.
Unique unique(const Array& x, std::optional<int64_t> axis = {}, bool equal_nan = false);
/// The same for runs of equal neighbours, in their order.
Unique unique_consecutive(const Array& x, std::optional<int64_t> axis = {});

/// Elements of both, of either, of the first but not the second, of just one: sorted, flattened, each once.
Array intersect1d(const Array& x, const Array& y);
Array union1d(const Array& x, const Array& y);
Array setdiff1d(const Array& x, const Array& y);
Array setxor1d(const Array& x, const Array& y);

}  // namespace ingot
