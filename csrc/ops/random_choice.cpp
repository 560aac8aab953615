// The kernel of choices with given probabilities.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "ingot/graph/error.h"
#include "ingot/ops/random_math.h"
#include "ingot/ops/random_op.h"
#include "ingot/ops/random_words.h"

namespace ingot::random {

namespace {

/// Weights of one row that are no probabilities yet: not negative, finite, and not all zero.
template <class T>
std::vector<double> weights_of(const T* row, int64_t step, int64_t choices, bool logarithmic) {
  std::vector<double> weights(static_cast<size_t>(choices));
  double largest = -std::numeric_limits<double>::infinity();
  for (int64_t i = 0; i < choices; ++i) {
    const auto each = static_cast<double>(row[i * step]);
    if (each != each || each == std::numeric_limits<double>::infinity() || (!logarithmic && each < 0))
      throw ValueError("random_choice: expected ",
                       logarithmic ? "logarithms of weights that are numbers below infinity"
                                   : "weights that are finite and not negative",
                       ", got ", each);
    weights[static_cast<size_t>(i)] = each;
    largest = std::max(largest, each);
  }
  if (largest == -std::numeric_limits<double>::infinity() || (!logarithmic && largest == 0))
    throw ValueError("random_choice: expected some weight above zero, all ", choices, " are zero");
  if (logarithmic)
    for (double& each : weights) each = exact_exp(each - largest);
  return weights;
}

/// Choices by where uniform numbers fall among the sums of weights.
void choose_again(Key key, uint64_t first, std::vector<double> weights, int32_t* out, int64_t count) {
  for (size_t i = 1; i < weights.size(); ++i) weights[i] += weights[i - 1];
  const double total = weights.back();
  for (int64_t i = 0; i < count; ++i) {
    Words words(key, first + static_cast<uint64_t>(i));
    const auto at = std::upper_bound(weights.begin(), weights.end(), words.next() * total);
    // Rounding may reach the total: then it is the last choice that has a weight.
    const auto found = at == weights.end() ? std::lower_bound(weights.begin(), weights.end(), total) : at;
    out[i] = static_cast<int32_t>(found - weights.begin());
  }
}

/// A race: each choice arrives after an exponential time whose rate is its weight, and the first ones win.
void choose_once(Key key, uint64_t first, const std::vector<double>& weights, int32_t* out, int64_t count) {
  std::vector<std::pair<double, int32_t>> arrivals;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    Words words(key, first + i);
    arrivals.emplace_back(-exact_log(words.next()) / weights[i], static_cast<int32_t>(i));
  }
  if (static_cast<int64_t>(arrivals.size()) < count)
    throw ValueError("random_choice: cannot choose ", count, " without repeats, only ", arrivals.size(),
                     " choices have a weight above zero");
  std::partial_sort(arrivals.begin(), arrivals.begin() + count, arrivals.end());
  for (int64_t i = 0; i < count; ++i) out[i] = arrivals[static_cast<size_t>(i)].second;
}

}  // namespace

int64_t RandomChoice::tasks(std::span<const Tensor> inputs, std::span<const Tensor>) const {
  return inputs[1].shape[0];
}

void RandomChoice::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const Key key = keys_of(inputs[0])[0];
  const Tensor& weights = inputs[1];
  const int64_t choices = weights.shape[1];
  int32_t* out = outputs[0].as<int32_t>() + task * count;
  visit(weights.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_floating_point_v<T>) {
      auto row = weights_of(weights.as<T>() + task * weights.strides[0], weights.strides[1], choices, logarithmic);
      if (replace)
        choose_again(key, static_cast<uint64_t>(task * count), std::move(row), out, count);
      else
        choose_once(key, static_cast<uint64_t>(task * choices), row, out, count);
    }
  });
}

}  // namespace ingot::random
