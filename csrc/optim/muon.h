// Momentum made orthogonal.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct MuonOptions {
  double lr = 1e-3;
  double weight_decay = 0.1;
  double momentum = 0.95;
  bool nesterov = true;
  double ns_a = 3.4445;
  double ns_b = -4.7750;
  double ns_c = 2.0315;
  double eps = 1e-7;
  int64_t ns_steps = 5;
  bool match_rms_adamw = false;
  bool maximize = false;
};

/// Muon (Jordan et al., 2024) for matrices: the step is the momentum with all its singular values brought near 1 by
/// `ns_steps` Newton-Schulz iterations `x <- a x + (b x x^T + c (x x^T)^2) x`. The rate is multiplied by `sqrt(max(1,
/// rows / columns))`, or with `match_rms_adamw` by `0.2 * sqrt(max(rows, columns))`.
class Muon : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit Muon(const std::vector<Array>& params, const MuonOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
