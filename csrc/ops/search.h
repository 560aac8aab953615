// Finding elements and where they belong.
#pragma once

#include "ingot/graph/array.h"
#include "ingot/ops/reduction.h"

namespace ingot {

/// For each of `values`, how many elements of `sorted` lie before the place where it belongs: at the first such place,
/// or the last one if `right`. Gives int32 (int64 for long axes).
///
/// `sorted` has one axis, or the axes of `values` up to the last one; it is sorted along its last axis. NaN is larger
/// than any number. `sorter` (undefined: none) holds the indices that sort it. Operands promote. Throws ShapeError if
/// shapes do not match.
Array searchsorted(const Array& sorted, const Array& values, bool right = false, const Array& sorter = {});
/// NumPy's: the bin of each element, `bins[i - 1] <= x < bins[i]`, or `bins[i - 1] < x <= bins[i]` if `right`; bins may
/// decrease. Throws ShapeError unless bins has one axis.
Array digitize(const Array& x, const Array& bins, bool right = false);
/// True where an element of `x` is among those of `test` (anywhere but there, if `invert`). NaN never is.
Array isin(const Array& x, const Array& test, bool invert = false);
/// How many elements along `axes` are not zero (int64).
Array count_nonzero(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);
/// Indices of the elements that are not zero, one row for each: (count, ndim). Evaluates.
Array argwhere(const Array& x);

}  // namespace ingot
