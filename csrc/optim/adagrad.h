// Steps divided by the root of all squared gradients so far.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct AdagradOptions {
  double lr = 1e-2;
  double lr_decay = 0;
  double weight_decay = 0;
  double initial_accumulator_value = 0;
  double eps = 1e-10;
  bool maximize = false;
};

/// Adagrad (Duchi, Hazan and Singer, 2011): `s <- s + g^2`, `p <- p - lr / (1 + (t - 1) * lr_decay) * g / (sqrt(s) +
/// eps)`; `s` begins as `initial_accumulator_value`.
class Adagrad : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit Adagrad(const std::vector<Array>& params, const AdagradOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  std::vector<Array> initial_slots(const Group& group, const Array& param) const override;
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
