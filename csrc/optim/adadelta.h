// Steps in the parameter's own units.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct AdadeltaOptions {
  double lr = 1.0;
  double rho = 0.9;
  double eps = 1e-6;
  double weight_decay = 0;
  bool maximize = false;
};

/// Adadelta (Zeiler, 2012): `p <- p - lr * d` with `d = g * sqrt(u + eps) / sqrt(s + eps)`, where `s` and `u` are
/// running means (of rate `rho`) of `g^2` and `d^2`.
class Adadelta : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit Adadelta(const std::vector<Array>& params, const AdadeltaOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
