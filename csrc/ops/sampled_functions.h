// Functions that are known by samples, and polynomials: NumPy's numerical analysis. Integers become float32; float16 and
// bfloat16 are computed in float32. Complex samples are allowed where nothing is compared.
#pragma once

#include <optional>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// What `interp` gives beyond the samples: undefined means the first and the last of them.
struct InterpOptions {
  Array left, right;
  std::optional<double> period;  ///< of the coordinates, which are then sorted first; no ends are left
};
/// At each of `x`, the straight line between the two samples `(xp, fp)` around it; `xp` rises. Throws ShapeError unless
/// `xp` and `fp` are vectors of one length, ValueError if they are empty or the period is 0.
Array interp(const Array& x, const Array& xp, const Array& fp, const InterpOptions& options = {});

/// The derivative along an axis by differences of second order inside and of `edge_order` (1 or 2) at the ends:
/// Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids", 1988. `coordinates` is a vector
/// of places, or 0-d: the distance between neighbours. Throws ShapeError for fewer than `edge_order + 1` samples or
/// coordinates that do not fit, ValueError for another order.
Array finite_difference(const Array& samples, const Array& coordinates, int64_t axis, int64_t edge_order = 1);

/// The integral along an axis by straight lines between samples, which lie at `x` (a vector, or of the shape of `y`), or
/// `dx` apart if it is undefined. Throws ShapeError if `x` does not fit.
Array trapezoid(const Array& y, const Array& x = {}, const Scalar& dx = 1, int64_t axis = -1);
/// The running integral: one element less along the axis.
Array cumulative_trapezoid(const Array& y, const Array& x = {}, const Scalar& dx = 1, int64_t axis = -1);

/// Angles with whole periods added wherever neighbours along the axis are at least `jump` (half a period, if less) apart.
Array unwrap(const Array& angles, std::optional<double> jump, int64_t axis, double period);

/// The polynomial whose coefficients, that of the highest power first, are the vector `p`, at `x`, by Horner's rule.
Array polyval(const Array& p, const Array& x);
/// The coefficients, that of the highest power first, of the polynomial of a degree that comes closest to the samples
/// `y` (n), or each column of `y` (n, k), by least squares. `weights` (n, or undefined) multiply the distances. Throws
/// ShapeError if shapes do not fit, ValueError for a negative degree or no samples.
Array polyfit(const Array& x, const Array& y, int64_t degree, const Array& weights = {});

}  // namespace ingot
