// Fully connected layers of one and of two inputs.
#pragma once

#include "ingot/nn/options.h"

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
  /// Has the layer take another number of features, and draws its parameters anew: for a layer that learns from its
  /// first input how many there are.
  void set_in_features(int64_t in_features);

  Array forward(const Array& x) override;
  std::string type_name() const override { return "Linear"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  int64_t in_features_;
  int64_t out_features_;
};

namespace functional {

/// `x1^T W_k x2 + bias_k` for each k: (..., in1), (..., in2), (out, in1, in2), (out,) -> (..., out). The bias may be
/// undefined. Throws ShapeError if lengths do not fit.
Array bilinear(const Array& x1, const Array& x2, const Array& weight, const Array& bias);

}  // namespace functional

struct BilinearOptions {
  int64_t in1_features = 1;
  int64_t in2_features = 1;
  int64_t out_features = 1;
  bool bias = true;
  DType dtype = DType::float32;
  static constexpr auto fields() {
    using O = BilinearOptions;
    return std::tuple(required("in1_features", &O::in1_features), required("in2_features", &O::in2_features),
                      required("out_features", &O::out_features), option("bias", &O::bias));
  }
};

/// `functional::bilinear` with parameters `weight` and `bias`, both drawn from U(-k, k) with k = 1 / sqrt(in1_features).
class Bilinear : public Described<BilinearOptions> {
 public:
  /// Throws ValueError unless all sizes are positive.
  explicit Bilinear(Options options);
  void reset_parameters();
  using Module::forward;
  Array forward(const Array& x1, const Array& x2);
  std::string type_name() const override { return "Bilinear"; }
};

struct LoRAOptions {
  int64_t in_features = 1;
  int64_t out_features = 1;
  /// The rank of what is learned.
  int64_t r = 8;
  /// What is learned counts `lora_alpha / r` times.
  double lora_alpha = 1;
  double lora_dropout = 0;
  bool bias = true;
  DType dtype = DType::float32;
  static constexpr auto fields() {
    using O = LoRAOptions;
    return std::tuple(required("in_features", &O::in_features), required("out_features", &O::out_features),
                      option("r", &O::r), option("lora_alpha", &O::lora_alpha),
                      option("lora_dropout", &O::lora_dropout), option("bias", &O::bias));
  }
};

/// A linear layer whose `weight` and `bias` stay as they are, plus a product of two thin matrices that learns:
/// `x @ weight^T + bias + dropout(x) @ lora_A^T @ lora_B^T * lora_alpha / r`.
///
/// Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021). `lora_A` (r, in_features) is drawn as a linear
/// layer's weight, `lora_B` (out_features, r) is zero.
class LoRALinear : public Described<LoRAOptions> {
 public:
  /// Throws ValueError unless sizes are positive and `lora_dropout` is in [0, 1].
  explicit LoRALinear(Options options);
  void reset_parameters();
  Array forward(const Array& x) override;
  /// Adds what was learned to the weight, and starts anew from there.
  void merge();
  std::string type_name() const override { return "LoRALinear"; }
};

}  // namespace ingot::nn
