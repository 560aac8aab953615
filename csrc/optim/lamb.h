// Adam for large batches: steps in proportion to the norm of each parameter.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct LAMBOptions {
  double lr = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-6;
  double weight_decay = 0;
  bool maximize = false;
};

/// LAMB (You et al., "Large Batch Optimization for Deep Learning", 2020): `p <- p - lr * |p| / |r| * r` with `r` Adam's
/// step plus `weight_decay * p`; the factor `|p| / |r|` is 1 where either norm is 0.
class LAMB : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit LAMB(const std::vector<Array>& params, const LAMBOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
