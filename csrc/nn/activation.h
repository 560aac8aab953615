// Activations as modules. A row in one of the tables below is all that a class needs; the functions are in ops/activations.h.
#pragma once

#include "ingot/nn/options.h"
#include "ingot/ops/activations.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/softmax.h"

namespace ingot::nn {

/// Of modules that are made without arguments.
struct NoOptions {
  static constexpr auto fields() { return std::tuple<>(); }
};

/// `inplace` is PyTorch's: it is shown and kept, but changes nothing here, since the engine reuses memory by itself.
struct InplaceOptions {
  bool inplace = false;
  static constexpr auto fields() { return std::tuple(option("inplace", &InplaceOptions::inplace, Shown::if_true)); }
};

struct LeakyReLUOptions {
  double negative_slope = 0.01;
  bool inplace = false;
  static constexpr auto fields() {
    using O = LeakyReLUOptions;
    return std::tuple(option("negative_slope", &O::negative_slope), option("inplace", &O::inplace, Shown::if_true));
  }
};

struct AlphaOptions {
  double alpha = 1;
  bool inplace = false;
  static constexpr auto fields() {
    using O = AlphaOptions;
    return std::tuple(option("alpha", &O::alpha), option("inplace", &O::inplace, Shown::if_true));
  }
};

struct HardtanhOptions {
  double min_val = -1;
  double max_val = 1;
  bool inplace = false;
  /// Throws for what makes no layer.
  void check() const;
  static constexpr auto fields() {
    using O = HardtanhOptions;
    return std::tuple(option("min_val", &O::min_val), option("max_val", &O::max_val),
                      option("inplace", &O::inplace, Shown::if_true));
  }
};

struct ShrinkOptions {
  double lambd = 0.5;
  static constexpr auto fields() {
    using O = ShrinkOptions;
    return std::tuple(option("lambd", &O::lambd, Shown::bare));
  }
};

struct SoftplusOptions {
  double beta = 1;
  double threshold = 20;
  static constexpr auto fields() {
    using O = SoftplusOptions;
    return std::tuple(option("beta", &O::beta), option("threshold", &O::threshold));
  }
};

struct ThresholdOptions {
  double threshold = 0;
  double value = 0;
  bool inplace = false;
  static constexpr auto fields() {
    using O = ThresholdOptions;
    return std::tuple(required("threshold", &O::threshold), required("value", &O::value),
                      option("inplace", &O::inplace, Shown::if_true));
  }
};

struct RReLUOptions {
  double lower = 1.0 / 8;
  double upper = 1.0 / 3;
  bool inplace = false;
  static constexpr auto fields() {
    using O = RReLUOptions;
    return std::tuple(option("lower", &O::lower), option("upper", &O::upper),
                      option("inplace", &O::inplace, Shown::if_true));
  }
};

struct GLUOptions {
  int64_t dim = -1;
  static constexpr auto fields() {
    using O = GLUOptions;
    return std::tuple(option("dim", &O::dim));
  }
};

struct GELUOptions {
  std::string approximate = "none";
  /// Throws for what makes no layer.
  void check() const;
  static constexpr auto fields() {
    using O = GELUOptions;
    return std::tuple(option("approximate", &O::approximate));
  }
};

struct SoftmaxOptions {
  std::optional<int64_t> dim = {};
  static constexpr auto fields() {
    using O = SoftmaxOptions;
    return std::tuple(option("dim", &O::dim));
  }
};

/// The axis of a softmax that names none, as PyTorch chooses: 0 of an input of 0, 1 or 3 axes, else 1.
int64_t softmax_axis(const Array& x, std::optional<int64_t> dim);
/// Throws ShapeError unless `x` is (N, C, H, W) or (C, H, W): the axis of the channels.
int64_t channel_axis_of_image(const Array& x);

/// X(class, options, result for an input `x` and options `o`)
#define INGOT_ACTIVATIONS(X)                                                                                           \
  X(ReLU, InplaceOptions, relu(x))                                                                                     \
  X(ReLU6, InplaceOptions, relu6(x))                                                                                   \
  X(SELU, InplaceOptions, selu(x))                                                                                     \
  X(SiLU, InplaceOptions, silu(x))                                                                                     \
  X(Mish, InplaceOptions, mish(x))                                                                                     \
  X(Hardswish, InplaceOptions, hardswish(x))                                                                           \
  X(Hardsigmoid, InplaceOptions, hardsigmoid(x))                                                                       \
  X(Sigmoid, NoOptions, sigmoid(x))                                                                                    \
  X(Tanh, NoOptions, tanh(x))                                                                                          \
  X(Softsign, NoOptions, softsign(x))                                                                                  \
  X(Tanhshrink, NoOptions, tanhshrink(x))                                                                              \
  X(LogSigmoid, NoOptions, log_sigmoid(x))                                                                             \
  X(LeakyReLU, LeakyReLUOptions, leaky_relu(x, o.negative_slope))                                                      \
  X(ELU, AlphaOptions, elu(x, o.alpha))                                                                                \
  X(CELU, AlphaOptions, celu(x, o.alpha))                                                                              \
  X(Hardtanh, HardtanhOptions, hardtanh(x, o.min_val, o.max_val))                                                      \
  X(Hardshrink, ShrinkOptions, hardshrink(x, o.lambd))                                                                 \
  X(Softshrink, ShrinkOptions, softshrink(x, o.lambd))                                                                 \
  X(Softplus, SoftplusOptions, softplus(x, o.beta, o.threshold))                                                       \
  X(Threshold, ThresholdOptions, threshold(x, o.threshold, o.value))                                                   \
  X(RReLU, RReLUOptions, rrelu(x, o.lower, o.upper, training()))                                                       \
  X(GLU, GLUOptions, glu(x, o.dim))                                                                                    \
  X(GELU, GELUOptions, gelu(x, o.approximate))                                                                         \
  X(Softmax, SoftmaxOptions, softmax(x, softmax_axis(x, o.dim)))                                                       \
  X(Softmin, SoftmaxOptions, softmin(x, softmax_axis(x, o.dim)))                                                       \
  X(LogSoftmax, SoftmaxOptions, log_softmax(x, softmax_axis(x, o.dim)))                                                \
  X(Softmax2d, NoOptions, softmax(x, channel_axis_of_image(x)))

INGOT_ACTIVATIONS(INGOT_LAYER)

struct PReLUOptions {
  int64_t num_parameters = 1;
  double init = 0.25;
  DType dtype = DType::float32;
  static constexpr auto fields() {
    using O = PReLUOptions;
    return std::tuple(option("num_parameters", &O::num_parameters), option("init", &O::init, Shown::never));
  }
};

/// `x`, times a learned `weight` where negative: one for all, or one for each channel (He et al., 2015).
class PReLU : public Described<PReLUOptions> {
 public:
  /// Throws ValueError unless `num_parameters` is positive.
  explicit PReLU(Options options = {});
  Array forward(const Array& x) override { return prelu(x, get_parameter("weight")); }
  std::string type_name() const override { return "PReLU"; }
};

}  // namespace ingot::nn
