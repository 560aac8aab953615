// Transformers and positional encodings. Stacks call their layers as Python objects, so that layers of any class may be
// in them.
#include "ingot/nn/transformer.h"

#include "ingot/nn/container.h"
#include "ingot/ops/elementwise.h"
#include "nn_described.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using nn::AttentionMasks;

/// An activation as a layer takes it: a word, a function that has one, or any other function.
struct ChosenActivation {
  std::string word = "relu";
  py::object function = py::none();

  explicit ChosenActivation(const py::object& given) {
    if (PyUnicode_Check(given.ptr())) {
      word = py::cast<std::string>(given);
      return;
    }
    const py::module_ core = py::module_::import("ingot._core");
    for (const char* name : {"relu", "gelu"}) {
      const bool same = given.is(core.attr("nn").attr("functional").attr(name)) || given.is(core.attr(name));
      if (same) {
        word = name;
        return;
      }
    }
    if (!PyCallable_Check(given.ptr()))
      throw TypeError("Transformer: expected activation to be 'relu', 'gelu' or a function, got ",
                      Py_TYPE(given.ptr())->tp_name);
    function = given;
  }
};

/// The function that a layer keeps in its __dict__, if it is none that has a word.
nn::Activation activation_of(const py::object& self) {
  const py::dict attributes = self.attr("__dict__");
  if (!attributes.contains("activation_function")) return {};
  const py::object function = attributes["activation_function"];
  return [function](const Array& x) { return py::cast<Array>(function(x)); };
}

template <class L>
void def_layer_init(ModuleClass<L, nn::Module>& type) {
  type.def(
      "__init__",
      [](py::detail::value_and_holder& slot, int64_t d_model, int64_t nhead, int64_t dim_feedforward, double dropout,
         const py::object& activation, double layer_norm_eps, bool batch_first, bool norm_first, bool bias,
         const std::optional<Device>& device, std::optional<DType> dtype) {
        if (device) require_available(*device);
        const ChosenActivation chosen(activation);
        make_module<L>(
            slot, nn::TransformerLayerOptions{d_model, nhead, dim_feedforward, dropout, chosen.word, layer_norm_eps,
                                              batch_first, norm_first, bias, dtype.value_or(DType::float32)});
        if (!chosen.function.is_none())
          py::handle(reinterpret_cast<PyObject*>(slot.inst)).attr("__dict__")["activation_function"] = chosen.function;
      },
      py::detail::is_new_style_constructor(), "d_model"_a, "nhead"_a, "dim_feedforward"_a = 2048, "dropout"_a = 0.1,
      "activation"_a = "relu", "layer_norm_eps"_a = 1e-5, "batch_first"_a = false, "norm_first"_a = false,
      "bias"_a = true, "device"_a = py::none(), "dtype"_a = py::none());
  type.def_property_readonly("norm_first", [](const L& self) { return self.options().norm_first; });
}

void register_transformer_layers(py::module_& m) {
  using Encoder = nn::TransformerEncoderLayer;
  ModuleClass<Encoder, nn::Module> encoder(
      m, "TransformerEncoderLayer",
      "Self-attention, then two linear maps with an activation between them; each block is added to what went into it, "
      "and "
      "normalised after that, or with `norm_first` before (Vaswani et al., 2017).\n\nExample:\n    >>> layer = "
      "ingot.nn.TransformerEncoderLayer(d_model=8, nhead=2, batch_first=True)\n    >>> layer(ingot.ones((2, 5, "
      "8))).shape\n    (2, 5, 8)");
  def_layer_init(encoder);
  encoder.def(
      "forward",
      [](const py::object& self, const ArrayLike& src, const OptionalArray& src_mask,
         const OptionalArray& src_key_padding_mask, bool is_causal) {
        return py::cast<Encoder&>(self).Encoder::forward(
            src, {or_undefined(src_mask), or_undefined(src_key_padding_mask), is_causal}, activation_of(self));
      },
      "src"_a, "src_mask"_a = py::none(), "src_key_padding_mask"_a = py::none(), "is_causal"_a = false,
      "The result for sequences (L, N, E), or (N, L, E) with `batch_first`. Masks are bool, true for what is left out, "
      "or "
      "floating, added to the scores.");

  using Decoder = nn::TransformerDecoderLayer;
  ModuleClass<Decoder, nn::Module> decoder(
      m, "TransformerDecoderLayer",
      "Self-attention, attention to an encoder's output, then two linear maps (Vaswani et al., 2017).\n\nExample:\n    "
      ">>> "
      "layer = ingot.nn.TransformerDecoderLayer(d_model=8, nhead=2, batch_first=True)\n    >>> layer(ingot.ones((2, 5, "
      "8)), ingot.ones((2, 7, 8))).shape\n    (2, 5, 8)");
  def_layer_init(decoder);
  decoder.def(
      "forward",
      [](const py::object& self, const ArrayLike& tgt, const ArrayLike& memory, const OptionalArray& tgt_mask,
         const OptionalArray& memory_mask, const OptionalArray& tgt_key_padding_mask,
         const OptionalArray& memory_key_padding_mask, bool tgt_is_causal, bool memory_is_causal) {
        return py::cast<Decoder&>(self).Decoder::forward(
            tgt, memory, {or_undefined(tgt_mask), or_undefined(tgt_key_padding_mask), tgt_is_causal},
            {or_undefined(memory_mask), or_undefined(memory_key_padding_mask), memory_is_causal}, activation_of(self));
      },
      "tgt"_a, "memory"_a, "tgt_mask"_a = py::none(), "memory_mask"_a = py::none(),
      "tgt_key_padding_mask"_a = py::none(), "memory_key_padding_mask"_a = py::none(), "tgt_is_causal"_a = false,
      "memory_is_causal"_a = false, "The result for sequences and the encoder's output.");
}

