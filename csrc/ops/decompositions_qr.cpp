#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/decompositions_reductions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

namespace {

/// Rows and columns up to which asking for memory would take longer than the reflections.
constexpr Eigen::Index kSmall = 8;

/// x -= factor v (v^T x) for the columns of `x` from `column` on; v is 1 at `row`, and `vectors(i, row)` below.
template <class T>
void reflect(const Matrix<T>& vectors, T factor, Eigen::Index row, Matrix<T>& x, Eigen::Index column) {
  for (Eigen::Index j = column; j < x.cols(); ++j) {
    T sum = x(row, j);
    for (Eigen::Index i = row + 1; i < x.rows(); ++i) sum += vectors(i, row) * x(i, j);
    sum *= factor;
    x(row, j) -= sum;
    for (Eigen::Index i = row + 1; i < x.rows(); ++i) x(i, j) -= vectors(i, row) * sum;
  }
}

/// By the same reflections as `reductions::factor_qr`, which are left in `a`.
template <class T>
void factor_small(Matrix<T>& a, Matrix<T>& q, Matrix<T>& r) {
  const Eigen::Index steps = std::min(a.rows(), a.cols());
  T factors[kSmall];
  for (Eigen::Index j = 0; j < steps; ++j) {
    const T first = a(j, j);
    T squares = 0;
    for (Eigen::Index i = j + 1; i < a.rows(); ++i) squares += a(i, j) * a(i, j);
    factors[j] = 0;
    T length = first;
    if (squares > std::numeric_limits<T>::min() || std::isnan(squares)) {
      length = std::sqrt(first * first + squares) * (first >= 0 ? -1 : 1);
      factors[j] = (length - first) / length;
    }
    for (Eigen::Index i = j + 1; i < a.rows(); ++i) a(i, j) = factors[j] == 0 ? T(0) : a(i, j) / (first - length);
    reflect(a, factors[j], j, a, j + 1);
    a(j, j) = length;
  }
  q.setIdentity();
  for (Eigen::Index j = steps; j-- > 0;) reflect(a, factors[j], j, q, j);
  for (Eigen::Index j = 0; j < r.cols(); ++j)
    for (Eigen::Index i = 0; i < r.rows(); ++i) r(i, j) = i <= j ? a(i, j) : T(0);
}

}  // namespace

int64_t Qr::factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                           int64_t first, int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    Matrix<T> a, q, r;
    for (int64_t entry = first; entry < last; ++entry) {
      a = matrix_at<const T>(inputs[0], entry);
      auto q_out = matrix_at<T>(outputs[0], entry), r_out = matrix_at<T>(outputs[1], entry);
      if (a.size() == 0) {
        q_out.setIdentity();
        continue;
      }
      const int exponent = rescaling(a);
      if (exponent != 0) a = a.unaryExpr([&](T x) { return scaled(x, -exponent); });
      q.resize(q_out.rows(), q_out.cols());
      r.resize(r_out.rows(), r_out.cols());
      bool done = true;
      if constexpr (Eigen::NumTraits<T>::IsComplex)
        done = reductions::factor_qr<T>(a.data(), a.rows(), a.cols(), q.data(), q.cols(), r.data());
      else if (std::max(a.rows(), a.cols()) <= kSmall)
        factor_small(a, q, r);
      else
        done = fns.of<T>().factor_qr(a.data(), a.rows(), a.cols(), q.data(), q.cols(), r.data());
      if (!done) throw std::bad_alloc();
      q_out = q;
      r_out = r;
      if (exponent != 0) r_out = r.unaryExpr([&](T x) { return scaled(x, exponent); });
    }
    return -1;
  });
}

}  // namespace ingot::linalg
