// Random numbers by a counter-based generator (Philox4x32-10): same key, same numbers, on every machine and for every
// number of threads.
#pragma once

#include <optional>

#include "ingot/graph/array.h"

namespace ingot::random {

/// A key (uint32, shape (2,)) from a seed.
Array key(uint64_t seed);
/// `count` independent keys, shape (count, 2).
Array split(const Array& key, int64_t count = 2);
/// Restarts the global generator that functions without a key draw from. Until then it is seeded by the system.
void seed(uint64_t seed);
/// The state of the global generator: a key that each draw replaces. `jit` reads and writes it like any other array.
const Array& state();

/// Uniform 32-bit integers (uint32).
Array bits(const Shape& shape, const Array& key = {});
/// Uniform in [low, high). Throws TypeError unless `dtype` is floating.
Array uniform(const Shape& shape, const Scalar& low = 0.0, const Scalar& high = 1.0, DType dtype = DType::float32,
              const Array& key = {});
/// Normal with the given mean and standard deviation.
Array normal(const Shape& shape, double mean = 0, double std = 1, DType dtype = DType::float32, const Array& key = {});
/// Uniform integers in [low, high). Throws ValueError unless low < high.
Array randint(const Shape& shape, int64_t low, int64_t high, DType dtype = DType::int32, const Array& key = {});
/// True with probability p (broadcast to shape).
Array bernoulli(const Array& p, const Shape& shape, const Array& key = {});
/// 0..n-1 in random order (int32).
Array permutation(int64_t n, const Array& key = {});
/// `x` with its slices along `axis` in random order.
Array permutation(const Array& x, int64_t axis = 0, const Array& key = {});

}  // namespace ingot::random
