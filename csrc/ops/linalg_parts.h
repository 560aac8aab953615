// What the rules of matrix operations are written in.
#pragma once

#include "ingot/ops/diagonals.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/operands.h"

namespace ingot::linalg {

/// A checked operand: matrices of the dtype they are decomposed in, and the dtype that results go back to.
struct Operand {
  Array array;
  DType dtype;
};
/// Throws ValueError for an undefined array, ShapeError for fewer than two axes. Integers become float32.
Operand matrices(const Array& x, const char* name);
/// The same; ShapeError unless rows and columns are as many.
Operand square_matrices(const Array& x, const char* name);

/// The conjugate transpose.
Array adjoint(const Array& x);
/// The transpose.
inline Array flipped(const Array& x) { return swapaxes(x, -1, -2); }
/// (x + x^H) / 2.
Array hermitian_part(const Array& x);
/// The diagonal of each matrix, and matrices with these diagonals.
inline Array diagonal_of(const Array& x) { return diagonal(x, 0, -2, -1); }
inline Array diagonal_matrix(const Array& x) { return diag_embed(x); }
/// The lower triangle, with half the diagonal.
Array lower_half(const Array& x);
/// n by n.
Array identity(int64_t n, DType dtype);
/// A real array as the imaginary part of a complex one.
Array imaginary(const Array& x, DType dtype);
/// Numbers as columns, and as rows, that scale the rows (columns) of matrices.
inline Array as_column(const Array& x) { return expand_dims(x, {-1}); }
inline Array as_row(const Array& x) { return expand_dims(x, {-2}); }
/// Rows or columns [from, to) of each matrix.
Array rows_of(const Array& x, int64_t from, int64_t to);
Array columns_of(const Array& x, int64_t from, int64_t to);

/// Axes but the last two.
inline Shape batch_of(const Array& x) { return Shape(x.shape().begin(), x.shape().end() - 2); }
/// The batch, then the given lengths.
Shape joined(const Shape& batch, std::initializer_list<int64_t> own);
/// `sum = sum + term`, where undefined arrays are zeros.
void accumulate(Array& sum, const Array& term);
/// Operands with their leading axes broadcast to common ones.
void broadcast_batches(Array& a, Array& b, const char* name);

}  // namespace ingot::linalg
