// What decompositions spend their time in, as plain functions on raw memory: a backend may have them compiled for its
// instruction set. Matrices lie column by column.
#pragma once

#include <cstdint>
#include <type_traits>

namespace ingot::linalg {

/// `count` rotations of neighbouring columns: the first of columns `first` and `first + step`, the next of the second of
/// these and the one that follows, and so on; `step` is 1 or -1.
struct Sweep {
  int64_t first, step, count;
};

/// For matrices of real numbers. The reductions return false if there is no memory.
template <class T>
struct TypedMatrixFns {
  /// Applies sweeps, one after the other, to columns that are `stride` elements apart. `turns` has two numbers for each
  /// rotation, c and s: (x, y) becomes (c x + s y, c y - s x).
  void (*rotate)(T* columns, int64_t stride, int64_t rows, const Sweep* sweeps, int64_t count, const T* turns);
  /// a = q t q^T for a symmetric a of order n, of which the lower triangle is read: t has the diagonal `d` and `e` beside
  /// it. The columns of `q` are `stride` apart; q may be null.
  bool (*tridiagonalise)(const T* a, int64_t n, T* d, T* e, T* q, int64_t stride);
  /// a = u b v^T for an a of m >= n: b has the diagonal `d` and `e` above it. `u` has as many columns as asked for, n to
  /// m, and both may be null. Their columns are m + kColumnGap and n + kColumnGap apart.
  bool (*bidiagonalise)(const T* a, int64_t m, int64_t n, T* d, T* e, T* u, int64_t u_columns, T* v);
  /// a = q r, `q` having as many columns as asked for, min(m, n) to m, and `r` as many rows.
  bool (*factor_qr)(const T* a, int64_t m, int64_t n, T* q, int64_t columns, T* r);
};

/// Columns of a power of two would evict one another from the cache.
inline constexpr int64_t kColumnGap = 8;

struct MatrixFns {
  TypedMatrixFns<float> float32;
  TypedMatrixFns<double> float64;

  template <class T>
  const TypedMatrixFns<T>& of() const {
    if constexpr (std::is_same_v<T, float>)
      return float32;
    else
      return float64;
  }
};

/// Those of libingot, compiled for every processor.
const MatrixFns& plain_matrix_fns();

}  // namespace ingot::linalg
