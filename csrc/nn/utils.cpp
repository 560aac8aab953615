#include "ingot/nn/utils.h"

#include <cmath>

#include "ingot/engine/eval.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"

namespace ingot::nn::utils {

namespace {

std::vector<Array> gradients_of(const std::vector<Array>& parameters) {
  std::vector<Array> gradients;
  for (const Array& parameter : parameters)
    if (const Array gradient = parameter.grad(); gradient.defined()) gradients.push_back(gradient);
  return gradients;
}

/// Sums of half-precision numbers are taken in float32.
Array wide(const Array& x) { return astype(x, compute_dtype(x.dtype())); }

}  // namespace

Array get_total_norm(const std::vector<Array>& arrays, double norm_type, bool error_if_nonfinite) {
  if (!(norm_type > 0)) throw ValueError("get_total_norm: expected a positive norm_type, got ", norm_type);
  const GradMode off(false);
  Array total;
  for (const Array& each : arrays) {
    if (each.size() == 0) continue;
    const Array size = abs(wide(each));
    Array part;
    if (std::isinf(norm_type)) {
      part = max(size);
      total = total.defined() ? maximum(total, part) : part;
      continue;
    }
    part = norm_type == 2 ? sum(square(size)) : norm_type == 1 ? sum(size) : sum(pow(size, norm_type));
    total = total.defined() ? total + part : part;
  }
  if (!total.defined()) return scalar(0, DType::float32);
  if (norm_type == 2) total = sqrt(total);
  if (norm_type != 1 && norm_type != 2 && !std::isinf(norm_type)) total = pow(total, 1 / norm_type);
  if (error_if_nonfinite && !std::isfinite(item<double>(total)))
    throw GradError(
        "the total norm of order ", norm_type,
        " is not finite, so gradients cannot be clipped; pass error_if_nonfinite=False to scale by it anyway");
  return total;
}

void clip_grads_with_norm_(const std::vector<Array>& parameters, double max_norm, const Array& total_norm) {
  const GradMode off(false);
  const Array factor = minimum(max_norm / (total_norm + 1e-6), 1);
  for (const Array& gradient : gradients_of(parameters))
    gradient.rebind_unchecked(astype(gradient * astype(factor, gradient.dtype()), gradient.dtype()).node());
}

Array clip_grad_norm_(const std::vector<Array>& parameters, double max_norm, double norm_type,
                      bool error_if_nonfinite) {
  const Array total = get_total_norm(gradients_of(parameters), norm_type, error_if_nonfinite);
  clip_grads_with_norm_(parameters, max_norm, total);
  return total;
}

void clip_grad_value_(const std::vector<Array>& parameters, double clip_value) {
  if (!(clip_value >= 0)) throw ValueError("clip_grad_value_: expected a bound of at least 0, got ", clip_value);
  const GradMode off(false);
  for (const Array& gradient : gradients_of(parameters))
    gradient.rebind_unchecked(clip(gradient, -clip_value, clip_value).node());
}

Array parameters_to_vector(const std::vector<Array>& parameters) {
  if (parameters.empty()) throw ValueError("parameters_to_vector: there are no parameters");
  std::vector<Array> flat;
  for (const Array& parameter : parameters) flat.push_back(reshape(parameter, {parameter.size()}));
  return concatenate(flat, 0);
}

void vector_to_parameters(const Array& vector, const std::vector<Array>& parameters) {
  int64_t total = 0;
  for (const Array& parameter : parameters) total += parameter.size();
  if (!vector.defined() || vector.shape() != Shape{total})
    throw ShapeError("vector_to_parameters: expected a vector of ", total, " elements, got shape ",
                     vector.defined() ? vector.shape() : Shape());
  const GradMode off(false);
  int64_t start = 0;
  for (const Array& parameter : parameters) {
    const int64_t stop = start + parameter.size();
    const Array part = reshape(slice(vector, {start}, {stop}, {1}), parameter.shape());
    parameter.rebind_unchecked(astype(part, parameter.dtype()).node());
    start = stop;
  }
}

}  // namespace ingot::nn::utils
