#include "ingot/nn/init.h"

#include <cmath>

#include "ingot/graph/grad_mode.h"
#include "ingot/ops/random.h"

namespace ingot::nn::init {

void uniform_(const Array& array, double low, double high) {
  if (!(low <= high)) throw ValueError("init.uniform_: expected low <= high, got ", low, " and ", high);
  GradMode off(false);
  array.rebind_unchecked(random::uniform(array.shape(), low, high, array.dtype()).node());
}

void kaiming_uniform_(const Array& array, double a) {
  if (array.ndim() < 2)
    throw ShapeError("init.kaiming_uniform_: fan-in is known only for an array of at least two axes, got shape ",
                     array.shape());
  const int64_t fan_in = element_count(Shape(array.shape().begin() + 1, array.shape().end()));
  const double bound = fan_in > 0 ? std::sqrt(6 / ((1 + a * a) * static_cast<double>(fan_in))) : 0;
  uniform_(array, -bound, bound);
}

}  // namespace ingot::nn::init
