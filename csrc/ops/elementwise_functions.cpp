#include "ingot/ops/elementwise_functions.h"

#include <cmath>
#include <limits>
#include <string_view>

#include "ingot/graph/error.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/views.h"

namespace ingot {
namespace {

constexpr double kPi = 3.14159265358979323846, kLn2 = 0.69314718055994530942;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

void require_real(const char* op, const Array& x) {
  if (is_complex(x.dtype()))
    throw TypeError(op, ": expected a real dtype, got ", x.dtype(), "; take real(x), imag(x) or abs(x) first");
}

Array as_inexact(const Array& x) { return astype(x, to_inexact(x.dtype())); }

/// The greatest number of a floating dtype.
double greatest_of(DType dtype) {
  const auto of = [](int digits, int exponent) { return std::ldexp(1 - std::ldexp(1.0, -digits), exponent); };
  switch (dtype) {
    case DType::float16:
      return of(11, 16);
    case DType::bfloat16:
      return of(8, 128);
    case DType::float64:
      return of(53, 1024);
    default:
      return of(24, 128);
  }
}

}  // namespace

Array positive(const Array& x) {
  if (is_bool(x.dtype())) throw TypeError("positive: expected numbers, got bool; convert with astype(int32)");
  return astype(x, x.dtype());
}

Array fmax(const Array& x, const Array& y) { return where(isnan(x), y, where(isnan(y), x, maximum(x, y))); }
Array fmin(const Array& x, const Array& y) { return where(isnan(x), y, where(isnan(y), x, minimum(x, y))); }

Array float_power(const Array& x, const Array& y) {
  const bool complex_result = is_complex(x.dtype()) || is_complex(y.dtype());
  const DType dtype = complex_result ? DType::complex128 : DType::float64;
  return pow(astype(x, dtype), astype(y, dtype));
}

Array divide(const Array& x, const Array& y, std::string_view rounding_mode) {
  if (rounding_mode == "floor") return floor_divide(x, y);
  if (rounding_mode != "trunc")
    throw ValueError("divide: expected rounding_mode to be 'floor' or 'trunc', got '", rounding_mode, "'");
  const DType dtype = promote(x.dtype(), y.dtype());
  return is_integer(dtype) ? floor_divide(x - fmod(x, y), y) : trunc(divide(x, y));
}

Array round(const Array& x, int64_t decimals) {
  if (is_complex(x.dtype())) return complex(round(real(x), decimals), round(imag(x), decimals));
  if (decimals == 0) return round(x);
  const double scale = std::pow(10.0, static_cast<double>(std::abs(decimals)));
  if (!is_inexact(x.dtype())) {
    if (decimals > 0) return astype(x, x.dtype());
    return astype(round(astype(x, DType::float64) / scale) * scale, x.dtype());
  }
  return decimals > 0 ? round(x * scale) / scale : round(x / scale) * scale;
}

Array ldexp(const Array& x, const Array& exponent) {
  const DType dtype = to_inexact(x.dtype());
  const Array n = astype(exponent, is_complex(dtype) ? to_real(dtype) : dtype);
  const Array half = floor(n * 0.5);
  return x * exp2(half) * exp2(n - half);
}

std::pair<Array, Array> frexp(const Array& x) {
  require_real("frexp", x);
  const Array value = as_inexact(x);
  const Array plain = logical_and(isfinite(value), value != 0);
  const Array exponent = logb(where(plain, value, 1)) + where(plain, ones_like(value), 0);
  return {ldexp(value, -exponent), astype(exponent, DType::int32)};
}

Array nextafter(const Array& x, const Array& y) {
  require_real("nextafter", x);
  require_real("nextafter", y);
  const DType dtype = to_inexact(promote(x.dtype(), y.dtype()));
  const DType whole = size_of(dtype) == 2 ? DType::int16 : size_of(dtype) == 4 ? DType::int32 : DType::int64;
  const Array from = stop_gradient(astype(x, dtype)), to = stop_gradient(astype(y, dtype));
  const Array bits = view(from, whole), target = view(to, whole);
  // Bits of one sign are in the order of the sizes of their numbers: a neighbour is one step away.
  const Array step = where((to > from) == (from > 0), scalar(1, whole), scalar(-1, whole));
  const int64_t sign = std::numeric_limits<int64_t>::min() >> (64 - 8 * size_of(dtype));
  const Array next = where(from == 0, bitwise_or(bitwise_and(target, sign), 1), bits + step);
  const Array unordered_or_equal = where(isnan(from), bits, target);
  return view(where(logical_or(to > from, to < from), next, unordered_or_equal), dtype);
}

Array lerp(const Array& start, const Array& end, const Array& weight) {
  const Array way = end - start;
  return where(abs(weight) < 0.5, start + weight * way, end - way * (1 - weight));
}
Array lerp(const Array& start, const Array& end, double weight) {
  const Array way = end - start;
  return std::abs(weight) < 0.5 ? start + weight * way : end - way * (1 - weight);
}

Array addcmul(const Array& x, const Array& a, const Array& b, const Scalar& value) { return x + a * b * value; }
Array addcdiv(const Array& x, const Array& a, const Array& b, const Scalar& value) { return x + a * value / b; }

Array deg2rad(const Array& x) {
  require_real("deg2rad", x);
  return as_inexact(x) * (kPi / 180);
}
Array rad2deg(const Array& x) {
  require_real("rad2deg", x);
  return as_inexact(x) * (180 / kPi);
}

Array logaddexp2(const Array& x, const Array& y) {
  // Two infinities of one sign have no difference.
  const Array same = x == y;
  const Array distance = abs(as_inexact(where(same, 0, x) - where(same, 0, y)));
  return maximum(x, y) + log1p(exp2(-distance)) * (1 / kLn2);
}

namespace {

/// `y`, but 1 (or another harmless number) where x is 0 and the logarithm of y is infinite or none.
Array beside_zero(const Array& x, const Array& y, double pole, double harmless) {
  const Array outside = logical_or(y <= pole, y == kInfinity);
  return where(logical_and(x == 0, outside), harmless, y);
}

}  // namespace

Array xlogy(const Array& x, const Array& y) {
  require_real("xlogy", x);
  return as_inexact(x) * log(beside_zero(x, y, 0, 1));
}
Array xlog1py(const Array& x, const Array& y) {
  require_real("xlog1py", x);
  return as_inexact(x) * log1p(beside_zero(x, y, -1, 0));
}

Array logit(const Array& x, double eps) { return logit(clip(x, eps, 1 - eps)); }

Array betaln(const Array& x, const Array& y) { return lgamma(x) + lgamma(y) - lgamma(x + y); }
Array beta(const Array& x, const Array& y) { return exp(betaln(x, y)); }

Array isposinf(const Array& x) {
  require_real("isposinf", x);
  return logical_and(isinf(x), x > 0);
}
Array isneginf(const Array& x) {
  require_real("isneginf", x);
  return logical_and(isinf(x), x < 0);
}
Array isreal(const Array& x) { return imag(x) == 0; }

Array nan_to_num(const Array& x, double nan, std::optional<double> posinf, std::optional<double> neginf) {
  if (is_complex(x.dtype()))
    return complex(nan_to_num(real(x), nan, posinf, neginf), nan_to_num(imag(x), nan, posinf, neginf));
  if (!is_inexact(x.dtype())) return astype(x, x.dtype());
  const double greatest = greatest_of(x.dtype()), infinity = std::numeric_limits<double>::infinity();
  const Array bounded =
      where(x == infinity, posinf.value_or(greatest), where(x == -infinity, neginf.value_or(-greatest), x));
  return where(isnan(x), nan, bounded);
}

Array heaviside(const Array& x, const Array& value) {
  require_real("heaviside", x);
  const DType dtype = promote(x.dtype(), value.dtype());
  const Array step = where(isnan(x), x, astype(x > 0, dtype));
  return where(x == 0, value, step);
}

Array isclose(const Array& x, const Array& y, double rtol, double atol, bool equal_nan) {
  const DType promoted = promote(x.dtype(), y.dtype()), dtype = is_inexact(promoted) ? promoted : DType::float64;
  const Array a = astype(x, dtype), b = astype(y, dtype);
  const Array near = logical_and(isfinite(b), abs(a - b) <= atol + rtol * abs(b));
  const Array close = logical_or(a == b, near);
  return equal_nan ? logical_or(close, logical_and(isnan(a), isnan(b))) : close;
}
Array allclose(const Array& x, const Array& y, double rtol, double atol, bool equal_nan) {
  return all(isclose(x, y, rtol, atol, equal_nan));
}
Array array_equal(const Array& x, const Array& y, bool equal_nan) {
  if (x.shape() != y.shape()) return scalar(false, DType::bool_);
  const Array same = x == y;
  return all(equal_nan ? logical_or(same, logical_and(isnan(x), isnan(y))) : same);
}

Array angle(const Array& x) {
  if (is_complex(x.dtype())) return atan2(imag(x), real(x));
  const Array value = as_inexact(x);
  return where(isnan(value), value, where(signbit(value), kPi, zeros_like(value)));
}

Array polar(const Array& size, const Array& angle) {
  require_real("polar", size);
  require_real("polar", angle);
  return complex(size * cos(angle), size * sin(angle));
}

Array frac(const Array& x) { return x - trunc(x); }

}  // namespace ingot
