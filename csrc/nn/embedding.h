// Tables of vectors, looked up by number, one by one or in bags.
#pragma once

#include <optional>

#include "ingot/nn/options.h"

namespace ingot::nn {

struct EmbeddingOptions {
  int64_t num_embeddings = 0;
  int64_t embedding_dim = 0;
  /// The row that starts as zeros and gets no gradient; negative counts from the end.
  std::optional<int64_t> padding_idx = {};
  /// Rows that are looked up are first shortened to at most this norm, in place.
  std::optional<double> max_norm = {};
  double norm_type = 2;
  /// Gradients of a row are divided by how often it was looked up.
  bool scale_grad_by_freq = false;
  DType dtype = DType::float32;
  static constexpr auto fields() {
    using O = EmbeddingOptions;
    return std::tuple(required("num_embeddings", &O::num_embeddings, Shown::bare),
                      required("embedding_dim", &O::embedding_dim, Shown::bare), option("padding_idx", &O::padding_idx),
                      option("max_norm", &O::max_norm), option("norm_type", &O::norm_type),
                      option("scale_grad_by_freq", &O::scale_grad_by_freq));
  }
};

namespace functional {

/// Rows of `weight` by number, as `embedding`, with the options of EmbeddingOptions but for its sizes. `max_norm` changes
/// `weight` in place.
Array embedding(const Array& x, const Array& weight, const EmbeddingOptions& options);

/// How a bag becomes one vector.
enum class BagMode { sum, mean, max };
/// Throws ValueError for other words.
BagMode parse_bag_mode(const std::string& word);

struct EmbeddingBagCall {
  BagMode mode = BagMode::mean;
  /// Where each bag begins, for numbers in a row; undefined for (bags, numbers). Its values are needed.
  Array offsets = {};
  /// The last offset is the end of the last bag.
  bool include_last_offset = false;
  /// A factor for each number; `sum` only.
  Array per_sample_weights = {};
  std::optional<int64_t> padding_idx = {};
  /// Gradients of a row are divided by how often it was looked up.
  bool scale_grad_by_freq = false;
};
/// Sums, means or maxima of the rows of `weight` in each bag: (B, n), or (n,) with offsets -> (B, width). An empty bag
/// gives zeros; `padding_idx` does not count. Throws ShapeError, TypeError or ValueError if operands do not fit.
Array embedding_bag(const Array& x, const Array& weight, const EmbeddingBagCall& call);

}  // namespace functional

/// Row `x[...]` of `weight` for each integer in x: (...) -> (..., embedding_dim).
///
/// Parameter: `weight` (num_embeddings, embedding_dim), drawn from N(0, 1).
class Embedding : public Module {
 public:
  /// Throws ValueError for a negative size or a padding_idx out of range, TypeError unless `dtype` is floating.
  explicit Embedding(EmbeddingOptions options);
  Embedding(int64_t num_embeddings, int64_t embedding_dim, std::optional<int64_t> padding_idx = {})
      : Embedding(EmbeddingOptions{num_embeddings, embedding_dim, padding_idx}) {}

  /// `padding_idx` is counted from the front.
  const EmbeddingOptions& options() const noexcept { return options_; }
  const Array& weight() const { return get_parameter("weight"); }
  /// Draws the table anew.
  void reset_parameters();

  Array forward(const Array& x) override;
  std::string type_name() const override { return "Embedding"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  EmbeddingOptions options_;
};

struct EmbeddingBagOptions {
  int64_t num_embeddings = 0;
  int64_t embedding_dim = 0;
  std::optional<double> max_norm = {};
  double norm_type = 2;
  bool scale_grad_by_freq = false;
  /// "sum", "mean" or "max".
  std::string mode = "mean";
  bool sparse = false;
  bool include_last_offset = false;
  std::optional<int64_t> padding_idx = {};
  DType dtype = DType::float32;
  static constexpr auto fields() {
    using O = EmbeddingBagOptions;
    return std::tuple(required("num_embeddings", &O::num_embeddings, Shown::bare),
                      required("embedding_dim", &O::embedding_dim, Shown::bare),
                      option("max_norm", &O::max_norm, Shown::never), option("norm_type", &O::norm_type, Shown::never),
                      option("scale_grad_by_freq", &O::scale_grad_by_freq, Shown::never), option("mode", &O::mode),
                      option("sparse", &O::sparse, Shown::never),
                      option("include_last_offset", &O::include_last_offset, Shown::never),
                      option("padding_idx", &O::padding_idx, Shown::never));
  }
};

/// `functional::embedding_bag` with a table of its own, `weight` (num_embeddings, embedding_dim), drawn from N(0, 1).
class EmbeddingBag : public Described<EmbeddingBagOptions> {
 public:
  /// Throws as Embedding.
  explicit EmbeddingBag(Options options);
  void reset_parameters();
  Array forward(const Array& x) override { return forward(x, {}, {}); }
  Array forward(const Array& x, const Array& offsets, const Array& per_sample_weights);
  std::string type_name() const override { return "EmbeddingBag"; }
};

}  // namespace ingot::nn
