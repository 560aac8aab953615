#include "ingot/nn/recurrent.h"

#include <algorithm>
#include <cmath>

#include "ingot/engine/eval.h"
#include "ingot/nn/init.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"

namespace ingot::nn {

namespace {

int64_t gates_of(RecurrentKind kind) { return kind == RecurrentKind::lstm ? 4 : kind == RecurrentKind::gru ? 3 : 1; }

void check_nonlinearity(const char* name, const std::string& word) {
  if (word != "tanh" && word != "relu")
    throw ValueError(name, ": expected nonlinearity 'tanh' or 'relu', got '", word, "'");
}

/// Rows `start` to `stop` of the first axis.
Array rows(const Array& x, int64_t start, int64_t stop) {
  Axes from(x.shape().size(), 0), to(x.shape()), step(x.shape().size(), 1);
  from[0] = start;
  to[0] = stop;
  return slice(x, from, to, step);
}

struct State {
  Array hidden, cell;
};

/// One step from what the input contributes to the gates (N, gates * hidden_size), bias included. `bias` is that of the
/// hidden state, which only a GRU needs apart; undefined where it has been added already.
State step(RecurrentKind kind, bool relu_rnn, const Array& gates, const State& before, const Array& weight,
           const Array& bias, const Array& projection) {
  const Array recurrent = linear(before.hidden, weight, bias);
  if (kind == RecurrentKind::rnn) {
    const Array sum = gates + recurrent;
    return {relu_rnn ? relu(sum) : tanh(sum), {}};
  }
  if (kind == RecurrentKind::gru) {
    const std::vector<Array> x = split(gates, 3, -1), h = split(recurrent, 3, -1);
    const Array reset = sigmoid(x[0] + h[0]), update = sigmoid(x[1] + h[1]);
    const Array candidate = tanh(x[2] + reset * h[2]);
    return {candidate + update * (before.hidden - candidate), {}};
  }
  const std::vector<Array> parts = split(gates + recurrent, 4, -1);
  const Array cell = sigmoid(parts[1]) * before.cell + sigmoid(parts[0]) * tanh(parts[2]);
  const Array hidden = sigmoid(parts[3]) * tanh(cell);
  return {projection.defined() ? linear(hidden, projection, {}) : hidden, cell};
}

/// What all inputs contribute to the gates. The biases of both sides can be added at once, except for a GRU, whose reset
/// gate acts on the hidden one.
Array input_gates(RecurrentKind kind, const Array& x, const Array& weight, const Array& bias,
                  const Array& hidden_bias) {
  // One after the other: what is added to a product is part of it if it need not be computed first.
  const Array gates = linear(x, weight, bias);
  return kind != RecurrentKind::gru && bias.defined() ? gates + autocast("linear", hidden_bias) : gates;
}

std::string name_of_weight(const char* kind, int64_t layer, int64_t direction) {
  return concat(kind, "_l", layer, direction ? "_reverse" : "");
}

Array index_array(const std::vector<int64_t>& values) {
  return ingot::array(values, {static_cast<int64_t>(values.size())});
}

}  // namespace

// ---- layers ----

Recurrent::Recurrent(RecurrentKind kind, const char* name, RecurrentOptions options)
    : kind_(kind), options_(std::move(options)) {
  const RecurrentOptions& o = options_;
  if (o.input_size < 1 || o.hidden_size < 1 || o.num_layers < 1)
    throw ValueError(name, ": input_size, hidden_size and num_layers must be at least 1, got ", o.input_size, ", ",
                     o.hidden_size, " and ", o.num_layers);
  if (!(o.dropout >= 0 && o.dropout <= 1)) throw ValueError(name, ": expected a dropout in [0, 1], got ", o.dropout);
  if (o.proj_size < 0 || o.proj_size >= o.hidden_size)
    throw ValueError(name, ": proj_size must be at least 0 and less than hidden_size, got ", o.proj_size);
  if (o.proj_size > 0 && kind != RecurrentKind::lstm)
    throw ValueError(name, ": proj_size is for LSTM only, got ", o.proj_size);
  check_nonlinearity(name, o.nonlinearity);
  const int64_t gates = gates_of(kind) * o.hidden_size;
  const auto add = [&](const char* part, int64_t layer, int64_t direction, const Shape& shape) {
    register_parameter(name_of_weight(part, layer, direction), parameter(zeros(shape, o.dtype)));
  };
  for (int64_t layer = 0; layer < o.num_layers; ++layer) {
    for (int64_t direction = 0; direction < directions(); ++direction) {
      add("weight_ih", layer, direction, {gates, layer ? state_width() * directions() : o.input_size});
      add("weight_hh", layer, direction, {gates, state_width()});
      if (o.bias) {
        add("bias_ih", layer, direction, {gates});
        add("bias_hh", layer, direction, {gates});
      }
      if (o.proj_size > 0) add("weight_hr", layer, direction, {o.proj_size, o.hidden_size});
    }
  }
  reset_parameters();
}

void Recurrent::reset_parameters() {
  const double bound = 1 / std::sqrt(static_cast<double>(options_.hidden_size));
  for (const auto& [name, array] : own_parameters()) init::uniform_(array, -bound, bound);
}

Recurrent::Weights Recurrent::weights(int64_t layer, int64_t direction) const {
  const auto get = [&](const char* part, bool there) {
    return there ? get_parameter(name_of_weight(part, layer, direction)) : Array();
  };
  return {get("weight_ih", true), get("weight_hh", true), get("bias_ih", options_.bias), get("bias_hh", options_.bias),
          get("weight_hr", options_.proj_size > 0)};
}

Recurrent::Run Recurrent::run(const Weights& w, const Array& x, const std::vector<int64_t>& batch_sizes, bool reverse,
                              const Array& hidden, const Array& cell) const {
  // One product for the inputs of all steps.
  const Array gates = input_gates(kind_, x, w.input, w.input_bias, w.hidden_bias);
  const Array bias = kind_ == RecurrentKind::gru ? w.hidden_bias : Array();
  const auto steps = static_cast<int64_t>(batch_sizes.size());
  std::vector<int64_t> starts{0};
  for (const int64_t size : batch_sizes) starts.push_back(starts.back() + size);

  // States of sequences that have ended (or, in reverse, not begun) wait behind those of the others.
  State state{hidden, cell};
  const int64_t whole = hidden.shape(0);
  std::vector<Array> outputs(static_cast<size_t>(steps));
  for (int64_t i = 0; i < steps; ++i) {
    const int64_t t = reverse ? steps - 1 - i : i;
    const int64_t size = batch_sizes[static_cast<size_t>(t)];
    const Array now = rows(gates, starts[static_cast<size_t>(t)], starts[static_cast<size_t>(t) + 1]);
    const bool all = size == whole;
    const auto active = [&](const Array& s) { return all || !s.defined() ? s : rows(s, 0, size); };
    const State next = step(kind_, options_.nonlinearity == "relu", now, {active(state.hidden), active(state.cell)},
                            w.hidden, bias, w.projection);
    const auto joined = [&](const Array& fresh, const Array& old) {
      return all || !fresh.defined() ? fresh : concatenate({fresh, rows(old, size, whole)}, 0);
    };
    outputs[static_cast<size_t>(t)] = next.hidden;
    state = {joined(next.hidden, state.hidden), joined(next.cell, state.cell)};
  }
  return {concatenate(outputs, 0), state.hidden, state.cell};
}

Recurrent::Result Recurrent::layers(Array x, const std::vector<int64_t>& batch_sizes, const Array& hidden,
                                    const Array& cell) const {
  const int64_t batch = batch_sizes[0];
  const bool lstm = kind_ == RecurrentKind::lstm;
  std::vector<Array> last_hidden, last_cell;
  for (int64_t layer = 0; layer < options_.num_layers; ++layer) {
    std::vector<Array> outputs;
    for (int64_t direction = 0; direction < directions(); ++direction) {
      const int64_t number = layer * directions() + direction;
      const auto initial = [&](const Array& given, int64_t width) {
        if (given.defined()) return reshape(rows(given, number, number + 1), {batch, width});
        return zeros({batch, width}, x.dtype());
      };
      const Run done = run(weights(layer, direction), x, batch_sizes, direction == 1, initial(hidden, state_width()),
                           lstm ? initial(cell, options_.hidden_size) : Array());
      outputs.push_back(done.output);
      last_hidden.push_back(done.hidden);
      if (lstm) last_cell.push_back(done.cell);
    }
    x = outputs.size() == 1 ? outputs[0] : concatenate(outputs, -1);
    if (layer + 1 < options_.num_layers) x = functional::dropout(x, options_.dropout, training());
  }
  return {x, stack(last_hidden, 0), lstm ? stack(last_cell, 0) : Array()};
}

void Recurrent::check_state(const char* what, const Array& state, int64_t width, int64_t batch) const {
  const Shape expected{options_.num_layers * directions(), batch, width};
  if (state.defined() && state.shape() != expected)
    throw ShapeError(type_name(), ": expected ", what, " of shape ", expected, ", got ", state.shape());
}

Recurrent::Result Recurrent::forward(const Array& input, const Array& hidden, const Array& cell) {
  if (!input.defined()) throw ValueError(type_name(), ": the array is undefined");
  const bool batched = input.ndim() == 3;
  if ((input.ndim() != 2 && !batched) || input.shape(-1) != options_.input_size)
    throw ShapeError(type_name(), ": expected an input of two axes, or three with a batch, the last of length ",
                     options_.input_size, ", got shape ", input.shape());
  const auto with_batch = [&](const Array& x) { return !x.defined() || batched ? x : expand_dims(x, {1}); };
  Array x = with_batch(input);
  if (batched && options_.batch_first) x = swapaxes(x, 0, 1);
  const int64_t steps = x.shape(0), batch = x.shape(1);
  if (steps == 0) throw ShapeError(type_name(), ": expected at least one time step, got shape ", input.shape());
  if (!batched && ((hidden.defined() && hidden.ndim() != 2) || (cell.defined() && cell.ndim() != 2)))
    throw ShapeError(type_name(), ": for an input without a batch, states have two axes, got shape ", hidden.shape());
  const Array h = with_batch(hidden), c = with_batch(cell);
  check_state("a hidden state", h, state_width(), batch);
  check_state("a cell state", c, options_.hidden_size, batch);
  if (kind_ == RecurrentKind::lstm && h.defined() != c.defined())
    throw ValueError("LSTM: expected both a hidden and a cell state, or none");

  Result result = layers(reshape(x, {steps * batch, options_.input_size}),
                         std::vector<int64_t>(static_cast<size_t>(steps), batch), h, c);
  result.output = reshape(result.output, {steps, batch, directions() * state_width()});
  if (!batched) {
    const auto without = [](const Array& y) { return y.defined() ? squeeze(y, Axes{1}) : y; };
    return {without(result.output), without(result.hidden), without(result.cell)};
  }
  if (options_.batch_first) result.output = swapaxes(result.output, 0, 1);
  return result;
}

Recurrent::PackedResult Recurrent::forward(const PackedSequence& x, const Array& hidden, const Array& cell) {
  if (!x.data.defined() || x.batch_sizes.empty()) throw ValueError(type_name(), ": the packed sequence is empty");
  if (x.data.ndim() != 2 || x.data.shape(1) != options_.input_size)
    throw ShapeError(type_name(), ": expected packed data (steps, ", options_.input_size, "), got shape ",
                     x.data.shape());
  check_state("a hidden state", hidden, state_width(), x.batch_sizes[0]);
  check_state("a cell state", cell, options_.hidden_size, x.batch_sizes[0]);
  if (kind_ == RecurrentKind::lstm && hidden.defined() != cell.defined())
    throw ValueError("LSTM: expected both a hidden and a cell state, or none");
  const auto permuted = [](const Array& state, const Array& order) {
    return state.defined() && order.defined() ? take(state, order, 1) : state;
  };
  const Result result =
      layers(x.data, x.batch_sizes, permuted(hidden, x.sorted_indices), permuted(cell, x.sorted_indices));
  return {{result.output, x.batch_sizes, x.sorted_indices, x.unsorted_indices},
          permuted(result.hidden, x.unsorted_indices),
          permuted(result.cell, x.unsorted_indices)};
}

std::string Recurrent::extra_repr() const {
  const RecurrentOptions& o = options_;
  std::string text = concat(o.input_size, ", ", o.hidden_size);
  if (o.proj_size > 0) text += concat(", proj_size=", o.proj_size);
  if (o.num_layers != 1) text += concat(", num_layers=", o.num_layers);
  if (!o.bias) text += ", bias=False";
  if (o.batch_first) text += ", batch_first=True";
  if (o.dropout > 0) text += ", dropout=" + option_text(o.dropout);
  if (o.bidirectional) text += ", bidirectional=True";
  return text;
}

Json Recurrent::config() const {
  const RecurrentOptions& o = options_;
  Json::Object config{{"input_size", o.input_size},      {"hidden_size", o.hidden_size},
                      {"num_layers", o.num_layers},      {"bias", o.bias},
                      {"batch_first", o.batch_first},    {"dropout", o.dropout},
                      {"bidirectional", o.bidirectional}};
  if (kind_ == RecurrentKind::lstm) config.emplace_back("proj_size", o.proj_size);
  if (kind_ == RecurrentKind::rnn) config.emplace_back("nonlinearity", o.nonlinearity);
  return config;
}

// ---- cells ----

RecurrentCell::RecurrentCell(RecurrentKind kind, const char* name, CellOptions options)
    : kind_(kind), options_(std::move(options)) {
  if (options_.input_size < 1 || options_.hidden_size < 1)
    throw ValueError(name, ": input_size and hidden_size must be at least 1, got ", options_.input_size, " and ",
                     options_.hidden_size);
  check_nonlinearity(name, options_.nonlinearity);
  const int64_t gates = gates_of(kind) * options_.hidden_size;
  const auto table = [&](const Shape& shape) { return parameter(zeros(shape, options_.dtype)); };
  register_parameter("weight_ih", table({gates, options_.input_size}));
  register_parameter("weight_hh", table({gates, options_.hidden_size}));
  register_parameter("bias_ih", options_.bias ? table({gates}) : Array());
  register_parameter("bias_hh", options_.bias ? table({gates}) : Array());
  reset_parameters();
}

void RecurrentCell::reset_parameters() {
  const double bound = 1 / std::sqrt(static_cast<double>(options_.hidden_size));
  for (const auto& [name, array] : own_parameters())
    if (array.defined()) init::uniform_(array, -bound, bound);
}

RecurrentCell::State RecurrentCell::forward(const Array& input, const Array& hidden, const Array& cell) {
  if (!input.defined()) throw ValueError(type_name(), ": the array is undefined");
  if ((input.ndim() != 1 && input.ndim() != 2) || input.shape(-1) != options_.input_size)
    throw ShapeError(type_name(), ": expected an input (N, ", options_.input_size, ") or (", options_.input_size,
                     ",), got shape ", input.shape());
  const bool batched = input.ndim() == 2;
  const Array x = batched ? input : expand_dims(input, {0});
  const auto state_of = [&](const char* what, const Array& given) {
    const Shape expected{x.shape(0), options_.hidden_size};
    if (!given.defined()) return zeros(expected, x.dtype());
    const Array state = batched ? given : expand_dims(given, {0});
    if (state.shape() != expected)
      throw ShapeError(type_name(), ": expected ", what, " of shape ", expected, batched ? "" : " without N", ", got ",
                       given.shape());
    return state;
  };
  const bool lstm = kind_ == RecurrentKind::lstm;
  const Array &bias = get_parameter("bias_ih"), &hidden_bias = get_parameter("bias_hh");
  const auto next =
      step(kind_, options_.nonlinearity == "relu", input_gates(kind_, x, get_parameter("weight_ih"), bias, hidden_bias),
           {state_of("a hidden state", hidden), lstm ? state_of("a cell state", cell) : Array()},
           get_parameter("weight_hh"), kind_ == RecurrentKind::gru ? hidden_bias : Array(), {});
  const auto finished = [&](const Array& y) { return batched || !y.defined() ? y : squeeze(y, Axes{0}); };
  return {finished(next.hidden), finished(next.cell)};
}

std::string RecurrentCell::extra_repr() const {
  std::string text = concat(options_.input_size, ", ", options_.hidden_size);
  if (!options_.bias) text += ", bias=False";
  if (kind_ == RecurrentKind::rnn && options_.nonlinearity != "tanh")
    text += ", nonlinearity=" + option_text(options_.nonlinearity);
  return text;
}

Json RecurrentCell::config() const {
  Json::Object config{
      {"input_size", options_.input_size}, {"hidden_size", options_.hidden_size}, {"bias", options_.bias}};
  if (kind_ == RecurrentKind::rnn) config.emplace_back("nonlinearity", options_.nonlinearity);
  return config;
}

// ---- packed sequences ----

namespace functional {

Array pad_sequence(const std::vector<Array>& sequences, bool batch_first, double value, bool left) {
  if (sequences.empty()) throw ValueError("pad_sequence: there are no sequences");
  int64_t longest = 0;
  for (const Array& each : sequences) {
    if (each.ndim() == 0) throw ShapeError("pad_sequence: a sequence has at least one axis, got shape ()");
    longest = std::max(longest, each.shape(0));
  }
  std::vector<Array> padded;
  for (const Array& each : sequences) {
    std::vector<std::pair<int64_t, int64_t>> widths(each.shape().size(), {0, 0});
    (left ? widths[0].first : widths[0].second) = longest - each.shape(0);
    padded.push_back(pad(each, widths, value));
  }
  return stack(padded, batch_first ? 0 : 1);
}

PackedSequence pack_padded_sequence(const Array& input, const std::vector<int64_t>& lengths, bool batch_first,
                                    bool enforce_sorted) {
  if (input.ndim() < 2)
    throw ShapeError("pack_padded_sequence: expected (T, N, *), or (N, T, *) with batch_first, got shape ",
                     input.shape());
  const Array x = batch_first ? input : swapaxes(input, 0, 1);
  const int64_t count = x.shape(0), steps = x.shape(1);
  if (static_cast<int64_t>(lengths.size()) != count || count == 0)
    throw ValueError("pack_padded_sequence: expected ", count, " lengths, one for each sequence, got ", lengths.size());
  std::vector<int64_t> order(lengths.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int64_t>(i);
  const auto length = [&](int64_t i) { return lengths[static_cast<size_t>(i)]; };
  if (!enforce_sorted)
    std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) { return length(a) > length(b); });
  for (size_t i = 0; i < order.size(); ++i) {
    if (length(order[i]) < 1 || length(order[i]) > steps)
      throw ValueError("pack_padded_sequence: expected lengths from 1 to ", steps, ", got ", length(order[i]));
    if (i > 0 && length(order[i]) > length(order[i - 1]))
      throw ValueError(
          "pack_padded_sequence: lengths must not increase; pass enforce_sorted=False to have them sorted");
  }
  PackedSequence packed;
  std::vector<int64_t> places;
  for (int64_t t = 0; t < length(order[0]); ++t) {
    int64_t size = 0;
    while (size < count && length(order[static_cast<size_t>(size)]) > t)
      places.push_back(order[static_cast<size_t>(size++)] * steps + t);
    packed.batch_sizes.push_back(size);
  }
  Shape flat(x.shape().begin() + 1, x.shape().end());
  flat[0] = count * steps;
  packed.data = take(reshape(x, flat), index_array(places), 0);
  if (!enforce_sorted) {
    std::vector<int64_t> back(order.size());
    for (size_t i = 0; i < order.size(); ++i) back[static_cast<size_t>(order[i])] = static_cast<int64_t>(i);
    packed.sorted_indices = index_array(order);
    packed.unsorted_indices = index_array(back);
  }
  return packed;
}

std::pair<Array, std::vector<int64_t>> pad_packed_sequence(const PackedSequence& packed, bool batch_first, double value,
                                                           std::optional<int64_t> total_length) {
  if (packed.batch_sizes.empty()) throw ValueError("pad_packed_sequence: the packed sequence is empty");
  const auto longest = static_cast<int64_t>(packed.batch_sizes.size());
  const int64_t count = packed.batch_sizes[0], steps = total_length.value_or(longest);
  if (steps < longest)
    throw ValueError("pad_packed_sequence: total_length ", steps, " is less than the longest sequence, ", longest);
  // Behind the data lies one row of padding, where all that is missing is taken from.
  std::vector<int64_t> places(static_cast<size_t>(count * steps), packed.data.shape(0)), lengths(count, 0);
  int64_t next = 0;
  for (int64_t t = 0; t < longest; ++t)
    for (int64_t n = 0; n < packed.batch_sizes[static_cast<size_t>(t)]; ++n) {
      places[static_cast<size_t>(n * steps + t)] = next++;
      lengths[static_cast<size_t>(n)] = t + 1;
    }
  std::vector<std::pair<int64_t, int64_t>> widths(packed.data.shape().size(), {0, 0});
  widths[0].second = 1;
  Array padded = take(pad(packed.data, widths, value), ingot::array(places, {count, steps}), 0);
  if (packed.unsorted_indices.defined()) {
    padded = take(padded, packed.unsorted_indices, 0);
    const std::vector<int64_t> order = to_vector<int64_t>(packed.unsorted_indices), sorted = lengths;
    for (size_t i = 0; i < order.size(); ++i) lengths[i] = sorted[static_cast<size_t>(order[i])];
  }
  return {batch_first ? padded : swapaxes(padded, 0, 1), lengths};
}

}  // namespace functional

}  // namespace ingot::nn
