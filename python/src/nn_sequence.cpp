// Layers of sequence models: normalisation of rows, embeddings, attention.
#include "elementwise_bind.h"
#include "ingot/nn/functional.h"
#include "ingot/nn/multihead_attention.h"
#include "ingot/nn/normalisation.h"
#include "ingot/ops/attention.h"
#include "ingot/ops/normalisation.h"
#include "nn_bind.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

void register_norms(py::module_& m) {
  using nn::LayerNorm;
  const auto make_layer_norm = [](auto tag) {
    return [tag](const Shape& shape, double eps, bool elementwise_affine, bool bias,
                 const std::optional<Device>& device, std::optional<DType> dtype) {
      if (device) require_available(*device);
      return std::make_shared<typename decltype(tag)::type>(shape, eps, elementwise_affine, bias,
                                                            dtype.value_or(DType::float32));
    };
  };
  ModuleClass<LayerNorm, nn::Module> layer_norm(
      m, "LayerNorm",
      "`(x - mean) / sqrt(variance + eps) * weight + bias` over the last axes, whose lengths are "
      "`normalized_shape`.\n\n"
      "`weight` starts as ones and `bias` as zeros; without `elementwise_affine` there are none (Ba, Kiros and Hinton, "
      "2016).\n\n"
      "Example:\n    >>> print(ingot.nn.LayerNorm(2, eps=0.0)(ingot.array([1.0, 3.0])))\n    [-1.  1.]");
  layer_norm
      .def(py::init(make_layer_norm(TypeTag<LayerNorm>()), make_layer_norm(TypeTag<PythonModule<LayerNorm>>())),
           "normalized_shape"_a, "eps"_a = 1e-5, "elementwise_affine"_a = true, "bias"_a = true,
           "device"_a = py::none(), "dtype"_a = py::none())
      .def_property_readonly("normalized_shape", &LayerNorm::normalized_shape, "Lengths of the last axes.")
      .def_property_readonly("eps", &LayerNorm::eps, "What is added to the variance.")
      .def_property_readonly("elementwise_affine", &LayerNorm::elementwise_affine, "True if there is a weight.")
      .def("reset_parameters", &LayerNorm::reset_parameters, "Sets the weight to ones and the bias to zeros.");
  def_forward<LayerNorm>(layer_norm);

  using nn::RMSNorm;
  const auto make_rms_norm = [](auto tag) {
    return [tag](const Shape& shape, std::optional<double> eps, bool elementwise_affine,
                 const std::optional<Device>& device, std::optional<DType> dtype) {
      if (device) require_available(*device);
      return std::make_shared<typename decltype(tag)::type>(shape, eps, elementwise_affine,
                                                            dtype.value_or(DType::float32));
    };
  };
  ModuleClass<RMSNorm, nn::Module> rms_norm(
      m, "RMSNorm",
      "`x / sqrt(mean(x^2) + eps) * weight` over the last axes, whose lengths are `normalized_shape`.\n\n"
      "`weight` starts as ones; without `elementwise_affine` there is none. No `eps` means the distance of 1 to the "
      "next number in the dtype of x (Zhang and Sennrich, 2019).\n\n"
      "Example:\n    >>> print(ingot.nn.RMSNorm(2)(ingot.array([2.0, 2.0])))\n    [1. 1.]");
  rms_norm
      .def(py::init(make_rms_norm(TypeTag<RMSNorm>()), make_rms_norm(TypeTag<PythonModule<RMSNorm>>())),
           "normalized_shape"_a, "eps"_a = py::none(), "elementwise_affine"_a = true, "device"_a = py::none(),
           "dtype"_a = py::none())
      .def_property_readonly("normalized_shape", &RMSNorm::normalized_shape, "Lengths of the last axes.")
      .def_property_readonly("eps", &RMSNorm::eps, "What is added to the mean of squares.")
      .def_property_readonly("elementwise_affine", &RMSNorm::elementwise_affine, "True if there is a weight.")
      .def("reset_parameters", &RMSNorm::reset_parameters, "Sets the weight to ones.");
  def_forward<RMSNorm>(rms_norm);
}

template <class M>
std::shared_ptr<M> make_multihead(int64_t embed_dim, int64_t num_heads, double dropout, bool bias, bool add_bias_kv,
                                  bool add_zero_attn, std::optional<int64_t> kdim, std::optional<int64_t> vdim,
                                  bool batch_first, const std::optional<Device>& device, std::optional<DType> dtype) {
  if (device) require_available(*device);
  return std::make_shared<M>(
      embed_dim, num_heads,
      nn::MultiheadAttention::Config{dropout, bias, add_bias_kv, add_zero_attn, kdim, vdim, batch_first},
      dtype.value_or(DType::float32));
}

