// Transformers: layers, stacks of layers, and an encoder with a decoder (Vaswani et al., "Attention Is All You Need", 2017).
#pragma once

#include <functional>

#include "ingot/nn/options.h"

namespace ingot::nn {

struct TransformerLayerOptions {
  int64_t d_model = 512;
  int64_t nhead = 8;
  int64_t dim_feedforward = 2048;
  double dropout = 0.1;
  /// "relu" or "gelu".
  std::string activation = "relu";
  double layer_norm_eps = 1e-5;
  bool batch_first = false;
  /// Normalises what goes into a block rather than what comes out of it.
  bool norm_first = false;
  bool bias = true;
  DType dtype = DType::float32;

  /// Throws ValueError for another activation.
  void check() const;
  static constexpr auto fields() {
    using O = TransformerLayerOptions;
    return std::tuple(required("d_model", &O::d_model, Shown::never), required("nhead", &O::nhead, Shown::never),
                      option("dim_feedforward", &O::dim_feedforward, Shown::never),
                      option("dropout", &O::dropout, Shown::never), option("activation", &O::activation, Shown::never),
                      option("layer_norm_eps", &O::layer_norm_eps, Shown::never),
                      option("batch_first", &O::batch_first, Shown::never),
                      option("norm_first", &O::norm_first, Shown::never), option("bias", &O::bias, Shown::never));
  }
};

/// What attention may see. Masks are bool, true for what is left out, or floating, added to the scores.
struct AttentionMasks {
  /// (L, S) or (N * heads, L, S).
  Array mask = {};
  /// (N, S) or (S,).
  Array key_padding = {};
  bool is_causal = false;
};

/// What comes between the two linear maps of a layer; none means the one of its options.
using Activation = std::function<Array(const Array&)>;

/// Base of both kinds of layers: children with PyTorch's names, and the feed-forward block.
class TransformerLayer : public Described<TransformerLayerOptions> {
 protected:
  TransformerLayer(Options options, bool attends_to_memory);
  Array call(const char* child, const Array& x) const;
  Array attend(const char* child, const Array& x, const Array& memory, const AttentionMasks& masks) const;
  Array feed_forward(const Array& x, const char* last_dropout, const Activation& activation) const;
  /// `x + block(x)`, normalised before or after.
  template <class Block>
  Array residual(const Array& x, const char* norm, Block&& block) const;
};

/// Self-attention, then two linear maps.
class TransformerEncoderLayer : public TransformerLayer {
 public:
  explicit TransformerEncoderLayer(Options options) : TransformerLayer(std::move(options), false) {}
  TransformerEncoderLayer(int64_t d_model, int64_t nhead) : TransformerEncoderLayer(Options{d_model, nhead}) {}
  Array forward(const Array& src) override { return forward(src, AttentionMasks{}); }
  Array forward(const Array& src, const AttentionMasks& masks, const Activation& activation = {});
  std::string type_name() const override { return "TransformerEncoderLayer"; }
};

/// Self-attention, attention to the encoder's output, then two linear maps.
class TransformerDecoderLayer : public TransformerLayer {
 public:
  explicit TransformerDecoderLayer(Options options) : TransformerLayer(std::move(options), true) {}
  TransformerDecoderLayer(int64_t d_model, int64_t nhead) : TransformerDecoderLayer(Options{d_model, nhead}) {}
  using Module::forward;
  Array forward(const Array& tgt, const Array& memory, const AttentionMasks& own = {},
                const AttentionMasks& to_memory = {}, const Activation& activation = {});
  std::string type_name() const override { return "TransformerDecoderLayer"; }
};

/// Copies of a layer, one after another, in the child `layers`, then `norm`, if there is one.
class TransformerEncoder : public Module {
 public:
  /// For containers that are filled later.
  TransformerEncoder();
  TransformerEncoder(const TransformerEncoderLayer& layer, int64_t num_layers, ModulePtr norm = {});
  Array forward(const Array& src) override { return forward(src, AttentionMasks{}); }
  Array forward(const Array& src, const AttentionMasks& masks);
  std::string type_name() const override { return "TransformerEncoder"; }
};
class TransformerDecoder : public Module {
 public:
  TransformerDecoder();
  TransformerDecoder(const TransformerDecoderLayer& layer, int64_t num_layers, ModulePtr norm = {});
  using Module::forward;
  Array forward(const Array& tgt, const Array& memory, const AttentionMasks& own = {},
                const AttentionMasks& to_memory = {});
  std::string type_name() const override { return "TransformerDecoder"; }
};

struct TransformerOptions {
  TransformerLayerOptions layer = {};
  int64_t num_encoder_layers = 6;
  int64_t num_decoder_layers = 6;
};

/// `encoder` and `decoder`, both with a last layer norm; matrices are drawn by `init::xavier_uniform_`.
class Transformer : public Module {
 public:
  explicit Transformer(const TransformerOptions& options = {});
  const TransformerOptions& options() const noexcept { return options_; }
  using Module::forward;
  /// Throws ShapeError unless both have the same number of sequences and are d_model wide.
  Array forward(const Array& src, const Array& tgt, const AttentionMasks& src_masks = {},
                const AttentionMasks& tgt_masks = {}, const AttentionMasks& memory_masks = {});
  void check_inputs(const Array& src, const Array& tgt) const;
  std::string type_name() const override { return "Transformer"; }
  Json config() const override;

