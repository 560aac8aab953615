// Joining axes into one.
#pragma once

#include "ingot/nn/module.h"

namespace ingot::nn {

/// Joins axes `start_dim` to `end_dim` (inclusive) into one: by default all but the batch axis.
class Flatten : public Module {
 public:
  explicit Flatten(int64_t start_dim = 1, int64_t end_dim = -1) : start_dim_(start_dim), end_dim_(end_dim) {}

  int64_t start_dim() const noexcept { return start_dim_; }
  int64_t end_dim() const noexcept { return end_dim_; }

  Array forward(const Array& x) override;
  std::string type_name() const override { return "Flatten"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  int64_t start_dim_;
  int64_t end_dim_;
};

}  // namespace ingot::nn
