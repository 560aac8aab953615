// Kernels of the LU decomposition and of what is found by it.
#include <Eigen/LU>
#include <cmath>
#include <limits>

#include "ingot/ops/decompositions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

namespace {

using Exchanges = Eigen::Transpositions<Eigen::Dynamic, Eigen::Dynamic, int32_t>;
using PivotsView = Eigen::Map<const Vector<int32_t>, 0, Eigen::InnerStride<Eigen::Dynamic>>;

PivotsView pivots_at(const Tensor& tensor, int64_t entry) {
  return {entry_data<const int32_t>(tensor, 1, entry), tensor.shape.back(),
          Eigen::InnerStride<Eigen::Dynamic>(tensor.strides.back())};
}

/// Replaces `a` by its factors; row i is exchanged with row `exchanges[i]`.
template <class T>
void factor(Matrix<T>& a, Exchanges& exchanges) {
  exchanges.resize(std::min(a.rows(), a.cols()));
  if (exchanges.size() == 0) return;
  int32_t count;
  Eigen::internal::partial_lu_inplace(a, exchanges, count);
}

/// -1 if the exchanges are an odd permutation.
template <class Pivots>
int parity(const Pivots& pivots) {
  int sign = 1;
  for (Eigen::Index i = 0; i < pivots.size(); ++i)
    if (pivots[i] != i) sign = -sign;
  return sign;
}

template <class Pivots, class X>
void exchange(const Pivots& pivots, X& x) {
  for (Eigen::Index i = 0; i < pivots.size(); ++i)
    if (pivots[i] != i) x.row(i).swap(x.row(pivots[i]));
}

template <class Pivots, class X>
void exchange_back(const Pivots& pivots, X& x) {
  for (Eigen::Index i = pivots.size(); i-- > 0;)
    if (pivots[i] != i) x.row(i).swap(x.row(pivots[i]));
}

}  // namespace

int64_t LuFactor::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                              int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    Matrix<T> work;
    Exchanges exchanges;
    for (int64_t entry = first; entry < last; ++entry) {
      work = matrix_at<const T>(inputs[0], entry);
      factor(work, exchanges);
      matrix_at<T>(outputs[0], entry) = work;
      vector_at<int32_t>(outputs[1], entry) = exchanges.indices();
    }
    return -1;
  });
}

int64_t LinearSolve::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                                 int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    Matrix<T> packed, x;
    for (int64_t entry = first; entry < last; ++entry) {
      packed = matrix_at<const T>(inputs[1], entry);
      if ((packed.diagonal().array() == T(0)).any()) return entry;
      const auto pivots = pivots_at(inputs[2], entry);
      x = matrix_at<const T>(inputs[3], entry);
      if (x.size() == 0) continue;
      if (adjoint) {
        packed.template triangularView<Eigen::Upper>().adjoint().solveInPlace(x);
        packed.template triangularView<Eigen::UnitLower>().adjoint().solveInPlace(x);
        exchange_back(pivots, x);
      } else {
        exchange(pivots, x);
        packed.template triangularView<Eigen::UnitLower>().solveInPlace(x);
        packed.template triangularView<Eigen::Upper>().solveInPlace(x);
      }
      matrix_at<T>(outputs[0], entry) = x;
    }
    return -1;
  });
}

int64_t Determinant::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                                 int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    for (int64_t entry = first; entry < last; ++entry) {
      T product(static_cast<T>(parity(pivots_at(inputs[2], entry))));
      const auto packed = matrix_at<const T>(inputs[1], entry);
      for (Eigen::Index i = 0; i < packed.rows(); ++i) product *= packed(i, i);
      number_at<T>(outputs[0], entry) = product;
    }
    return -1;
  });
}

int64_t SlogDet::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                             int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    using Real = typename Eigen::NumTraits<T>::Real;
    for (int64_t entry = first; entry < last; ++entry) {
      T sign(static_cast<T>(parity(pivots_at(inputs[2], entry))));
      Real logarithm = 0;
      const auto packed = matrix_at<const T>(inputs[1], entry);
      for (Eigen::Index i = 0; i < packed.rows(); ++i) {
        const Real magnitude = std::abs(packed(i, i));
        sign = magnitude == 0 ? T(0) : sign * (packed(i, i) / magnitude);
        logarithm += std::log(magnitude);
      }
      number_at<T>(outputs[0], entry) = sign;
      number_at<Real>(outputs[1], entry) = logarithm;
    }
    return -1;
  });
}

/// With pivots over rows and columns, P A Q = L U, a zero can only be at the end of U's diagonal. One is replaced by a
/// number that is small beside the others: of det(A) A^-1 it changes digits beyond the last. From two on the result is 0
/// but for rounding.
int64_t Adjugate::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                              int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) -> int64_t {
    using T = typename decltype(tag)::type;
    using Real = typename Eigen::NumTraits<T>::Real;
    Matrix<T> work;
    for (int64_t entry = first; entry < last; ++entry) {
      work = matrix_at<const T>(inputs[0], entry);
      auto out = matrix_at<T>(outputs[0], entry);
      const Eigen::Index n = work.rows();
      if (n == 0) continue;
      Eigen::FullPivLU<Eigen::Ref<Matrix<T>>> decomposition(work);
      const Real largest = std::abs(work(0, 0));
      if (largest == 0) {
        out.setConstant(T(n == 1 ? 1 : 0));
        continue;
      }
      const Real small = largest * std::numeric_limits<Real>::epsilon() * std::numeric_limits<Real>::epsilon();
      T product(
          static_cast<T>(decomposition.permutationP().determinant() * decomposition.permutationQ().determinant()));
      for (Eigen::Index i = 0; i < n; ++i) {
        if (std::abs(work(i, i)) < small) work(i, i) = T(small);
        product *= work(i, i);
      }
      Matrix<T> x = decomposition.permutationP() * Matrix<T>::Identity(n, n);
      work.template triangularView<Eigen::UnitLower>().solveInPlace(x);
      work.template triangularView<Eigen::Upper>().solveInPlace(x);
      out = (decomposition.permutationQ() * x) * product;
    }
    return -1;
  });
}

}  // namespace ingot::linalg
