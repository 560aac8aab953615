#include "ingot/nn/linear.h"

#include <cmath>

#include "ingot/graph/grad_mode.h"
#include "ingot/nn/init.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/reduction.h"

namespace ingot::nn {

Linear::Linear(int64_t in_features, int64_t out_features, bool bias, DType dtype)
    : in_features_(in_features), out_features_(out_features) {
  if (in_features < 0 || out_features < 0)
    throw ValueError("Linear: in_features and out_features must not be negative, got ", in_features, " and ",
                     out_features);
  register_parameter("weight", parameter(zeros({out_features, in_features}, dtype)));
  register_parameter("bias", bias ? parameter(zeros({out_features}, dtype)) : Array());
  reset_parameters();
}

void Linear::reset_parameters() {
  init::kaiming_uniform_(weight(), std::sqrt(5.0));
  if (!bias().defined()) return;
  const double bound = in_features_ > 0 ? 1 / std::sqrt(static_cast<double>(in_features_)) : 0;
  init::uniform_(bias(), -bound, bound);
}

void Linear::set_in_features(int64_t in_features) {
  in_features_ = in_features;
  weight().rebind_unchecked(zeros({out_features_, in_features}, weight().dtype()).node());
  reset_parameters();
}

Array Linear::forward(const Array& x) { return linear(x, weight(), bias()); }

std::string Linear::extra_repr() const {
  return concat("in_features=", in_features_, ", out_features=", out_features_,
                ", bias=", bias().defined() ? "True" : "False");
}

Json Linear::config() const {
  return Json::Object{{"in_features", in_features_}, {"out_features", out_features_}, {"bias", bias().defined()}};
}

// ---- two inputs ----

Array functional::bilinear(const Array& x1, const Array& x2, const Array& weight, const Array& bias) {
  if (!x1.defined() || !x2.defined() || !weight.defined())
    throw ValueError("bilinear: an operand is an undefined array");
  if (weight.ndim() != 3 || x1.ndim() < 1 || x2.ndim() < 1 || x1.shape(-1) != weight.shape(1) ||
      x2.shape(-1) != weight.shape(2) || (bias.defined() && bias.shape() != Shape{weight.shape(0)}))
    throw ShapeError(
        "bilinear: expected inputs (..., in1) and (..., in2), a weight (out, in1, in2) and a bias (out,), got "
        "shapes ",
        x1.shape(), ", ", x2.shape(), ", ", weight.shape(), bias.defined() ? concat(" and ", bias.shape()) : "");
  const int64_t out = weight.shape(0), in1 = weight.shape(1), in2 = weight.shape(2);
  // x1 with all rows of all matrices at once, (..., out * in2), then each row's product with x2.
  const Array rows = reshape(swapaxes(weight, 1, 2), {out * in2, in1});
  Shape apart(x1.shape());
  apart.back() = out;
  apart.push_back(in2);
  const Array result = sum(reshape(linear(x1, rows, {}), apart) * expand_dims(x2, {-2}), Axes{-1});
  return bias.defined() ? result + bias : result;
}

Bilinear::Bilinear(Options options) : Described(options) {
  if (options.in1_features < 1 || options.in2_features < 1 || options.out_features < 1)
    throw ValueError("Bilinear: in1_features, in2_features and out_features must be at least 1, got ",
                     options.in1_features, ", ", options.in2_features, " and ", options.out_features);
  register_parameter(
      "weight", parameter(zeros({options.out_features, options.in1_features, options.in2_features}, options.dtype)));
  register_parameter("bias", options.bias ? parameter(zeros({options.out_features}, options.dtype)) : Array());
  reset_parameters();
}

void Bilinear::reset_parameters() {
  const double bound = 1 / std::sqrt(static_cast<double>(get_parameter("weight").shape(1)));
  for (const auto& [name, array] : own_parameters())
    if (array.defined()) init::uniform_(array, -bound, bound);
}

Array Bilinear::forward(const Array& x1, const Array& x2) {
  return functional::bilinear(x1, x2, get_parameter("weight"), get_parameter("bias"));
}

// ---- low rank ----

LoRALinear::LoRALinear(Options options) : Described(options) {
  if (options.in_features < 1 || options.out_features < 1 || options.r < 1)
    throw ValueError("LoRALinear: in_features, out_features and r must be at least 1, got ", options.in_features, ", ",
                     options.out_features, " and ", options.r);
  if (!(options.lora_dropout >= 0 && options.lora_dropout <= 1))
    throw ValueError("LoRALinear: expected a lora_dropout in [0, 1], got ", options.lora_dropout);
  const auto table = [&](const Shape& shape) { return parameter(zeros(shape, options.dtype)); };
  register_parameter("weight", table({options.out_features, options.in_features}));
  register_parameter("bias", options.bias ? table({options.out_features}) : Array());
  register_parameter("lora_A", table({options.r, options.in_features}));
  register_parameter("lora_B", table({options.out_features, options.r}));
  reset_parameters();
  get_parameter("weight").set_requires_grad(false);
  if (options.bias) get_parameter("bias").set_requires_grad(false);
}

void LoRALinear::reset_parameters() {
  init::kaiming_uniform_(get_parameter("weight"), std::sqrt(5.0));
  const Array& bias = get_parameter("bias");
  const double bound = 1 / std::sqrt(static_cast<double>(options().in_features));
  if (bias.defined()) init::uniform_(bias, -bound, bound);
  init::kaiming_uniform_(get_parameter("lora_A"), std::sqrt(5.0));
  init::constant_(get_parameter("lora_B"), 0);
}

Array LoRALinear::forward(const Array& x) {
  const Options o = options();
  const Array low = linear(functional::dropout(x, o.lora_dropout, training()), get_parameter("lora_A"), {});
  return linear(x, get_parameter("weight"), get_parameter("bias")) +
         linear(low, get_parameter("lora_B"), {}) * (o.lora_alpha / static_cast<double>(o.r));
}

void LoRALinear::merge() {
  const GradMode off(false);
  const Options o = options();
  const Array& weight = get_parameter("weight");
  const Array learned = matmul(get_parameter("lora_B"), get_parameter("lora_A"));
  weight.rebind_unchecked((weight + learned * (o.lora_alpha / static_cast<double>(o.r))).node());
  init::constant_(get_parameter("lora_B"), 0);
}

}  // namespace ingot::nn
