#include "ingot/nn/transformer.h"

#include <limits>

#include "ingot/nn/container.h"
#include "ingot/nn/dropout.h"
#include "ingot/nn/init.h"
#include "ingot/nn/linear.h"
#include "ingot/nn/multihead_attention.h"
#include "ingot/nn/normalisation.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot::nn {

namespace {

template <class L>
std::shared_ptr<L> copy_of(const L& layer) {
  auto copy = std::make_shared<L>(layer.options());
  copy->load_state_dict(layer.state_dict());
  return copy;
}

template <class L>
void fill(Module& stack, const L& layer, int64_t count, ModulePtr norm, ModuleList& layers) {
  if (count < 1) throw ValueError(stack.type_name(), ": num_layers must be at least 1, got ", count);
  for (int64_t i = 0; i < count; ++i) layers.append(copy_of(layer));
  if (norm) stack.register_module("norm", std::move(norm));
}

/// The layers of a stack, which must be of the class `L`.
template <class L>
std::vector<std::shared_ptr<L>> layers_of(const Module& stack) {
  std::vector<std::shared_ptr<L>> layers;
  for (const auto& [name, child] : stack.get_submodule("layers").children()) {
    auto layer = std::dynamic_pointer_cast<L>(child);
    if (!layer) throw TypeError(stack.type_name(), ": layer ", name, " is a ", child->type_name());
    layers.push_back(std::move(layer));
  }
  return layers;
}

Array normed(const Module& stack, const Array& x) {
  const ModulePtr* norm = stack.children().find("norm");
  return norm ? (**norm)(x) : x;
}

}  // namespace

void TransformerLayerOptions::check() const {
  if (activation != "relu" && activation != "gelu")
    throw ValueError("Transformer: expected activation 'relu' or 'gelu', got '", activation, "'");
}

TransformerLayer::TransformerLayer(Options given, bool attends_to_memory) : Described(std::move(given)) {
  const Options o = options();
  MultiheadAttention::Config attention;
  attention.dropout = o.dropout;
  attention.bias = o.bias;
  attention.batch_first = o.batch_first;
  const auto attend = [&] { return std::make_shared<MultiheadAttention>(o.d_model, o.nhead, attention, o.dtype); };
  const auto drop = [&] { return std::make_shared<Dropout>(DropoutOptions{o.dropout}); };
  const auto norm = [&] {
    return std::make_shared<LayerNorm>(Shape{o.d_model}, o.layer_norm_eps, true, o.bias, o.dtype);
  };
  register_module("self_attn", attend());
  if (attends_to_memory) register_module("multihead_attn", attend());
  register_module("linear1", std::make_shared<Linear>(o.d_model, o.dim_feedforward, o.bias, o.dtype));
  register_module("dropout", drop());
  register_module("linear2", std::make_shared<Linear>(o.dim_feedforward, o.d_model, o.bias, o.dtype));
  register_module("norm1", norm());
  register_module("norm2", norm());
  if (attends_to_memory) register_module("norm3", norm());
  register_module("dropout1", drop());
  register_module("dropout2", drop());
  if (attends_to_memory) register_module("dropout3", drop());
}

Array TransformerLayer::call(const char* child, const Array& x) const {
  return const_cast<Module&>(get_submodule(child))(x);
}

Array TransformerLayer::attend(const char* child, const Array& x, const Array& memory,
                               const AttentionMasks& masks) const {
  auto* attention = dynamic_cast<MultiheadAttention*>(const_cast<Module*>(&get_submodule(child)));
  if (!attention)
    throw TypeError(type_name(), ": ", child, " must be a MultiheadAttention, is a ", get_submodule(child).type_name());
  MultiheadOptions options;
  options.key_padding_mask = masks.key_padding;
  options.attn_mask = masks.mask;
  options.need_weights = false;
  options.is_causal = masks.is_causal;
  return attention->forward(x, memory, memory, options).output;
}

Array TransformerLayer::feed_forward(const Array& x, const char* last_dropout, const Activation& activation) const {
  const Array inner = call("linear1", x);
  const Array active = activation ? activation(inner) : options().activation == "gelu" ? gelu(inner) : relu(inner);
  return call(last_dropout, call("linear2", call("dropout", active)));
}

template <class Block>
Array TransformerLayer::residual(const Array& x, const char* norm, Block&& block) const {
  return options().norm_first ? x + block(call(norm, x)) : call(norm, x + block(x));
}

Array TransformerEncoderLayer::forward(const Array& src, const AttentionMasks& masks, const Activation& activation) {
  const Array attended =
      residual(src, "norm1", [&](const Array& x) { return call("dropout1", attend("self_attn", x, x, masks)); });
  return residual(attended, "norm2", [&](const Array& x) { return feed_forward(x, "dropout2", activation); });
}

