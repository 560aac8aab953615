#include "ingot/nn/batch_norm.h"

#include "ingot/engine/jit.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/nn/running_statistics.h"
#include "ingot/ops/batch_norm.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot::nn {

namespace {

/// `momentum` is a number, or an array that holds one.
template <class Momentum>
void update(const Array& running, const Array& batch, const Momentum& momentum) {
  if (running.defined()) replace_statistic(running, running + (stop_gradient(batch) - running) * momentum);
}

template <class Momentum>
Array normalised_by_batch(const Array& x, const Array& running_mean, const Array& running_var, const Array& weight,
                          const Array& bias, const Momentum& momentum, double eps) {
  const BatchNormResult result = ingot::batch_norm(x, weight, bias, eps);
  if (running_mean.defined() || running_var.defined()) {
    if (result.mean.peek().traced() && !is_recording())
      throw TraceError(
          "batch_norm: running statistics cannot be updated while vmap maps over them; use eval mode or "
          "track_running_stats=False");
    const GradMode off(false);
    const auto count = static_cast<double>(x.size() / x.shape(1));
    update(running_mean, result.mean, momentum);
    update(running_var, result.variance * (count / (count - 1)), momentum);
  }
  return result.output;
}

void check_trainable(const Array& x) {
  if (x.defined() && x.ndim() >= 2 && x.shape(1) > 0 && x.size() / x.shape(1) <= 1)
    throw ValueError(
        "batch_norm: while training, statistics need more than one element per channel, got an input of "
        "shape ",
        x.shape());
}

}  // namespace

Array functional::batch_norm(const Array& x, const Array& running_mean, const Array& running_var, const Array& weight,
                             const Array& bias, bool training, double momentum, double eps) {
  if (!training && running_mean.defined() && running_var.defined())
    return ingot::batch_norm(x, running_mean, running_var, weight, bias, eps);
  if (!training)
    throw ValueError("batch_norm: pass running_mean and running_var, or training=True to normalise by the batch");
  check_trainable(x);
  return normalised_by_batch(x, running_mean, running_var, weight, bias, momentum, eps);
}

BatchNorm::BatchNorm(int64_t least_axes, int64_t most_axes, int64_t num_features, const BatchNormOptions& options)
    : least_axes_(least_axes), most_axes_(most_axes), num_features_(num_features), options_(options) {
  if (num_features < 1) throw ValueError("BatchNorm: num_features must be at least 1, got ", num_features);
  if (!(options.eps >= 0)) throw ValueError("BatchNorm: eps must not be negative, got ", options.eps);
  if (!is_floating(options.dtype)) throw TypeError("BatchNorm: expected a floating dtype, got ", options.dtype);
  const Shape shape{num_features};
  register_parameter("weight", options.affine ? parameter(ones(shape, options.dtype)) : Array());
  register_parameter("bias", options.affine ? parameter(zeros(shape, options.dtype)) : Array());
  const bool tracks = options.track_running_stats;
  register_buffer("running_mean", tracks ? copied(zeros(shape, options.dtype), options.dtype) : Array());
  register_buffer("running_var", tracks ? copied(ones(shape, options.dtype), options.dtype) : Array());
  register_buffer("num_batches_tracked", tracks ? scalar(0, DType::int64) : Array());
}

Array BatchNorm::buffer(std::string_view name) const {
  const BufferEntry* entry = own_buffers().find(name);
  return entry ? entry->value : Array();
}

void BatchNorm::reset_running_stats() {
  if (!running_mean().defined()) return;
  replace_statistic(running_mean(), zeros_like(running_mean()));
  replace_statistic(running_var(), ones_like(running_var()));
  replace_statistic(num_batches_tracked(), zeros_like(num_batches_tracked()));
}

void BatchNorm::reset_parameters() {
  reset_running_stats();
  const GradMode off(false);
  if (weight().defined()) weight().rebind_unchecked(ones_like(weight()).node());
  if (bias().defined()) bias().rebind_unchecked(zeros_like(bias()).node());
}

void BatchNorm::set_num_features(int64_t num_features) {
  num_features_ = num_features;
  for (const Array& each : {weight(), bias(), running_mean(), running_var()})
    if (each.defined()) each.rebind_unchecked(zeros({num_features}, each.dtype()).node());
  reset_parameters();
}

Array BatchNorm::forward(const Array& x) {
  if (!x.defined()) throw ValueError(type_name(), ": the array is undefined");
  if (x.ndim() < least_axes_ || x.ndim() > most_axes_)
    throw ShapeError(type_name(), ": expected an input of ", least_axes_,
                     least_axes_ == most_axes_ ? std::string() : concat(" or ", most_axes_), " axes, got shape ",
                     x.shape());
  if (x.shape(1) != num_features_)
    throw ShapeError(type_name(), ": expected ", num_features_, " channels on axis 1, got shape ", x.shape());
  const Array mean = running_mean(), variance = running_var();
  const bool tracked = mean.defined() && variance.defined();
  if (!training() && tracked) return ingot::batch_norm(x, mean, variance, weight(), bias(), options_.eps);
  check_trainable(x);
  if (!training() || !tracked) return ingot::batch_norm(x, weight(), bias(), options_.eps).output;
  const Array batches = num_batches_tracked();
  if (batches.defined()) replace_statistic(batches, batches + 1);
  if (options_.momentum || !batches.defined())
    return normalised_by_batch(x, mean, variance, weight(), bias(), options_.momentum.value_or(0), options_.eps);
  return normalised_by_batch(x, mean, variance, weight(), bias(), 1 / astype(batches, mean.dtype()), options_.eps);
}

std::string BatchNorm::extra_repr() const {
  const auto word = [](bool value) { return value ? "True" : "False"; };
  return concat(num_features_, ", eps=", options_.eps,
                ", momentum=", options_.momentum ? concat(*options_.momentum) : "None",
                ", affine=", word(options_.affine), ", track_running_stats=", word(options_.track_running_stats));
}

Json BatchNorm::config() const {
  return Json::Object{{"num_features", num_features_},
                      {"eps", options_.eps},
                      {"momentum", options_.momentum ? Json(*options_.momentum) : Json()},
                      {"affine", options_.affine},
                      {"track_running_stats", options_.track_running_stats}};
}

}  // namespace ingot::nn
