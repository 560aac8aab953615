// Recurrent layers, cells, and packed sequences (`nn.utils.rnn`).
#include "ingot/nn/recurrent.h"

#include "ingot/engine/eval.h"
#include "ingot/ops/creation.h"
#include "nn_bind.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using nn::PackedSequence;

py::object or_none(const Array& x) { return x.defined() ? py::cast(x) : py::none(); }

/// `hx` as the user passes it: nothing, a state, or for an LSTM a pair of states.
std::pair<Array, Array> states_from(const py::object& hx, bool lstm) {
  if (hx.is_none()) return {};
  if (!lstm) return {from_python(hx), {}};
  if (!(PyTuple_Check(hx.ptr()) || PyList_Check(hx.ptr())) || py::len(hx) != 2)
    throw TypeError("LSTM: expected hx to be a tuple (h, c) of two states");
  const py::sequence pair(hx);
  return {from_python(py::object(pair[0])), from_python(py::object(pair[1]))};
}

py::object states_of(const Array& hidden, const Array& cell) {
  return cell.defined() ? py::object(py::make_tuple(hidden, cell)) : py::cast(hidden);
}

template <class R>
py::tuple forward(R& self, const py::object& input, const py::object& hx) {
  const auto [hidden, cell] = states_from(hx, self.kind() == nn::RecurrentKind::lstm);
  if (py::isinstance<PackedSequence>(input)) {
    const auto result = self.R::forward(py::cast<const PackedSequence&>(input), hidden, cell);
    return py::make_tuple(result.output, states_of(result.hidden, result.cell));
  }
  const auto result = self.R::forward(from_python(input), hidden, cell);
  return py::make_tuple(result.output, states_of(result.hidden, result.cell));
}

template <class R>
void def_members(ModuleClass<R, nn::Module>& type) {
  type.def_property_readonly("input_size", [](const R& self) { return self.options().input_size; })
      .def_property_readonly("hidden_size", [](const R& self) { return self.options().hidden_size; })
      .def_property_readonly("num_layers", [](const R& self) { return self.options().num_layers; })
      .def_property_readonly("bias", [](const R& self) { return self.options().bias; })
      .def_property_readonly("batch_first", [](const R& self) { return self.options().batch_first; })
      .def_property_readonly("dropout", [](const R& self) { return self.options().dropout; })
      .def_property_readonly("bidirectional", [](const R& self) { return self.options().bidirectional; })
      .def(
          "reset_parameters", [](R& self) { self.reset_parameters(); }, "Draws all parameters anew.")
      .def(
          "flatten_parameters", [](R&) {}, "Does nothing: parameters need no special place in memory here.")
      .def("forward", forward<R>, "input"_a, "hx"_a = py::none(),
           "Outputs of all steps and the last states, for a batch of sequences or a PackedSequence.");
}

std::string doc_of(const char* name, const char* formulas, const char* state) {
  return concat(formulas,
                "\n\nCalled with sequences (L, N, input_size) ((N, L, input_size) with `batch_first`, (L, input_size) "
                "without a batch, or a PackedSequence) and, optionally, initial states: gives the outputs (L, N, "
                "directions * hidden_size) and ",
                state,
                " (num_layers * directions, N, hidden_size).\n\nParameters have PyTorch's names, `weight_ih_l0`, "
                "`weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0` and so on, and start in U(-k, k) with k = 1 / "
                "sqrt(hidden_size).\n\nExample:\n    >>> y, state = ingot.nn.",
                name,
                "(3, 5, num_layers=2, bidirectional=True)(ingot.ones((7, 2, 3)))\n    >>> y.shape\n    (7, 2, 10)");
}

template <class R>
std::shared_ptr<R> make(nn::RecurrentOptions options, const std::optional<Device>& device, std::optional<DType> dtype) {
  if (device) require_available(*device);
  if (dtype) options.dtype = *dtype;
  return std::make_shared<R>(std::move(options));
}

