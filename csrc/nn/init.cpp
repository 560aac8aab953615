#include "ingot/nn/init.h"

#include <cmath>

#include "ingot/graph/grad_mode.h"
#include "ingot/ops/random.h"

namespace ingot::nn::init {

namespace {

struct Fans {
  double in, out;

  Fans(const Array& array, const char* who) {
    if (array.ndim() < 2)
      throw ShapeError(who, ": fan-in and fan-out are known only for an array of at least two axes, got shape ",
                       array.shape());
    const int64_t field = element_count(Shape(array.shape().begin() + 2, array.shape().end()));
    in = static_cast<double>(array.shape(1) * field);
    out = static_cast<double>(array.shape(0) * field);
  }
  /// Reciprocal of their mean; 0 where there is nothing to fill.
  double scale() const { return in + out > 0 ? 2 / (in + out) : 0; }
};

}  // namespace

void uniform_(const Array& array, double low, double high) {
  if (!(low <= high)) throw ValueError("init.uniform_: expected low <= high, got ", low, " and ", high);
  GradMode off(false);
  array.rebind_unchecked(random::uniform(array.shape(), low, high, array.dtype()).node());
}

void normal_(const Array& array, double mean, double std) {
  if (!(std >= 0)) throw ValueError("init.normal_: expected a standard deviation of at least 0, got ", std);
  GradMode off(false);
  array.rebind_unchecked(random::normal(array.shape(), mean, std, array.dtype()).node());
}

void xavier_uniform_(const Array& array, double gain) {
  const double bound = gain * std::sqrt(3 * Fans(array, "init.xavier_uniform_").scale());
  uniform_(array, -bound, bound);
}

void xavier_normal_(const Array& array, double gain) {
  normal_(array, 0, gain * std::sqrt(Fans(array, "init.xavier_normal_").scale()));
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
