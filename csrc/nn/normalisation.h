// Normalisation over the last axes, as layers.
#pragma once

#include <optional>

#include "ingot/nn/module.h"

namespace ingot::nn {

/// `layer_norm` over the last axes, with parameters `weight` (ones) and `bias` (zeros) of their shape.
class LayerNorm : public Module {
 public:
  /// Throws ShapeError for an empty shape or a negative length, TypeError unless `dtype` is floating.
  explicit LayerNorm(Shape normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true,
                     DType dtype = DType::float32);

  const Shape& normalized_shape() const noexcept { return shape_; }
  double eps() const noexcept { return eps_; }
  bool elementwise_affine() const noexcept { return affine_; }
  /// Sets the weight to ones and the bias to zeros.
  void reset_parameters();

  Array forward(const Array& x) override;
  std::string type_name() const override { return "LayerNorm"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  Shape shape_;
  double eps_;
  bool affine_;
};

/// `rms_norm` over the last axes, with a parameter `weight` (ones) of their shape.
class RMSNorm : public Module {
 public:
  /// Throws ShapeError for an empty shape or a negative length, TypeError unless `dtype` is floating.
  explicit RMSNorm(Shape normalized_shape, std::optional<double> eps = {}, bool elementwise_affine = true,
                   DType dtype = DType::float32);

  const Shape& normalized_shape() const noexcept { return shape_; }
  std::optional<double> eps() const noexcept { return eps_; }
  bool elementwise_affine() const noexcept { return affine_; }
  /// Sets the weight to ones.
  void reset_parameters();

  Array forward(const Array& x) override;
  std::string type_name() const override { return "RMSNorm"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  Shape shape_;
  std::optional<double> eps_;
  bool affine_;
};

}  // namespace ingot::nn
