// Stochastic gradient descent.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct SGDOptions {
  double lr = 1e-3;
  double momentum = 0;
  double dampening = 0;
  double weight_decay = 0;
  bool nesterov = false;
  bool maximize = false;
};

/// `p <- p - lr * v`, with `v` the gradient (plus `weight_decay * p`), or with momentum `v <- momentum * v + (1 -
/// dampening) * g` (in the first step `v <- g`), or Nesterov's `g + momentum * v` of that.
class SGD : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters, for negative hyperparameters, and for `nesterov` without momentum or
  /// with dampening.
  explicit SGD(const std::vector<Array>& params, const SGDOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
