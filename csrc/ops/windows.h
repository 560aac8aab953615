// Windows that move over arrays: as views, as columns of a matrix, and as sums of products.
#pragma once

#include <optional>
#include <string_view>

#include "ingot/graph/array.h"
#include "ingot/ops/reduction.h"

namespace ingot {

/// The elements of `x`, in row-major order, at `offset + sum of position * stride`, under a shape. Windows may overlap;
/// their gradients add up. Strides count elements. A view of a dense `x`. Throws IndexError if it reaches beyond `x`.
Array as_strided(const Array& x, const Shape& shape, const Strides& strides, int64_t offset = 0);

/// All windows of the given lengths over `axes` (none: all axes, one length each): (n, ...) -> (n - window + 1, ...,
/// window...), with one new axis at the end for each. A view. Throws ShapeError if a window is longer than its axis.
Array sliding_window_view(const Array& x, const Shape& window, const OptionalAxes& axes = {});
/// Windows of `size` elements along one axis, each `step` after the one before, as a new last axis. A view.
Array unfold_axis(const Array& x, int64_t axis, int64_t size, int64_t step);

/// How windows lie over the spatial axes: one number for each of them, or one for all.
struct WindowOptions {
  Axes size;
  Axes dilation;  ///< distance between neighbouring elements of a window; 1
  Axes padding;   ///< zeros around the input; 0
  Axes stride;    ///< distance between windows; 1
};
/// Windows as columns: (N, C, *spatial) -> (N, C * elements of a window, number of windows), also without N. Throws
/// ShapeError if no window fits.
Array im2col(const Array& x, const WindowOptions& options);
/// The transpose of `im2col`: columns added up where they came from, in an array whose spatial lengths are `lengths`.
Array col2im(const Array& columns, const Shape& lengths, const WindowOptions& options);

/// `out[k] = sum over n: a[n] * v[k - n]` for vectors. `mode` is "full" (n + m - 1 elements), "same" (max(n, m)) or
/// "valid" (where they overlap completely). Throws ValueError for an empty vector or another mode.
Array convolve(const Array& a, const Array& v, std::string_view mode = "full");
/// `out[k] = sum over n: a[n + k] * conj(v[n])`, with the same modes.
Array correlate(const Array& a, const Array& v, std::string_view mode = "valid");

}  // namespace ingot
