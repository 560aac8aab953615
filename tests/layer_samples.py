"""Samples of the operations that layers and losses are made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import spatial_reference as spatial
from draws import Draw
from helpers import FLOATS, INTEGERS
from sample_entries import SUMMABLE, gradient, sample

import ingot as ig


def _logsumexp(x: np.ndarray, axis=None, keepdims: bool = False) -> np.ndarray:
    top = np.max(x, axis=axis, keepdims=True)
    total = top + np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True))
    return total if keepdims else np.squeeze(total, axis)


def _softmax(x: np.ndarray, axis: int) -> np.ndarray:
    return np.exp(x - _logsumexp(x, axis, keepdims=True))


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


F = ig.nn.functional


def _conv_sample(label: str, function: str, x: tuple[int, ...], w: tuple[int, ...], **options: object) -> tuple:
    call = getattr(ig, function)
    reference = spatial.conv_transpose if "transpose" in function else spatial.conv
    return sample(
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
        sample(
            "1d",
            lambda x, g: _gradient_of(
                lambda w: ig.conv1d(x, w, stride=2, padding=1), ig.zeros((2, 3, 3), dtype=x.dtype), g
            ),
            lambda x, g: spatial.conv_weight(x, g, (3,), stride=2, padding=1),
            (2, 3, 6),
            (2, 2, 3),
        ),
        sample(
            "2d",
            lambda x, g: _gradient_of(lambda w: ig.conv2d(x, w), ig.zeros((2, 2, 2, 2), dtype=x.dtype), g),
            lambda x, g: spatial.conv_weight(x, g, (2, 2)),
            (2, 2, 3, 4),
            (2, 2, 2, 3),
        ),
    ],
    "max_pool": [
        sample(
            "1d",
            lambda x: F.max_pool1d(x, 3, stride=2, padding=1),
            lambda x: spatial.max_pool(x, (3,), 2, 1),
            Draw((2, 2, 7), "distinct"),
            dtypes=(*INTEGERS, *FLOATS),
        ),
        sample(
            "2d",
            lambda x: F.max_pool2d(x, 2),
            lambda x: spatial.max_pool(x, (2, 2)),
            Draw((2, 2, 4, 5), "distinct"),
            dtypes=(*INTEGERS, *FLOATS),
        ),
        sample(
            "dilated",
            lambda x: F.max_pool2d(x, 2, stride=1, dilation=(2, 1)),
            lambda x: spatial.max_pool(x, (2, 2), 1, 0, (2, 1)),
            Draw((1, 2, 4, 3), "distinct"),
            dtypes=(*INTEGERS, *FLOATS),
        ),
    ],
    "max_pool_take": [
        sample(
            "",
            lambda t, x: ig.jvp(lambda x: F.max_pool2d(x, 3, 2, 1), [x], [t])[1][0],
            lambda t, x: spatial.max_pool_take(t, x, (3, 3), 2, 1),
            (1, 2, 4, 5),
            Draw((1, 2, 4, 5), "distinct", "float64"),
            dtypes=("float64",),
        ),
    ],
    "max_pool_gradient": [
        sample(
            "",
            lambda g, x: _gradient_of(lambda x: F.max_pool2d(x, 3, 2, 1), x, g),
            lambda g, x: spatial.transposed(lambda v: spatial.max_pool_take(v, x, (3, 3), 2, 1), x.shape, g),
            (1, 2, 2, 3),
            Draw((1, 2, 4, 5), "distinct", "float64"),
            dtypes=("float64",),
        ),
        sample(
            "2x2",
            lambda g, x: _gradient_of(lambda x: F.max_pool2d(x, 2), x, g),
            lambda g, x: spatial.transposed(lambda v: spatial.max_pool_take(v, x, (2, 2)), x.shape, g),
            (1, 2, 2, 2),
            Draw((1, 2, 4, 5), "distinct", "float64"),
            dtypes=("float64",),
        ),
    ],
    "sum_pool": [
        sample(
            "1d",
            lambda x: F.avg_pool1d(x, 3, 2, 1, divisor_override=1),
            lambda x: spatial.sum_pool(x, (3,), 2, 1),
            (2, 2, 6),
        ),
        sample(
            "2d", lambda x: F.avg_pool2d(x, 2, divisor_override=1), lambda x: spatial.sum_pool(x, (2, 2)), (1, 2, 4, 5)
        ),
    ],
    "sum_pool_gradient": [
        sample(
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
        sample(
            "",
            lambda x: F.batch_norm(x, training=True),
            lambda x: spatial.batch_norm(x, np.ones(3), np.zeros(3)),
            (4, 3, 2, 2),
            dtypes=FLOATS,
        ),
    ],
    "batch_norm": [
        sample(
            "2d",
            lambda x, w, b: F.batch_norm(x, weight=w, bias=b, training=True),
            spatial.batch_norm,
            (3, 2, 2, 3),
            (2,),
            (2,),
            dtypes=FLOATS,
        ),
        sample(
            "1d",
            lambda x, w, b: F.batch_norm(x, weight=w, bias=b, training=True),
            spatial.batch_norm,
            (5, 2),
            (2,),
            (2,),
            dtypes=FLOATS,
        ),
    ],
    "softmax": [
        sample("", lambda x: ig.softmax(x, axis=-1), lambda x: _softmax(x, -1), (3, 4), dtypes=FLOATS),
        sample("first", lambda x: ig.softmax(x, axis=0), lambda x: _softmax(x, 0), (3, 4), dtypes=FLOATS),
    ],
    "log_softmax": [
        sample("", lambda x: ig.log_softmax(x, axis=-1), lambda x: x - _logsumexp(x, -1, True), (3, 4), dtypes=FLOATS),
        sample(
            "first", lambda x: ig.log_softmax(x, axis=0), lambda x: x - _logsumexp(x, 0, True), (3, 4), dtypes=FLOATS
        ),
    ],
    "logsumexp": [
        sample("all", ig.logsumexp, lambda x: _logsumexp(x, (0, 1)), (3, 4), dtypes=FLOATS),
        sample("axis", lambda x: ig.logsumexp(x, axis=1), lambda x: _logsumexp(x, 1), (3, 4), dtypes=FLOATS),
    ],
    "softmax_gradient": [
        sample(
            "",
            lambda x, g: gradient(ig.softmax, 0)(x, g),
            lambda x, g: _softmax(x, -1) * (g - (g * _softmax(x, -1)).sum(-1, keepdims=True)),
            (3, 4),
            (3, 4),
            dtypes=FLOATS,
        ),
    ],
    "log_softmax_gradient": [
        sample(
            "first",
            lambda x, g: gradient(lambda x: ig.log_softmax(x, axis=0), 0)(x, g),
            lambda x, g: g - _softmax(x, 0) * g.sum(0, keepdims=True),
            (3, 4),
            (3, 4),
            dtypes=FLOATS,
        ),
    ],
    "layer_norm": [
        sample(
            "",
            _layer_norm,
            lambda x, w, b: _standardised(x, 0.1, True)[0] * w + b,
            (2, 3, 5),
            (5,),
            (5,),
            dtypes=FLOATS,
        ),
        sample(
            "two_axes",
            lambda x: ig.nn.functional.layer_norm(x, (2, 3), eps=0.1),
            lambda x: _standardised(x.reshape(4, 6), 0.1, True)[0].reshape(4, 2, 3),
            (4, 2, 3),
            dtypes=FLOATS,
        ),
    ],
    "layer_norm_gradient": [
        sample(
            "rows",
            lambda x, w, b, g: gradient(_layer_norm, 0)(x, w, b, g),
            lambda x, w, b, g: _norm_gradient(x, w, g, 0.1, True)[0],
            (3, 5),
            (5,),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
        sample(
            "weight",
            lambda x, w, b, g: gradient(_layer_norm, 1)(x, w, b, g),
            lambda x, w, b, g: _norm_gradient(x, w, g, 0.1, True)[1],
            (3, 5),
            (5,),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
        sample(
            "bias",
            lambda x, w, b, g: gradient(_layer_norm, 2)(x, w, b, g),
            lambda x, w, b, g: g.sum(0),
            (3, 5),
            (5,),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
    ],
    "rms_norm": [
        sample("", _rms_norm, lambda x, w: _standardised(x, 0.1, False)[0] * w, (2, 3, 5), (5,), dtypes=FLOATS),
    ],
    "rms_norm_gradient": [
        sample(
            "rows",
            lambda x, w, g: gradient(_rms_norm, 0)(x, w, g),
            lambda x, w, g: _norm_gradient(x, w, g, 0.1, False)[0],
            (3, 5),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
        sample(
            "weight",
            lambda x, w, g: gradient(_rms_norm, 1)(x, w, g),
            lambda x, w, g: _norm_gradient(x, w, g, 0.1, False)[1],
            (3, 5),
            (5,),
            (3, 5),
            dtypes=FLOATS,
        ),
    ],
    "cross_entropy": [
        sample("", _class_losses, _class_losses_numpy, (5, 4), CLASSES, dtypes=FLOATS),
        sample(
            "mean",
            lambda x, classes: ig.nn.functional.cross_entropy(x, classes, ignore_index=2),
            lambda x, classes: _class_losses_numpy(x, classes).sum() / max((classes != 2).sum(), 1),
            (5, 4),
            Draw((5,), "bit", "uint8"),
            dtypes=FLOATS,
        ),
    ],
    "cross_entropy_gradient": [
        sample(
            "",
            lambda x, classes, g: gradient(_class_losses, 0)(x, classes, g),
            _class_gradient_numpy,
            (5, 4),
            CLASSES,
            (5,),
            dtypes=FLOATS,
        ),
    ],
    "attention": [
        sample("", _attend(), _attend_numpy(), (2, 3, 4), (2, 5, 4), (2, 5, 2), dtypes=FLOATS),
        sample("heads", _attend(scale=0.3), _attend_numpy(scale=0.3), *HEADS, dtypes=FLOATS),
        sample("causal", _attend(is_causal=True), _attend_numpy(causal=True), *HEADS, dtypes=FLOATS),
        sample("mask", _attend(), _attend_numpy(), *HEADS, Draw((3, 5), "any", "bool"), dtypes=FLOATS),
        sample("bias", _attend(), _attend_numpy(), *HEADS, (2, 1, 3, 5), dtypes=FLOATS),
        sample(
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
        sample(
            name,
            lambda q, k, v, g, i=i: gradient(_attend(is_causal=True), i)(q, k, v, g),
            _attention_gradient_numpy(i, causal=True),
            (1, 2, 4, 3),
            (1, 2, 4, 3),
            (1, 2, 4, 2),
            (1, 2, 4, 2),
            dtypes=FLOATS,
        )
        for i, name in enumerate(("query", "key", "value"))
    ],
}

#: Functions made of other operations: they need no rules, but their values and gradients are tested all the same.
COMPOSITES: dict[str, list[tuple]] = {
    "linear": [
        sample("", lambda x, w, b: ig.nn.functional.linear(x, w, b), lambda x, w, b: x @ w.T + b, (3, 4), (2, 4), (2,))
    ],
    "avg_pool": [
        sample(
            "",
            lambda x: F.avg_pool2d(x, 2, 2, 1),
            lambda x: spatial.sum_pool(x, (2, 2), 2, 1) / 4,
            (1, 2, 4, 6),
        ),
    ],
    "adaptive_avg_pool": [
        sample(
            "even", lambda x: F.adaptive_avg_pool2d(x, 1), lambda x: x.mean(axis=(2, 3), keepdims=True), (2, 3, 4, 2)
        ),
        sample(
            "uneven",
            lambda x: F.adaptive_avg_pool1d(x, 3),
            lambda x: np.stack([x[..., :2].mean(-1), x[..., 1:4].mean(-1), x[..., 3:].mean(-1)], axis=-1),
            (2, 2, 5),
        ),
    ],
}
