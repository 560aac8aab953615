// A table of vectors, looked up by number.
#pragma once

#include <optional>

#include "ingot/nn/module.h"

namespace ingot::nn {

/// Row `x[...]` of `weight` for each integer in x: (...) -> (..., embedding_dim).
///
/// Parameter: `weight` (num_embeddings, embedding_dim), drawn from N(0, 1). The row `padding_idx` starts as zeros and
/// gets no gradient.
class Embedding : public Module {
 public:
  /// A negative `padding_idx` counts from the end. Throws ValueError for a negative size or a padding_idx out of range,
  /// TypeError unless `dtype` is floating.
  Embedding(int64_t num_embeddings, int64_t embedding_dim, std::optional<int64_t> padding_idx = {},
            DType dtype = DType::float32);

  int64_t num_embeddings() const noexcept { return count_; }
  int64_t embedding_dim() const noexcept { return width_; }
  /// Counted from the front.
  std::optional<int64_t> padding_idx() const noexcept { return padding_; }
  const Array& weight() const { return get_parameter("weight"); }
  /// Draws the table anew.
  void reset_parameters();

  Array forward(const Array& x) override;
  std::string type_name() const override { return "Embedding"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  int64_t count_;
  int64_t width_;
  std::optional<int64_t> padding_;
};

}  // namespace ingot::nn
