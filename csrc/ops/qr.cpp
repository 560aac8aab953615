#include <algorithm>

#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/linalg_parts.h"

namespace ingot::linalg {

namespace {

/// X + X^H with the diagonal halved, of an upper triangular X.
Array mirrored(const Array& upper) {
  return upper + adjoint(upper) - diagonal_matrix(converted(real(diagonal_of(upper)), upper.dtype()));
}

/// The upper triangle of X + X^H, with the diagonal halved.
Array folded(const Array& x) {
  const Array both = x + adjoint(x);
  return triu(both) - diagonal_matrix(diagonal_of(both) * 0.5);
}

/// X R^-1 and X R^-H of upper triangular R.
Array times_inverse(const Array& x, const Array& r) { return solve_triangular(r, x, true, false); }
Array times_inverse_adjoint(const Array& x, const Array& r) { return solve_triangular(adjoint(r), x, false, false); }

void refuse_surplus_columns(const Qr& op, const Shape& shape) {
  const size_t rows = shape.size() - 2;
  if (op.complete && shape[rows] > shape[rows + 1])
    throw GradError("qr: the complete decomposition of matrices with more rows than columns (shape ", shape,
                    ") has no derivative, for the surplus columns of Q are arbitrary; use mode='reduced'");
}

}  // namespace

// Roberts and Roberts, "QR and LQ decomposition matrix backpropagation algorithms for square, wide, and deep matrices"
// (2020).

std::vector<Array> Qr::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!call.needs(0)) return {Array()};
  refuse_surplus_columns(*this, call.in_shape(0));
  const Array a = call.in(0), q = call.out(0), r = call.out(1);
  const int64_t m = a.shape(-2), n = a.shape(-1), k = std::min(m, n);
  Array of_q = cotangents[0], of_r = cotangents[1], beyond;
  if (n > k) {
    if (of_r.defined()) {
      const Array of_rest = columns_of(of_r, k, n);
      accumulate(of_q, matmul(columns_of(a, k, n), adjoint(of_rest)));
      beyond = matmul(q, of_rest);
      of_r = columns_of(of_r, 0, k);
    } else {
      beyond = zeros_like(columns_of(a, k, n));
    }
  }
  const Array square = columns_of(r, 0, k);
  Array inner;
  if (of_r.defined()) inner = matmul(of_r, adjoint(square));
  if (of_q.defined()) accumulate(inner, -matmul(adjoint(q), of_q));
  Array result = matmul(q, mirrored(triu(inner)));
  if (of_q.defined()) result = result + of_q;
  result = times_inverse_adjoint(result, square);
  return {beyond.defined() ? concatenate({result, beyond}, -1) : result};
}

std::vector<Array> Qr::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array(), Array()};
  refuse_surplus_columns(*this, call.in_shape(0));
  const Array a = call.in(0), q = call.out(0), r = call.out(1), t = tangents[0];
  const int64_t m = a.shape(-2), n = a.shape(-1), k = std::min(m, n);
  const Array square = columns_of(r, 0, k);
  const Array change = times_inverse(columns_of(t, 0, k), square);
  const Array of_factor = folded(matmul(adjoint(q), change));
  const Array of_q = change - matmul(q, of_factor);
  Array of_r = matmul(of_factor, square);
  if (n > k) {
    const Array rest = matmul(adjoint(of_q), columns_of(a, k, n)) + matmul(adjoint(q), columns_of(t, k, n));
    of_r = concatenate({of_r, rest}, -1);
  }
  return {of_q, of_r};
}

QrResult qr(const Array& a, QrMode mode) {
  const Operand x = matrices(a, "qr");
  const int64_t m = a.shape(-2), n = a.shape(-1);
  const int64_t k = mode == QrMode::complete ? m : std::min(m, n);
  const DType wide = x.array.dtype();
  const std::vector<Array> results =
      apply_tuple(make_ref<Qr>(mode == QrMode::complete), std::initializer_list<Array>{x.array},
                  {{joined(batch_of(a), {m, k}), wide}, {joined(batch_of(a), {k, n}), wide}});
  return {mode == QrMode::r ? Array() : converted(results[0], x.dtype), converted(results[1], x.dtype)};
}

}  // namespace ingot::linalg
