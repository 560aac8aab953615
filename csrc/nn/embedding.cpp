#include "ingot/nn/embedding.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ingot/engine/eval.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/nn/functional.h"
#include "ingot/nn/init.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"

namespace ingot::nn {

namespace {

/// How often each row of a table of `count` is looked up.
Array occurrences(const Array& x, int64_t count, DType dtype) {
  const Array flat = reshape(x, {x.size()});
  return index_add(zeros({count}, dtype), {flat}, ones({x.size()}, dtype));
}

Array norms_of_rows(const Array& x, double p) {
  if (p == 2) return sqrt(sum(square(x), Axes{1}));
  if (std::isinf(p)) return max(abs(x), Axes{1});
  return pow(sum(pow(abs(x), p), Axes{1}), 1 / p);
}

/// Shortens the rows of `weight` that `x` looks up to at most `max_norm`, in place.
void shorten(const Array& weight, const Array& x, double max_norm, double p) {
  const GradMode off(false);
  const Array norms = norms_of_rows(weight, p);
  const Array factor = where(norms > max_norm, max_norm / (norms + 1e-7), 1);
  const Array seen = occurrences(x, weight.shape(0), DType::float32) > 0;
  const Array scaled = where(expand_dims(seen, {1}), weight * expand_dims(factor, {1}), weight);
  weight.rebind_unchecked(astype(scaled, weight.dtype()).node());
}

/// The same rows, with gradients divided by how often each row was looked up.
Array scaled_by_frequency(const Array& rows, const Array& x, const Array& counts) {
  const Array share = rows / expand_dims(take(counts, x, 0), {-1});
  return share + stop_gradient(rows - share);
}

void check_sizes(const char* name, int64_t count, int64_t width, std::optional<int64_t>& padding) {
  if (count < 0 || width < 0)
    throw ValueError(name, ": num_embeddings and embedding_dim must not be negative, got ", count, " and ", width);
  if (padding && (*padding < -count || *padding >= count))
    throw ValueError(name, ": padding_idx ", *padding, " is out of range for ", count, " embeddings");
  if (padding && *padding < 0) *padding += count;
}

void draw_table(const Array& weight, std::optional<int64_t> padding) {
  init::normal_(weight);
  if (!padding) return;
  const GradMode off(false);
  weight.rebind_unchecked(index_update(weight, {*padding}, scalar(0, weight.dtype())).node());
}

/// Bags in a row as a table of positions (B, longest), and which of them are real.
std::pair<Array, Array> bags_as_rows(const Array& offsets, int64_t count, bool include_last) {
  std::vector<int64_t> starts = to_vector<int64_t>(offsets);
  if (starts.empty() || starts[0] != 0) throw ValueError("embedding_bag: offsets must begin with 0");
  if (!include_last) starts.push_back(count);
  int64_t longest = 0;
  for (size_t i = 1; i < starts.size(); ++i) {
    if (starts[i] < starts[i - 1] || starts[i] > count)
      throw ValueError("embedding_bag: offsets must not decrease, nor exceed the ", count, " numbers given");
    longest = std::max(longest, starts[i] - starts[i - 1]);
  }
  const auto bags = static_cast<int64_t>(starts.size()) - 1;
  std::vector<int64_t> places(static_cast<size_t>(bags * longest), 0), real(places.size(), 0);
  for (int64_t b = 0; b < bags; ++b) {
    const int64_t start = starts[static_cast<size_t>(b)], stop = starts[static_cast<size_t>(b) + 1];
    for (int64_t i = start; i < stop; ++i) {
      places[static_cast<size_t>(b * longest + i - start)] = i;
      real[static_cast<size_t>(b * longest + i - start)] = 1;
    }
  }
  return {ingot::array(places, {bags, longest}), ingot::array(real, {bags, longest}) != 0};
}

}  // namespace

namespace functional {

Array embedding(const Array& x, const Array& weight, const EmbeddingOptions& options) {
  if (options.max_norm && x.defined() && weight.defined() && x.size() > 0)
    shorten(weight, x, *options.max_norm, options.norm_type);
  const Array rows = embedding(x, weight, options.padding_idx);
  return options.scale_grad_by_freq && x.size() > 0
             ? scaled_by_frequency(rows, x, occurrences(x, weight.shape(0), rows.dtype()))
             : rows;
}

BagMode parse_bag_mode(const std::string& word) {
  if (word == "sum") return BagMode::sum;
  if (word == "mean") return BagMode::mean;
  if (word == "max") return BagMode::max;
  throw ValueError("embedding_bag: expected mode 'sum', 'mean' or 'max', got '", word, "'");
}

Array embedding_bag(const Array& input, const Array& weight, const EmbeddingBagCall& call) {
  if (!input.defined() || !weight.defined()) throw ValueError("embedding_bag: an operand is an undefined array");
  if (input.ndim() != 1 && input.ndim() != 2)
    throw ShapeError("embedding_bag: expected numbers (bags, numbers), or (numbers,) with offsets, got shape ",
                     input.shape());
  if ((input.ndim() == 1) != call.offsets.defined())
    throw ValueError("embedding_bag: offsets go with numbers in a row (one axis), got an input of shape ",
                     input.shape(), call.offsets.defined() ? " with offsets" : " without offsets");
  const Array& factors = call.per_sample_weights;
  if (factors.defined() && call.mode != BagMode::sum)
    throw ValueError("embedding_bag: per_sample_weights go with mode 'sum' only");
  if (factors.defined() && factors.shape() != input.shape())
    throw ShapeError("embedding_bag: expected per_sample_weights of shape ", input.shape(), ", got ", factors.shape());
  Array x = input, counted, factor = factors;
  if (call.offsets.defined()) {
    const auto [places, real] = bags_as_rows(call.offsets, input.size(), call.include_last_offset);
    if (input.size() == 0) return zeros({places.shape(0), weight.shape(1)}, weight.dtype());
    x = take(input, places, 0);
    counted = real;
    if (factor.defined()) factor = take(factor, places, 0);
  }
  if (call.padding_idx) {
    const Array other = x != *call.padding_idx;
    counted = counted.defined() ? logical_and(counted, other) : other;
  }
  Array rows = embedding(x, weight);
  if (call.scale_grad_by_freq && input.size() > 0)
    rows = scaled_by_frequency(rows, x, maximum(occurrences(input, weight.shape(0), rows.dtype()), 1));
  if (factor.defined()) rows = rows * expand_dims(factor, {2});
  const Array kept = counted.defined() ? expand_dims(counted, {2}) : Array();
  if (call.mode == BagMode::max) {
    if (!kept.defined()) return x.shape(1) > 0 ? max(rows, Axes{1}) : sum(rows, Axes{1});
    const Array largest = max(where(kept, rows, -std::numeric_limits<double>::infinity()), Axes{1});
    return where(any(kept, Axes{1}), largest, 0);
  }
  const Array total = sum(kept.defined() ? where(kept, rows, 0) : rows, Axes{1});
  if (call.mode == BagMode::sum) return total;
  if (!kept.defined()) return total / static_cast<double>(std::max<int64_t>(x.shape(1), 1));
  return total / maximum(sum(astype(kept, total.dtype()), Axes{1}), 1);
}

}  // namespace functional

// ---- one by one ----

Embedding::Embedding(EmbeddingOptions options) : options_(std::move(options)) {
  check_sizes("Embedding", options_.num_embeddings, options_.embedding_dim, options_.padding_idx);
  register_parameter("weight", parameter(zeros({options_.num_embeddings, options_.embedding_dim}, options_.dtype)));
  reset_parameters();
}

void Embedding::reset_parameters() { draw_table(weight(), options_.padding_idx); }

Array Embedding::forward(const Array& x) { return functional::embedding(x, weight(), options_); }

std::string Embedding::extra_repr() const {
  std::string text = concat(options_.num_embeddings, ", ", options_.embedding_dim);
  if (options_.padding_idx) text += concat(", padding_idx=", *options_.padding_idx);
  if (options_.max_norm) text += ", max_norm=" + option_text(*options_.max_norm);
  if (options_.norm_type != 2) text += ", norm_type=" + option_text(options_.norm_type);
  if (options_.scale_grad_by_freq) text += ", scale_grad_by_freq=True";
  return text;
}

Json Embedding::config() const {
  Json::Object object;
  for_each_field<EmbeddingOptions>(
      [&](const auto& field) { object.emplace_back(field.name, option_json(options_.*field.member)); });
  return object;
}

// ---- in bags ----

EmbeddingBag::EmbeddingBag(Options options) : Described(options) {
  check_sizes("EmbeddingBag", options.num_embeddings, options.embedding_dim, options.padding_idx);
  set_option(&Options::padding_idx, options.padding_idx);
  functional::parse_bag_mode(options.mode);
  register_parameter("weight", parameter(zeros({options.num_embeddings, options.embedding_dim}, options.dtype)));
  reset_parameters();
}

void EmbeddingBag::reset_parameters() { draw_table(get_parameter("weight"), options().padding_idx); }

Array EmbeddingBag::forward(const Array& x, const Array& offsets, const Array& per_sample_weights) {
  const Options o = options();
  const Array& weight = get_parameter("weight");
  if (o.max_norm && x.defined() && x.size() > 0) shorten(weight, x, *o.max_norm, o.norm_type);
  return functional::embedding_bag(x, weight,
                                   {functional::parse_bag_mode(o.mode), offsets, o.include_last_offset,
                                    per_sample_weights, o.padding_idx, o.scale_grad_by_freq});
}

}  // namespace ingot::nn
