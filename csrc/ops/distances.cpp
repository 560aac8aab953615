#include "ingot/ops/distances.h"

#include <cmath>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
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
  const Array differences = expand_dims(x, {-2}) - expand_dims(y, {-3});
  if (x.shape(-1) == 0) return zeros(reduced_shape(differences.shape(), {differences.ndim() - 1}, false), x.dtype());
  return squeeze(norm_of(differences, p, {-1}, op), Axes{-1});
}

}  // namespace ingot
