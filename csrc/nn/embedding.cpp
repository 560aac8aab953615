#include "ingot/nn/embedding.h"

#include "ingot/graph/grad_mode.h"
#include "ingot/nn/functional.h"
#include "ingot/nn/init.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/indexing.h"

namespace ingot::nn {

Embedding::Embedding(int64_t num_embeddings, int64_t embedding_dim, std::optional<int64_t> padding_idx, DType dtype)
    : count_(num_embeddings), width_(embedding_dim), padding_(padding_idx) {
  if (count_ < 0 || width_ < 0)
    throw ValueError("Embedding: num_embeddings and embedding_dim must not be negative, got ", count_, " and ", width_);
  if (padding_ && (*padding_ < -count_ || *padding_ >= count_))
    throw ValueError("Embedding: padding_idx ", *padding_, " is out of range for ", count_, " embeddings");
  if (padding_ && *padding_ < 0) *padding_ += count_;
  register_parameter("weight", parameter(zeros({count_, width_}, dtype)));
  reset_parameters();
}

void Embedding::reset_parameters() {
  init::normal_(weight());
  if (!padding_) return;
  const GradMode off(false);
  weight().rebind_unchecked(index_update(weight(), {*padding_}, scalar(0, weight().dtype())).node());
}

Array Embedding::forward(const Array& x) { return functional::embedding(x, weight(), padding_); }

std::string Embedding::extra_repr() const {
  return concat(count_, ", ", width_, padding_ ? concat(", padding_idx=", *padding_) : "");
}

Json Embedding::config() const {
  return Json::Object{
      {"num_embeddings", count_}, {"embedding_dim", width_}, {"padding_idx", padding_ ? Json(*padding_) : Json()}};
}

}  // namespace ingot::nn
