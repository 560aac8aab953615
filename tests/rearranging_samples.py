"""Samples of rearranging, padding, windows, diagonals, gathering and scattering, einsum, and interpolation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from draws import Draw
from helpers import ALL_DTYPES, FLOATS, REAL
from sample_entries import INEXACT, SUMMABLE, gradient, sample

import ingot as ig

windows = np.lib.stride_tricks.sliding_window_view


def _scattered(ufunc: np.ufunc) -> Callable:
    def reference(x: np.ndarray, v: np.ndarray, i: np.ndarray) -> np.ndarray:
        y = x.copy()
        ufunc.at(y, i, v)
        return y

    return reference


def _scatter_sample(method: str, ufunc: np.ufunc, dtypes: tuple[str, ...], domain: str) -> list[tuple]:
    def call(x, v, i):
        return getattr(x.at[i], method)(v)

    return [
        sample(
            "rows",
            call,
            _scattered(ufunc),
            Draw((4, 3), domain),
            Draw((5, 3), domain),
            Draw((5,), "index_of_4", "int32"),
            dtypes=dtypes,
        ),
        sample(
            "elements",
            call,
            _scattered(ufunc),
            Draw((4,), domain),
            Draw((2, 3), domain),
            Draw((2, 3), "index_of_4", "int64"),
            dtypes=dtypes,
        ),
    ]


def _overlapped(g: np.ndarray, length: int) -> np.ndarray:
    """Windows of two columns, added up where they came from."""
    out = np.zeros((g.shape[0], length), g.dtype)
    for k in range(2):
        out[:, k : length - 1 + k] += g[..., k]
    return out


def _linear_weights(source: int, target: int, corners: bool = False) -> np.ndarray:
    """The matrix of linear interpolation."""
    weights = np.zeros((target, source))
    for place in range(target):
        at = place * (source - 1) / (target - 1) if corners else max((place + 0.5) * source / target - 0.5, 0)
        low = min(int(at), source - 1)
        weights[place, low] += 1 - (at - low)
        weights[place, min(low + 1, source - 1)] += at - low
    return weights


def _resized(x, size: tuple[int, ...], **options):
    return ig.nn.functional.interpolate(x, size=size, **options)


def _bilinear(x: np.ndarray, size: tuple[int, int], corners: bool = False) -> np.ndarray:
    rows, columns = (_linear_weights(n, m, corners) for n, m in zip(x.shape[2:], size, strict=True))
    return np.einsum("ph,nchw,qw->ncpq", rows, x, columns)


def _distances(a: np.ndarray, b: np.ndarray, p: int = 2) -> np.ndarray:
    return (np.abs(a[..., :, None, :] - b[..., None, :, :]) ** p).sum(-1) ** (1 / p)


#: By registered name: (label, call, NumPy reference, draws, dtypes).
STRUCTURED: dict[str, list[tuple]] = {
    "cdist": [
        sample("euclidean", ig.cdist, _distances, (3, 2), (4, 2), dtypes=FLOATS),
        sample("batched", ig.cdist, _distances, (2, 1, 3, 2), (3, 1, 2), dtypes=FLOATS),
        sample(
            "cubic",
            lambda a, b: ig.cdist(a, b, 3.0),
            lambda a, b: _distances(a, b, 3),
            (3, 2),
            (4, 2),
            dtypes=FLOATS,
        ),
    ],
    "strided_view": [
        sample("diagonal", ig.diagonal, np.diagonal, (3, 4), dtypes=ALL_DTYPES),
        sample(
            "diagonal_of_axes",
            lambda x: ig.diagonal(x, -1, 2, 0),
            lambda x: np.diagonal(x, -1, 2, 0),
            (3, 2, 4),
            dtypes=ALL_DTYPES,
        ),
        sample(
            "windows",
            lambda x: ig.sliding_window_view(x, 2, axis=1),
            lambda x: windows(x, 2, axis=1),
            (2, 4),
            dtypes=ALL_DTYPES,
        ),
        sample(
            "as_strided",
            lambda x: ig.as_strided(x, (2, 3, 2), (3, 1, 2), 1),
            lambda x: x.ravel()[1 + np.add.outer(np.add.outer([0, 3], [0, 1, 2]), [0, 2])],
            (3, 4),
            dtypes=ALL_DTYPES,
        ),
        sample(
            "unfold",
            lambda x: x.T.unfold(0, 3, 2),
            lambda x: windows(x.T, 3, axis=0)[::2],
            (2, 6),
            dtypes=ALL_DTYPES,
        ),
    ],
    "add_strided": [
        sample("diag_embed", lambda x: ig.diag_embed(x, 1), lambda x: np.stack([np.diag(r, 1) for r in x]), (2, 3)),
        sample(
            "overlapping",
            lambda x, g: gradient(lambda x: ig.sliding_window_view(x, 2, axis=1), 0)(x, g),
            lambda x, g: _overlapped(g, 4),
            (2, 4),
            (2, 3, 2),
        ),
    ],
    "scatter_multiply": _scatter_sample("multiply", np.multiply, SUMMABLE, "nonzero"),
    "scatter_minimum": _scatter_sample("minimum", np.minimum, REAL, "any"),
    "scatter_maximum": _scatter_sample("maximum", np.maximum, REAL, "any"),
    "resample": [
        sample(
            "linear", lambda x: _resized(x, (5, 2), mode="bilinear"), lambda x: _bilinear(x, (5, 2)), (1, 2, 3, 4),
            dtypes=FLOATS,
        ),
        sample(
            "corners",
            lambda x: _resized(x, (4, 7), mode="bilinear", align_corners=True),
            lambda x: _bilinear(x, (4, 7), True),
            (1, 2, 3, 4),
            dtypes=FLOATS,
        ),
    ],
    "resample_gradient": [
        sample(
            "linear",
            lambda x, g: gradient(lambda x: _resized(x, (5, 2), mode="bilinear"), 0)(x, g),
            lambda x, g: np.einsum("ph,ncpq,qw->nchw", _linear_weights(3, 5), g, _linear_weights(4, 2)),
            (1, 2, 3, 4),
            (1, 2, 5, 2),
            dtypes=("float32", "float64"),
        ),
    ],
}  # fmt: skip


def _pad_sample(mode: str, widths: object = ((2, 1), (0, 3)), dtypes: tuple[str, ...] = INEXACT, **options) -> tuple:
    return sample(
        mode + "".join(options),
        lambda x: ig.pad(x, widths, mode, **options),
        lambda x: np.pad(x, widths, mode, **options),
        Draw((3, 4), "distinct"),
        dtypes=dtypes,
    )


def _einsum_sample(subscripts: str, *shapes: tuple[int, ...], dtypes: tuple[str, ...] = INEXACT) -> tuple:
    return sample(
        subscripts.replace(",", "_").replace("->", "_to_").replace(".", ""),
        lambda *operands: ig.einsum(subscripts, *operands),
        lambda *operands: np.einsum(subscripts, *operands),
        *shapes,
        dtypes=dtypes,
    )


def _one(call: Callable, reference: Callable, *draws: Draw | tuple[int, ...], dtypes: tuple[str, ...] = INEXACT):
    return [sample("", call, reference, *draws, dtypes=dtypes)]


def _put_along(x: np.ndarray, v: np.ndarray, i: np.ndarray) -> np.ndarray:
    y = x.copy()
    np.put_along_axis(y, i, v, 1)
    return y


MASK = np.array([[True, False, True], [False, True, True]])

#: Functions made of other operations: they need no rules, but their values and gradients are tested all the same.
COMPOSITES: dict[str, list[tuple]] = {
    "numpy_pad": [
        _pad_sample("edge", dtypes=ALL_DTYPES),
        _pad_sample("reflect", ((5, 1), (0, 7)), dtypes=ALL_DTYPES),
        _pad_sample("symmetric", ((5, 1), (4, 9)), dtypes=ALL_DTYPES),
        _pad_sample("wrap", ((4, 2), (1, 9)), dtypes=ALL_DTYPES),
        _pad_sample("reflect", ((2, 1), (3, 0)), dtypes=FLOATS, reflect_type="odd"),
        _pad_sample("symmetric", dtypes=FLOATS, reflect_type="odd"),
        _pad_sample("constant", dtypes=FLOATS, constant_values=((1, 2), (3, 4))),
        _pad_sample("linear_ramp", dtypes=("float32", "float64"), end_values=((0, -1), (2, 3))),
        _pad_sample("maximum", dtypes=REAL),
        _pad_sample("minimum", dtypes=REAL, stat_length=2),
        _pad_sample("mean", dtypes=("float32", "float64")),
    ],
    "roll": [
        sample("flat", lambda x: ig.roll(x, 2), lambda x: np.roll(x, 2), (3, 4), dtypes=ALL_DTYPES),
        sample(
            "axes", lambda x: ig.roll(x, (1, -6), (0, 1)), lambda x: np.roll(x, (1, -6), (0, 1)), (3, 4),
            dtypes=ALL_DTYPES,
        ),
    ],
    "rot90": _one(lambda x: ig.rot90(x, 3, (2, 0)), lambda x: np.rot90(x, 3, (2, 0)), (2, 3, 4)),
    "repeat": [
        sample("number", lambda x: ig.repeat(x, 3, axis=1), lambda x: np.repeat(x, 3, axis=1), (2, 3)),
        sample("counts", lambda x: ig.repeat(x, [0, 2, 1], axis=1), lambda x: np.repeat(x, [0, 2, 1], 1), (2, 3)),
    ],
    "kron": _one(ig.kron, np.kron, (2, 3), (2,)),
    "outer": _one(ig.outer, np.outer, (3,), (2, 2)),
    "inner": _one(ig.inner, np.inner, (2, 3), (4, 3)),
    "vdot": _one(ig.vdot, np.vdot, (2, 3), (2, 3)),
    "vecdot": _one(
        lambda a, b: ig.vecdot(a, b, axis=-2), lambda a, b: (np.conj(a) * b).sum(-2), (2, 3, 4), (3, 1)
    ),
    "cross": _one(lambda a, b: ig.cross(a, b, axis=0), lambda a, b: np.cross(a, b, axis=0), (3, 2), (3, 2)),
    "tensordot": [
        sample("number", ig.tensordot, np.tensordot, (2, 3, 4), (3, 4, 2)),
        sample(
            "axes",
            lambda a, b: ig.tensordot(a, b, axes=((0, 2), (1, 0))),
            lambda a, b: np.tensordot(a, b, axes=((0, 2), (1, 0))),
            (2, 3, 4),
            (4, 2),
        ),
    ],
    "einsum": [
        _einsum_sample("ij,jk->ik", (2, 3), (3, 4), dtypes=SUMMABLE),
        _einsum_sample("bij,bjk", (2, 2, 3), (2, 3, 2)),
        _einsum_sample("ii->i", (3, 3)),
        _einsum_sample("iij->j", (3, 3, 2)),
        _einsum_sample("i,i->", (4,), (4,)),
        _einsum_sample("i,j->ij", (3,), (2,)),
        _einsum_sample("ijk->k", (2, 3, 2)),
        _einsum_sample("...ij,...jk->...ik", (2, 1, 2, 3), (3, 3, 2)),
        _einsum_sample("ij,jk,kl,lm->im", (2, 3), (3, 2), (2, 4), (4, 2)),
        _einsum_sample("ai,bj,ck,ijk->abc", (2, 3), (2, 2), (2, 4), (3, 2, 4)),
        _einsum_sample("ij,ij->ij", (1, 3), (2, 3)),
        _einsum_sample("bi,bi->b", (2, 3), (2, 3)),
    ],
    "diag": _one(lambda x: ig.diag(x, -1), lambda x: np.diag(x, -1), (3,), dtypes=ALL_DTYPES),
    "trace": _one(lambda x: ig.trace(x, 1), lambda x: np.trace(x, 1), (3, 4, 2), dtypes=SUMMABLE),
    "tril": _one(lambda x: ig.tril(x, -1), lambda x: np.tril(x, -1), (2, 3, 4), dtypes=ALL_DTYPES),
    "triu": _one(lambda x: ig.triu(x, 2), lambda x: np.triu(x, 2), (2, 3, 4), dtypes=ALL_DTYPES),
    "vander": _one(lambda x: ig.vander(x, 3), lambda x: np.vander(x, 3), (4,)),
    "block_diag": _one(
        lambda x, y: ig.block_diag(x, y),
        lambda x, y: np.block([[x, np.zeros((2, 1))], [np.zeros((3, 3)), y]]),
        (2, 3),
        (3, 1),
    ),
    "convolve": [
        sample(mode, lambda a, v, mode=mode: ig.convolve(a, v, mode), lambda a, v, mode=mode: np.convolve(a, v, mode),
               (3,), (5,))
        for mode in ("full", "same", "valid")
    ],
    "correlate": [
        sample(mode, lambda a, v, mode=mode: ig.correlate(a, v, mode),
               lambda a, v, mode=mode: np.correlate(a, v, mode), shape, (4,))
        for mode, shape in (("full", (6,)), ("same", (3,)), ("valid", (2,)))
    ],
    "put_along_axis": _one(
        lambda x, v, i: ig.put_along_axis(x, i, v, 1),
        _put_along,
        (3, 4),
        (3, 1),
        Draw((3, 1), "index_of_4", "int64"),
        dtypes=ALL_DTYPES,
    ),
    "masked_select": _one(
        lambda x: ig.masked_select(x, ig.array(MASK)), lambda x: x[MASK], (2, 3), dtypes=ALL_DTYPES
    ),
    "segment_sum": _one(
        lambda x: ig.segment_sum(x, [0, 2, 0, 2], 4),
        lambda x: np.stack([x[0] + x[2], 0 * x[0], x[1] + x[3], 0 * x[0]]),
        (4, 2),
        dtypes=SUMMABLE,
    ),
    "nearest": _one(
        lambda x: _resized(x, (3, 8)), lambda x: x[:, :, [0, 1, 3]].repeat(2, -1), (1, 2, 5, 4), dtypes=FLOATS
    ),
    "group_norm": _one(
        lambda x: ig.nn.functional.group_norm(x, 2, eps=0.1),
        lambda x: (
            (g := x.reshape(2, 2, -1)) - g.mean(-1, keepdims=True)
        ).reshape(x.shape) / np.sqrt(g.var(-1) + 0.1).repeat(2, 1).reshape(2, 4, 1),
        (2, 4, 3),
        dtypes=("float32", "float64"),
    ),
    "local_response_norm": _one(
        lambda x: ig.nn.functional.local_response_norm(x, 3, alpha=0.5, k=2.0),
        lambda x: x / (2 + 0.5 * windows(np.pad(x * x, ((0, 0), (1, 1), (0, 0))), 3, 1).mean(-1)) ** 0.75,
        (2, 4, 2),
        dtypes=("float32", "float64"),
    ),
}  # fmt: skip
