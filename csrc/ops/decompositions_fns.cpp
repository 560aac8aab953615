#include "ingot/ops/decompositions_reductions.h"

namespace ingot::linalg {

namespace {

template <class T>
void rotate(T* columns, int64_t stride, int64_t rows, const Sweep* sweeps, int64_t count, const T* turns) {
  for (int64_t i = 0; i < count; ++i) {
    T* x = columns + sweeps[i].first * stride;
    for (int64_t k = 0; k < sweeps[i].count; ++k, turns += 2) {
      T* const y = x + sweeps[i].step * stride;
      const T c = turns[0], s = turns[1];
      for (int64_t row = 0; row < rows; ++row) {
        const T left = x[row], right = y[row];
        x[row] = c * left + s * right;
        y[row] = c * right - s * left;
      }
      x = y;
    }
  }
}

template <class T>
constexpr TypedMatrixFns<T> kFns{&rotate<T>, &reductions::tridiagonalise<T>, &reductions::bidiagonalise<T>,
                                 &reductions::factor_qr<T>};

}  // namespace

const MatrixFns& plain_matrix_fns() {
  static constexpr MatrixFns fns{kFns<float>, kFns<double>};
  return fns;
}

}  // namespace ingot::linalg
