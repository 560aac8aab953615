// Special functions of one or two doubles, each written once, for every backend. Relative errors are some units of the
// last place of double, so results that are rounded to float32 are right to its last place.
#pragma once

namespace ingot::special {

// ---- the gamma family ----

/// Gamma(x); NaN at negative integers, infinity with the sign of x at 0.
double gamma(double x);
/// log|Gamma(x)|; infinity at 0 and at negative integers.
double lgamma(double x);
/// Gamma'(x) / Gamma(x); NaN at negative integers, -infinity with the sign of x at 0.
double digamma(double x);
/// The n-th derivative of digamma. NaN unless n is a whole number that is not negative.
double polygamma(double n, double x);
/// The integral of t^(a - 1) exp(-t) from 0 to x, over Gamma(a). NaN for negative arguments.
double gammainc(double a, double x);
/// 1 - gammainc(a, x), also where that is tiny.
double gammaincc(double a, double x);

// ---- the error function's family ----

/// Where erf is x.
double erfinv(double x);
/// exp(x^2) erfc(x).
double erfcx(double x);

// ---- modified Bessel functions of the first kind ----

double i0(double x);
double i1(double x);
/// exp(-|x|) i0(x).
double i0e(double x);
/// exp(-|x|) i1(x).
double i1e(double x);

/// sin(pi x) / (pi x); 1 at 0, and 0 at all other whole numbers.
double sinc(double x);

}  // namespace ingot::special
