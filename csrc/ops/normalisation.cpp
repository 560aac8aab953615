#include "ingot/ops/normalisation.h"

#include <algorithm>
#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/normalisation_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/windows.h"

namespace ingot {

namespace {

const Axes kRow{-1};

/// What `x` is to be multiplied with, row by row, once it is centred.
struct Standardised {
  Array scale, rows;

  Standardised(const Array& x, const RowNorm& norm) {
    const Array centred = norm.centred ? x - mean(x, kRow, true) : x;
    scale = rsqrt(mean(square(centred), kRow, true) + norm.epsilon);
    rows = centred * scale;
  }
};

/// Sum over all axes but the last.
Array sum_rows(const Array& x) {
  Axes axes;
  for (int64_t axis = 0; axis + 1 < x.ndim(); ++axis) axes.push_back(axis);
  return axes.empty() ? x : sum(x, axes);
}

void check_parameter(const char* op, const char* what, const Array& parameter, const Shape& shape) {
  if (parameter.defined() && parameter.shape() != shape)
    throw ShapeError(op, ": expected a ", what, " of shape ", shape, ", as is normalized_shape, got ",
                     parameter.shape());
}

void check_per_channel(const char* op, const char* what, const Array& parameter, int64_t channels) {
  if (parameter.defined() && parameter.shape() != Shape{channels})
    throw ShapeError(op, ": expected a ", what, " of shape (", channels, ",), one element per channel, got ",
                     parameter.shape());
}

Array normalise(const Array& given, const Shape& shape, const Array& weight, const Array& bias, const RowNorm& norm) {
  const char* op = norm.centred ? "layer_norm" : "rms_norm";
  require_defined(given, op);
  const Array x = autocast(op, given);
  if (is_complex(x.dtype())) throw TypeError(op, ": expected a real dtype, got ", x.dtype());
  if (shape.empty()) throw ShapeError(op, ": normalized_shape is empty; it names the lengths of the last axes");
  if (!(norm.epsilon >= 0)) throw ValueError(op, ": expected an epsilon of at least 0, got ", norm.epsilon);
  if (shape.size() > x.shape().size() || !std::equal(shape.begin(), shape.end(), x.shape().end() - shape.size()))
    throw ShapeError(op, ": the last axes of shape ", x.shape(), " are not those of normalized_shape ", shape);
  check_parameter(op, "weight", weight, shape);
  check_parameter(op, "bias", bias, shape);

  const DType dtype = to_inexact(x.dtype()), computed = compute_dtype(dtype);
  if (x.size() == 0) return alias(astype(x, dtype));
  const auto as_computed = [&](const Array& array) { return converted(array, computed); };
  Shape rows(x.shape().begin(), x.shape().end() - shape.size());
  rows.push_back(element_count(shape));
  const auto flat = [&](const Array& array, const Shape& to) {
    return array.shape() == to ? array : reshape(array, to);
  };
  std::vector<Array> inputs{as_computed(flat(x, rows))};
  for (const Array& parameter : {weight, bias})
    if (parameter.defined()) inputs.push_back(as_computed(flat(parameter, {rows.back()})));
  const Array result = apply(make_ref<Normalise>(norm), inputs, {rows, computed});
  return flat(computed == dtype ? result : astype(result, dtype), x.shape());
}

}  // namespace

std::vector<Array> Normalise::expand(const std::vector<Array>& inputs) const {
  Array result = Standardised(inputs[0], norm).rows;
  if (norm.weighted) result = result * inputs[1];
  if (norm.biased) result = result + inputs.back();
  return {result};
}

std::vector<Array> Normalise::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(call.arity());
  std::vector<Array> inputs{call.in(0)};
  std::vector<Spec> specs{{call.in_shape(0), call.node().dtype()}};
  if (norm.weighted) inputs.push_back(call.in(1));
  for (size_t i = 1; i < call.arity(); ++i) specs.push_back({call.in_shape(i), call.node().dtype()});
  inputs.push_back(cotangents[0]);
  const std::vector<Array> gradients = apply_tuple(make_ref<NormaliseGradient>(norm), inputs, specs);
  for (size_t i = 0; i < result.size(); ++i)
    if (call.needs(i)) result[i] = gradients[i];
  return result;
}

