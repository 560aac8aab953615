#include <Eigen/Eigenvalues>
#include <cmath>
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

/// The order that a matrix is given for its decomposition: where columns lie a power of two apart, elements of one row
/// evict one another from the cache. A last row and column of zeros prevent that and split off before anything else.
template <class T>
int64_t roomy_order(int64_t n) {
  constexpr int64_t kLeast = 64, kDistance = 256;
  const bool crowded = n >= kLeast && n * static_cast<int64_t>(sizeof(T)) % kDistance == 0;
  // Eigen sorts the eigenvalues of complex matrices, and so would lose the one to leave out.
  return crowded && !Eigen::NumTraits<T>::IsComplex ? n + 1 : n;
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
    const auto a = matrix_at<const T>(inputs[0], entry);
    const int64_t n = a.rows(), order = roomy_order<T>(n);
    if (n == 0) continue;
    work.setZero(order, order);
    work.topLeftCorner(n, n) = a;
    if (!work.allFinite()) return entry;
    // Eigen does so itself for real matrices.
    const int exponent = complex ? rescaling(work) : 0;
    if (exponent != 0) work = work.unaryExpr([&](T x) { return scaled(x, -exponent); });
    solver.compute(work, vectors);
    if (solver.info() != Eigen::Success) return entry;
    vector_at<C>(outputs[0], entry) = solver.eigenvalues().head(n).unaryExpr([&](C x) { return scaled(x, exponent); });
    if (!vectors) continue;
    result = solver.eigenvectors().topLeftCorner(n, n);
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
