// LU decomposition, and what is found by it: solutions, inverses, determinants.
#include <algorithm>
#include <complex>
#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise_functions.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/linalg_parts.h"
#include "ingot/ops/reduction.h"

namespace ingot::linalg {

namespace {

struct Factors {
  Array LU, pivots;
};

Factors factors_of(const Array& a) {
  static const OpRef op = make_ref<LuFactor>();
  const int64_t exchanges = std::min(a.shape(-1), a.shape(-2));
  const std::vector<Array> results = apply_tuple(
      op, std::initializer_list<Array>{a}, {{a.shape(), a.dtype()}, {joined(batch_of(a), {exchanges}), DType::int32}});
  return {results[0], results[1]};
}

/// Those that only help to compute something whose derivative has its own rule.
Factors helping_factors(const Array& a) { return factors_of(stop_gradient(a)); }
Factors helping_factors(const Call& call) { return {call.in(1), call.in(2)}; }

Array solved(const Array& a, const Factors& factors, const Array& b, bool adjoint = false) {
  return apply(make_ref<LinearSolve>(adjoint), {a, factors.LU, factors.pivots, b}, {b.shape(), b.dtype()});
}

/// X of A X = B.
Array solved(const Array& a, const Array& b) { return solved(a, helping_factors(a), b); }

/// tr(X Y), without the rest of the product.
Array trace_of_product(const Array& x, const Array& y) { return sum(x * flipped(y), Axes{-2, -1}); }
Array trace_of(const Array& x) { return sum(diagonal_of(x), Axes{-1}); }
Array each_matrix(const Array& numbers) { return expand_dims(numbers, {-2, -1}); }

/// The rows of `x` as the exchanges, counted from 0, order them; `back`: as they were before.
Array exchanged_rows(const Array& x, const Array& pivots, bool back = false) {
  const int64_t rows = x.shape(-2);
  const Array order = apply(make_ref<PivotOrder>(rows, back), {pivots}, {joined(batch_of(x), {rows}), DType::int32});
  return take_along_axis(x, as_column(order), -2);
}

Array unit_lower(const Array& packed) {
  const Array below = tril(packed, -1);
  const int64_t rows = packed.shape(-2), kept = std::min(rows, packed.shape(-1));
  return columns_of(below, 0, kept) + eye(rows, kept, 0, packed.dtype());
}

Array upper_factor(const Array& packed) {
  return rows_of(triu(packed), 0, std::min(packed.shape(-2), packed.shape(-1)));
}

}  // namespace

// ---- LU. De Hoog, Anderssen and Lukas, "Differentiation of matrix functionals using triangular factorization" (2011);
// what lies beyond the leading square is the solution of a triangular system ----

std::vector<Array> LuFactor::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0) || !cotangents[0].defined()) return {Array()};
  const Array packed = call.out(0), g = cotangents[0];
  const int64_t m = packed.shape(-2), n = packed.shape(-1), k = std::min(m, n);
  const Array square = columns_of(rows_of(packed, 0, k), 0, k);
  const Array of_square = columns_of(rows_of(g, 0, k), 0, k);
  const Array lower = unit_lower(square), upper = triu(square);
  Array of_lower = tril(of_square, -1), of_upper = triu(of_square);
  Array beyond;
  if (n > k) {
    beyond = solve_triangular(adjoint(lower), columns_of(g, k, n), true, true, true);
    of_lower = of_lower - tril(matmul(beyond, adjoint(columns_of(packed, k, n))), -1);
  } else if (m > k) {
    beyond = solve_triangular(adjoint(upper), rows_of(g, k, m), false, false);
    of_upper = of_upper - triu(matmul(adjoint(rows_of(packed, k, m)), beyond));
  }
  const Array inner = tril(matmul(adjoint(lower), of_lower), -1) + triu(matmul(of_upper, adjoint(upper)));
  Array result = solve_triangular(adjoint(lower), inner, true, true, true);
  result = solve_triangular(adjoint(upper), result, false, false);
  if (beyond.defined()) result = concatenate({result, beyond}, n > k ? -1 : -2);
  return {exchanged_rows(result, call.out(1), true)};
}

