// Adam with the largest gradient in place of the root of a mean.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct AdamaxOptions {
  double lr = 2e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  bool maximize = false;
};

/// Adamax (Kingma and Ba, "Adam", section 7.1): `p <- p - lr * m / u`, with `m` the bias-corrected running mean of the
/// gradient and `u <- max(beta2 * u, |g| + eps)`.
class Adamax : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit Adamax(const std::vector<Array>& params, const AdamaxOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
