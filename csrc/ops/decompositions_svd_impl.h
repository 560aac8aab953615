#pragma once

#include <Eigen/SVD>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/decompositions_svd.h"

namespace ingot::linalg {

template <class T>
int64_t decompose_svd(std::span<const Tensor> inputs, std::span<const Tensor> outputs, bool full, int64_t first,
                      int64_t last) {
  using Real = typename Eigen::NumTraits<T>::Real;
  const bool vectors = outputs.size() > 1;
  const unsigned wanted = !vectors ? 0
                          : full   ? Eigen::ComputeFullU | Eigen::ComputeFullV
                                   : Eigen::ComputeThinU | Eigen::ComputeThinV;
  Eigen::BDCSVD<Matrix<T>> solver;
  Matrix<T> work;
  for (int64_t entry = first; entry < last; ++entry) {
    work = matrix_at<const T>(inputs[0], entry);
    if (work.size() == 0) {
      if (!vectors) continue;
      matrix_at<T>(outputs[0], entry).setIdentity();
      matrix_at<T>(outputs[2], entry).setIdentity();
      continue;
    }
    if (!work.allFinite()) return entry;
    solver.compute(work, wanted);
    if (solver.info() != Eigen::Success) return entry;
    vector_at<Real>(outputs[vectors ? 1 : 0], entry) = solver.singularValues();
    if (!vectors) continue;
    matrix_at<T>(outputs[0], entry) = solver.matrixU();
    matrix_at<T>(outputs[2], entry) = solver.matrixV().adjoint();
  }
  return -1;
}

}  // namespace ingot::linalg
