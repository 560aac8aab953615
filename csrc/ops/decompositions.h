// How the kernels of `linalg` see the entries of a batch: as Eigen's matrices.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "ingot/graph/value.h"
#include "ingot/ops/leading_rows.h"

namespace ingot::linalg {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;
using AnyStride = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using MatrixView =
    Eigen::Map<std::conditional_t<std::is_const_v<T>, const Matrix<std::remove_const_t<T>>, Matrix<T>>, 0, AnyStride>;
template <class T>
using VectorView = Eigen::Map<Vector<T>, 0, Eigen::InnerStride<Eigen::Dynamic>>;

/// The first element of an entry, whose own axes are the last `own` ones.
template <class T>
T* entry_data(const Tensor& tensor, size_t own, int64_t entry) {
  return tensor.as<T>() + offset_of_row(tensor, tensor.shape.size() - own, entry);
}

template <class T>
MatrixView<T> matrix_at(const Tensor& tensor, int64_t entry) {
  const size_t rows = tensor.shape.size() - 2, columns = rows + 1;
  return {entry_data<T>(tensor, 2, entry), tensor.shape[rows], tensor.shape[columns],
          AnyStride(tensor.strides[columns], tensor.strides[rows])};
}

template <class T>
VectorView<T> vector_at(const Tensor& tensor, int64_t entry) {
  return {entry_data<T>(tensor, 1, entry), tensor.shape.back(),
          Eigen::InnerStride<Eigen::Dynamic>(tensor.strides.back())};
}

template <class T>
T& number_at(const Tensor& tensor, int64_t entry) {
  return *entry_data<T>(tensor, 0, entry);
}

/// `x` times a power of two.
template <class T>
T scaled(T x, int exponent) {
  if constexpr (Eigen::NumTraits<T>::IsComplex)
    return T(std::ldexp(x.real(), exponent), std::ldexp(x.imag(), exponent));
  else
    return std::ldexp(x, exponent);
}

/// The exponent of a power of two by which to divide a matrix, so that squares of its elements neither overflow nor
/// vanish: 0 for usual numbers, and for those that are not finite.
template <class T>
int rescaling(const Matrix<T>& matrix) {
  using Real = typename Eigen::NumTraits<T>::Real;
  // Of the parts, for magnitudes may overflow.
  Real largest = matrix.real().cwiseAbs().maxCoeff();
  if constexpr (Eigen::NumTraits<T>::IsComplex) largest = std::max(largest, matrix.imag().cwiseAbs().maxCoeff());
  if (largest == 0 || !std::isfinite(largest)) return 0;
  const int exponent = std::ilogb(largest);
  return std::abs(exponent) > std::numeric_limits<Real>::max_exponent / 4 ? exponent : 0;
}

/// Calls `f(TypeTag<T>{})` for the dtypes that matrices are decomposed in; complex64 is complex128 here (MatrixOp).
template <class F>
decltype(auto) visit_matrices(DType dtype, F&& f) {
  switch (dtype) {
    case DType::float32:
      return f(TypeTag<float>{});
    case DType::float64:
      return f(TypeTag<double>{});
    case DType::complex128:
      return f(TypeTag<complex128>{});
    default:
      throw TypeError("linalg: matrices of dtype ", dtype, " cannot be decomposed");
  }
}

}  // namespace ingot::linalg
