#include "ingot/ops/attention.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/attention_op.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/random.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/softmax.h"

namespace ingot {

namespace {

constexpr const char* kOp = "scaled_dot_product_attention";
constexpr double kInfinity = std::numeric_limits<double>::infinity();
const Axes kKeys{-1};

/// From (..., H, T, d) to (..., T, H, d), and back.
Array heads_inside(const Array& x, const AttentionForm& form) {
  return form.head_axes ? moveaxis(x, -2, -2 - form.head_axes) : x;
}
Array heads_outside(const Array& x, const AttentionForm& form) {
  return form.head_axes ? moveaxis(x, -2 - form.head_axes, -2) : x;
}
Array flipped(const Array& x) { return swapaxes(x, -1, -2); }

/// True where a query may see a key, (L, S).
Array causal_mask(int64_t queries, int64_t keys) {
  const auto positions = [](int64_t count, Shape shape) {
    return reshape(arange(int64_t{0}, count, int64_t{1}, DType::int64), shape);
  };
  return positions(keys, {1, keys}) <= positions(queries, {queries, 1});
}

Array scores(const Array& query, const Array& key, const Array& mask, const AttentionForm& form) {
  Array result = matmul(query, flipped(key)) * form.scale;
  if (form.causal) result = where(causal_mask(query.shape(-2), key.shape(-2)), result, -kInfinity);
  if (form.masked) result = is_bool(mask.dtype()) ? where(mask, result, -kInfinity) : result + mask;
  return result;
}

/// Weights of the keys, given the logsumexp of their scores: 0 for a query that sees none.
Array weights(const Array& scores, const Array& norm) {
  return exp(scores - expand_dims(where(norm == -kInfinity, 0, norm), kKeys));
}

/// The shape of something like `x`, of `last` columns, among the results.
Shape result_shape(const Array& x, int64_t last, const AttentionForm& form) {
  Shape shape(x.shape());
  shape.pop_back();
  const int64_t length = shape.back();
  shape.pop_back();
  shape.insert(shape.size() - static_cast<size_t>(form.head_axes), length);
  shape.push_back(last);
  return shape;
}

Shape leading(const Array& x, size_t trailing) { return Shape(x.shape().begin(), x.shape().end() - trailing); }

Array with_leading(const Array& x, const Shape& axes, size_t trailing) {
  Shape shape(axes);
  for (size_t i = x.shape().size() - trailing; i < x.shape().size(); ++i) shape.push_back(x.shape()[i]);
  return x.shape() == shape ? x : broadcast_to(x, shape);
}

void check_operands(const Array& query, const Array& key, const Array& value, const AttentionOptions& options) {
  const auto fail = [&](auto&&... what) {
    throw ShapeError(kOp, ": ", what..., "; got query ", query.shape(), ", key ", key.shape(), ", value ",
                     value.shape());
  };
  if (!query.defined() || !key.defined() || !value.defined())
    throw ValueError(kOp, ": an operand is an undefined array");
  for (const Array& x : {query, key, value}) {
    if (!is_floating(x.dtype()) || x.dtype() != query.dtype())
      throw TypeError(kOp, ": expected query, key and value of one floating dtype, got ", query.dtype(), ", ",
                      key.dtype(), " and ", value.dtype());
    if (x.ndim() < 2) fail("expected at least two axes, (..., L, d), (..., S, d) and (..., S, e)");
  }
  if (query.shape(-1) != key.shape(-1)) fail("query and key must be equally long along the last axis");
  if (key.shape(-2) != value.shape(-2)) fail("key and value must be equally long along axis -2");
  if (!(options.dropout >= 0 && options.dropout <= 1))
    throw ValueError(kOp, ": expected a dropout_p in [0, 1], got ", options.dropout);
  if (options.mask.defined() && options.causal)
    throw ValueError(kOp, ": give attn_mask or is_causal, not both; a mask may be causal itself");
  if (options.mask.defined() && !is_bool(options.mask.dtype()) && !is_floating(options.mask.dtype()))
    throw TypeError(kOp, ": attn_mask must be bool (where to look) or floating (added to the scores), got ",
                    options.mask.dtype());
  if (!options.grouped) return;
  if (query.ndim() < 3 || key.ndim() < 3 || value.ndim() < 3) fail("grouped heads take at least three axes");
  const int64_t heads = key.shape(-3);
  if (value.shape(-3) != heads || heads == 0 || query.shape(-3) % heads != 0)
    fail("key and value must have equally many heads (axis -3), and query a multiple of that");
}

/// (..., heads, T, d) as (..., groups, heads / groups, T, d).
Array split_heads(const Array& x, int64_t groups) {
  Shape shape(x.shape());
  const size_t at = shape.size() - 3;
  const int64_t each = shape[at] / groups;
  shape[at] = groups;
  shape.insert(at + 1, each);
  return reshape(x, shape);
}

Array weights_in_memory(const Array& query, const Array& key, const Array& mask, const AttentionForm& form) {
  const Array all = scores(query, key, mask, form);
  return weights(all, logsumexp(all, kKeys));
}

Array attend_dropping(const Array& query, const Array& key, const Array& value, const Array& mask,
                      const AttentionForm& form, double dropout) {
  const Array seen = weights_in_memory(query, key, mask, form);
  const Array kept = random::bernoulli(scalar(1 - dropout, DType::float32), seen.shape());
  return matmul(where(kept, dropout < 1 ? seen * (1 / (1 - dropout)) : seen, 0), value);
}

/// On operands of one dtype, float32 or float64.
Array attend(const Array& query, const Array& key, const Array& value, const Array& mask, const AttentionForm& form,
             double dropout) {
  if (dropout > 0) return attend_dropping(query, key, value, mask, form, dropout);
  Shape axes = broadcast_shapes(broadcast_shapes(leading(query, 2), leading(key, 2), kOp), leading(value, 2), kOp);
  Shape all(axes);
  all.push_back(query.shape(-2));
  all.push_back(key.shape(-2));
  if (form.masked && broadcast_shapes(all, mask.shape(), kOp) != all)
    throw ShapeError(kOp, ": attn_mask of shape ", mask.shape(), " does not broadcast to the scores ", all);
  std::vector<Array> inputs;
  for (const Array& x : {query, key, value}) inputs.push_back(with_leading(x, axes, 2));
  if (form.masked) inputs.push_back(mask.shape() == all ? mask : broadcast_to(mask, all));
  Shape norm(all.begin(), all.end() - 1);
  const Shape result = result_shape(inputs[0], value.shape(-1), form);
  const std::vector<Spec> specs{{result, query.dtype()}, {norm, query.dtype()}};
  return heads_outside(apply_tuple(make_ref<Attention>(form), inputs, specs)[0], form);
}

/// float16 and bfloat16 in float32.
Array as_computed(const Array& x) { return converted(x, compute_dtype(x.dtype())); }
Array computed_mask(const Array& mask, DType dtype) {
  return !mask.defined() || is_bool(mask.dtype()) ? mask : converted(mask, dtype);
}

double scale_of(const Array& query, const AttentionOptions& options) {
  return options.scale.value_or(1 / std::sqrt(static_cast<double>(std::max<int64_t>(1, query.shape(-1)))));
}

/// All inputs with the batch axis in front.
std::vector<Array> all_batched(const std::vector<Array>& inputs, const BatchAxes& axes, int64_t batch) {
  std::vector<Array> result;
  for (size_t i = 0; i < inputs.size(); ++i) result.push_back(give_batch(inputs[i], axes[i], batch));
  return result;
}

std::vector<Spec> batched_specs(const Call& call, int64_t batch) {
  std::vector<Spec> specs = call.node().output_specs();
  for (Spec& spec : specs) spec.shape.insert(0, batch);
  return specs;
}

}  // namespace

// ---- forward ----

std::vector<Array> Attention::expand(const std::vector<Array>& inputs) const {
  const Array all = scores(inputs[0], inputs[1], form.masked ? inputs[3] : Array(), form);
  const Array norm = logsumexp(all, kKeys);
  return {heads_inside(matmul(weights(all, norm), inputs[2]), form), norm};
}

std::vector<Array> Attention::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const bool only_result = cotangents[0].defined() && !cotangents[1].defined();
  if (!only_result || (form.masked && call.needs(3))) return ExpandedOp::vjp(call, cotangents);
  std::vector<Array> inputs, result(call.arity());
  std::vector<Spec> specs;
  for (size_t i = 0; i < call.arity(); ++i) inputs.push_back(call.in(i));
  for (const Array& input : {inputs[0], inputs[1], inputs[2]})
    specs.push_back({result_shape(input, input.shape(-1), form), input.dtype()});
  inputs.push_back(call.out(0));
  inputs.push_back(call.out(1));
  inputs.push_back(cotangents[0]);
  const std::vector<Array> gradients = apply_tuple(make_ref<AttentionGradient>(form), inputs, specs);
  for (size_t i = 0; i < 3; ++i)
    if (call.needs(i)) result[i] = heads_outside(gradients[i], form);
  return result;
}

