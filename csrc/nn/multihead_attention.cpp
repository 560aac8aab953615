#include "ingot/nn/multihead_attention.h"

#include <limits>

#include "ingot/graph/grad_mode.h"
#include "ingot/nn/functional.h"
#include "ingot/nn/init.h"
#include "ingot/nn/linear.h"
#include "ingot/ops/attention.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/reduction.h"

namespace ingot::nn {

namespace {

/// Rows `part` of three equal parts.
Array third(const Array& x, int64_t part) {
  if (!x.defined()) return x;
  Axes start(x.shape().size(), 0), stop(x.shape()), step(x.shape().size(), 1);
  const int64_t length = x.shape(0) / 3;
  start[0] = part * length;
  stop[0] = start[0] + length;
  return slice(x, start, stop, step);
}

/// One more row of zeros (or false) along the last axis: a key that all see.
Array with_open_key(const Array& mask) {
  std::vector<std::pair<int64_t, int64_t>> widths(mask.shape().size(), {0, 0});
  widths.back().second = 1;
  return pad(mask, widths, is_bool(mask.dtype()) ? Scalar(false) : Scalar(0));
}

Array with_key(const Array& x, const Array& extra) {
  Shape shape(x.shape());
  shape[1] = 1;
  return concatenate({x, broadcast_to(extra, shape)}, 1);
}

/// A mask that leaves out where it is true, or adds, as one that adds.
Array additive(const Array& mask, DType dtype) {
  if (!is_bool(mask.dtype())) return mask;
  return where(mask, scalar(-std::numeric_limits<double>::infinity(), dtype), scalar(0, dtype));
}

/// Both masks at once; either may be undefined.
Array combined(const Array& a, const Array& b, DType dtype) {
  if (!a.defined() || !b.defined()) return a.defined() ? a : b;
  if (is_bool(a.dtype()) && is_bool(b.dtype())) return logical_or(a, b);
  return additive(a, dtype) + additive(b, dtype);
}

Array future(int64_t queries, int64_t keys) {
  const Array positions = arange(int64_t{0}, queries, int64_t{1}, DType::int64);
  return arange(int64_t{0}, keys, int64_t{1}, DType::int64) > reshape(positions, {queries, 1});
}

void check_mask(const char* name, const Array& mask) {
  if (mask.defined() && !is_bool(mask.dtype()) && !is_floating(mask.dtype()))
    throw TypeError("MultiheadAttention: ", name, " must be bool (what to leave out) or floating (added), got ",
                    mask.dtype());
}

/// `mask` must broadcast to `wanted`; a three-axes attn_mask has the heads of all sequences along its first axis.
void check_mask_shape(const char* name, const Array& mask, const Shape& wanted) {
  if (!mask.defined()) return;
  const Shape& shape = mask.shape();
  bool fits = shape.size() >= 1 && shape.size() <= wanted.size();
  for (size_t i = 1; fits && i <= shape.size(); ++i)
    fits = shape[shape.size() - i] == wanted[wanted.size() - i] || shape[shape.size() - i] == 1;
  if (!fits)
    throw ShapeError("MultiheadAttention: expected ", name, " of shape ", wanted, ", or with lengths of 1, got ",
                     shape);
}

}  // namespace

MultiheadAttention::MultiheadAttention(int64_t embed_dim, int64_t num_heads, const Config& config, DType dtype)
    : width_(embed_dim), heads_(num_heads), config_(config) {
  if (width_ <= 0 || heads_ <= 0 || width_ % heads_ != 0)
    throw ValueError("MultiheadAttention: expected a positive embed_dim that num_heads divides, got ", width_, " and ",
                     heads_);
  if (!(config_.dropout >= 0 && config_.dropout <= 1))
    throw ValueError("MultiheadAttention: expected a dropout in [0, 1], got ", config_.dropout);
  const auto table = [&](bool wanted, const Shape& shape) { return wanted ? parameter(zeros(shape, dtype)) : Array(); };
  register_parameter("in_proj_weight", table(joint(), {3 * width_, width_}));
  register_parameter("q_proj_weight", table(!joint(), {width_, width_}));
  register_parameter("k_proj_weight", table(!joint(), {width_, kdim()}));
  register_parameter("v_proj_weight", table(!joint(), {width_, vdim()}));
  register_parameter("in_proj_bias", table(config_.bias, {3 * width_}));
  register_parameter("bias_k", table(config_.add_bias_kv, {1, 1, width_}));
  register_parameter("bias_v", table(config_.add_bias_kv, {1, 1, width_}));
  register_module("out_proj", std::make_shared<Linear>(width_, width_, config_.bias, dtype));
  reset_parameters();
}

void MultiheadAttention::reset_parameters() {
  for (const char* name : {"in_proj_weight", "q_proj_weight", "k_proj_weight", "v_proj_weight"})
    if (const Array& weight = get_parameter(name); weight.defined()) init::xavier_uniform_(weight);
  for (const char* name : {"bias_k", "bias_v"})
    if (const Array& bias = get_parameter(name); bias.defined()) init::xavier_normal_(bias);
  if (!config_.bias) return;
  const GradMode off(false);
  for (const Array& bias : {get_parameter("in_proj_bias"), (*children().find("out_proj"))->get_parameter("bias")})
    bias.rebind_unchecked(zeros(bias.shape(), bias.dtype()).node());
}

MultiheadAttention::Projected MultiheadAttention::project(const Array& query, const Array& key,
                                                          const Array& value) const {
  const Array &weight = get_parameter("in_proj_weight"), &bias = get_parameter("in_proj_bias");
  if (joint() && query.is(key) && key.is(value)) {
    // One product for all three, split as a view.
    const Array all = linear(query, weight, bias);
    const std::vector<Array> parts = split(all, 3, -1);
    return {parts[0], parts[1], parts[2]};
  }
  const auto part = [&](const Array& x, const char* name, int64_t number) {
    return linear(x, joint() ? third(weight, number) : get_parameter(name), third(bias, number));
  };
  return {part(query, "q_proj_weight", 0), part(key, "k_proj_weight", 1), part(value, "v_proj_weight", 2)};
}

/// (N, T, E) as (N, H, T, E / H).
Array MultiheadAttention::split_heads(const Array& x) const {
  return swapaxes(reshape(x, {x.shape(0), x.shape(1), heads_, width_ / heads_}), 1, 2);
}

MultiheadAttention::Result MultiheadAttention::forward(const Array& query, const Array& key, const Array& value,
                                                       const MultiheadOptions& options) {
  for (const Array& x : {query, key, value})
    if (!x.defined()) throw ValueError("MultiheadAttention: an operand is an undefined array");
  const bool batched = query.ndim() == 3;
  if (query.ndim() < 2 || query.ndim() > 3 || key.ndim() != query.ndim() || value.ndim() != query.ndim())
    throw ShapeError(
        "MultiheadAttention: expected query, key and value of two axes, or three with a batch, got shapes ",
        query.shape(), ", ", key.shape(), " and ", value.shape());
  if (query.shape(-1) != width_ || key.shape(-1) != kdim() || value.shape(-1) != vdim())
    throw ShapeError("MultiheadAttention: expected query, key and value of widths ", width_, ", ", kdim(), " and ",
                     vdim(), ", got shapes ", query.shape(), ", ", key.shape(), " and ", value.shape());
  check_mask("attn_mask", options.attn_mask);
  check_mask("key_padding_mask", options.key_padding_mask);

  const auto batch_first = [&](const Array& x) {
    if (!batched) return expand_dims(x, {0});
    return config_.batch_first ? x : swapaxes(x, 0, 1);
  };
  const Array q = batch_first(query);
  // The same handle for the same operand: then one product projects all.
  const Array k = key.is(query) ? q : batch_first(key);
  const Array v = value.is(query) ? q : value.is(key) ? k : batch_first(value);
  Array mask = options.attn_mask, padding = options.key_padding_mask;
  const int64_t count = q.shape(0), queries = q.shape(1), keys = k.shape(1);
  if (v.shape(1) != keys || v.shape(0) != k.shape(0) || (k.shape(0) != count && k.shape(0) != 1))
    throw ShapeError(
        "MultiheadAttention: expected as many keys as values, for as many sequences as there are of queries, got "
        "query, key and value of shapes ",
        query.shape(), ", ", key.shape(), " and ", value.shape());
  check_mask_shape("key_padding_mask", padding, {count, keys});
  if (!mask.defined() || mask.ndim() != 3) check_mask_shape("attn_mask", mask, {count, heads_, queries, keys});
  Projected x = project(q, k, v);
  const DType dtype = x.query.dtype();
  if (mask.defined() && mask.ndim() == 3) {
    if (mask.shape(0) != count * heads_)
      throw ShapeError("MultiheadAttention: attn_mask of three axes must have N * num_heads = ", count * heads_,
                       " along the first, got shape ", mask.shape());
    mask = reshape(mask, {count, heads_, mask.shape(1), mask.shape(2)});
  }
  if (options.is_causal) mask = combined(mask, future(queries, keys), dtype);
  if (padding.defined()) {
    if (padding.ndim() == 1) padding = expand_dims(padding, {0});
    mask = combined(mask, reshape(padding, {padding.shape(0), 1, 1, padding.shape(-1)}), dtype);
  }
  const auto extend = [&](const Array& key_row, const Array& value_row) {
    x.key = with_key(x.key, key_row);
    x.value = with_key(x.value, value_row);
    if (mask.defined()) mask = with_open_key(mask);
  };
  if (config_.add_bias_kv) extend(get_parameter("bias_k"), get_parameter("bias_v"));
  if (config_.add_zero_attn) extend(zeros({1, 1, width_}, dtype), zeros({1, 1, width_}, dtype));

  AttentionOptions attention;
  attention.dropout = training() ? config_.dropout : 0;
  // A mask that only says what comes later is better said in a word: blocks of scores are then never computed.
  attention.causal = options.is_causal && !options.attn_mask.defined() && !padding.defined() && !config_.add_bias_kv &&
                     !config_.add_zero_attn;
  if (mask.defined() && !attention.causal) attention.mask = is_bool(mask.dtype()) ? logical_not(mask) : mask;

  const Array heads_q = split_heads(x.query), heads_k = split_heads(x.key), heads_v = split_heads(x.value);
  Array output, weights;
  if (options.need_weights) {
    weights = functional::dropout(attention_weights(heads_q, heads_k, attention), attention.dropout, training());
    output = matmul(weights, heads_v);
    if (options.average_attn_weights) weights = mean(weights, Axes{1});
    if (!batched) weights = squeeze(weights, Axes{0});
  } else {
    output = scaled_dot_product_attention(heads_q, heads_k, heads_v, attention);
  }
  output = reshape(swapaxes(output, 1, 2), {count, queries, width_});
  output = (*children().find("out_proj"))->forward(output);
  if (!batched) output = squeeze(output, Axes{0});
  return {batched && !config_.batch_first ? swapaxes(output, 0, 1) : output, weights};
}

Json MultiheadAttention::config() const {
  const auto number = [](std::optional<int64_t> value) { return value ? Json(*value) : Json(); };
  return Json::Object{{"embed_dim", width_},
                      {"num_heads", heads_},
                      {"dropout", config_.dropout},
                      {"bias", config_.bias},
                      {"add_bias_kv", config_.add_bias_kv},
                      {"add_zero_attn", config_.add_zero_attn},
                      {"kdim", number(config_.kdim)},
                      {"vdim", number(config_.vdim)},
                      {"batch_first", config_.batch_first}};
}

}  // namespace ingot::nn
