// Linear algebra over the last two axes; leading axes are a batch.
//
// Functions take float32, float64, complex64 and complex128; float16 and bfloat16 are computed in float32 and rounded
// back, complex64 in complex128, integers become float32. They throw ShapeError for shapes that do not fit, and
// LinAlgError, when the value is asked for, for a matrix that has no such result. All are differentiable in both modes
// and to any order. The derivatives of decompositions follow Giles, "Collected matrix derivative results for forward and
// reverse mode algorithmic differentiation" (2008), and what the comments of the rules name beyond it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ingot/graph/array.h"
#include "ingot/ops/reduction.h"

namespace ingot {

/// A matrix that has no such decomposition, inverse or solution. Python: ingot.LinAlgError, a ValueError (as NumPy's)
/// and a RuntimeError (as PyTorch's).
class LinAlgError : public ValueError {
  using ValueError::ValueError;
};

namespace linalg {

// ---- decompositions ----

/// The lower triangular L of A = L L^H, or with `upper` the upper triangular U of A = U^H U. Only that triangle of A is
/// read. LinAlgError unless A is positive definite.
Array cholesky(const Array& a, bool upper = false);

struct QrResult {
  Array Q, R;
};
enum class QrMode { reduced, complete, r };
/// A = Q R for A (..., m, n), by Householder reflections (the signs are LAPACK's). `reduced`: k = min(m, n) columns of
/// Q; `complete`: all m; `r`: Q is undefined. With m > n the complete form has no derivative: GradError.
QrResult qr(const Array& a, QrMode mode = QrMode::reduced);

struct EighResult {
  Array eigenvalues, eigenvectors;
};
/// Eigenvalues (..., n), real and ascending, and eigenvectors as columns (..., n, n) of Hermitian matrices, of which the
/// lower triangle is read (`upper`: the other). The derivative of eigenvectors is infinite where eigenvalues are equal,
/// and it is only defined for functions that do not depend on the vectors' signs (phases).
EighResult eigh(const Array& a, bool upper = false);
Array eigvalsh(const Array& a, bool upper = false);

/// Eigenvalues and eigenvectors of any square matrix, complex also where the input is real, in no particular order. The
/// derivative asks for distinct eigenvalues, and for a function that does not depend on the vectors' phases.
EighResult eig(const Array& a);
Array eigvals(const Array& a);

struct SvdResult {
  Array U, S, Vh;
};
/// A = U diag(S) Vh, S descending: shapes (..., m, k), (..., k), (..., k, n) with k = min(m, n); with `full_matrices` U
/// and Vh are square. The derivative of U and Vh is infinite where singular values are equal, or zero in a matrix that
/// is not square; that of the surplus columns of `full_matrices` does not exist (GradError).
SvdResult svd(const Array& a, bool full_matrices = true);
Array svdvals(const Array& a);

struct LuResult {
  Array P, L, U;
};
/// A = P L U with partial pivoting: P (..., m, m) a permutation, L (..., m, k) with ones on its diagonal, U (..., k, n).
LuResult lu(const Array& a);
struct LuFactorResult {
  Array LU, pivots;
};
/// The same in compact form: U, and below the diagonal L; row i was exchanged with row `pivots[i]` (int32, counted from
/// 1, as LAPACK does).
LuFactorResult lu_factor(const Array& a);
/// X of A X = B, given `lu_factor(A)`; with `adjoint` of A^H X = B.
Array lu_solve(const Array& LU, const Array& pivots, const Array& b, bool adjoint = false);

// ---- solving ----

/// X of A X = B. `b` is a vector (n,), or matrices (..., n, k) whose leading axes broadcast with A's; where that does
/// not fit, and b's shape is A's without the last axis, a batch of vectors. LinAlgError for a singular A.
Array solve(const Array& a, const Array& b);
/// X of T X = B, or X T = B if not `left`, reading one triangle of T, whose diagonal counts as ones if `unit`.
/// LinAlgError for a zero on it.
Array solve_triangular(const Array& t, const Array& b, bool upper, bool left = true, bool unit = false);
/// X of A X = B, given the Cholesky factor of A.
Array cholesky_solve(const Array& b, const Array& factor, bool upper = false);
/// A^-1, given the Cholesky factor of A.
Array cholesky_inverse(const Array& factor, bool upper = false);
/// LinAlgError for a singular matrix.
Array inv(const Array& a);
/// The Moore-Penrose inverse. Singular values up to max(atol, rtol * the largest) count as zero; rtol is by default
/// max(m, n) times the machine epsilon, or 0 if `atol` is given. `hermitian`: only the lower triangle counts. The
/// derivative (Golub and Pereyra, 1973) is that at constant rank.
Array pinv(const Array& a, const Array& rtol = {}, const Array& atol = {}, bool hermitian = false);

struct LstsqResult {
  Array solution, residuals, rank, singular_values;
};
/// The X of least norm among those that minimise |A X - B|, the squared residuals of each column (empty unless m > n),
/// the ranks and singular values of A. `rcond`: as `rtol` of `pinv`.
LstsqResult lstsq(const Array& a, const Array& b, const Array& rcond = {});

/// X of tensordot(A, X, X.ndim) = B.
Array tensorsolve(const Array& a, const Array& b, const OptionalAxes& axes = {});
/// The inverse of A as a map of its last axes to its first `ind`.
Array tensorinv(const Array& a, int64_t ind = 2);

// ---- numbers of a matrix ----

/// The derivative is right at singular matrices too; the second derivative only elsewhere.
Array det(const Array& a);
struct SlogdetResult {
  Array sign, logabsdet;
};
/// det(A) = sign * exp(logabsdet); a singular matrix gives 0 and -inf.
SlogdetResult slogdet(const Array& a);
/// The logarithm of the determinant: -inf for a singular matrix, NaN where a real determinant is negative.
Array logdet(const Array& a);
/// How many singular values are greater than max(atol, rtol * the largest); defaults as in `pinv`. int64.
Array matrix_rank(const Array& a, const Array& rtol = {}, const Array& atol = {}, bool hermitian = false);

/// An order of norms: a number, or "fro" or "nuc".
using NormOrder = std::variant<double, std::string>;
/// (sum |x|^ord)^(1/ord) over the axes (all of them if none are given); the largest or smallest magnitude for +-inf, the
/// number of elements that are not zero for 0. The gradient at 0 is 0.
Array vector_norm(const Array& x, const OptionalAxes& axes = {}, bool keepdims = false, double ord = 2);
/// Norms of matrices over two axes: "fro", "nuc", and 1, 2, inf with either sign. ValueError for others.
Array matrix_norm(const Array& x, const NormOrder& ord = "fro", const Axes& axes = {-2, -1}, bool keepdims = false);
/// NumPy's and PyTorch's `norm`: of the flattened array if neither is given, of vectors for one axis, of matrices for
/// two.
Array norm(const Array& x, const std::optional<NormOrder>& ord = {}, const OptionalAxes& axes = {},
           bool keepdims = false);
/// norm(A) * norm(A^-1), for the orders of `matrix_norm`; by default the ratio of the extreme singular values.
Array cond(const Array& a, const std::optional<NormOrder>& p = {});

// ---- products (others are in contraction.h) ----

/// A multiplied with itself, by repeated squaring; of the inverse if `n` is negative.
Array matrix_power(const Array& a, int64_t n);
/// The product of all, in the order that takes the fewest operations. The first and the last may be vectors.
Array multi_dot(const std::vector<Array>& arrays);
/// The exponential (Higham's scaling and squaring). Its derivative is a block of the exponential of [[A, E], [0, A]].
Array matrix_exp(const Array& a);

}  // namespace linalg
}  // namespace ingot
