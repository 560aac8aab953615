// Normalisation over the last axes, over groups of channels, and over neighbouring channels, as layers.
#pragma once

#include <optional>

#include "ingot/nn/batch_norm.h"
#include "ingot/nn/options.h"
#include "ingot/ops/normalisation.h"

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

struct GroupNormOptions {
  int64_t num_groups = 1;
  int64_t num_channels = 1;
  double eps = 1e-5;
  bool affine = true;
  DType dtype = DType::float32;
  static constexpr auto fields() {
    using O = GroupNormOptions;
    return std::tuple(required("num_groups", &O::num_groups, Shown::bare),
                      required("num_channels", &O::num_channels, Shown::bare), option("eps", &O::eps),
                      option("affine", &O::affine));
  }
};

/// `group_norm` of (N, C, ...), with parameters `weight` (ones) and `bias` (zeros) of shape (num_channels,).
class GroupNorm : public Described<GroupNormOptions> {
 public:
  /// Throws ValueError unless `num_groups` is positive and divides `num_channels`.
  explicit GroupNorm(Options options);
  GroupNorm(int64_t num_groups, int64_t num_channels) : GroupNorm(Options{num_groups, num_channels}) {}
  /// Sets the weight to ones and the bias to zeros.
  void reset_parameters();

  Array forward(const Array& x) override;
  std::string type_name() const override { return "GroupNorm"; }
};

/// Base of `InstanceNorm1d` (inputs (N, C, L) and (C, L)), `InstanceNorm2d` and `InstanceNorm3d`: each channel of each
/// sample by its own statistics. With `track_running_stats`, their means over the batch are collected as `BatchNorm`
/// collects its own, and used when not training. Parameters as those of `BatchNorm`, if `affine`.
class InstanceNorm : public Module {
 public:
  int64_t num_features() const noexcept { return num_features_; }
  /// Another number of channels, with parameters and buffers as they are at first.
  void set_num_features(int64_t num_features);
  const BatchNormOptions& options() const noexcept { return options_; }
  void reset_parameters();
  void reset_running_stats();

  Array forward(const Array& x) override;
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  InstanceNorm(size_t axes, int64_t num_features, const BatchNormOptions& options);

 private:
  size_t axes_;
  int64_t num_features_;
  BatchNormOptions options_;
};

#define INGOT_INSTANCE_NORM_CLASS(n)                                                                                   \
  class InstanceNorm##n##d : public InstanceNorm {                                                                     \
   public:                                                                                                             \
    explicit InstanceNorm##n##d(int64_t num_features, const BatchNormOptions& options = {1e-5, 0.1, false, false})     \
        : InstanceNorm(n, num_features, options) {}                                                                    \
    std::string type_name() const override { return "InstanceNorm" #n "d"; }                                           \
  };
INGOT_INSTANCE_NORM_CLASS(1)
INGOT_INSTANCE_NORM_CLASS(2)
INGOT_INSTANCE_NORM_CLASS(3)
#undef INGOT_INSTANCE_NORM_CLASS

struct LocalResponseNormOptions {
  int64_t size = 1;
  double alpha = 1e-4;
  double beta = 0.75;
  double k = 1;
  static constexpr auto fields() {
    using O = LocalResponseNormOptions;
    return std::tuple(required("size", &O::size, Shown::bare), option("alpha", &O::alpha), option("beta", &O::beta),
                      option("k", &O::k));
  }
};
INGOT_LAYER(LocalResponseNorm, LocalResponseNormOptions, local_response_norm(x, o.size, o.alpha, o.beta, o.k))

}  // namespace ingot::nn
