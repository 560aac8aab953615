// Averaged stochastic gradient descent.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct ASGDOptions {
  double lr = 1e-2;
  double lambd = 1e-4;
  double alpha = 0.75;
  double t0 = 1e6;
  double weight_decay = 0;
  bool maximize = false;
};

/// ASGD (Polyak and Juditsky, 1992): gradient descent with rate `lr / (1 + lambd * lr * t)^alpha` and decay `lambd`,
/// which keeps the mean of the parameters since step `t0` as the state "ax".
class ASGD : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit ASGD(const std::vector<Array>& params, const ASGDOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  std::vector<Array> initial_slots(const Group& group, const Array& param) const override;
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
