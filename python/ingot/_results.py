"""Results of functions that find several things at once: tuples with names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ingot._core import array


class ValuesAndIndices(NamedTuple):
    """What was chosen, and where it was: as PyTorch returns from `sort`, `topk`, `max` along a `dim` and their like."""

    values: array
    indices: array


class MinMax(NamedTuple):
    """Smallest and largest elements."""

    min: array
    max: array


class UniqueAll(NamedTuple):
    """The elements that occur, where each is first, which of them each element is, and how often each occurs."""

    values: array
    indices: array
    inverse_indices: array
    counts: array


class UniqueCounts(NamedTuple):
    """The elements that occur, and how often."""

    values: array
    counts: array


class UniqueInverse(NamedTuple):
    """The elements that occur, and which of them each element is."""

    values: array
    inverse_indices: array


class QRResult(NamedTuple):
    """Orthonormal columns, and an upper triangle."""

    Q: array
    R: array


class EighResult(NamedTuple):
    """Eigenvalues, and eigenvectors as columns."""

    eigenvalues: array
    eigenvectors: array


class SVDResult(NamedTuple):
    """Left singular vectors as columns, singular values, right singular vectors as rows, conjugated."""

    U: array
    S: array
    Vh: array


class SlogdetResult(NamedTuple):
    """Sign of a determinant, and the logarithm of its magnitude."""

    sign: array
    logabsdet: array


class LUResult(NamedTuple):
    """A permutation, a lower and an upper triangle."""

    P: array
    L: array
    U: array


class LUFactorResult(NamedTuple):
    """Both triangles in one array, and the exchanges of rows."""

    LU: array
    pivots: array


class LstsqResult(NamedTuple):
    """What least squares finds: named as in PyTorch, ordered as in NumPy."""

    solution: array
    residuals: array
    rank: array
    singular_values: array
