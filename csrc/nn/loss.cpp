#include "ingot/nn/loss.h"

namespace ingot::nn {

Array MSELoss::forward(const Array& input, const Array& target) {
  return functional::mse_loss(input, target, reduction());
}

Array CrossEntropyLoss::forward(const Array& input, const Array& target) {
  return functional::cross_entropy(input, target, reduction());
}

}  // namespace ingot::nn
