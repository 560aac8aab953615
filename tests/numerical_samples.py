"""Samples of functions given by samples, polynomials, insertion and removal, and short-time transforms."""

from __future__ import annotations

import numpy as np
from draws import Draw
from helpers import ALL_DTYPES
from sample_entries import INEXACT, SUMMABLE, sample

import ingot as ig

REALS = ("float32", "float64")
WIDE = ("float32", "float64", "complex64", "complex128")
PLACES = np.array([0.0, 0.5, 2.0, 3.0, 4.5])
WINDOW = np.hanning(9)[:-1]
BETWEEN, BEYOND, AROUND = (
    np.array(v) for v in ([-1.0, 0.2, 1.0, 3.0, 4.4, 9.0], [-1.0, 9.0, 0.3], [-1.0, 9.0, 0.3, 4.9])
)
KNOTS = np.array([-2.05, -0.91, 0.57, 1.93])


def _like(values: np.ndarray, x):
    return ig.array(values).astype(x.dtype)


def _framed(x: np.ndarray) -> np.ndarray:
    """Short-time spectra with frames of 8, 3 apart, of a signal padded by 4."""
    padded = np.pad(x, [(0, 0), (4, 4)], mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, 8, axis=1)[:, ::3]
    return np.swapaxes(np.fft.rfft(frames * WINDOW, axis=-1), 1, 2)


def _there_and_back(x):
    window = ig.array(WINDOW).astype(x.dtype)
    return ig.istft(ig.stft(x, 8, 2, window=window), 8, 2, window=window, length=x.shape[1])


