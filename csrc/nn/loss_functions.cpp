#include "ingot/nn/loss_functions.h"

#include <cmath>
#include <limits>

#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"

namespace ingot::nn::functional {

namespace {

Array log_sigmoid(const Array& x) { return -softplus(-x); }

/// `log(x)`, not below -100, with no gradient where x is 0.
Array bounded_log(const Array& x) {
  const Array positive = x > 0;
  return where(positive, maximum(log(where(positive, x, 1)), -100), -100);
}

Array weighted(const Array& losses, const Array& weight) { return weight.defined() ? losses * weight : losses; }

Array norm_along_last(const Array& x, double p, bool keepdim) {
  const Axes last{-1};
  if (p == 2) return sqrt(sum(square(x), last, keepdim));
  if (p == 1) return sum(abs(x), last, keepdim);
  if (std::isinf(p)) return p > 0 ? max(abs(x), last, keepdim) : min(abs(x), last, keepdim);
  return pow(sum(pow(abs(x), p), last, keepdim), 1 / p);
}

void check_known_sign(const Array& var) {
  if (!var.peek().evaluated() || is_recording()) return;
  if (item<bool>(any(var < 0)))
    throw ValueError("gaussian_nll_loss: var must not be negative; pass variances, not their logarithms");
}

/// (C,) as (1, C), and the target with it.
struct Rows {
  Array input, target;
  bool single;