// ---- stacks ----

template <class S>
void def_stack_init(ModuleClass<S, nn::Module>& type, const char* layer_name) {
  type.def(
      "__init__",
      [](py::detail::value_and_holder& slot, const py::object& layer, int64_t num_layers, const py::object& norm,
         const py::kwargs& others) {
        for (const auto& [key, value] : others)
          if (const auto word = py::cast<std::string>(key); word != "enable_nested_tensor" && word != "mask_check")
            throw TypeError("unexpected keyword argument '", word, "'");
        slot.value_ptr() = Py_TYPE(slot.inst) == slot.type->type ? new S() : static_cast<S*>(new PythonModule<S>());
        S& self = *static_cast<S*>(slot.value_ptr());
        if (layer.is_none()) return;  // a container that will be filled from a file or a pickle
        if (num_layers < 1) throw ValueError("Transformer: num_layers must be at least 1, got ", num_layers);
        const py::object copy = py::module_::import("copy").attr("deepcopy");
        auto& layers = dynamic_cast<nn::ModuleList&>(self.get_submodule("layers"));
        for (int64_t i = 0; i < num_layers; ++i) layers.append(own(copy(layer)));
        if (!norm.is_none()) self.register_module("norm", own(norm));
      },
      py::detail::is_new_style_constructor(), py::arg_v(layer_name, py::none()), "num_layers"_a = 0,
      "norm"_a = py::none());
  type.def_property_readonly("num_layers",
                             [](const S& self) { return self.get_submodule("layers").children().size(); });
}

py::object norm_of(const py::object& self) {
  return module_of(self.ptr())->children().contains("norm") ? py::object(self.attr("norm")) : py::none();
}

