// The reductions of decompositions_fns.h, by Eigen: libingot and each kernel pack compile them for themselves.
#pragma once

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <algorithm>
#include <new>

#include "ingot/ops/decompositions_fns.h"

namespace ingot::linalg::reductions {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using In = Eigen::Map<const Matrix<T>>;
template <class T>
using Out = Eigen::Map<Matrix<T>, 0, Eigen::OuterStride<>>;
template <class T>
using Real = typename Eigen::NumTraits<T>::Real;
template <class T>
using RealVector = Eigen::Map<Eigen::Matrix<Real<T>, Eigen::Dynamic, 1>>;

/// What `work` returns; false if it finds no memory: no exception leaves a pack.
template <class Work>
bool unless_out_of_memory(Work&& work) {
  try {
    work();
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

/// The first columns of the product of the reflections whose vectors are below the diagonal of `vectors`, `shift` rows
/// further down. One type of sequence for all reductions, because each is a lot of code.
template <class T>
Matrix<T> multiplied(const Matrix<T>& vectors, const Eigen::Matrix<T, Eigen::Dynamic, 1>& coefficients, int64_t shift,
                     int64_t columns) {
  const int64_t rows = vectors.rows();
  Matrix<T> product = Matrix<T>::Identity(rows, columns);
  Eigen::Matrix<T, 1, Eigen::Dynamic> workspace(columns);
  Eigen::HouseholderSequence<Matrix<T>, Eigen::Matrix<T, Eigen::Dynamic, 1>>(vectors, coefficients)
      .setLength(std::min<int64_t>(coefficients.size(), rows - shift))
      .setShift(shift)
      .applyThisOnTheLeft(product, workspace, rows == columns);
  return product;
}

template <class T>
bool tridiagonalise(const T* a, int64_t n, Real<T>* d, Real<T>* e, T* q, int64_t stride) {
  return unless_out_of_memory([&] {
    const Eigen::Tridiagonalization<Matrix<T>> reduced(In<T>(a, n, n));
    RealVector<T>(d, n) = reduced.diagonal();
    RealVector<T>(e, n - 1) = reduced.subDiagonal();
    if (q)
      Out<T>(q, n, n, Eigen::OuterStride<>(stride)) =
          multiplied<T>(reduced.packedMatrix(), reduced.householderCoefficients().conjugate(), 1, n);
  });
}

template <class T>
bool bidiagonalise(const T* a, int64_t m, int64_t n, Real<T>* d, Real<T>* e, T* u, int64_t u_columns, T* v) {
  return unless_out_of_memory([&] {
    const Eigen::internal::UpperBidiagonalization<Matrix<T>> reduced(In<T>(a, m, n));
    auto band = reduced.bidiagonal();
    RealVector<T>(d, n) = band.diagonal();
    RealVector<T>(e, n - 1) = band.template diagonal<1>();
    const Matrix<T>& reflections = reduced.householder();
    if (u)
      Out<T>(u, m, u_columns, Eigen::OuterStride<>(m + kColumnGap)) =
          multiplied<T>(reflections, reflections.diagonal().conjugate(), 0, u_columns);
    if (v)
      Out<T>(v, n, n, Eigen::OuterStride<>(n + kColumnGap)) =
          multiplied<T>(reflections.topRows(n).adjoint(), reflections.template diagonal<1>().head(n - 1), 1, n);
  });
}

template <class T>
bool factor_qr(const T* a, int64_t m, int64_t n, T* q, int64_t columns, T* r) {
  return unless_out_of_memory([&] {
    const Eigen::HouseholderQR<Matrix<T>> reduced(In<T>(a, m, n));
    Eigen::Map<Matrix<T>>(q, m, columns) = multiplied<T>(reduced.matrixQR(), reduced.hCoeffs().conjugate(), 0, columns);
    Eigen::Map<Matrix<T>> right(r, columns, n);
    right.setZero();
    right.template triangularView<Eigen::Upper>() = reduced.matrixQR().topRows(columns);
  });
}

}  // namespace ingot::linalg::reductions
