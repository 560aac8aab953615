// The fully connected layer.
#pragma once

#include "ingot/nn/module.h"

namespace ingot::nn {

/// `x @ weight^T + bias` over the last axis: (..., in_features) -> (..., out_features).
///
/// Parameters: `weight` (out_features, in_features) and `bias` (out_features,), both drawn from U(-k, k) with k = 1 /
/// sqrt(in_features).
class Linear : public Module {
 public:
  /// Throws ValueError for a negative size, TypeError unless `dtype` is floating.
  Linear(int64_t in_features, int64_t out_features, bool bias = true, DType dtype = DType::float32);

  int64_t in_features() const noexcept { return in_features_; }
  int64_t out_features() const noexcept { return out_features_; }
  const Array& weight() const { return get_parameter("weight"); }
  /// Undefined for a layer without bias.
  const Array& bias() const { return get_parameter("bias"); }
  /// Draws both parameters anew.
  void reset_parameters();

  Array forward(const Array& x) override;
  std::string type_name() const override { return "Linear"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  int64_t in_features_;
  int64_t out_features_;
};

}  // namespace ingot::nn
