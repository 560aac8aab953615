#include <Eigen/Core>
#include <Eigen/LU>
#include <unsupported/Eigen/MatrixFunctions>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

int64_t MatrixExp::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                               int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    Matrix<T> a;
    for (int64_t entry = first; entry < last; ++entry) {
      a = matrix_at<const T>(inputs[0], entry);
      if (a.rows() == 0) continue;
      if (!a.allFinite()) return entry;
      matrix_at<T>(outputs[0], entry) = a.exp();
    }
    return -1;
  });
}

}  // namespace ingot::linalg
