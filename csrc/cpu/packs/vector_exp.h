// The exponential of whole registers: that of vector_math.h, number for number, for loops that keep their values in
// registers.
#pragma once

#include <bit>

#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/packs/vector_math.h"

namespace ingot::cpu {

template <class T>
INGOT_INLINE Vector<T> spread(T x) {
  return Eigen::internal::pset1<Vector<T>>(x);
}

/// first + x * (second + x * (...)).
template <class T>
INGOT_INLINE Vector<T> vector_polynomial(const Vector<T>&, T last) {
  return spread(last);
}
template <class T, class... Rest>
INGOT_INLINE Vector<T> vector_polynomial(const Vector<T>& x, T first, Rest... rest) {
  return Eigen::internal::pmadd(x, vector_polynomial<T>(x, rest...), spread(first));
}

INGOT_INLINE Vector<float> medium_exp_vector(const Vector<float>& r) {
  return vector_polynomial<float>(r, 0.50000001065851600f, 0.16666673883559438f, 0.041666525208488293f,
                                  0.0083325263969802096f, 0.0013893711069305580f, 0.00020110058347829229f,
                                  2.4439838480687397e-5f);
}
INGOT_INLINE Vector<double> medium_exp_vector(const Vector<double>& r) {
  return vector_polynomial<double>(r, 0.49999999999999998669, 0.16666666666666653153, 0.041666666666667266587,
                                   0.0083333333333378592469, 0.0013888888888804219346, 0.00019841269835866818712,
                                   2.4801587354697541603e-5, 2.7557322298716383119e-6, 2.7557302940392761969e-7,
                                   2.5051204526955698883e-8, 2.0879056605590604692e-9, 1.619152508939505217e-10,
                                   1.1378173185604990413e-11);
}

/// The bits of a vector's elements, in the compiler's own vectors: Eigen has no integers as wide as doubles.
template <class T>
struct BitsOf {
  typedef typename scalars::vector::Format<T>::Int type __attribute__((vector_size(sizeof(Vector<T>))));
};

/// exp(x) for x <= 88; 0 for -inf, NaN for NaN.
template <class T>
INGOT_INLINE Vector<T> exp_vector(const Vector<T>& given) {
  using namespace Eigen::internal;
  using F = scalars::vector::Format<T>;
  const Vector<T> x = pmax(given, spread(F::kExpLow));
  const Vector<T> shifted = pmadd(x, spread(T(0.72134752044448170368)), spread(F::kRound));
  const Vector<T> half = psub(shifted, spread(F::kRound));
  using Bits = typename BitsOf<T>::type;
  const Bits bits = (std::bit_cast<Bits>(shifted) + F::kBias) << F::kMantissa;
  const Vector<T> scale = std::bit_cast<Vector<T>>(bits);
  const Vector<T> n = padd(half, half);
  const Vector<T> r = pmadd(n, spread(-F::kLn2Low), pmadd(n, spread(-F::kLn2High), x));
  const Vector<T> one = spread(T(1));
  const Vector<T> power = pmadd(r, pmadd(r, medium_exp_vector(r), one), one);
  return pmul(pmul(power, scale), scale);
}

}  // namespace ingot::cpu
