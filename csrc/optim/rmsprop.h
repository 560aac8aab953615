// Steps divided by the root of the mean squared gradient.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct RMSpropOptions {
  double lr = 1e-2;
  double alpha = 0.99;
  double eps = 1e-8;
  double weight_decay = 0;
  double momentum = 0;
  bool centered = false;
  bool maximize = false;
};

/// RMSprop (Hinton, lecture 6e of "Neural Networks for Machine Learning"): `p <- p - lr * g / (sqrt(v) + eps)` with `v`
/// the running mean of `g^2`, or if `centered` of the variance of `g` (Graves, 2013); with momentum those quotients are
/// added up in a buffer.
class RMSprop : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit RMSprop(const std::vector<Array>& params, const RMSpropOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
