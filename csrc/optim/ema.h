// Running means of parameters.
#pragma once

#include <vector>

#include "ingot/graph/array.h"

namespace ingot::optim {

/// An exponential moving average of parameters, which often does better than they do: `average <- average + (1 - decay) *
/// (p - average)` at each update. Updates are array operations on handles, so they can be part of a recorded step.
class EMA {
 public:
  /// Begins with the present values. Throws ValueError if there are no parameters, or unless `decay` is in [0, 1].
  explicit EMA(std::vector<Array> params, double decay = 0.999);

  void update();
  /// Exchanges parameters and averages: once to evaluate with the averages, and once more to train on.
  void swap();
  const std::vector<Array>& averages() const noexcept { return averages_; }
  double decay() const noexcept { return decay_; }

 private:
  std::vector<Array> params_, averages_;
  double decay_;
};

}  // namespace ingot::optim