std::vector<Array> LuFactor::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array(), Array()};
  const Array packed = call.out(0), t = exchanged_rows(tangents[0], call.out(1));
  const int64_t m = packed.shape(-2), n = packed.shape(-1), k = std::min(m, n);
  const Array square = columns_of(rows_of(packed, 0, k), 0, k);
  const Array lower = unit_lower(square), upper = triu(square);
  Array inner = solve_triangular(lower, columns_of(rows_of(t, 0, k), 0, k), false, true, true);
  inner = solve_triangular(upper, inner, true, false);
  const Array of_lower = matmul(lower, tril(inner, -1)), of_upper = matmul(triu(inner), upper);
  Array result = of_lower + of_upper;
  if (n > k) {
    const Array rest = columns_of(t, k, n) - matmul(of_lower, columns_of(packed, k, n));
    result = concatenate({result, solve_triangular(lower, rest, false, true, true)}, -1);
  } else if (m > k) {
    const Array rest = rows_of(t, k, m) - matmul(rows_of(packed, k, m), of_upper);
    result = concatenate({result, solve_triangular(upper, rest, true, false)}, -2);
  }
  return {result, Array()};
}

LuFactorResult lu_factor(const Array& a) {
  const Operand x = matrices(a, "lu_factor");
  const Factors factors = factors_of(x.array);
  return {converted(factors.LU, x.dtype), factors.pivots + 1};
}

LuResult lu(const Array& a) {
  const Operand x = matrices(a, "lu");
  const Factors factors = factors_of(x.array);
  const int64_t rows = a.shape(-2);
  const Array ones = broadcast_to(identity(rows, x.dtype), joined(batch_of(a), {rows, rows}));
  return {exchanged_rows(ones, factors.pivots, true), converted(unit_lower(factors.LU), x.dtype),
          converted(upper_factor(factors.LU), x.dtype)};
}

Array lu_solve(const Array& LU, const Array& pivots, const Array& b, bool of_adjoint) {
  constexpr const char* name = "lu_solve";
  const Operand x = square_matrices(LU, name), y = matrices(b, name);
  if (!pivots.defined() || !is_integer(pivots.dtype()) || pivots.shape() != joined(batch_of(LU), {LU.shape(-1)}))
    throw ShapeError(name, ": expected integer pivots of shape ", joined(batch_of(LU), {LU.shape(-1)}),
                     ", as lu_factor gives them, got ", pivots.defined() ? pivots.shape() : Shape{});
  const DType dtype = promote(x.dtype, y.dtype), wide = compute_dtype(dtype);
  Array packed = converted(x.array, wide), side = converted(y.array, wide);
  if (side.shape(-2) != packed.shape(-1))
    throw ShapeError(name, ": factors of shape ", LU.shape(), " and a right side of shape ", b.shape(),
                     " do not fit: expected ", LU.shape(-1), " rows");
  broadcast_batches(packed, side, name);
  const Array exchanges = broadcast_to(astype(pivots, DType::int32) - 1, joined(batch_of(packed), {packed.shape(-1)}));
  if (!of_adjoint) {
    const Array half = solve_triangular(packed, exchanged_rows(side, exchanges), false, true, true);
    return converted(solve_triangular(packed, half, true), dtype);
  }
  const Array transposed = adjoint(packed);
  const Array half = solve_triangular(transposed, side, false);
  return converted(exchanged_rows(solve_triangular(transposed, half, true, true, true), exchanges, true), dtype);
}

// ---- solutions ----

std::vector<Array> LinearSolve::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const Array of_b = solved(call.in(0), helping_factors(call), cotangents[0], !adjoint);
  std::vector<Array> result(4);
  if (call.needs(0))
    result[0] = -(adjoint ? matmul(call.out(), linalg::adjoint(of_b)) : matmul(of_b, linalg::adjoint(call.out())));
  if (call.needs(3)) result[3] = of_b;
  return result;
}

std::vector<Array> LinearSolve::jvp(const Call& call, const std::vector<Array>& tangents) const {
  Array change = tangents[3];
  if (tangents[0].defined())
    accumulate(change, -matmul(adjoint ? linalg::adjoint(tangents[0]) : tangents[0], call.out()));
  return {change.defined() ? solved(call.in(0), helping_factors(call), change, adjoint) : change};
}

