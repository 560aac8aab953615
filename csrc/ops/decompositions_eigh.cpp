#include <Eigen/Eigenvalues>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

namespace {

/// Eigenvectors only if there is an output for them.
template <class T>
int64_t decompose(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first, int64_t last) {
  using Real = typename Eigen::NumTraits<T>::Real;
  const bool vectors = outputs.size() > 1;
  Eigen::SelfAdjointEigenSolver<Matrix<T>> solver;
  for (int64_t entry = first; entry < last; ++entry) {
    const auto a = matrix_at<const T>(inputs[0], entry);
    if (a.rows() == 0) continue;
    if (!a.allFinite()) return entry;
    solver.compute(a, vectors ? Eigen::ComputeEigenvectors : Eigen::EigenvaluesOnly);
    if (solver.info() != Eigen::Success) return entry;
    vector_at<Real>(outputs[0], entry) = solver.eigenvalues();
    if (vectors) matrix_at<T>(outputs[1], entry) = solver.eigenvectors();
  }
  return -1;
}

int64_t decompose_any(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first, int64_t last) {
  return visit_matrices(
      inputs[0].dtype, [&](auto tag) { return decompose<typename decltype(tag)::type>(inputs, outputs, first, last); });
}

}  // namespace

int64_t Eigh::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                          int64_t last) const {
  return decompose_any(inputs, outputs, first, last);
}

int64_t Eigvalsh::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                              int64_t last) const {
  return decompose_any(inputs, outputs, first, last);
}

}  // namespace ingot::linalg
