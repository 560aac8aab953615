// Losses as modules: the functions of loss_functions.h with their options.
#pragma once

#include "ingot/nn/functional.h"
#include "ingot/nn/loss_functions.h"

namespace ingot::nn {

/// Base of losses.
class Loss : public Module {
 public:
  using Module::forward;
  /// Throws TypeError here: most losses take an input and a target, some take more.
  virtual Array forward(const Array& input, const Array& target);
  using Module::operator();
  Array operator()(const Array& input, const Array& target) { return forward(input, target); }
};

struct CrossEntropyLossOptions {
  Array weight = {};
  int64_t ignore_index = -100;
  Reduction reduction = Reduction::mean;
  double label_smoothing = 0;

  void check() const;
  static constexpr auto fields() {
    using O = CrossEntropyLossOptions;
    return std::tuple(option("weight", &O::weight), option("ignore_index", &O::ignore_index, Shown::never),
                      option("reduction", &O::reduction, Shown::never),
                      option("label_smoothing", &O::label_smoothing, Shown::never));
  }
};

#define INGOT_LOSS_CLASS(Name, OptionsType)                                                                            \
 public:                                                                                                               \
  using Described<OptionsType, Loss>::Described;                                                                       \
  using Loss::forward;                                                                                                 \
  std::string type_name() const override { return #Name; }                                                             \
                                                                                                                       \
 private:

/// `functional::cross_entropy` as a module. A weight is kept as the buffer `weight`.
class CrossEntropyLoss : public Described<CrossEntropyLossOptions, Loss> {
  INGOT_LOSS_CLASS(CrossEntropyLoss, CrossEntropyLossOptions)
 public:
  explicit CrossEntropyLoss(Reduction reduction) : Described(Options{{}, -100, reduction}) {}
  Array forward(const Array& input, const Array& target) override;
};

/// `functional::nll_loss` as a module.
class NLLLoss : public Described<NLLLossOptions, Loss> {
  INGOT_LOSS_CLASS(NLLLoss, NLLLossOptions)
 public:
  explicit NLLLoss(Reduction reduction) : Described(Options{{}, -100, reduction}) {}
  Array forward(const Array& input, const Array& target) override;
};

/// `functional::mse_loss` as a module.
class MSELoss : public Described<LossOptions, Loss> {
  INGOT_LOSS_CLASS(MSELoss, LossOptions)
 public:
  Array forward(const Array& input, const Array& target) override {
    return functional::mse_loss(input, target, options().reduction);
  }
};

/// X(class, function, options): losses of an input and a target.
#define INGOT_LOSSES(X)                                                                                                \
  X(L1Loss, l1_loss, LossOptions)                                                                                      \
  X(SmoothL1Loss, smooth_l1_loss, SmoothL1LossOptions)                                                                 \
  X(HuberLoss, huber_loss, HuberLossOptions)                                                                           \
  X(BCELoss, binary_cross_entropy, BCELossOptions)                                                                     \
  X(BCEWithLogitsLoss, binary_cross_entropy_with_logits, BCEWithLogitsLossOptions)                                     \
  X(KLDivLoss, kl_div, KLDivLossOptions)                                                                               \
  X(PoissonNLLLoss, poisson_nll_loss, PoissonNLLLossOptions)                                                           \
  X(HingeEmbeddingLoss, hinge_embedding_loss, HingeEmbeddingLossOptions)                                               \
  X(MultiMarginLoss, multi_margin_loss, MultiMarginLossOptions)                                                        \
  X(MultiLabelMarginLoss, multilabel_margin_loss, LossOptions)                                                         \
  X(MultiLabelSoftMarginLoss, multilabel_soft_margin_loss, BCELossOptions)                                             \
  X(SoftMarginLoss, soft_margin_loss, LossOptions)                                                                     \
  X(SigmoidFocalLoss, sigmoid_focal_loss, SigmoidFocalLossOptions)

/// X(class, function, options): losses of three inputs.
#define INGOT_TRIPLE_LOSSES(X)                                                                                         \
  X(GaussianNLLLoss, gaussian_nll_loss, GaussianNLLLossOptions)                                                        \
  X(MarginRankingLoss, margin_ranking_loss, MarginLossOptions)                                                         \
  X(CosineEmbeddingLoss, cosine_embedding_loss, MarginLossOptions)                                                     \
  X(TripletMarginLoss, triplet_margin_loss, TripletMarginLossOptions)

#define INGOT_LOSS_MODULE(Name, function, OptionsType)                                                                 \
  class Name : public Described<OptionsType, Loss> {                                                                   \
    INGOT_LOSS_CLASS(Name, OptionsType)                                                                                \
   public:                                                                                                             \
    Array forward(const Array& input, const Array& target) override {                                                  \
      return functional::function(input, target, options());                                                           \
    }                                                                                                                  \
  };
INGOT_LOSSES(INGOT_LOSS_MODULE)
#undef INGOT_LOSS_MODULE

#define INGOT_LOSS_MODULE(Name, function, OptionsType)                                                                 \
  class Name : public Described<OptionsType, Loss> {                                                                   \
    INGOT_LOSS_CLASS(Name, OptionsType)                                                                                \
   public:                                                                                                             \
    Array forward(const Array& a, const Array& b, const Array& c) { return functional::function(a, b, c, options()); } \
  };
INGOT_TRIPLE_LOSSES(INGOT_LOSS_MODULE)
#undef INGOT_LOSS_MODULE

/// `functional::ctc_loss` as a module.
class CTCLoss : public Described<CTCLossOptions, Loss> {
  INGOT_LOSS_CLASS(CTCLoss, CTCLossOptions)
 public:
  Array forward(const Array& log_probs, const Array& targets, const Array& input_lengths, const Array& target_lengths) {
    return functional::ctc_loss(log_probs, targets, input_lengths, target_lengths, options());
  }
};

struct TripletMarginWithDistanceLossOptions {
  double margin = 1;
  bool swap = false;
  Reduction reduction = Reduction::mean;
  static constexpr auto fields() {
    using O = TripletMarginWithDistanceLossOptions;
    return std::tuple(option("margin", &O::margin, Shown::never), option("swap", &O::swap, Shown::never),
                      option("reduction", &O::reduction, Shown::never));
  }
};

/// `functional::triplet_margin_with_distance_loss` as a module. The distance is no part of its configuration.
class TripletMarginWithDistanceLoss : public Described<TripletMarginWithDistanceLossOptions, Loss> {
  INGOT_LOSS_CLASS(TripletMarginWithDistanceLoss, TripletMarginWithDistanceLossOptions)
 public:
  Array forward(const Array& anchor, const Array& positive, const Array& negative,
                const functional::Distance& distance = {}) {
    const Options o = options();
    return functional::triplet_margin_with_distance_loss(anchor, positive, negative, distance, o.margin, o.swap,
                                                         o.reduction);
  }
};

#undef INGOT_LOSS_CLASS

/// `functional::pairwise_distance` as a module of two inputs.
class PairwiseDistance : public Described<PairwiseDistanceOptions> {
 public:
  using Described<PairwiseDistanceOptions>::Described;
  using Module::forward;
  Array forward(const Array& x1, const Array& x2) { return functional::pairwise_distance(x1, x2, options()); }
  std::string type_name() const override { return "PairwiseDistance"; }
};

}  // namespace ingot::nn