void register_stacks(py::module_& m) {
  ModuleClass<nn::TransformerEncoder, nn::Module> encoder(
      m, "TransformerEncoder",
      "Copies of a layer, one after another, then `norm`, if there is one.\n\nExample:\n    >>> layer = "
      "ingot.nn.TransformerEncoderLayer(8, 2, batch_first=True)\n    >>> ingot.nn.TransformerEncoder(layer, "
      "3)(ingot.ones((2, 5, 8))).shape\n    (2, 5, 8)");
  def_stack_init(encoder, "encoder_layer");
  encoder.def(
      "forward",
      [](const py::object& self, const py::object& src, const py::object& mask, const py::object& padding,
         std::optional<bool> is_causal) {
        py::object x = src;
        for (py::handle layer : self.attr("layers"))
          x = layer(x, "src_mask"_a = mask, "src_key_padding_mask"_a = padding,
                    "is_causal"_a = is_causal.value_or(false));
        const py::object norm = norm_of(self);
        return norm.is_none() ? x : norm(x);
      },
      "src"_a, "mask"_a = py::none(), "src_key_padding_mask"_a = py::none(), "is_causal"_a = py::none(),
      "The result of all layers, each with the same masks.");

  ModuleClass<nn::TransformerDecoder, nn::Module> decoder(
      m, "TransformerDecoder",
      "Copies of a layer, one after another, then `norm`, if there is one.\n\nExample:\n    >>> layer = "
      "ingot.nn.TransformerDecoderLayer(8, 2, batch_first=True)\n    >>> ingot.nn.TransformerDecoder(layer, "
      "2)(ingot.ones((2, 5, 8)), ingot.ones((2, 7, 8))).shape\n    (2, 5, 8)");
  def_stack_init(decoder, "decoder_layer");
  decoder.def(
      "forward",
      [](const py::object& self, const py::object& tgt, const py::object& memory, const py::object& tgt_mask,
         const py::object& memory_mask, const py::object& tgt_padding, const py::object& memory_padding,
         std::optional<bool> tgt_is_causal, bool memory_is_causal) {
        py::object x = tgt;
        for (py::handle layer : self.attr("layers"))
          x = layer(x, memory, "tgt_mask"_a = tgt_mask, "memory_mask"_a = memory_mask,
                    "tgt_key_padding_mask"_a = tgt_padding, "memory_key_padding_mask"_a = memory_padding,
                    "tgt_is_causal"_a = tgt_is_causal.value_or(false), "memory_is_causal"_a = memory_is_causal);
        const py::object norm = norm_of(self);
        return norm.is_none() ? x : norm(x);
      },
      "tgt"_a, "memory"_a, "tgt_mask"_a = py::none(), "memory_mask"_a = py::none(),
      "tgt_key_padding_mask"_a = py::none(), "memory_key_padding_mask"_a = py::none(), "tgt_is_causal"_a = py::none(),
      "memory_is_causal"_a = false, "The result of all layers, each with the same masks and the same memory.");
}

void register_transformer(py::module_& m) {
  using T = nn::Transformer;
  ModuleClass<T, nn::Module> type(
      m, "Transformer",
      "An encoder and a decoder, each a stack of layers with a last layer norm (Vaswani et al., 2017). Matrices start "
      "as "
      "`init.xavier_uniform_` draws them.\n\nExample:\n    >>> model = ingot.nn.Transformer(8, 2, 1, 1, 16, "
      "batch_first=True)\n    >>> model(ingot.ones((2, 7, 8)), ingot.ones((2, 5, 8))).shape\n    (2, 5, 8)");
  type.def(
      "__init__",
      [](py::detail::value_and_holder& slot, int64_t d_model, int64_t nhead, int64_t num_encoder_layers,
         int64_t num_decoder_layers, int64_t dim_feedforward, double dropout, const py::object& activation,
         const py::object& custom_encoder, const py::object& custom_decoder, double layer_norm_eps, bool batch_first,
         bool norm_first, bool bias, const std::optional<Device>& device, std::optional<DType> dtype) {
        if (device) require_available(*device);
        const ChosenActivation chosen(activation);
        nn::TransformerOptions options{{d_model, nhead, dim_feedforward, dropout, chosen.word, layer_norm_eps,
                                        batch_first, norm_first, bias, dtype.value_or(DType::float32)},
                                       num_encoder_layers,
                                       num_decoder_layers};
        make_module<T>(slot, std::move(options));
        T& self = *static_cast<T*>(slot.value_ptr());
        if (!custom_encoder.is_none()) self.register_module("encoder", own(custom_encoder));
        if (!custom_decoder.is_none()) self.register_module("decoder", own(custom_decoder));
        if (chosen.function.is_none()) return;
        for (const char* part : {"encoder", "decoder"}) {
          nn::Module& layers = self.get_submodule(concat(part, ".layers"));
          const auto children = layers.children();
          for (const auto& [name, layer] : children)
            child_of(layers, name, layer).attr("__dict__")["activation_function"] = chosen.function;
        }
      },
      py::detail::is_new_style_constructor(), "d_model"_a = 512, "nhead"_a = 8, "num_encoder_layers"_a = 6,
      "num_decoder_layers"_a = 6, "dim_feedforward"_a = 2048, "dropout"_a = 0.1, "activation"_a = "relu",
      "custom_encoder"_a = py::none(), "custom_decoder"_a = py::none(), "layer_norm_eps"_a = 1e-5,
      "batch_first"_a = false, "norm_first"_a = false, "bias"_a = true, "device"_a = py::none(),
      "dtype"_a = py::none());
  type.def_property_readonly("d_model", [](const T& self) { return self.options().layer.d_model; })
      .def_property_readonly("nhead", [](const T& self) { return self.options().layer.nhead; })
      .def_property_readonly("batch_first", [](const T& self) { return self.options().layer.batch_first; })
      .def(
          "forward",
          [](const py::object& self, const ArrayLike& src, const ArrayLike& tgt, const py::object& src_mask,
             const py::object& tgt_mask, const py::object& memory_mask, const py::object& src_padding,
             const py::object& tgt_padding, const py::object& memory_padding, std::optional<bool> src_is_causal,
             std::optional<bool> tgt_is_causal, bool memory_is_causal) {
            py::cast<T&>(self).check_inputs(src, tgt);
            const py::object memory = self.attr("encoder")(
                src.value, "mask"_a = src_mask, "src_key_padding_mask"_a = src_padding, "is_causal"_a = src_is_causal);
            return py::object(self.attr("decoder")(
                tgt.value, memory, "tgt_mask"_a = tgt_mask, "memory_mask"_a = memory_mask,
                "tgt_key_padding_mask"_a = tgt_padding, "memory_key_padding_mask"_a = memory_padding,
                "tgt_is_causal"_a = tgt_is_causal, "memory_is_causal"_a = memory_is_causal));
          },
          "src"_a, "tgt"_a, "src_mask"_a = py::none(), "tgt_mask"_a = py::none(), "memory_mask"_a = py::none(),
          "src_key_padding_mask"_a = py::none(), "tgt_key_padding_mask"_a = py::none(),
          "memory_key_padding_mask"_a = py::none(), "src_is_causal"_a = py::none(), "tgt_is_causal"_a = py::none(),
          "memory_is_causal"_a = false, "The decoder's result for sequences `src` and `tgt`.")
      .def_static(
          "generate_square_subsequent_mask",
          [](int64_t size, const std::optional<Device>& device, std::optional<DType> dtype) {
            if (device) require_available(*device);
            return nn::square_subsequent_mask(size, dtype.value_or(DType::float32));
          },
          "sz"_a, "device"_a = py::none(), "dtype"_a = py::none(),
          "(sz, sz): -inf where a query would see a later key, else 0.\n\nExample:\n    >>> "
          "print(ingot.nn.Transformer.generate_square_subsequent_mask(2))\n    [[  0. -inf]\n     [  0.   0.]]");
}

