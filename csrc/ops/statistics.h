// Statistics beyond mean and variance.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "ingot/ops/reduction.h"

namespace ingot {

/// How a quantile that falls between two elements is chosen, after NumPy: `linear`, `lower`, `higher`, `midpoint`,
/// `nearest`, and Hyndman and Fan's `interpolated_inverted_cdf`, `hazen`, `weibull`, `median_unbiased` and
/// `normal_unbiased` ("Sample quantiles in statistical packages", 1996).
enum class QuantileMethod : uint8_t {
  linear,
  lower,
  higher,
  midpoint,
  nearest,
  interpolated_inverted_cdf,
  hazen,
  weibull,
  median_unbiased,
  normal_unbiased,
};
/// Throws ValueError, naming the methods.
QuantileMethod parse_quantile_method(std::string_view name);

/// Throws ValueError unless all of `q`, which is evaluated, lie between 0 and 1.
void check_quantiles(const Array& q);

/// Quantiles of the elements along `axes` for each of `q`, numbers from 0 to 1. The axes of `q` come first in the result,
/// then those that are left. Integers give float32. NaN where there is one, unless `ignore_nan`. Throws ValueError for
/// an empty axis and for a `q` out of range (NaN if `q` is yet to be computed), TypeError for a complex dtype.
Array quantile(const Array& x, const Array& q, const OptionalAxes& axes = {}, bool keepdims = false,
               QuantileMethod method = QuantileMethod::linear, bool ignore_nan = false);

/// PyTorch's median along an axis (none: of all): the lower of the two in the middle, and its index. `quantile(x, 0.5)`
/// is the mean of both. NaN if there is one, unless `ignore_nan`. Throws ValueError for an empty axis.
std::pair<Array, Array> median(const Array& x, std::optional<int64_t> axis = {}, bool keepdims = false,
                               bool ignore_nan = false);
/// The element that occurs most often along an axis (of several, the smallest), and where it is last.
std::pair<Array, Array> mode(const Array& x, int64_t axis = -1, bool keepdims = false);

/// Largest or smallest element along an axis and its index, the first of equals, which takes the gradient alone. NaN
/// wins. Throws ValueError for an empty axis.
std::pair<Array, Array> max_with_index(const Array& x, int64_t axis, bool keepdims = false);
std::pair<Array, Array> min_with_index(const Array& x, int64_t axis, bool keepdims = false);
/// Largest minus smallest.
Array ptp(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false);

/// The weighted mean and the sum of weights, which are those of all elements, or of the places along one axis; undefined
/// weights are all 1. Throws ShapeError if they do not fit.
std::pair<Array, Array> average(const Array& x, const OptionalAxes& axes = {}, const Array& weights = {},
                                bool keepdims = false);

/// Covariances of variables, the rows of `x` (d, n) or one of n observations: (d, d) or 0-d. The divisor is the count
/// less `correction`. `frequencies` (n) say how often each observation counts, `weights` (n) how much it matters.
/// Throws ShapeError for more than two axes, or if these do not fit.
Array cov(const Array& x, double correction = 1, const Array& frequencies = {}, const Array& weights = {});
/// Pearson's coefficients of correlation, from `cov`.
Array corrcoef(const Array& x);

}  // namespace ingot
