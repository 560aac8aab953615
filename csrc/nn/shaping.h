// Layers that move elements: other shapes, other places, other sizes, something around.
#pragma once

#include "ingot/nn/activation.h"
#include "ingot/ops/interpolation.h"
#include "ingot/ops/padding.h"
#include "ingot/ops/windows.h"

namespace ingot::nn {

struct UnflattenOptions {
  int64_t dim = 0;
  Axes unflattened_size = {};
  static constexpr auto fields() {
    using O = UnflattenOptions;
    return std::tuple(required("dim", &O::dim), required("unflattened_size", &O::unflattened_size));
  }
};

struct PixelShuffleOptions {
  int64_t upscale_factor = 1;
  /// Throws for what makes no layer.
  void check() const;
  static constexpr auto fields() {
    using O = PixelShuffleOptions;
    return std::tuple(required("upscale_factor", &O::upscale_factor));
  }
};

struct PixelUnshuffleOptions {
  int64_t downscale_factor = 1;
  /// Throws for what makes no layer.
  void check() const;
  static constexpr auto fields() {
    using O = PixelUnshuffleOptions;
    return std::tuple(required("downscale_factor", &O::downscale_factor));
  }
};

struct ChannelShuffleOptions {
  int64_t groups = 1;
  static constexpr auto fields() {
    using O = ChannelShuffleOptions;
    return std::tuple(required("groups", &O::groups));
  }
};

struct PaddingOptions {
  Axes padding = {};
  static constexpr auto fields() {
    using O = PaddingOptions;
    return std::tuple(required("padding", &O::padding, Shown::bare));
  }
};

struct ConstantPadOptions {
  Axes padding = {};
  double value = 0;
  static constexpr auto fields() {
    using O = ConstantPadOptions;
    return std::tuple(required("padding", &O::padding), required("value", &O::value));
  }
};

struct FoldOptions {
  Axes output_size = {};
  Axes kernel_size = {};
  Axes dilation = {1};
  Axes padding = {0};
  Axes stride = {1};
  static constexpr auto fields() {
    using O = FoldOptions;
    return std::tuple(required("output_size", &O::output_size), required("kernel_size", &O::kernel_size),
                      option("dilation", &O::dilation), option("padding", &O::padding), option("stride", &O::stride));
  }
};

struct UnfoldOptions {
  Axes kernel_size = {};
  Axes dilation = {1};
  Axes padding = {0};
  Axes stride = {1};
  static constexpr auto fields() {
    using O = UnfoldOptions;
    return std::tuple(required("kernel_size", &O::kernel_size), option("dilation", &O::dilation),
                      option("padding", &O::padding), option("stride", &O::stride));
  }
};

/// Padding by `widths` (one for all sides, or before and after the last axis, the last but one, ...) of the last `axes`
/// axes of an input with one or two axes in front of them. Throws ShapeError for other widths or axes.
Array padded(const Array& x, size_t axes, const Axes& widths, PadMode mode, double value = 0);
/// Sums of columns (N, C * elements of a window, L) in place, and the columns of an image.
Array folded(const Array& x, const FoldOptions& options);
Array unfolded(const Array& x, const UnfoldOptions& options);

/// X(class, options, result for an input `x` and options `o`)
#define INGOT_SHAPERS(X)                                                                                               \
  X(Unflatten, UnflattenOptions, unflatten(x, o.dim, o.unflattened_size))                                              \
  X(PixelShuffle, PixelShuffleOptions, pixel_shuffle(x, o.upscale_factor))                                             \
  X(PixelUnshuffle, PixelUnshuffleOptions, pixel_unshuffle(x, o.downscale_factor))                                     \
  X(ChannelShuffle, ChannelShuffleOptions, channel_shuffle(x, o.groups))                                               \
  X(Fold, FoldOptions, folded(x, o))                                                                                   \
  X(Unfold, UnfoldOptions, unfolded(x, o))                                                                             \
  INGOT_PAD_LAYERS(X, 1) INGOT_PAD_LAYERS(X, 2) INGOT_PAD_LAYERS(X, 3)
#define INGOT_PAD_LAYERS(X, n)                                                                                         \
  X(ZeroPad##n##d, PaddingOptions, padded(x, n, o.padding, PadMode::constant))                                         \
  X(ConstantPad##n##d, ConstantPadOptions, padded(x, n, o.padding, PadMode::constant, o.value))                        \
  X(ReflectionPad##n##d, PaddingOptions, padded(x, n, o.padding, PadMode::reflect))                                    \
  X(ReplicationPad##n##d, PaddingOptions, padded(x, n, o.padding, PadMode::edge))                                      \
  X(CircularPad##n##d, PaddingOptions, padded(x, n, o.padding, PadMode::wrap))

INGOT_SHAPERS(INGOT_LAYER)

/// Its input.
class Identity : public Module {
 public:
  Array forward(const Array& x) override { return x; }
  std::string type_name() const override { return "Identity"; }
};

struct UpsampleOptions {
  Axes size = {};
  std::vector<double> scale_factor = {};
  std::string mode = "nearest";
  bool align_corners = false;
  /// Throws for what makes no layer.
  void check() const;
  static constexpr auto fields() {
    using O = UpsampleOptions;
    return std::tuple(option("size", &O::size, Shown::never), option("scale_factor", &O::scale_factor, Shown::never),
                      option("mode", &O::mode, Shown::never), option("align_corners", &O::align_corners, Shown::never));
  }
};

/// `interpolate` to a size, or by scale factors; "nearest", "linear", "bilinear", "bicubic" or "trilinear".
class Upsample : public Described<UpsampleOptions> {
 public:
  using Described<UpsampleOptions>::Described;
  Array forward(const Array& x) override;
  std::string type_name() const override { return "Upsample"; }
  std::string extra_repr() const override;
};

struct CosineSimilarityOptions {
  int64_t dim = 1;
  double eps = 1e-8;
  static constexpr auto fields() {
    using O = CosineSimilarityOptions;
    return std::tuple(option("dim", &O::dim, Shown::never), option("eps", &O::eps, Shown::never));
  }
};

/// The cosine of the angle between two inputs along an axis.
class CosineSimilarity : public Described<CosineSimilarityOptions> {
 public:
  using Described<CosineSimilarityOptions>::Described;
  using Module::forward;
  Array forward(const Array& x1, const Array& x2);
  std::string type_name() const override { return "CosineSimilarity"; }
};

}  // namespace ingot::nn