Array solve(const Array& a, const Array& b) {
  constexpr const char* name = "solve";
  const Operand x = square_matrices(a, name);
  if (!b.defined()) throw ValueError(name, ": the right side is an undefined array");
  const int64_t n = a.shape(-1);
  const bool vector_batch = b.ndim() > 1 && b.shape(-2) != n && b.shape() == joined(batch_of(a), {n});
  const bool vectors = b.ndim() == 1 || vector_batch;
  if (b.ndim() == 0 || b.shape(vectors ? -1 : -2) != n)
    throw ShapeError(name, ": matrices of shape ", a.shape(), " and a right side of shape ", b.shape(),
                     " do not fit: expected a vector (", n, ",) or matrices of ", n, " rows");
  const DType given = to_inexact(b.dtype()), dtype = promote(x.dtype, given), wide = compute_dtype(dtype);
  Array matrix = converted(x.array, wide);
  Array side = converted(vectors ? as_column(b) : b, wide);
  broadcast_batches(matrix, side, name);
  const Array solution = solved(matrix, side);
  return converted(vectors ? squeeze(solution, Axes{-1}) : solution, dtype);
}

Array inv(const Array& a) {
  const Operand x = square_matrices(a, "inv");
  const Array ones = broadcast_to(identity(a.shape(-1), x.array.dtype()), x.array.shape());
  return converted(solved(x.array, ones), x.dtype);
}

// ---- determinants. The derivative of the determinant is the adjugate (Jacobi) ----

std::vector<Array> Determinant::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array(), Array(), Array()};
  const Array a = call.in(0);
  const Array adjugate = apply(make_ref<Adjugate>(), {a}, {a.shape(), a.dtype()});
  return {each_matrix(cotangents[0]) * adjoint(adjugate), Array(), Array()};
}

std::vector<Array> Determinant::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array a = call.in(0);
  return {trace_of_product(apply(make_ref<Adjugate>(), {a}, {a.shape(), a.dtype()}), tangents[0])};
}

std::vector<Array> Adjugate::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  const Array a = call.in(0), h = solved(a, helping_factors(a), cotangents[0], true);
  const Array scaled = each_matrix(trace_of(h)) * identity(a.shape(-1), a.dtype());
  return {matmul(scaled - h, adjoint(call.out()))};
}

std::vector<Array> Adjugate::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array a = call.in(0), t = tangents[0];
  const Array scaled = each_matrix(trace_of_product(call.out(), t)) * identity(a.shape(-1), a.dtype());
  return {solved(a, scaled - matmul(t, call.out()))};
}

std::vector<Array> SlogDet::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(3);
  const Array a = call.in(0), sign = call.out(0);
  Array factor;
  if (cotangents[1].defined()) factor = converted(cotangents[1], a.dtype());
  if (cotangents[0].defined() && is_complex(a.dtype()))
    accumulate(factor, imaginary(-imag(conj(cotangents[0]) * sign), a.dtype()));
  if (!call.needs(0) || !factor.defined()) return result;
  const Array scaled = each_matrix(factor) * identity(a.shape(-1), a.dtype());
  result[0] = solved(a, helping_factors(call), scaled, true);
  return result;
}

std::vector<Array> SlogDet::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array(), Array()};
  const Array a = call.in(0);
  const Array change = trace_of(solved(a, helping_factors(call), tangents[0]));
  if (!is_complex(a.dtype())) return {Array(), change};
  return {call.out(0) * imaginary(imag(change), a.dtype()), real(change)};
}

Array det(const Array& a) {
  const Operand x = square_matrices(a, "det");
  const Factors factors = helping_factors(x.array);
  static const OpRef op = make_ref<Determinant>();
  return converted(apply(op, {x.array, factors.LU, factors.pivots}, {batch_of(a), x.array.dtype()}), x.dtype);
}

SlogdetResult slogdet(const Array& a) {
  const Operand x = square_matrices(a, "slogdet");
  const Factors factors = helping_factors(x.array);
  const DType wide = x.array.dtype();
  const std::vector<Array> results =
      apply_tuple(make_ref<SlogDet>(), std::initializer_list<Array>{x.array, factors.LU, factors.pivots},
                  {{batch_of(a), wide}, {batch_of(a), to_real(wide)}});
  return {converted(results[0], x.dtype), converted(results[1], to_real(x.dtype))};
}

Array logdet(const Array& a) {
  const auto [sign, logabsdet] = slogdet(a);
  if (is_complex(sign.dtype())) return complex(logabsdet, angle(sign));
  return where(sign < 0, std::numeric_limits<double>::quiet_NaN(), logabsdet);
}

}  // namespace ingot::linalg
