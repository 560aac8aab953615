#include "ingot/nn/loss.h"

namespace ingot::nn {

Array Loss::forward(const Array&, const Array&) {
  throw TypeError(type_name(), " takes other inputs than an input and a target; call its own forward");
}

void CrossEntropyLossOptions::check() const {
  if (weight.defined() && weight.ndim() != 1)
    throw ShapeError("CrossEntropyLoss: expected a weight of shape (C,), one for each class, got ", weight.shape());
  if (!(label_smoothing >= 0 && label_smoothing <= 1))
    throw ValueError("CrossEntropyLoss: expected a label_smoothing in [0, 1], got ", label_smoothing);
}

Array CrossEntropyLoss::forward(const Array& input, const Array& target) {
  const Options o = options();
  return functional::cross_entropy(input, target, {o.reduction, o.weight, o.ignore_index, o.label_smoothing});
}

Array NLLLoss::forward(const Array& input, const Array& target) {
  const Options o = options();
  return functional::nll_loss(input, target, {o.reduction, o.weight, o.ignore_index});
}

}  // namespace ingot::nn
