// Convolutional layers over one, two or three spatial axes, channels first.
#pragma once

#include <variant>

#include "ingot/nn/module.h"
#include "ingot/ops/convolution.h"

namespace ingot::nn {

/// Numbers of zeros on both sides of each axis (one number for all axes), or "valid" (none) or "same" (as many as keep
/// the lengths, for stride 1).
using ConvPadding = std::variant<Axes, std::string>;

namespace functional {

/// `convolution` plus a bias (out_channels,), which may be undefined, over `axes` spatial axes. The input may lack the
/// batch axis. Throws ShapeError if anything does not fit, ValueError for another word of padding.
Array conv(const Array& x, const Array& weight, const Array& bias, size_t axes, const Axes& stride = {},
           const ConvPadding& padding = Axes{}, const Axes& dilation = {}, int64_t groups = 1);
/// The same for `convolution_transpose`; the weight is (in_channels, out_channels / groups, *kernel).
Array conv_transpose(const Array& x, const Array& weight, const Array& bias, size_t axes, const Axes& stride = {},
                     const Axes& padding = {}, const Axes& output_padding = {}, int64_t groups = 1,
                     const Axes& dilation = {});

}  // namespace functional

/// The arguments of a convolutional layer that have defaults. Lists hold one number for each axis, or one for all.
struct ConvOptions {
  Axes stride = {1};
  ConvPadding padding = Axes{0};
  Axes dilation = {1};
  int64_t groups = 1;
  bool bias = true;
  /// What is around the input: "zeros", "reflect", "replicate" or "circular".
  std::string padding_mode = "zeros";
  DType dtype = DType::float32;
};

/// Base of `Conv1d`, `Conv2d` and `Conv3d`.
///
/// Parameters: `weight` (out_channels, in_channels / groups, *kernel_size) and `bias` (out_channels,), both drawn from
/// U(-k, k) with `k = sqrt(groups / (in_channels * product of kernel_size))`.
class Conv : public Module {
 public:
  int64_t in_channels() const noexcept { return in_channels_; }
  int64_t out_channels() const noexcept { return out_channels_; }
  const Axes& kernel_size() const noexcept { return kernel_size_; }
  const ConvOptions& options() const noexcept { return options_; }
  const Array& weight() const { return get_parameter("weight"); }
  /// Undefined for a layer without bias.
  const Array& bias() const { return get_parameter("bias"); }
  /// Draws both parameters anew.
  void reset_parameters();
  /// Has the layer take another number of channels, and draws its parameters anew: for a layer that learns from its
  /// first input how many there are. Throws ValueError unless `groups` divides it.
  void set_in_channels(int64_t in_channels);

  Array forward(const Array& x) override;
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  /// Throws ValueError for numbers that make no layer, ShapeError for lists of another length than `axes`, TypeError
  /// unless the dtype is floating.
  Conv(size_t axes, const char* name, int64_t in_channels, int64_t out_channels, const Axes& kernel_size,
       const ConvOptions& options);

 private:
  int64_t in_channels_, out_channels_;
  Axes kernel_size_;
  ConvOptions options_;
};

#define INGOT_CONV_CLASS(Name, axes)                                                                                   \
  class Name : public Conv {                                                                                           \
   public:                                                                                                             \
    Name(int64_t in_channels, int64_t out_channels, const Axes& kernel_size, const ConvOptions& options = {})          \
        : Conv(axes, #Name, in_channels, out_channels, kernel_size, options) {}                                        \
    std::string type_name() const override { return #Name; }                                                           \
  };
INGOT_CONV_CLASS(Conv1d, 1)
INGOT_CONV_CLASS(Conv2d, 2)
INGOT_CONV_CLASS(Conv3d, 3)
#undef INGOT_CONV_CLASS

/// The arguments of a transposed convolutional layer that have defaults.
struct ConvTransposeOptions {
  Axes stride = {1};
  Axes padding = {0};
  /// Added to one side of the output's lengths.
  Axes output_padding = {0};
  int64_t groups = 1;
  bool bias = true;
  Axes dilation = {1};
  /// Only "zeros".
  std::string padding_mode = "zeros";
  DType dtype = DType::float32;
};

/// Base of `ConvTranspose1d`, `ConvTranspose2d` and `ConvTranspose3d`.
///
/// Parameters: `weight` (in_channels, out_channels / groups, *kernel_size) and `bias` (out_channels,), both drawn from
/// U(-k, k) with `k = sqrt(groups / (out_channels * product of kernel_size))`.
class ConvTranspose : public Module {
 public:
  /// Another number of input channels, and parameters drawn anew. Throws ValueError unless `groups` divides it.
  void set_in_channels(int64_t in_channels);
  int64_t in_channels() const noexcept { return in_channels_; }
  int64_t out_channels() const noexcept { return out_channels_; }
  const Axes& kernel_size() const noexcept { return kernel_size_; }
  const ConvTransposeOptions& options() const noexcept { return options_; }
  /// Draws both parameters anew.
  void reset_parameters();

  Array forward(const Array& x) override { return forward(x, {}); }
  /// The same for an output of the given spatial lengths (empty: as the options say). Throws ValueError if the layer
  /// cannot give those.
  Array forward(const Array& x, const Axes& output_size);
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  ConvTranspose(size_t axes, const char* name, int64_t in_channels, int64_t out_channels, const Axes& kernel_size,
                const ConvTransposeOptions& options);

 private:
  int64_t in_channels_, out_channels_;
  Axes kernel_size_;
  ConvTransposeOptions options_;
};

#define INGOT_CONV_TRANSPOSE_CLASS(Name, axes)                                                                         \
  class Name : public ConvTranspose {                                                                                  \
   public:                                                                                                             \
    Name(int64_t in_channels, int64_t out_channels, const Axes& kernel_size, const ConvTransposeOptions& options = {}) \
        : ConvTranspose(axes, #Name, in_channels, out_channels, kernel_size, options) {}                               \
    std::string type_name() const override { return #Name; }                                                           \
  };
INGOT_CONV_TRANSPOSE_CLASS(ConvTranspose1d, 1)
INGOT_CONV_TRANSPOSE_CLASS(ConvTranspose2d, 2)
INGOT_CONV_TRANSPOSE_CLASS(ConvTranspose3d, 3)
#undef INGOT_CONV_TRANSPOSE_CLASS

}  // namespace ingot::nn
