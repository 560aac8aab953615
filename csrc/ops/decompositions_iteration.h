// The iterations that make a tridiagonal or a bidiagonal matrix diagonal.
#pragma once

#include <complex>
#include <cstdint>
#include <vector>

#include "ingot/ops/decompositions_fns.h"

namespace ingot::linalg {

/// Rotations that are yet to be done to the columns of a matrix, if there is one: many are applied at once, while parts
/// of the matrix are in the cache.
template <class T>
class Rotations {
 public:
  Rotations() = default;
  /// Columns are `stride` elements apart.
  Rotations(T* columns, int64_t stride, int64_t rows, const MatrixFns& fns)
      : columns_(columns), stride_(stride), rows_(rows), rotate_(fns.of<T>().rotate) {}
  /// A rotation turns both parts of complex numbers alike.
  Rotations(std::complex<T>* columns, int64_t stride, int64_t rows, const MatrixFns& fns)
      : Rotations(reinterpret_cast<T*>(columns), 2 * stride, 2 * rows, fns) {}

  void begin_sweep(int64_t first, int64_t step) {
    if (!columns_) return;
    if (turns_.size() > kMostTurns) apply();
    sweeps_.push_back({first, step, 0});
  }
  void add(T c, T s) {
    if (!columns_) return;
    ++sweeps_.back().count;
    turns_.push_back(c);
    turns_.push_back(s);
  }
  /// Does what was recorded.
  void apply() {
    if (columns_)
      rotate_(columns_, stride_, rows_, sweeps_.data(), static_cast<int64_t>(sweeps_.size()), turns_.data());
    sweeps_.clear();
    turns_.clear();
  }

 private:
  static constexpr size_t kMostTurns = 1 << 14;

  T* columns_ = nullptr;
  int64_t stride_ = 0, rows_ = 0;
  decltype(TypedMatrixFns<T>::rotate) rotate_ = nullptr;
  std::vector<Sweep> sweeps_;
  std::vector<T> turns_;
};

/// Makes a symmetric tridiagonal matrix of about size 1 with diagonal `d` (n) and off-diagonal `e` (n - 1) diagonal:
/// implicit QR steps with Wilkinson's shift (Golub and Van Loan, Matrix Computations, 8.3). `d` becomes the eigenvalues,
/// in no order; a Q whose columns are rotated along becomes Q times the eigenvectors. False if that does not converge.
template <class T>
bool diagonalise_tridiagonal(T* d, T* e, int64_t n, Rotations<T>& q);

/// Makes an upper bidiagonal matrix of about size 1 with diagonal `d` (n) and superdiagonal `e` (n - 1) diagonal:
/// implicit QR steps, with shift 0 where singular values are tiny (Demmel and Kahan, "Accurate singular values of
/// bidiagonal matrices", 1990). `d` becomes the singular values, in no order and with any sign; columns of U and V rotate
/// along. False if that does not converge.
template <class T>
bool diagonalise_bidiagonal(T* d, T* e, int64_t n, Rotations<T>& u, Rotations<T>& v);

}  // namespace ingot::linalg
