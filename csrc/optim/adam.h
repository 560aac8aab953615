// Adam and its relative with decoupled weight decay.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct AdamOptions {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  bool amsgrad = false;
  bool maximize = false;
  bool decoupled_weight_decay = false;
};

struct AdamWOptions {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 1e-2;
  bool amsgrad = false;
  bool maximize = false;
};

/// Adam (Kingma and Ba): `p <- p - lr * m / (sqrt(v) + eps)`, with `m` and `v` the bias-corrected running means of the
/// gradient and of its square. `weight_decay` adds `weight_decay * p` to the gradient, or if decoupled shrinks the
/// parameter itself; `amsgrad` keeps the largest `v` seen.
class Adam : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters, for betas outside of [0, 1) and for other negative hyperparameters,
  /// TypeError for complex parameters.
  explicit Adam(const std::vector<Array>& params, const AdamOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  Adam(std::string type_name, const std::vector<Array>& params, const AdamOptions& options);

  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

/// AdamW (Loshchilov and Hutter): weight decay shrinks the parameter itself, `p <- p * (1 - lr * weight_decay)`, and
/// leaves the gradient alone.
class AdamW : public Adam {
 public:
  explicit AdamW(const std::vector<Array>& params, const AdamWOptions& options = {});
};

}  // namespace ingot::optim
