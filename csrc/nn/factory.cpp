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
#include "ingot/nn/recurrent.h"
#include "ingot/nn/sequential.h"
#include "ingot/nn/shaping.h"
#include "ingot/nn/spatial.h"
#include "ingot/nn/transformer.h"
#include "ingot/ops/creation.h"

namespace ingot::nn {

namespace {

/// Of a member that is null for none, and may be missing.
std::optional<int64_t> optional_int(const Json& config, const char* name) {
  const Json* value = config.find(name);
  return value && !value->is_null() ? std::optional(value->as_int()) : std::nullopt;
}

ModulePtr build_embedding(const Json& config) {
  return std::make_shared<Embedding>(read_options<EmbeddingOptions>(config));
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

template <class C>
ModulePtr build_conv_transpose(const Json& config) {
  ConvTransposeOptions options;
  options.stride = axes_of(config.at("stride"));
  options.padding = axes_of(config.at("padding"));
  options.output_padding = axes_of(config.at("output_padding"));
  options.groups = config.at("groups").as_int();
  options.bias = config.at("bias").as_bool();
  options.dilation = axes_of(config.at("dilation"));
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

template <class P>
ModulePtr build_adaptive_max_pool(const Json& config) {
  return std::make_shared<P>(axes_of(config.at("output_size")), config.at("return_indices").as_bool());
}

template <class P>
ModulePtr build_lp_pool(const Json& config) {
  PoolingOptions options{axes_of(config.at("kernel_size")), axes_of(config.at("stride")), {}, {}};
  options.ceil_mode = config.at("ceil_mode").as_bool();
  return std::make_shared<P>(config.at("norm_type").as_double(), options);
}

template <class P>
ModulePtr build_max_unpool(const Json& config) {
  return std::make_shared<P>(PoolingOptions{
      axes_of(config.at("kernel_size")), axes_of(config.at("stride")), axes_of(config.at("padding")), {}});
}

ModulePtr build_transformer(const Json& config) {
  return std::make_shared<Transformer>(TransformerOptions{read_options<TransformerLayerOptions>(config),
                                                          config.at("num_encoder_layers").as_int(),
                                                          config.at("num_decoder_layers").as_int()});
}

ModulePtr build_flatten(const Json& config) {
  return std::make_shared<Flatten>(config.at("start_dim").as_int(), config.at("end_dim").as_int());
}

template <class R>
ModulePtr build_recurrent(const Json& config) {
  RecurrentOptions options;
  options.input_size = config.at("input_size").as_int();
  options.hidden_size = config.at("hidden_size").as_int();
  options.num_layers = config.at("num_layers").as_int();
  options.bias = config.at("bias").as_bool();
  options.batch_first = config.at("batch_first").as_bool();
  options.dropout = config.at("dropout").as_double();
  options.bidirectional = config.at("bidirectional").as_bool();
  if (const Json* width = config.find("proj_size")) options.proj_size = width->as_int();
  if (const Json* word = config.find("nonlinearity")) options.nonlinearity = word->as_string();
  return std::make_shared<R>(options);
}

template <class C>
ModulePtr build_cell(const Json& config) {
  CellOptions options;
  options.input_size = config.at("input_size").as_int();
  options.hidden_size = config.at("hidden_size").as_int();
  options.bias = config.at("bias").as_bool();
  if (const Json* word = config.find("nonlinearity")) options.nonlinearity = word->as_string();
  return std::make_shared<C>(options);
}

/// Of a module that is nothing but its children.
template <class M>
ModulePtr build_empty(const Json&) {
  return std::make_shared<M>();
}

const Builder kBuilders[] = {
    {"Module", &typeid(Module), build_empty<Module>},
    {"Identity", &typeid(Identity), build_empty<Identity>},
    {"Sequential", &typeid(Sequential), build_empty<Sequential>},
    {"Linear", &typeid(Linear), build_linear},
#define INGOT_SPATIAL_BUILDERS(n)                                                                                      \
  {"Conv" #n "d", &typeid(Conv##n##d), build_conv<Conv##n##d>},                                                        \
      {"ConvTranspose" #n "d", &typeid(ConvTranspose##n##d), build_conv_transpose<ConvTranspose##n##d>},               \
      {"InstanceNorm" #n "d", &typeid(InstanceNorm##n##d), build_batch_norm<InstanceNorm##n##d>},                      \
      {"BatchNorm" #n "d", &typeid(BatchNorm##n##d), build_batch_norm<BatchNorm##n##d>},                               \
      {"MaxPool" #n "d", &typeid(MaxPool##n##d), build_max_pool<MaxPool##n##d>},                                       \
      {"AvgPool" #n "d", &typeid(AvgPool##n##d), build_avg_pool<AvgPool##n##d>},                                       \
      {"AdaptiveMaxPool" #n "d", &typeid(AdaptiveMaxPool##n##d), build_adaptive_max_pool<AdaptiveMaxPool##n##d>},      \
      {"LPPool" #n "d", &typeid(LPPool##n##d), build_lp_pool<LPPool##n##d>},                                           \
      {"MaxUnpool" #n "d", &typeid(MaxUnpool##n##d), build_max_unpool<MaxUnpool##n##d>},                               \
      {"AdaptiveAvgPool" #n "d", &typeid(AdaptiveAvgPool##n##d), build_adaptive_avg_pool<AdaptiveAvgPool##n##d>},
    INGOT_SPATIAL_BUILDERS(1) INGOT_SPATIAL_BUILDERS(2) INGOT_SPATIAL_BUILDERS(3)
#undef INGOT_SPATIAL_BUILDERS
#define INGOT_BUILDER(Name) {#Name, &typeid(Name), build_described<Name>},
#define INGOT_ROW_BUILDER(Name, ...) INGOT_BUILDER(Name)
        INGOT_LOSSES(INGOT_ROW_BUILDER) INGOT_TRIPLE_LOSSES(INGOT_ROW_BUILDER) INGOT_ACTIVATIONS(INGOT_ROW_BUILDER)
            INGOT_SHAPERS(INGOT_ROW_BUILDER) INGOT_BUILDER(PReLU) INGOT_BUILDER(Upsample)
                INGOT_BUILDER(CosineSimilarity) INGOT_BUILDER(GroupNorm) INGOT_BUILDER(LocalResponseNorm)
                    INGOT_BUILDER(Bilinear) INGOT_BUILDER(LoRALinear) INGOT_BUILDER(EmbeddingBag)
                        INGOT_BUILDER(TransformerEncoderLayer) INGOT_BUILDER(TransformerDecoderLayer)
                            INGOT_BUILDER(SinusoidalPositionalEncoding) INGOT_BUILDER(RoPE)
#undef INGOT_ROW_BUILDER
                                INGOT_BUILDER(MSELoss) INGOT_BUILDER(CrossEntropyLoss) INGOT_BUILDER(NLLLoss)
                                    INGOT_BUILDER(CTCLoss) INGOT_BUILDER(TripletMarginWithDistanceLoss)
                                        INGOT_BUILDER(PairwiseDistance) INGOT_BUILDER(Dropout) INGOT_BUILDER(Dropout1d)
                                            INGOT_BUILDER(Dropout2d) INGOT_BUILDER(Dropout3d)
                                                INGOT_BUILDER(AlphaDropout) INGOT_BUILDER(FeatureAlphaDropout)
#undef INGOT_BUILDER
                                                    {"RNN", &typeid(RNN), build_recurrent<RNN>},
    {"LSTM", &typeid(LSTM), build_recurrent<LSTM>},
    {"GRU", &typeid(GRU), build_recurrent<GRU>},
    {"RNNCell", &typeid(RNNCell), build_cell<RNNCell>},
    {"LSTMCell", &typeid(LSTMCell), build_cell<LSTMCell>},
    {"GRUCell", &typeid(GRUCell), build_cell<GRUCell>},
    {"Transformer", &typeid(Transformer), build_transformer},
    {"TransformerEncoder", &typeid(TransformerEncoder), build_empty<TransformerEncoder>},
    {"TransformerDecoder", &typeid(TransformerDecoder), build_empty<TransformerDecoder>},
    {"ALiBi", &typeid(ALiBi), build_empty<ALiBi>},
    {"ModuleList", &typeid(ModuleList), build_empty<ModuleList>},
    {"ModuleDict", &typeid(ModuleDict), build_empty<ModuleDict>},
    {"ParameterList", &typeid(ParameterList), build_empty<ParameterList>},
    {"ParameterDict", &typeid(ParameterDict), build_empty<ParameterDict>},
    {"Flatten", &typeid(Flatten), build_flatten},
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
