"""One or more samples for every registered operation: how to call it, what NumPy says it is, and inputs to draw.

Elementwise operations bring their own sample: the row of the table says the domain and the NumPy reference. Every other
operation is listed here under its registered name; one that is missing fails the suite (test_registry.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from draws import Draw
from helpers import ALL_DTYPES, COMPLEX, FLOATS, INTEGERS, REAL
from philox import random_integers, random_permutation, random_words, split_keys
from scipy import special

import ingot as ig

OPS = {op["name"]: op for op in ig.core.registered_ops()}
ELEMENTWISE = {name: op for name, op in OPS.items() if op.get("arity")}

INEXACT = (*FLOATS, *COMPLEX)

#: Which dtypes each typing of the elementwise table takes.
TYPING_TAKES = {
    "numeric": ALL_DTYPES,
    "arithmetic": (*INTEGERS, *INEXACT),
    "real": REAL,
    "real_arithmetic": (*INTEGERS, *FLOATS),
    "inexact": ALL_DTYPES,
    "floating": REAL,
    "power": (*INTEGERS, *INEXACT),
    "magnitude": (*INTEGERS, *INEXACT),
    "part": ALL_DTYPES,
    "comparison": ALL_DTYPES,
    "ordering": REAL,
    "classification": ALL_DTYPES,
    "logical": ALL_DTYPES,
    "bits": ("bool", *INTEGERS),
    "shift": INTEGERS,
    "selection": ALL_DTYPES,
}


def result_dtype(typing: str, dtype: str) -> str:
    """The dtype that an elementwise operation of this typing gives for operands of one dtype."""
    if typing in ("comparison", "ordering", "classification", "logical"):
        return "bool"
    if typing in ("inexact", "floating") and dtype not in INEXACT:
        return "float32"
    if typing in ("magnitude", "part") and dtype in COMPLEX:
        return "float32" if dtype == "complex64" else "float64"
    return dtype


@dataclass(frozen=True)
class Sample:
    """One way to call an operation."""

    op: str
    label: str
    call: Callable
    reference: Callable
    draws: tuple[Draw, ...]
    dtypes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.op}-{self.label}" if self.label else self.op

    def inputs(self, rng: np.random.Generator, dtype: str) -> list[np.ndarray]:
        return [draw(rng, dtype) for draw in self.draws]

    def dtypes_of_inputs(self, dtype: str) -> list[str]:
        return [draw.dtype or dtype for draw in self.draws]

    @property
    def varying(self) -> list[int]:
        """Positions of the inputs that take the tested dtype, and so may carry a gradient."""
        return [i for i, draw in enumerate(self.draws) if draw.dtype is None]


def elementwise_sample(op: dict, shapes: tuple[tuple[int, ...], ...]) -> Sample:
    """The sample of a row of the table, on operands of the given shapes."""
    names = ("x", "y", "z")[: op["arity"]]
    reference = eval(f"lambda {', '.join(names)}: {op['reference']}", {"np": np, "special": special})
    draws = tuple(
        Draw(shape, op["sample"], dtype="bool" if op["typing"] == "selection" and i == 0 else None)
        for i, shape in enumerate(shapes)
    )
    label = "_".join("x".join(map(str, shape)) or "scalar" for shape in shapes)
    return Sample(op["name"], label, getattr(ig, op["name"]), reference, draws, TYPING_TAKES[op["typing"]])


def _sample(
    label: str, call: Callable, reference: Callable, *draws: Draw | tuple[int, ...], dtypes: tuple[str, ...] = INEXACT
) -> tuple:
    return label, call, reference, tuple(d if isinstance(d, Draw) else Draw(d) for d in draws), dtypes


def _logsumexp(x: np.ndarray, axis=None, keepdims: bool = False) -> np.ndarray:
    top = np.max(x, axis=axis, keepdims=True)
    total = top + np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True))
    return total if keepdims else np.squeeze(total, axis)


def _softmax(x: np.ndarray, axis: int) -> np.ndarray:
    return np.exp(x - _logsumexp(x, axis, keepdims=True))


SUMMABLE = (*INTEGERS, *INEXACT)


def _reduction(name: str, reference: Callable, dtypes: tuple[str, ...], domain: str = "any") -> list[tuple]:
    function = getattr(ig, name)
    return [
        _sample("all", function, reference, Draw((3, 4), domain), dtypes=dtypes),
        _sample(
            "last",
            lambda x: function(x, axis=-1),
            lambda x: reference(x, axis=-1),
            Draw((3, 4), domain),
            dtypes=dtypes,
        ),
        _sample(
            "first_two_keepdims",
            lambda x: function(x, axis=(0, 1), keepdims=True),
            lambda x: reference(x, axis=(0, 1), keepdims=True),
            Draw((2, 3, 2), domain),
            dtypes=dtypes,
        ),
    ]


def _matmul_sample(label: str, a: tuple[int, ...], b: tuple[int, ...]) -> tuple:
    return _sample(label, ig.matmul, np.matmul, a, b, dtypes=SUMMABLE)


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
    "argmax": [
        _sample("all", ig.argmax, np.argmax, Draw((3, 4), "distinct"), dtypes=REAL),
        _sample(
            "axis", lambda x: ig.argmax(x, axis=0), lambda x: np.argmax(x, 0), Draw((3, 4), "distinct"), dtypes=REAL
        ),
    ],
    "argmin": [
        _sample("all", ig.argmin, np.argmin, Draw((3, 4), "distinct"), dtypes=REAL),
        _sample(
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
        _sample("", lambda x: ig.reshape(x, (4, -1)), lambda x: x.reshape(4, -1), (2, 2, 3), dtypes=ALL_DTYPES),
        _sample("scalar", lambda x: ig.reshape(x, ()), lambda x: x.reshape(()), (1, 1), dtypes=ALL_DTYPES),
    ],
    "transpose": [
        _sample("", ig.transpose, np.transpose, (2, 3, 2), dtypes=ALL_DTYPES),
        _sample(
            "axes", lambda x: ig.transpose(x, (1, 2, 0)), lambda x: x.transpose(1, 2, 0), (2, 3, 2), dtypes=ALL_DTYPES
        ),
    ],
    "softmax": [
        _sample("", lambda x: ig.softmax(x, axis=-1), lambda x: _softmax(x, -1), (3, 4), dtypes=FLOATS),
        _sample("first", lambda x: ig.softmax(x, axis=0), lambda x: _softmax(x, 0), (3, 4), dtypes=FLOATS),
    ],
    "log_softmax": [
        _sample("", lambda x: ig.log_softmax(x, axis=-1), lambda x: x - _logsumexp(x, -1, True), (3, 4), dtypes=FLOATS),
        _sample(
            "first", lambda x: ig.log_softmax(x, axis=0), lambda x: x - _logsumexp(x, 0, True), (3, 4), dtypes=FLOATS
        ),
    ],
    "logsumexp": [
        _sample("all", ig.logsumexp, lambda x: _logsumexp(x, (0, 1)), (3, 4), dtypes=FLOATS),
        _sample("axis", lambda x: ig.logsumexp(x, axis=1), lambda x: _logsumexp(x, 1), (3, 4), dtypes=FLOATS),
    ],
    "astype": [
        _sample(
            "to_complex",
            lambda x: x.astype(ig.complex128),
            lambda x: x.astype(np.complex128),
            (3, 4),
            dtypes=ALL_DTYPES,
        ),
    ],
    "broadcast_to": [
        _sample(
            "",
            lambda x: ig.broadcast_to(x, (2, 3, 4)),
            lambda x: np.broadcast_to(x, (2, 3, 4)),
            (3, 1),
            dtypes=ALL_DTYPES,
        )
    ],
    "stop_gradient": [_sample("", ig.stop_gradient, lambda x: x, (3, 4), dtypes=ALL_DTYPES)],
    "contiguous": [
        _sample("", lambda x: ig.contiguous(ig.transpose(x)), lambda x: x.T, (3, 4), dtypes=ALL_DTYPES),
    ],
    "concatenate": [
        _sample(
            "first",
            lambda x, y: ig.concatenate([x, y, x]),
            lambda x, y: np.concatenate([x, y, x]),
            (1, 3),
            (2, 3),
            dtypes=ALL_DTYPES,
        ),
        _sample(
            "last",
            lambda x, y: ig.concatenate([x, y], axis=-1),
            lambda x, y: np.concatenate([x, y], axis=-1),
            (2, 2, 1),
            (2, 2, 3),
            dtypes=ALL_DTYPES,
        ),
    ],
    "slice": [
        _sample("step", lambda x: x[1:, ::2], lambda x: x[1:, ::2], (3, 5), dtypes=ALL_DTYPES),
        _sample("negative_step", lambda x: x[::-2, 3:0:-1], lambda x: x[::-2, 3:0:-1], (4, 5), dtypes=ALL_DTYPES),
        _sample("empty", lambda x: x[2:1], lambda x: x[2:1], (3, 2), dtypes=ALL_DTYPES),
    ],
    "slice_update": [
        _sample("step", _written(np.s_[1:, ::2]), _written_numpy(np.s_[1:, ::2]), (3, 4), (2, 2), dtypes=ALL_DTYPES),
        _sample("negative_step", _written(np.s_[::-2]), _written_numpy(np.s_[::-2]), (3, 4), (2, 4), dtypes=ALL_DTYPES),
        _sample("integer", _written(np.s_[1]), _written_numpy(np.s_[1]), (3, 4), (4,), dtypes=ALL_DTYPES),
    ],
    "gather": [
        _sample(
            "first", lambda x, i: x[i], lambda x, i: x[i], (3, 4), Draw((5,), "index_of_3", "int32"), dtypes=ALL_DTYPES
        ),
        _sample(
            "take_last",
            lambda x, i: ig.take(x, i, axis=-1),
            lambda x, i: np.take(x, i, axis=-1),
            (2, 3),
            Draw((2, 2), "index_of_3", "int64"),
            dtypes=ALL_DTYPES,
        ),
        _sample(
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
        _sample(
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
        _sample(
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
        _sample(
            "",
            lambda key: ig.random.bits((2, 5), key=key),
            lambda key: random_words(key, 10).reshape(2, 5),
            KEY,
            dtypes=("uint32",),
        ),
    ],
    "random_integers": [
        _sample(
            "",
            lambda key: ig.random.randint((7,), -5, 20, key=key),
            lambda key: random_integers(key, 7, -5, 20),
            KEY,
            dtypes=("uint32",),
        ),
    ],
    "random_permutation": [
        _sample(
            "",
            lambda key: ig.random.permutation(9, key=key),
            lambda key: random_permutation(key, 9),
            KEY,
            dtypes=("uint32",),
        ),
    ],
    "split_key": [
        _sample("", lambda key: ig.random.split(key, 3), lambda key: split_keys(key, 3), KEY, dtypes=("uint32",)),
    ],
}


#: Functions made of other operations: they need no rules, but their values and gradients are tested all the same.
COMPOSITES: dict[str, list[tuple]] = {
    "mean": _reduction("mean", np.mean, INEXACT),
    "var": _reduction("var", np.var, FLOATS),
    "std": _reduction("std", np.std, FLOATS),
    "linear": [
        _sample("", lambda x, w, b: ig.nn.functional.linear(x, w, b), lambda x, w, b: x @ w.T + b, (3, 4), (2, 4), (2,))
    ],
    "take_along_axis": [
        _sample(
            "",
            lambda x, i: ig.take_along_axis(x, i, axis=0),
            lambda x, i: np.take_along_axis(x, i, axis=0),
            (3, 4),
            Draw((2, 4), "index_of_3", "int32"),
            dtypes=ALL_DTYPES,
        )
    ],
    "pad": [_sample("", lambda x: ig.pad(x, ((1, 2), (0, 1))), lambda x: np.pad(x, ((1, 2), (0, 1))), (2, 3))],
    "stack": [
        _sample("", lambda x, y: ig.stack([x, y], axis=1), lambda x, y: np.stack([x, y], axis=1), (2, 3), (2, 3))
    ],
    "tile": [_sample("", lambda x: ig.tile(x, (2, 1, 2)), lambda x: np.tile(x, (2, 1, 2)), (2, 3))],
    "clip": [
        _sample(
            "",
            lambda x: ig.clip(x, -0.4, 0.5),
            lambda x: np.clip(x, -0.4, 0.5),
            Draw((3, 4), "distinct"),
            dtypes=FLOATS,
        )
    ],
}

#: What the suite needs to know of each operation, registered or composite.
INFO: dict[str, dict] = {name: {"name": name, "kind": "composite", "differentiable": True} for name in COMPOSITES} | OPS


def _all_samples() -> list[Sample]:
    samples = [elementwise_sample(op, ((3, 4),) * op["arity"]) for op in ELEMENTWISE.values()]
    for op, entries in (STRUCTURED | COMPOSITES).items():
        samples += [Sample(op, *entry) for entry in entries]
    return samples


SAMPLES = _all_samples()
