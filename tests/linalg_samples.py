"""Samples of linear algebra and of Fourier transforms.

Matrices are made well-conditioned, Hermitian or positive definite inside the calls, so that finite differences stay
among such matrices; what is only determined up to a sign or a phase is turned into something that is determined.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from draws import Draw
from helpers import COMPLEX, FLOATS
from sample_entries import INEXACT, gradient, sample
from scipy import linalg as scipy_linalg

import ingot as ig

DECOMPOSED = ("float32", "float64", *COMPLEX)
REAL_DECOMPOSED = ("float32", "float64")

Matrix = Draw((3, 3), "unit")
Batch = Draw((2, 3, 3), "unit")


def _adjoint(x):
    return (ig.conj(x) if isinstance(x, ig.array) else np.conj(x)).swapaxes(-1, -2)


def _diagonal(x) -> np.ndarray:
    """1, 3, 5 ... on the diagonal of matrices like `x`."""
    m, n = x.shape[-2:]
    diagonal = np.zeros((m, n))
    np.fill_diagonal(diagonal, 1.0 + 2.0 * np.arange(min(m, n)))
    return diagonal if isinstance(x, np.ndarray) else ig.array(diagonal).astype(x.dtype)


def _regular(x):
    """Far from singular, singular values and eigenvalues far from each other."""
    return x * 0.4 + _diagonal(x)


def _exchanged(x):
    """The same with rows in another order, so that pivoting has something to do."""
    return (
        _regular(x)[..., [2, 0, 3, 1], :] if isinstance(x, np.ndarray) else _regular(x)[..., ig.array([2, 0, 3, 1]), :]
    )


def _hermitian(x):
    return _regular((x + _adjoint(x)) * 0.5)


def _positive_definite(x):
    ones = np.eye(x.shape[-1])
    return x @ _adjoint(x) * 0.25 + (ones if isinstance(x, np.ndarray) else ig.array(ones).astype(x.dtype))


def _of(form: Callable, function: Callable) -> Callable:
    """`function` of matrices that are brought into a form first, the other operands as they are."""
    return lambda x, *others: function(form(x), *others)


def _both(label: str, form: Callable, ours: Callable, theirs: Callable, *draws, dtypes=DECOMPOSED) -> tuple:
    return sample(label, _of(form, ours), _of(form, theirs), *draws, dtypes=dtypes)


def _weights(vectors, values):
    """What does not depend on the phases or the order of vectors, but on their lengths."""
    xp = ig if isinstance(vectors, ig.array) else np
    return (xp.abs(vectors) ** 2 * xp.real(values)[..., None, :]).sum(axis=-1)


def _rebuilt(left, values, right):
    xp = ig if isinstance(left, ig.array) else np
    return (left * xp.exp(values * -0.5)[..., None, :]) @ right


def _eigh_rebuilt(linalg) -> Callable:
    def call(x):
        w, v = linalg.eigh(x)
        return _rebuilt(v, w, _adjoint(v))

    return call


def _eigh_weights(linalg) -> Callable:
    return lambda x: _weights(*reversed(linalg.eigh(x)))


def _eig_rebuilt(linalg) -> Callable:
    def call(x):
        w, v = linalg.eig(x)
        return _rebuilt(v, w, linalg.inv(v))

    return call


def _eig_weights(linalg) -> Callable:
    return lambda x: _weights(*reversed(linalg.eig(x)))


def _svd_rebuilt(linalg, full: bool = False) -> Callable:
    def call(x):
        u, s, vh = linalg.svd(x, full_matrices=full)
        return _rebuilt(u, s, vh)

    return call


def _svd_weights(linalg) -> Callable:
    def call(x):
        u, s, vh = linalg.svd(x, full_matrices=False)
        return _weights(u, s) if u.shape[-2] >= vh.shape[-1] else _weights(_adjoint(vh), s)

    return call


def _sum_exp(linalg, xp) -> Callable:
    return lambda x: xp.exp(linalg.eigvals(x) * -0.5).sum(axis=-1)


def _qr_parts(linalg, part: int, mode: str = "reduced") -> Callable:
    return lambda x: linalg.qr(x, mode=mode)[part]


def _solve_triangular(x: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.linalg.solve(np.tril(x), b)


def _solve_unit_upper_right(x: np.ndarray, b: np.ndarray) -> np.ndarray:
    return b @ np.linalg.inv(np.triu(x, 1) + np.eye(x.shape[-1]))


def _pseudo_inverse_of_rank_one(x):
    return x[:, :1] @ x[:1, :]


def _lu_product(x):
    factors = ig.linalg.lu(x)
    return ig.concatenate([factors.L, factors.U], axis=-1)


def _scipy_lu(x: np.ndarray) -> np.ndarray:
    _, lower, upper = scipy_linalg.lu(x)
    return np.concatenate([lower, upper], axis=-1)


#: By registered name: (label, call, NumPy reference, draws, dtypes).
STRUCTURED: dict[str, list[tuple]] = {
    "cholesky": [
        _both("", _positive_definite, ig.linalg.cholesky, np.linalg.cholesky, Matrix),
        _both("batch", _positive_definite, ig.linalg.cholesky, np.linalg.cholesky, Batch),
        _both(
            "upper",
            _positive_definite,
            lambda x: ig.linalg.cholesky(x, upper=True),
            lambda x: _adjoint(np.linalg.cholesky(x)),
            Matrix,
        ),
    ],
    "solve_triangular": [
        _both(
            "lower",
            _regular,
            lambda x, b: ig.linalg.solve_triangular(x, b, upper=False),
            _solve_triangular,
            Matrix,
            (3, 2),
        ),
        _both(
            "unit_upper_right",
            _regular,
            lambda x, b: ig.linalg.solve_triangular(x, b, upper=True, left=False, unitriangular=True),
            _solve_unit_upper_right,
            Batch,
            (2, 3),
        ),
    ],
    "lu_factor": [
        _both(
            label,
            _regular,
            lambda x: ig.linalg.lu_factor(x).LU,
            lambda x: scipy_linalg.lu_factor(x)[0],
            Draw(shape, "unit"),
        )
        for label, shape in (("square", (3, 3)), ("wide", (3, 5)), ("tall", (5, 3)))
    ],
    "pivot_order": [
        _both(
            "",
            _exchanged,
            lambda x: ig.linalg.lu(x).P,
            lambda x: scipy_linalg.lu(x)[0],
            Draw((4, 4), "unit"),
            dtypes=REAL_DECOMPOSED,
        )
    ],
    "solve": [
        _both("matrix", _regular, ig.linalg.solve, np.linalg.solve, Matrix, (3, 2)),
        _both("broadcast", _regular, ig.linalg.solve, np.linalg.solve, Batch, (3, 2)),
        _both("vector", _regular, ig.linalg.solve, lambda x, b: np.linalg.inv(x) @ b, Batch, (3,)),
    ],
    "determinant": [
        sample("", ig.linalg.det, np.linalg.det, Matrix, dtypes=DECOMPOSED),
        sample("batch", ig.linalg.det, np.linalg.det, Draw((2, 2, 2), "unit"), dtypes=DECOMPOSED),
    ],
    "adjugate": [
        sample(
            "",
            lambda x, g: gradient(ig.linalg.det, 0)(_regular(x), g),
            lambda x, g: (
                (g * np.conj(np.linalg.det(_regular(x))))[..., None, None] * np.linalg.inv(_adjoint(_regular(x)))
            ),
            Batch,
            (2,),
            dtypes=DECOMPOSED,
        )
    ],
    "slogdet": [
        _both("sign", _regular, lambda x: ig.linalg.slogdet(x).sign, lambda x: np.linalg.slogdet(x)[0], Batch),
        _both(
            "logabsdet", _regular, lambda x: ig.linalg.slogdet(x).logabsdet, lambda x: np.linalg.slogdet(x)[1], Batch
        ),
    ],
    "qr": [
        _both(
            f"{label}_{name}",
            _regular,
            _qr_parts(ig.linalg, part, mode),
            _qr_parts(np.linalg, part, mode),
            Draw(shape, "unit"),
        )
        for part, name in enumerate("qr")
        for label, shape, mode in (
            ("square", (3, 3), "reduced"),
            ("tall", (2, 4, 2), "reduced"),
            ("wide", (2, 4), "complete"),
        )
    ],
    "eigh": [
        _both("rebuilt", _hermitian, _eigh_rebuilt(ig.linalg), _eigh_rebuilt(np.linalg), Batch),
        _both("weights", _hermitian, _eigh_weights(ig.linalg), _eigh_weights(np.linalg), Matrix),
    ],
    "eigvalsh": [_both("", _hermitian, ig.linalg.eigvalsh, np.linalg.eigvalsh, Batch)],
    "eig": [
        _both("rebuilt", _regular, _eig_rebuilt(ig.linalg), _eig_rebuilt(np.linalg), Batch),
        _both("weights", _regular, _eig_weights(ig.linalg), _eig_weights(np.linalg), Matrix),
    ],
    "eigvals": [_both("", _regular, _sum_exp(ig.linalg, ig), _sum_exp(np.linalg, np), Batch)],
    "svd": [
        _both(f"{name}_{label}", _regular, make(ig.linalg), make(np.linalg), Draw(shape, "unit"))
        for name, make in (("rebuilt", _svd_rebuilt), ("weights", _svd_weights))
        for label, shape in (("square", (2, 3, 3)), ("tall", (4, 2)), ("wide", (2, 3)))
    ],
    "svdvals": [
        _both(
            "",
            _regular,
            ig.linalg.svdvals,
            lambda x: np.linalg.svd(x, compute_uv=False),
            Draw((2, 4, 3), "unit"),
        )
    ],
    "pinv": [
        _both("tall", _regular, ig.linalg.pinv, np.linalg.pinv, Draw((2, 4, 3), "unit")),
        _both("wide", _regular, ig.linalg.pinv, np.linalg.pinv, Draw((2, 3), "unit")),
        _both(
            "rank_one",
            _pseudo_inverse_of_rank_one,
            lambda x: ig.linalg.pinv(x, rtol=1e-3),
            lambda x: np.linalg.pinv(x, rcond=1e-3),
            Draw((2, 2), "positive"),
        ),
    ],
    "matrix_exp": [sample("", ig.linalg.matrix_exp, scipy_linalg.expm, Batch, dtypes=DECOMPOSED)],
    "fft": [
        sample("last", ig.fft.fft, np.fft.fft, (2, 5)),
        sample("inverse_cut", lambda x: ig.fft.ifft(x, 3, axis=0), lambda x: np.fft.ifft(x, 3, axis=0), (4, 2)),
        sample("padded", lambda x: ig.fft.fft(x, 7, norm="ortho"), lambda x: np.fft.fft(x, 7, norm="ortho"), (2, 4)),
        sample(
            "axes",
            lambda x: ig.fft.fftn(x, axes=(0, 2), norm="forward"),
            lambda x: np.fft.fftn(x, axes=(0, 2), norm="forward"),
            (2, 3, 4),
        ),
    ],
    "rfft": [
        sample("even", ig.fft.rfft, np.fft.rfft, (2, 6), dtypes=FLOATS),
        sample(
            "odd",
            lambda x: ig.fft.rfft(x, axis=0, norm="ortho"),
            lambda x: np.fft.rfft(x, axis=0, norm="ortho"),
            (5, 2),
            dtypes=FLOATS,
        ),
    ],
    "irfft": [
        sample("even", ig.fft.irfft, np.fft.irfft, (2, 4)),
        sample("odd", lambda x: ig.fft.irfft(x, 5, axis=0), lambda x: np.fft.irfft(x, 5, axis=0), (3, 2)),
    ],
}

#: Functions made of other operations: they need no rules, but their values and gradients are tested all the same.
COMPOSITES: dict[str, list[tuple]] = {
    "lu": [
        _both("", _exchanged, _lu_product, _scipy_lu, Draw((4, 4), "unit")),
    ],
    "lu_solve": [
        _both(
            "adjoint",
            _regular,
            lambda x, b: ig.linalg.lu_solve(*ig.linalg.lu_factor(x), b, adjoint=True),
            lambda x, b: np.linalg.solve(_adjoint(x), b),
            Matrix,
            (3, 2),
        ),
        _both(
            "broadcast",
            _regular,
            lambda x, b: ig.linalg.lu_solve(*ig.linalg.lu_factor(x), b),
            np.linalg.solve,
            Batch,
            (3, 2),
        ),
    ],
    "inv": [_both("", _regular, ig.linalg.inv, np.linalg.inv, Batch)],
    "cholesky_solve": [
        _both(
            "",
            _positive_definite,
            lambda x, b: ig.linalg.cholesky_solve(b, ig.linalg.cholesky(x)),
            np.linalg.solve,
            Matrix,
            (3, 2),
        )
    ],
    "cholesky_inverse": [
        _both(
            "",
            _positive_definite,
            lambda x: ig.linalg.cholesky_inverse(ig.linalg.cholesky(x, upper=True), upper=True),
            np.linalg.inv,
            Batch,
        )
    ],
    "lstsq": [
        _both(
            "",
            _regular,
            lambda x, b: ig.linalg.lstsq(x, b).solution,
            lambda x, b: np.linalg.pinv(x) @ b,
            Draw((2, 4, 3), "unit"),
            (4, 2),
        )
    ],
    "cond": [
        _both("", _regular, ig.linalg.cond, np.linalg.cond, Batch),
        _both("one", _regular, lambda x: ig.linalg.cond(x, 1), lambda x: np.linalg.cond(x, 1), Matrix),
    ],
    "vector_norm": [
        sample(
            str(order).replace("-", "minus_").replace(".", "_"),
            lambda x, order=order: ig.linalg.vector_norm(x, axis=1, ord=order),
            lambda x, order=order: np.linalg.norm(x, axis=1, ord=order),
            Draw((3, 4), "distinct"),
            dtypes=FLOATS,
        )
        for order in (2, 1, 3.5, -2, np.inf, -np.inf)
    ]
    + [sample("complex", ig.linalg.vector_norm, lambda x: np.linalg.norm(x.ravel()), (2, 3), dtypes=COMPLEX)],
    "matrix_norm": [
        _both(
            f"{order}".replace("-", "minus_").replace(".", "_"),
            _regular,
            lambda x, order=order: ig.linalg.matrix_norm(x, ord=order),
            lambda x, order=order: np.linalg.norm(x, axis=(-2, -1), ord=order),
            Draw((2, 4, 3), "unit"),
        )
        for order in ("fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf)
    ],
    "matrix_power": [
        _both(
            "negative",
            _regular,
            lambda x: ig.linalg.matrix_power(x, -3),
            lambda x: np.linalg.matrix_power(x, -3),
            Matrix,
        ),
        sample(
            "five",
            lambda x: ig.linalg.matrix_power(x, 5),
            lambda x: np.linalg.matrix_power(x, 5),
            Batch,
            dtypes=DECOMPOSED,
        ),
    ],
    "multi_dot": [
        sample(
            "",
            lambda *x: ig.linalg.multi_dot(x),
            lambda *x: np.linalg.multi_dot(x),
            (2, 5),
            (5, 3),
            (3, 4),
            (4,),
            dtypes=DECOMPOSED,
        )
    ],
    "tensorsolve": [
        sample(
            "",
            lambda x, b: ig.linalg.tensorsolve(_regular(x).reshape(2, 2, 4), b),
            lambda x, b: np.linalg.tensorsolve(_regular(x).reshape(2, 2, 4), b),
            Draw((4, 4), "unit"),
            (2, 2),
            dtypes=DECOMPOSED,
        )
    ],
    "tensorinv": [
        sample(
            "",
            lambda x: ig.linalg.tensorinv(_regular(x).reshape(2, 2, 4)),
            lambda x: np.linalg.tensorinv(_regular(x).reshape(2, 2, 4)),
            Draw((4, 4), "unit"),
            dtypes=DECOMPOSED,
        )
    ],
    "rfftn": [sample("", ig.fft.rfftn, np.fft.rfftn, (3, 4), dtypes=FLOATS)],
    "irfftn": [
        sample("", lambda x: ig.fft.irfftn(x, s=(3, 5)), lambda x: np.fft.irfftn(x, s=(3, 5), axes=(0, 1)), (3, 3))
    ],
    "hfft": [sample("", lambda x: ig.fft.hfft(x, 5), lambda x: np.fft.hfft(x, 5), (2, 3))],
    "ihfft": [sample("", ig.fft.ihfft, np.fft.ihfft, (2, 6), dtypes=FLOATS)],
    "fftshift": [sample("", ig.fft.fftshift, np.fft.fftshift, (3, 4), dtypes=INEXACT)],
    "ifftshift": [
        sample("", lambda x: ig.fft.ifftshift(x, axes=0), lambda x: np.fft.ifftshift(x, axes=0), (3, 4), dtypes=INEXACT)
    ],
}
