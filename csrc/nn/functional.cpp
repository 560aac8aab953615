#include "ingot/nn/functional.h"

#include <utility>

#include "ingot/engine/jit.h"
#include "ingot/io/named_arrays.h"
#include "ingot/ops/activations.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/cross_entropy.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/random.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/softmax.h"

namespace ingot::nn {

Reduction parse_reduction(std::string_view name) {
  for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum})
    if (name == name_of(reduction)) return reduction;
  throw ValueError("reduction: expected 'none', 'mean' or 'sum', got '", name, "'");
}

const char* name_of(Reduction reduction) {
  switch (reduction) {
    case Reduction::none:
      return "none";
    case Reduction::mean:
      return "mean";
    case Reduction::sum:
      return "sum";
  }
  throw ValueError("reduction: no such value");
}

namespace functional {

Array reduced(const Array& losses, Reduction reduction) {
  switch (reduction) {
    case Reduction::mean:
      return mean(losses);
    case Reduction::sum:
      return sum(losses);
    case Reduction::none:
      break;
  }
  return losses;
}

void check_same_shapes(const char* op, const Array& input, const Array& target) {
  if (!input.defined() || !target.defined()) throw ValueError(op, ": an operand is an undefined array");
  if (input.shape() != target.shape() && input.ndim() > 0 && target.ndim() > 0)
    throw ShapeError(op, ": input has shape ", input.shape(), " and target ", target.shape(),
                     "; they must be equal, since broadcasting would compare elements that do not belong together. "
                     "Reshape one to the other's shape");
}

namespace {

/// Throws IndexError for a class index outside of [0, classes), at the line that made it: the indices are known.
void check_classes(const char* op, const Array& target, int64_t classes, int64_t ignored) {
  Value keep_alive;
  const Tensor indices = read_dense(target, keep_alive);
  visit(target.dtype(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      const T* index = indices.as<T>();
      for (int64_t i = 0; i < target.size(); ++i)
        if ((std::cmp_less(index[i], 0) || std::cmp_greater_equal(index[i], classes)) &&
            !std::cmp_equal(index[i], ignored))
          throw IndexError(op, ": class index ", +index[i], " is out of range for ", classes, " classes");
    }
  });
}

/// Throws unless `target` holds class indices for `input`.
void check_class_target(const char* op, const Array& input, const Array& target, int64_t class_axis, int64_t ignored) {
  if (!is_integer(target.dtype()))
    throw TypeError(op, ": target must hold class indices (an integer dtype)",
                    op == std::string_view("cross_entropy") ? " or probabilities (a floating dtype)" : "", ", got ",
                    target.dtype());
  const Shape expected = reduced_shape(input.shape(), {class_axis}, false);
  if (target.shape() != expected)
    throw ShapeError(op, ": class indices for an input of shape ", input.shape(), " must have shape ", expected,
                     ", got ", target.shape(),
                     target.shape() == input.shape() ? "; one-hot targets must have a floating dtype" : "");
  if (target.peek().evaluated() && !is_recording()) check_classes(op, target, input.shape(class_axis), ignored);
}

/// The axis of classes. Throws ShapeError if there is none, or if `weight` does not hold one number for each class.
int64_t class_axis_of(const char* op, const Array& input, const Array& weight) {
  if (input.ndim() == 0) throw ShapeError(op, ": input must have a class axis, (C,) or (N, C, ...), got shape ()");
  const int64_t class_axis = input.ndim() == 1 ? 0 : 1;
  if (weight.defined() && weight.shape() != Shape{input.shape(class_axis)})
    throw ShapeError(op, ": expected a weight of shape (", input.shape(class_axis), ",), one for each class, got ",
                     weight.shape());
  return class_axis;
}

/// `weight` along the class axis of an input of `ndim` axes.
Array along_classes(const Array& weight, int64_t class_axis, int64_t ndim) {
  Shape shape(static_cast<size_t>(ndim), 1);
  shape[static_cast<size_t>(class_axis)] = weight.size();
  return reshape(weight, shape);
}

Array probability_cross_entropy(const Array& input, const Array& target, int64_t class_axis,
                                const CrossEntropyOptions& options) {
  if (target.shape() != input.shape())
    throw ShapeError("cross_entropy: a floating target holds probabilities and must have the shape of input, ",
                     input.shape(), ", got ", target.shape(),
                     "; class indices must have an integer dtype, for example by astype(int32)");
  const double smoothing = options.label_smoothing;
  const auto classes = static_cast<double>(input.shape(class_axis));
  const Array smooth = smoothing > 0 ? target * (1 - smoothing) + smoothing / classes : target;
  Array terms = log_softmax(input, class_axis) * smooth;
  if (options.weight.defined()) terms = terms * along_classes(options.weight, class_axis, input.ndim());
  return reduced(-sum(terms, Axes{class_axis}), options.reduction);
}

/// Weighted or smoothed losses of class indices, which lie along the last axis of `logits`.
Array weighted_cross_entropy(const Array& logits, const Array& target, const CrossEntropyOptions& options) {
  const double smoothing = options.label_smoothing;
  const Array seen = target != options.ignore_index;
  const Array safe = where(seen, target, 0);
  Array losses = class_cross_entropy(logits, target, options.ignore_index);
  Array weight = astype(seen, losses.dtype());
  if (options.weight.defined()) {
    weight = weight * take(options.weight, safe, 0);
    losses = losses * weight;
  }
  if (smoothing > 0) {
    Array all = log_softmax(logits, -1);
    if (options.weight.defined()) all = all * options.weight;
    const Array even = where(seen, -mean(all, Axes{-1}), 0);
    losses = losses * (1 - smoothing) + even * smoothing;
  }
  return options.reduction == Reduction::mean ? sum(losses) / sum(weight) : reduced(losses, options.reduction);
}

}  // namespace

