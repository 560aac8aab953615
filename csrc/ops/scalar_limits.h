// Zeros and infinities as the Python Array API standard has them, where the formulas of ops/scalar.h, or the C library,
// give something else. These overload those, and so take their place in the rows of ops/elementwise.def.
#pragma once

#include "ingot/ops/scalar.h"

namespace ingot::scalars {

namespace limits {

/// floor(x / y) of an infinite divisor: a zero, where Python's `//` gives -1 for operands of different signs.
template <Floating T>
T floor_divide(T x, T y) {
  return std::isinf(y) ? x / y : scalars::floor_divide<T>(x, y);
}

/// The plain formula multiplies infinities by zeros where the imaginary part is 0 or has no sine, and takes exp(re) from
/// expm1(re), in which far below 0 nothing is left of it.
template <Complex T>
T expm1(T x) {
  using Part = typename T::value_type;
  const Part re = x.real(), im = x.imag();
  if (im == 0) return T(std::expm1(re) + Part(0), im);  // + 0, for the result at -0 is +0
  if (std::isinf(re) && !std::isfinite(im))
    return re > 0 ? T(re, std::numeric_limits<Part>::quiet_NaN()) : T(Part(-1), Part(0));
  return T(scalars::expm1<T>(x).real(), std::exp(re) * std::sin(im));
}

/// At an infinite real part the imaginary part is a zero of the argument's sign; C gives it the sign of sin(2 im).
template <Complex T>
T tanh(T x) {
  using Part = typename T::value_type;
  if (std::isinf(x.real())) return T(std::copysign(Part(1), x.real()), std::copysign(Part(0), x.imag()));
  return scalars::tanh<T>(x);
}

}  // namespace limits

/// +0 for a zero of either sign.
inline float sign(float x) { return sign<float>(x) + 0.f; }
inline double sign(double x) { return sign<double>(x) + 0.0; }

inline float floor_divide(float x, float y) { return limits::floor_divide(x, y); }
inline double floor_divide(double x, double y) { return limits::floor_divide(x, y); }

inline std::complex<float> expm1(std::complex<float> x) { return limits::expm1(x); }
inline std::complex<double> expm1(std::complex<double> x) { return limits::expm1(x); }

inline std::complex<float> tanh(std::complex<float> x) { return limits::tanh(x); }
inline std::complex<double> tanh(std::complex<double> x) { return limits::tanh(x); }

}  // namespace ingot::scalars