COMPOSITES: dict[str, list[tuple]] = {
    "interp": [
        sample(
            "values",
            lambda f: ig.interp(_like(BETWEEN, f), _like(PLACES, f), f),
            lambda f: np.interp(BETWEEN, PLACES, f),
            (5,),
            dtypes=REALS,
        ),
        sample(
            "places",
            lambda x: ig.interp(x, _like(KNOTS, x), [1.0, 0.0, 3.0, 2.0]),
            lambda x: np.interp(x, KNOTS, [1.0, 0.0, 3.0, 2.0]),
            Draw((2, 3), "distinct"),
            dtypes=REALS,
        ),
        sample(
            "ends",
            lambda f: ig.interp(_like(BEYOND, f), _like(PLACES, f), f, left=-7.0, right=8.0),
            lambda f: np.interp(BEYOND, PLACES, f, left=-7.0, right=8.0),
            (5,),
            dtypes=REALS,
        ),
        sample(
            "period",
            lambda f: ig.interp(_like(AROUND, f), _like(PLACES[::-1].copy(), f), f, period=5.0),
            lambda f: np.interp(AROUND, PLACES[::-1], f, period=5.0),
            (5,),
            dtypes=REALS,
        ),
    ],
    "gradient": [
        sample("distance", lambda x: ig.gradient(x, 0.5), lambda x: np.gradient(x, 0.5), (6,), dtypes=INEXACT),
        sample(
            "coordinates",
            lambda x: ig.gradient(x, PLACES, axis=1, edge_order=2),
            lambda x: np.gradient(x, PLACES, axis=1, edge_order=2),
            (3, 5),
            dtypes=WIDE,
        ),
        sample("axes", lambda x: ig.gradient(x)[1], lambda x: np.gradient(x)[1], (3, 4), dtypes=WIDE),
        sample(
            "short", lambda x: ig.gradient(x, axis=0), lambda x: np.gradient(x, axis=0), (2, 3), dtypes=("float64",)
        ),
    ],
    "trapezoid": [
        sample(
            "distance",
            lambda y: ig.trapezoid(y, dx=0.5, axis=0),
            lambda y: np.trapezoid(y, dx=0.5, axis=0),
            (4, 3),
            dtypes=INEXACT,
        ),
        sample("places", ig.trapezoid, np.trapezoid, (3, 5), Draw((5,)), dtypes=WIDE),
        sample("each", ig.trapezoid, np.trapezoid, (2, 5), Draw((2, 5)), dtypes=("float64",)),
    ],
    "cumulative_trapezoid": [
        sample(
            "",
            lambda y: ig.cumulative_trapezoid(y, ig.abs(_like(PLACES, y)), dim=-1),
            lambda y: np.cumsum(np.diff(PLACES) * (y[:, 1:] + y[:, :-1]) / 2, 1),
            (3, 5),
            dtypes=WIDE,
        )
    ],
    "unwrap": [
        sample("", lambda x: ig.unwrap(3 * x), lambda x: np.unwrap(3 * x), Draw((3, 5), "distinct"), dtypes=REALS),
        sample(
            "period",
            lambda x: ig.unwrap(5 * x, axis=0, period=2.0, discont=1.5),
            lambda x: np.unwrap(5 * x, axis=0, period=2.0, discont=1.5),
            Draw((5, 2), "distinct"),
            dtypes=("float64",),
        ),
    ],
    "polyval": [sample("", ig.polyval, np.polyval, (4,), (2, 3), dtypes=SUMMABLE)],
    "polyfit": [
        sample("", lambda y: ig.polyfit(PLACES, y, 2), lambda y: np.polyfit(PLACES, y, 2), (5, 2), dtypes=("float64",)),
        sample(
            "weights",
            lambda y: ig.polyfit(PLACES, y, 1, w=[1.0, 2.0, 1.0, 0.5, 3.0]),
            lambda y: np.polyfit(PLACES, y, 1, w=[1.0, 2.0, 1.0, 0.5, 3.0]),
            (5,),
            dtypes=("float64",),
        ),
    ],
    "append": [
        sample("flat", ig.append, np.append, (2, 3), (2,), dtypes=ALL_DTYPES),
        sample(
            "axis", lambda x, y: ig.append(x, y, 1), lambda x, y: np.append(x, y, 1), (2, 3), (2, 1), dtypes=INEXACT
        ),
    ],
    "insert": [
        sample(
            "block", lambda x, v: ig.insert(x, 1, v), lambda x, v: np.insert(x, 1, v), (4,), (2,), dtypes=ALL_DTYPES
        ),
        sample(
            "several",
            lambda x, v: ig.insert(x, [3, 0, -1, 0], v, axis=1),
            lambda x, v: np.insert(x, [3, 0, -1, 0], v, axis=1),
            (2, 3),
            (2, 4),
            dtypes=INEXACT,
        ),
        sample(
            "row", lambda x, v: ig.insert(x, 1, v, 0), lambda x, v: np.insert(x, 1, v, 0), (2, 3), (3,), dtypes=INEXACT
        ),
    ],
    "delete": [
        sample("flat", lambda x: ig.delete(x, [0, -1, 0]), lambda x: np.delete(x, [0, -1, 0]), (2, 3), dtypes=INEXACT),
        sample(
            "slice",
            lambda x: ig.delete(x, slice(None, None, 2), 1),
            lambda x: np.delete(x, slice(None, None, 2), 1),
            (2, 5),
            dtypes=ALL_DTYPES,
        ),
    ],
    "ediff1d": [
        sample(
            "",
            lambda x, b, e: ig.ediff1d(x, to_begin=b, to_end=e),
            lambda x, b, e: np.ediff1d(x, to_begin=b, to_end=e),
            (2, 3),
            (2,),
            (1,),
            dtypes=SUMMABLE,
        )
    ],
    "nancumsum": [sample("", lambda x: ig.nancumsum(x, 1), lambda x: np.nancumsum(x, 1), (2, 4), dtypes=SUMMABLE)],
    "nancumprod": [
        sample(
            "", lambda x: ig.nancumprod(x, 1), lambda x: np.nancumprod(x, 1), Draw((2, 4), "nonzero"), dtypes=INEXACT
        )
    ],
    "frac": [
        sample("", ig.frac, lambda x: x - np.trunc(x), Draw((2, 4), "between_integers"), dtypes=("float32", "float64"))
    ],
    "dist": [
        sample(
            "", lambda x, y: ig.dist(x, y, 3), lambda x, y: (abs(x - y) ** 3).sum() ** (1 / 3), (4,), (4,), dtypes=REALS
        )
    ],
    "stft": [
        sample(
            "",
            lambda x: ig.stft(x, 8, 3, window=ig.array(WINDOW).astype(x.dtype)),
            _framed,
            (2, 16),
            dtypes=("float32", "float64"),
        )
    ],
    "istft": [sample("", _there_and_back, lambda x: x, (2, 16), dtypes=("float32", "float64"))],
}
