"""Linear algebra over the last two axes; leading axes are a batch."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype
from ingot._results import EighResult, LstsqResult, LUFactorResult, LUResult, QRResult, SlogdetResult, SVDResult

def cholesky(x: ArrayLike, *, upper: bool = False) -> array:
    """The lower triangular L with `L @ L^H = x`, or with `upper` the upper triangular U with `U^H @ U = x`. Only
    that triangle of x (..., n, n) is read.

    Raises LinAlgError, when the value is asked for, unless x is positive definite.

    Example:
        >>> print(ingot.linalg.cholesky([[4., 2.], [2., 5.]]))
        [[2. 0.]
         [1. 2.]]
    """

def qr(x: ArrayLike, *, mode: str = "reduced") -> QRResult:
    """`x = Q @ R` for x (..., m, n): Q with orthonormal columns, R upper triangular. `mode`: 'reduced' gives
    min(m, n) columns of Q, 'complete' all m, 'r' an empty Q.

    The gradient is that of Roberts and Roberts (2020); with more rows than columns the complete form has none
    (GradError).

    Example:
        >>> Q, R = ingot.linalg.qr(ingot.eye(3, 2))
        >>> Q.shape, R.shape
        ((3, 2), (2, 2))
    """

def eigh(x: ArrayLike, UPLO: str = "L") -> EighResult:
    """Eigenvalues, real and ascending (..., n), and eigenvectors as columns (..., n, n) of Hermitian matrices, of
    which one triangle is read.

    The gradient through eigenvectors is infinite where eigenvalues are equal, and only defined for functions
    that do not depend on the vectors' signs or phases.

    Raises LinAlgError for infinities and NaN.

    Example:
        >>> print(ingot.linalg.eigh([[2., 0.], [0., 1.]]).eigenvalues)
        [1. 2.]
    """

def eigvalsh(x: ArrayLike, UPLO: str = "L") -> array:
    """The eigenvalues of Hermitian matrices, ascending.

    Example:
        >>> print(ingot.linalg.eigvalsh([[2., 0.], [0., 1.]]))
        [1. 2.]
    """

def eig(x: ArrayLike) -> EighResult:
    """Eigenvalues (..., n) and eigenvectors as columns (..., n, n) of square matrices, complex also where x is
    real, in no particular order. Vectors have length 1, and their largest component is real.

    The gradient asks for distinct eigenvalues and for a function that does not depend on the vectors' phases.

    Example:
        >>> ingot.linalg.eig(ingot.eye(2)).eigenvalues.dtype
        ingot.complex64
    """

def eigvals(x: ArrayLike) -> array:
    """The eigenvalues of square matrices, complex, in no particular order.

    Example:
        >>> print(abs(ingot.linalg.eigvals([[0., 1.], [-1., 0.]])))
        [1. 1.]
    """

def svd(x: ArrayLike, *, full_matrices: bool = True) -> SVDResult:
    """`x = U @ diag(S) @ Vh` for x (..., m, n): S (..., min(m, n)) descending, U and Vh with orthonormal columns
    and rows, square if `full_matrices`.

    The gradient through U and Vh is infinite where singular values are equal, or 0 in a matrix that is not
    square; that of surplus vectors does not exist (GradError).

    Example:
        >>> print(ingot.linalg.svd([[3., 0.], [0., 4.]]).S)
        [4. 3.]
    """

def svdvals(x: ArrayLike) -> array:
    """The singular values, descending.

    Example:
        >>> print(ingot.linalg.svdvals([[3., 0.], [0., 4.]]))
        [4. 3.]
    """

def lu(x: ArrayLike) -> LUResult:
    """`x = P @ L @ U` with partial pivoting, for x (..., m, n): P a permutation (m, m), L lower triangular with
    ones on its diagonal, U upper triangular.

    Example:
        >>> P, L, U = ingot.linalg.lu([[0., 1.], [2., 0.]])
        >>> print(U)
        [[2. 0.]
         [0. 1.]]
    """

def lu_factor(x: ArrayLike) -> LUFactorResult:
    """The same in compact form, for `lu_solve`: U, and below the diagonal L; row i was exchanged with row
    pivots[i], counted from 1.

    Example:
        >>> print(ingot.linalg.lu_factor([[0., 1.], [2., 0.]]).pivots)
        [2 2]
    """

def solve(x1: ArrayLike, x2: ArrayLike) -> array:
    """The X of `x1 @ X = x2`. x2 is a vector (n,) or matrices (..., n, k) whose leading axes broadcast with those
    of x1 (..., n, n); where that does not fit, and its shape is x1's without the last axis, a batch of vectors.

    Raises ShapeError, and LinAlgError for a singular matrix when the value is asked for.

    Example:
        >>> print(ingot.linalg.solve([[2., 0.], [0., 4.]], [2., 2.]))
        [1.  0.5]
    """

def solve_triangular(
    x1: ArrayLike, x2: ArrayLike, *, upper: bool, left: bool = True, unitriangular: bool = False
) -> array:
    """The X of `x1 @ X = x2`, or of `X @ x1 = x2` if not `left`, reading one triangle of x1, whose diagonal counts
    as ones if `unitriangular`.

    Raises LinAlgError for a zero on the diagonal.

    Example:
        >>> print(ingot.linalg.solve_triangular([[2., 0.], [1., 1.]], [[2.], [3.]], upper=False))
        [[1.]
         [2.]]
    """

def lu_solve(LU: ArrayLike, pivots: ArrayLike, B: ArrayLike, *, adjoint: bool = False) -> array:
    """The X of `A @ X = B` (`A^H @ X = B` if `adjoint`), given what `lu_factor(A)` returns.

    Example:
        >>> LU, pivots = ingot.linalg.lu_factor([[0., 1.], [2., 0.]])
        >>> print(ingot.linalg.lu_solve(LU, pivots, [[1.], [2.]]))
        [[1.]
         [1.]]
    """

def cholesky_solve(B: ArrayLike, L: ArrayLike, upper: bool = False) -> array:
    """The X of `A @ X = B`, given the Cholesky factor of A.

    Example:
        >>> print(ingot.linalg.cholesky_solve([[4.]], [[2.]]))
        [[1.]]
    """

def cholesky_inverse(L: ArrayLike, upper: bool = False) -> array:
    """The inverse of A, given its Cholesky factor.

    Example:
        >>> print(ingot.linalg.cholesky_inverse([[2.]]))
        [[0.25]]
    """

def cho_solve(c_and_lower: tuple[ArrayLike, bool], b: ArrayLike) -> array:
    """SciPy's name for `cholesky_solve`: the factor comes with whether it is the lower one.

    Example:
        >>> print(ingot.linalg.cho_solve(([[2.]], True), [[4.]]))
        [[1.]]
    """

def inv(x: ArrayLike) -> array:
    """The inverse of square matrices.

    Raises LinAlgError for a singular one when the value is asked for.

    Example:
        >>> print(ingot.linalg.inv([[2., 0.], [0., 4.]]))
        [[0.5  0.  ]
         [0.   0.25]]
    """

def pinv(
    x: ArrayLike,
    *,
    rtol: ArrayLike | None = None,
    atol: ArrayLike | None = None,
    hermitian: bool = False,
    rcond: ArrayLike | None = None,
) -> array:
    """The Moore-Penrose inverse. Singular values up to max(atol, rtol * the largest) count as zero; rtol (NumPy's
    rcond) is by default max(m, n) times the machine epsilon, or 0 if `atol` is given.

    The gradient (Golub and Pereyra, 1973) is that at constant rank.

    Example:
        >>> print(ingot.linalg.pinv([[2.], [0.]]))
        [[0.5 0. ]]
    """

def lstsq(a: ArrayLike, b: ArrayLike, rcond: ArrayLike | None = None) -> LstsqResult:
    """Least squares: the X of least norm among those that minimise `norm(a @ X - b)`, the squared residuals of
    each column (empty unless a has more rows than columns), the ranks and the singular values of a.

    Example:
        >>> print(ingot.linalg.lstsq([[2.], [0.]], [[4.], [3.]]).solution)
        [[2.]]
    """

def tensorsolve(a: ArrayLike, b: ArrayLike, axes: IntOrInts | None = None, *, dims: IntOrInts | None = None) -> array:
    """The X of `tensordot(a, X, X.ndim) = b`; `axes` of a are moved to its end first.

    Example:
        >>> ingot.linalg.tensorsolve(ingot.eye(6).reshape(2, 3, 6), ingot.ones((2, 3))).shape
        (6,)
    """

def tensorinv(a: ArrayLike, ind: int = 2) -> array:
    """The inverse of `a` as a map from its last axes to its first `ind`.

    Example:
        >>> ingot.linalg.tensorinv(ingot.eye(6).reshape(2, 3, 6)).shape
        (6, 2, 3)
    """

def det(x: ArrayLike) -> array:
    """The determinant. Its gradient is right at singular matrices too; the second derivative only elsewhere.

    Example:
        >>> print(ingot.linalg.det([[2., 1.], [2., 3.]]))
        4.0
    """

def slogdet(x: ArrayLike) -> SlogdetResult:
    """Sign and logarithm of the magnitude of the determinant; 0 and -inf for a singular matrix.

    Example:
        >>> print(ingot.linalg.slogdet([[0., 1.], [1., 0.]]).sign)
        -1.0
    """

def matrix_rank(
    x: ArrayLike,
    *,
    rtol: ArrayLike | None = None,
    atol: ArrayLike | None = None,
    hermitian: bool = False,
    tol: ArrayLike | None = None,
) -> array:
    """How many singular values are greater than max(atol, rtol * the largest): by default rtol is max(m, n) times
    the machine epsilon, or 0 if `atol` (NumPy's tol) is given.

    Example:
        >>> print(ingot.linalg.matrix_rank(ingot.ones((3, 3))))
        1
    """

def vector_norm(
    x: ArrayLike,
    *,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    ord: float = 2.0,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """`sum(abs(x)**ord)**(1/ord)` over the axes, all by default; for inf and -inf the largest and the smallest
    magnitude, for 0 how many elements are not zero. The gradient at 0 is 0.

    Example:
        >>> print(ingot.linalg.vector_norm([3., 4.]))
        5.0
    """

def matrix_norm(
    x: ArrayLike,
    ord: float | str = "fro",
    *,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """A norm of matrices: 'fro', 'nuc' (the sum of the singular values), 2 and -2 (the extreme ones), 1 and -1
    (the extreme sums of columns), inf and -inf (of rows).

    Example:
        >>> print(ingot.linalg.matrix_norm([[3., 0.], [0., 4.]]))
        5.0
    """

def norm(
    x: ArrayLike,
    ord: float | str | None = None,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """Of vectors along one axis, of matrices over two; without `ord` the root of the sum of squares, over all
    elements by default. With `ord` alone, of an array of one or two axes.

    Example:
        >>> print(ingot.linalg.norm([[3., 4.]], 1))
        4.0
    """

def cond(x: ArrayLike, p: float | str | None = None) -> array:
    """`norm(x, p) * norm(inv(x), p)`; by default the ratio of the largest singular value to the smallest.

    Example:
        >>> print(ingot.linalg.cond([[2., 0.], [0., 1.]]))
        2.0
    """

from ingot._core import cross as cross
from ingot._core import matmul as matmul
from ingot._core import outer as outer
from ingot._core import tensordot as tensordot
from ingot._core import vander as vander
from ingot._core import vecdot as vecdot

def matrix_transpose(x: ArrayLike) -> array:
    """The last two axes exchanged.

    Example:
        >>> ingot.linalg.matrix_transpose(ingot.ones((5, 2, 3))).shape
        (5, 3, 2)
    """

def diagonal(x: ArrayLike, *, offset: int = 0) -> array:
    """The diagonals of matrices (..., m, n).

    Example:
        >>> print(ingot.linalg.diagonal([[1, 2], [3, 4]]))
        [1 4]
    """

def trace(x: ArrayLike, *, offset: int = 0, dtype: DTypeLike | None = None) -> array:
    """The sums over the diagonals of matrices (..., m, n).

    Example:
        >>> print(ingot.linalg.trace([[1, 2], [3, 4]]))
        5
    """

def matrix_power(x: ArrayLike, n: int) -> array:
    """Square matrices multiplied with themselves; their inverses if n is negative.

    Example:
        >>> print(ingot.linalg.matrix_power([[2., 0.], [0., 3.]], 2))
        [[4. 0.]
         [0. 9.]]
    """

def multi_dot(arrays: collections.abc.Sequence[ArrayLike]) -> array:
    """The product of all arrays in the order that takes the fewest operations. The first and the last may be
    vectors.

    Example:
        >>> ingot.linalg.multi_dot([ingot.ones((2, 9)), ingot.ones((9, 3)), ingot.ones(3)]).shape
        (2,)
    """

def matrix_exp(x: ArrayLike) -> array:
    """The exponential of square matrices.

    Example:
        >>> print(ingot.linalg.matrix_exp([[0., 1.], [0., 0.]]))
        [[1. 1.]
         [0. 1.]]
    """

expm = matrix_exp

from ingot._core import LinAlgError as LinAlgError
