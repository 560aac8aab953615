// Cholesky's decomposition, and what is solved by triangles.
#include "ingot/ops/apply.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/linalg_parts.h"

namespace ingot::linalg {

namespace {

Array lower_factor(const Array& a) {
  static const OpRef op = make_ref<Cholesky>();
  return apply(op, {a}, {a.shape(), a.dtype()});
}

Array triangular_solve(const Array& t, const Array& b, bool lower, bool unit = false) {
  return apply(make_ref<TriangularSolve>(lower, unit), {t, b}, {b.shape(), b.dtype()});
}

/// The triangle that a `TriangularSolve` reads.
Array triangle(const Array& x, bool lower, bool unit) {
  const int64_t k = unit ? 1 : 0;
  return lower ? tril(x, -k) : triu(x, k);
}

/// L^-1 X L^-H.
Array between_inverses(const Array& factor, const Array& x) {
  return adjoint(triangular_solve(factor, adjoint(triangular_solve(factor, x, true)), true));
}

}  // namespace

// Murray, "Differentiation of the Cholesky decomposition" (2016).

std::vector<Array> Cholesky::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  const Array factor = call.out(), transposed = adjoint(factor);
  const Array inner = lower_half(matmul(transposed, tril(cotangents[0])));
  // L^-H inner L^-1
  const Array left = triangular_solve(transposed, inner, false);
  return {hermitian_part(adjoint(triangular_solve(transposed, adjoint(left), false)))};
}

std::vector<Array> Cholesky::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array factor = call.out();
  return {matmul(factor, lower_half(between_inverses(factor, hermitian_part(tangents[0]))))};
}

std::vector<Array> TriangularSolve::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const Array of_b = triangular_solve(adjoint(call.in(0)), cotangents[0], !lower, unit);
  std::vector<Array> result(2);
  if (call.needs(0)) result[0] = triangle(-matmul(of_b, adjoint(call.out())), lower, unit);
  if (call.needs(1)) result[1] = of_b;
  return result;
}

std::vector<Array> TriangularSolve::jvp(const Call& call, const std::vector<Array>& tangents) const {
  Array change = tangents[1];
  if (tangents[0].defined()) accumulate(change, -matmul(triangle(tangents[0], lower, unit), call.out()));
  return {change.defined() ? triangular_solve(call.in(0), change, lower, unit) : change};
}

Array cholesky(const Array& a, bool upper) {
  const Operand x = square_matrices(a, "cholesky");
  const Array factor = upper ? adjoint(lower_factor(adjoint(x.array))) : lower_factor(x.array);
  return converted(factor, x.dtype);
}

Array solve_triangular(const Array& t, const Array& b, bool upper, bool left, bool unit) {
  constexpr const char* name = "solve_triangular";
  const Operand x = square_matrices(t, name), y = matrices(b, name);
  const int64_t length = b.shape(left ? -2 : -1);
  if (length != t.shape(-1))
    throw ShapeError(name, ": matrices of shape ", t.shape(), " and a ", left ? "right" : "left", " side of shape ",
                     b.shape(), " do not fit: expected ", t.shape(-1), left ? " rows" : " columns", ", got ", length);
  const DType dtype = promote(x.dtype, y.dtype), wide = compute_dtype(dtype);
  Array matrix = converted(x.array, wide), side = converted(y.array, wide);
  broadcast_batches(matrix, side, name);
  // X T = B is T^T X^T = B^T.
  const Array solution = left ? triangular_solve(matrix, side, !upper, unit)
                              : flipped(triangular_solve(flipped(matrix), flipped(side), upper, unit));
  return converted(solution, dtype);
}

Array cholesky_solve(const Array& b, const Array& factor, bool upper) {
  const Operand x = square_matrices(factor, "cholesky_solve"), y = matrices(b, "cholesky_solve");
  const Array lower = upper ? adjoint(x.array) : x.array;
  const Array solution = solve_triangular(adjoint(lower), solve_triangular(lower, y.array, false), true);
  return converted(solution, promote(x.dtype, y.dtype));
}

Array cholesky_inverse(const Array& factor, bool upper) {
  const Operand x = square_matrices(factor, "cholesky_inverse");
  return converted(cholesky_solve(identity(x.array.shape(-1), x.array.dtype()), x.array, upper), x.dtype);
}

}  // namespace ingot::linalg
