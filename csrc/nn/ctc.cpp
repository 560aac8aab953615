// Connectionist temporal classification, after Graves et al., "Connectionist Temporal Classification: Labelling
// Unsegmented Sequence Data with Recurrent Neural Networks" (2006): the forward variables of section 4.1, in
// logarithms.
#include <limits>

#include "ingot/engine/eval.h"
#include "ingot/nn/loss_functions.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"

namespace ingot::nn::functional {

namespace {

/// The logarithm of what is impossible: finite, so that differences of two of them are not NaN.
constexpr double kImpossible = -1e30;

/// Targets that follow one another as rows of one length.
Array padded_targets(const Array& targets, const Array& lengths, int64_t blank) {
  const std::vector<int64_t> values = to_vector<int64_t>(targets), counts = to_vector<int64_t>(lengths);
  int64_t longest = 0, total = 0;
  for (const int64_t count : counts) {
    if (count < 0) throw ValueError("ctc_loss: target_lengths must not be negative, got ", count);
    longest = std::max(longest, count);
    total += count;
  }
  if (total != targets.size())
    throw ShapeError("ctc_loss: ", targets.size(), " targets in a row do not have the lengths given, ", total,
                     " in all");
  std::vector<int64_t> rows(counts.size() * static_cast<size_t>(longest), blank);
  auto next = values.begin();
  for (size_t i = 0; i < counts.size(); ++i) {
    std::copy_n(next, counts[i], rows.begin() + static_cast<std::ptrdiff_t>(i) * longest);
    next += counts[i];
  }
  return ingot::array(rows, {static_cast<int64_t>(counts.size()), longest});
}

/// `x` (N, L) moved up by `places` along its last axis, with what is impossible in front.
Array shifted(const Array& x, int64_t places) {
  const int64_t kept = std::max<int64_t>(x.shape(1) - places, 0);
  return pad(slice(x, {0, 0}, {x.shape(0), kept}, {1, 1}), {{0, 0}, {x.shape(1) - kept, 0}}, kImpossible);
}

Array step_of(const Array& emitted, int64_t t) {
  return reshape(slice(emitted, {t, 0, 0}, {t + 1, emitted.shape(1), emitted.shape(2)}, {1, 1, 1}),
                 {emitted.shape(1), emitted.shape(2)});
}

}  // namespace

Array ctc_loss(const Array& log_probs, const Array& targets, const Array& input_lengths, const Array& target_lengths,
               const CTCLossOptions& options) {
  for (const Array& x : {log_probs, targets, input_lengths, target_lengths})
    if (!x.defined()) throw ValueError("ctc_loss: an operand is an undefined array");
  const bool single = log_probs.ndim() == 2;
  if (!single && log_probs.ndim() != 3)
    throw ShapeError("ctc_loss: expected log_probs (T, N, C) or (T, C), got shape ", log_probs.shape());
  if (is_floating(targets.dtype()))  // as PyTorch's scripts have them
    return ctc_loss(log_probs, astype(targets, DType::int64), input_lengths, target_lengths, options);
  if (!is_integer(targets.dtype()) || !is_integer(input_lengths.dtype()) || !is_integer(target_lengths.dtype()))
    throw TypeError("ctc_loss: targets and lengths must be integers, got ", targets.dtype(), ", ",
                    input_lengths.dtype(), " and ", target_lengths.dtype());
  // Half precision has no number for the impossible.
  const Array wide = astype(log_probs, compute_dtype(log_probs.dtype()));
  const Array scores = single ? expand_dims(wide, {1}) : wide;
  const int64_t steps = scores.shape(0), count = scores.shape(1), classes = scores.shape(2);
  if (options.blank < 0 || options.blank >= classes)
    throw ValueError("ctc_loss: blank ", options.blank, " is not one of ", classes, " classes");
  if (steps == 0)
    throw ShapeError("ctc_loss: expected log_probs of at least one time step, got shape ", log_probs.shape());
  if (input_lengths.size() != count || target_lengths.size() != count)
    throw ShapeError("ctc_loss: expected ", count, " input_lengths and target_lengths, got shapes ",
                     input_lengths.shape(), " and ", target_lengths.shape());
  const Array in_lengths = reshape(astype(input_lengths, DType::int64), {count, 1});
  const Array lengths = reshape(astype(target_lengths, DType::int64), {count, 1});
  Array labels = astype(targets, DType::int64);
  if (single && labels.ndim() == 1) labels = expand_dims(labels, {0});
  if (labels.ndim() == 1) labels = padded_targets(labels, lengths, options.blank);
  if (labels.ndim() != 2 || labels.shape(0) != count)
    throw ShapeError("ctc_loss: expected targets (", count, ", S) or all in a row, got shape ", targets.shape());

  // Labels with a blank in front of, between and behind them: (N, 2 S + 1).
  const int64_t longest = labels.shape(1), states = 2 * longest + 1;
  const auto positions = [](int64_t n) { return arange(int64_t{0}, n, int64_t{1}, DType::int64); };
  const Array own = where(positions(longest) < lengths, labels, options.blank);
  const Array blanks = full({count, longest, 1}, options.blank, DType::int64);
  const Array extended = concatenate({reshape(concatenate({blanks, expand_dims(own, {2})}, 2), {count, 2 * longest}),
                                      full({count, 1}, options.blank, DType::int64)},
                                     1);
  const Array before = concatenate({full({count, std::min<int64_t>(2, states)}, options.blank, DType::int64),
                                    slice(extended, {0, 0}, {count, std::max<int64_t>(states - 2, 0)}, {1, 1})},
                                   1);
  // Between two different labels the blank may be left out.
  const Array may_skip = logical_and(extended != options.blank, extended != before);

  const Array emitted =
      take_along_axis(scores, broadcast_to(reshape(extended, {1, count, states}), {steps, count, states}), 2);
  const Array begins = positions(states) <= minimum(lengths, 1);
  Array alpha = where(begins, maximum(step_of(emitted, 0), kImpossible), kImpossible);
  for (int64_t t = 1; t < steps; ++t) {
    const Array stayed = logaddexp(alpha, shifted(alpha, 1));
    const Array arrived = logaddexp(stayed, where(may_skip, shifted(alpha, 2), kImpossible));
    alpha = where(in_lengths > t, maximum(arrived + step_of(emitted, t), kImpossible), alpha);
  }
  const Array last = take_along_axis(alpha, 2 * lengths, 1);
  const Array last_label = take_along_axis(alpha, maximum(2 * lengths - 1, 0), 1);
  Array losses = -squeeze(where(lengths > 0, logaddexp(last, last_label), last), Axes{1});
  const Array possible = losses < -0.5 * kImpossible;
  losses = where(possible, losses, options.zero_infinity ? 0 : std::numeric_limits<double>::infinity());
  if (options.reduction == Reduction::mean)
    losses = losses / astype(maximum(reshape(lengths, {count}), 1), losses.dtype());
  losses = astype(losses, log_probs.dtype());
  return reduced(single && options.reduction == Reduction::none ? squeeze(losses, Axes{0}) : losses, options.reduction);
}

}  // namespace ingot::nn::functional
