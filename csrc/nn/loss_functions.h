// Losses as functions, each with its options. Reduction and shapes are those of PyTorch, except that shapes which only
// broadcasting makes equal are an error.
#pragma once

#include <functional>
#include <numbers>

#include "ingot/nn/options.h"

namespace ingot::nn {

/// Options of losses that have none but `reduction`.
struct LossOptions {
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() { return std::tuple(option("reduction", &LossOptions::reduction, Shown::never)); }
};

struct SmoothL1LossOptions {
  Reduction reduction = Reduction::mean;
  /// Where the square ends and the line begins.
  double beta = 1;
  static constexpr auto fields() {
    using O = SmoothL1LossOptions;
    return std::tuple(option("reduction", &O::reduction, Shown::never), option("beta", &O::beta, Shown::never));
  }
};

struct HuberLossOptions {
  Reduction reduction = Reduction::mean;
  double delta = 1;
  static constexpr auto fields() {
    using O = HuberLossOptions;
    return std::tuple(option("reduction", &O::reduction, Shown::never), option("delta", &O::delta, Shown::never));
  }
};

struct NLLLossOptions {
  Array weight = {};
  int64_t ignore_index = -100;
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = NLLLossOptions;
    return std::tuple(option("weight", &O::weight), option("ignore_index", &O::ignore_index, Shown::never),
                      option("reduction", &O::reduction, Shown::never));
  }
};

struct BCELossOptions {
  /// A factor for each element; broadcasts.
  Array weight = {};
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = BCELossOptions;
    return std::tuple(option("weight", &O::weight), option("reduction", &O::reduction, Shown::never));
  }
};

struct BCEWithLogitsLossOptions {
  Array weight = {};
  Reduction reduction = Reduction::mean;
  /// A factor for the positive part; broadcasts.
  Array pos_weight = {};
  static constexpr auto fields() {
    using O = BCEWithLogitsLossOptions;
    return std::tuple(option("weight", &O::weight), option("reduction", &O::reduction, Shown::never),
                      option("pos_weight", &O::pos_weight));
  }
};

struct KLDivLossOptions {
  /// "none", "mean", "sum", or "batchmean": the sum over the length of axis 0, which is the divergence itself.
  std::string reduction = "mean";
  /// The target holds logarithms too.
  bool log_target = false;
  static constexpr auto fields() {
    using O = KLDivLossOptions;
    return std::tuple(option("reduction", &O::reduction, Shown::never),
                      option("log_target", &O::log_target, Shown::never));
  }
};

struct PoissonNLLLossOptions {
  /// The input is the logarithm of the rate.
  bool log_input = true;
  /// Adds Stirling's approximation of `log(target!)` where the target is above 1.
  bool full = false;
  double eps = 1e-8;
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = PoissonNLLLossOptions;
    return std::tuple(option("log_input", &O::log_input, Shown::never), option("full", &O::full, Shown::never),
                      option("eps", &O::eps, Shown::never), option("reduction", &O::reduction, Shown::never));
  }
};

struct GaussianNLLLossOptions {
  bool full = false;
  /// The least variance.
  double eps = 1e-6;
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = GaussianNLLLossOptions;
    return std::tuple(option("full", &O::full, Shown::never), option("eps", &O::eps, Shown::never),
                      option("reduction", &O::reduction, Shown::never));
  }
};

struct HingeEmbeddingLossOptions {
  double margin = 1;
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = HingeEmbeddingLossOptions;
    return std::tuple(option("margin", &O::margin, Shown::never), option("reduction", &O::reduction, Shown::never));
  }
};

struct MarginLossOptions {
  double margin = 0;
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = MarginLossOptions;
    return std::tuple(option("margin", &O::margin, Shown::never), option("reduction", &O::reduction, Shown::never));
  }
};

struct MultiMarginLossOptions {
  /// 1 or 2.
  int64_t p = 1;
  double margin = 1;
  Array weight = {};
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = MultiMarginLossOptions;
    return std::tuple(option("p", &O::p, Shown::never), option("margin", &O::margin, Shown::never),
                      option("weight", &O::weight), option("reduction", &O::reduction, Shown::never));
  }
};

struct TripletMarginLossOptions {
  double margin = 1;
  /// The norm of the distance.
  double p = 2;
  double eps = 1e-6;
  /// Uses the distance between positive and negative where that is smaller.
  bool swap = false;
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = TripletMarginLossOptions;
    return std::tuple(option("margin", &O::margin, Shown::never), option("p", &O::p, Shown::never),
                      option("eps", &O::eps, Shown::never), option("swap", &O::swap, Shown::never),
                      option("reduction", &O::reduction, Shown::never));
  }
};

struct CTCLossOptions {
  int64_t blank = 0;
  Reduction reduction = Reduction::mean;
  /// Losses that are infinite, because the input is too short for its target, count as 0.
  bool zero_infinity = false;
  static constexpr auto fields() {
    using O = CTCLossOptions;
    return std::tuple(option("blank", &O::blank, Shown::never), option("reduction", &O::reduction, Shown::never),
                      option("zero_infinity", &O::zero_infinity, Shown::never));
  }
};

