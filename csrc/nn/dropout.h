// Dropout.
#pragma once

#include "ingot/nn/module.h"

namespace ingot::nn {

/// While training: zeroes each element with probability `p` and scales the others by `1 / (1 - p)`. Otherwise passes
/// its input on.
class Dropout : public Module {
 public:
  /// Throws ValueError unless `0 <= p <= 1`. `inplace` is PyTorch's and changes nothing here.
  explicit Dropout(double p = 0.5, bool inplace = false);

  double p() const noexcept { return p_; }
  bool inplace() const noexcept { return inplace_; }

  Array forward(const Array& x) override;
  std::string type_name() const override { return "Dropout"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  double p_;
  bool inplace_;
};

}  // namespace ingot::nn
