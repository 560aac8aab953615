#include "ingot/nn/loss.h"

namespace ingot::nn {

Array MSELoss::forward(const Array& input, const Array& target) {
  return functional::mse_loss(input, target, reduction());
}

CrossEntropyLoss::CrossEntropyLoss(const Options& options)
    : Loss(options.reduction), ignore_index_(options.ignore_index), label_smoothing_(options.label_smoothing) {
  if (options.weight.defined() && options.weight.ndim() != 1)
    throw ShapeError("CrossEntropyLoss: expected a weight of shape (C,), one for each class, got ",
                     options.weight.shape());
  if (!(label_smoothing_ >= 0 && label_smoothing_ <= 1))
    throw ValueError("CrossEntropyLoss: expected a label_smoothing in [0, 1], got ", label_smoothing_);
  register_buffer("weight", options.weight);
}

Array CrossEntropyLoss::forward(const Array& input, const Array& target) {
  return functional::cross_entropy(input, target, {reduction(), weight(), ignore_index_, label_smoothing_});
}

Json CrossEntropyLoss::config() const {
  Json::Object config = Loss::config().as_object();
  config.emplace_back("ignore_index", ignore_index_);
  config.emplace_back("label_smoothing", label_smoothing_);
  // Its values are part of the state; what is needed to make a place for them is their number.
  config.emplace_back("classes", weight().defined() ? Json(weight().size()) : Json());
  return config;
}

}  // namespace ingot::nn
