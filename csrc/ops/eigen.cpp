// Eigenvalues and eigenvectors.
#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/linalg_parts.h"

namespace ingot::linalg {

namespace {

EighResult decomposed(const Array& a) {
  const std::vector<Array> results =
      apply_tuple(make_ref<Eigh>(), std::initializer_list<Array>{a},
                  {{joined(batch_of(a), {a.shape(-1)}), to_real(a.dtype())}, {a.shape(), a.dtype()}});
  return {results[0], results[1]};
}

DType complex_of(DType dtype) { return promote(dtype, DType::complex64); }

EighResult decomposed_generally(const Array& a) {
  const DType dtype = complex_of(a.dtype());
  const std::vector<Array> results = apply_tuple(make_ref<Eig>(), std::initializer_list<Array>{a},
                                                 {{joined(batch_of(a), {a.shape(-1)}), dtype}, {a.shape(), dtype}});
  return {results[0], results[1]};
}

/// 1 / (w_j - w_i), and 0 on the diagonal.
Array reciprocal_gaps(const Array& w) {
  const Array ones = identity(w.shape(-1), w.dtype());
  return 1 / (as_row(w) - as_column(w) + ones) - ones;
}

/// The one of two triangles that the kernel reads.
Array with_lower(const Array& a, bool upper) { return upper ? adjoint(a) : a; }

Array to_input(const Array& gradient, const Array& a) { return is_complex(a.dtype()) ? gradient : real(gradient); }

}  // namespace

// ---- Hermitian matrices ----

std::vector<Array> Eigh::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  const Array w = call.out(0), v = call.out(1);
  Array inner;
  if (cotangents[0].defined()) inner = diagonal_matrix(converted(cotangents[0], v.dtype()));
  if (cotangents[1].defined()) accumulate(inner, reciprocal_gaps(w) * matmul(adjoint(v), cotangents[1]));
  return {hermitian_part(matmul(matmul(v, inner), adjoint(v)))};
}

std::vector<Array> Eigh::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array(), Array()};
  const Array w = call.out(0), v = call.out(1);
  const Array inner = matmul(matmul(adjoint(v), hermitian_part(tangents[0])), v);
  return {real(diagonal_of(inner)), matmul(v, reciprocal_gaps(w) * inner)};
}

std::vector<Array> Eigvalsh::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  const Array v = decomposed(call.in(0)).eigenvectors;
  return {hermitian_part(matmul(v * as_row(cotangents[0]), adjoint(v)))};
}

std::vector<Array> Eigvalsh::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array v = decomposed(call.in(0)).eigenvectors;
  return {sum(real(conj(v) * matmul(hermitian_part(tangents[0]), v)), Axes{-2})};
}

EighResult eigh(const Array& a, bool upper) {
  const Operand x = square_matrices(a, "eigh");
  const EighResult result = decomposed(with_lower(x.array, upper));
  return {converted(result.eigenvalues, to_real(x.dtype)), converted(result.eigenvectors, x.dtype)};
}

Array eigvalsh(const Array& a, bool upper) {
  const Operand x = square_matrices(a, "eigvalsh");
  const Array matrix = with_lower(x.array, upper);
  const Spec spec{joined(batch_of(a), {a.shape(-1)}), to_real(matrix.dtype())};
  return converted(apply(make_ref<Eigvalsh>(), {matrix}, spec), to_real(x.dtype));
}

// ---- any square matrix. Boeddeker, Hanebrink, Drude, Heymann and Haeb-Umbach, "On the computation of complex-valued
// gradients with application to statistically optimum beamforming" (2017), section 4 ----

std::vector<Array> Eig::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  const Array w = call.out(0), v = call.out(1), left = adjoint(v);
  Array inner;
  if (cotangents[0].defined()) inner = diagonal_matrix(cotangents[0]);
  if (cotangents[1].defined()) {
    const Array along = matmul(left, cotangents[1]);
    // What changes a vector's length is taken back by its normalisation.
    const Array lengths = converted(real(diagonal_of(along)), v.dtype());
    accumulate(inner, conj(reciprocal_gaps(w)) * (along - matmul(left, v) * as_row(lengths)));
  }
  return {to_input(solve(left, matmul(inner, left)), call.in(0))};
}

std::vector<Array> Eig::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array(), Array()};
  const Array w = call.out(0), v = call.out(1);
  const Array inner = solve(v, matmul(converted(tangents[0], v.dtype()), v));
  const Array change = matmul(v, reciprocal_gaps(w) * inner);
  const Array lengths = sum(real(conj(v) * change), Axes{-2}, true);
  return {diagonal_of(inner), change - v * converted(lengths, v.dtype())};
}

std::vector<Array> Eigvals::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  const Array left = adjoint(decomposed_generally(call.in(0)).eigenvectors);
  return {to_input(solve(left, as_column(cotangents[0]) * left), call.in(0))};
}

std::vector<Array> Eigvals::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  const Array v = decomposed_generally(call.in(0)).eigenvectors;
  return {diagonal_of(solve(v, matmul(converted(tangents[0], v.dtype()), v)))};
}

EighResult eig(const Array& a) { return decomposed_generally(square_matrices(a, "eig").array); }

Array eigvals(const Array& a) {
  const Array x = square_matrices(a, "eigvals").array;
  return apply(make_ref<Eigvals>(), {x}, {joined(batch_of(x), {x.shape(-1)}), complex_of(x.dtype())});
}

}  // namespace ingot::linalg
