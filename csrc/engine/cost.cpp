// How much arithmetic the operations with kernels of their own do: the one place that says so.
#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "ingot/engine/step_info.h"

namespace ingot {

namespace {

double count(const Tensor& tensor) { return static_cast<double>(element_count(tensor.shape)); }

double length(const Tensor& tensor, size_t from_end) {
  return tensor.shape.size() < from_end ? 1 : static_cast<double>(tensor.shape[tensor.shape.size() - from_end]);
}

/// A multiplication and an addition per element of the result and of the summed axis.
double matmul(const KernelStep& step) { return 2 * count(step.outputs[0]) * length(step.inputs[0], 1); }

/// The forward pass and both gradients have the same products: for every element of `output` (n, o, ...) one weight per
/// input channel of its group and position in the window; `weight` is (o, c / groups, ...).
double convolution(const Tensor& weight, const Tensor& output) {
  return 2 * count(output) * count(weight) / std::max(1.0, static_cast<double>(weight.shape[0]));
}

/// Scores and their use: two products of (queries x features) by (features x keys).
double attention(const KernelStep& step) { return 4 * count(step.inputs[0]) * length(step.inputs[1], 2); }

double per_element_of_input(const KernelStep& step, double each) { return each * count(step.inputs[0]); }

using Rule = double (*)(const KernelStep&);

const std::unordered_map<std::string_view, Rule>& rules() {
  static const auto* table = new std::unordered_map<std::string_view, Rule>{
      {"matmul", matmul},
      {"convolution", [](const KernelStep& step) { return convolution(step.inputs[1], step.outputs[0]); }},
      {"convolution_input", [](const KernelStep& step) { return convolution(step.inputs[0], step.inputs[1]); }},
      {"convolution_weight", [](const KernelStep& step) { return convolution(step.outputs[0], step.inputs[1]); }},
      {"attention", attention},
      {"attention_gradient", [](const KernelStep& step) { return 2.5 * attention(step); }},
      {"softmax", [](const KernelStep& step) { return per_element_of_input(step, 5); }},
      {"log_softmax", [](const KernelStep& step) { return per_element_of_input(step, 5); }},
      {"softmax_gradient", [](const KernelStep& step) { return per_element_of_input(step, 4); }},
      {"log_softmax_gradient", [](const KernelStep& step) { return per_element_of_input(step, 4); }},
      {"cross_entropy", [](const KernelStep& step) { return per_element_of_input(step, 4); }},
      {"cross_entropy_gradient", [](const KernelStep& step) { return per_element_of_input(step, 4); }},
      {"layer_norm", [](const KernelStep& step) { return per_element_of_input(step, 8); }},
      {"layer_norm_gradient", [](const KernelStep& step) { return per_element_of_input(step, 14); }},
      {"rms_norm", [](const KernelStep& step) { return per_element_of_input(step, 4); }},
      {"rms_norm_gradient", [](const KernelStep& step) { return per_element_of_input(step, 9); }},
      {"channel_moments", [](const KernelStep& step) { return per_element_of_input(step, 4); }},
      {"scatter", [](const KernelStep& step) { return count(step.inputs[step.inputs.size() - 1]); }},
  };
  return *table;
}

}  // namespace

double flops_of(const KernelStep& step) {
  const auto rule = rules().find(step.op->name());
  return rule == rules().end() ? 0 : rule->second(step);
}

}  // namespace ingot