struct SigmoidFocalLossOptions {
  /// The weight of the positive class; negative: none.
  double alpha = 0.25;
  double gamma = 2;
  Reduction reduction = Reduction::none;
  static constexpr auto fields() {
    using O = SigmoidFocalLossOptions;
    return std::tuple(option("alpha", &O::alpha), option("gamma", &O::gamma), option("reduction", &O::reduction));
  }
};

struct PairwiseDistanceOptions {
  double p = 2;
  double eps = 1e-6;
  bool keepdim = false;
  static constexpr auto fields() {
    using O = PairwiseDistanceOptions;
    return std::tuple(option("p", &O::p, Shown::never), option("eps", &O::eps, Shown::never),
                      option("keepdim", &O::keepdim, Shown::never));
  }
};

namespace functional {

// Each throws ShapeError if shapes do not fit, ValueError for options out of range, and, where it takes class indices,
// TypeError and IndexError as `cross_entropy` does.

/// `|input - target|`.
Array l1_loss(const Array& input, const Array& target, const LossOptions& options = {});
/// `d^2 / (2 beta)` for `d = |input - target|` below beta, else `d - beta / 2`.
Array smooth_l1_loss(const Array& input, const Array& target, const SmoothL1LossOptions& options = {});
/// `d^2 / 2` for `d = |input - target|` up to delta, else `delta (d - delta / 2)` (Huber, 1964).
Array huber_loss(const Array& input, const Array& target, const HuberLossOptions& options = {});
/// `-(target log(input) + (1 - target) log(1 - input))`, logarithms not below -100.
Array binary_cross_entropy(const Array& input, const Array& target, const BCELossOptions& options = {});
/// The same of `sigmoid(input)`, stable for any input.
Array binary_cross_entropy_with_logits(const Array& input, const Array& target,
                                       const BCEWithLogitsLossOptions& options = {});
/// `target (log(target) - input)`, the input being a logarithm (Kullback and Leibler, 1951).
Array kl_div(const Array& input, const Array& target, const KLDivLossOptions& options = {});
/// `exp(input) - target input`, or without `log_input` `input - target log(input + eps)`.
Array poisson_nll_loss(const Array& input, const Array& target, const PoissonNLLLossOptions& options = {});
/// `(log(max(var, eps)) + (input - target)^2 / max(var, eps)) / 2`; `var` has the shape of input, that without the last
/// axis, or that with a last axis of length 1. Throws ValueError for a negative variance, if its value is known.
Array gaussian_nll_loss(const Array& input, const Array& target, const Array& var,
                        const GaussianNLLLossOptions& options = {});
/// `input` where the target is 1, `max(0, margin - input)` where it is -1.
Array hinge_embedding_loss(const Array& input, const Array& target, const HingeEmbeddingLossOptions& options = {});
/// `max(0, -target (input1 - input2) + margin)`.
Array margin_ranking_loss(const Array& input1, const Array& input2, const Array& target,
                          const MarginLossOptions& options = {});
/// `sum over i != target: max(0, margin - input[target] + input[i])^p / C` for (C,) or (N, C).
Array multi_margin_loss(const Array& input, const Array& target, const MultiMarginLossOptions& options = {});
/// `sum over targets j and other classes i: max(0, 1 - input[j] + input[i]) / C`; targets end at the first -1.
Array multilabel_margin_loss(const Array& input, const Array& target, const LossOptions& options = {});
/// The mean over classes of binary cross entropy with logits.
Array multilabel_soft_margin_loss(const Array& input, const Array& target, const BCELossOptions& options = {});
/// `log(1 + exp(-target input))`.
Array soft_margin_loss(const Array& input, const Array& target, const LossOptions& options = {});
/// `1 - cos(input1, input2)` where the target is 1, `max(0, cos - margin)` where it is -1.
Array cosine_embedding_loss(const Array& input1, const Array& input2, const Array& target,
                            const MarginLossOptions& options = {});
/// `max(0, |anchor - positive| - |anchor - negative| + margin)` (Balntas et al., 2016).
Array triplet_margin_loss(const Array& anchor, const Array& positive, const Array& negative,
                          const TripletMarginLossOptions& options = {});
/// The same with a distance of the caller's; none means `pairwise_distance`.
using Distance = std::function<Array(const Array&, const Array&)>;
Array triplet_margin_with_distance_loss(const Array& anchor, const Array& positive, const Array& negative,
                                        const Distance& distance = {}, double margin = 1, bool swap = false,
                                        Reduction reduction = Reduction::mean);
/// `-alpha_t (1 - p_t)^gamma log(p_t)` of `sigmoid(input)` (Lin et al., 2017).
Array sigmoid_focal_loss(const Array& input, const Array& target, const SigmoidFocalLossOptions& options = {});
/// The norm of `x1 - x2 + eps` along the last axis.
Array pairwise_distance(const Array& x1, const Array& x2, const PairwiseDistanceOptions& options = {});

/// Connectionist temporal classification: minus the log of the probability of all alignments of `targets` with the
/// log probabilities (T, N, C) or (T, C). Targets (N, S) padded, or all of them one after another (then their lengths
/// are evaluated); `mean` divides each loss by its target's length. Evaluated in logarithms (Graves et al., 2006).
Array ctc_loss(const Array& log_probs, const Array& targets, const Array& input_lengths, const Array& target_lengths,
               const CTCLossOptions& options = {});

}  // namespace functional

}  // namespace ingot::nn
