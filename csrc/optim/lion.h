// Steps of one size, by the sign of a momentum.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct LionOptions {
  double lr = 1e-4;
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weight_decay = 0;
  bool maximize = false;
};

/// Lion (Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023): `p <- p * (1 - lr * weight_decay) - lr *
/// sign(beta1 * m + (1 - beta1) * g)`, then `m <- beta2 * m + (1 - beta2) * g`.
class Lion : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit Lion(const std::vector<Array>& params, const LionOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
