// Singular values, and what they tell: pseudo-inverse, rank, condition, least squares.
#include <algorithm>
#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/linalg_parts.h"

namespace ingot::linalg {

namespace {

SvdResult decomposed(const Array& a, bool full) {
  const int64_t m = a.shape(-2), n = a.shape(-1), k = std::min(m, n);
  const Shape batch = batch_of(a);
  const std::vector<Array> results = apply_tuple(make_ref<Svd>(full), std::initializer_list<Array>{a},
                                                 {{joined(batch, {m, full ? m : k}), a.dtype()},
                                                  {joined(batch, {k}), to_real(a.dtype())},
                                                  {joined(batch, {full ? n : k, n}), a.dtype()}});
  return {results[0], results[1], results[2]};
}

/// 1 / (s_j^2 - s_i^2), and 0 on the diagonal.
Array reciprocal_gaps(const Array& s) {
  const Array ones = identity(s.shape(-1), s.dtype()), row = as_row(s), column = as_column(s);
  return 1 / ((row - column) * (row + column) + ones) - ones;
}

/// A real diagonal matrix among the others.
Array real_diagonal(const Array& values, DType dtype) { return diagonal_matrix(converted(values, dtype)); }

/// `x` without what lies in the space of the columns of `basis`, which are orthonormal.
Array outside(const Array& x, const Array& basis) { return x - matmul(basis, matmul(adjoint(basis), x)); }

[[noreturn]] void refuse_surplus_vectors(const Shape& shape) {
  throw GradError(
      "svd: the singular vectors of full_matrices=True have no derivative for matrices that are not "
      "square (shape ",
      shape, "), for the surplus ones are arbitrary; use full_matrices=False");
}

/// The number up to which singular values count as zero: max(atol, rtol * largest), (...,).
Array cut_of(const Array& largest, const Array& a, const Array& rtol, const Array& atol, const char* name) {
  const DType dtype = largest.dtype();
  for (const Array* tolerance : {&rtol, &atol})
    if (tolerance->defined() && is_complex(tolerance->dtype()))
      throw TypeError(name, ": expected a real tolerance, got dtype ", tolerance->dtype());
  Array cut;
  if (rtol.defined()) {
    cut = converted(rtol, dtype) * largest;
  } else if (!atol.defined()) {
    const double epsilon = dtype == DType::float64 ? std::numeric_limits<double>::epsilon()
                                                   : static_cast<double>(std::numeric_limits<float>::epsilon());
    cut = largest * (epsilon * static_cast<double>(std::max(a.shape(-1), a.shape(-2))));
  }
  if (atol.defined()) cut = cut.defined() ? maximum(cut, converted(atol, dtype)) : converted(atol, dtype);
  return broadcast_to(cut, largest.shape());
}

/// The largest along the last axis; 0 if there is none.
Array largest_of(const Array& values) {
  if (values.shape(-1) == 0) return zeros(Shape(values.shape().begin(), values.shape().end() - 1), values.dtype());
  return max(values, Axes{-1});
}

Array magnitudes(const Array& x, bool hermitian) { return hermitian ? abs(eigvalsh(x)) : svdvals(x); }

Array inverse_where_above(const Array& s, const Array& cut) {
  const Array kept = s > as_column(cut);
  return where(kept, 1 / where(kept, s, 1), 0);
}

}  // namespace

// ---- singular values. Townsend, "Differentiating the singular value decomposition" (2016); the complex case, in which
// the vectors' phases are free, after Wan and Zhang, "Automatic differentiation for complex valued SVD" (2019) ----

std::vector<Array> Svd::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  const Shape& shape = call.in_shape(0);
  const int64_t m = shape[shape.size() - 2], n = shape.back(), k = std::min(m, n);
  const Array s = call.out(1);
  if (full && m != n && (cotangents[0].defined() || cotangents[2].defined())) refuse_surplus_vectors(shape);
  const Array u = columns_of(call.out(0), 0, k), vh = rows_of(call.out(2), 0, k), v = adjoint(vh);
  const DType dtype = u.dtype();
  Array inner, beyond;
  if (cotangents[1].defined()) inner = real_diagonal(cotangents[1], dtype);
  // The phase of a pair of vectors, of which only the difference is determined.
  Array phases;
  if (cotangents[0].defined()) {
    const Array turned = matmul(adjoint(u), cotangents[0]);
    accumulate(inner, (turned - adjoint(turned)) * reciprocal_gaps(s) * as_row(s));
    if (is_complex(dtype)) phases = imag(diagonal_of(turned));
    if (m > k) beyond = matmul(outside(cotangents[0], u) / as_row(s), vh);
  }
  if (cotangents[2].defined()) {
    const Array of_v = adjoint(cotangents[2]), turned = matmul(vh, of_v);
    accumulate(inner, (turned - adjoint(turned)) * reciprocal_gaps(s) * as_column(s));
    if (is_complex(dtype)) accumulate(phases, -imag(diagonal_of(turned)));
    if (n > k) accumulate(beyond, matmul(u / as_row(s), adjoint(outside(of_v, v))));
  }
  if (phases.defined()) accumulate(inner, diagonal_matrix(imaginary(phases * 0.5 / s, dtype)));
  Array result = matmul(matmul(u, inner), vh);
  accumulate(result, beyond);
  return {result};
}

