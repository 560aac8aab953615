// Embeddings, one by one and in bags.
#include "ingot/nn/embedding.h"

#include "ingot/graph/grad_mode.h"
#include "ingot/ops/creation.h"
#include "nn_described.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using nn::Embedding;
using nn::EmbeddingBag;

/// Gives a table the values of `weight`.
void take_over(const Array& table, const OptionalArray& weight) {
  if (!weight) return;
  if (weight->value.shape() != table.shape())
    throw ShapeError("Embedding: expected a _weight of shape ", table.shape(), ", got ", weight->value.shape());
  table.rebind_unchecked(copied(*weight, table.dtype()).node());
}

std::pair<int64_t, int64_t> sizes_of(const Array& embeddings) {
  if (embeddings.ndim() != 2)
    throw ShapeError("from_pretrained: expected embeddings (n, d), got shape ", embeddings.shape());
  return {embeddings.shape(0), embeddings.shape(1)};
}

void register_embedding(py::module_& m) {
  ModuleClass<Embedding, nn::Module> type(
      m, "Embedding",
      "Row `x[...]` of `weight` (num_embeddings, embedding_dim) for each integer in x: (...) -> (..., "
      "embedding_dim).\n\n"
      "`weight` starts in N(0, 1). The row `padding_idx` starts as zeros and gets no gradient. Negative numbers count "
      "from the end. Rows that are looked up are first shortened, in place, to the norm `max_norm`; "
      "`scale_grad_by_freq` divides gradients by how often a row was looked up.\n\n"
      "Raises IndexError when evaluated if a number is out of range.\n\n"
      "Example:\n    >>> ingot.nn.Embedding(10, 3)(ingot.array([[1, 2], [9, 0]])).shape\n    (2, 2, 3)");
  type.def(
      "__init__",
      [](py::detail::value_and_holder& slot, int64_t num_embeddings, int64_t embedding_dim,
         std::optional<int64_t> padding_idx, std::optional<double> max_norm, double norm_type, bool scale_grad_by_freq,
         bool, const OptionalArray& weight, bool freeze, const std::optional<Device>& device,
         std::optional<DType> dtype) {
        if (device) require_available(*device);
        const DType natural = weight && is_floating(weight->value.dtype()) ? weight->value.dtype() : DType::float32;
        make_module<Embedding>(slot, nn::EmbeddingOptions{num_embeddings, embedding_dim, padding_idx, max_norm,
                                                          norm_type, scale_grad_by_freq, dtype.value_or(natural)});
        const Array& table = static_cast<Embedding*>(slot.value_ptr())->weight();
        take_over(table, weight);
        if (freeze) table.set_requires_grad(false);
      },
      py::detail::is_new_style_constructor(), "num_embeddings"_a, "embedding_dim"_a, "padding_idx"_a = py::none(),
      "max_norm"_a = py::none(), "norm_type"_a = 2.0, "scale_grad_by_freq"_a = false, "sparse"_a = false,
      "_weight"_a = py::none(), "_freeze"_a = false, "device"_a = py::none(), "dtype"_a = py::none());
  nn::for_each_field<nn::EmbeddingOptions>([&](const auto& field) {
    type.def_property_readonly(field.name,
                               [member = field.member](const Embedding& self) { return self.options().*member; });
  });
  type.def("reset_parameters", &Embedding::reset_parameters, "Draws the table anew.");
  def_forward<Embedding>(type);
  type.def_static(
      "from_pretrained",
      [](const ArrayLike& embeddings, bool freeze, std::optional<int64_t> padding_idx, std::optional<double> max_norm,
         double norm_type, bool scale_grad_by_freq, bool sparse) {
        const auto [count, width] = sizes_of(embeddings);
        return py::module_::import("ingot._core")
            .attr("nn")
            .attr("Embedding")(count, width, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse,
                               embeddings.value, freeze);
      },
      "embeddings"_a, "freeze"_a = true, "padding_idx"_a = py::none(), "max_norm"_a = py::none(), "norm_type"_a = 2.0,
      "scale_grad_by_freq"_a = false, "sparse"_a = false,
      "An Embedding of the given table (n, d), which does not learn if `freeze`.\n\nExample:\n    >>> table = "
      "ingot.nn.Embedding.from_pretrained(ingot.ones((3, 2)))\n    >>> table.weight.requires_grad\n    False");
}

