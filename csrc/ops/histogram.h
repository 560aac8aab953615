// Counting.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// How often each number from 0 to the largest (but at least `minlength` of them) occurs in `x` (int64), or the sums of
/// the `weights` there. Evaluates. Throws TypeError unless `x` is of integers or bool, ValueError for a negative one or
/// if `minlength` is, ShapeError unless it has one axis and `weights` its shape.
Array bincount(const Array& x, const Array& weights = {}, int64_t minlength = 0);

/// `count + 1` evenly spaced edges from the smallest to the largest element, or over the given range; a range of
/// no width is widened by a half on each side. Floating. Throws ValueError unless 1 <= count < 2^31 and the range is finite
/// and rising.
Array histogram_edges(const Array& x, int64_t count, std::optional<std::pair<double, double>> range = {});
/// How many elements of `x` lie in each bin `[edges[i], edges[i + 1])`, the last one closed, or the sum of the `weights`
/// there. With `density`, divided by the total and the bin's width. Counts have the dtype of the weights, or of `x`, or
/// int64 for integers. Elements outside and NaN are left out. Throws ShapeError if shapes do not fit.
Array histogram(const Array& x, const Array& edges, const Array& weights = {}, bool density = false);
/// The same for points, the rows of `x` (n, d), and edges for each coordinate.
Array histogramdd(const Array& x, const std::vector<Array>& edges, const Array& weights = {}, bool density = false);

}  // namespace ingot