 private:
  TransformerOptions options_;
};

/// (size, size): -inf where a query would see a later key, else 0.
Array square_subsequent_mask(int64_t size, DType dtype = DType::float32);

// ---- positions ----

struct SinusoidalOptions {
  int64_t dims = 2;
  double min_freq = 1e-4;
  double max_freq = 1;
  /// None means sqrt(2 / dims).
  std::optional<double> scale = {};
  bool cos_first = false;
  /// Frequencies count turns instead of radians.
  bool full_turns = false;
  void check() const;
  static constexpr auto fields() {
    using O = SinusoidalOptions;
    return std::tuple(required("dims", &O::dims, Shown::bare), option("min_freq", &O::min_freq),
                      option("max_freq", &O::max_freq), option("scale", &O::scale), option("cos_first", &O::cos_first),
                      option("full_turns", &O::full_turns));
  }
};
/// Sines and cosines of positions (...), at frequencies from max_freq down to min_freq: (..., dims).
class SinusoidalPositionalEncoding : public Described<SinusoidalOptions> {
 public:
  using Described<SinusoidalOptions>::Described;
  Array forward(const Array& x) override;
  std::string type_name() const override { return "SinusoidalPositionalEncoding"; }
};

struct RoPEOptions {
  /// How many of the last axis's elements are turned; the others stay.
  int64_t dims = 2;
  /// Pairs are neighbours instead of elements of both halves.
  bool traditional = false;
  double base = 10000;
  /// Factor of the positions.
  double scale = 1;
  void check() const;
  static constexpr auto fields() {
    using O = RoPEOptions;
    return std::tuple(required("dims", &O::dims, Shown::bare), option("traditional", &O::traditional),
                      option("base", &O::base, Shown::never), option("scale", &O::scale, Shown::never));
  }
};
/// Rotary position embedding: pairs of elements of (..., T, D) turned by angles that grow with the position (Su et al.,
/// 2021).
class RoPE : public Described<RoPEOptions> {
 public:
  using Described<RoPEOptions>::Described;
  Array forward(const Array& x) override { return forward(x, 0); }
  /// The first position is `offset`. Throws ShapeError for an input of fewer axes or elements.
  Array forward(const Array& x, int64_t offset);
  std::string type_name() const override { return "RoPE"; }
};

/// Attention with linear biases: scores (..., heads, L, S) minus the distance of query and key times a slope for each head
/// (Press et al., 2022).
class ALiBi : public Module {
 public:
  Array forward(const Array& scores) override { return forward(scores, 0); }
  /// The first query is at position `offset`. Throws ShapeError for fewer than three axes.
  Array forward(const Array& scores, int64_t offset);
  std::string type_name() const override { return "ALiBi"; }
};

}  // namespace ingot::nn
