// Steps that look at signs of gradients alone.
#pragma once

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct RpropOptions {
  double lr = 1e-2;
  double eta_minus = 0.5;
  double eta_plus = 1.2;
  double step_size_min = 1e-6;
  double step_size_max = 50;
  bool maximize = false;
};

/// Rprop (Riedmiller and Braun, 1993): each entry has a step of its own, which grows by `eta_plus` while the gradient
/// keeps its sign and shrinks by `eta_minus` where it changes. For gradients of the whole data set.
class Rprop : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit Rprop(const std::vector<Array>& params, const RpropOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  std::vector<Array> initial_slots(const Group& group, const Array& param) const override;
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
