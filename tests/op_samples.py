"""One or more samples for every registered operation: how to call it, what NumPy says it is, and inputs to draw.

Elementwise operations bring their own sample: the row of the table says the domain and the NumPy reference. Every other
operation is listed here under its registered name; one that is missing fails the suite (test_registry.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import spatial_reference as spatial
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


def _gradient(function: Callable, argnum: int) -> Callable:
    """The gradient of `function` by one argument, as a function of its arguments and the cotangent of the result."""

    def pull(*operands):
        *arguments, cotangent = operands
        varying = [i for i, x in enumerate(arguments) if x.dtype == cotangent.dtype]

        def of_varying(*moved):
            full = list(arguments)
            for i, x in zip(varying, moved, strict=True):
                full[i] = x
            return function(*full)

        _, gradients = ig.vjp(of_varying, [arguments[i] for i in varying], [cotangent])
        return gradients[varying.index(argnum)]

    return pull


def _standardised(x: np.ndarray, epsilon: float, centred: bool) -> tuple[np.ndarray, np.ndarray]:
    """Rows of mean 0 (if `centred`) and mean square 1, and the factors that made them so."""
    moved = x - x.mean(-1, keepdims=True) if centred else x
    scale = 1 / np.sqrt((moved**2).mean(-1, keepdims=True) + epsilon)
    return moved * scale, scale


def _norm_gradient(
    x: np.ndarray, w: np.ndarray, g: np.ndarray, epsilon: float, centred: bool
) -> tuple[np.ndarray, np.ndarray]:
    """By the rows and by the weight."""
    rows, scale = _standardised(x, epsilon, centred)
    inner = g * w - rows * (g * w * rows).mean(-1, keepdims=True)
    if centred:
        inner = inner - (g * w).mean(-1, keepdims=True)
    return inner * scale, (g * rows).sum(axis=tuple(range(x.ndim - 1)))


def _layer_norm(x, w, b):
    return ig.nn.functional.layer_norm(x, w.shape, w, b, eps=0.1)


def _rms_norm(x, w):
    return ig.nn.functional.rms_norm(x, w.shape, w, eps=0.1)


def _class_losses(x, classes):
    return ig.nn.functional.cross_entropy(x, classes, reduction="none", ignore_index=2)


def _class_losses_numpy(x: np.ndarray, classes: np.ndarray) -> np.ndarray:
    picked = np.take_along_axis(x - _logsumexp(x, -1, True), classes[:, None].astype(np.int64), -1)[:, 0]
    return np.where(classes == 2, 0, -picked)


def _class_gradient_numpy(x: np.ndarray, classes: np.ndarray, g: np.ndarray) -> np.ndarray:
    return (_softmax(x, -1) - np.eye(x.shape[-1])[classes]) * np.where(classes == 2, 0, g)[:, None]


def _attend(**options) -> Callable:
    """Attention of query, key, value and, if there is a fourth, a mask."""
    return lambda *operands: ig.nn.functional.scaled_dot_product_attention(*operands, **options)


def _attention_weights(
    q: np.ndarray, k: np.ndarray, mask: np.ndarray | None, causal: bool, scale: float | None
) -> np.ndarray:
    scores = q @ np.swapaxes(k, -1, -2) * (q.shape[-1] ** -0.5 if scale is None else scale)
    if causal:
        scores = np.where(np.tri(*scores.shape[-2:], dtype=bool), scores, -np.inf)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf) if mask.dtype == bool else scores + mask
    weights = np.exp(scores - np.max(scores, axis=-1, keepdims=True, initial=-1e300))
    total = weights.sum(-1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


def _attend_numpy(causal: bool = False, scale: float | None = None, groups: int = 1) -> Callable:
    def attend(q: np.ndarray, k: np.ndarray, v: np.ndarray, mask: np.ndarray | None = None) -> np.ndarray:
        if groups > 1:
            k, v = np.repeat(k, groups, axis=-3), np.repeat(v, groups, axis=-3)
        return _attention_weights(q, k, mask, causal, scale) @ v

    return attend


def _attention_gradient_numpy(argnum: int, causal: bool) -> Callable:
    def pull(q: np.ndarray, k: np.ndarray, v: np.ndarray, g: np.ndarray) -> np.ndarray:
        weights = _attention_weights(q, k, None, causal, None)
        by_weight = g @ np.swapaxes(v, -1, -2)
        by_score = weights * (by_weight - (weights * by_weight).sum(-1, keepdims=True)) * q.shape[-1] ** -0.5
        swapped = np.swapaxes(by_score, -1, -2)
        return (by_score @ k, swapped @ q, np.swapaxes(weights, -1, -2) @ g)[argnum]

    return pull


HEADS = ((2, 2, 3, 4), (2, 2, 5, 4), (2, 2, 5, 2))
CLASSES = Draw((5,), "index_of_4", "uint8")

KEY = Draw((2,), "word", "uint32")

F = ig.nn.functional


def _conv_sample(label: str, function: str, x: tuple[int, ...], w: tuple[int, ...], **options: object) -> tuple:
    call = getattr(ig, function)
    reference = spatial.conv_transpose if "transpose" in function else spatial.conv
    return _sample(
        label,
        lambda x, w: call(x, w, **options),
        lambda x, w: reference(x, w, **options),
        x,
        w,
        dtypes=SUMMABLE,
    )


def _gradient_of(function: Callable, at, cotangent):
    """The gradient of a function at a point, which is linear in the cotangent."""
    return ig.vjp(function, [at], [cotangent])[1][0]


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
    "convolution": [
        _conv_sample("1d", "conv1d", (2, 3, 7), (2, 3, 3), stride=2, padding=1),
        _conv_sample("dilated", "conv1d", (2, 2, 6), (4, 1, 2), dilation=2, groups=2, padding=2),
        _conv_sample("2d", "conv2d", (2, 2, 4, 3), (3, 2, 3, 2), padding=(1, 0)),
        _conv_sample("3d", "conv3d", (1, 2, 3, 2, 3), (2, 1, 2, 2, 1), stride=(2, 1, 1), groups=2),
    ],
    "convolution_input": [
        _conv_sample("1d", "conv_transpose1d", (2, 2, 3), (2, 2, 3), stride=2, padding=1, output_padding=1),
        _conv_sample("2d", "conv_transpose2d", (1, 2, 2, 3), (2, 1, 2, 2), groups=2, dilation=(1, 2)),
        _conv_sample("3d", "conv_transpose3d", (1, 1, 2, 1, 2), (1, 2, 2, 1, 2), stride=(1, 2, 1)),
    ],
    "convolution_weight": [
        _sample(
            "1d",
            lambda x, g: _gradient_of(
                lambda w: ig.conv1d(x, w, stride=2, padding=1), ig.zeros((2, 3, 3), dtype=x.dtype), g
            ),
            lambda x, g: spatial.conv_weight(x, g, (3,), stride=2, padding=1),
            (2, 3, 6),
            (2, 2, 3),
        ),
        _sample(
            "2d",
            lambda x, g: _gradient_of(lambda w: ig.conv2d(x, w), ig.zeros((2, 2, 2, 2), dtype=x.dtype), g),
            lambda x, g: spatial.conv_weight(x, g, (2, 2)),
            (2, 2, 3, 4),
            (2, 2, 2, 3),
        ),
    ],
    "max_pool": [
        _sample(
            "1d",
            lambda x: F.max_pool1d(x, 3, stride=2, padding=1),
            lambda x: spatial.max_pool(x, (3,), 2, 1),
            Draw((2, 2, 7), "distinct"),
            dtypes=(*INTEGERS, *FLOATS),
        ),
        _sample(
            "2d",
            lambda x: F.max_pool2d(x, 2),
            lambda x: spatial.max_pool(x, (2, 2)),
            Draw((2, 2, 4, 5), "distinct"),
            dtypes=(*INTEGERS, *FLOATS),
        ),
        _sample(
            "dilated",
            lambda x: F.max_pool2d(x, 2, stride=1, dilation=(2, 1)),
            lambda x: spatial.max_pool(x, (2, 2), 1, 0, (2, 1)),
            Draw((1, 2, 4, 3), "distinct"),
            dtypes=(*INTEGERS, *FLOATS),
        ),
    ],
    "max_pool_take": [
        _sample(
            "",
            lambda t, x: ig.jvp(lambda x: F.max_pool2d(x, 3, 2, 1), [x], [t])[1][0],
            lambda t, x: spatial.max_pool_take(t, x, (3, 3), 2, 1),
            (1, 2, 4, 5),
            Draw((1, 2, 4, 5), "distinct", "float64"),
            dtypes=("float64",),
        ),
    ],
    "max_pool_gradient": [
        _sample(
            "",
            lambda g, x: _gradient_of(lambda x: F.max_pool2d(x, 3, 2, 1), x, g),
            lambda g, x: spatial.transposed(lambda v: spatial.max_pool_take(v, x, (3, 3), 2, 1), x.shape, g),
            (1, 2, 2, 3),
            Draw((1, 2, 4, 5), "distinct", "float64"),
            dtypes=("float64",),
        ),
        _sample(
            "2x2",
            lambda g, x: _gradient_of(lambda x: F.max_pool2d(x, 2), x, g),
            lambda g, x: spatial.transposed(lambda v: spatial.max_pool_take(v, x, (2, 2)), x.shape, g),
            (1, 2, 2, 2),
            Draw((1, 2, 4, 5), "distinct", "float64"),
            dtypes=("float64",),
        ),
    ],
    "sum_pool": [
        _sample(
            "1d",
            lambda x: F.avg_pool1d(x, 3, 2, 1, divisor_override=1),
            lambda x: spatial.sum_pool(x, (3,), 2, 1),
            (2, 2, 6),
        ),
        _sample(
            "2d", lambda x: F.avg_pool2d(x, 2, divisor_override=1), lambda x: spatial.sum_pool(x, (2, 2)), (1, 2, 4, 5)
        ),
    ],
    "sum_pool_gradient": [
        _sample(
            "",
            lambda g: _gradient_of(
                lambda x: F.avg_pool2d(x, 2, (2, 1), 1, divisor_override=1), ig.zeros((1, 2, 4, 3), dtype=g.dtype), g
            ),
            lambda g: spatial.transposed(lambda v: spatial.sum_pool(v, (2, 2), (2, 1), 1), (1, 2, 4, 3), g),
            (1, 2, 3, 4),
            dtypes=FLOATS,
        ),
    ],
    "channel_moments": [
        _sample(
            "",
            lambda x: F.batch_norm(x, training=True),
            lambda x: spatial.batch_norm(x, np.ones(3), np.zeros(3)),
            (4, 3, 2, 2),
            dtypes=FLOATS,
        ),
    ],
    "batch_norm": [
        _sample(
            "2d",
            lambda x, w, b: F.batch_norm(x, weight=w, bias=b, training=True),
            spatial.batch_norm,
            (3, 2, 2, 3),
            (2,),
            (2,),
            dtypes=FLOATS,
        ),
        _sample(
            "1d",
            lambda x, w, b: F.batch_norm(x, weight=w, bias=b, training=True),
            spatial.batch_norm,
            (5, 2),
            (2,),
            (2,),
            dtypes=FLOATS,
        ),
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
    "softmax_gradient": [
        _sample(
            "",
            lambda x, g: _gradient(ig.softmax, 0)(x, g),
            lambda x, g: _softmax(x, -1) * (g - (g * _softmax(x, -1)).sum(-1, keepdims=True)),
            (3, 4),
            (3, 4),
            dtypes=FLOATS,
        ),
    ],
    "log_softmax_gradient": [
        _sample(
            "first",
            lambda x, g: _gradient(lambda x: ig.log_softmax(x, axis=0), 0)(x, g),
            lambda x, g: g - _softmax(x, 0) * g.sum(0, keepdims=True),
            (3, 4),
            (3, 4),
            dtypes=FLOATS,
        ),
    ],
    "layer_norm": [
        _sample(
            "",
            _layer_norm,
            lambda x, w, b: _standardised(x, 0.1, True)[0] * w + b,
            (2, 3, 5),
            (5,),
            (5,),
            dtypes=FLOATS,
        ),
        _sample(
            "two_axes",
            lambda x: ig.nn.functional.layer_norm(x, (2, 3), eps=0.1),
            lambda x: _standardised(x.reshape(4, 6), 0.1, True)[0].reshape(4, 2, 3),
            (4, 2, 3),
            dtypes=FLOATS,
        ),
    ],
    "layer_norm_gradient": [
        _sample(
            "rows",
            lambda x, w, b, g: _gradient(_layer_norm, 0)(x, w, b, g),
            lambda x, w, b, g: _norm_gradient(x, w, g, 0.1, True)[0],
            (3, 5),
            (5,),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
        _sample(
            "weight",
            lambda x, w, b, g: _gradient(_layer_norm, 1)(x, w, b, g),
            lambda x, w, b, g: _norm_gradient(x, w, g, 0.1, True)[1],
            (3, 5),
            (5,),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
        _sample(
            "bias",
            lambda x, w, b, g: _gradient(_layer_norm, 2)(x, w, b, g),
            lambda x, w, b, g: g.sum(0),
            (3, 5),
            (5,),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
    ],
    "rms_norm": [
        _sample("", _rms_norm, lambda x, w: _standardised(x, 0.1, False)[0] * w, (2, 3, 5), (5,), dtypes=FLOATS),
    ],
    "rms_norm_gradient": [
        _sample(
            "rows",
            lambda x, w, g: _gradient(_rms_norm, 0)(x, w, g),
            lambda x, w, g: _norm_gradient(x, w, g, 0.1, False)[0],
            (3, 5),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
        _sample(
            "weight",
            lambda x, w, g: _gradient(_rms_norm, 1)(x, w, g),
            lambda x, w, g: _norm_gradient(x, w, g, 0.1, False)[1],
            (3, 5),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
    ],
    "cross_entropy": [
        _sample("", _class_losses, _class_losses_numpy, (5, 4), CLASSES, dtypes=FLOATS),
        _sample(
            "mean",
            lambda x, classes: ig.nn.functional.cross_entropy(x, classes, ignore_index=2),
            lambda x, classes: _class_losses_numpy(x, classes).sum() / max((classes != 2).sum(), 1),
            (5, 4),
            Draw((5,), "bit", "uint8"),
            dtypes=FLOATS,
        ),
    ],
    "cross_entropy_gradient": [
        _sample(
            "",
            lambda x, classes, g: _gradient(_class_losses, 0)(x, classes, g),
            _class_gradient_numpy,
            (5, 4),
            CLASSES,
            (5,),
            dtypes=FLOATS,
        ),
    ],
    "attention": [
        _sample("", _attend(), _attend_numpy(), (2, 3, 4), (2, 5, 4), (2, 5, 2), dtypes=FLOATS),
        _sample("heads", _attend(scale=0.3), _attend_numpy(scale=0.3), *HEADS, dtypes=FLOATS),
        _sample("causal", _attend(is_causal=True), _attend_numpy(causal=True), *HEADS, dtypes=FLOATS),
        _sample("mask", _attend(), _attend_numpy(), *HEADS, Draw((3, 5), "any", "bool"), dtypes=FLOATS),
        _sample("bias", _attend(), _attend_numpy(), *HEADS, (2, 1, 3, 5), dtypes=FLOATS),
        _sample(
            "grouped",
            _attend(enable_gqa=True),
            _attend_numpy(groups=2),
            (1, 4, 3, 2),
            (1, 2, 3, 2),
            (1, 2, 3, 2),
            dtypes=FLOATS,
        ),
    ],
    "attention_gradient": [
        _sample(
            name,
            lambda q, k, v, g, i=i: _gradient(_attend(is_causal=True), i)(q, k, v, g),
            _attention_gradient_numpy(i, causal=True),
            (1, 2, 4, 3),
            (1, 2, 4, 3),
            (1, 2, 4, 2),
            (1, 2, 4, 2),
            dtypes=FLOATS,
        )
        for i, name in enumerate(("query", "key", "value"))
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
    "place_slice": [
        _sample(
            "step",
            lambda x, g: _gradient(lambda x: x[1:, ::2], 0)(x, g),
            lambda x, g: _written_numpy(np.s_[1:, ::2])(np.zeros_like(x), g),
            (3, 4),
            (2, 2),
        ),
        _sample(
            "negative_step",
            lambda x, g: _gradient(lambda x: x[::-2], 0)(x, g),
            lambda x, g: _written_numpy(np.s_[::-2])(np.zeros_like(x), g),
            (3, 4),
            (2, 4),
        ),
        _sample(
            "with_a_gap",
            lambda x, g: _gradient(lambda x: x[2] * 3 + x[0], 0)(x, g),
            lambda x, g: np.stack([g, 0 * g, 3 * g]),
            (3, 4),
            (4,),
        ),
        _sample(
            "overlapping",
            lambda x, g: _gradient(lambda x: x[:2] * 3 + x[1:], 0)(x, g),
            lambda x, g: np.concatenate([3 * g[:1], 3 * g[1:] + g[:1], g[1:]]),
            (3, 4),
            (2, 4),
        ),
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
    "avg_pool": [
        _sample(
            "",
            lambda x: F.avg_pool2d(x, 2, 2, 1),
            lambda x: spatial.sum_pool(x, (2, 2), 2, 1) / 4,
            (1, 2, 4, 6),
        ),
    ],
    "adaptive_avg_pool": [
        _sample(
            "even", lambda x: F.adaptive_avg_pool2d(x, 1), lambda x: x.mean(axis=(2, 3), keepdims=True), (2, 3, 4, 2)
        ),
        _sample(
            "uneven",
            lambda x: F.adaptive_avg_pool1d(x, 3),
            lambda x: np.stack([x[..., :2].mean(-1), x[..., 1:4].mean(-1), x[..., 3:].mean(-1)], axis=-1),
            (2, 2, 5),
        ),
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
    "joined_slices": [
        _sample(
            "joined",
            lambda x, g: _gradient(lambda x: x[:, :2] * 2 + x[:, 2:], 0)(x, g),
            lambda x, g: np.concatenate([2 * g, g], axis=1),
            (3, 4),
            (3, 2),
        ),
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