void register_positions(py::module_& m) {
  def_layer<nn::SinusoidalPositionalEncoding>(
      m, "SinusoidalPositionalEncoding",
      "Sines, then cosines, of positions (...) at `dims / 2` frequencies from `max_freq` down to `min_freq`, times "
      "`scale` "
      "(sqrt(2 / dims) by default): (..., dims) (Vaswani et al., 2017).\n\nExample:\n    >>> "
      "ingot.nn.SinusoidalPositionalEncoding(8)(ingot.arange(5)).shape\n    (5, 8)");
  auto rope = def_described<nn::RoPE>(
      m, "RoPE",
      "Rotary position embedding: pairs of the first `dims` elements of (..., T, D) turned by angles `position * scale "
      "/ "
      "base^(2 i / dims)`. A pair is element i of both halves, or with `traditional` two neighbours (Su et al., "
      "2021).\n\nExample:\n    >>> ingot.nn.RoPE(8)(ingot.ones((2, 5, 8)), offset=3).shape\n    (2, 5, 8)");
  rope.def(
      "forward", [](nn::RoPE& self, const ArrayLike& x, int64_t offset) { return self.nn::RoPE::forward(x, offset); },
      "x"_a, "offset"_a = 0, "The first position is `offset`.");
  ModuleClass<nn::ALiBi, nn::Module> alibi(
      m, "ALiBi",
      "Attention scores (..., heads, L, S) minus the distance of query and key times a slope for each head, 2^(-8 h / "
      "heads) (Press et al., 2022).\n\nExample:\n    >>> ingot.nn.ALiBi()(ingot.zeros((1, 4, 3, 3))).shape\n    (1, 4, "
      "3, "
      "3)");
  alibi.def(py::init<>())
      .def(
          "forward",
          [](nn::ALiBi& self, const ArrayLike& scores, int64_t offset, const OptionalArray& mask) {
            const Array biased = self.nn::ALiBi::forward(scores, offset);
            return mask ? biased + mask->value : biased;
          },
          "attention_scores"_a, "offset"_a = 0, "mask"_a = py::none(),
          "The first query is at position `offset`; `mask` is added too.");
}

}  // namespace

void register_nn_transformer(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  register_transformer_layers(m);
  register_stacks(m);
  register_transformer(m);
  register_positions(m);
}

}  // namespace ingot::python
