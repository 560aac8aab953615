#include "ingot/ops/distances.h"

#include <cmath>

#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/distances_op.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/linalg_parts.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"

namespace ingot {

namespace {

/// The p-norm along the last axis, kept, whose gradient at 0 is 0.
Array norm_of(const Array& x, double p, const Axes& axes, const char* op) {
  if (!(p >= 0)) throw ValueError(op, ": expected a p of at least 0, got ", p);
  const Array size = abs(x);
  if (std::isinf(p)) return max(size, axes, true);
  if (p == 0) return sum(astype(size != 0, size.dtype()), axes, true);
  if (p == 1) return sum(size, axes, true);
  // Powers are taken away from 0, where a root has no slope; what was 0 is 0 again afterwards.
  const Array powers = sum(p == 2 ? square(size) : where(size == 0, 0, pow(where(size == 0, 1, size), p)), axes, true);
  const Array zero = powers == 0, safe = where(zero, 1, powers);
  return where(zero, 0, p == 2 ? sqrt(safe) : pow(safe, 1 / p));
}

Array inexact(const Array& x, const char* op) {
  if (!x.defined()) throw ValueError(op, ": an operand is an undefined array");
  return is_inexact(x.dtype()) ? x : astype(x, DType::float32);
}

/// Of all pairs of rows: (..., P, R, M).
Array differences(const Array& x, const Array& y) { return expand_dims(x, {-2}) - expand_dims(y, {-3}); }

/// x / y, and 0 where y is.
Array over(const Array& x, const Array& y) {
  const Array zero = y == 0;
  return where(zero, 0, x / where(zero, 1, y));
}

}  // namespace

Array normalize(const Array& x, double p, int64_t axis, double epsilon) {
  const Array values = inexact(x, "normalize");
  return values / maximum(norm_of(values, p, {normalize_axis(axis, x.ndim(), "normalize")}, "normalize"), epsilon);
}

Array cosine_similarity(const Array& a, const Array& b, int64_t axis, double epsilon) {
  constexpr const char* op = "cosine_similarity";
  const std::vector<Array> pair = broadcast_arrays({inexact(a, op), inexact(b, op)});
  const Axes along{normalize_axis(axis, pair[0].ndim(), op)};
  const auto unit = [&](const Array& x) { return x / maximum(norm_of(x, 2, along, op), epsilon); };
  return sum(unit(pair[0]) * unit(pair[1]), along);
}

Array cdist(const Array& a, const Array& b, double p) {
  constexpr const char* op = "cdist";
  const Array x = inexact(a, op), y = inexact(b, op);
  if (x.ndim() < 2 || y.ndim() < 2 || x.shape(-1) != y.shape(-1))
    throw ShapeError(op, ": expected (..., P, M) and (..., R, M), got shapes ", a.shape(), " and ", b.shape());
  const Shape batch = broadcast_shapes(linalg::batch_of(x), linalg::batch_of(y), op);
  Shape shape(batch);
  shape.push_back(x.shape(-2));
  shape.push_back(y.shape(-2));
  const DType dtype = promote(x.dtype(), y.dtype()), wide = compute_dtype(dtype);
  if (x.shape(-1) == 0 || element_count(shape) == 0) return zeros(shape, is_complex(dtype) ? to_real(dtype) : dtype);
  if (p != 2 || is_complex(dtype)) return squeeze(norm_of(differences(x, y), p, {-1}, op), Axes{-1});
  const auto whole = [&](const Array& rows) {
    Shape own(batch);
    own.push_back(rows.shape(-2));
    own.push_back(rows.shape(-1));
    return broadcast_to(converted(rows, wide), own);
  };
  return converted(apply(make_ref<EuclideanDistances>(), {whole(x), whole(y)}, {shape, wide}), dtype);
}

std::vector<Array> EuclideanDistances::expand(const std::vector<Array>& inputs) const {
  return {squeeze(norm_of(differences(inputs[0], inputs[1]), 2, {-1}, kName), Axes{-1})};
}

std::vector<Array> EuclideanDistances::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!cotangents[0].defined()) return {Array(), Array()};
  const Array along = expand_dims(over(cotangents[0], call.out()), {-1}) * differences(call.in(0), call.in(1));
  return {call.needs(0) ? sum(along, Axes{-2}) : Array(), call.needs(1) ? -sum(along, Axes{-3}) : Array()};
}

std::vector<Array> EuclideanDistances::jvp(const Call& call, const std::vector<Array>& tangents) const {
  const auto tangent = [&](size_t i) {
    return tangents[i].defined() ? tangents[i] : zeros(call.in_shape(i), call.node().dtype());
  };
  if (!tangents[0].defined() && !tangents[1].defined()) return {Array()};
  const Array change = differences(tangent(0), tangent(1)) * differences(call.in(0), call.in(1));
  return {over(sum(change, Axes{-1}), call.out())};
}

std::vector<Array> EuclideanDistances::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                            int64_t batch) const {
  return {apply(OpRef(this), {give_batch(inputs[0], axes[0], batch), give_batch(inputs[1], axes[1], batch)},
                {with_batch(call.node().shape(), batch), call.node().dtype()})};
}

}  // namespace ingot
