// Normalised exponentials, as layers.
#pragma once

#include <optional>

#include "ingot/nn/module.h"

namespace ingot::nn {

/// `softmax` along an axis.
class Softmax : public Module {
 public:
  /// No `dim` means axis 0 of an input of 0, 1 or 3 axes and axis 1 of any other, as PyTorch chooses.
  explicit Softmax(std::optional<int64_t> dim = {}) : dim_(dim) {}
  std::optional<int64_t> dim() const noexcept { return dim_; }

  Array forward(const Array& x) override;
  std::string type_name() const override { return "Softmax"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  std::optional<int64_t> dim_;
};

/// `log_softmax` along an axis.
class LogSoftmax : public Module {
 public:
  /// No `dim`: as in Softmax.
  explicit LogSoftmax(std::optional<int64_t> dim = {}) : dim_(dim) {}
  std::optional<int64_t> dim() const noexcept { return dim_; }

  Array forward(const Array& x) override;
  std::string type_name() const override { return "LogSoftmax"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  std::optional<int64_t> dim_;
};

}  // namespace ingot::nn
