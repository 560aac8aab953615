// What a kernel pack offers for attention: blocks of queries against blocks of keys.
#pragma once

#include "ingot/cpu/pack.h"

namespace ingot::cpu {

/// A matrix of rows x columns, wherever it lies.
struct MatrixView {
  void* data = nullptr;
  Window strides{};
};

/// One head: all keys, and a range of queries.
struct AttentionHead {
  MatrixView query, key, value;  ///< (queries, depth), (keys, depth), (keys, width)
  MatrixView mask;               ///< (queries, keys): bool, or added to the scores; null for none
  bool bool_mask = false, causal = false;
  double scale = 1;
  int64_t queries = 0, keys = 0, depth = 0, width = 0;
  /// The products of blocks, and memory for them.
  GemmFn gemm = nullptr;
  std::byte* workspace = nullptr;
};

struct AttentionForward {
  AttentionHead head;
  MatrixView result;  ///< (queries, width), dense along its rows
  void* norm;         ///< logsumexp of the scores of each query, dense
  int64_t first, count;
};

/// All queries. Gradients are dense along their rows, and written, not added to.
struct AttentionBackward {
  AttentionHead head;
  MatrixView result, cotangent;  ///< (queries, width)
  MatrixView norm;               ///< (queries, 1)
  MatrixView by_query, by_key, by_value;
};

struct TypedAttentionFns {
  /// Of queries [first, first + count), where count is at most kMostBlocks blocks of them.
  void (*forward)(const AttentionForward& args) = nullptr;
  void (*backward)(const AttentionBackward& args) = nullptr;
};

struct AttentionFns {
  TypedAttentionFns float32, float64;
};

/// Queries and keys of one block: their scores stay in the second-level cache, or, of short sequences, in the first.
inline constexpr int64_t kMostQueries = 64, kFewQueries = 32, kBlockKeys = 128;
/// Blocks of queries that share what they read of the keys.
inline constexpr int64_t kMostBlocks = 8;
/// Few queries waste little above the diagonal, many read each key less often.
inline int64_t block_queries(const AttentionHead& head) {
  return head.causal && head.queries <= 256 ? kFewQueries : kMostQueries;
}
/// Bytes of `workspace`, for elements of `size` bytes.
inline size_t attention_workspace(const AttentionHead& head, size_t size) {
  const auto channels = static_cast<size_t>(head.depth + head.width);
  const size_t queries = kMostBlocks * kMostQueries, keys = kBlockKeys;
  return kGemmWorkspace + ((channels + 2) * queries + channels * keys + (2 * keys + 2) * kMostQueries) * size;
}

}  // namespace ingot::cpu
