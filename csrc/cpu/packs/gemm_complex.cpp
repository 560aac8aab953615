// Products of complex matrices, by Eigen.
#include <Eigen/Core>

#include "ingot/cpu/packs/parts.h"

namespace ingot::cpu {
namespace {

template <class T, int order>
using MatrixIn = Eigen::Map<const Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, order>, 0, Eigen::OuterStride<>>;
template <class T>
using MatrixOut =
    Eigen::Map<Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>, 0, Eigen::OuterStride<>>;

/// Calls `f` with the matrix as Eigen sees it, by rows or by columns.
template <class T, class F>
void with_order(const void* data, int64_t rows, int64_t columns, Window strides, F&& f) {
  const auto* elements = static_cast<const T*>(data);
  if (strides.column_stride == 1) {
    f(MatrixIn<T, Eigen::RowMajor>(elements, rows, columns, Eigen::OuterStride<>(strides.row_stride)));
  } else {
    f(MatrixIn<T, Eigen::ColMajor>(elements, rows, columns, Eigen::OuterStride<>(strides.column_stride)));
  }
}

template <class T>
void gemm(const Gemm& g) {
  MatrixOut<T> c(static_cast<T*>(g.c), g.m, g.n, Eigen::OuterStride<>(g.c_row));
  // As Eigen's own assignment begins too: with one kind of product there is half as much code.
  if (!g.accumulate) c.setZero();
  with_order<T>(g.a, g.m, g.k, g.a_strides, [&](const auto& a) {
    with_order<T>(g.b, g.k, g.n, g.b_strides, [&](const auto& b) { c.noalias() += a * b; });
  });
}

}  // namespace

void add_gemm_complex(Pack& pack) {
  pack.gemm[static_cast<int>(DType::complex64)] = &gemm<complex64>;
  pack.gemm[static_cast<int>(DType::complex128)] = &gemm<complex128>;
}

}  // namespace ingot::cpu
