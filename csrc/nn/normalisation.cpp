#include "ingot/nn/normalisation.h"

#include "ingot/graph/grad_mode.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/normalisation.h"

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

}  // namespace ingot::nn