  Rows(const char* op, const Array& x, const Array& y, int64_t target_axes)
      : input(x), target(y), single(x.ndim() == 1) {
    if (x.ndim() != 1 && x.ndim() != 2)
      throw ShapeError(op, ": expected an input (C,) or (N, C), got shape ", x.shape());
    if (!is_integer(y.dtype()))
      throw TypeError(op, ": target must hold class indices (an integer dtype), got ", y.dtype());
    if (single) {
      input = expand_dims(x, {0});
      target = y.ndim() == target_axes ? y : expand_dims(y, {0});
    }
  }
  /// One loss per row, reduced.
  Array finish(const Array& losses, Reduction reduction) const {
    return reduced(single && reduction == Reduction::none ? squeeze(losses, Axes{0}) : losses, reduction);
  }
};

}  // namespace

Array l1_loss(const Array& input, const Array& target, const LossOptions& options) {
  check_same_shapes("l1_loss", input, target);
  return reduced(abs(input - target), options.reduction);
}

Array smooth_l1_loss(const Array& input, const Array& target, const SmoothL1LossOptions& options) {
  check_same_shapes("smooth_l1_loss", input, target);
  if (!(options.beta >= 0)) throw ValueError("smooth_l1_loss: beta must not be negative, got ", options.beta);
  if (options.beta == 0) return l1_loss(input, target, {options.reduction});
  const Array d = abs(input - target);
  return reduced(where(d < options.beta, square(d) * (0.5 / options.beta), d - 0.5 * options.beta), options.reduction);
}

Array huber_loss(const Array& input, const Array& target, const HuberLossOptions& options) {
  check_same_shapes("huber_loss", input, target);
  if (!(options.delta > 0)) throw ValueError("huber_loss: delta must be positive, got ", options.delta);
  const Array d = abs(input - target);
  return reduced(where(d <= options.delta, 0.5 * square(d), options.delta * (d - 0.5 * options.delta)),
                 options.reduction);
}

Array binary_cross_entropy(const Array& input, const Array& target, const BCELossOptions& options) {
  check_same_shapes("binary_cross_entropy", input, target);
  if (input.peek().evaluated() && !is_recording() && input.size() > 0 &&
      !item<bool>(all(logical_and(input >= 0, input <= 1))))
    throw ValueError(
        "binary_cross_entropy: input must hold probabilities in [0, 1]; apply sigmoid, or use "
        "binary_cross_entropy_with_logits");
  const Array losses = -(target * bounded_log(input) + (1 - target) * bounded_log(1 - input));
  return reduced(weighted(losses, options.weight), options.reduction);
}

Array binary_cross_entropy_with_logits(const Array& input, const Array& target,
                                       const BCEWithLogitsLossOptions& options) {
  check_same_shapes("binary_cross_entropy_with_logits", input, target);
  const Array negative = softplus(-input);
  const Array losses = (1 - target) * input +
                       (options.pos_weight.defined() ? ((options.pos_weight - 1) * target + 1) * negative : negative);
  return reduced(weighted(losses, options.weight), options.reduction);
}

Array kl_div(const Array& input, const Array& target, const KLDivLossOptions& options) {
  check_same_shapes("kl_div", input, target);
  const bool over_batch = options.reduction == "batchmean";
  const Reduction reduction = over_batch ? Reduction::sum : parse_reduction(options.reduction);
  if (over_batch && input.ndim() == 0) throw ShapeError("kl_div: 'batchmean' needs a batch axis, got shape ()");
  Array losses;
  if (options.log_target) {
    losses = exp(target) * (target - input);
  } else {
    const Array positive = target > 0;
    losses = where(positive, target * log(where(positive, target, 1)), 0) - target * input;
  }
  const Array result = reduced(losses, reduction);
  return over_batch ? result / static_cast<double>(input.shape(0)) : result;
}

Array poisson_nll_loss(const Array& input, const Array& target, const PoissonNLLLossOptions& options) {
  check_same_shapes("poisson_nll_loss", input, target);
  Array losses = options.log_input ? exp(input) - target * input : input - target * log(input + options.eps);
  if (options.full) {
    const Array large = target > 1;
    const Array safe = where(large, target, 2);
    const Array stirling = safe * log(safe) - safe + 0.5 * log(safe * (2 * std::numbers::pi));
    losses = losses + where(large, stirling, 0);
  }
  return reduced(losses, options.reduction);
}

Array gaussian_nll_loss(const Array& input, const Array& target, const Array& var,
                        const GaussianNLLLossOptions& options) {
  check_same_shapes("gaussian_nll_loss", input, target);
  if (!var.defined()) throw ValueError("gaussian_nll_loss: var is an undefined array");
  if (!(options.eps > 0)) throw ValueError("gaussian_nll_loss: eps must be positive, got ", options.eps);
  Shape with_one(input.shape()), without(input.shape());
  if (!with_one.empty()) {
    with_one.back() = 1;
    without.pop_back();
  }
  const bool fits = var.shape() == input.shape() || var.shape() == with_one || var.ndim() == 0;
  if (!fits && var.shape() != without)
    throw ShapeError("gaussian_nll_loss: expected var of shape ", input.shape(), ", ", with_one, " or ", without,
                     ", got ", var.shape());
  check_known_sign(var);
  const Array given = fits ? var : expand_dims(var, {-1});
  // The bound changes the value but not the gradient.
  const Array variance = given + stop_gradient(maximum(given, options.eps) - given);
  Array losses = 0.5 * (log(variance) + square(input - target) / variance);
  if (options.full) losses = losses + 0.5 * std::log(2 * std::numbers::pi);
  return reduced(losses, options.reduction);
}

Array hinge_embedding_loss(const Array& input, const Array& target, const HingeEmbeddingLossOptions& options) {
  check_same_shapes("hinge_embedding_loss", input, target);
  const Array losses = where(target != 1, relu(options.margin - input), 0) + where(target != -1, input, 0);
  return reduced(losses, options.reduction);
}

Array margin_ranking_loss(const Array& input1, const Array& input2, const Array& target,
                          const MarginLossOptions& options) {
  check_same_shapes("margin_ranking_loss", input1, input2);
  check_same_shapes("margin_ranking_loss", input1, target);
  return reduced(relu(target * (input2 - input1) + options.margin), options.reduction);
}

Array multi_margin_loss(const Array& input, const Array& target, const MultiMarginLossOptions& options) {
  if (options.p != 1 && options.p != 2) throw ValueError("multi_margin_loss: expected p to be 1 or 2, got ", options.p);
  const Rows rows("multi_margin_loss", input, target, 1);
  const int64_t count = rows.input.shape(0), classes = rows.input.shape(1);
  if (rows.target.shape() != Shape{count})
    throw ShapeError("multi_margin_loss: expected a target of shape (", count, ",), got ", target.shape());
  if (options.weight.defined() && options.weight.shape() != Shape{classes})
    throw ShapeError("multi_margin_loss: expected a weight of shape (", classes, ",), got ", options.weight.shape());
  const Array column = expand_dims(rows.target, {1});
  const Array distance = relu(options.margin - take_along_axis(rows.input, column, 1) + rows.input);
  Array terms = options.p == 2 ? square(distance) : distance;
  if (options.weight.defined()) terms = terms * expand_dims(take(options.weight, rows.target, 0), {1});
  const Array others = arange(int64_t{0}, classes, int64_t{1}, DType::int64) != column;
  return rows.finish(sum(where(others, terms, 0), Axes{1}) / static_cast<double>(classes), options.reduction);
}

Array multilabel_margin_loss(const Array& input, const Array& target, const LossOptions& options) {
  const Rows rows("multilabel_margin_loss", input, target, 2);
  if (rows.target.shape() != rows.input.shape())
    throw ShapeError("multilabel_margin_loss: expected a target of shape ", input.shape(), ", got ", target.shape());
  const int64_t classes = rows.input.shape(1);
  if (classes == 0) return rows.finish(sum(rows.input, Axes{1}), options.reduction);
  const Array numbers = arange(int64_t{0}, classes, int64_t{1}, DType::int64);
  const Array ends = rows.target < 0;
  const Array length = where(any(ends, Axes{1}, true), argmax(ends, 1, true), classes);
  const Array valid = numbers < length;  // (N, j)
  const Array safe = where(valid, rows.target, 0);
  // (N, j, i): label j beside class i.
  const Array is_label = logical_and(expand_dims(safe, {2}) == numbers, expand_dims(valid, {2}));
  const Array other = logical_not(any(is_label, Axes{1}, true));
  const Array terms = relu(1 - expand_dims(take_along_axis(rows.input, safe, 1), {2}) + expand_dims(rows.input, {1}));
  const Array counted = logical_and(expand_dims(valid, {2}), other);
  return rows.finish(sum(where(counted, terms, 0), Axes{1, 2}) / static_cast<double>(classes), options.reduction);
}

Array multilabel_soft_margin_loss(const Array& input, const Array& target, const BCELossOptions& options) {
  check_same_shapes("multilabel_soft_margin_loss", input, target);
  const Array losses = -(target * log_sigmoid(input) + (1 - target) * log_sigmoid(-input));
  return reduced(mean(weighted(losses, options.weight), Axes{-1}), options.reduction);
}

Array soft_margin_loss(const Array& input, const Array& target, const LossOptions& options) {
  check_same_shapes("soft_margin_loss", input, target);
  return reduced(softplus(-target * input), options.reduction);
}

Array cosine_embedding_loss(const Array& input1, const Array& input2, const Array& target,
                            const MarginLossOptions& options) {
  check_same_shapes("cosine_embedding_loss", input1, input2);
  if (input1.ndim() < 1 || input1.ndim() != target.ndim() + 1)
    throw ShapeError("cosine_embedding_loss: expected inputs (N, D) with a target (N,), or (D,) with (), got shapes ",
                     input1.shape(), " and ", target.shape());
  const Axes last{-1};
  const auto squares = [&](const Array& x) { return sum(square(x), last) + 1e-12; };
  const Array cosine = sum(input1 * input2, last) / sqrt(squares(input1) * squares(input2));
  const Array losses = where(target == 1, 1 - cosine, 0) + where(target == -1, relu(cosine - options.margin), 0);
  return reduced(losses, options.reduction);
}

Array pairwise_distance(const Array& x1, const Array& x2, const PairwiseDistanceOptions& options) {
  return norm_along_last(x1 - x2 + options.eps, options.p, options.keepdim);
}

Array triplet_margin_loss(const Array& anchor, const Array& positive, const Array& negative,
                          const TripletMarginLossOptions& options) {
  const Distance distance = [&](const Array& x, const Array& y) {
    return pairwise_distance(x, y, {options.p, options.eps, false});
  };
  return triplet_margin_with_distance_loss(anchor, positive, negative, distance, options.margin, options.swap,
                                           options.reduction);
}

Array triplet_margin_with_distance_loss(const Array& anchor, const Array& positive, const Array& negative,
                                        const Distance& distance, double margin, bool swap, Reduction reduction) {
  check_same_shapes("triplet_margin_loss", anchor, positive);
  check_same_shapes("triplet_margin_loss", anchor, negative);
  if (!(margin > 0)) throw ValueError("triplet_margin_loss: margin must be positive, got ", margin);
  const auto between = [&](const Array& x, const Array& y) {
    return distance ? distance(x, y) : pairwise_distance(x, y);
  };
  const Array near = between(anchor, positive);
  Array far = between(anchor, negative);
  if (swap) far = minimum(far, between(positive, negative));
  return reduced(relu(near - far + margin), reduction);
}

Array sigmoid_focal_loss(const Array& input, const Array& target, const SigmoidFocalLossOptions& options) {
  check_same_shapes("sigmoid_focal_loss", input, target);
  const Array p = sigmoid(input);
  const Array entropy = binary_cross_entropy_with_logits(input, target, {{}, Reduction::none, {}});
  Array losses = entropy * pow(p * (1 - target) + (1 - p) * target, options.gamma);
  if (options.alpha >= 0) losses = losses * (options.alpha * target + (1 - options.alpha) * (1 - target));
  return reduced(losses, options.reduction);
}

}  // namespace ingot::nn::functional