std::vector<Array> Attention::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                   int64_t batch) const {
  return apply_tuple(call.node().op_ref(), all_batched(inputs, axes, batch), batched_specs(call, batch));
}

// ---- gradient ----

std::vector<Array> AttentionGradient::expand(const std::vector<Array>& inputs) const {
  const Array &query = inputs[0], &key = inputs[1], &value = inputs[2], &norm = inputs[inputs.size() - 2];
  const Array result = heads_outside(inputs[inputs.size() - 3], form);
  const Array cotangent = heads_outside(inputs.back(), form);
  const Array weight = weights(scores(query, key, form.masked ? inputs[3] : Array(), form), norm);
  const Array by_weight = matmul(cotangent, flipped(value)) - sum(cotangent * result, kKeys, true);
  const Array by_score = weight * by_weight * form.scale;
  return {heads_inside(matmul(by_score, key), form), heads_inside(matmul(flipped(by_score), query), form),
          heads_inside(matmul(flipped(weight), cotangent), form)};
}

std::vector<Array> AttentionGradient::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                           int64_t batch) const {
  return apply_tuple(call.node().op_ref(), all_batched(inputs, axes, batch), batched_specs(call, batch));
}

// ---- functions ----

Array attention_weights(const Array& query, const Array& key, const AttentionOptions& options) {
  check_operands(query, key, key, options);
  const Array q = as_computed(query), k = as_computed(key), mask = computed_mask(options.mask, q.dtype());
  const Array result = weights_in_memory(q, k, mask, {scale_of(query, options), options.causal, mask.defined(), 0});
  return result.dtype() == query.dtype() ? result : astype(result, query.dtype());
}

Array scaled_dot_product_attention(const Array& query_given, const Array& key_given, const Array& value_given,
                                   const AttentionOptions& options) {
  const Array query = autocast(kOp, query_given), key = autocast(kOp, key_given), value = autocast(kOp, value_given);
  check_operands(query, key, value, options);
  const DType dtype = query.dtype();
  Array q = as_computed(query), k = as_computed(key), v = as_computed(value);
  Array mask = computed_mask(options.mask, q.dtype());

  const bool grouped = options.grouped && query.shape(-3) != key.shape(-3);
  if (grouped) {
    const int64_t groups = key.shape(-3);
    q = split_heads(q, groups);
    k = expand_dims(k, {-3});
    v = expand_dims(v, {-3});
    if (mask.defined() && mask.ndim() >= 3)
      mask = mask.shape(-3) == 1 ? expand_dims(mask, {-3}) : split_heads(mask, groups);
  }
  const AttentionForm form{scale_of(query, options), options.causal, mask.defined(),
                           q.ndim() < 4 ? 0
                           : grouped    ? 2
                                        : 1};
  Array result = attend(q, k, v, mask, form, options.dropout);
  if (grouped) result = flatten(result, -4, -3);
  return converted(result, dtype);
}

}  // namespace ingot
