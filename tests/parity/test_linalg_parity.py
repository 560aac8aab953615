"""Linear algebra and Fourier transforms beside PyTorch: values and gradients on many matrices."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers import leaf, numpy_of

import ingot as ig

DTYPES = ("float64", "complex128")


def draw(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> np.ndarray:
    values = rng.normal(size=shape)
    return values + 1j * rng.normal(size=shape) if dtype.startswith("complex") else values


def rising_diagonal(shape: tuple[int, ...]) -> np.ndarray:
    diagonal = np.zeros(shape[-2:])
    np.fill_diagonal(diagonal, 1.0 + 2.0 * np.arange(min(shape[-2:])))
    return diagonal


def regular(x, xp):
    diagonal = rising_diagonal(x.shape)
    return x * 0.3 + (torch.tensor(diagonal).to(x.dtype) if xp is torch else ig.array(diagonal).astype(x.dtype))


def positive(x, xp):
    return x @ xp.conj(x).swapaxes(-1, -2) + regular(x * 0, xp)


def compare(ours, theirs, values: list[np.ndarray], rng: np.random.Generator, dtype: str) -> None:
    """The function's value, and its gradient by each operand."""
    a = [leaf(v, dtype) for v in values]
    b = [torch.tensor(v.astype(dtype), requires_grad=True) for v in values]
    y, z = ours(*a), theirs(*b)
    np.testing.assert_allclose(numpy_of(y), z.detach().resolve_conj().numpy(), rtol=1e-9, atol=1e-9)
    weights = np.asarray(draw(rng, tuple(z.shape), "complex128" if z.is_complex() else "float64"))
    y.backward(ig.array(weights))
    z.backward(torch.tensor(weights))
    for x, t in zip(a, b, strict=True):
        scale = float(t.grad.abs().max()) + 1
        np.testing.assert_allclose(numpy_of(x.grad), t.grad.resolve_conj().numpy(), rtol=1e-8, atol=1e-9 * scale)


UNARY = {
    "inv": (lambda x, xp: xp.linalg.inv(regular(x, xp)), (4, 4)),
    "det": (lambda x, xp: xp.linalg.det(x), (4, 4)),
    "logabsdet": (lambda x, xp: xp.linalg.slogdet(x)[1], (4, 4)),
    "cholesky": (lambda x, xp: xp.linalg.cholesky(positive(x, xp)), (4, 4)),
    "qr_tall": (lambda x, xp: xp.linalg.qr(regular(x, xp))[0], (5, 3)),
    "qr_wide": (lambda x, xp: xp.linalg.qr(regular(x, xp))[1], (3, 5)),
    "eigvalsh": (lambda x, xp: xp.linalg.eigvalsh(positive(x, xp)), (4, 4)),
    "eigh": (lambda x, xp: xp.abs(xp.linalg.eigh(positive(x, xp))[1]), (4, 4)),
    "svd": (lambda x, xp: xp.abs(xp.linalg.svd(regular(x, xp), full_matrices=False)[0]), (5, 3)),
    "svd_right": (lambda x, xp: xp.abs(xp.linalg.svd(regular(x, xp), full_matrices=False)[2]), (3, 5)),
    "svdvals": (lambda x, xp: xp.linalg.svdvals(x), (5, 3)),
    "eigvals": (lambda x, xp: xp.exp(xp.linalg.eigvals(regular(x, xp)) * 0.3).sum(), (4, 4)),
    "pinv": (lambda x, xp: xp.linalg.pinv(x), (5, 3)),
    "matrix_exp": (lambda x, xp: xp.linalg.matrix_exp(x), (4, 4)),
    "lu_factor": (lambda x, xp: xp.linalg.lu_factor(x)[0], (4, 4)),
    "lu_tall": (lambda x, xp: xp.linalg.lu(x)[1], (5, 3)),
    "lu_wide": (lambda x, xp: xp.linalg.lu(x)[2], (3, 5)),
    "nuclear_norm": (lambda x, xp: xp.linalg.matrix_norm(x, ord="nuc"), (5, 3)),
    "spectral_norm": (lambda x, xp: xp.linalg.matrix_norm(x, ord=2), (5, 3)),
    "cond": (lambda x, xp: xp.linalg.cond(regular(x, xp)), (4, 4)),
    "matrix_power": (lambda x, xp: xp.linalg.matrix_power(regular(x, xp), -2), (4, 4)),
    "fft": (lambda x, xp: xp.fft.fft(x, n=7, norm="ortho"), (4, 5)),
    "fftn": (lambda x, xp: xp.fft.fftn(x, s=(3, 6)), (4, 5)),
    "irfft": (lambda x, xp: xp.fft.irfft(x), (4, 5)),
    "irfftn": (lambda x, xp: xp.fft.irfftn(x, s=(4, 7)), (4, 5)),
    "hfft": (lambda x, xp: xp.fft.hfft(x, n=6), (4, 5)),
}


@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("dtype", DTYPES)
def test_one_matrix(name: str, dtype: str, rng: np.random.Generator) -> None:
    function, shape = UNARY[name]
    for batch in ((), (3,), (2, 2)):
        values = [draw(rng, (*batch, *shape), dtype)]
        if name.startswith("lu_") and dtype == "complex128":
            # LAPACK chooses complex pivots by |re| + |im|, we by the magnitude: one row must stand out for both.
            values = [np.flip(0.05 * values[0] + rising_diagonal(shape), -2)]
        compare(lambda x: function(x, ig), lambda x: function(x, torch), values, rng, dtype)


@pytest.mark.parametrize("name", ["rfft", "rfftn", "ihfft"])
def test_transforms_of_real_numbers(name: str, rng: np.random.Generator) -> None:
    for shape in ((5,), (3, 8), (2, 3, 4)):
        compare(getattr(ig.fft, name), getattr(torch.fft, name), [rng.normal(size=shape)], rng, "float64")


BINARY = {
    "solve": lambda a, b, xp: xp.linalg.solve(regular(a, xp), b),
    "lstsq": lambda a, b, xp: xp.linalg.lstsq(regular(a, xp), b).solution,
    "solve_triangular": lambda a, b, xp: xp.linalg.solve_triangular(regular(a, xp), b, upper=True),
    "lu_solve": lambda a, b, xp: xp.linalg.lu_solve(*xp.linalg.lu_factor(regular(a, xp)), b),
}


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize("dtype", DTYPES)
def test_matrix_and_right_side(name: str, dtype: str, rng: np.random.Generator) -> None:
    function = BINARY[name]
    for batch in ((), (3,)):
        values = [draw(rng, (*batch, 4, 4), dtype), draw(rng, (*batch, 4, 2), dtype)]
        compare(lambda a, b: function(a, b, ig), lambda a, b: function(a, b, torch), values, rng, dtype)