std::vector<Array> Svd::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array(), Array(), Array()};
  const Shape& shape = call.in_shape(0);
  const int64_t m = shape[shape.size() - 2], n = shape.back(), k = std::min(m, n);
  const Array u = columns_of(call.out(0), 0, k), s = call.out(1), vh = rows_of(call.out(2), 0, k), v = adjoint(vh);
  const DType dtype = u.dtype();
  const Array t = tangents[0], inner = matmul(matmul(adjoint(u), t), v), gaps = reciprocal_gaps(s);
  const Array of_s = real(diagonal_of(inner));
  if (full && m != n) refuse_surplus_vectors(shape);
  const auto doubled = [](const Array& x) { return x + adjoint(x); };
  Array turn_u = doubled(inner * as_row(s)) * gaps, turn_v = doubled(as_column(s) * inner) * gaps;
  if (is_complex(dtype)) {
    const Array phases = diagonal_matrix(imaginary(imag(diagonal_of(inner)) * 0.5 / s, dtype));
    turn_u = turn_u + phases;
    turn_v = turn_v - phases;
  }
  Array of_u = matmul(u, turn_u), of_v = matmul(v, turn_v);
  if (m > k) of_u = of_u + outside(matmul(t, v), u) / as_row(s);
  if (n > k) of_v = of_v + outside(matmul(adjoint(t), u), v) / as_row(s);
  return {of_u, of_s, adjoint(of_v)};
}

std::vector<Array> Svdvals::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  const SvdResult parts = decomposed(call.in(0), false);
  return {matmul(parts.U * as_row(cotangents[0]), parts.Vh)};
}

std::vector<Array> Svdvals::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const SvdResult parts = decomposed(call.in(0), false);
  return {sum(real(conj(parts.U) * matmul(tangents[0], adjoint(parts.Vh))), Axes{-2})};
}

SvdResult svd(const Array& a, bool full_matrices) {
  const Operand x = matrices(a, "svd");
  const SvdResult result = decomposed(x.array, full_matrices);
  return {converted(result.U, x.dtype), converted(result.S, to_real(x.dtype)), converted(result.Vh, x.dtype)};
}

Array svdvals(const Array& a) {
  const Operand x = matrices(a, "svdvals");
  const int64_t k = std::min(a.shape(-2), a.shape(-1));
  const Spec spec{joined(batch_of(a), {k}), to_real(x.array.dtype())};
  return converted(apply(make_ref<Svdvals>(), {x.array}, spec), to_real(x.dtype));
}

// ---- the pseudo-inverse ----

std::vector<Array> Pinv::expand(const std::vector<Array>& inputs) const {
  const SvdResult parts = decomposed(inputs[0], false);
  return {matmul(adjoint(parts.Vh) * as_row(inverse_where_above(parts.S, inputs[1])), adjoint(parts.U))};
}

std::vector<Array> Pinv::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array(), Array()};
  const Array a = call.in(0), p = call.out(), ph = adjoint(p), g = cotangents[0], gh = adjoint(g);
  const Array left = matmul(gh, matmul(p, ph)), right = matmul(matmul(ph, p), gh);
  const Array result =
      -matmul(matmul(ph, g), ph) + (left - matmul(a, matmul(p, left))) + (right - matmul(matmul(right, p), a));
  return {result, Array()};
}

std::vector<Array> Pinv::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array a = call.in(0), p = call.out(), ph = adjoint(p), t = tangents[0], th = adjoint(t);
  const Array left = matmul(matmul(p, ph), th), right = matmul(th, matmul(ph, p));
  return {-matmul(matmul(p, t), p) + (left - matmul(matmul(left, a), p)) + (right - matmul(p, matmul(a, right)))};
}

Array pinv(const Array& a, const Array& rtol, const Array& atol, bool hermitian) {
  const Operand given = matrices(a, "pinv");
  Array x = given.array;
  if (hermitian) {
    square_matrices(a, "pinv");
    x = tril(x) + adjoint(tril(x, -1));
  }
  const Array cut = cut_of(largest_of(svdvals(stop_gradient(x))), x, rtol, atol, "pinv");
  const Spec spec{joined(batch_of(x), {x.shape(-1), x.shape(-2)}), x.dtype()};
  return converted(apply(make_ref<Pinv>(), {x, cut}, spec), given.dtype);
}

LstsqResult lstsq(const Array& a, const Array& b, const Array& rcond) {
  constexpr const char* name = "lstsq";
  const Operand given = matrices(a, name);
  if (!b.defined()) throw ValueError(name, ": the right side is an undefined array");
  const int64_t m = a.shape(-2), n = a.shape(-1);
  const bool vectors = b.ndim() == 1;
  if (b.ndim() == 0 || b.shape(vectors ? 0 : -2) != m)
    throw ShapeError(name, ": matrices of shape ", a.shape(), " and a right side of shape ", b.shape(),
                     " do not fit: expected a vector (", m, ",) or matrices of ", m, " rows");
  const DType dtype = promote(given.dtype, to_inexact(b.dtype())), wide = compute_dtype(dtype);
  const Array x = converted(given.array, wide), side = converted(vectors ? as_column(b) : b, wide);
  const Array s = svdvals(x), cut = cut_of(largest_of(stop_gradient(s)), x, rcond, {}, name);
  const Array inverse = apply(make_ref<Pinv>(), {x, cut}, {joined(batch_of(x), {n, m}), wide});
  Array solution = matmul(inverse, side);
  Array residuals = m > n ? sum(square(abs(side - matmul(x, solution))), Axes{-2}) : zeros({0}, to_real(wide));
  if (vectors) solution = squeeze(solution, Axes{-1});
  return {converted(solution, dtype), converted(residuals, to_real(dtype)), sum(s > as_column(cut), Axes{-1}),
          converted(s, to_real(dtype))};
}

Array matrix_rank(const Array& a, const Array& rtol, const Array& atol, bool hermitian) {
  const Array x = matrices(stop_gradient(a), "matrix_rank").array;
  const Array values = magnitudes(x, hermitian);
  return sum(values > as_column(cut_of(largest_of(values), x, rtol, atol, "matrix_rank")), Axes{-1});
}

}  // namespace ingot::linalg