void register_embedding_bag(py::module_& m) {
  auto type = def_described<EmbeddingBag>(
      m, "EmbeddingBag",
      "Sums, means or maxima of the rows of a table in bags: numbers (bags, numbers), or (numbers,) with `offsets` "
      "that "
      "say where each bag begins -> (bags, embedding_dim). `mode` is 'sum', 'mean' or 'max'; an empty bag gives zeros; "
      "`padding_idx` does not count. `sparse` is PyTorch's and changes nothing.\n\n"
      "Example:\n    >>> bags = ingot.nn.EmbeddingBag(10, 3, mode='sum')\n    >>> bags(ingot.array([1, 2, 4, 5, 4]), "
      "ingot.array([0, 2])).shape\n    (2, 3)");
  type.def("reset_parameters", &EmbeddingBag::reset_parameters, "Draws the table anew.")
      .def(
          "forward",
          [](EmbeddingBag& self, const ArrayLike& input, const OptionalArray& offsets,
             const OptionalArray& per_sample_weights) {
            return self.EmbeddingBag::forward(input, or_undefined(offsets), or_undefined(per_sample_weights));
          },
          "input"_a, "offsets"_a = py::none(), "per_sample_weights"_a = py::none(), "Computes the result.")
      .def_static(
          "from_pretrained",
          [](const ArrayLike& embeddings, bool freeze, std::optional<double> max_norm, double norm_type,
             bool scale_grad_by_freq, const std::string& mode, bool sparse, bool include_last_offset,
             std::optional<int64_t> padding_idx) {
            const auto [count, width] = sizes_of(embeddings);
            const py::object bag = py::module_::import("ingot._core")
                                       .attr("nn")
                                       .attr("EmbeddingBag")(count, width, max_norm, norm_type, scale_grad_by_freq,
                                                             mode, sparse, include_last_offset, padding_idx);
            const Array& table = module_of(bag.ptr())->get_parameter("weight");
            take_over(table, embeddings);
            if (freeze) table.set_requires_grad(false);
            return bag;
          },
          "embeddings"_a, "freeze"_a = true, "max_norm"_a = py::none(), "norm_type"_a = 2.0,
          "scale_grad_by_freq"_a = false, "mode"_a = "mean", "sparse"_a = false, "include_last_offset"_a = false,
          "padding_idx"_a = py::none(), "An EmbeddingBag of the given table (n, d), which does not learn if `freeze`.");
}

}  // namespace

void register_nn_embedding(py::module_& m) {
  register_embedding(m);
  register_embedding_bag(m);
  auto f = py::cast<py::module_>(m.attr("functional"));
  f.def(
      "embedding",
      [](const ArrayLike& input, const ArrayLike& weight, std::optional<int64_t> padding_idx,
         std::optional<double> max_norm, double norm_type, bool scale_grad_by_freq, bool) {
        return nn::functional::embedding(input, weight, {0, 0, padding_idx, max_norm, norm_type, scale_grad_by_freq});
      },
      "input"_a, "weight"_a, "padding_idx"_a = py::none(), "max_norm"_a = py::none(), "norm_type"_a = 2.0,
      "scale_grad_by_freq"_a = false, "sparse"_a = false,
      "Row `input[...]` of `weight` (n, d) for each integer in input: (...) -> (..., d). Negative numbers count from "
      "the end. The row `padding_idx` gets no gradient. `max_norm` shortens rows of `weight` in place first.\n\n"
      "Example:\n    >>> print(ingot.nn.functional.embedding(ingot.array([1, 0]), ingot.array([[1.0], "
      "[2.0]])).reshape(-1))\n    [2. 1.]");
  f.def(
      "embedding_bag",
      [](const ArrayLike& input, const ArrayLike& weight, const OptionalArray& offsets, std::optional<double> max_norm,
         double norm_type, bool scale_grad_by_freq, const std::string& mode, bool,
         const OptionalArray& per_sample_weights, bool include_last_offset, std::optional<int64_t> padding_idx) {
        if (max_norm) nn::functional::embedding(input, weight, {0, 0, {}, max_norm, norm_type});
        return nn::functional::embedding_bag(
            input, weight,
            {nn::functional::parse_bag_mode(mode), or_undefined(offsets), include_last_offset,
             or_undefined(per_sample_weights), padding_idx, scale_grad_by_freq});
      },
      "input"_a, "weight"_a, "offsets"_a = py::none(), "max_norm"_a = py::none(), "norm_type"_a = 2.0,
      "scale_grad_by_freq"_a = false, "mode"_a = "mean", "sparse"_a = false, "per_sample_weights"_a = py::none(),
      "include_last_offset"_a = false, "padding_idx"_a = py::none(),
      "Sums, means or maxima of the rows of `weight` in bags: numbers (bags, numbers), or (numbers,) with `offsets`.");
}

}  // namespace ingot::python
