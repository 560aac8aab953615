"""Samples of scans, sorts, searches, statistics and samplers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from draws import Draw
from helpers import ALL_DTYPES, FLOATS, REAL
from philox import random_choices, random_geometric
from sample_entries import INEXACT, SUMMABLE, gradient, sample

import ingot as ig

KEY = Draw((2,), "word", "uint32")


def _scan(name: str, accumulate: Callable, dtypes: tuple[str, ...], domain: str = "any") -> list[tuple]:
    """A running reduction, in both directions, with and without its own element."""
    function = getattr(ig, name)

    def flipped(x: np.ndarray) -> np.ndarray:
        return np.flip(accumulate(np.flip(x, 0), 0), 0)

    return [
        sample("flat", function, lambda x: accumulate(x.reshape(-1), 0), Draw((2, 3), domain), dtypes=dtypes),
        sample(
            "last", lambda x: function(x, axis=-1), lambda x: accumulate(x, -1), Draw((3, 4), domain), dtypes=dtypes
        ),
        sample(
            "middle", lambda x: function(x, axis=1), lambda x: accumulate(x, 1), Draw((2, 3, 2), domain), dtypes=dtypes
        ),
        sample("reverse", lambda x: function(x, axis=0, reverse=True), flipped, Draw((4, 2), domain), dtypes=dtypes),
    ]


def _exclusive(name: str, accumulate: Callable, initial: float) -> list[tuple]:
    function = getattr(ig, name)

    def longer(x: np.ndarray) -> np.ndarray:
        return np.concatenate([np.full((x.shape[0], 1), initial, x.dtype), accumulate(x, 1)], axis=1)

    return [
        sample("exclusive", lambda x: function(x, axis=1, inclusive=False), lambda x: longer(x)[:, :-1], (2, 4)),
        sample("include_initial", lambda x: function(x, axis=1, include_initial=True), longer, (2, 4)),
    ]


def _recurrence(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    h = b.copy()
    for i in range(1, b.shape[-1]):
        h[..., i] += a[..., i] * h[..., i - 1]
    return h


def _with_zeros(x):
    """Two zeros in a row of numbers, and one in another."""
    mask = np.ones((3, 5))
    mask[0, [1, 3]] = mask[1, 2] = 0
    return x * ig.array(mask).astype(x.dtype) if isinstance(x, ig.array) else x * mask


def _running_index(x: np.ndarray, accumulate: Callable) -> np.ndarray:
    best = accumulate(x, 1)
    positions = np.where(x == best, np.arange(x.shape[1]), 0)
    return np.maximum.accumulate(positions, 1)


def _order(x: np.ndarray, axis: int = -1) -> np.ndarray:
    return np.argsort(x, axis=axis, kind="stable")


def _descending(x: np.ndarray) -> np.ndarray:
    flipped = np.flip(x, -1)
    return x.shape[-1] - 1 - np.flip(np.argsort(flipped, axis=-1, kind="stable"), -1)


DISTINCT = Draw((3, 5), "distinct")

STRUCTURED: dict[str, list[tuple]] = {
    "cumsum": [*_scan("cumsum", np.cumsum, SUMMABLE), *_exclusive("cumsum", np.cumsum, 0)],
    "cumprod": [
        *_scan("cumprod", np.cumprod, INEXACT, "nonzero"),
        *_exclusive("cumprod", np.cumprod, 1),
        sample(
            "zeros",
            lambda x: ig.cumprod(_with_zeros(x), axis=1),
            lambda x: np.cumprod(_with_zeros(x), axis=1),
            (3, 5),
            dtypes=("float32", "float64", "complex128"),
        ),
    ],
    "checked_cumsum": [
        sample("last", lambda x: ig.cumsum(x, axis=1), lambda x: np.cumsum(x, 1), (3, 4), dtypes=("int32", "uint32")),
        sample("first", lambda x: ig.cumsum(x, axis=0), lambda x: np.cumsum(x, 0), (3, 4), dtypes=("int32", "uint32")),
    ],
    "logcumsumexp": _scan("logcumsumexp", np.logaddexp.accumulate, FLOATS),
    "linear_recurrence": [
        sample("", ig.linear_recurrence, _recurrence, (2, 5), (2, 5), dtypes=INEXACT),
        sample(
            "reverse",
            lambda a, b: ig.linear_recurrence(a, b, axis=0, reverse=True),
            lambda a, b: np.flip(_recurrence(np.flip(a.T, -1), np.flip(b.T, -1)), -1).T,
            (4, 2),
            (4, 2),
            dtypes=INEXACT,
        ),
    ],
    "cummax_index": [
        sample(
            "",
            lambda x: ig.cummax(x, axis=1).indices,
            lambda x: _running_index(x, np.maximum.accumulate),
            Draw((3, 5), "any"),
            dtypes=REAL,
        )
    ],
    "cummin_index": [
        sample(
            "",
            lambda x: ig.cummin(x, axis=1).indices,
            lambda x: _running_index(x, np.minimum.accumulate),
            Draw((3, 5), "any"),
            dtypes=REAL,
        )
    ],
    "sort": [
        sample("last", ig.sort, lambda x: np.sort(x, axis=-1), DISTINCT, dtypes=ALL_DTYPES),
        sample("first", lambda x: ig.sort(x, axis=0), lambda x: np.sort(x, axis=0), DISTINCT, dtypes=ALL_DTYPES),
        sample(
            "descending",
            lambda x: ig.sort(x, descending=True),
            lambda x: np.flip(np.sort(x, axis=-1), -1),
            DISTINCT,
            dtypes=ALL_DTYPES,
        ),
    ],
    "argsort": [
        sample("last", ig.argsort, _order, Draw((3, 5)), dtypes=ALL_DTYPES),
        sample("first", lambda x: ig.argsort(x, axis=0), lambda x: _order(x, 0), Draw((5, 3)), dtypes=ALL_DTYPES),
        sample("descending", lambda x: ig.argsort(x, descending=True), _descending, Draw((3, 5)), dtypes=REAL),
    ],
    "argtopk": [
        sample("", lambda x: ig.topk(x, 2).indices, lambda x: _descending(x)[:, :2], Draw((3, 5)), dtypes=REAL),
        sample(
            "smallest",
            lambda x: ig.topk(x, 3, 0, largest=False).indices,
            lambda x: _order(x, 0)[:3],
            Draw((5, 2)),
            dtypes=REAL,
        ),
    ],
    "searchsorted": [
        sample(
            "left",
            lambda x, v: ig.searchsorted(ig.sort(x), v),
            lambda x, v: np.searchsorted(np.sort(x), v),
            Draw((6,)),
            Draw((2, 3)),
            dtypes=REAL,
        ),
        sample(
            "right_rows",
            lambda x, v: ig.searchsorted(ig.sort(x), v, side="right"),
            lambda x, v: np.stack([np.searchsorted(np.sort(a), b, "right") for a, b in zip(x, v, strict=True)]),
            Draw((2, 5)),
            Draw((2, 3)),
            dtypes=REAL,
        ),
    ],
    "random_geometric": [
        sample(
            "",
            lambda key: ig.random.geometric(0.25, (9,), key=key),
            lambda key: random_geometric(key, 9, 0.25),
            KEY,
            dtypes=("uint32",),
        )
    ],
    "random_choice": [
        sample(
            "",
            lambda key: ig.random.multinomial(ig.array([1.0, 2.0, 5.0]), 7, True, key=key),
            lambda key: random_choices(key, 7, [1, 2, 5]),
            KEY,
            dtypes=("uint32",),
        )
    ],
}

NAN_ROW = np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]])


def _with_nan(function: Callable) -> Callable:
    """`function` of an array (3, 4) some of whose elements are made NaN."""

    def call(x):
        if isinstance(x, ig.array):
            return function(ig.where(ig.array(NAN_ROW) != 0, ig.nan, x))
        return function(np.where(NAN_ROW != 0, np.nan, x))

    return call


def _nan_reduction(name: str) -> list[tuple]:
    ours, numpys = getattr(ig, name), getattr(np, name)
    return [
        sample("all", _with_nan(ours), _with_nan(numpys), Draw((3, 4), "nonzero"), dtypes=("float32", "float64")),
        sample(
            "axis",
            _with_nan(lambda x: ours(x, axis=0, keepdims=True)),
            _with_nan(lambda x: numpys(x, axis=0, keepdims=True)),
            Draw((3, 4), "distinct"),
            dtypes=("float32", "float64"),
        ),
    ]


METHODS = (
    *("linear", "lower", "higher", "midpoint", "nearest"),
    *("interpolated_inverted_cdf", "hazen", "weibull", "median_unbiased", "normal_unbiased"),
)


def _quantile(method: str) -> tuple:
    return sample(
        method,
        lambda x: ig.quantile(x, [0.1, 0.35, 0.9], axis=1, method=method),
        lambda x: np.quantile(x, [0.1, 0.35, 0.9], axis=1, method=method),
        Draw((2, 7), "distinct"),
        dtypes=("float32", "float64"),
    )


COMPOSITES: dict[str, list[tuple]] = {
    "cummax": [
        sample("", lambda x: ig.cummax(x, 1).values, lambda x: np.maximum.accumulate(x, 1), DISTINCT, dtypes=REAL)
    ],
    "cummin": [
        sample("", lambda x: ig.cummin(x, 0).values, lambda x: np.minimum.accumulate(x, 0), DISTINCT, dtypes=REAL)
    ],
    "diff": [
        sample("", lambda x: ig.diff(x), lambda x: np.diff(x), (3, 4)),
        sample("second", lambda x: ig.diff(x, 2, axis=0), lambda x: np.diff(x, 2, axis=0), (4, 2)),
        sample("prepend", lambda x: ig.diff(x, prepend=0), lambda x: np.diff(x, prepend=0), (3,)),
    ],
    "sort_with_indices": [
        sample("", lambda x: x.sort(0)[0], lambda x: np.sort(x, 0), Draw((4, 3), "distinct"), dtypes=FLOATS)
    ],
    "topk": [
        sample("", lambda x: ig.topk(x, 2)[0], lambda x: -np.sort(-x)[:, :2], Draw((3, 5), "distinct"), dtypes=FLOATS)
    ],
    "kthvalue": [
        sample("", lambda x: ig.kthvalue(x, 2)[0], lambda x: np.sort(x)[:, 1], Draw((3, 5), "distinct"), dtypes=FLOATS)
    ],
    "max_with_index": [
        sample("", lambda x: ig.max(x, 1).values, lambda x: x.max(1), Draw((3, 5), "distinct"), dtypes=FLOATS)
    ],
    "median": [
        sample("odd", ig.median, np.median, Draw((3, 5), "distinct"), dtypes=("float32", "float64")),
        sample(
            "axis",
            lambda x: ig.median(x, axis=0),
            lambda x: np.quantile(x, 0.5, axis=0, method="lower"),
            Draw((4, 3), "distinct"),
            dtypes=("float32", "float64"),
        ),
    ],
    "quantile": [_quantile(method) for method in METHODS],
    "nanquantile": [
        sample(
            "",
            _with_nan(lambda x: ig.nanquantile(x, 0.3, axis=1)),
            _with_nan(lambda x: np.nanquantile(x, 0.3, axis=1)),
            Draw((3, 4), "distinct"),
            dtypes=("float32", "float64"),
        )
    ],
    **{name: _nan_reduction(name) for name in ("nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nanmax", "nanmin")},
    "average": [
        sample(
            "",
            lambda x, w: ig.average(x, axis=1, weights=w),
            lambda x, w: np.average(x, axis=1, weights=w),
            (3, 4),
            Draw((4,), "positive"),
            dtypes=("float32", "float64"),
        )
    ],
    "cov": [
        sample("", lambda x: ig.cov(x), lambda x: np.cov(x), (3, 6), dtypes=("float32", "float64", "complex128")),
        sample(
            "weights",
            lambda x, w: ig.cov(x, aweights=w),
            lambda x, w: np.cov(x, aweights=w),
            (2, 6),
            Draw((6,), "positive"),
            dtypes=("float64",),
        ),
    ],
    "corrcoef": [sample("", ig.corrcoef, np.corrcoef, (3, 6), dtypes=("float32", "float64"))],
    "ptp": [
        sample("", lambda x: ig.ptp(x, axis=0), lambda x: np.ptp(x, axis=0), Draw((4, 3), "distinct"), dtypes=FLOATS)
    ],
    "gradient_of_sort": [
        sample(
            "",
            lambda x, g: gradient(ig.sort, 0)(x, g),
            lambda x, g: np.take_along_axis(g, np.argsort(np.argsort(x)), -1),
            Draw((2, 5), "distinct"),
            (2, 5),
            dtypes=("float64",),
        )
    ],
}