void register_multihead_attention(py::module_& m) {
  using M = nn::MultiheadAttention;
  ModuleClass<M, nn::Module> type(
      m, "MultiheadAttention",
      "Queries, keys and values are projected, attended to head by head, joined and projected once more (Vaswani et "
      "al., 2017).\n\n"
      "Called with query (L, N, E), key (S, N, kdim) and value (S, N, vdim), or (N, L, E) and so on with "
      "`batch_first`, or without N. Gives the output, in the shape of query, and the weights (N, L, S), or None.\n\n"
      "Parameters have PyTorch's names: `in_proj_weight` (3 E, E), or `q_proj_weight`, `k_proj_weight` and "
      "`v_proj_weight` if `kdim` or `vdim` differ; `in_proj_bias`; `bias_k` and `bias_v`; `out_proj`.\n\n"
      "Example:\n    >>> x = ingot.ones((2, 5, 8))\n    >>> y, weights = ingot.nn.MultiheadAttention(8, 2, "
      "batch_first=True)(x, x, x)\n    >>> y.shape, weights.shape\n    ((2, 5, 8), (2, 5, 5))");
  type.def(py::init(&make_multihead<M>, &make_multihead<PythonModule<M>>), "embed_dim"_a, "num_heads"_a,
           "dropout"_a = 0.0, "bias"_a = true, "add_bias_kv"_a = false, "add_zero_attn"_a = false,
           "kdim"_a = py::none(), "vdim"_a = py::none(), "batch_first"_a = false, "device"_a = py::none(),
           "dtype"_a = py::none())
      .def_property_readonly("embed_dim", &M::embed_dim)
      .def_property_readonly("num_heads", &M::num_heads)
      .def_property_readonly("dropout", [](const M& self) { return self.options().dropout; })
      .def_property_readonly("batch_first", [](const M& self) { return self.options().batch_first; })
      .def("reset_parameters", &M::reset_parameters, "Draws all parameters anew.")
      .def(
          "forward",
          [](M& self, const ArrayLike& query, const ArrayLike& key, const ArrayLike& value,
             const OptionalArray& key_padding_mask, bool need_weights, const OptionalArray& attn_mask,
             bool average_attn_weights, bool is_causal) -> std::pair<Array, std::optional<Array>> {
            const M::Result result = self.M::forward(query, key, value,
                                                     {or_undefined(key_padding_mask), or_undefined(attn_mask),
                                                      need_weights, average_attn_weights, is_causal});
            return {result.output, result.weights.defined() ? std::optional(result.weights) : std::nullopt};
          },
          "query"_a, "key"_a, "value"_a, "key_padding_mask"_a = py::none(), "need_weights"_a = true,
          "attn_mask"_a = py::none(), "average_attn_weights"_a = true, "is_causal"_a = false,
          "The output and the weights (None unless `need_weights`).\n\n"
          "`key_padding_mask` (N, S) and `attn_mask` (L, S) or (N * num_heads, L, S) are bool, true where a key is to "
          "be left out, or floating, added to the scores. `is_causal`: a query sees the keys up to its own position. "
          "Nothing of size L x S is kept in memory if weights are not needed and none are dropped.");
}

}  // namespace

void register_nn_sequence(py::module_& m) {
  register_norms(m);
  register_nn_embedding(m);
  register_multihead_attention(m);
}

void register_nn_sequence_functions(py::module_& f) {
  f.def(
      "layer_norm",
      [](const ArrayLike& input, const Shape& normalized_shape, const OptionalArray& weight, const OptionalArray& bias,
         double eps) { return layer_norm(input, normalized_shape, or_undefined(weight), or_undefined(bias), eps); },
      "input"_a, "normalized_shape"_a, "weight"_a = py::none(), "bias"_a = py::none(), "eps"_a = 1e-5,
      "`(input - mean) / sqrt(variance + eps) * weight + bias` over the last axes, whose lengths are "
      "`normalized_shape`.\n\nExample:\n    >>> print(ingot.nn.functional.layer_norm(ingot.array([1.0, 3.0]), 2, "
      "eps=0.0))\n    [-1.  1.]");
  f.def(
      "rms_norm",
      [](const ArrayLike& input, const Shape& normalized_shape, const OptionalArray& weight,
         std::optional<double> eps) { return rms_norm(input, normalized_shape, or_undefined(weight), eps); },
      "input"_a, "normalized_shape"_a, "weight"_a = py::none(), "eps"_a = py::none(),
      "`input / sqrt(mean(input^2) + eps) * weight` over the last axes, whose lengths are `normalized_shape`. No `eps` "
      "means the distance of 1 to the next number in the dtype of input.\n\nExample:\n    >>> "
      "print(ingot.nn.functional.rms_norm(ingot.array([2.0, 2.0]), 2))\n    [1. 1.]");
  f.def(
      "scaled_dot_product_attention",
      [](const ArrayLike& query, const ArrayLike& key, const ArrayLike& value, const OptionalArray& attn_mask,
         double dropout_p, bool is_causal, std::optional<double> scale, bool enable_gqa) {
        return scaled_dot_product_attention(query, key, value,
                                            {or_undefined(attn_mask), dropout_p, is_causal, scale, enable_gqa});
      },
      "query"_a, "key"_a, "value"_a, "attn_mask"_a = py::none(), "dropout_p"_a = 0.0, "is_causal"_a = false,
      "scale"_a = py::none(), "enable_gqa"_a = false,
      "`softmax(query key^T scale + attn_mask) value`: query (..., L, d), key (..., S, d), value (..., S, e) -> (..., "
      "L, e).\n\n"
      "`attn_mask` broadcasts to (..., L, S): bool says where a query sees a key, floating numbers are added. "
      "`is_causal`: a query sees the keys up to its own position; not together with a mask. `scale` is 1 / sqrt(d) by "
      "default. `enable_gqa`: key and value may have fewer heads (axis -3), each for a group of neighbouring ones of "
      "query. A query that sees no key gets zeros. Computed block by block (Dao et al., 2022): scores never fill "
      "memory, unless `dropout_p` is not 0. Axes (..., H, L, d) that are a transposed view of (..., L, H, d) cost no "
      "copy.\n\n"
      "Raises ShapeError, TypeError or ValueError if the operands do not fit.\n\n"
      "Example:\n    >>> q = ingot.ones((2, 4, 5, 8))\n    >>> ingot.nn.functional.scaled_dot_product_attention(q, q, "
      "q, is_causal=True).shape\n    (2, 4, 5, 8)");
}

}  // namespace ingot::python
