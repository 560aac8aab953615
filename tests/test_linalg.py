"""Linear algebra beyond its samples: shapes, dtypes, errors, batches, degenerate cases."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of, leaf, numeric_gradient, numpy_of
from scipy import linalg as scipy_linalg

import ingot as ig
from ingot import linalg

DTYPES = ("float32", "float64", "complex64", "complex128")
ROUNDING = {"float32": 2e-5, "complex64": 2e-5, "float64": 1e-12, "complex128": 1e-12}


def draw(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> np.ndarray:
    values = rng.normal(size=shape)
    return (values + 1j * rng.normal(size=shape) if dtype.startswith("complex") else values).astype(dtype)


def adjoint(x: np.ndarray) -> np.ndarray:
    return np.conj(x).swapaxes(-1, -2)


def close(got, want, dtype: str, scale: float = 1.0) -> None:
    got = got if isinstance(got, np.ndarray) else numpy_of(got)
    tolerance = ROUNDING[dtype] * scale
    assert got.shape == np.shape(want)
    np.testing.assert_allclose(got, want, rtol=tolerance, atol=tolerance)


SHAPES = ((1, 1), (5, 5), (7, 4), (4, 7), (40, 25), (2, 3, 6, 6), (70, 70))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_factors_multiply_to_the_matrix(shape: tuple[int, ...], dtype: str, rng: np.random.Generator) -> None:
    value = draw(rng, shape, dtype)
    x = ig.array(value)
    size = float(np.linalg.norm(value)) + 1
    for mode in ("reduced", "complete"):
        q, r = linalg.qr(x, mode=mode)
        close(q @ r, value, dtype, size)
        close(ig.conj(q).mT @ q, np.broadcast_to(np.eye(q.shape[-1]), (*shape[:-2], *[q.shape[-1]] * 2)), dtype, 10)
        np.testing.assert_array_equal(numpy_of(r), np.triu(numpy_of(r)))
    p, lower, upper = linalg.lu(x)
    close(p @ lower @ upper, value, dtype, size)
    for full in (False, True):
        u, s, vh = linalg.svd(x, full_matrices=full)
        k = s.shape[-1]
        close((u[..., :k] * s[..., None, :]) @ vh[..., :k, :], value, dtype, size)
        close(ig.conj(u).mT @ u, np.broadcast_to(np.eye(u.shape[-1]), (*shape[:-2], *[u.shape[-1]] * 2)), dtype, 10)
        assert np.all(np.diff(numpy_of(s), axis=-1) <= 0)
    close(linalg.svdvals(x), np.linalg.svd(value, compute_uv=False), dtype, size)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("n", [1, 2, 5, 33, 64, 80])
def test_square_matrices(n: int, dtype: str, rng: np.random.Generator) -> None:
    value = draw(rng, (3, n, n), dtype) / np.sqrt(n) + 2 * np.eye(n, dtype=dtype)
    x = ig.array(value)
    size = 20.0 * n
    close(x @ linalg.inv(x), np.broadcast_to(np.eye(n), (3, n, n)), dtype, size)
    right = draw(rng, (n, 4), dtype)
    close(x @ linalg.solve(x, ig.array(right)), np.broadcast_to(right, (3, n, 4)), dtype, size)
    sign, logabsdet = linalg.slogdet(x)
    close(sign, np.linalg.slogdet(value)[0], dtype, size)
    close(logabsdet, np.linalg.slogdet(value)[1], dtype, size)
    np.testing.assert_allclose(numpy_of(linalg.det(x)), np.linalg.det(value), rtol=ROUNDING[dtype] * size)
    hermitian = ig.array(value + adjoint(value))
    w, v = linalg.eigh(hermitian)
    close(hermitian @ v, numpy_of(v * w[:, None, :]), dtype, size)
    close(linalg.eigvalsh(hermitian), np.linalg.eigvalsh(value + adjoint(value)), dtype, size)
    close(linalg.eigh(hermitian, UPLO="U").eigenvalues, numpy_of(w), dtype, size)
    w, v = linalg.eig(x)
    assert w.dtype == v.dtype and "complex" in str(w.dtype)
    close(x @ v, numpy_of(v * w[:, None, :]), dtype, size)
    close(linalg.vector_norm(v, axis=1), np.ones((3, n)), dtype, size)
    positive = x @ ig.conj(x).mT
    factor = linalg.cholesky(positive)
    close(factor @ ig.conj(factor).mT, numpy_of(positive), dtype, size)
    np.testing.assert_array_equal(numpy_of(factor), np.tril(numpy_of(factor)))
    np.testing.assert_allclose(
        numpy_of(linalg.matrix_exp(x)), scipy_linalg.expm(value), rtol=ROUNDING[dtype] * size, atol=ROUNDING[dtype] * 99
    )


def test_names_of_results() -> None:
    x = ig.eye(2)
    assert linalg.qr(x)._fields == ("Q", "R")
    assert linalg.eigh(x)._fields == linalg.eig(x)._fields == ("eigenvalues", "eigenvectors")
    assert linalg.svd(x)._fields == ("U", "S", "Vh")
    assert linalg.slogdet(x)._fields == ("sign", "logabsdet")
    assert linalg.lu_factor(x)._fields == ("LU", "pivots")
    assert linalg.lstsq(x, x)._fields == ("solution", "residuals", "rank", "singular_values")


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "int32", "bool"])
def test_dtypes_that_are_computed_in_float32(dtype: str) -> None:
    x = array_of(np.array([[2.0, 0.0], [0.0, 1.0]]), dtype)
    kept = x.dtype if dtype in ("float16", "bfloat16") else ig.float32
    assert linalg.inv(x).dtype == linalg.det(x).dtype == linalg.svdvals(x).dtype == kept
    assert linalg.eigh(x).eigenvalues.dtype == linalg.cholesky(x).dtype == linalg.qr(x).R.dtype == kept
    assert linalg.vector_norm(x).dtype == linalg.matrix_norm(x).dtype == linalg.lstsq(x, x).solution.dtype == kept
    assert linalg.eigvals(x).dtype == ig.complex64


@pytest.mark.parametrize("shape", [(0, 0), (2, 0, 0), (0, 3, 3), (0, 3), (3, 0), (2, 0, 3)], ids=str)
def test_empty_matrices(shape: tuple[int, ...]) -> None:
    x, value = ig.zeros(shape), np.zeros(shape)
    m, n = shape[-2:]
    k = min(m, n)
    for full in (False, True):
        u, s, vh = linalg.svd(x, full_matrices=full)
        assert u.shape == (*shape[:-2], m, m if full else k)
        assert s.shape == (*shape[:-2], k)
        assert vh.shape == (*shape[:-2], n if full else k, n)
        np.testing.assert_array_equal(numpy_of(u), np.broadcast_to(np.eye(*u.shape[-2:]), u.shape))
    assert linalg.qr(x).Q.shape == (*shape[:-2], m, k)
    assert linalg.pinv(x).shape == (*shape[:-2], n, m)
    np.testing.assert_array_equal(numpy_of(linalg.matrix_rank(x)), np.zeros(shape[:-2]))
    np.testing.assert_array_equal(numpy_of(linalg.matrix_norm(x)), np.zeros(shape[:-2]))
    p, lower, upper = linalg.lu(x)
    assert (p @ lower @ upper).shape == shape
    if m == n:
        np.testing.assert_array_equal(numpy_of(linalg.det(x)), np.linalg.det(value))
        np.testing.assert_array_equal(numpy_of(linalg.slogdet(x).logabsdet), np.linalg.slogdet(value)[1])
        assert linalg.inv(x).shape == linalg.cholesky(x).shape == linalg.matrix_exp(x).shape == shape
        assert linalg.eigh(x).eigenvectors.shape == linalg.eig(x).eigenvectors.shape == shape
        assert linalg.solve(x, ig.zeros((m, 2))).shape == (*shape[:-2], m, 2)


def test_solve_takes_vectors_matrices_and_batches() -> None:
    a = ig.broadcast_to(ig.eye(3) * 2, (4, 3, 3))
    assert linalg.solve(a, ig.ones(3)).shape == (4, 3)
    assert linalg.solve(a, ig.ones((3, 2))).shape == (4, 3, 2)
    assert linalg.solve(a, ig.ones((4, 3))).shape == (4, 3)
    assert linalg.solve(a, ig.ones((5, 1, 3, 2))).shape == (5, 4, 3, 2)
    assert linalg.solve(a[0], ig.ones((4, 3, 1))).shape == (4, 3, 1)


def test_least_squares_is_numpys(rng: np.random.Generator) -> None:
    for m, n in ((6, 3), (3, 6), (4, 4)):
        a, b = rng.normal(size=(m, n)), rng.normal(size=(m, 2))
        want = np.linalg.lstsq(a, b, rcond=None)
        got = linalg.lstsq(ig.array(a), ig.array(b))
        for ours, theirs in zip(got, want, strict=True):
            np.testing.assert_allclose(numpy_of(ours), theirs, rtol=1e-10, atol=1e-12)
    flat = linalg.lstsq(ig.array(a), ig.array(b[:, 0])).solution
    np.testing.assert_allclose(numpy_of(flat), np.linalg.solve(a, b[:, 0]), rtol=1e-10)


def test_rank_and_tolerances(rng: np.random.Generator) -> None:
    value = np.stack([rng.normal(size=(5, r)) @ rng.normal(size=(r, 4)) for r in (1, 2, 4)])
    x = ig.array(value)
    assert numpy_of(linalg.matrix_rank(x)).tolist() == [1, 2, 4]
    assert numpy_of(linalg.matrix_rank(x, atol=1e9)).tolist() == [0, 0, 0]
    assert numpy_of(linalg.matrix_rank(x, rtol=ig.array([1e-9, 0.9999, 1e-9]))).tolist() == [1, 1, 4]
    np.testing.assert_allclose(numpy_of(linalg.pinv(x)), np.linalg.pinv(value), rtol=1e-8, atol=1e-10)
    hermitian = value[2].T @ value[2]
    got = linalg.pinv(ig.array(np.tril(hermitian)), hermitian=True)
    np.testing.assert_allclose(numpy_of(got), np.linalg.inv(hermitian), rtol=1e-8)


NORMS = [(None, None), (None, 0), (1, 0), (np.inf, 1), (0, 1), (3, (0,)), ("fro", (0, 1)), ("nuc", (1, 2)), (2, (2, 0))]


@pytest.mark.parametrize(("ord", "axis"), NORMS, ids=str)
@pytest.mark.parametrize("keepdims", [False, True])
def test_norms_are_numpys(ord, axis, keepdims: bool, rng: np.random.Generator) -> None:
    x = rng.normal(size=(3, 4, 2))
    theirs = axis[0] if isinstance(axis, tuple) and len(axis) == 1 else axis
    want = np.linalg.norm(x, ord, theirs, keepdims)
    np.testing.assert_allclose(numpy_of(linalg.norm(ig.array(x), ord, axis, keepdims)), want, rtol=1e-12)


@pytest.mark.parametrize("order", [2, 1, 3, np.inf])
def test_norm_at_zero_has_gradient_zero(order: float) -> None:
    x = leaf(np.zeros((2, 3)))
    linalg.vector_norm(x, axis=1, ord=order).sum().backward()
    np.testing.assert_array_equal(numpy_of(x.grad), np.zeros((2, 3)))


# ---- what has no result ----

SINGULAR = np.array([[1.0, 2.0], [2.0, 4.0]])


@pytest.mark.parametrize(
    ("function", "value", "complaint"),
    [
        (linalg.inv, SINGULAR, "singular"),
        (lambda x: linalg.solve(x, ig.ones(2)), np.zeros((2, 2)), "singular"),
        (lambda x: linalg.solve_triangular(x, ig.ones((2, 1)), upper=False), np.zeros((2, 2)), "zero"),
        (linalg.cholesky, -SINGULAR, "positive definite"),
        (linalg.cholesky, SINGULAR * np.nan, "positive definite"),
        (linalg.eigh, SINGULAR * np.nan, "NaN"),
        (linalg.eig, SINGULAR * np.inf, "infinities"),
        (linalg.svdvals, SINGULAR * np.nan, "NaN"),
    ],
)
def test_errors_name_the_entry_of_the_batch(function, value: np.ndarray, complaint: str) -> None:
    batch = np.stack([np.eye(2), value, np.eye(2)])[None]
    result = function(ig.array(batch.astype("float32")))
    result = result[0] if isinstance(result, tuple) else result
    for base in (ValueError, RuntimeError, ig.LinAlgError):
        with pytest.raises(base, match=rf"matrix at \(0, 1\) .*{complaint}"):
            result.numpy()
    with pytest.raises(linalg.LinAlgError, match=f"the matrix .*{complaint}"):
        result = function(ig.array(value))
        (result[0] if isinstance(result, tuple) else result).numpy()


def test_shapes_that_do_not_fit_are_named() -> None:
    square, wide = ig.eye(3), ig.ones((2, 3))
    for call, message in (
        (lambda: linalg.inv(wide), r"inv: expected square matrices.*\(2, 3\)"),
        (lambda: linalg.svd(ig.ones(3)), r"svd: expected matrices.*\(3,\)"),
        (lambda: linalg.solve(square, ig.ones(4)), r"solve: .*\(3, 3\).*\(4,\)"),
        (lambda: linalg.solve_triangular(square, ig.ones((4, 1)), upper=True), r"solve_triangular: .*expected 3 rows"),
        (lambda: linalg.lstsq(wide, ig.ones(3)), r"lstsq: .*\(2, 3\).*\(3,\)"),
        (lambda: linalg.multi_dot([wide, wide]), r"multi_dot: arrays 0 and 1"),
        (lambda: linalg.solve(ig.ones((2, 3, 3)), ig.ones((4, 3, 1))), r"solve: .*\(2,\).*\(4,\)"),
    ):
        with pytest.raises(ig.ShapeError, match=message):
            call()
    with pytest.raises(ValueError, match="'fro', 'nuc'"):
        linalg.matrix_norm(square, "euclidean")
    with pytest.raises(ValueError, match="mode"):
        linalg.qr(square, mode="full")


def test_surplus_vectors_have_no_gradient() -> None:
    x = leaf(np.ones((3, 2)) + np.eye(3, 2))
    with pytest.raises(ig.GradError, match="full_matrices=False"):
        linalg.svd(x).U.sum().backward()
    with pytest.raises(ig.GradError, match="mode='reduced'"):
        linalg.qr(x, mode="complete").Q.sum().backward()
    linalg.svd(x).S.sum().backward()
    assert x.grad is not None


# ---- gradients at the awkward places ----


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_gradient_of_the_determinant_of_singular_matrices(rank: int, rng: np.random.Generator) -> None:
    value = rng.normal(size=(3, rank)) @ rng.normal(size=(rank, 3))
    x = leaf(value)
    linalg.det(x).backward()
    want = numeric_gradient(lambda moved: float(np.linalg.det(moved)), [value], 0, step=1e-3)
    np.testing.assert_allclose(numpy_of(x.grad), want, rtol=1e-8, atol=1e-10)


def test_gradients_of_equal_eigenvalues() -> None:
    x = leaf(np.eye(3))
    linalg.eigvalsh(x).sum().backward()
    np.testing.assert_allclose(numpy_of(x.grad), np.eye(3), atol=1e-12)
    x = leaf(np.eye(3))
    linalg.svdvals(x).sum().backward()
    np.testing.assert_allclose(numpy_of(x.grad), np.eye(3), atol=1e-12)
    x = leaf(np.eye(3))
    linalg.eigh(x).eigenvectors.sum().backward()
    assert not np.isfinite(numpy_of(x.grad)).all()


# ---- transforms and threads ----

BATCHED = {
    "inv": linalg.inv,
    "cholesky": lambda x: linalg.cholesky(x @ x.mT + ig.eye(3)),
    "svdvals": linalg.svdvals,
    "solve": lambda x: linalg.solve(x, ig.ones((3, 2))),
    "det": linalg.det,
    "lu": lambda x: linalg.lu(x).U,
    "pinv": linalg.pinv,
    "eigh": lambda x: linalg.eigh(x + x.mT).eigenvalues,
    "matrix_exp": linalg.matrix_exp,
    "norm": linalg.matrix_norm,
}


@pytest.mark.parametrize("function", BATCHED.values(), ids=BATCHED.keys())
def test_vmap_and_jit_are_the_loop(function, rng: np.random.Generator) -> None:
    x = ig.array(rng.normal(size=(4, 3, 3)))
    want = numpy_of(ig.stack([function(x[i]) for i in range(4)]))
    np.testing.assert_allclose(numpy_of(ig.vmap(function)(x)), want, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(numpy_of(ig.jit(function)(x)), want, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(numpy_of(ig.vmap(ig.vmap(function))(x[None]))[0], want, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("shape", [(3, 3), (8, 5), (5, 8), (12, 9)], ids=str)
@pytest.mark.parametrize(
    ("dtype", "size"),
    [(dtype, size) for dtype in DTYPES for size in (1e-25, 1e20)]
    + [(dtype, size) for dtype in ("float64", "complex128") for size in (1e-300, 1e300)],
)
def test_reflections_of_very_small_and_large_numbers(
    dtype: str, shape: tuple[int, int], size: float, rng: np.random.Generator
) -> None:
    value = draw(rng, shape, dtype) * np.dtype(dtype).type(size)
    q, r = (numpy_of(part) for part in linalg.qr(ig.array(value)))
    close(q @ (r / size), value / size, dtype, 10)
    close(adjoint(q) @ q, np.eye(q.shape[1]), dtype, 10)


@pytest.mark.parametrize("strided", [lambda x: x.mT, lambda x: x[::-1], lambda x: x[..., ::-1, ::2]], ids=list("tfs"))
def test_any_strides(strided, rng: np.random.Generator) -> None:
    value = rng.normal(size=(4, 6, 6))
    view, copy = strided(ig.array(value)), np.ascontiguousarray(numpy_of(strided(ig.array(value))))
    for function in (linalg.svdvals, linalg.pinv, lambda x: linalg.qr(x).R, lambda x: linalg.lu_factor(x).LU):
        np.testing.assert_array_equal(numpy_of(function(view)), numpy_of(function(ig.array(copy))))


def test_results_do_not_depend_on_threads(threads, rng: np.random.Generator) -> None:
    x = ig.array(rng.normal(size=(500, 12, 12)).astype(np.float32))
    results = []
    for count in (1, 3):
        threads(count)
        results.append([numpy_of(part) for part in (*linalg.svd(x), linalg.inv(x), linalg.qr(x).Q)])
    for one, three in zip(*results, strict=True):
        np.testing.assert_array_equal(one, three)


AWKWARD = {
    "zeros": np.zeros((5, 5)),
    "nilpotent": np.diag(np.ones(6), 1),
    "equal": np.diag([2.0] * 9),
    "graded": np.diag(10.0 ** -np.arange(12)) + np.diag(10.0 ** -np.arange(11), 1) / 3,
    "graded upwards": np.diag(10.0 ** np.arange(-11, 1)) + np.diag(10.0 ** np.arange(-11, 0), 1) / 3,
    "zero in the middle": np.diag([3.0, 2.0, 0.0, 1.0, 4.0]) + np.diag(np.ones(4), 1),
    "rank 1": np.outer(np.arange(1.0, 8.0), np.arange(2.0, 9.0)),
    "ones": np.ones((33, 33)),
    "hilbert": 1 / (np.arange(20)[:, None] + np.arange(20) + 1.0),
    "block": np.kron(np.eye(4), np.array([[1.0, 2.0], [3.0, 4.0]])),
}


@pytest.mark.parametrize("scale", [1.0, 1e-30, 1e30])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_matrices(name: str, dtype: str, scale: float) -> None:
    unit = AWKWARD[name].astype(dtype)
    size = float(np.linalg.norm(unit)) + 1e-30
    value = unit * unit.real.dtype.type(scale)
    u, s, vh = (numpy_of(x) for x in linalg.svd(ig.array(value), full_matrices=False))
    close((u * s) @ vh / scale / size, unit / size, dtype)
    close(adjoint(u) @ u, np.eye(len(u)), dtype, 10)
    close(vh @ adjoint(vh), np.eye(len(u)), dtype, 10)
    close(s / scale / size, np.linalg.svd(unit, compute_uv=False) / size, dtype)
    np.testing.assert_array_equal(s, np.sort(s)[::-1])
    hermitian = value + adjoint(value)
    w, v = (numpy_of(x) for x in linalg.eigh(ig.array(hermitian)))
    close((v * w) @ adjoint(v) / scale / size, hermitian / scale / size, dtype)
    close(adjoint(v) @ v, np.eye(len(u)), dtype, 10)
    close(linalg.eigvalsh(ig.array(hermitian)) / scale / size, np.linalg.eigvalsh(unit + adjoint(unit)) / size, dtype)


def test_tiny_singular_values_keep_their_digits() -> None:
    """Those of a bidiagonal matrix are known to a few units in the last place, however small."""
    value = np.diag(10.0 ** -np.arange(0, 40, 4.0)) + np.diag(10.0 ** -np.arange(2, 38, 4.0), 1) * 1e-3
    got = numpy_of(linalg.svdvals(ig.array(value)))
    assert got[-1] > 0
    np.testing.assert_allclose(np.prod(got / np.diag(value)), 1, rtol=1e-12)


@pytest.mark.parametrize(("dtype", "least"), [("float32", -60), ("float64", -400)])
def test_eigenvalues_that_span_all_magnitudes(dtype: str, least: int) -> None:
    """Among those that vanish beside the others, products underflow: the iteration must end there, too."""
    sizes = 10.0 ** np.linspace(least, 0, 33)
    value = np.diag(sizes * (np.arange(33) % 2 == 0)) + np.diag(sizes[:-1] / 3, 1) + np.diag(sizes[:-1] / 3, -1)
    value = value.astype(dtype)
    w, v = (numpy_of(x) for x in linalg.eigh(ig.array(value)))
    close(w, np.linalg.eigvalsh(value), dtype)
    close((v * w) @ v.T, value, dtype)
    close(linalg.eigvalsh(ig.array(value)), w, dtype)


def test_eigenvalues_whose_magnitude_overflows() -> None:
    value = np.array([[1.5e308 + 1.5e308j, 1e308], [0, -1e308j]])
    got = numpy_of(linalg.eigvals(ig.array(value))) / 2.0**1000
    np.testing.assert_allclose(np.sort_complex(got), np.sort_complex(np.diag(value) / 2.0**1000), rtol=1e-14)


def test_complex64_batches_of_any_strides(rng: np.random.Generator) -> None:
    """They are computed in complex128, in memory of their own."""
    value = draw(rng, (3, 4, 2, 4), "complex64").transpose(2, 0, 1, 3)
    x = ig.array(value)
    close(linalg.det(x), np.linalg.det(value), "complex64", 50)
    close(linalg.solve(x, x), np.broadcast_to(np.eye(4), value.shape), "complex64", 100)
    close(linalg.svdvals(x), np.linalg.svd(value, compute_uv=False), "complex64", 10)
    with pytest.raises(ig.LinAlgError, match=r"at \(1, 2\)"):
        broken = value.copy()
        broken[1, 2] = np.nan
        ig.eval(linalg.eigvals(ig.array(broken)))
