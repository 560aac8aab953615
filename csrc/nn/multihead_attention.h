// Attention of several heads, with its projections.
#pragma once

#include <optional>

#include "ingot/nn/module.h"

namespace ingot::nn {

/// What one call of MultiheadAttention may be told.
struct MultiheadOptions {
  /// (N, S), or (S,) without a batch. bool: true where a key is to be left out. Floating: added to the scores.
  Array key_padding_mask = {};
  /// (L, S), or (N * num_heads, L, S). bool: true where a query must not see a key. Floating: added to the scores.
  Array attn_mask = {};
  /// Gives the weights too. Without them nothing of size L x S is kept in memory.
  bool need_weights = true;
  /// Weights as their mean over heads, (N, L, S); otherwise (N, num_heads, L, S).
  bool average_attn_weights = true;
  /// A query sees the keys up to its own position.
  bool is_causal = false;
};

/// Queries, keys and values are projected, attended to head by head, joined and projected once more.
///
/// Parameters, as PyTorch names them: `in_proj_weight` (3 embed_dim, embed_dim), or `q_proj_weight`, `k_proj_weight` and
/// `v_proj_weight` if keys or values have another width; `in_proj_bias` (3 embed_dim,); `bias_k` and `bias_v`
/// (1, 1, embed_dim); and the child `out_proj`, a Linear.
///
/// Vaswani et al., "Attention Is All You Need" (2017).
class MultiheadAttention : public Module {
 public:
  struct Config {
    double dropout = 0;
    bool bias = true;
    /// One more key and value, which are learned.
    bool add_bias_kv = false;
    /// One more key and value, which are zeros.
    bool add_zero_attn = false;
    /// Widths of keys and values, if not embed_dim.
    std::optional<int64_t> kdim = {}, vdim = {};
    /// True: (N, L, E). False: (L, N, E).
    bool batch_first = false;
  };

  /// Throws ValueError unless both sizes are positive, num_heads divides embed_dim and dropout is in [0, 1].
  MultiheadAttention(int64_t embed_dim, int64_t num_heads, const Config& config, DType dtype = DType::float32);

  int64_t embed_dim() const noexcept { return width_; }
  int64_t num_heads() const noexcept { return heads_; }
  const Config& options() const noexcept { return config_; }
  /// Draws all parameters anew.
  void reset_parameters();

  struct Result {
    Array output;
    /// Undefined if they are not needed.
    Array weights;
  };
  using Module::forward;
  /// Query (N, L, E), key (N, S, kdim), value (N, S, vdim) (or (L, N, E) and so on, see `batch_first`; or without N):
  /// the output in the shape of query, and the weights.
  Result forward(const Array& query, const Array& key, const Array& value, const MultiheadOptions& options = {});

  std::string type_name() const override { return "MultiheadAttention"; }
  Json config() const override;

 private:
  struct Projected {
    Array query, key, value;
  };
  bool joint() const { return kdim() == width_ && vdim() == width_; }
  int64_t kdim() const { return config_.kdim.value_or(width_); }
  int64_t vdim() const { return config_.vdim.value_or(width_); }
  Projected project(const Array& query, const Array& key, const Array& value) const;
  Array split_heads(const Array& x) const;

  int64_t width_;
  int64_t heads_;
  Config config_;
};

}  // namespace ingot::nn
