// Adam that waits until it knows the variance.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct RAdamOptions {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  bool decoupled_weight_decay = false;
  bool maximize = false;
};

/// RAdam (Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", 2020): plain momentum as long as too
/// few gradients were seen for their variance to be known, then Adam with a rectified step.
class RAdam : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit RAdam(const std::vector<Array>& params, const RAdamOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