Array TransformerDecoderLayer::forward(const Array& tgt, const Array& memory, const AttentionMasks& own,
                                       const AttentionMasks& to_memory, const Activation& activation) {
  const Array attended =
      residual(tgt, "norm1", [&](const Array& x) { return call("dropout1", attend("self_attn", x, x, own)); });
  const Array informed = residual(attended, "norm2", [&](const Array& x) {
    return call("dropout2", attend("multihead_attn", x, memory, to_memory));
  });
  return residual(informed, "norm3", [&](const Array& x) { return feed_forward(x, "dropout3", activation); });
}

// ---- stacks ----

TransformerEncoder::TransformerEncoder() { register_module("layers", std::make_shared<ModuleList>()); }

TransformerEncoder::TransformerEncoder(const TransformerEncoderLayer& layer, int64_t num_layers, ModulePtr norm) {
  const auto layers = register_module("layers", std::make_shared<ModuleList>());
  fill(*this, layer, num_layers, std::move(norm), *layers);
}

Array TransformerEncoder::forward(const Array& src, const AttentionMasks& masks) {
  Array x = src;
  for (const auto& layer : layers_of<TransformerEncoderLayer>(*this)) x = layer->forward(x, masks);
  return normed(*this, x);
}

TransformerDecoder::TransformerDecoder() { register_module("layers", std::make_shared<ModuleList>()); }

TransformerDecoder::TransformerDecoder(const TransformerDecoderLayer& layer, int64_t num_layers, ModulePtr norm) {
  const auto layers = register_module("layers", std::make_shared<ModuleList>());
  fill(*this, layer, num_layers, std::move(norm), *layers);
}

Array TransformerDecoder::forward(const Array& tgt, const Array& memory, const AttentionMasks& own,
                                  const AttentionMasks& to_memory) {
  Array x = tgt;
  for (const auto& layer : layers_of<TransformerDecoderLayer>(*this)) x = layer->forward(x, memory, own, to_memory);
  return normed(*this, x);
}

Transformer::Transformer(const TransformerOptions& options) : options_(options) {
  const TransformerLayerOptions& layer = options.layer;
  const auto norm = [&] {
    return std::make_shared<LayerNorm>(Shape{layer.d_model}, layer.layer_norm_eps, true, layer.bias, layer.dtype);
  };
  register_module("encoder", std::make_shared<TransformerEncoder>(TransformerEncoderLayer(layer),
                                                                  options.num_encoder_layers, norm()));
  register_module("decoder", std::make_shared<TransformerDecoder>(TransformerDecoderLayer(layer),
                                                                  options.num_decoder_layers, norm()));
  for (const Array& parameter : parameters())
    if (parameter.ndim() > 1) init::xavier_uniform_(parameter);
}

void Transformer::check_inputs(const Array& src, const Array& tgt) const {
  if (!src.defined() || !tgt.defined()) throw ValueError("Transformer: an operand is an undefined array");
  const bool batched = src.ndim() == 3;
  const int64_t batch = options_.layer.batch_first ? 0 : 1;
  if ((src.ndim() != 2 && !batched) || tgt.ndim() != src.ndim() || src.shape(-1) != options_.layer.d_model ||
      tgt.shape(-1) != options_.layer.d_model || (batched && src.shape(batch) != tgt.shape(batch)))
    throw ShapeError(
        "Transformer: expected src and tgt of two axes, or of three with equal batches, the last of length ",
        options_.layer.d_model, ", got shapes ", src.shape(), " and ", tgt.shape());
}

Array Transformer::forward(const Array& src, const Array& tgt, const AttentionMasks& src_masks,
                           const AttentionMasks& tgt_masks, const AttentionMasks& memory_masks) {
  check_inputs(src, tgt);
  auto& encoder = dynamic_cast<TransformerEncoder&>(get_submodule("encoder"));
  auto& decoder = dynamic_cast<TransformerDecoder&>(get_submodule("decoder"));
  return decoder.forward(tgt, encoder.forward(src, src_masks), tgt_masks, memory_masks);
}

Json Transformer::config() const {
  const TransformerLayerOptions& o = options_.layer;
  return Json::Object{{"d_model", o.d_model},
                      {"nhead", o.nhead},
                      {"num_encoder_layers", options_.num_encoder_layers},
                      {"num_decoder_layers", options_.num_decoder_layers},
                      {"dim_feedforward", o.dim_feedforward},
                      {"dropout", o.dropout},
                      {"activation", o.activation},
                      {"layer_norm_eps", o.layer_norm_eps},
                      {"batch_first", o.batch_first},
                      {"norm_first", o.norm_first},
                      {"bias", o.bias}};
}

Array square_subsequent_mask(int64_t size, DType dtype) {
  const Array keys = arange(int64_t{0}, size, int64_t{1}, DType::int64);
  return where(keys > reshape(keys, {size, 1}), scalar(-std::numeric_limits<double>::infinity(), dtype),
               scalar(0, dtype));
}

}  // namespace ingot::nn
