// Adam in little memory: second moments as a row times a column.
#pragma once

#include <optional>

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct AdafactorOptions {
  double lr = 1e-2;
  double beta2_decay = -0.8;
  std::optional<double> eps1;
  double eps2 = 1e-3;
  double d = 1.0;
  double weight_decay = 0;
  bool maximize = false;
};

/// Adafactor (Shazeer and Stern, 2018) without momentum: steps are relative to the size of the parameter (at least
/// `eps2`) and clipped at a root mean square of `d`; the mean squared gradient of a matrix is kept as its row and
/// column means. `eps1` is the smallest root of such a mean; by default the machine epsilon of the parameter's dtype.
class Adafactor : public Optimizer {
 public:
  /// Throws ValueError if there are no parameters or a hyperparameter is out of range, TypeError for complex parameters.
  explicit Adafactor(const std::vector<Array>& params, const AdafactorOptions& options = {});

  std::vector<std::string> slot_names(const Group& group, const Array& param) const override;

 protected:
  std::vector<Array> initial_slots(const Group& group, const Array& param) const override;
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group& group, const Array& steps) const override;
  Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
               std::span<const Array> coefficients) const override;
};

}  // namespace ingot::optim
