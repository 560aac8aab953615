// Reading and writing by indices along one axis, by masks, and by segments. Every index is checked: one that is out of
// range throws IndexError when the result is evaluated. Negative indices count from the end. Nothing is changed in
// place: functions that write return a new array.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// What becomes of elements that meet at one place.
enum class Meeting { replace, add, multiply, mean, minimum, maximum };
/// "sum" or "add", "prod" or "multiply", "mean", "amin" or "minimum", "amax" or "maximum". Throws ValueError.
Meeting parse_meeting(std::string_view name);

/// `take` whose indices beyond the ends wrap around (`mode` "wrap"), count as the ends ("clip"), or throw IndexError
/// ("raise").
Array take(const Array& x, const Array& indices, std::optional<int64_t> axis, std::string_view mode);
/// `take_along_axis` for indices whose other axes may be shorter than those of `x`, and never stretch.
Array gather_along(const Array& x, int64_t axis, const Array& indices);
/// A copy of `x` with `values` (broadcast) at `x[..., indices[...], ...]`, along one axis, other axes aligned.
Array put_along_axis(const Array& x, const Array& indices, const Array& values, int64_t axis,
                     Meeting meeting = Meeting::replace);
/// The same where other axes of `indices` may be shorter than those of `x`, and `values` longer: their first elements
/// count. Without `include_self` the elements of `x` that are written to do not take part.
Array scatter_along(const Array& x, int64_t axis, const Array& indices, const Array& values, Meeting meeting,
                    bool include_self = true);

/// A copy of `x` with slices of `source` written to, or meeting, those of `x` at a vector of indices along one axis.
Array write_slices(const Array& x, int64_t axis, const Array& indices, const Array& source, Meeting meeting,
                   bool include_self = true);
/// A copy of `x` with `source` as its slice `index` along an axis.
Array select_scatter(const Array& x, const Array& source, int64_t axis, int64_t index);

/// The elements of `x` where `mask` is true, in row-major order; both broadcast. Evaluates the mask.
Array masked_select(const Array& x, const Array& mask);
/// A copy of `x` with `value` (0-d, or broadcast) where `mask` is true.
Array masked_fill(const Array& x, const Array& mask, const Array& value);
/// A copy of `x` with elements of `source`, one after another, where `mask` is true. Evaluates the mask. Throws
/// ShapeError if there are too few.
Array masked_scatter(const Array& x, const Array& mask, const Array& source);
/// Slices of `x` along an axis (none: of the flattened array) at which the vector `condition` is true. Evaluates it.
Array compress(const Array& condition, const Array& x, std::optional<int64_t> axis = {});
/// At each place the element of `choices[which]`; all broadcast. `mode` as in `take`.
Array choose(const Array& which, const std::vector<Array>& choices, std::string_view mode = "raise");

/// What the slices of `x` along axis 0 add up to (multiply to, ...), segment by segment: slice `i` belongs to segment
/// `ids[i]`. An empty segment is 0 for sums and means, 1 for products, and the far end of the dtype for the others.
/// Without `count` there are as many segments as the largest id says, for which `ids` is evaluated.
Array segment_reduce(const Array& x, const Array& ids, std::optional<int64_t> count, Meeting meeting);

/// 1 at the place along a new last axis that each integer of `x` names, 0 elsewhere. Without `classes`: as many as the
/// largest one says, for which `x` is evaluated.
Array one_hot(const Array& x, std::optional<int64_t> classes = {}, DType dtype = DType::int64);

}  // namespace ingot
