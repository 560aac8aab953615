// Random numbers of many distributions. Parameters are arrays that broadcast to `shape`; one that is known to be out of
// range throws ValueError, one that turns out to be when it is computed gives NaN (or the error then). Results carry
// gradients to the parameters where they are smooth in them (all of the continuous distributions, those made of
// gamma-distributed numbers to first order). `key` as in `random.h`.
#pragma once

#include "ingot/ops/random.h"

namespace ingot::random {

/// Standard normal numbers between two bounds. Throws ValueError unless low < high.
Array truncated_normal(const Shape& shape, const Array& low, const Array& high, DType dtype = DType::float32,
                       const Array& key = {});
/// Density `rate exp(-rate x)`; `rate` is positive.
Array exponential(const Shape& shape, const Array& rate, DType dtype = DType::float32, const Array& key = {});
/// Location and scale, which is not negative: Laplace's, Gumbel's, the logistic and Cauchy's distribution.
Array laplace(const Shape& shape, const Array& location, const Array& scale, DType dtype = DType::float32,
              const Array& key = {});
Array gumbel(const Shape& shape, const Array& location, const Array& scale, DType dtype = DType::float32,
             const Array& key = {});
Array logistic(const Shape& shape, const Array& location, const Array& scale, DType dtype = DType::float32,
               const Array& key = {});
Array cauchy(const Shape& shape, const Array& location, const Array& scale, DType dtype = DType::float32,
             const Array& key = {});
/// Exponential of a normal number.
Array log_normal(const Shape& shape, const Array& mean, const Array& std, DType dtype = DType::float32,
                 const Array& key = {});

/// Density proportional to `x^(alpha - 1) exp(-x)`; `alpha` is positive.
Array gamma(const Shape& shape, const Array& alpha, DType dtype = DType::float32, const Array& key = {});
/// `x / (x + y)` of two gamma-distributed numbers.
Array beta(const Shape& shape, const Array& a, const Array& b, DType dtype = DType::float32, const Array& key = {});
/// Gamma-distributed numbers along a last axis, that of `alpha` (..., n), divided by their sum: (shape..., n).
Array dirichlet(const Array& alpha, const Shape& shape = {}, DType dtype = DType::float32, const Array& key = {});
/// Sum of `freedom` squares of standard normal numbers.
Array chi_square(const Shape& shape, const Array& freedom, DType dtype = DType::float32, const Array& key = {});
/// Student's t.
Array student_t(const Shape& shape, const Array& freedom, DType dtype = DType::float32, const Array& key = {});

/// Normal vectors along a last axis: mean (..., n), covariances (..., n, n), (shape..., n). Throws ShapeError if these do
/// not fit, LinAlgError when evaluated unless the covariances are positive definite.
Array multivariate_normal(const Array& mean, const Array& covariances, const Shape& shape = {},
                          DType dtype = DType::float32, const Array& key = {});

/// Counts, in an integer or floating dtype: of rare events, of successes among trials, of trials up to the first success.
Array poisson(const Shape& shape, const Array& rate, DType dtype = DType::int32, const Array& key = {});
Array binomial(const Shape& shape, const Array& trials, const Array& probability, DType dtype = DType::int32,
               const Array& key = {});
Array geometric(const Shape& shape, const Array& probability, DType dtype = DType::int32, const Array& key = {});

/// `count` choices (int32) among the places along an axis of `logits`, with probabilities in proportion to their
/// exponentials: that axis is replaced by one of length `count` at the end.
Array categorical(const Array& logits, int64_t axis = -1, int64_t count = 1, const Array& key = {});
/// PyTorch's: the same with weights of one or two axes, along the last; without `replace` no choice comes twice.
Array multinomial(const Array& weights, int64_t count, bool replace = false, const Array& key = {});
/// NumPy's: slices of `x` along an axis, in a result of `shape` there; equally likely, or in proportion to `weights`.
Array choice(const Array& x, const Shape& shape = {}, bool replace = true, const Array& weights = {}, int64_t axis = 0,
             const Array& key = {});

}  // namespace ingot::random
