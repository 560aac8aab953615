// Pooling: what a window sees as it moves over the last one to three axes. All axes in front of those are a batch.
#pragma once

#include <optional>

#include "ingot/graph/array.h"

namespace ingot {

/// Windows over the spatial axes. `size` has one number for each of them; the other lists one for each, or one for all;
/// an empty list stands for the default.
struct PoolingOptions {
  Axes size;
  Axes stride;             ///< distance between windows; as `size`
  Axes padding;            ///< positions around the input that hold nothing, at most half of `size`; 0
  Axes dilation;           ///< distance between neighbouring elements of a window; 1
  bool ceil_mode = false;  ///< a last window may reach beyond the padding, if it begins inside of it
};

/// The largest element in each window, NaN if there is one: (..., *spatial) -> (..., *out), `out = (in + 2 * padding -
/// dilation * (size - 1) - 1) / stride + 1`, rounded down, or up in `ceil_mode`. The gradient flows to the first of
/// the largest elements. Any real dtype but bool. Throws ShapeError if nothing would be left.
Array max_pool(const Array& x, const PoolingOptions& options);
/// Where in the flattened spatial axes of `x` those elements are: int64.
Array max_pool_indices(const Array& x, const PoolingOptions& options);

/// The mean over each window. Positions in the padding count as zeros if `count_include_pad`, else not at all;
/// `divisor` replaces their number. Floating or complex dtypes; no dilation.
Array avg_pool(const Array& x, const PoolingOptions& options, bool count_include_pad = true,
               std::optional<int64_t> divisor = {});

/// Means over windows that together cover the last axes, as even as lengths allow, so that `lengths` remain: window
/// `i` of `m` begins at `i * in / m`, rounded down, and ends at `(i + 1) * in / m`, rounded up. A length of -1 keeps
/// that of the input.
Array adaptive_avg_pool(const Array& x, const Shape& lengths);

}  // namespace ingot
