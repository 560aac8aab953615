#include "ingot/nn/factory.h"

#include "ingot/nn/activation.h"
#include "ingot/nn/batch_norm.h"
#include "ingot/nn/convolution.h"
#include "ingot/nn/dropout.h"
#include "ingot/nn/embedding.h"
#include "ingot/nn/flatten.h"
#include "ingot/nn/linear.h"
#include "ingot/nn/loss.h"
#include "ingot/nn/multihead_attention.h"
#include "ingot/nn/normalisation.h"
#include "ingot/nn/pooling.h"
#include "ingot/nn/sequential.h"
#include "ingot/nn/softmax.h"
#include "ingot/nn/spatial.h"
#include "ingot/ops/creation.h"

namespace ingot::nn {

namespace {

/// An activation's configuration is empty unless it is in place.
template <class A>
ModulePtr build_activation(const Json& config) {
  const Json* inplace = config.find("inplace");
  return std::make_shared<A>(inplace && inplace->as_bool());
}

template <class L>
ModulePtr build_loss(const Json& config) {
  return std::make_shared<L>(parse_reduction(config.at("reduction").as_string()));
}

/// Of a member that is null for none, and may be missing.
std::optional<int64_t> optional_int(const Json& config, const char* name) {
  const Json* value = config.find(name);
  return value && !value->is_null() ? std::optional(value->as_int()) : std::nullopt;
}

ModulePtr build_cross_entropy(const Json& config) {
  CrossEntropyLoss::Options options{parse_reduction(config.at("reduction").as_string())};
  if (const auto index = optional_int(config, "ignore_index")) options.ignore_index = *index;
  if (const Json* smoothing = config.find("label_smoothing")) options.label_smoothing = smoothing->as_double();
  if (const auto classes = optional_int(config, "classes")) options.weight = ones({*classes});
  return std::make_shared<CrossEntropyLoss>(options);
}

ModulePtr build_gelu(const Json& config) { return std::make_shared<GELU>(config.at("approximate").as_string()); }

template <class M>
ModulePtr build_softmax(const Json& config) {
  return std::make_shared<M>(optional_int(config, "dim"));
}

ModulePtr build_embedding(const Json& config) {
  return std::make_shared<Embedding>(config.at("num_embeddings").as_int(), config.at("embedding_dim").as_int(),
                                     optional_int(config, "padding_idx"));
}

Shape shape_of(const Json& lengths) {
  Shape shape;
  for (const Json& length : lengths.as_list()) shape.push_back(length.as_int());
  return shape;
}

ModulePtr build_layer_norm(const Json& config) {
  return std::make_shared<LayerNorm>(shape_of(config.at("normalized_shape")), config.at("eps").as_double(),
                                     config.at("elementwise_affine").as_bool(), config.at("bias").as_bool());
}

ModulePtr build_rms_norm(const Json& config) {
  const Json& eps = config.at("eps");
  return std::make_shared<RMSNorm>(shape_of(config.at("normalized_shape")),
                                   eps.is_null() ? std::nullopt : std::optional(eps.as_double()),
                                   config.at("elementwise_affine").as_bool());
}

ModulePtr build_multihead_attention(const Json& config) {
  MultiheadAttention::Config options;
  options.dropout = config.at("dropout").as_double();
  options.bias = config.at("bias").as_bool();
  options.add_bias_kv = config.at("add_bias_kv").as_bool();
  options.add_zero_attn = config.at("add_zero_attn").as_bool();
  options.kdim = optional_int(config, "kdim");
  options.vdim = optional_int(config, "vdim");
  options.batch_first = config.at("batch_first").as_bool();
  return std::make_shared<MultiheadAttention>(config.at("embed_dim").as_int(), config.at("num_heads").as_int(),
                                              options);
}

ModulePtr build_linear(const Json& config) {
  return std::make_shared<Linear>(config.at("in_features").as_int(), config.at("out_features").as_int(),
                                  config.at("bias").as_bool());
}

template <class C>
ModulePtr build_conv(const Json& config) {
  ConvOptions options;
  options.stride = axes_of(config.at("stride"));
  const Json& padding = config.at("padding");
  if (padding.is_string()) {
    options.padding = padding.as_string();
  } else {
    options.padding = axes_of(padding);
  }
  options.dilation = axes_of(config.at("dilation"));
  options.groups = config.at("groups").as_int();
  options.bias = config.at("bias").as_bool();
  options.padding_mode = config.at("padding_mode").as_string();
  return std::make_shared<C>(config.at("in_channels").as_int(), config.at("out_channels").as_int(),
                             axes_of(config.at("kernel_size")), options);
}

template <class B>
ModulePtr build_batch_norm(const Json& config) {
  BatchNormOptions options;
  options.eps = config.at("eps").as_double();
  const Json& momentum = config.at("momentum");
  options.momentum = momentum.is_null() ? std::optional<double>() : momentum.as_double();
  options.affine = config.at("affine").as_bool();
  options.track_running_stats = config.at("track_running_stats").as_bool();
  return std::make_shared<B>(config.at("num_features").as_int(), options);
}

PoolingOptions pooling_options(const Json& config) {
  const Json* dilation = config.find("dilation");
  return {axes_of(config.at("kernel_size")), axes_of(config.at("stride")), axes_of(config.at("padding")),
          dilation ? axes_of(*dilation) : Axes{}, config.at("ceil_mode").as_bool()};
}

template <class P>
ModulePtr build_max_pool(const Json& config) {
  return std::make_shared<P>(pooling_options(config), config.at("return_indices").as_bool());
}

template <class P>
ModulePtr build_avg_pool(const Json& config) {
  const Json* divisor = config.find("divisor_override");
  return std::make_shared<P>(pooling_options(config), config.at("count_include_pad").as_bool(),
                             divisor ? std::optional(divisor->as_int()) : std::nullopt);
}

template <class P>
ModulePtr build_adaptive_avg_pool(const Json& config) {
  return std::make_shared<P>(axes_of(config.at("output_size")));
}

ModulePtr build_dropout(const Json& config) {
  return std::make_shared<Dropout>(config.at("p").as_double(), config.at("inplace").as_bool());
}

ModulePtr build_flatten(const Json& config) {
  return std::make_shared<Flatten>(config.at("start_dim").as_int(), config.at("end_dim").as_int());
}

/// Of a module that is nothing but its children.
template <class M>
ModulePtr build_empty(const Json&) {
  return std::make_shared<M>();
}

const Builder kBuilders[] = {
    {"Module", &typeid(Module), build_empty<Module>},
    {"Sequential", &typeid(Sequential), build_empty<Sequential>},
    {"Linear", &typeid(Linear), build_linear},
#define INGOT_SPATIAL_BUILDERS(n)                                                                                      \
  {"Conv" #n "d", &typeid(Conv##n##d), build_conv<Conv##n##d>},                                                        \
      {"BatchNorm" #n "d", &typeid(BatchNorm##n##d), build_batch_norm<BatchNorm##n##d>},                               \
      {"MaxPool" #n "d", &typeid(MaxPool##n##d), build_max_pool<MaxPool##n##d>},                                       \
      {"AvgPool" #n "d", &typeid(AvgPool##n##d), build_avg_pool<AvgPool##n##d>},                                       \
      {"AdaptiveAvgPool" #n "d", &typeid(AdaptiveAvgPool##n##d), build_adaptive_avg_pool<AdaptiveAvgPool##n##d>},
    INGOT_SPATIAL_BUILDERS(1) INGOT_SPATIAL_BUILDERS(2) INGOT_SPATIAL_BUILDERS(3)
#undef INGOT_SPATIAL_BUILDERS
        {"Dropout", &typeid(Dropout), build_dropout},
    {"Flatten", &typeid(Flatten), build_flatten},
#define INGOT_ACTIVATION_BUILDER(Name, function) {#Name, &typeid(Name), build_activation<Name>},
    INGOT_ACTIVATIONS(INGOT_ACTIVATION_BUILDER)
#undef INGOT_ACTIVATION_BUILDER
        {"MSELoss", &typeid(MSELoss), build_loss<MSELoss>},
    {"CrossEntropyLoss", &typeid(CrossEntropyLoss), build_cross_entropy},
    {"GELU", &typeid(GELU), build_gelu},
    {"Softmax", &typeid(Softmax), build_softmax<Softmax>},
    {"LogSoftmax", &typeid(LogSoftmax), build_softmax<LogSoftmax>},
    {"Embedding", &typeid(Embedding), build_embedding},
    {"LayerNorm", &typeid(LayerNorm), build_layer_norm},
    {"RMSNorm", &typeid(RMSNorm), build_rms_norm},
    {"MultiheadAttention", &typeid(MultiheadAttention), build_multihead_attention},
};

}  // namespace

std::span<const Builder> builders() { return kBuilders; }

const Builder* find_builder(std::string_view type_name) {
  for (const Builder& builder : kBuilders)
    if (type_name == builder.type_name) return &builder;
  return nullptr;
}

}  // namespace ingot::nn
