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
/// A source of keys with a state that each draw replaces. `jit` reads and writes the state like any other array.
class Generator {
 public:
  /// PyTorch's seed of a new generator.
  static constexpr uint64_t kDefaultSeed = 67280421310721;

  explicit Generator(uint64_t seed = kDefaultSeed);
  /// Starts again from a seed.
  void manual_seed(uint64_t seed);
  /// Starts again from a seed of the system's, and returns it.
  uint64_t seed();
  /// The seed last given.
  uint64_t initial_seed() const { return seed_; }
  /// A key (uint32, shape (2,)).
  const Array& state() const { return state_; }
  /// Throws TypeError or ShapeError unless it is a key.
  void set_state(const Array& state);
  /// A key of its own for one draw; the generator moves on.
  Array next_key();

 private:
  Array state_;
  uint64_t seed_;
};

/// The generator that functions without a key draw from. Until it is seeded the system seeds it.
Generator& default_generator();
/// Its `manual_seed` and its state.
void seed(uint64_t seed);
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
/// The same with bounds that are arrays and broadcast to `shape`; they carry gradients.
Array uniform(const Shape& shape, const Array& low, const Array& high, DType dtype = DType::float32,
              const Array& key = {});
Array normal(const Shape& shape, const Array& mean, const Array& std, DType dtype = DType::float32,
             const Array& key = {});
/// True with probability p (broadcast to shape). Throws ValueError for a p that is known and not from 0 to 1.
Array bernoulli(const Array& p, const Shape& shape, const Array& key = {});
/// 0..n-1 in random order (int32).
Array permutation(int64_t n, const Array& key = {});
/// `x` with its slices along `axis` in random order.
Array permutation(const Array& x, int64_t axis = 0, const Array& key = {});

}  // namespace ingot::random