std::vector<Array> NormaliseGradient::expand(const std::vector<Array>& inputs) const {
  const Standardised x(inputs[0], norm);
  const Array& cotangent = inputs.back();
  const Array g = norm.weighted ? cotangent * inputs[1] : cotangent;
  Array inner = g - x.rows * mean(g * x.rows, kRow, true);
  if (norm.centred) inner = inner - mean(g, kRow, true);
  std::vector<Array> result{x.scale * inner};
  if (norm.weighted) result.push_back(sum_rows(cotangent * x.rows));
  if (norm.biased) result.push_back(sum_rows(cotangent));
  return result;
}

Array layer_norm(const Array& x, const Shape& normalized_shape, const Array& weight, const Array& bias,
                 double epsilon) {
  return normalise(x, normalized_shape, weight, bias, {true, epsilon, weight.defined(), bias.defined()});
}

Array rms_norm(const Array& x, const Shape& normalized_shape, const Array& weight, std::optional<double> epsilon) {
  require_defined(x, "rms_norm");
  const auto smallest_step = [](DType dtype) {
    switch (dtype) {
      case DType::float64:
        return std::numeric_limits<double>::epsilon();
      case DType::float16:
        return 0x1p-10;
      case DType::bfloat16:
        return 0x1p-7;
      default:
        return static_cast<double>(std::numeric_limits<float>::epsilon());
    }
  };
  return normalise(x, normalized_shape, weight, {},
                   {false, epsilon ? *epsilon : smallest_step(x.dtype()), weight.defined(), false});
}

Array group_norm(const Array& x, int64_t groups, const Array& weight, const Array& bias, double epsilon) {
  constexpr const char* op = "group_norm";
  require_defined(x, op);
  if (x.ndim() < 2) throw ShapeError(op, ": expected (N, C, ...), got shape ", x.shape());
  const int64_t channels = x.shape(1);
  if (groups < 1 || channels % groups != 0)
    throw ShapeError(op, ": ", channels, " channels of shape ", x.shape(), " do not divide into ", groups, " groups");
  check_per_channel(op, "weight", weight, channels);
  check_per_channel(op, "bias", bias, channels);
  if (x.size() == 0) return alias(astype(x, to_inexact(x.dtype())));
  const int64_t row = x.size() / (x.shape(0) * groups);
  Array result = reshape(layer_norm(reshape(x, {x.shape(0), groups, row}), {row}, {}, {}, epsilon), x.shape());
  Shape per_channel(x.shape().size() - 1, 1);
  per_channel[0] = channels;
  const auto like_result = [&](const Array& parameter) {
    const Array aligned = reshape(parameter, per_channel);
    return aligned.dtype() == result.dtype() ? aligned : astype(aligned, result.dtype());
  };
  if (weight.defined()) result = result * like_result(weight);
  if (bias.defined()) result = result + like_result(bias);
  return result;
}

Array instance_norm(const Array& x, const Array& weight, const Array& bias, double epsilon) {
  require_defined(x, "instance_norm");
  if (x.ndim() < 2) throw ShapeError("instance_norm: expected (N, C, ...), got shape ", x.shape());
  if (x.shape(1) == 0) return alias(astype(x, to_inexact(x.dtype())));
  return group_norm(x, x.shape(1), weight, bias, epsilon);
}

Array local_response_norm(const Array& x, int64_t size, double alpha, double beta, double k) {
  constexpr const char* op = "local_response_norm";
  require_defined(x, op);
  if (x.ndim() < 2) throw ShapeError(op, ": expected (N, C, ...), got shape ", x.shape());
  if (is_complex(x.dtype())) throw TypeError(op, ": expected a real dtype, got ", x.dtype());
  if (size < 1) throw ValueError(op, ": expected a size of at least 1, got ", size);
  const Array values = astype(x, to_inexact(x.dtype()));
  std::vector<std::pair<int64_t, int64_t>> widths(x.shape().size(), {0, 0});
  widths[1] = {size / 2, (size - 1) / 2};
  const Array energy = mean(unfold_axis(pad(square(values), widths), 1, size, 1), kRow);
  return values / pow(energy * alpha + k, beta);
}

}  // namespace ingot
