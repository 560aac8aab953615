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
bool tridiagonalise(const MatrixFns& fns, const Matrix<T>& a, Vector<reductions::Real<T>>& d,
                    Vector<reductions::Real<T>>& e, T* q, int64_t stride) {
  if constexpr (Eigen::NumTraits<T>::IsComplex)
    return reductions::tridiagonalise<T>(a.data(), a.rows(), d.data(), e.data(), q, stride);
  else
    return fns.of<T>().tridiagonalise(a.data(), a.rows(), d.data(), e.data(), q, stride);
}

/// Eigenvectors only if there is an output for them.
template <class T>
int64_t decompose(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                  int64_t last) {
  using Real = reductions::Real<T>;
  const bool vectors = outputs.size() > 1;
  const int64_t n = inputs[0].shape.back(), stride = n + kColumnGap;
  if (n == 0) return -1;
  Matrix<T> work, q(vectors ? stride : 0, n);
  Vector<Real> d(n), e(n - 1);
  std::vector<int64_t> order(static_cast<size_t>(n));
  for (int64_t entry = first; entry < last; ++entry) {
    const auto a = matrix_at<const T>(inputs[0], entry);
    if (!a.allFinite()) return entry;
    work = a.template triangularView<Eigen::Lower>();
    const Real size = work.cwiseAbs().maxCoeff(), scale = size > 0 ? size : Real(1);
    work /= scale;
    if (!tridiagonalise<T>(fns, work, d, e, vectors ? q.data() : nullptr, stride)) throw std::bad_alloc();
    Rotations<Real> rotations = vectors ? Rotations<Real>(q.data(), stride, n, fns) : Rotations<Real>();
    if (!diagonalise_tridiagonal(d.data(), e.data(), n, rotations)) return entry;
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int64_t x, int64_t y) { return d[x] < d[y]; });
    auto values = vector_at<Real>(outputs[0], entry);
    for (int64_t i = 0; i < n; ++i) values[i] = scale * d[order[static_cast<size_t>(i)]];
    if (!vectors) continue;
    auto out = matrix_at<T>(outputs[1], entry);
    for (int64_t i = 0; i < n; ++i) out.col(i) = q.col(order[static_cast<size_t>(i)]).head(n);
  }
  return -1;
}

int64_t decompose_any(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                      int64_t first, int64_t last) {
  return visit_matrices(inputs[0].dtype, [&](auto tag) {
    return decompose<typename decltype(tag)::type>(fns, inputs, outputs, first, last);
  });
}

}  // namespace

int64_t Eigh::factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                             int64_t first, int64_t last) const {
  return decompose_any(fns, inputs, outputs, first, last);
}

int64_t Eigvalsh::factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                                 int64_t first, int64_t last) const {
  return decompose_any(fns, inputs, outputs, first, last);
}

}  // namespace ingot::linalg
