#include "ingot/nn/functional.h"

#include <utility>

#include "ingot/engine/jit.h"
#include "ingot/io/named_arrays.h"
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

namespace {

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

/// Throws IndexError for a class index outside of [0, classes), at the line that made it: the indices are known.
void check_classes(const Array& target, int64_t classes, int64_t ignored) {
  Value keep_alive;
  const Tensor indices = read_dense(target, keep_alive);
  visit(target.dtype(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      const T* index = indices.as<T>();
      for (int64_t i = 0; i < target.size(); ++i)
        if ((std::cmp_less(index[i], 0) || std::cmp_greater_equal(index[i], classes)) &&
            !std::cmp_equal(index[i], ignored))
          throw IndexError("cross_entropy: class index ", +index[i], " is out of range for ", classes, " classes");
    }
  });
}

/// Throws unless `target` holds class indices for `input`.
void check_class_target(const Array& input, const Array& target, int64_t class_axis, int64_t ignored) {
  if (!is_integer(target.dtype()))
    throw TypeError(
        "cross_entropy: target must hold class indices (an integer dtype) or probabilities (a floating dtype), got ",
        target.dtype());
  const Shape expected = reduced_shape(input.shape(), {class_axis}, false);
  if (target.shape() != expected)
    throw ShapeError("cross_entropy: class indices for an input of shape ", input.shape(), " must have shape ",
                     expected, ", got ", target.shape(),
                     target.shape() == input.shape() ? "; one-hot targets must have a floating dtype" : "");
  if (target.peek().evaluated() && !is_recording()) check_classes(target, input.shape(class_axis), ignored);
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
  if (input.shape() != target.shape() && input.ndim() > 0 && target.ndim() > 0)
    throw ShapeError("mse_loss: input has shape ", input.shape(), " and target ", target.shape(),
                     "; they must be equal, since broadcasting would compare elements that do not belong together. "
                     "Reshape one to the other's shape");
  return reduced(square(input - target), reduction);
}

Array cross_entropy(const Array& input, const Array& target, const CrossEntropyOptions& options) {
  if (input.ndim() == 0)
    throw ShapeError("cross_entropy: input must have a class axis, (C,) or (N, C, ...), got shape ()");
  if (!(options.label_smoothing >= 0 && options.label_smoothing <= 1))
    throw ValueError("cross_entropy: expected a label_smoothing in [0, 1], got ", options.label_smoothing);
  const int64_t class_axis = input.ndim() == 1 ? 0 : 1;
  if (options.weight.defined() && options.weight.shape() != Shape{input.shape(class_axis)})
    throw ShapeError("cross_entropy: expected a weight of shape (", input.shape(class_axis),
                     ",), one for each class, got ", options.weight.shape());
  if (is_floating(target.dtype())) return probability_cross_entropy(input, target, class_axis, options);

  check_class_target(input, target, class_axis, options.ignore_index);
  const Array logits = input.ndim() > 2 ? moveaxis(input, class_axis, -1) : input;
  if (options.weight.defined() || options.label_smoothing > 0) return weighted_cross_entropy(logits, target, options);
  if (options.reduction == Reduction::mean) return mean_class_cross_entropy(logits, target, options.ignore_index);
  return reduced(class_cross_entropy(logits, target, options.ignore_index), options.reduction);
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

Array gelu_tanh(const Array& x) {
  const Array inner = (x + 0.044715 * x * square(x)) * 0.7978845608028654;
  return 0.5 * x * (1 + tanh(inner));
}

Array (*gelu_named(std::string_view approximate))(const Array&) {
  if (approximate == "none") return gelu;
  if (approximate == "tanh") return gelu_tanh;
  throw ValueError("gelu: expected approximate to be 'none' or 'tanh', got '", approximate, "'");
}

}  // namespace functional

}  // namespace ingot::nn
