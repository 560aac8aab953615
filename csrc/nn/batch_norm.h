// Batch normalisation layers.
#pragma once

#include <optional>

#include "ingot/nn/module.h"

namespace ingot::nn {

namespace functional {

/// `(x - mean) / sqrt(variance + eps) * weight + bias` for each channel, axis 1 of `x`.
///
/// While training (and if there are no running statistics): by mean and biased variance of the batch. Otherwise by the
/// running ones. While training, the running statistics, where defined, are rebound to `(1 - momentum) * running +
/// momentum * batch`, the variance unbiased there. Throws ValueError while training with one element per channel,
/// otherwise as ops/batch_norm.h says.
Array batch_norm(const Array& x, const Array& running_mean, const Array& running_var, const Array& weight,
                 const Array& bias, bool training, double momentum = 0.1, double eps = 1e-5);

}  // namespace functional

/// The arguments of a batch normalisation that have defaults.
struct BatchNormOptions {
  double eps = 1e-5;
  /// Weight of the newest batch in the running statistics. None: they are means over all batches.
  std::optional<double> momentum = 0.1;
  bool affine = true;
  bool track_running_stats = true;
  DType dtype = DType::float32;
};

/// Base of `BatchNorm1d` (inputs (N, C) and (N, C, L)), `BatchNorm2d` (N, C, H, W) and `BatchNorm3d` (N, C, D, H, W).
///
/// Parameters `weight`, ones, and `bias`, zeros, of shape (num_features,); buffers `running_mean`, zeros, `running_var`,
/// ones, and `num_batches_tracked`. While training it normalises by the batch and updates the buffers, otherwise it
/// normalises by those.
class BatchNorm : public Module {
 public:
  int64_t num_features() const noexcept { return num_features_; }
  const BatchNormOptions& options() const noexcept { return options_; }
  /// Undefined where there is no such parameter or buffer.
  const Array& weight() const { return get_parameter("weight"); }
  const Array& bias() const { return get_parameter("bias"); }
  Array running_mean() const { return buffer("running_mean"); }
  Array running_var() const { return buffer("running_var"); }
  Array num_batches_tracked() const { return buffer("num_batches_tracked"); }
  /// Buffers and parameters as they were at first.
  void reset_running_stats();
  void reset_parameters();
  /// Has the layer take another number of channels, with parameters and buffers as they are at first: for a layer that
  /// learns from its first input how many there are.
  void set_num_features(int64_t num_features);

  Array forward(const Array& x) override;
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  /// Inputs have `least_axes` to `most_axes` axes. Throws ValueError for numbers that make no layer.
  BatchNorm(int64_t least_axes, int64_t most_axes, int64_t num_features, const BatchNormOptions& options);

 private:
  Array buffer(std::string_view name) const;

  int64_t least_axes_, most_axes_, num_features_;
  BatchNormOptions options_;
};

#define INGOT_BATCH_NORM_CLASS(Name, least, most)                                                                      \
  class Name : public BatchNorm {                                                                                      \
   public:                                                                                                             \
    explicit Name(int64_t num_features, const BatchNormOptions& options = {})                                          \
        : BatchNorm(least, most, num_features, options) {}                                                             \
    std::string type_name() const override { return #Name; }                                                           \
  };
INGOT_BATCH_NORM_CLASS(BatchNorm1d, 2, 3)
INGOT_BATCH_NORM_CLASS(BatchNorm2d, 4, 4)
INGOT_BATCH_NORM_CLASS(BatchNorm3d, 5, 5)
#undef INGOT_BATCH_NORM_CLASS

}  // namespace ingot::nn
