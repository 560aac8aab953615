"""Samples of operations on arrays: reductions, products, views, joining, indexing, random numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from draws import Draw
from helpers import ALL_DTYPES, FLOATS, REAL
from philox import random_integers, random_permutation, random_words, split_keys
from sample_entries import INEXACT, SUMMABLE, gradient, sample

import ingot as ig


def _reduction(name: str, reference: Callable, dtypes: tuple[str, ...], domain: str = "any") -> list[tuple]:
    function = getattr(ig, name)
    return [
        sample("all", function, reference, Draw((3, 4), domain), dtypes=dtypes),
        sample(
            "last",
            lambda x: function(x, axis=-1),
            lambda x: reference(x, axis=-1),
            Draw((3, 4), domain),
            dtypes=dtypes,
        ),
        sample(
            "first_two_keepdims",
            lambda x: function(x, axis=(0, 1), keepdims=True),
            lambda x: reference(x, axis=(0, 1), keepdims=True),
            Draw((2, 3, 2), domain),
            dtypes=dtypes,
        ),
    ]


def _matmul_sample(label: str, a: tuple[int, ...], b: tuple[int, ...]) -> tuple:
    return sample(label, ig.matmul, np.matmul, a, b, dtypes=SUMMABLE)


def _written(index: object) -> Callable:
    """A copy of `x` in which `x[index]` is `v`."""

    def write(x, v):
        y = x.reshape(x.shape)
        y[index] = v
        return y

    return write


def _written_numpy(index: object) -> Callable:
    def write(x: np.ndarray, v: np.ndarray) -> np.ndarray:
        y = x.copy()
        y[index] = v
        return y

    return write


def _added_numpy(x: np.ndarray, v: np.ndarray, i: np.ndarray) -> np.ndarray:
    y = x.copy()
    np.add.at(y, i, v)
    return y


KEY = Draw((2,), "word", "uint32")


#: By registered name: (label, call, NumPy reference, draws, dtypes).
STRUCTURED: dict[str, list[tuple]] = {
    "sum": _reduction("sum", np.sum, SUMMABLE),
    "prod": _reduction("prod", np.prod, INEXACT, "nonzero"),
    "max": _reduction("max", np.max, REAL, "distinct"),
    "min": _reduction("min", np.min, REAL, "distinct"),
    "all": _reduction("all", np.all, ALL_DTYPES),
    "any": _reduction("any", np.any, ALL_DTYPES),
    "fit_integer": [
        sample("sum", lambda x: ig.sum(x, axis=0), lambda x: np.sum(x, 0), (3, 4), dtypes=("int32", "uint32")),
        sample("row", lambda x: ig.sum(x, axis=1), lambda x: np.sum(x, 1), (3, 4), dtypes=("uint32",)),
    ],
    "argmax": [
        sample("all", ig.argmax, np.argmax, Draw((3, 4), "distinct"), dtypes=REAL),
        sample(
            "axis", lambda x: ig.argmax(x, axis=0), lambda x: np.argmax(x, 0), Draw((3, 4), "distinct"), dtypes=REAL
        ),
    ],
    "argmin": [
        sample("all", ig.argmin, np.argmin, Draw((3, 4), "distinct"), dtypes=REAL),
        sample(
            "axis", lambda x: ig.argmin(x, axis=1), lambda x: np.argmin(x, 1), Draw((3, 4), "distinct"), dtypes=REAL
        ),
    ],
    "matmul": [
        _matmul_sample("2d", (3, 4), (4, 2)),
        _matmul_sample("dot", (4,), (4,)),
        _matmul_sample("row", (4,), (4, 2)),
        _matmul_sample("column", (3, 4), (4,)),
        _matmul_sample("batched", (2, 3, 4), (2, 4, 2)),
        _matmul_sample("broadcast", (2, 1, 2, 3), (3, 3, 2)),
    ],
    "reshape": [
        sample("", lambda x: ig.reshape(x, (4, -1)), lambda x: x.reshape(4, -1), (2, 2, 3), dtypes=ALL_DTYPES),
        sample("scalar", lambda x: ig.reshape(x, ()), lambda x: x.reshape(()), (1, 1), dtypes=ALL_DTYPES),
    ],
    "transpose": [
        sample("", ig.transpose, np.transpose, (2, 3, 2), dtypes=ALL_DTYPES),
        sample(
            "axes", lambda x: ig.transpose(x, (1, 2, 0)), lambda x: x.transpose(1, 2, 0), (2, 3, 2), dtypes=ALL_DTYPES
        ),
    ],
    "astype": [
        sample(
            "to_complex",
            lambda x: x.astype(ig.complex128),
            lambda x: x.astype(np.complex128),
            (3, 4),
            dtypes=ALL_DTYPES,
        ),
    ],
    "broadcast_to": [
        sample(
            "",
            lambda x: ig.broadcast_to(x, (2, 3, 4)),
            lambda x: np.broadcast_to(x, (2, 3, 4)),
            (3, 1),
            dtypes=ALL_DTYPES,
        )
    ],
    "stop_gradient": [sample("", ig.stop_gradient, lambda x: x, (3, 4), dtypes=ALL_DTYPES)],
    "contiguous": [
        sample("", lambda x: ig.contiguous(ig.transpose(x)), lambda x: x.T, (3, 4), dtypes=ALL_DTYPES),
    ],
    "concatenate": [
        sample(
            "first",
            lambda x, y: ig.concatenate([x, y, x]),
            lambda x, y: np.concatenate([x, y, x]),
            (1, 3),
            (2, 3),
            dtypes=ALL_DTYPES,
        ),
        sample(
            "last",
            lambda x, y: ig.concatenate([x, y], axis=-1),
            lambda x, y: np.concatenate([x, y], axis=-1),
            (2, 2, 1),
            (2, 2, 3),
            dtypes=ALL_DTYPES,
        ),
    ],
    "slice": [
        sample("step", lambda x: x[1:, ::2], lambda x: x[1:, ::2], (3, 5), dtypes=ALL_DTYPES),
        sample("negative_step", lambda x: x[::-2, 3:0:-1], lambda x: x[::-2, 3:0:-1], (4, 5), dtypes=ALL_DTYPES),
        sample("empty", lambda x: x[2:1], lambda x: x[2:1], (3, 2), dtypes=ALL_DTYPES),
    ],
    "reinterpret": [
        sample(
            "pairs_as_complex",
            lambda x: ig.view(x, ig.complex64 if x.dtype == ig.float32 else ig.complex128),
            lambda x: x[:, ::2] + 1j * x[:, 1::2],
            (3, 4),
            dtypes=("float32", "float64"),
        ),
        sample(
            "complex_as_pairs",
            lambda x: ig.view(x, ig.float32 if x.dtype == ig.complex64 else ig.float64),
            lambda x: np.stack([x.real, x.imag], -1).reshape(3, 8),
            (3, 4),
            dtypes=("complex64", "complex128"),
        ),
    ],
    "place_slice": [
        sample(
            "step",
            lambda x, g: gradient(lambda x: x[1:, ::2], 0)(x, g),
            lambda x, g: _written_numpy(np.s_[1:, ::2])(np.zeros_like(x), g),
            (3, 4),
            (2, 2),
        ),
        sample(
            "negative_step",
            lambda x, g: gradient(lambda x: x[::-2], 0)(x, g),
            lambda x, g: _written_numpy(np.s_[::-2])(np.zeros_like(x), g),
            (3, 4),
            (2, 4),
        ),
        sample(
            "with_a_gap",
            lambda x, g: gradient(lambda x: x[2] * 3 + x[0], 0)(x, g),
            lambda x, g: np.stack([g, 0 * g, 3 * g]),
            (3, 4),
            (4,),
        ),
        sample(
            "overlapping",
            lambda x, g: gradient(lambda x: x[:2] * 3 + x[1:], 0)(x, g),
            lambda x, g: np.concatenate([3 * g[:1], 3 * g[1:] + g[:1], g[1:]]),
            (3, 4),
            (2, 4),
        ),
    ],
    "slice_update": [
        sample("step", _written(np.s_[1:, ::2]), _written_numpy(np.s_[1:, ::2]), (3, 4), (2, 2), dtypes=ALL_DTYPES),
        sample("negative_step", _written(np.s_[::-2]), _written_numpy(np.s_[::-2]), (3, 4), (2, 4), dtypes=ALL_DTYPES),
        sample("integer", _written(np.s_[1]), _written_numpy(np.s_[1]), (3, 4), (4,), dtypes=ALL_DTYPES),
    ],
    "gather": [
        sample(
            "first", lambda x, i: x[i], lambda x, i: x[i], (3, 4), Draw((5,), "index_of_3", "int32"), dtypes=ALL_DTYPES
        ),
        sample(
            "take_last",
            lambda x, i: ig.take(x, i, axis=-1),
            lambda x, i: np.take(x, i, axis=-1),
            (2, 3),
            Draw((2, 2), "index_of_3", "int64"),
            dtypes=ALL_DTYPES,
        ),
        sample(
            "two_indices",
            lambda x, i, j: x[i, :, j],
            lambda x, i, j: x[i, :, j],
            (3, 2, 4),
            Draw((3, 1), "index_of_3", "int32"),
            Draw((2,), "index_of_4", "int64"),
            dtypes=ALL_DTYPES,
        ),
    ],
    "scatter": [
        sample(
            "",
            lambda x, v, i: _written(i)(x, v),
            lambda x, v, i: _written_numpy(i)(x, v),
            (4, 3),
            (2, 3),
            Draw((2,), "index_of_4", "int32"),
            dtypes=ALL_DTYPES,
        ),
    ],
    "scatter_add": [
        sample(
            "",
            lambda x, v, i: ig.index_add(x, i, v),
            _added_numpy,
            (4, 3),
            (5, 3),
            Draw((5,), "index_of_4", "int32"),
            dtypes=SUMMABLE,
        ),
    ],
    "random_bits": [
        sample(
            "",
            lambda key: ig.random.bits((2, 5), key=key),
            lambda key: random_words(key, 10).reshape(2, 5),
            KEY,
            dtypes=("uint32",),
        ),
    ],
    "random_integers": [
        sample(
            "",
            lambda key: ig.random.randint((7,), -5, 20, key=key),
            lambda key: random_integers(key, 7, -5, 20),
            KEY,
            dtypes=("uint32",),
        ),
    ],
    "random_permutation": [
        sample(
            "",
            lambda key: ig.random.permutation(9, key=key),
            lambda key: random_permutation(key, 9),
            KEY,
            dtypes=("uint32",),
        ),
    ],
    "split_key": [
        sample("", lambda key: ig.random.split(key, 3), lambda key: split_keys(key, 3), KEY, dtypes=("uint32",)),
    ],
}

#: Functions made of other operations: they need no rules, but their values and gradients are tested all the same.
COMPOSITES: dict[str, list[tuple]] = {
    "mean": _reduction("mean", np.mean, INEXACT),
    "var": _reduction("var", np.var, FLOATS),
    "std": _reduction("std", np.std, FLOATS),
    "take_along_axis": [
        sample(
            "",
            lambda x, i: ig.take_along_axis(x, i, axis=0),
            lambda x, i: np.take_along_axis(x, i, axis=0),
            (3, 4),
            Draw((2, 4), "index_of_3", "int32"),
            dtypes=ALL_DTYPES,
        )
    ],
    "pad": [sample("", lambda x: ig.pad(x, ((1, 2), (0, 1))), lambda x: np.pad(x, ((1, 2), (0, 1))), (2, 3))],
    "stack": [sample("", lambda x, y: ig.stack([x, y], axis=1), lambda x, y: np.stack([x, y], axis=1), (2, 3), (2, 3))],
    "joined_slices": [
        sample(
            "joined",
            lambda x, g: gradient(lambda x: x[:, :2] * 2 + x[:, 2:], 0)(x, g),
            lambda x, g: np.concatenate([2 * g, g], axis=1),
            (3, 4),
            (3, 2),
        ),
    ],
    "tile": [sample("", lambda x: ig.tile(x, (2, 1, 2)), lambda x: np.tile(x, (2, 1, 2)), (2, 3))],
    "clip": [
        sample(
            "",
            lambda x: ig.clip(x, -0.4, 0.5),
            lambda x: np.clip(x, -0.4, 0.5),
            Draw((3, 4), "distinct"),
            dtypes=FLOATS,
        )
    ],
}
