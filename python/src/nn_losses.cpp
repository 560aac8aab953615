// Losses as modules and as functions, from the tables of options in csrc/nn/loss_functions.h.
#include "ingot/nn/loss.h"

#include "nn_described.h"

namespace ingot::python {

namespace {

namespace F = nn::functional;

/// Where a loss is bound, and what is said of it.
struct Entry {
  const char* module;
  const char* function;
  const char* doc;
};

constexpr const char* kReduction =
    "\n\n`reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since "
    "broadcasting would compare what does not belong together.";

constexpr const char* kCrossEntropyDoc =
    "Cross entropy between unnormalised scores (C,), (N, C) or (N, C, d1, ...) and classes: their indices (integers, "
    "in the shape of input without C) or their probabilities (floats, in the shape of input).\n\n"
    "`weight` (C,) is a factor for each class. Positions of class `ignore_index` have no loss and no gradient. "
    "`label_smoothing` is the share of each target that is spread evenly over all classes. The mean is over what is "
    "not ignored, weighted.\n\n"
    "Raises ShapeError or TypeError if target or weight do not match, IndexError when evaluated if an index is not in "
    "[0, C).";

std::string with_example(const Entry& entry, const char* arguments, const char* result) {
  return concat(entry.doc, kReduction, "\n\nExample:\n    >>> print(round(ingot.nn.", entry.module, "()(", arguments,
                ").item(), 4))\n    ", result);
}

template <class L, class Fn>
void def_loss(py::module_& m, const Entry& entry, Fn function, const char* arguments, const char* result) {
  const std::string doc = with_example(entry, arguments, result);
  auto type = def_described<L, nn::Loss>(m, entry.module, doc.c_str());
  type.def(
      "forward",
      [](L& self, const ArrayLike& input, const ArrayLike& target) { return self.L::forward(input, target); },
      "input"_a, "target"_a, "Computes the loss.");
  auto functional = py::cast<py::module_>(m.attr("functional"));
  def_function<typename L::Options>(functional, entry.function, function, {"input", "target"},
                                    concat(entry.doc, kReduction).c_str());
}

template <class L, class Fn>
void def_triple_loss(py::module_& m, const Entry& entry, Fn function, const char* const (&names)[3],
                     const char* arguments, const char* result) {
  const std::string doc = with_example(entry, arguments, result);
  auto type = def_described<L, nn::Loss>(m, entry.module, doc.c_str());
  type.def(
      "forward",
      [](L& self, const ArrayLike& a, const ArrayLike& b, const ArrayLike& c) { return self.L::forward(a, b, c); },
      py::arg(names[0]), py::arg(names[1]), py::arg(names[2]), "Computes the loss.");
  auto functional = py::cast<py::module_>(m.attr("functional"));
  def_function<typename L::Options>(functional, entry.function, function, names, concat(entry.doc, kReduction).c_str());
}

void register_regression(py::module_& m) {
  const char* pair = "ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])";
  def_loss<nn::MSELoss>(
      m, {"MSELoss", "mse_loss", "`(input - target)^2` of each element."},
      [](const Array& input, const Array& target, const nn::LossOptions& options) {
        return F::mse_loss(input, target, options.reduction);
      },
      pair, "2.0");
  def_loss<nn::L1Loss>(m, {"L1Loss", "l1_loss", "`|input - target|` of each element."}, F::l1_loss, pair, "1.0");
  def_loss<nn::SmoothL1Loss>(m,
                             {"SmoothL1Loss", "smooth_l1_loss",
                              "`d^2 / (2 beta)` for a distance `d = |input - target|` below beta, else `d - beta / 2` "
                              "(Girshick, 2015)."},
                             F::smooth_l1_loss, pair, "0.75");
  def_loss<nn::HuberLoss>(m,
                          {"HuberLoss", "huber_loss",
                           "`d^2 / 2` for a distance `d = |input - target|` up to delta, else `delta (d - delta / 2)` "
                           "(Huber, 1964)."},
                          F::huber_loss, pair, "0.75");
  def_loss<nn::KLDivLoss>(m,
                          {"KLDivLoss", "kl_div",
                           "`target (log(target) - input)`, where input holds logarithms of probabilities, and target "
                           "probabilities, or with `log_target` logarithms too. `reduction='batchmean'` sums and "
                           "divides by the length of axis 0: the divergence itself."},
                          F::kl_div, "ingot.log(ingot.array([0.5, 0.5])), ingot.array([1.0, 0.0])", "0.3466");
  def_loss<nn::PoissonNLLLoss>(m,
                               {"PoissonNLLLoss", "poisson_nll_loss",
                                "`exp(input) - target input`: the negative log likelihood of counts with rate "
                                "`exp(input)`; without `log_input`, `input - target log(input + eps)`. `full` adds "
                                "Stirling's approximation of `log(target!)` where the target is above 1."},
                               F::poisson_nll_loss, "ingot.zeros(2), ingot.array([1.0, 2.0])", "1.0");
  def_triple_loss<nn::GaussianNLLLoss>(
      m,
      {"GaussianNLLLoss", "gaussian_nll_loss",
       "`(log(max(var, eps)) + (input - target)^2 / max(var, eps)) / 2`, plus `log(2 pi) / 2` if `full`; `var` has the "
       "shape of input, or has one number for each row (Nix and Weigend, 1994)."},
      F::gaussian_nll_loss, {"input", "target", "var"}, "ingot.zeros(2), ingot.ones(2), ingot.ones(2)", "0.5");
}

void register_classification(py::module_& m) {
  def_loss<nn::CrossEntropyLoss>(
      m, {"CrossEntropyLoss", "cross_entropy", kCrossEntropyDoc},
      [](const Array& input, const Array& target, const nn::CrossEntropyLossOptions& o) {
        return F::cross_entropy(input, target, {o.reduction, o.weight, o.ignore_index, o.label_smoothing});
      },
      "ingot.zeros((2, 4)), ingot.array([0, 3])", "1.3863");
  def_loss<nn::NLLLoss>(
      m,
      {"NLLLoss", "nll_loss",
       "`-input[target]`: the negative log likelihood of classes, where input (C,), (N, C) or (N, C, d1, ...) holds "
       "log probabilities and target the classes' indices, in the shape of input without C. `weight` (C,) is a factor "
       "for each class; `ignore_index` does not count."},
      [](const Array& input, const Array& target, const nn::NLLLossOptions& o) {
        return F::nll_loss(input, target, {o.reduction, o.weight, o.ignore_index});
      },
      "ingot.log_softmax(ingot.zeros((2, 4)), -1), ingot.array([0, 3])", "1.3863");
  def_loss<nn::BCELoss>(m,
                        {"BCELoss", "binary_cross_entropy",
                         "`-(target log(input) + (1 - target) log(1 - input))` for probabilities in [0, 1], logarithms "
                         "not below -100. `weight` is a factor for each element."},
                        F::binary_cross_entropy, "ingot.full((2,), 0.5), ingot.array([0.0, 1.0])", "0.6931");
  def_loss<nn::BCEWithLogitsLoss>(m,
                                  {"BCEWithLogitsLoss", "binary_cross_entropy_with_logits",
                                   "Binary cross entropy of `sigmoid(input)`, stable for any input. `pos_weight` is a "
                                   "factor for positive targets, `weight` one for each element; both broadcast."},
                                  F::binary_cross_entropy_with_logits, "ingot.zeros(2), ingot.array([0.0, 1.0])",
                                  "0.6931");
  def_loss<nn::SigmoidFocalLoss>(m,
                                 {"SigmoidFocalLoss", "sigmoid_focal_loss",
                                  "`-alpha_t (1 - p_t)^gamma log(p_t)` of `sigmoid(input)`: binary cross entropy that "
                                  "looks away from what is easy. A negative alpha weighs both classes alike (Lin et "
                                  "al., 2017)."},
                                 F::sigmoid_focal_loss, "ingot.zeros(1), ingot.ones(1)", "0.0433");
  def_loss<nn::MultiMarginLoss>(m,
                                {"MultiMarginLoss", "multi_margin_loss",
                                 "`sum over i != target: max(0, margin - input[target] + input[i])^p / C` for input "
                                 "(N, C) or (C,) and class indices (N,) or (); p is 1 or 2, `weight` (C,) a factor for "
                                 "the target's class."},
                                F::multi_margin_loss, "ingot.zeros((1, 4)), ingot.array([0])", "0.75");
  def_loss<nn::MultiLabelMarginLoss>(m,
                                     {"MultiLabelMarginLoss", "multilabel_margin_loss",
                                      "`sum over labels j and other classes i: max(0, 1 - input[j] + input[i]) / C` "
                                      "for input and target (N, C) or (C,); a row of labels ends at the first -1."},
                                     F::multilabel_margin_loss, "ingot.zeros((1, 2)), ingot.array([[0, -1]])", "0.5");
  def_loss<nn::MultiLabelSoftMarginLoss>(m,
                                         {"MultiLabelSoftMarginLoss", "multilabel_soft_margin_loss",
                                          "Binary cross entropy with logits, averaged over the last axis, the classes. "
                                          "`weight` (C,) is a factor for each class."},
                                         F::multilabel_soft_margin_loss,
                                         "ingot.zeros((1, 2)), ingot.array([[0.0, 1.0]])", "0.6931");
  def_loss<nn::SoftMarginLoss>(
      m, {"SoftMarginLoss", "soft_margin_loss", "`log(1 + exp(-target input))` for targets of 1 and -1."},
      F::soft_margin_loss, "ingot.zeros(2), ingot.array([1.0, -1.0])", "0.6931");
}

void register_pairs(py::module_& m) {
  def_loss<nn::HingeEmbeddingLoss>(
      m,
      {"HingeEmbeddingLoss", "hinge_embedding_loss",
       "`input`, a distance, where the target is 1, and `max(0, margin - input)` where it is -1."},
      F::hinge_embedding_loss, "ingot.array([0.5, 0.5]), ingot.array([1.0, -1.0])", "0.5");
  def_triple_loss<nn::MarginRankingLoss>(
      m, {"MarginRankingLoss", "margin_ranking_loss", "`max(0, -target (input1 - input2) + margin)`."},
      F::margin_ranking_loss, {"input1", "input2", "target"}, "ingot.zeros(2), ingot.ones(2), ingot.ones(2)", "1.0");
  def_triple_loss<nn::CosineEmbeddingLoss>(
      m,
      {"CosineEmbeddingLoss", "cosine_embedding_loss",
       "`1 - cos(input1, input2)` where the target is 1, `max(0, cos(input1, input2) - margin)` where it is -1: inputs "
       "(N, D) with targets (N,), or (D,) with ()."},
      F::cosine_embedding_loss, {"input1", "input2", "target"},
      "ingot.ones((1, 2)), ingot.array([[1.0, -1.0]]), ingot.ones(1)", "1.0");
  def_triple_loss<nn::TripletMarginLoss>(
      m,
      {"TripletMarginLoss", "triplet_margin_loss",
       "`max(0, |anchor - positive| - |anchor - negative| + margin)` in the norm p; `swap` measures from the positive "
       "where that is nearer to the negative (Balntas et al., 2016)."},
      F::triplet_margin_loss, {"anchor", "positive", "negative"},
      "ingot.zeros((1, 2)), ingot.zeros((1, 2)), ingot.zeros((1, 2))", "1.0");
}

/// The distance that a module keeps in its __dict__; none for one that a file has made.
py::object kept_distance(const py::object& self) {
  const py::dict attributes = self.attr("__dict__");
  return attributes.contains("distance_function") ? py::object(attributes["distance_function"]) : py::none();
}

F::Distance distance_of(const py::object& function) {
  if (function.is_none()) return {};
  return [function](const Array& x, const Array& y) { return py::cast<Array>(function(x, y)); };
}

void register_distances(py::module_& m) {
  auto functional = py::cast<py::module_>(m.attr("functional"));
  using D = nn::PairwiseDistance;
  auto distance = def_described<D>(
      m, "PairwiseDistance",
      "The norm p of `x1 - x2 + eps` along the last axis.\n\nExample:\n    >>> d = "
      "ingot.nn.PairwiseDistance(eps=0.0)(ingot.ones((1, 4)), ingot.zeros((1, 4)))\n    >>> print(d)\n    [2.]");
  distance.def(
      "forward", [](D& self, const ArrayLike& x1, const ArrayLike& x2) { return self.D::forward(x1, x2); }, "x1"_a,
      "x2"_a, "Computes the distance.");
  def_function<nn::PairwiseDistanceOptions>(functional, "pairwise_distance", F::pairwise_distance, {"x1", "x2"},
                                            "The norm p of `x1 - x2 + eps` along the last axis.");

  using T = nn::TripletMarginWithDistanceLoss;
  ModuleClass<T, nn::Loss> triplet(
      m, "TripletMarginWithDistanceLoss",
      "`max(0, d(anchor, positive) - d(anchor, negative) + margin)` for a distance function of the caller's; none "
      "means the Euclidean distance.\n\nExample:\n    >>> loss = "
      "ingot.nn.TripletMarginWithDistanceLoss(distance_function=lambda x, y: (x - y).abs().sum(-1))\n    >>> x = "
      "ingot.zeros((1, 2))\n    >>> print(loss(x, x, x))\n    1.0");
  triplet.def(
      "__init__",
      [](py::detail::value_and_holder& slot, const py::object& function, double margin, bool swap,
         nn::Reduction reduction) {
        make_module<T>(slot, nn::TripletMarginWithDistanceLossOptions{margin, swap, reduction});
        py::handle(reinterpret_cast<PyObject*>(slot.inst)).attr("__dict__")["distance_function"] = function;
      },
      py::detail::is_new_style_constructor(), py::kw_only(), "distance_function"_a = py::none(), "margin"_a = 1.0,
      "swap"_a = false, "reduction"_a = nn::Reduction::mean);
  def_options<T, T::Options>(triplet, T::Options::fields());
  triplet.def(
      "forward",
      [](const py::object& self, const ArrayLike& anchor, const ArrayLike& positive, const ArrayLike& negative) {
        return py::cast<T&>(self).T::forward(anchor, positive, negative, distance_of(kept_distance(self)));
      },
      "anchor"_a, "positive"_a, "negative"_a, "Computes the loss.");
  functional.def(
      "triplet_margin_with_distance_loss",
      [](const ArrayLike& anchor, const ArrayLike& positive, const ArrayLike& negative, const py::object& function,
         double margin, bool swap, nn::Reduction reduction) {
        return F::triplet_margin_with_distance_loss(anchor, positive, negative, distance_of(function), margin, swap,
                                                    reduction);
      },
      "anchor"_a, "positive"_a, "negative"_a, py::kw_only(), "distance_function"_a = py::none(), "margin"_a = 1.0,
      "swap"_a = false, "reduction"_a = nn::Reduction::mean,
      "`max(0, d(anchor, positive) - d(anchor, negative) + margin)` for a distance function of the caller's.");
}

void register_ctc(py::module_& m) {
  const char* doc =
      "Connectionist temporal classification: minus the log of the probability of all alignments of targets with the "
      "log probabilities (T, N, C), or (T, C).\n\n`targets` are (N, S), padded, or all of them one after another; "
      "`input_lengths` and `target_lengths` (N,) say how much of each counts. `reduction='mean'` divides each loss by "
      "its target's length first. `zero_infinity` makes losses 0 that are infinite because the input is too short "
      "(Graves et al., 2006).\n\n"
      "Raises ShapeError, TypeError or ValueError if the operands do not fit.\n\n"
      "Example:\n    >>> x = ingot.log_softmax(ingot.zeros((4, 1, 3)), -1)\n    >>> loss = "
      "ingot.nn.functional.ctc_loss(x, ingot.array([[1, 2]]), ingot.array([4]), ingot.array([2]))\n    >>> "
      "round(loss.item(), 4)\n    0.8432";
  using L = nn::CTCLoss;
  auto type = def_described<L, nn::Loss>(m, "CTCLoss", doc);
  type.def(
      "forward",
      [](L& self, const ArrayLike& log_probs, const ArrayLike& targets, const ArrayLike& input_lengths,
         const ArrayLike& target_lengths) {
        return self.L::forward(log_probs, targets, input_lengths, target_lengths);
      },
      "log_probs"_a, "targets"_a, "input_lengths"_a, "target_lengths"_a, "Computes the loss.");
  auto functional = py::cast<py::module_>(m.attr("functional"));
  def_function<nn::CTCLossOptions>(functional, "ctc_loss", F::ctc_loss,
                                   {"log_probs", "targets", "input_lengths", "target_lengths"}, doc);
}

}  // namespace

void register_nn_losses(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  py::class_<nn::Loss, nn::Module, std::shared_ptr<nn::Loss>> loss(m, "Loss", "Base of losses.", py::dynamic_attr(),
                                                                   py::custom_type_setup(set_up_module_type));
  register_regression(m);
  register_classification(m);
  register_pairs(m);
  register_distances(m);
  register_ctc(m);
}

}  // namespace ingot::python