Array dropout(const Array& x, double p, bool training) {
  if (!(p >= 0 && p <= 1)) throw ValueError("dropout: expected a probability p in [0, 1], got ", p);
  if (!training || p == 0) return x;
  const Array kept = random::bernoulli(scalar(1 - p, DType::float32), x.shape());
  return where(kept, p < 1 ? x * (1 / (1 - p)) : x, 0);
}

Array mse_loss(const Array& input, const Array& target, Reduction reduction) {
  check_same_shapes("mse_loss", input, target);
  return reduced(square(input - target), reduction);
}

Array cross_entropy(const Array& input, const Array& target, const CrossEntropyOptions& options) {
  if (!(options.label_smoothing >= 0 && options.label_smoothing <= 1))
    throw ValueError("cross_entropy: expected a label_smoothing in [0, 1], got ", options.label_smoothing);
  const int64_t class_axis = class_axis_of("cross_entropy", input, options.weight);
  if (is_floating(target.dtype())) return probability_cross_entropy(input, target, class_axis, options);

  check_class_target("cross_entropy", input, target, class_axis, options.ignore_index);
  const Array logits = input.ndim() > 2 ? moveaxis(input, class_axis, -1) : input;
  if (options.weight.defined() || options.label_smoothing > 0) return weighted_cross_entropy(logits, target, options);
  if (options.reduction == Reduction::mean) return mean_class_cross_entropy(logits, target, options.ignore_index);
  return reduced(class_cross_entropy(logits, target, options.ignore_index), options.reduction);
}

Array nll_loss(const Array& input, const Array& target, const CrossEntropyOptions& options) {
  const int64_t class_axis = class_axis_of("nll_loss", input, options.weight);
  check_class_target("nll_loss", input, target, class_axis, options.ignore_index);
  const int64_t classes = input.shape(class_axis);
  const Array seen = target != options.ignore_index;
  // A negative number must not count from the end: it becomes one that is out of range.
  const Array safe = where(seen, where(target < 0, astype(full_like(target, classes), target.dtype()), target), 0);
  const Array picked = squeeze(take_along_axis(moveaxis(input, class_axis, -1), expand_dims(safe, {-1}), -1), Axes{-1});
  Array weight = astype(seen, picked.dtype());
  if (options.weight.defined()) weight = weight * take(options.weight, safe, 0);
  // What is ignored has no gradient, even where its probability is 0.
  const Array losses = where(seen, -picked, 0) * weight;
  return options.reduction == Reduction::mean ? sum(losses) / sum(weight) : reduced(losses, options.reduction);
}

Array gumbel_softmax(const Array& x, double tau, bool hard, int64_t axis) {
  if (!(tau > 0)) throw ValueError("gumbel_softmax: tau must be positive, got ", tau);
  const Array uniform = random::uniform(x.shape(), 0.0, 1.0, compute_dtype(to_inexact(x.dtype())));
  const Array noise = astype(-log(-log1p(-uniform)), to_inexact(x.dtype()));
  const Array soft = softmax((x + noise) / tau, axis);
  if (!hard) return soft;
  const int64_t along = normalize_axis(axis, x.ndim(), "gumbel_softmax");
  Shape positions(x.shape().size(), 1);
  positions[static_cast<size_t>(along)] = x.shape(along);
  const Array numbers = reshape(arange(int64_t{0}, x.shape(along), int64_t{1}, DType::int64), positions);
  const Array chosen = astype(numbers == argmax(soft, along, true), soft.dtype());
  return chosen + (soft - stop_gradient(soft));  // in this order exactly one-hot
}

Array embedding(const Array& x, const Array& weight, std::optional<int64_t> padding) {
  if (!x.defined() || !weight.defined()) throw ValueError("embedding: an operand is an undefined array");
  if (!is_integer(x.dtype())) throw TypeError("embedding: expected rows by number, an integer dtype, got ", x.dtype());
  if (weight.ndim() != 2) throw ShapeError("embedding: expected a weight of shape (n, d), got ", weight.shape());
  const Array rows = take(weight, x, 0);
  if (!padding) return rows;
  const int64_t count = weight.shape(0);
  if (*padding < -count || *padding >= count)
    throw ValueError("embedding: padding_idx ", *padding, " is out of range for ", count, " rows");
  const int64_t row = *padding < 0 ? *padding + count : *padding;
  return where(expand_dims(x == row, {-1}), stop_gradient(rows), rows);
}

Array gelu_tanh(const Array& x) { return ingot::gelu_tanh(x); }

Array (*gelu_named(std::string_view approximate))(const Array&) {
  if (approximate == "none") return gelu;
  if (approximate == "tanh") return gelu_tanh;
  throw ValueError("gelu: expected approximate to be 'none' or 'tanh', got '", approximate, "'");
}

}  // namespace functional

}  // namespace ingot::nn
