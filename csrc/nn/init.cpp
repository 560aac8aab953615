#include "ingot/nn/init.h"

#include <cmath>

#include "ingot/graph/grad_mode.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/random.h"
#include "ingot/ops/reduction.h"

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

void fill(const Array& array, const Array& values) {
  array.rebind_unchecked((values.dtype() == array.dtype() ? values : astype(values, array.dtype())).node());
}

void check_floating(const Array& array, const char* who) {
  if (!array.defined()) throw ValueError(who, ": the array is undefined");
  if (!is_floating(array.dtype())) throw TypeError(who, ": expected a floating dtype, got ", array.dtype());
}

/// The standard deviation for layers whose inputs, or outputs, add up.
double kaiming_std(const Array& array, double a, std::string_view mode, std::string_view nonlinearity,
                   const char* who) {
  if (mode != "fan_in" && mode != "fan_out")
    throw ValueError(who, ": expected mode 'fan_in' or 'fan_out', got '", mode, "'");
  const double gain = calculate_gain(nonlinearity, a);
  const Fans fans(array, who);
  const double fan = mode == "fan_in" ? fans.in : fans.out;
  return fan > 0 ? gain / std::sqrt(fan) : 0;
}

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

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

void trunc_normal_(const Array& array, double mean, double std, double low, double high) {
  check_floating(array, "init.trunc_normal_");
  if (!(std > 0 && low <= high))
    throw ValueError("init.trunc_normal_: expected a positive standard deviation and low <= high, got ", std, ", ", low,
                     " and ", high);
  const GradMode off(false);
  // By the inverse of the distribution function, of which erfinv is what can be computed.
  const double from = 2 * normal_cdf((low - mean) / std) - 1, to = 2 * normal_cdf((high - mean) / std) - 1;
  const Array uniform = random::uniform(array.shape(), from, to, compute_dtype(array.dtype()));
  fill(array, clip(erfinv(uniform) * (std * std::sqrt(2.0)) + mean, low, high));
}

void constant_(const Array& array, double value) {
  const GradMode off(false);
  array.rebind_unchecked(full(array.shape(), value, array.dtype()).node());
}

void eye_(const Array& array) {
  if (array.ndim() != 2) throw ShapeError("init.eye_: expected an array of two axes, got shape ", array.shape());
  const GradMode off(false);
  array.rebind_unchecked(eye(array.shape(0), array.shape(1), 0, array.dtype()).node());
}

void dirac_(const Array& array, int64_t groups) {
  if (array.ndim() < 3 || array.ndim() > 5)
    throw ShapeError("init.dirac_: expected an array of three to five axes (out, in, *kernel), got shape ",
                     array.shape());
  if (groups < 1 || array.shape(0) % groups != 0)
    throw ValueError("init.dirac_: groups must divide the ", array.shape(0), " output channels, got ", groups);
  const GradMode off(false);
  const int64_t out = array.shape(0) / groups, in = array.shape(1);
  Array channels = eye(out, in, 0, array.dtype());
  if (groups > 1) channels = concatenate(std::vector<Array>(static_cast<size_t>(groups), channels), 0);
  Shape shape{array.shape(0), in};
  std::vector<std::pair<int64_t, int64_t>> around{{0, 0}, {0, 0}};
  for (int64_t axis = 2; axis < array.ndim(); ++axis) {
    const int64_t length = array.shape(axis);
    if (length < 1) return;
    shape.push_back(1);
    around.emplace_back(length / 2, length - 1 - length / 2);
  }
  array.rebind_unchecked(pad(reshape(channels, shape), around).node());
}

void xavier_uniform_(const Array& array, double gain) {
  const double bound = gain * std::sqrt(3 * Fans(array, "init.xavier_uniform_").scale());
  uniform_(array, -bound, bound);
}

void xavier_normal_(const Array& array, double gain) {
  normal_(array, 0, gain * std::sqrt(Fans(array, "init.xavier_normal_").scale()));
}

void kaiming_uniform_(const Array& array, double a, std::string_view mode, std::string_view nonlinearity) {
  const double bound = std::sqrt(3.0) * kaiming_std(array, a, mode, nonlinearity, "init.kaiming_uniform_");
  uniform_(array, -bound, bound);
}

void kaiming_normal_(const Array& array, double a, std::string_view mode, std::string_view nonlinearity) {
  normal_(array, 0, kaiming_std(array, a, mode, nonlinearity, "init.kaiming_normal_"));
}

void orthogonal_(const Array& array, double gain) {
  check_floating(array, "init.orthogonal_");
  if (array.ndim() < 2)
    throw ShapeError("init.orthogonal_: expected an array of at least two axes, got shape ", array.shape());
  if (array.size() == 0) return;
  const GradMode off(false);
  const int64_t rows = array.shape(0), columns = array.size() / rows;
  const auto [q, r] =
      linalg::qr(random::normal({std::max(rows, columns), std::min(rows, columns)}, 0, 1, DType::float64));
  // Without the signs of R the distribution would not be uniform (Mezzadri, 2007).
  const Array diagonal = sum(r * eye(r.shape(0), r.shape(1), 0, r.dtype()), Axes{0});
  const Array basis = q * where(diagonal < 0, -1.0, ones_like(diagonal));
  fill(array, reshape(rows >= columns ? basis : transpose(basis), array.shape()) * gain);
}

void sparse_(const Array& array, double sparsity, double std) {
  check_floating(array, "init.sparse_");
  if (array.ndim() != 2) throw ShapeError("init.sparse_: expected an array of two axes, got shape ", array.shape());
  if (!(sparsity >= 0 && sparsity <= 1))
    throw ValueError("init.sparse_: expected a sparsity in [0, 1], got ", sparsity);
  const GradMode off(false);
  const int64_t rows = array.shape(0), columns = array.shape(1);
  const auto zeroed = static_cast<int64_t>(std::ceil(sparsity * static_cast<double>(rows)));
  // Each column's own order of the rows: the first of them are zero.
  std::vector<Array> keep;
  for (int64_t i = 0; i < columns; ++i) keep.push_back(random::permutation(rows) >= zeroed);
  if (keep.empty()) return;
  fill(array, where(stack(keep, 1), random::normal(array.shape(), 0, std, array.dtype()), 0));
}

double calculate_gain(std::string_view nonlinearity, double a) {
  for (const char* linear :
       {"linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "sigmoid"})
    if (nonlinearity == linear) return 1;
  if (nonlinearity == "tanh") return 5.0 / 3;
  if (nonlinearity == "relu") return std::sqrt(2.0);
  if (nonlinearity == "leaky_relu") return std::sqrt(2 / (1 + a * a));
  if (nonlinearity == "selu") return 0.75;
  throw ValueError(
      "init.calculate_gain: expected 'linear', 'sigmoid', 'tanh', 'relu', 'leaky_relu', 'selu' or the name "
      "of a convolution, got '",
      nonlinearity, "'");
}

}  // namespace ingot::nn::init
