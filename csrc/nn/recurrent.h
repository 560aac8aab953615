// Recurrent layers: many time steps, layers and directions; and single steps.
#pragma once

#include "ingot/nn/options.h"

namespace ingot::nn {

/// What a step computes from `x` and the hidden state.
enum class RecurrentKind { rnn, lstm, gru };

struct RecurrentOptions {
  int64_t input_size = 0;
  int64_t hidden_size = 0;
  int64_t num_layers = 1;
  bool bias = true;
  /// Sequences are (N, L, H); otherwise (L, N, H).
  bool batch_first = false;
  /// While training, of what goes from one layer to the next.
  double dropout = 0;
  bool bidirectional = false;
  /// LSTM: width of the hidden state after a projection; 0 means hidden_size, without one.
  int64_t proj_size = 0;
  /// RNN: "tanh" or "relu".
  std::string nonlinearity = "tanh";
  DType dtype = DType::float32;
};

/// Sequences of different lengths without padding, step by step: those that are still going on at a step come first.
struct PackedSequence {
  /// (sum of batch_sizes, *).
  Array data;
  /// How many sequences reach each step, not increasing.
  std::vector<int64_t> batch_sizes;
  /// Where the sequences of the packing come from, and where each has gone; undefined if they were sorted.
  Array sorted_indices = {}, unsorted_indices = {};
};

/// Base of `RNN`, `LSTM` and `GRU`.
///
/// Parameters as in PyTorch, for layer k: `weight_ih_lk` (gates * hidden_size, width), `weight_hh_lk` (gates *
/// hidden_size, hidden), `bias_ih_lk`, `bias_hh_lk`, `weight_hr_lk` (proj_size, hidden_size), and the same with
/// `_reverse` for the other direction; all from U(-s, s) with `s = 1 / sqrt(hidden_size)`.
class Recurrent : public Module {
 public:
  const RecurrentOptions& options() const noexcept { return options_; }
  RecurrentKind kind() const noexcept { return kind_; }
  /// Draws all parameters anew.
  void reset_parameters();

  struct Result {
    /// (L, N, directions * hidden), or as batch_first says.
    Array output;
    /// (num_layers * directions, N, hidden): the last hidden states; of an LSTM the cells' states, too.
    Array hidden, cell;
  };
  using Module::forward;
  /// Sequences (L, N, input_size), or without N, from the states given, zeros if undefined. Throws ShapeError.
  Result forward(const Array& x, const Array& hidden, const Array& cell = {});
  struct PackedResult {
    PackedSequence output;
    Array hidden, cell;
  };
  /// The same for packed sequences; states are in the order of the sequences before packing.
  PackedResult forward(const PackedSequence& x, const Array& hidden = {}, const Array& cell = {});

  std::string extra_repr() const override;
  Json config() const override;

 protected:
  Recurrent(RecurrentKind kind, const char* name, RecurrentOptions options);

 private:
  int64_t directions() const { return options_.bidirectional ? 2 : 1; }
  int64_t state_width() const { return options_.proj_size > 0 ? options_.proj_size : options_.hidden_size; }
  struct Weights {
    Array input, hidden, input_bias, hidden_bias, projection;
  };
  Weights weights(int64_t layer, int64_t direction) const;
  /// Steps of one layer in one direction.
  struct Run {
    Array output, hidden, cell;
  };
  Run run(const Weights& w, const Array& x, const std::vector<int64_t>& batch_sizes, bool reverse, const Array& hidden,
          const Array& cell) const;
  Result layers(Array x, const std::vector<int64_t>& batch_sizes, const Array& hidden, const Array& cell) const;
  void check_state(const char* what, const Array& state, int64_t width, int64_t batch) const;

  RecurrentKind kind_;
  RecurrentOptions options_;
};

#define INGOT_RECURRENT_CLASS(Name, kind)                                                                              \
  class Name : public Recurrent {                                                                                      \
   public:                                                                                                             \
    explicit Name(RecurrentOptions options) : Recurrent(kind, #Name, std::move(options)) {}                            \
    Name(int64_t input_size, int64_t hidden_size) : Name(RecurrentOptions{input_size, hidden_size}) {}                 \
    std::string type_name() const override { return #Name; }                                                           \
  };
INGOT_RECURRENT_CLASS(RNN, RecurrentKind::rnn)
INGOT_RECURRENT_CLASS(LSTM, RecurrentKind::lstm)
INGOT_RECURRENT_CLASS(GRU, RecurrentKind::gru)
#undef INGOT_RECURRENT_CLASS

struct CellOptions {
  int64_t input_size = 0;
  int64_t hidden_size = 0;
  bool bias = true;
  /// RNNCell: "tanh" or "relu".
  std::string nonlinearity = "tanh";
  DType dtype = DType::float32;
};

/// Base of `RNNCell`, `LSTMCell` and `GRUCell`: one step. Parameters `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`.
class RecurrentCell : public Module {
 public:
  const CellOptions& options() const noexcept { return options_; }
  void reset_parameters();

  struct State {
    Array hidden, cell;
  };
  using Module::forward;
  /// The next state for an input (N, input_size) or (input_size,), from the state given, zeros if undefined.
  State forward(const Array& x, const Array& hidden, const Array& cell = {});

  std::string extra_repr() const override;
  Json config() const override;

 protected:
  RecurrentCell(RecurrentKind kind, const char* name, CellOptions options);

 private:
  RecurrentKind kind_;
  CellOptions options_;
};

#define INGOT_CELL_CLASS(Name, kind)                                                                                   \
  class Name : public RecurrentCell {                                                                                  \
   public:                                                                                                             \
    explicit Name(CellOptions options) : RecurrentCell(kind, #Name, std::move(options)) {}                             \
    Name(int64_t input_size, int64_t hidden_size) : Name(CellOptions{input_size, hidden_size}) {}                      \
    std::string type_name() const override { return #Name; }                                                           \
  };
INGOT_CELL_CLASS(RNNCell, RecurrentKind::rnn)
INGOT_CELL_CLASS(LSTMCell, RecurrentKind::lstm)
INGOT_CELL_CLASS(GRUCell, RecurrentKind::gru)
#undef INGOT_CELL_CLASS

namespace functional {

/// Sequences (T, *) of any lengths as one array (T, N, *), or (N, T, *), filled up with `value`; on the left if
/// `left`. Throws ShapeError unless they agree behind the first axis.
Array pad_sequence(const std::vector<Array>& sequences, bool batch_first = false, double value = 0, bool left = false);
/// A padded batch (T, N, *), or (N, T, *), of sequences of the given lengths. Unless `enforce_sorted`, they are sorted by
/// length. Throws ValueError for lengths that do not fit or are not sorted.
PackedSequence pack_padded_sequence(const Array& x, const std::vector<int64_t>& lengths, bool batch_first = false,
                                    bool enforce_sorted = true);
/// The padded batch and the lengths again. `total_length`: at least so many steps.
std::pair<Array, std::vector<int64_t>> pad_packed_sequence(const PackedSequence& packed, bool batch_first = false,
                                                           double value = 0, std::optional<int64_t> total_length = {});

}  // namespace functional

}  // namespace ingot::nn
