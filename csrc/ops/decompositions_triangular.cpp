// Kernels that need no iteration: Cholesky, triangular systems.
#include <Eigen/Cholesky>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

namespace {

/// Solves in place. False if the diagonal has a zero.
template <unsigned mode, class T>
bool solve_triangle(const MatrixView<const T>& t, Matrix<T>& x) {
  if constexpr (!(mode & Eigen::UnitDiag))
    if ((t.diagonal().array() == T(0)).any()) return false;
  const Matrix<T> packed = t;
  packed.template triangularView<mode>().solveInPlace(x);
  return true;
}

}  // namespace

int64_t Cholesky::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                              int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    Matrix<T> work;
    for (int64_t entry = first; entry < last; ++entry) {
      work = matrix_at<const T>(inputs[0], entry);
      const Eigen::LLT<Eigen::Ref<Matrix<T>>> factor(work);
      // Comparing so finds NaN too.
      if (factor.info() != Eigen::Success || !(work.diagonal().array().real() > 0).all()) return entry;
      auto out = matrix_at<T>(outputs[0], entry);
      out.setZero();
      out.template triangularView<Eigen::Lower>() = work;
    }
    return -1;
  });
}

int64_t TriangularSolve::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                                     int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    Matrix<T> x;
    for (int64_t entry = first; entry < last; ++entry) {
      x = matrix_at<const T>(inputs[1], entry);
      const auto t = matrix_at<const T>(inputs[0], entry);
      bool solved = true;
      if (t.rows() == 0 || x.cols() == 0)
        continue;
      else if (lower)
        solved = unit ? solve_triangle<Eigen::UnitLower, T>(t, x) : solve_triangle<Eigen::Lower, T>(t, x);
      else
        solved = unit ? solve_triangle<Eigen::UnitUpper, T>(t, x) : solve_triangle<Eigen::Upper, T>(t, x);
      if (!solved) return entry;
      matrix_at<T>(outputs[0], entry) = x;
    }
    return -1;
  });
}

}  // namespace ingot::linalg
