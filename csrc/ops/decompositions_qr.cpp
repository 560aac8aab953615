#include <new>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/decompositions_reductions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

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
      q.resize(q_out.rows(), q_out.cols());
      r.resize(r_out.rows(), r_out.cols());
      bool done;
      if constexpr (Eigen::NumTraits<T>::IsComplex)
        done = reductions::factor_qr<T>(a.data(), a.rows(), a.cols(), q.data(), q.cols(), r.data());
      else
        done = fns.of<T>().factor_qr(a.data(), a.rows(), a.cols(), q.data(), q.cols(), r.data());
      if (!done) throw std::bad_alloc();
      q_out = q;
      r_out = r;
    }
    return -1;
  });
}

}  // namespace ingot::linalg
