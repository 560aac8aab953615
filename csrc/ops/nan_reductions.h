// Reductions that leave NaN out. Axes as in `reduction.h`.
#pragma once

#include "ingot/ops/reduction.h"

namespace ingot {

/// Sum and product of what is not NaN.
Array nansum(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false, std::optional<DType> dtype = {});
Array nanprod(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false, std::optional<DType> dtype = {});
/// Mean of what is not NaN; NaN where nothing is left.
Array nanmean(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);
/// Variance and standard deviation of what is not NaN; NaN where no more than `correction` elements are left.
Array nanvar(const Array& x, const OptionalAxes& axes = {}, double correction = 0, bool keepdims = false);
Array nanstd(const Array& x, const OptionalAxes& axes = {}, double correction = 0, bool keepdims = false);
/// Largest and smallest of what is not NaN; NaN where nothing is left. Throws ValueError for an empty axis, TypeError for
/// a complex dtype.
Array nanmax(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);
Array nanmin(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);

/// Running sum and product along an axis (none: of the flattened array), NaN counted as 0 and 1.
Array nancumsum(const Array& x, std::optional<int64_t> axis = {});
Array nancumprod(const Array& x, std::optional<int64_t> axis = {});
/// Index of the first largest and smallest of what is not NaN, along an axis or in the flattened array; 0 where nothing
/// is left.
Array nanargmax(const Array& x, std::optional<int64_t> axis = {}, bool keepdims = false);
Array nanargmin(const Array& x, std::optional<int64_t> axis = {}, bool keepdims = false);

}  // namespace ingot
