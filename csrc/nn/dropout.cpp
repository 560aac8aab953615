#include "ingot/nn/dropout.h"

#include <cmath>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/random.h"

namespace ingot::nn {

namespace {

void check_probability(const char* op, double p) {
  if (!(p >= 0 && p <= 1)) throw ValueError(op, ": expected a probability p in [0, 1], got ", p);
}

Array kept(double p, const Shape& shape) { return random::bernoulli(scalar(1 - p, DType::float32), shape); }

/// `shape` with lengths of 1 behind its first `leading` axes.
Shape of_channels(const Shape& shape, size_t leading) {
  Shape channels(shape);
  for (size_t i = leading; i < channels.size(); ++i) channels[i] = 1;
  return channels;
}

Array alpha_dropped(const Array& x, double p, const Shape& mask) {
  constexpr double kLowest = -1.7580993408473766;  // -scale * alpha of SELU
  if (p == 1) return zeros_like(x) * x;
  const double a = 1 / std::sqrt((1 - p) * (1 + p * kLowest * kLowest));
  return where(kept(p, mask), x, kLowest) * a - a * kLowest * p;
}

}  // namespace

namespace functional {

Array feature_dropout(const Array& x, size_t axes, double p, bool training) {
  check_probability("dropout", p);
  const auto unbatched = static_cast<int64_t>(axes) + 1;
  if (x.ndim() != unbatched && x.ndim() != unbatched + 1)
    throw ShapeError("dropout", axes, "d: expected an input of ", unbatched + 1,
                     " axes (batch, channels, *spatial), or of ", unbatched, " without a batch, got shape ", x.shape());
  if (!training || p == 0) return x;
  const size_t leading = x.ndim() == unbatched ? 1 : 2;
  return where(kept(p, of_channels(x.shape(), leading)), p < 1 ? x * (1 / (1 - p)) : x, 0);
}

Array alpha_dropout(const Array& x, double p, bool training) {
  check_probability("alpha_dropout", p);
  return training && p > 0 ? alpha_dropped(x, p, x.shape()) : x;
}

Array feature_alpha_dropout(const Array& x, double p, bool training) {
  check_probability("feature_alpha_dropout", p);
  if (x.ndim() < 2)
    throw ShapeError("feature_alpha_dropout: expected axes of batch and channels, got shape ", x.shape());
  return training && p > 0 ? alpha_dropped(x, p, of_channels(x.shape(), 2)) : x;
}

}  // namespace functional

void DropoutOptions::check() const { check_probability("Dropout", p); }

}  // namespace ingot::nn
