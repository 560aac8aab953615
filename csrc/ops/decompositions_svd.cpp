#include <algorithm>
#include <cmath>
#include <new>
#include <numeric>
#include <vector>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/decompositions_iteration.h"
#include "ingot/ops/decompositions_reductions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

namespace {

template <class T>
bool bidiagonalise(const MatrixFns& fns, const Matrix<T>& a, Vector<reductions::Real<T>>& d,
                   Vector<reductions::Real<T>>& e, T* u, int64_t u_columns, T* v) {
  if constexpr (Eigen::NumTraits<T>::IsComplex)
    return reductions::bidiagonalise<T>(a.data(), a.rows(), a.cols(), d.data(), e.data(), u, u_columns, v);
  else
    return fns.of<T>().bidiagonalise(a.data(), a.rows(), a.cols(), d.data(), e.data(), u, u_columns, v);
}

/// Outputs are U, S and V^H, or S alone. U and V are square if `full`.
template <class T>
int64_t decompose(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs, bool full,
                  int64_t first, int64_t last) {
  using Real = reductions::Real<T>;
  const bool vectors = outputs.size() > 1;
  // Of A, or of A^H where that is the one with more rows.
  const int64_t rows = inputs[0].shape[inputs[0].shape.size() - 2], columns = inputs[0].shape.back();
  const bool wide = rows < columns;
  const int64_t m = wide ? columns : rows, n = wide ? rows : columns, u_columns = full ? m : n;
  const int64_t u_stride = m + kColumnGap, v_stride = n + kColumnGap;
  Matrix<T> work, u(vectors ? u_stride : 0, u_columns), v(vectors ? v_stride : 0, n);
  Vector<Real> d(n), e(std::max<int64_t>(0, n - 1));
  std::vector<int64_t> order(static_cast<size_t>(n));
  for (int64_t entry = first; entry < last; ++entry) {
    const auto a = matrix_at<const T>(inputs[0], entry);
    if (n == 0) {
      if (!vectors) continue;
      matrix_at<T>(outputs[0], entry).setIdentity();
      matrix_at<T>(outputs[2], entry).setIdentity();
      continue;
    }
    if (!a.allFinite()) return entry;
    if (wide)
      work = a.adjoint();
    else
      work = a;
    const Real size = work.cwiseAbs().maxCoeff(), scale = size > 0 ? size : Real(1);
    work /= scale;
    if (!bidiagonalise<T>(fns, work, d, e, vectors ? u.data() : nullptr, u_columns, vectors ? v.data() : nullptr))
      throw std::bad_alloc();
    Rotations<Real> of_u, of_v;
    if (vectors) {
      of_u = Rotations<Real>(u.data(), u_stride, m, fns);
      of_v = Rotations<Real>(v.data(), v_stride, n, fns);
    }
    if (!diagonalise_bidiagonal(d.data(), e.data(), n, of_u, of_v)) return entry;
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int64_t x, int64_t y) { return std::abs(d[x]) > std::abs(d[y]); });
    auto values = vector_at<Real>(outputs[vectors ? 1 : 0], entry);
    for (int64_t i = 0; i < n; ++i) values[i] = scale * std::abs(d[order[static_cast<size_t>(i)]]);
    if (!vectors) continue;
    auto left = matrix_at<T>(outputs[0], entry), right = matrix_at<T>(outputs[2], entry);
    for (int64_t i = 0; i < u_columns; ++i) {
      const int64_t from = i < n ? order[static_cast<size_t>(i)] : i;
      const Real sign = i < n && d[from] < 0 ? Real(-1) : Real(1);
      if (wide)
        right.row(i) = sign * u.col(from).head(m).adjoint();
      else
        left.col(i) = sign * u.col(from).head(m);
      if (i >= n) continue;
      if (wide)
        left.col(i) = v.col(from).head(n);
      else
        right.row(i) = v.col(from).head(n).adjoint();
    }
  }
  return -1;
}

int64_t decompose_any(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs, bool full,
                      int64_t first, int64_t last) {
  return visit_matrices(inputs[0].dtype, [&](auto tag) {
    return decompose<typename decltype(tag)::type>(fns, inputs, outputs, full, first, last);
  });
}

}  // namespace

int64_t Svd::factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                            int64_t first, int64_t last) const {
  return decompose_any(fns, inputs, outputs, full, first, last);
}

int64_t Svdvals::factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                                int64_t first, int64_t last) const {
  return decompose_any(fns, inputs, outputs, false, first, last);
}

}  // namespace ingot::linalg
