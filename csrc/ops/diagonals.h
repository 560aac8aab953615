// Diagonals of matrices, triangles, and matrices built of them.
#pragma once

#include <optional>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// The diagonal of the matrices over two axes, as a new last axis: elements `(i, i + offset)`. A view. Throws
/// IndexError for an axis that is not there, ValueError if both are one.
Array diagonal(const Array& x, int64_t offset = 0, int64_t axis1 = 0, int64_t axis2 = 1);
/// Matrices of zeros over two new axes, with the last axis of `x` on the diagonal `offset`: the inverse of `diagonal`.
Array diag_embed(const Array& x, int64_t offset = 0, int64_t axis1 = -2, int64_t axis2 = -1);
/// The matrix with the vector `x` on its `k`-th diagonal, or the `k`-th diagonal of the matrix `x`. Throws ShapeError
/// for another number of axes.
Array diag(const Array& x, int64_t k = 0);
/// The matrix with the elements of `x`, in row-major order, on its `k`-th diagonal.
Array diagflat(const Array& x, int64_t k = 0);
/// Sums over the diagonals of the matrices over two axes, in the dtype of `sum`.
Array trace(const Array& x, int64_t offset = 0, int64_t axis1 = 0, int64_t axis2 = 1, std::optional<DType> dtype = {});

/// Ones at and below the `k`-th diagonal of a (rows, columns) matrix, zeros above.
Array tri(int64_t rows, int64_t columns, int64_t k = 0, DType dtype = DType::float32);
/// The matrices over the last two axes with zeros above (below) their `k`-th diagonal. Throws ShapeError for fewer than
/// two axes.
Array tril(const Array& x, int64_t k = 0);
Array triu(const Array& x, int64_t k = 0);
/// Row and column numbers, (2, count) of int64, of the elements that `tril` (`triu`) keeps, in row-major order.
Array tril_indices(int64_t rows, int64_t columns, int64_t k = 0);
Array triu_indices(int64_t rows, int64_t columns, int64_t k = 0);

/// Powers `x^(count - 1), ..., x, 1` of each element of a vector, as a new last axis; the other way round if
/// `increasing`. Raises ValueError beyond 65536 columns.
Array vander(const Array& x, std::optional<int64_t> count = {}, bool increasing = false);
/// Matrices side by side along the diagonal, zeros elsewhere. Vectors count as rows, 0-d arrays as 1 by 1.
Array block_diag(const std::vector<Array>& blocks);

}  // namespace ingot
