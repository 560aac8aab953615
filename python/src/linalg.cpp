#include "ingot/ops/linalg.h"

#include "bind.h"
#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/ops/contraction.h"
#include "ingot/ops/conventions.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/diagonals.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "named_results.h"
#include "optional_args.h"

/// Results of several arrays become tuples of the class `name` of ingot/_results.py.
#define INGOT_NAMED_RESULT(type, name, ...)                                                                            \
  template <>                                                                                                          \
  struct pybind11::detail::type_caster<type> {                                                                         \
    PYBIND11_TYPE_CASTER(type, const_name(name));                                                                      \
    bool load(handle, bool) { return false; }                                                                          \
    static handle cast(const type& result, return_value_policy, handle) {                                              \
      const auto& [__VA_ARGS__] = result;                                                                              \
      return ingot::python::named_result(name, __VA_ARGS__).release();                                                 \
    }                                                                                                                  \
  };
INGOT_NAMED_RESULT(ingot::linalg::QrResult, "QRResult", q, r)
INGOT_NAMED_RESULT(ingot::linalg::EighResult, "EighResult", values, vectors)
INGOT_NAMED_RESULT(ingot::linalg::SvdResult, "SVDResult", u, s, vh)
INGOT_NAMED_RESULT(ingot::linalg::SlogdetResult, "SlogdetResult", sign, logabsdet)
INGOT_NAMED_RESULT(ingot::linalg::LuResult, "LUResult", p, l, u)
INGOT_NAMED_RESULT(ingot::linalg::LuFactorResult, "LUFactorResult", lu, pivots)
INGOT_NAMED_RESULT(ingot::linalg::LstsqResult, "LstsqResult", solution, residuals, rank, singular_values)
#undef INGOT_NAMED_RESULT

