// The operations that make random numbers out of keys, for backends that have a faster kernel.
#pragma once

#include <vector>

#include "ingot/graph/op.h"
#include "ingot/ops/philox.h"
#include "ingot/ops/tasked_op.h"

namespace ingot::random {

/// The keys of a batch (uint32, (..., 2), any strides), in row-major order.
std::vector<Key> keys_of(const Tensor& keys);

/// Common to all: the input is one key, or a batch of them, uint32 (..., 2); each key gives one result, and their
/// shapes join: (..., shape...).
class KeyedOp : public NonDifferentiableOp {
 public:
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

/// Random words (uint32) of `shape`: word `i` of a result is word `i % 4` of Philox block `i / 4` of `Stream::words`.
struct RandomBits final : Define<RandomBits, KeyedOp> {
  static constexpr const char* kName = "random_bits";
  Shape shape;
  explicit RandomBits(Shape of) : shape(std::move(of)) {}
  auto attributes() const { return std::tie(shape); }
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Random integers of `shape` in `[low, low + range)`, range 0 meaning 2^64: the upper half of a random 64-bit number
/// (words 2i and 2i + 1 of `RandomBits`) times the range. The bias is below range / 2^64.
struct RandomIntegers final : Define<RandomIntegers, KeyedOp> {
  static constexpr const char* kName = "random_integers";
  Shape shape;
  int64_t low;
  uint64_t range;
  RandomIntegers(Shape of, int64_t from, uint64_t count) : shape(std::move(of)), low(from), range(count) {}
  auto attributes() const { return std::tie(shape, low, range); }
  /// The integers, in the dtype of `out`, that `count` pairs of words stand for.
  void scale(const uint32_t* words, int64_t count, const Tensor& out) const;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// `0 .. length - 1` in random order, by Fisher and Yates' shuffle.
struct RandomPermutation final : Define<RandomPermutation, KeyedOp> {
  static constexpr const char* kName = "random_permutation";
  int64_t length;
  explicit RandomPermutation(int64_t of) : length(of) {}
  auto attributes() const { return std::tie(length); }
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// `count` new keys from each: shape (..., count, 2).
struct SplitKey final : Define<SplitKey, KeyedOp> {
  static constexpr const char* kName = "split_key";
  int64_t count;
  explicit SplitKey(int64_t keys) : count(keys) {}
  auto attributes() const { return std::tie(count); }
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// What is drawn by trial and error, or counted.
enum class SampleKind : uint8_t { gamma, poisson, binomial, geometric };

/// Inputs (key, parameters...): one number for each element of the parameters, which have the shape of the result and
/// one dtype, float32 or float64: gamma (shape parameter), poisson (rate), binomial (trials, probability), geometric
/// (probability). Element `i` draws from blocks of its own (number `i` of `Stream::samples`, as many turns as it
/// takes), and is computed in float64 by functions of our own, so it is the same everywhere. Throws ValueError for a
/// parameter out of range.
struct RandomSample final : Define<RandomSample, NonDifferentiableOp>, TaskedOp {
  static constexpr const char* kName = "random_gamma";
  SampleKind kind;
  explicit RandomSample(SampleKind of) : kind(of) {}
  const char* name() const override;
  auto attributes() const { return std::tie(kind); }
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// Inputs (shape parameter, gamma-distributed number): the derivative of the number by the parameter at a fixed
/// probability, by which samples are differentiated (Figurnov et al., "Implicit reparameterization gradients", 2018).
struct GammaDerivative final : Define<GammaDerivative, NonDifferentiableOp>, TaskedOp {
  static constexpr const char* kName = "gamma_derivative";
  auto attributes() const { return std::tie(); }
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// Inputs (key, weights (rows, choices) in float32 or float64): `count` choices (int32) for each row, (rows, count), with
/// probabilities in proportion to the weights, or to their exponentials if `logarithmic`. Without `replace` no choice
/// comes twice in a row. Computed as `RandomSample` is. Throws ValueError for weights that cannot be probabilities.
struct RandomChoice final : Define<RandomChoice, NonDifferentiableOp>, TaskedOp {
  static constexpr const char* kName = "random_choice";
  int64_t count;
  bool logarithmic, replace;
  RandomChoice(int64_t samples, bool of_logarithms, bool again)
      : count(samples), logarithmic(of_logarithms), replace(again) {}
  auto attributes() const { return std::tie(count, logarithmic, replace); }
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override {
    run_tasks(inputs, outputs);
  }
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// The state of the global generator after one more draw: a 64-bit counter moved on, so it visits every state before
/// one repeats.
struct NextKey final : Define<NextKey, KeyedOp> {
  static constexpr const char* kName = "next_key";
  auto attributes() const { return std::tie(); }
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

}  // namespace ingot::random
