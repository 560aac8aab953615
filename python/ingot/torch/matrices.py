"""Functions of matrices that PyTorch has outside of `linalg`, under older names and with older results."""

from __future__ import annotations

from typing import Any

import ingot
from ingot import linalg

__all__ = [
    "cholesky",
    "cholesky_inverse",
    "cholesky_solve",
    "matrix_exp",
    "pca_lowrank",
    "svd",
    "svd_lowrank",
]

cholesky_inverse = linalg.cholesky_inverse
cholesky_solve = linalg.cholesky_solve
matrix_exp = linalg.matrix_exp


def svd(input: Any, some: bool = True, compute_uv: bool = True) -> Any:
    """U, S and V with `input = U @ diag(S) @ V.mH` (`linalg.svd` gives V.mH); not `some`: square U and V.

    Example:
        >>> from ingot import torch
        >>> u, s, v = torch.svd(torch.eye(3)[:2])
        >>> u.shape, s.shape, v.shape
        ((2, 2), (2,), (3, 2))
    """
    if not compute_uv:
        s = linalg.svdvals(input)
        shapes = [(*input.shape[:-2], length, length) for length in input.shape[-2:]]
        return ingot.zeros(shapes[0], dtype=input.dtype), s, ingot.zeros(shapes[1], dtype=input.dtype)
    u, s, vh = linalg.svd(input, full_matrices=not some)
    return u, s, vh.mH


def cholesky(input: Any, upper: bool = False) -> Any:
    """The lower (or upper) triangular factor of positive definite matrices; see `linalg.cholesky`."""
    return linalg.cholesky(input, upper=upper)


def svd_lowrank(A: Any, q: int = 6, niter: int = 2, M: Any = None) -> Any:
    """The q largest singular values of `A - M`, and their vectors, as `svd` gives them. All are found, and the rest is
    left out: unlike PyTorch's, the result does not depend on chance."""
    u, s, v = svd(A if M is None else A - M)
    return u[..., :q], s[..., :q], v[..., :q]


def pca_lowrank(A: Any, q: int | None = None, center: bool = True, niter: int = 2) -> Any:
    """`svd_lowrank` of rows from which, unless `center` is False, their mean was taken; q is 6, or fewer for a small A.

    Example:
        >>> from ingot import torch
        >>> [x.shape for x in torch.pca_lowrank(torch.ones(5, 3), q=2)]
        [(5, 2), (2,), (3, 2)]
    """
    count = min(6, *A.shape[-2:]) if q is None else q
    return svd_lowrank(A - A.mean(dim=-2, keepdim=True) if center else A, count, niter)
