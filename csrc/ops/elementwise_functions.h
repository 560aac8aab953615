// Elementwise functions that are short compositions of the rows of ops/elementwise.def. Operands broadcast and promote
// as those of the rows do, and derivatives are those of the composition.
#pragma once

#include <optional>
#include <utility>

#include "ingot/graph/array.h"

namespace ingot {

// ---- numbers ----

/// `x` itself. Throws TypeError for bool.
Array positive(const Array& x);
/// The greater of two; where one is NaN, the other. At ties each gets half of the gradient. Throws TypeError for complex
/// numbers.
Array fmax(const Array& x, const Array& y);
Array fmin(const Array& x, const Array& y);
/// `x` to the power of `y` in float64, or complex128 for complex operands.
Array float_power(const Array& x, const Array& y);
/// `x / y`, rounded: "floor" is floor_divide, "trunc" rounds towards 0 (integers stay integers). Throws ValueError for
/// other names.
Array divide(const Array& x, const Array& y, std::string_view rounding_mode);
/// Rounded to `decimals` places behind the point, or before it if negative; halves go to even. Complex numbers are
/// rounded by their parts.
Array round(const Array& x, int64_t decimals);
/// `x 2^exponent`, exact as long as it is a normal number.
Array ldexp(const Array& x, const Array& exponent);
/// Mantissas in [0.5, 1) (with the sign of x) and int32 exponents, so that x = mantissa 2^exponent. 0, infinities and NaN
/// are their own mantissa. Throws TypeError for complex numbers.
std::pair<Array, Array> frexp(const Array& x);
/// The number next to `x` in the direction of `y`, in the dtype both promote to. No gradient flows through it.
Array nextafter(const Array& x, const Array& y);
/// `start + weight (end - start)`; exactly `end` for weight 1.
Array lerp(const Array& start, const Array& end, const Array& weight);
Array lerp(const Array& start, const Array& end, double weight);
/// `x + value * a * b`.
Array addcmul(const Array& x, const Array& a, const Array& b, const Scalar& value = 1);
/// `x + value * a / b`.
Array addcdiv(const Array& x, const Array& a, const Array& b, const Scalar& value = 1);
Array deg2rad(const Array& x);
Array rad2deg(const Array& x);

// ---- logarithms ----

/// log2(2^x + 2^y).
Array logaddexp2(const Array& x, const Array& y);
/// `x log(y)`, and 0 where x is 0 and y is not NaN.
Array xlogy(const Array& x, const Array& y);
/// `x log1p(y)`, and 0 where x is 0 and y is not NaN.
Array xlog1py(const Array& x, const Array& y);
/// log(x / (1 - x)) of `x` moved into [eps, 1 - eps].
Array logit(const Array& x, double eps);
/// log(Gamma(x) Gamma(y) / Gamma(x + y)), for positive arguments.
Array betaln(const Array& x, const Array& y);
/// Gamma(x) Gamma(y) / Gamma(x + y), for positive arguments.
Array beta(const Array& x, const Array& y);

/// `x - trunc(x)`.
Array frac(const Array& x);

// ---- classes of numbers ----

/// Throw TypeError for complex numbers.
Array isposinf(const Array& x);
Array isneginf(const Array& x);
/// True where there is no imaginary part.
Array isreal(const Array& x);
/// `x` with other numbers in the place of NaN and infinities; by default 0 and the largest finite numbers of its dtype.
/// Complex numbers by their parts; integers are left as they are.
Array nan_to_num(const Array& x, double nan = 0, std::optional<double> posinf = {}, std::optional<double> neginf = {});
/// 0 for negative numbers, 1 for positive ones, `value` at 0.
Array heaviside(const Array& x, const Array& value);
/// `|x - y| <= atol + rtol |y|`, or equal infinities; NaN are close to each other if `equal_nan`.
Array isclose(const Array& x, const Array& y, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false);
/// Whether all elements are close: a 0-d bool.
Array allclose(const Array& x, const Array& y, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false);
/// Whether shapes and all elements are equal: a 0-d bool.
Array array_equal(const Array& x, const Array& y, bool equal_nan = false);

// ---- complex numbers ----

/// The angle in (-pi, pi]; of a real number 0 or pi.
Array angle(const Array& x);
/// `size (cos(angle) + i sin(angle))`.
Array polar(const Array& size, const Array& angle);
/// Complex (...) to real (..., 2), and back: the same memory where pairs are dense. Throw TypeError for other dtypes,
/// ShapeError for another last axis.
Array view_as_real(const Array& x);
Array view_as_complex(const Array& x);
/// The bytes of `x` as elements of another dtype: the same memory, if it is dense along the last axis or elements are of
/// the same size. Otherwise the last axis becomes longer or shorter. Gradients flow between complex and real numbers of
/// the same precision only. Throws TypeError for bool, ShapeError if the bytes of the last axis are no whole elements.
Array view(const Array& x, DType dtype);

}  // namespace ingot
