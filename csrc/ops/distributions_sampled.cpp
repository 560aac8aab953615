// Distributions that are drawn by operations of their own: by trial and error, counts, and choices.
#include <algorithm>
#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/distributions.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/random_draw.h"
#include "ingot/ops/random_op.h"

namespace ingot::random {

namespace {

/// A parameter in what the kernels read, stretched over the sample.
Array parameter(const Array& x, const Shape& shape, DType dtype, const char* op) {
  check_values(x, [](double) { return true; }, op, "numbers");
  return stop_gradient(broadcast_to(converted(x, dtype), shape));
}

/// Counts, which are drawn from float64: float32 would not tell large ones apart.
Array counts(SampleKind kind, const Shape& shape, const std::vector<Array>& parameters, DType dtype, const Array& key,
             const char* op) {
  if (!is_integer(dtype) && !is_floating(dtype))
    throw TypeError(op, ": expected an integer or floating dtype, got ", dtype);
  std::vector<Array> inputs{single_key(key, op)};
  for (const Array& each : parameters) inputs.push_back(parameter(each, shape, DType::float64, op));
  return apply(make_ref<RandomSample>(kind), inputs, {shape, dtype});
}

/// Weights as rows of float32 or float64, and choices for each.
Array choices(const Array& weights, int64_t count, bool logarithmic, bool replace, const Array& key, const char* op) {
  require_defined(weights, op);
  require_order(weights, op);
  if (count < 0) throw ValueError(op, ": the number of choices must not be negative, got ", count);
  const DType dtype = weights.dtype() == DType::float64 ? DType::float64 : DType::float32;
  const int64_t length = weights.shape(-1), rows = length == 0 ? 0 : weights.size() / length;
  if (length == 0) throw ValueError(op, ": nothing to choose from in shape ", weights.shape());
  if (length > std::numeric_limits<int32_t>::max())
    throw ValueError(op, ": expected fewer than 2^31 choices, got ", length);
  if (!replace && count > length) throw ValueError(op, ": cannot choose ", count, " of ", length, " without repeats");
  const Array table = stop_gradient(reshape(converted(weights, dtype), {rows, length}));
  Shape shape(weights.shape());
  shape.back() = count;
  const Array drawn = apply(make_ref<RandomChoice>(count, logarithmic, replace), {single_key(key, op), table},
                            {{rows, count}, DType::int32});
  return reshape(drawn, shape);
}

}  // namespace

Array gamma(const Shape& shape, const Array& alpha, DType dtype, const Array& key) {
  constexpr const char* op = "gamma";
  require_floating(dtype, op);
  check_values(alpha, [](double v) { return v > 0; }, op, "a positive shape parameter");
  const DType compute = dtype == DType::float64 ? dtype : DType::float32;
  const Array wide = broadcast_to(converted(alpha, compute), shape), fixed = stop_gradient(wide);
  Array drawn = apply(make_ref<RandomSample>(SampleKind::gamma), {single_key(key, op), fixed}, {shape, compute});
  if (wide.requires_grad()) {
    const Array slope = apply(make_ref<GammaDerivative>(), {fixed, drawn}, {shape, compute});
    drawn = drawn + (wide - fixed) * slope;
  }
  return converted(drawn, dtype);
}

Array poisson(const Shape& shape, const Array& rate, DType dtype, const Array& key) {
  return counts(SampleKind::poisson, shape, {rate}, dtype, key, "poisson");
}

Array binomial(const Shape& shape, const Array& trials, const Array& probability, DType dtype, const Array& key) {
  return counts(SampleKind::binomial, shape, {trials, probability}, dtype, key, "binomial");
}

Array geometric(const Shape& shape, const Array& probability, DType dtype, const Array& key) {
  return counts(SampleKind::geometric, shape, {probability}, dtype, key, "geometric");
}

Array categorical(const Array& logits, int64_t axis, int64_t count, const Array& key) {
  require_defined(logits, "categorical");
  const int64_t along = normalize_axis(axis, logits.ndim(), "categorical");
  return choices(moveaxis(logits, along, -1), count, true, true, key, "categorical");
}

Array multinomial(const Array& weights, int64_t count, bool replace, const Array& key) {
  require_defined(weights, "multinomial");
  if (weights.ndim() < 1 || weights.ndim() > 2)
    throw ShapeError("multinomial: expected weights of one or two axes, got shape ", weights.shape());
  return choices(weights, count, false, replace, key, "multinomial");
}

Array choice(const Array& x, const Shape& shape, bool replace, const Array& weights, int64_t axis, const Array& key) {
  require_defined(x, "choice");
  const int64_t along = normalize_axis(axis, x.ndim(), "choice"), length = x.shape(along);
  const int64_t count = element_count(shape);
  Array places;
  if (weights.defined()) {
    if (weights.shape() != Shape{length})
      throw ShapeError("choice: expected weights of shape (", length, ",), one for each place of axis ", along,
                       ", got ", weights.shape());
    places = choices(weights, count, false, replace, key, "choice");
  } else if (replace) {
    if (length == 0 && count > 0) throw ValueError("choice: nothing to choose from in shape ", x.shape());
    places = randint({count}, 0, std::max<int64_t>(length, 1), index_dtype(length), key);
  } else {
    if (count > length) throw ValueError("choice: cannot choose ", count, " of ", length, " without repeats");
    places = slice(permutation(length, key), {0}, {count}, {1});
  }
  return take(x, reshape(places, shape), along);
}

}  // namespace ingot::random
