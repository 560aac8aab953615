// Reductions along axes. No axes means all of them; negative axes count from the end; a bad axis throws IndexError.
#pragma once

#include <optional>

#include "ingot/graph/array.h"

namespace ingot {

using OptionalAxes = std::optional<Axes>;

/// Sum. bool and integers of up to 32 bits give int32, unsigned ones uint32, and OverflowError when evaluated if that
/// is not enough (`total_dtypes`). In a given `dtype` elements are converted first, and integers wrap around.
Array sum(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false, std::optional<DType> dtype = {});
/// Product, in the dtype of `sum`.
Array prod(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false, std::optional<DType> dtype = {});
/// Mean; integers give float32. An empty mean is NaN.
Array mean(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);
/// Variance with divisor `count - correction`.
Array var(const Array& x, const OptionalAxes& axes = {}, double correction = 0, bool keepdims = false);
Array std(const Array& x, const OptionalAxes& axes = {}, double correction = 0, bool keepdims = false);
/// Largest element; NaN if there is one. Where several are equal the gradient is shared evenly. Throws ValueError for
/// an empty axis.
Array max(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);
Array min(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);
/// True if every (any) element is not zero.
Array all(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);
Array any(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);
/// Index (int32; int64 along an axis of more than 2^31 - 1) of the first largest (smallest) element along an axis, or
/// in the flattened array. NaN counts as largest (smallest). Throws ValueError for an empty axis.
Array argmax(const Array& x, std::optional<int64_t> axis = {}, bool keepdims = false);
Array argmin(const Array& x, std::optional<int64_t> axis = {}, bool keepdims = false);

/// `x` summed so that it has `shape`, which broadcasts to that of `x`: the transpose of broadcasting.
Array sum_to(const Array& x, const Shape& shape);

}  // namespace ingot
