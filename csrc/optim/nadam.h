// Adam with Nesterov's momentum.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct NAdamOptions {
  double lr = 2e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  double momentum_decay = 4e-3;
  bool decoupled_weight_decay = false;
  bool maximize = false;
};

/// NAdam (Dozat, "Incorporating Nesterov Momentum into Adam", 2016), with momentum `mu_t = beta1 * (1 - 0.96^(t *
/// momentum_decay) / 2)` that grows towards `beta1`.
class NAdam : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit NAdam(const std::vector<Array>& params, const NAdamOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  std::vector<Array> initial_slots(const Group& group, const Array& param) const override;
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