void register_recurrent_layers(py::module_& m) {
  const auto make_rnn = [](auto tag) {
    return [tag](int64_t input_size, int64_t hidden_size, int64_t num_layers, const std::string& nonlinearity,
                 bool bias, bool batch_first, double dropout, bool bidirectional, const std::optional<Device>& device,
                 std::optional<DType> dtype) {
      return make<typename decltype(tag)::type>(
          {input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, 0, nonlinearity}, device,
          dtype);
    };
  };
  ModuleClass<nn::RNN, nn::Module> rnn(
      m, "RNN",
      doc_of("RNN", "`h' = tanh(W_ih x + b_ih + W_hh h + b_hh)`, or with relu (Elman, 1990).", "the last states")
          .c_str());
  rnn.def(py::init(make_rnn(TypeTag<nn::RNN>()), make_rnn(TypeTag<PythonModule<nn::RNN>>())), "input_size"_a,
          "hidden_size"_a, "num_layers"_a = 1, "nonlinearity"_a = "tanh", "bias"_a = true, "batch_first"_a = false,
          "dropout"_a = 0.0, "bidirectional"_a = false, "device"_a = py::none(), "dtype"_a = py::none())
      .def_property_readonly("nonlinearity", [](const nn::RNN& self) { return self.options().nonlinearity; });
  def_members(rnn);

  const auto make_lstm = [](auto tag) {
    return [tag](int64_t input_size, int64_t hidden_size, int64_t num_layers, bool bias, bool batch_first,
                 double dropout, bool bidirectional, int64_t proj_size, const std::optional<Device>& device,
                 std::optional<DType> dtype) {
      return make<typename decltype(tag)::type>(
          {input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size}, device, dtype);
    };
  };
  ModuleClass<nn::LSTM, nn::Module> lstm(
      m, "LSTM",
      doc_of(
          "LSTM",
          "`c' = f * c + i * g`, `h' = o * tanh(c')` with gates i, f, o = sigmoid(...) and g = tanh(...) of `W_ih x + "
          "b_ih + W_hh h + b_hh`, in the order i, f, g, o (Hochreiter and Schmidhuber, 1997). `proj_size` projects h' "
          "by `weight_hr_l0` (Sak et al., 2014).",
          "a pair (h, c) of the last states")
          .c_str());
  lstm.def(py::init(make_lstm(TypeTag<nn::LSTM>()), make_lstm(TypeTag<PythonModule<nn::LSTM>>())), "input_size"_a,
           "hidden_size"_a, "num_layers"_a = 1, "bias"_a = true, "batch_first"_a = false, "dropout"_a = 0.0,
           "bidirectional"_a = false, "proj_size"_a = 0, "device"_a = py::none(), "dtype"_a = py::none())
      .def_property_readonly("proj_size", [](const nn::LSTM& self) { return self.options().proj_size; });
  def_members(lstm);

  const auto make_gru = [](auto tag) {
    return [tag](int64_t input_size, int64_t hidden_size, int64_t num_layers, bool bias, bool batch_first,
                 double dropout, bool bidirectional, const std::optional<Device>& device, std::optional<DType> dtype) {
      return make<typename decltype(tag)::type>(
          {input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional}, device, dtype);
    };
  };
  ModuleClass<nn::GRU, nn::Module> gru(
      m, "GRU",
      doc_of("GRU",
             "`h' = (1 - z) * n + z * h` with r, z = sigmoid(...) and `n = tanh(W_in x + b_in + r * (W_hn h + b_hn))`, "
             "gates in the order r, z, n (Cho et al., 2014).",
             "the last states")
          .c_str());
  gru.def(py::init(make_gru(TypeTag<nn::GRU>()), make_gru(TypeTag<PythonModule<nn::GRU>>())), "input_size"_a,
          "hidden_size"_a, "num_layers"_a = 1, "bias"_a = true, "batch_first"_a = false, "dropout"_a = 0.0,
          "bidirectional"_a = false, "device"_a = py::none(), "dtype"_a = py::none());
  def_members(gru);
}

