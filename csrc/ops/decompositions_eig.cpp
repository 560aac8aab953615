#include <Eigen/Eigenvalues>
#include <complex>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

namespace {

/// Length 1, and the component of largest magnitude real and positive.
template <class C>
void normalise(Matrix<C>& vectors) {
  for (Eigen::Index j = 0; j < vectors.cols(); ++j) {
    auto v = vectors.col(j);
    v.normalize();
    Eigen::Index at;
    v.cwiseAbs().maxCoeff(&at);
    const C turn = std::conj(v[at]) / std::abs(v[at]);
    if (v[at] == C(std::abs(v[at]))) continue;
    v *= turn;
    v[at] = std::abs(v[at]);
  }
}

template <class T>
int64_t decompose(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first, int64_t last) {
  constexpr bool complex = Eigen::NumTraits<T>::IsComplex;
  using C = std::complex<typename Eigen::NumTraits<T>::Real>;
  using Solver = std::conditional_t<complex, Eigen::ComplexEigenSolver<Matrix<T>>, Eigen::EigenSolver<Matrix<T>>>;
  const bool vectors = outputs.size() > 1;
  Solver solver;
  Matrix<T> work;
  Matrix<C> result;
  for (int64_t entry = first; entry < last; ++entry) {
    work = matrix_at<const T>(inputs[0], entry);
    if (work.rows() == 0) continue;
    if (!work.allFinite()) return entry;
    solver.compute(work, vectors);
    if (solver.info() != Eigen::Success) return entry;
    vector_at<C>(outputs[0], entry) = solver.eigenvalues();
    if (!vectors) continue;
    result = solver.eigenvectors();
    normalise(result);
    matrix_at<C>(outputs[1], entry) = result;
  }
  return -1;
}

int64_t decompose_any(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first, int64_t last) {
  return visit_matrices(
      inputs[0].dtype, [&](auto tag) { return decompose<typename decltype(tag)::type>(inputs, outputs, first, last); });
}

}  // namespace

int64_t Eig::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                         int64_t last) const {
  return decompose_any(inputs, outputs, first, last);
}

int64_t Eigvals::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                             int64_t last) const {
  return decompose_any(inputs, outputs, first, last);
}

}  // namespace ingot::linalg
