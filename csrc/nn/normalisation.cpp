#include "ingot/nn/normalisation.h"

#include "ingot/graph/grad_mode.h"
#include "ingot/nn/running_statistics.h"
#include "ingot/ops/batch_norm.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/normalisation.h"
#include "ingot/ops/reduction.h"

namespace ingot::nn {

namespace {

void check_shape(const char* layer, const Shape& shape) {
  if (shape.empty()) throw ShapeError(layer, ": normalized_shape names the lengths of the last axes, at least one");
  element_count(shape);
}

Json lengths(const Shape& shape) {
  Json::List list;
  for (int64_t length : shape) list.push_back(length);
  return list;
}

Array buffer(const Module& module, const char* name) {
  const BufferEntry* entry = module.own_buffers().find(name);
  return entry ? entry->value : Array();
}

const char* python_bool(bool value) { return value ? "True" : "False"; }

void fill(const Array& parameter, double value) {
  if (!parameter.defined()) return;
  const GradMode off(false);
  parameter.rebind_unchecked(full(parameter.shape(), value, parameter.dtype()).node());
}

}  // namespace

LayerNorm::LayerNorm(Shape normalized_shape, double eps, bool elementwise_affine, bool bias, DType dtype)
    : shape_(std::move(normalized_shape)), eps_(eps), affine_(elementwise_affine) {
  check_shape("LayerNorm", shape_);
  register_parameter("weight", affine_ ? parameter(ones(shape_, dtype)) : Array());
  register_parameter("bias", affine_ && bias ? parameter(zeros(shape_, dtype)) : Array());
}

void LayerNorm::reset_parameters() {
  fill(get_parameter("weight"), 1);
  fill(get_parameter("bias"), 0);
}

Array LayerNorm::forward(const Array& x) {
  return layer_norm(x, shape_, get_parameter("weight"), get_parameter("bias"), eps_);
}

std::string LayerNorm::extra_repr() const {
  return concat(shape_, ", eps=", eps_, ", elementwise_affine=", python_bool(affine_),
                ", bias=", python_bool(get_parameter("bias").defined()));
}

Json LayerNorm::config() const {
  return Json::Object{{"normalized_shape", lengths(shape_)},
                      {"eps", eps_},
                      {"elementwise_affine", affine_},
                      {"bias", get_parameter("bias").defined()}};
}

RMSNorm::RMSNorm(Shape normalized_shape, std::optional<double> eps, bool elementwise_affine, DType dtype)
    : shape_(std::move(normalized_shape)), eps_(eps), affine_(elementwise_affine) {
  check_shape("RMSNorm", shape_);
  register_parameter("weight", affine_ ? parameter(ones(shape_, dtype)) : Array());
}

void RMSNorm::reset_parameters() { fill(get_parameter("weight"), 1); }

Array RMSNorm::forward(const Array& x) { return rms_norm(x, shape_, get_parameter("weight"), eps_); }

std::string RMSNorm::extra_repr() const {
  return concat(shape_, ", eps=", eps_ ? concat(*eps_) : "None", ", elementwise_affine=", python_bool(affine_));
}

Json RMSNorm::config() const {
  return Json::Object{
      {"normalized_shape", lengths(shape_)}, {"eps", eps_ ? Json(*eps_) : Json()}, {"elementwise_affine", affine_}};
}

// ---- groups of channels ----

GroupNorm::GroupNorm(Options options) : Described(options) {
  if (options.num_groups < 1 || options.num_channels < 1 || options.num_channels % options.num_groups != 0)
    throw ValueError("GroupNorm: expected a positive num_groups that divides num_channels, got ", options.num_groups,
                     " and ", options.num_channels);
  const Shape shape{options.num_channels};
  register_parameter("weight", options.affine ? parameter(ones(shape, options.dtype)) : Array());
  register_parameter("bias", options.affine ? parameter(zeros(shape, options.dtype)) : Array());
}

void GroupNorm::reset_parameters() {
  fill(get_parameter("weight"), 1);
  fill(get_parameter("bias"), 0);
}

Array GroupNorm::forward(const Array& x) {
  const Options o = options();
  if (x.defined() && x.ndim() >= 2 && x.shape(1) != o.num_channels)
    throw ShapeError("GroupNorm: expected ", o.num_channels, " channels on axis 1, got shape ", x.shape());
  return group_norm(x, o.num_groups, get_parameter("weight"), get_parameter("bias"), o.eps);
}

// ---- each channel of each sample ----

InstanceNorm::InstanceNorm(size_t axes, int64_t num_features, const BatchNormOptions& options)
    : axes_(axes), num_features_(num_features), options_(options) {
  if (num_features < 1) throw ValueError("InstanceNorm: num_features must be at least 1, got ", num_features);
  if (!is_floating(options.dtype)) throw TypeError("InstanceNorm: expected a floating dtype, got ", options.dtype);
  const Shape shape{num_features};
  register_parameter("weight", options.affine ? parameter(ones(shape, options.dtype)) : Array());
  register_parameter("bias", options.affine ? parameter(zeros(shape, options.dtype)) : Array());
  const bool tracks = options.track_running_stats;
  register_buffer("running_mean", tracks ? zeros(shape, options.dtype) : Array());
  register_buffer("running_var", tracks ? ones(shape, options.dtype) : Array());
  register_buffer("num_batches_tracked", tracks ? scalar(0, DType::int64) : Array());
}

void InstanceNorm::reset_running_stats() {
  fill(buffer(*this, "running_mean"), 0);
  fill(buffer(*this, "running_var"), 1);
  fill(buffer(*this, "num_batches_tracked"), 0);
}

void InstanceNorm::reset_parameters() {
  reset_running_stats();
  fill(get_parameter("weight"), 1);
  fill(get_parameter("bias"), 0);
}

void InstanceNorm::set_num_features(int64_t num_features) {
  num_features_ = num_features;
  for (const Array& each :
       {get_parameter("weight"), get_parameter("bias"), buffer(*this, "running_mean"), buffer(*this, "running_var")})
    if (each.defined()) each.rebind_unchecked(zeros({num_features}, each.dtype()).node());
  reset_parameters();
}

Array InstanceNorm::forward(const Array& input) {
  if (!input.defined()) throw ValueError(type_name(), ": the array is undefined");
  const auto batched = static_cast<int64_t>(axes_) + 2;
  if (input.ndim() != batched && input.ndim() != batched - 1)
    throw ShapeError(type_name(), ": expected an input of ", batched, " axes, or of ", batched - 1,
                     " without a batch, got shape ", input.shape());
  const Array x = input.ndim() == batched ? input : expand_dims(input, {0});
  if (x.shape(1) != num_features_)
    throw ShapeError(type_name(), ": expected ", num_features_, " channels, got shape ", input.shape());
  const auto finished = [&](const Array& y) { return input.ndim() == batched ? y : squeeze(y, Axes{0}); };
  const Array &weight = get_parameter("weight"), &bias = get_parameter("bias");
  const Array mean = buffer(*this, "running_mean"), variance = buffer(*this, "running_var");
  if (!training() && mean.defined()) return finished(ingot::batch_norm(x, mean, variance, weight, bias, options_.eps));
  const int64_t count = x.shape(0), per_channel = x.shape(0) > 0 ? x.size() / (x.shape(0) * num_features_) : 0;
  if (per_channel == 1)
    throw ValueError(type_name(), ": statistics need more than one element per channel, got an input of shape ",
                     input.shape());
  if (!mean.defined()) return finished(instance_norm(x, weight, bias, options_.eps));

  // Channels of all samples side by side are the channels of one batch.
  Shape flat(x.shape());
  flat[0] = 1;
  flat[1] = count * num_features_;
  const BatchNormResult result = ingot::batch_norm(reshape(x, flat), {}, {}, options_.eps);
  {
    const GradMode off(false);
    const auto over_batch = [&](const Array& each) {
      return ingot::mean(reshape(stop_gradient(each), {count, num_features_}), Axes{0});
    };
    const double unbiased = static_cast<double>(per_channel) / static_cast<double>(per_channel - 1);
    // As in PyTorch, batches are not counted, and without a momentum nothing moves.
    const auto update = [&](const Array& running, const Array& now) {
      replace_statistic(running, running + (now - running) * options_.momentum.value_or(0));
    };
    update(mean, over_batch(result.mean));
    update(variance, over_batch(result.variance) * unbiased);
  }
  Array y = reshape(result.output, x.shape());
  if (weight.defined()) {
    Shape per(static_cast<size_t>(batched) - 1, 1);
    per[0] = num_features_;
    y = y * reshape(weight, per) + reshape(bias, per);
  }
  return finished(y);
}

std::string InstanceNorm::extra_repr() const {
  return concat(
      num_features_, ", eps=", options_.eps, ", momentum=", options_.momentum ? concat(*options_.momentum) : "None",
      ", affine=", python_bool(options_.affine), ", track_running_stats=", python_bool(options_.track_running_stats));
}

Json InstanceNorm::config() const {
  return Json::Object{{"num_features", num_features_},
                      {"eps", options_.eps},
                      {"momentum", options_.momentum ? Json(*options_.momentum) : Json()},
                      {"affine", options_.affine},
                      {"track_running_stats", options_.track_running_stats}};
}

}  // namespace ingot::nn