template <class C>
py::object cell_step(C& self, const ArrayLike& input, const py::object& hx) {
  constexpr bool lstm = std::is_same_v<C, nn::LSTMCell>;
  const auto [hidden, cell] = states_from(hx, lstm);
  const auto next = self.C::forward(input, hidden, cell);
  return states_of(next.hidden, next.cell);
}

template <class C, bool kNonlinearity>
void def_cell(py::module_& m, const char* name, const char* doc) {
  ModuleClass<C, nn::Module> type(
      m, name, concat(doc, "\n\nExample:\n    >>> state = ingot.nn.", name, "(3, 5)(ingot.ones((2, 3)))").c_str());
  const auto make_cell = [](auto tag, nn::CellOptions options, const std::optional<Device>& device,
                            std::optional<DType> dtype) {
    if (device) require_available(*device);
    if (dtype) options.dtype = *dtype;
    return std::make_shared<typename decltype(tag)::type>(std::move(options));
  };
  if constexpr (kNonlinearity) {
    const auto factory = [make_cell](auto tag) {
      return [=](int64_t input_size, int64_t hidden_size, bool bias, const std::string& nonlinearity,
                 const std::optional<Device>& device, std::optional<DType> dtype) {
        return make_cell(tag, {input_size, hidden_size, bias, nonlinearity}, device, dtype);
      };
    };
    type.def(py::init(factory(TypeTag<C>()), factory(TypeTag<PythonModule<C>>())), "input_size"_a, "hidden_size"_a,
             "bias"_a = true, "nonlinearity"_a = "tanh", "device"_a = py::none(), "dtype"_a = py::none())
        .def_property_readonly("nonlinearity", [](const C& self) { return self.options().nonlinearity; });
  } else {
    const auto factory = [make_cell](auto tag) {
      return [=](int64_t input_size, int64_t hidden_size, bool bias, const std::optional<Device>& device,
                 std::optional<DType> dtype) { return make_cell(tag, {input_size, hidden_size, bias}, device, dtype); };
    };
    type.def(py::init(factory(TypeTag<C>()), factory(TypeTag<PythonModule<C>>())), "input_size"_a, "hidden_size"_a,
             "bias"_a = true, "device"_a = py::none(), "dtype"_a = py::none());
  }
  type.def_property_readonly("input_size", [](const C& self) { return self.options().input_size; })
      .def_property_readonly("hidden_size", [](const C& self) { return self.options().hidden_size; })
      .def_property_readonly("bias", [](const C& self) { return self.options().bias; })
      .def(
          "reset_parameters", [](C& self) { self.reset_parameters(); }, "Draws all parameters anew.")
      .def("forward", cell_step<C>, "input"_a, "hx"_a = py::none(), "The next state.");
}