namespace ingot::python {

namespace {

using OptionalOrder = std::optional<linalg::NormOrder>;

/// Under PyTorch's conventions an error comes from the call: programs catch it to learn whether a matrix is positive
/// definite, and never look at the result.
Array computed(const Array& result) {
  if (pytorch_conventions() && !is_recording() && !result.peek().traced()) without_gil([&] { eval(result); });
  return result;
}

bool is_upper(const std::string& triangle) {
  if (triangle == "U" || triangle == "u") return true;
  if (triangle == "L" || triangle == "l") return false;
  throw ValueError("eigh: expected UPLO 'L' or 'U', got '", triangle, "'");
}

linalg::QrResult qr_of(const Array& a, const std::string& mode) {
  if (mode == "reduced") return linalg::qr(a);
  if (mode == "complete") return linalg::qr(a, linalg::QrMode::complete);
  if (mode == "r") return {zeros({0}, to_inexact(a.dtype())), linalg::qr(a, linalg::QrMode::r).R};
  throw ValueError("qr: expected the mode 'reduced', 'complete' or 'r', got '", mode, "'");
}

void register_decompositions(py::module_& l) {
  l.def(
      "cholesky", [](const ArrayLike& x, bool upper) { return computed(linalg::cholesky(x, upper)); }, "x"_a,
      py::kw_only(), "upper"_a = false,
      "The lower triangular L with `L @ L^H = x`, or with `upper` the upper triangular U with `U^H @ U = x`. Only that "
      "triangle of x (..., n, n) is read.\n\nRaises LinAlgError, when the value is asked for, unless x is positive "
      "definite.\n\nExample:\n    >>> print(ingot.linalg.cholesky([[4., 2.], [2., 5.]]))\n    [[2. 0.]\n     [1. 2.]]");
  l.def(
      "qr", [](const ArrayLike& x, const std::string& mode) { return qr_of(x, mode); }, "x"_a, py::kw_only(),
      "mode"_a = "reduced",
      "`x = Q @ R` for x (..., m, n): Q with orthonormal columns, R upper triangular. `mode`: 'reduced' gives min(m, "
      "n) "
      "columns of Q, 'complete' all m, 'r' an empty Q.\n\nThe gradient is that of Roberts and Roberts (2020); with "
      "more rows than columns the complete form has none (GradError).\n\nExample:\n    >>> Q, R = "
      "ingot.linalg.qr(ingot.eye(3, 2))\n    >>> Q.shape, R.shape\n    ((3, 2), (2, 2))");
  l.def(
      "eigh", [](const ArrayLike& x, const std::string& UPLO) { return linalg::eigh(x, is_upper(UPLO)); }, "x"_a,
      "UPLO"_a = "L",
      "Eigenvalues, real and ascending (..., n), and eigenvectors as columns (..., n, n) of Hermitian matrices, of "
      "which one triangle is read.\n\nThe gradient through eigenvectors is infinite where eigenvalues are equal, and "
      "only defined for functions that do not depend on the vectors' signs or phases.\n\nRaises LinAlgError for "
      "infinities and NaN.\n\nExample:\n    >>> print(ingot.linalg.eigh([[2., 0.], [0., 1.]]).eigenvalues)\n    [1. "
      "2.]");
  l.def(
      "eigvalsh", [](const ArrayLike& x, const std::string& UPLO) { return linalg::eigvalsh(x, is_upper(UPLO)); },
      "x"_a, "UPLO"_a = "L",
      "The eigenvalues of Hermitian matrices, ascending.\n\nExample:\n    >>> print(ingot.linalg.eigvalsh([[2., 0.], "
      "[0., 1.]]))\n    [1. 2.]");
  l.def(
      "eig", [](const ArrayLike& x) { return linalg::eig(x); }, "x"_a,
      "Eigenvalues (..., n) and eigenvectors as columns (..., n, n) of square matrices, complex also where x is real, "
      "in "
      "no particular order. Vectors have length 1, and their largest component is real.\n\nThe gradient asks for "
      "distinct eigenvalues and for a function that does not depend on the vectors' phases.\n\nExample:\n    >>> "
      "ingot.linalg.eig(ingot.eye(2)).eigenvalues.dtype\n    ingot.complex64");
  l.def(
      "eigvals", [](const ArrayLike& x) { return linalg::eigvals(x); }, "x"_a,
      "The eigenvalues of square matrices, complex, in no particular order.\n\nExample:\n    >>> "
      "print(abs(ingot.linalg.eigvals([[0., 1.], [-1., 0.]])))\n    [1. 1.]");
  l.def(
      "svd", [](const ArrayLike& x, bool full_matrices) { return linalg::svd(x, full_matrices); }, "x"_a, py::kw_only(),
      "full_matrices"_a = true,
      "`x = U @ diag(S) @ Vh` for x (..., m, n): S (..., min(m, n)) descending, U and Vh with orthonormal columns and "
      "rows, square if `full_matrices`.\n\nThe gradient through U and Vh is infinite where singular values are equal, "
      "or "
      "0 in a matrix that is not square; that of surplus vectors does not exist (GradError).\n\nExample:\n    >>> "
      "print(ingot.linalg.svd([[3., 0.], [0., 4.]]).S)\n    [4. 3.]");
  l.def(
      "svdvals", [](const ArrayLike& x) { return linalg::svdvals(x); }, "x"_a,
      "The singular values, descending.\n\nExample:\n    >>> print(ingot.linalg.svdvals([[3., 0.], [0., 4.]]))\n    "
      "[4. "
      "3.]");
  l.def(
      "lu", [](const ArrayLike& x) { return linalg::lu(x); }, "x"_a,
      "`x = P @ L @ U` with partial pivoting, for x (..., m, n): P a permutation (m, m), L lower triangular with ones "
      "on "
      "its diagonal, U upper triangular.\n\nExample:\n    >>> P, L, U = ingot.linalg.lu([[0., 1.], [2., 0.]])\n    >>> "
      "print(U)\n    [[2. 0.]\n     [0. 1.]]");
  l.def(
      "lu_factor", [](const ArrayLike& x) { return linalg::lu_factor(x); }, "x"_a,
      "The same in compact form, for `lu_solve`: U, and below the diagonal L; row i was exchanged with row pivots[i], "
      "counted from 1.\n\nExample:\n    >>> print(ingot.linalg.lu_factor([[0., 1.], [2., 0.]]).pivots)\n    [2 2]");
}

void register_solvers(py::module_& l) {
  l.def(
      "solve", [](const ArrayLike& x1, const ArrayLike& x2) { return computed(linalg::solve(x1, x2)); }, "x1"_a, "x2"_a,
      "The X of `x1 @ X = x2`. x2 is a vector (n,) or matrices (..., n, k) whose leading axes broadcast with those of "
      "x1 "
      "(..., n, n); where that does not fit, and its shape is x1's without the last axis, a batch of "
      "vectors.\n\nRaises "
      "ShapeError, and LinAlgError for a singular matrix when the value is asked for.\n\nExample:\n    >>> "
      "print(ingot.linalg.solve([[2., 0.], [0., 4.]], [2., 2.]))\n    [1.  0.5]");
  l.def(
      "solve_triangular",
      [](const ArrayLike& x1, const ArrayLike& x2, bool upper, bool left, bool unitriangular) {
        return linalg::solve_triangular(x1, x2, upper, left, unitriangular);
      },
      "x1"_a, "x2"_a, py::kw_only(), "upper"_a, "left"_a = true, "unitriangular"_a = false,
      "The X of `x1 @ X = x2`, or of `X @ x1 = x2` if not `left`, reading one triangle of x1, whose diagonal counts as "
      "ones if `unitriangular`.\n\nRaises LinAlgError for a zero on the diagonal.\n\nExample:\n    >>> "
      "print(ingot.linalg.solve_triangular([[2., 0.], [1., 1.]], [[2.], [3.]], upper=False))\n    [[1.]\n     [2.]]");
  l.def(
      "lu_solve",
      [](const ArrayLike& LU, const ArrayLike& pivots, const ArrayLike& b, bool adjoint) {
        return linalg::lu_solve(LU, pivots, b, adjoint);
      },
      "LU"_a, "pivots"_a, "B"_a, py::kw_only(), "adjoint"_a = false,
      "The X of `A @ X = B` (`A^H @ X = B` if `adjoint`), given what `lu_factor(A)` returns.\n\nExample:\n    >>> LU, "
      "pivots = ingot.linalg.lu_factor([[0., 1.], [2., 0.]])\n    >>> print(ingot.linalg.lu_solve(LU, pivots, [[1.], "
      "[2.]]))\n    [[1.]\n     [1.]]");
  l.def(
      "cholesky_solve",
      [](const ArrayLike& b, const ArrayLike& factor, bool upper) { return linalg::cholesky_solve(b, factor, upper); },
      "B"_a, "L"_a, "upper"_a = false,
      "The X of `A @ X = B`, given the Cholesky factor of A.\n\nExample:\n    >>> "
      "print(ingot.linalg.cholesky_solve([[4.]], [[2.]]))\n    [[1.]]");
  l.def(
      "cholesky_inverse", [](const ArrayLike& x, bool upper) { return linalg::cholesky_inverse(x, upper); }, "L"_a,
      "upper"_a = false,
      "The inverse of A, given its Cholesky factor.\n\nExample:\n    >>> "
      "print(ingot.linalg.cholesky_inverse([[2.]]))\n  "
      "  [[0.25]]");
  l.def(
      "cho_solve",
      [](const std::pair<ArrayLike, bool>& c_and_lower, const ArrayLike& b) {
        return linalg::cholesky_solve(b, c_and_lower.first, !c_and_lower.second);
      },
      "c_and_lower"_a, "b"_a,
      "SciPy's name for `cholesky_solve`: the factor comes with whether it is the lower one.\n\nExample:\n    >>> "
      "print(ingot.linalg.cho_solve(([[2.]], True), [[4.]]))\n    [[1.]]");
  l.def(
      "inv", [](const ArrayLike& x) { return computed(linalg::inv(x)); }, "x"_a,
      "The inverse of square matrices.\n\nRaises LinAlgError for a singular one when the value is asked for.\n\n"
      "Example:\n    >>> print(ingot.linalg.inv([[2., 0.], [0., 4.]]))\n    [[0.5  0.  ]\n     [0.   0.25]]");
  l.def(
      "pinv",
      [](const ArrayLike& x, const OptionalArray& rtol, const OptionalArray& atol, bool hermitian,
         const OptionalArray& rcond) {
        return linalg::pinv(x, or_undefined(rtol ? rtol : rcond), or_undefined(atol), hermitian);
      },
      "x"_a, py::kw_only(), "rtol"_a = py::none(), "atol"_a = py::none(), "hermitian"_a = false, "rcond"_a = py::none(),
      "The Moore-Penrose inverse. Singular values up to max(atol, rtol * the largest) count as zero; rtol (NumPy's "
      "rcond) is by default max(m, n) times the machine epsilon, or 0 if `atol` is given.\n\nThe gradient (Golub and "
      "Pereyra, 1973) is that at constant rank.\n\nExample:\n    >>> print(ingot.linalg.pinv([[2.], [0.]]))\n    [[0.5 "
      "0. "
      "]]");
  l.def(
      "lstsq",
      [](const ArrayLike& a, const ArrayLike& b, const OptionalArray& rcond) {
        return linalg::lstsq(a, b, or_undefined(rcond));
      },
      "a"_a, "b"_a, "rcond"_a = py::none(),
      "Least squares: the X of least norm among those that minimise `norm(a @ X - b)`, the squared residuals of each "
      "column (empty unless a has more rows than columns), the ranks and the singular values of a.\n\nExample:\n    "
      ">>> "
      "print(ingot.linalg.lstsq([[2.], [0.]], [[4.], [3.]]).solution)\n    [[2.]]");
  l.def(
      "tensorsolve",
      [](const ArrayLike& a, const ArrayLike& b, const OptionalAxes& axes, const OptionalAxes& dims) {
        return linalg::tensorsolve(a, b, either(axes, dims));
      },
      "a"_a, "b"_a, "axes"_a = py::none(), py::kw_only(), "dims"_a = py::none(),
      "The X of `tensordot(a, X, X.ndim) = b`; `axes` of a are moved to its end first.\n\nExample:\n    >>> "
      "ingot.linalg.tensorsolve(ingot.eye(6).reshape(2, 3, 6), ingot.ones((2, 3))).shape\n    (6,)");
  l.def(
      "tensorinv", [](const ArrayLike& a, int64_t ind) { return linalg::tensorinv(a, ind); }, "a"_a, "ind"_a = 2,
      "The inverse of `a` as a map from its last axes to its first `ind`.\n\nExample:\n    >>> "
      "ingot.linalg.tensorinv(ingot.eye(6).reshape(2, 3, 6)).shape\n    (6, 2, 3)");
}

void register_numbers(py::module_& l) {
  l.def(
      "det", [](const ArrayLike& x) { return linalg::det(x); }, "x"_a,
      "The determinant. Its gradient is right at singular matrices too; the second derivative only elsewhere.\n\n"
      "Example:\n    >>> print(ingot.linalg.det([[2., 1.], [2., 3.]]))\n    4.0");
  l.def(
      "slogdet", [](const ArrayLike& x) { return linalg::slogdet(x); }, "x"_a,
      "Sign and logarithm of the magnitude of the determinant; 0 and -inf for a singular matrix.\n\nExample:\n    >>> "
      "print(ingot.linalg.slogdet([[0., 1.], [1., 0.]]).sign)\n    -1.0");
  l.def(
      "matrix_rank",
      [](const ArrayLike& x, const OptionalArray& rtol, const OptionalArray& atol, bool hermitian,
         const OptionalArray& tol) {
        return linalg::matrix_rank(x, or_undefined(rtol), or_undefined(atol ? atol : tol), hermitian);
      },
      "x"_a, py::kw_only(), "rtol"_a = py::none(), "atol"_a = py::none(), "hermitian"_a = false, "tol"_a = py::none(),
      "How many singular values are greater than max(atol, rtol * the largest): by default rtol is max(m, n) times the "
      "machine epsilon, or 0 if `atol` (NumPy's tol) is given.\n\nExample:\n    >>> "
      "print(ingot.linalg.matrix_rank(ingot.ones((3, 3))))\n    1");
  l.def(
      "vector_norm",
      [](const ArrayLike& x, const OptionalAxes& axis, bool keepdims, double ord, const OptionalAxes& dim,
         bool keepdim) { return linalg::vector_norm(x, either(axis, dim), keepdims || keepdim, ord); },
      "x"_a, py::kw_only(), "axis"_a = py::none(), "keepdims"_a = false, "ord"_a = 2.0, "dim"_a = py::none(),
      "keepdim"_a = false,
      "`sum(abs(x)**ord)**(1/ord)` over the axes, all by default; for inf and -inf the largest and the smallest "
      "magnitude, for 0 how many elements are not zero. The gradient at 0 is 0.\n\nExample:\n    >>> "
      "print(ingot.linalg.vector_norm([3., 4.]))\n    5.0");
  l.def(
      "matrix_norm",
      [](const ArrayLike& x, const linalg::NormOrder& ord, const std::optional<Axes>& axis, bool keepdims,
         const std::optional<Axes>& dim, bool keepdim) {
        return linalg::matrix_norm(x, ord, either(axis, dim).value_or(Axes{-2, -1}), keepdims || keepdim);
      },
      "x"_a, "ord"_a = "fro", py::kw_only(), "axis"_a = py::none(), "keepdims"_a = false, "dim"_a = py::none(),
      "keepdim"_a = false,
      "A norm of matrices: 'fro', 'nuc' (the sum of the singular values), 2 and -2 (the extreme ones), 1 and -1 (the "
      "extreme sums of columns), inf and -inf (of rows).\n\nExample:\n    >>> "
      "print(ingot.linalg.matrix_norm([[3., 0.], [0., 4.]]))\n    5.0");
  l.def(
      "norm",
      [](const ArrayLike& x, const OptionalOrder& ord, const OptionalAxes& axis, bool keepdims, const OptionalAxes& dim,
         bool keepdim) { return linalg::norm(x, ord, either(axis, dim), keepdims || keepdim); },
      "x"_a, "ord"_a = py::none(), "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(),
      "keepdim"_a = false,
      "Of vectors along one axis, of matrices over two; without `ord` the root of the sum of squares, over all "
      "elements "
      "by default. With `ord` alone, of an array of one or two axes.\n\nExample:\n    >>> "
      "print(ingot.linalg.norm([[3., 4.]], 1))\n    4.0");
  l.def(
      "cond", [](const ArrayLike& x, const OptionalOrder& p) { return linalg::cond(x, p); }, "x"_a, "p"_a = py::none(),
      "`norm(x, p) * norm(inv(x), p)`; by default the ratio of the largest singular value to the smallest.\n\n"
      "Example:\n    >>> print(ingot.linalg.cond([[2., 0.], [0., 1.]]))\n    2.0");
}

void register_products(py::module_& m, py::module_& l) {
  for (const char* name : {"matmul", "tensordot", "outer", "vecdot", "cross", "vander"}) l.attr(name) = m.attr(name);
  l.def(
      "matrix_transpose",
      [](const ArrayLike& x) {
        if (x.value.ndim() < 2)
          throw ShapeError("matrix_transpose: expected an array of at least two axes, got shape ", x.value.shape());
        return swapaxes(x, -1, -2);
      },
      "x"_a,
      "The last two axes exchanged.\n\nExample:\n    >>> ingot.linalg.matrix_transpose(ingot.ones((5, 2, "
      "3))).shape\n    (5, 3, 2)");
  l.def(
      "diagonal", [](const ArrayLike& x, int64_t offset) { return diagonal(x, offset, -2, -1); }, "x"_a, py::kw_only(),
      "offset"_a = 0,
      "The diagonals of matrices (..., m, n).\n\nExample:\n    >>> print(ingot.linalg.diagonal([[1, 2], [3, 4]]))\n    "
      "[1 "
      "4]");
  l.def(
      "trace",
      [](const ArrayLike& x, int64_t offset, std::optional<DType> dtype) { return trace(x, offset, -2, -1, dtype); },
      "x"_a, py::kw_only(), "offset"_a = 0, "dtype"_a = py::none(),
      "The sums over the diagonals of matrices (..., m, n).\n\nExample:\n    >>> print(ingot.linalg.trace([[1, 2], [3, "
      "4]]))\n    5");
  l.def(
      "matrix_power", [](const ArrayLike& x, int64_t n) { return linalg::matrix_power(x, n); }, "x"_a, "n"_a,
      "Square matrices multiplied with themselves; their inverses if n is negative.\n\nExample:\n    >>> "
      "print(ingot.linalg.matrix_power([[2., 0.], [0., 3.]], 2))\n    [[4. 0.]\n     [0. 9.]]");
  l.def(
      "multi_dot", [](const std::vector<ArrayLike>& arrays) { return linalg::multi_dot(to_arrays(arrays)); },
      "arrays"_a,
      "The product of all arrays in the order that takes the fewest operations. The first and the last may be "
      "vectors.\n\nExample:\n    >>> ingot.linalg.multi_dot([ingot.ones((2, 9)), ingot.ones((9, 3)), "
      "ingot.ones(3)]).shape\n    (2,)");
  l.def(
      "matrix_exp", [](const ArrayLike& x) { return linalg::matrix_exp(x); }, "x"_a,
      "The exponential of square matrices.\n\nExample:\n    >>> print(ingot.linalg.matrix_exp([[0., 1.], [0., 0.]]))\n "
      "  "
      " [[1. 1.]\n     [0. 1.]]");
  l.attr("expm") = l.attr("matrix_exp");
}

}  // namespace

void register_linalg(py::module_& m) {
  py::module_ l = m.def_submodule("linalg", "Linear algebra over the last two axes; leading axes are a batch.");
  register_decompositions(l);
  register_solvers(l);
  register_numbers(l);
  register_products(m, l);
  l.attr("LinAlgError") = m.attr("LinAlgError");
}

}  // namespace ingot::python
