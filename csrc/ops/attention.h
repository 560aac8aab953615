// Attention without the matrix of scores in memory.
#pragma once

#include <optional>

#include "ingot/graph/array.h"

namespace ingot {

/// What `scaled_dot_product_attention` may be told.
struct AttentionOptions {
  /// Broadcasts to the scores (..., L, S). bool: where true, a query sees a key. Floating: added to the scores.
  Array mask = {};
  /// Probability with which a weight is dropped; the others are scaled up.
  double dropout = 0;
  /// A query sees the keys up to its own position. Not together with a mask.
  bool causal = false;
  /// Factor of the scores; none means 1 / sqrt(d).
  std::optional<double> scale = {};
  /// Keys and values may have fewer heads (axis -3) than queries; each serves a group of neighbouring ones.
  bool grouped = false;
};

/// `softmax(query key^T scale + mask) value`: query (..., L, d), key (..., S, d), value (..., S, e) -> (..., L, e).
/// Leading axes broadcast. A query that sees no key gets zeros.
///
/// Vaswani et al., "Attention Is All You Need" (2017); computed block by block as in Dao et al., "FlashAttention"
/// (2022), so that scores never fill memory, unless weights are dropped. Throws ShapeError, TypeError or ValueError if
/// the operands do not fit.
Array scaled_dot_product_attention(const Array& query, const Array& key, const Array& value,
                                   const AttentionOptions& options = {});

/// The weights that it gives to keys, `softmax(query key^T scale + mask)`, (..., L, S), before any are dropped.
Array attention_weights(const Array& query, const Array& key, const AttentionOptions& options = {});

}  // namespace ingot