void register_packing(py::module_& nn_module) {
  py::module_ utils = nn_module.def_submodule("utils", "Helpers for gradients, parameters and sequences.");
  py::module_ m = utils.def_submodule("rnn", "Sequences of different lengths.");
  py::class_<PackedSequence> type(m, "PackedSequence",
                                  "Sequences of different lengths without padding, step by step, as "
                                  "`pack_padded_sequence` makes them and recurrent layers take them.");
  type.def(py::init([](const ArrayLike& data, const ArrayLike& batch_sizes, const OptionalArray& sorted,
                       const OptionalArray& unsorted) {
             return PackedSequence{data, to_vector<int64_t>(batch_sizes), or_undefined(sorted), or_undefined(unsorted)};
           }),
           "data"_a, "batch_sizes"_a, "sorted_indices"_a = py::none(), "unsorted_indices"_a = py::none())
      .def_property_readonly("data", [](const PackedSequence& self) { return self.data; })
      .def_property_readonly(
          "batch_sizes",
          [](const PackedSequence& self) {
            return ingot::array(self.batch_sizes, {static_cast<int64_t>(self.batch_sizes.size())});
          },
          "How many sequences reach each step.")
      .def_property_readonly("sorted_indices", [](const PackedSequence& self) { return or_none(self.sorted_indices); })
      .def_property_readonly("unsorted_indices",
                             [](const PackedSequence& self) { return or_none(self.unsorted_indices); });

  m.def(
      "pad_sequence",
      [](const std::vector<ArrayLike>& sequences, bool batch_first, double padding_value,
         const std::string& padding_side) {
        if (padding_side != "right" && padding_side != "left")
          throw ValueError("pad_sequence: expected padding_side 'right' or 'left', got '", padding_side, "'");
        return nn::functional::pad_sequence(to_arrays(sequences), batch_first, padding_value, padding_side == "left");
      },
      "sequences"_a, "batch_first"_a = false, "padding_value"_a = 0.0, "padding_side"_a = "right",
      "Sequences (T, *) of any lengths as one array (T, N, *), or (N, T, *), filled up with `padding_value`.\n\n"
      "Example:\n    >>> print(ingot.nn.utils.rnn.pad_sequence([ingot.ones(2), ingot.ones(1)], batch_first=True))\n    "
      "[[1. 1.]\n     [1. 0.]]");
  m.def(
      "pack_padded_sequence",
      [](const ArrayLike& input, const ArrayLike& lengths, bool batch_first, bool enforce_sorted) {
        return nn::functional::pack_padded_sequence(input, to_vector<int64_t>(lengths), batch_first, enforce_sorted);
      },
      "input"_a, "lengths"_a, "batch_first"_a = false, "enforce_sorted"_a = true,
      "A padded batch (T, N, *), or (N, T, *), of sequences of the given lengths, without the padding. Unless "
      "`enforce_sorted`, lengths may come in any order. Raises ValueError for lengths that do not fit.\n\n"
      "Example:\n    >>> packed = ingot.nn.utils.rnn.pack_padded_sequence(ingot.ones((3, 2, 4)), [3, 1])\n    >>> "
      "packed.data.shape, packed.batch_sizes.tolist()\n    ((4, 4), [2, 1, 1])");
  m.def(
      "pad_packed_sequence",
      [](const PackedSequence& sequence, bool batch_first, double padding_value, std::optional<int64_t> total_length) {
        const auto [padded, lengths] =
            nn::functional::pad_packed_sequence(sequence, batch_first, padding_value, total_length);
        return py::make_tuple(padded, ingot::array(lengths, {static_cast<int64_t>(lengths.size())}));
      },
      "sequence"_a, "batch_first"_a = false, "padding_value"_a = 0.0, "total_length"_a = py::none(),
      "The padded batch again, and the lengths.");
  m.def(
      "pack_sequence",
      [](const std::vector<ArrayLike>& sequences, bool enforce_sorted) {
        const std::vector<Array> arrays = to_arrays(sequences);
        std::vector<int64_t> lengths;
        for (const Array& each : arrays) lengths.push_back(each.ndim() > 0 ? each.shape(0) : 0);
        return nn::functional::pack_padded_sequence(nn::functional::pad_sequence(arrays), lengths, false,
                                                    enforce_sorted);
      },
      "sequences"_a, "enforce_sorted"_a = true, "Packs sequences (T, *) of different lengths.");
}

}  // namespace

void register_nn_recurrent(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  register_recurrent_layers(m);
  def_cell<nn::RNNCell, true>(m, "RNNCell", "One step of an RNN: (N, input_size) and a state (N, hidden_size).");
  def_cell<nn::LSTMCell, false>(m, "LSTMCell",
                                "One step of an LSTM: (N, input_size) and a pair of states (N, hidden_size).");
  def_cell<nn::GRUCell, false>(m, "GRUCell", "One step of a GRU: (N, input_size) and a state (N, hidden_size).");
  register_packing(m);
}

}  // namespace ingot::python
