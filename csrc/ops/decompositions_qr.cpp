#include <Eigen/QR>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

int64_t Qr::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                        int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    Matrix<T> q;
    Eigen::HouseholderQR<Matrix<T>> decomposition;
    for (int64_t entry = first; entry < last; ++entry) {
      const auto a = matrix_at<const T>(inputs[0], entry);
      auto q_out = matrix_at<T>(outputs[0], entry), r_out = matrix_at<T>(outputs[1], entry);
      q.setIdentity(q_out.rows(), q_out.cols());
      if (a.size() > 0) {
        decomposition.compute(a);
        q.applyOnTheLeft(decomposition.householderQ());
        r_out.setZero();
        r_out.template triangularView<Eigen::Upper>() = decomposition.matrixQR().topRows(r_out.rows());
      }
      q_out = q;
    }
    return -1;
  });
}

}  // namespace ingot::linalg
