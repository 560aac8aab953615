#include "ingot/ops/batch_norm.h"

#include "ingot/ops/apply.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/batch_norm_op.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

Array widened(const Array& x) { return converted(x, compute_dtype(x.dtype())); }

/// All axes but that of the channels.
Axes others(const Array& x) {
  Axes axes;
  for (int64_t i = 0; i < x.ndim(); ++i)
    if (i != 1) axes.push_back(i);
  return axes;
}

/// Elements of one channel.
double count(const Array& x) { return static_cast<double>(element_count(reduced_shape(x.shape(), {1}, false))); }

/// One number per channel, shaped so that it meets the channels of `x`.
Array along_channels(const Array& values, const Array& x) {
  Shape shape(static_cast<size_t>(x.ndim() - 1), 1);
  shape[0] = values.size();
  return reshape(values, shape);
}

Array centred(const Array& x, const Array& mean) { return widened(x) - along_channels(mean, x); }

/// (batch, N, C, ...) as (N, batch * C, ...).
Array batch_into_channels(const Array& x) { return flatten(moveaxis(x, 0, 1), 1, 2); }

/// (N, batch * C, ...) as (batch, N, C, ...).
Array batch_out_of_channels(const Array& x, int64_t batch) {
  Shape shape(x.shape());
  shape[1] /= std::max<int64_t>(1, batch);
  shape.insert(1, batch);
  return moveaxis(reshape(x, shape), 1, 0);
}

Array split_batch(const Array& values, int64_t batch) {
  return reshape(values, {batch, values.size() / std::max<int64_t>(1, batch)});
}

std::vector<Array> channel_moments(const Array& x) {
  static const OpRef op = make_ref<ChannelMoments>();
  const Spec each{{x.shape(1)}, compute_dtype(x.dtype())};
  return apply_tuple(op, std::initializer_list<Array>{x}, {each, each});
}

/// The batch normalised as one operation: output, mean, variance.
std::vector<Array> apply_batch_norm(OpRef op, const Array& x, const Array& weight, const Array& bias) {
  const Spec each{{x.shape(1)}, compute_dtype(x.dtype())};
  return apply_tuple(std::move(op), std::initializer_list<Array>{x, weight, bias},
                     {{x.shape(), x.dtype()}, each, each});
}

/// `(x - mean) * scale + bias` as one multiplication and one addition, so that nothing but `x` is read. `bias` may be
/// undefined.
Array normalised(const Array& x, const Array& mean, const Array& scale, const Array& bias) {
  const Array shift = bias.defined() ? bias - mean * scale : -(mean * scale);
  return widened(x) * along_channels(scale, x) + along_channels(shift, x);
}

void check(const Array& x, const char* op) {
  require_defined(x, op);
  if (!is_floating(x.dtype())) throw TypeError(op, ": expected a floating dtype, got ", x.dtype());
  if (x.ndim() < 2) throw ShapeError(op, ": expected an input of shape (batch, channels, ...), got ", x.shape());
}

void check_channels(const Array& values, const Array& x, const char* name, const char* op) {
  if (values.defined() && values.shape() != Shape{x.shape(1)})
    throw ShapeError(op, ": expected ", name, " of shape (", x.shape(1), ",) for the input of shape ", x.shape(),
                     ", got ", values.shape());
}

template <class T>
void moments(const Tensor& x, double* mean, double* variance) {
  Tensor channel = x;
  channel.shape.erase(1);
  channel.strides.erase(1);
  const auto elements = static_cast<double>(channel.size());
  for (int64_t c = 0; c < x.shape[1]; ++c) {
    const T* data = x.as<T>() + c * x.strides[1];
    const auto total = [&](auto&& term) {
      double sum = 0;
      for_each_row<1>(channel.shape, {&channel.strides}, [&](const auto& at, const auto& step, int64_t length) {
        for (int64_t i = 0; i < length; ++i) sum += term(convert<double>(data[at[0] + i * step[0]]));
      });
      return sum;
    };
    mean[c] = total([](double value) { return value; }) / elements;
    variance[c] = total([&](double value) { return (value - mean[c]) * (value - mean[c]); }) / elements;
  }
}

}  // namespace

// ---- channel_moments ----

void ChannelMoments::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor& x = inputs[0];
  const auto channels = static_cast<size_t>(x.shape[1]);
  std::vector<double> mean(channels), variance(channels);
  visit(x.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (is_half_type<T> || std::is_floating_point_v<T>) moments<T>(x, mean.data(), variance.data());
  });
  visit(outputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for (size_t c = 0; c < channels; ++c) {
      outputs[0].as<T>()[c] = convert<T>(mean[c]);
      outputs[1].as<T>()[c] = convert<T>(variance[c]);
    }
  });
}

// ---- batch_norm ----

