#include "ingot/ops/activations.h"

#include "ingot/graph/error.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/random.h"
#include "ingot/ops/softmax.h"

namespace ingot {

namespace {

/// `x` where it is not positive, else 0: what the exponential of the negative side may be taken of, since the other side
/// would overflow, and infinity times no gradient is NaN.
Array negative_side(const Array& x) { return where(x > 0, 0, x); }

Array inexact(const Array& x) { return astype(x, to_inexact(x.dtype())); }

/// selu's constants: with them, mean 0 and variance 1 are a fixed point.
constexpr double kSeluAlpha = 1.6732632423543772848, kSeluScale = 1.0507009873554804934;

}  // namespace

Array relu6(const Array& x) { return hardtanh(x, 0, 6); }

Array leaky_relu(const Array& x, double negative_slope) { return where(x > 0, x, inexact(x) * negative_slope); }

Array elu(const Array& x, double alpha) { return where(x > 0, x, alpha * expm1(negative_side(x))); }

Array selu(const Array& x) {
  return where(x > 0, inexact(x) * kSeluScale, (kSeluScale * kSeluAlpha) * expm1(negative_side(x)));
}

Array celu(const Array& x, double alpha) {
  if (alpha == 0) throw ValueError("celu: expected alpha not to be 0, for x is divided by it");
  return where(x > 0, x, alpha * expm1(negative_side(x) / alpha));
}

Array gelu_tanh(const Array& x) {
  // (1 + tanh(z)) / 2 = sigmoid(2 z), which keeps its digits where it is small. 2 sqrt(2 / pi) = 1.59576912160573.
  return x * sigmoid(x * (1.5957691216057307 + 0.07135481627260025 * square(x)));
}

Array gelu(const Array& x, std::string_view approximate) {
  if (approximate == "none") return gelu(x);
  if (approximate == "tanh") return gelu_tanh(x);
  throw ValueError("gelu: expected approximate to be 'none' or 'tanh', got '", approximate, "'");
}

Array mish(const Array& x) { return x * tanh(softplus(x)); }

Array softplus(const Array& x, double beta, double threshold) {
  const Array scaled = inexact(x) * beta;
  return where(scaled > threshold, x, softplus(scaled) / beta);
}

Array log_sigmoid(const Array& x) { return -softplus(-inexact(x)); }

Array hardswish(const Array& x) { return where(x <= -3, 0, where(x >= 3, x, inexact(x) * (x + 3) / 6)); }

Array hardsigmoid(const Array& x) { return where(x <= -3, 0, where(x >= 3, 1, inexact(x) / 6 + 0.5)); }

Array hardtanh(const Array& x, double low, double high) {
  if (low > high) throw ValueError("hardtanh: the lower bound ", low, " is above the upper bound ", high);
  // The same, but for the derivative at the bounds, in fewer passes.
  if (is_floating(x.dtype()) && !x.requires_grad()) return minimum(high, maximum(low, x));
  return where(x <= low, low, where(x >= high, high, x));
}

Array hardshrink(const Array& x, double lambda) { return where(abs(x) <= lambda, 0, x); }

Array softshrink(const Array& x, double lambda) {
  if (!(lambda >= 0)) throw ValueError("softshrink: expected lambda to be at least 0, got ", lambda);
  return where(abs(x) <= lambda, 0, x - sign(x) * lambda);
}

Array tanhshrink(const Array& x) { return x - tanh(x); }

Array threshold(const Array& x, double threshold, double value) { return where(x <= threshold, value, x); }

Array step(const Array& x, double threshold) { return astype(x > threshold, x.dtype()); }

Array glu(const Array& x, int64_t axis) {
  const int64_t along = normalize_axis(axis, x.ndim(), "glu");
  if (x.shape(along) % 2)
    throw ShapeError("glu: axis ", axis, " of ", x.shape(), " has an odd length and cannot be halved");
  const std::vector<Array> halves = split(x, 2, along);
  return halves[0] * sigmoid(halves[1]);
}

Array prelu(const Array& x, const Array& weight) {
  Shape shape;
  if (weight.size() != 1) {
    if (weight.ndim() != 1 || x.ndim() < 2 || weight.size() != x.shape(1))
      throw ShapeError("prelu: expected one weight, or one for each channel (axis 1) of ", x.shape(), ", got shape ",
                       weight.shape());
    shape = Shape(static_cast<size_t>(x.ndim()), 1);
    shape[1] = weight.size();
  }
  return where(x > 0, x, reshape(weight, shape) * x);
}

Array rrelu(const Array& x, double lower, double upper, bool training) {
  if (!(lower <= upper)) throw ValueError("rrelu: expected lower <= upper, got ", lower, " and ", upper);
  if (!training) return leaky_relu(x, (lower + upper) / 2);
  const Array value = inexact(x);
  return where(value >= 0, value, value * random::uniform(x.shape(), lower, upper, value.dtype()));
}

Array softmin(const Array& x, int64_t axis) { return softmax(-x, axis); }

}  // namespace ingot