std::vector<Array> BatchNorm::expand(const std::vector<Array>& inputs) const {
  const Array& x = inputs[0];
  const std::vector<Array> moments = channel_moments(x);
  const Array output = normalised(x, moments[0], rsqrt(moments[1] + eps) * inputs[1], inputs[2]);
  return {converted(output, x.dtype()), moments[0], moments[1]};
}

std::vector<Array> BatchNorm::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const Array x = call.in(0), weight = call.in(1), mean = call.out(1), variance = call.out(2);
  const double share = 1 / count(x);
  // The gradient is a sum of multiples of the cotangent, of x - mean, and of 1, each channel with its own.
  std::vector<Array> result(3);
  Array of_x, of_one;
  if (cotangents[0].defined()) {
    const Array g = widened(cotangents[0]), deviation = rsqrt(variance + eps);
    const Array total = sum(g, others(x)), aligned = sum(g * centred(x, mean), others(x));
    if (call.needs(1)) result[1] = aligned * deviation;
    if (call.needs(2)) result[2] = total;
    const Array scale = weight * deviation;
    result[0] = g * along_channels(scale, x);
    of_x = scale * square(deviation) * aligned * -share;
    of_one = scale * total * -share;
  }
  const auto add = [](Array& sum, const Array& term) { sum = sum.defined() ? sum + term : term; };
  if (cotangents[2].defined()) add(of_x, cotangents[2] * (2 * share));
  if (cotangents[1].defined()) add(of_one, cotangents[1] * share);
  if (!call.needs(0)) {
    result[0] = Array();
    return result;
  }
  if (of_x.defined()) {
    add(result[0], widened(x) * along_channels(of_x, x));
    add(of_one, -(mean * of_x));
  }
  if (of_one.defined()) add(result[0], along_channels(of_one, x));
  if (result[0].defined()) result[0] = converted(broadcast_to(result[0], x.shape()), x.dtype());
  return result;
}

std::vector<Array> BatchNorm::jvp(const Call& call, const std::vector<Array>& tangents) const {
  const Array x = call.in(0), weight = call.in(1), variance = call.out(2);
  const Array from_centre = centred(x, call.out(1)), deviation = rsqrt(variance + eps);
  Array output, of_mean, of_variance;
  const auto add = [&](const Array& term) { output = output.defined() ? output + term : term; };
  if (tangents[0].defined()) {
    const Array t = widened(tangents[0]), scale = weight * deviation;
    of_mean = mean(t, others(x));
    of_variance = 2 * mean(from_centre * t, others(x));
    add(centred(t, of_mean) * along_channels(scale, x));
    add(from_centre * along_channels(scale * square(deviation) * of_variance * -0.5, x));
  }
  if (tangents[1].defined()) add(from_centre * along_channels(deviation * tangents[1], x));
  if (tangents[2].defined()) add(broadcast_to(along_channels(tangents[2], x), x.shape()));
  return {output.defined() ? converted(output, x.dtype()) : output, of_mean, of_variance};
}

std::vector<Array> BatchNorm::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes& axes,
                                   int64_t batch) const {
  const auto each = [&](size_t i) { return give_batch(inputs[i], axes[i], batch); };
  std::vector<Array> results =
      apply_batch_norm(OpRef(this), batch_into_channels(each(0)), flatten(each(1)), flatten(each(2)));
  return {batch_out_of_channels(results[0], batch), split_batch(results[1], batch), split_batch(results[2], batch)};
}

BatchNormResult batch_norm(const Array& given, const Array& weight, const Array& bias, double eps) {
  constexpr const char* op = "batch_norm";
  const Array x = autocast(op, given);
  check(x, op);
  check_channels(weight, x, "a weight", op);
  check_channels(bias, x, "a bias", op);
  if (x.shape(1) > 0 && x.size() == 0)
    throw ShapeError(op, ": an input of shape ", x.shape(), " has no elements to take statistics of");
  const DType dtype = compute_dtype(x.dtype());
  const Shape channels{x.shape(1)};
  const std::vector<Array> results =
      apply_batch_norm(make_ref<BatchNorm>(eps), x, weight.defined() ? converted(weight, dtype) : ones(channels, dtype),
                       bias.defined() ? converted(bias, dtype) : zeros(channels, dtype));
  return {results[0], results[1], results[2]};
}

Array batch_norm(const Array& given, const Array& mean, const Array& variance, const Array& weight, const Array& bias,
                 double eps) {
  constexpr const char* op = "batch_norm";
  const Array x = autocast(op, given);
  check(x, op);
  if (!mean.defined() || !variance.defined()) throw ValueError(op, ": mean and variance must be given");
  check_channels(mean, x, "a mean", op);
  check_channels(variance, x, "a variance", op);
  check_channels(weight, x, "a weight", op);
  check_channels(bias, x, "a bias", op);
  const Array deviation = rsqrt(variance + eps);
  const Array output = normalised(x, mean, weight.defined() ? deviation * weight : deviation, bias);
  return converted(output, x.dtype());
}

}  // namespace ingot
