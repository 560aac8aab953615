"""Convolution and pooling in plain NumPy, one position of a window at a time."""

from __future__ import annotations

import itertools

import numpy as np


def _each(value: int | tuple[int, ...], axes: int) -> tuple[int, ...]:
    return (value,) * axes if isinstance(value, int) else value


def _padded(x: np.ndarray, padding: tuple[int, ...], value: float = 0) -> np.ndarray:
    widths = [(0, 0)] * (x.ndim - len(padding)) + [(p, p) for p in padding]
    return np.pad(x, widths, constant_values=value)


def _window(x: np.ndarray, k: tuple[int, ...], out: tuple[int, ...], stride: tuple[int, ...]) -> np.ndarray:
    """What element `k` of the window (in padded positions) sees, for all positions of the window."""
    return x[(..., *(slice(a, a + s * (n - 1) + 1, s) for a, n, s in zip(k, out, stride, strict=True)))]


def _lengths(x, kernel, stride, padding, dilation) -> tuple[int, ...]:
    lengths = x.shape[x.ndim - len(kernel) :]
    return tuple(
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, k, s, p, d in zip(lengths, kernel, stride, padding, dilation, strict=True)
    )


def conv(x: np.ndarray, w: np.ndarray, bias=None, stride=1, padding=0, dilation=1, groups: int = 1) -> np.ndarray:
    axes = x.ndim - 2
    stride, padding, dilation = _each(stride, axes), _each(padding, axes), _each(dilation, axes)
    kernel = w.shape[2:]
    out = _lengths(x, kernel, stride, padding, dilation)
    padded = _padded(x, padding)
    y = np.zeros((x.shape[0], w.shape[0], *out), dtype=np.result_type(x, w))
    c, o = w.shape[1], w.shape[0] // groups
    for g in range(groups):
        for k in itertools.product(*map(range, kernel)):
            seen = _window(padded, tuple(a * d for a, d in zip(k, dilation, strict=True)), out, stride)
            part = np.einsum(
                "nc...,oc->no...", seen[:, g * c : (g + 1) * c], w[(slice(g * o, (g + 1) * o), slice(None), *k)]
            )
            y[:, g * o : (g + 1) * o] += part.astype(y.dtype)
    return y if bias is None else y + bias.reshape(-1, *[1] * axes)


def conv_transpose(
    y: np.ndarray, w: np.ndarray, bias=None, stride=1, padding=0, output_padding=0, groups: int = 1, dilation=1
) -> np.ndarray:
    axes = y.ndim - 2
    stride, padding, dilation = _each(stride, axes), _each(padding, axes), _each(dilation, axes)
    extra = _each(output_padding, axes)
    kernel = w.shape[2:]
    full = tuple(
        (n - 1) * s + d * (k - 1) + e + 1
        for n, s, d, k, e in zip(y.shape[2:], stride, dilation, kernel, extra, strict=True)
    )
    x = np.zeros((y.shape[0], w.shape[1] * groups, *full), dtype=np.result_type(y, w))
    c, o = w.shape[1], w.shape[0] // groups
    for g in range(groups):
        for k in itertools.product(*map(range, kernel)):
            part = np.einsum(
                "no...,oc->nc...", y[:, g * o : (g + 1) * o], w[(slice(g * o, (g + 1) * o), slice(None), *k)]
            )
            at = tuple(a * d for a, d in zip(k, dilation, strict=True))
            _window(x[:, g * c : (g + 1) * c], at, y.shape[2:], stride)[...] += part.astype(x.dtype)
    x = x[(..., *(slice(p, n - p) for p, n in zip(padding, full, strict=True)))]
    return x if bias is None else x + bias.reshape(-1, *[1] * axes)


def conv_weight(x: np.ndarray, y: np.ndarray, kernel: tuple[int, ...], stride=1, padding=0) -> np.ndarray:
    """The gradient of `conv` by its weight, without groups or dilation, for the cotangent `y`."""
    axes = x.ndim - 2
    stride, padding = _each(stride, axes), _each(padding, axes)
    padded = np.conj(_padded(x, padding))
    w = np.zeros((y.shape[1], x.shape[1], *kernel), dtype=np.result_type(x, y))
    for k in itertools.product(*map(range, kernel)):
        seen = _window(padded, k, y.shape[2:], stride)
        w[(..., *k)] = np.einsum("nck,nok->oc", seen.reshape(*seen.shape[:2], -1), y.reshape(*y.shape[:2], -1))
    return w


def _windows(x: np.ndarray, size, stride, padding, dilation, value: float) -> np.ndarray:
    """All elements of all windows: the positions in a window come last."""
    out = _lengths(x, size, stride, padding, dilation)
    padded = _padded(x, padding, value)
    seen = [
        _window(padded, tuple(a * d for a, d in zip(k, dilation, strict=True)), out, stride)
        for k in itertools.product(*map(range, size))
    ]
    return np.stack(seen, axis=-1)


def max_pool(x: np.ndarray, size, stride=None, padding=0, dilation=1) -> np.ndarray:
    axes = len(size)
    lowest = -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min
    return _windows(x, size, _each(stride or size, axes), _each(padding, axes), _each(dilation, axes), lowest).max(
        axis=-1
    )


def max_pool_take(values: np.ndarray, x: np.ndarray, size, stride=None, padding=0) -> np.ndarray:
    axes = len(size)
    arguments = (size, _each(stride or size, axes), _each(padding, axes), (1,) * axes)
    first = _windows(x, *arguments, -np.inf).argmax(axis=-1, keepdims=True)
    return np.take_along_axis(_windows(values, *arguments, 0), first, axis=-1).squeeze(-1)


def sum_pool(x: np.ndarray, size, stride=None, padding=0) -> np.ndarray:
    axes = len(size)
    return _windows(x, size, _each(stride or size, axes), _each(padding, axes), (1,) * axes, 0).sum(axis=-1)


def transposed(linear, shape: tuple[int, ...], cotangent: np.ndarray) -> np.ndarray:
    """The transpose of a real linear function of an array of this shape, element by element."""
    result = np.zeros(shape)
    for at in np.ndindex(shape):
        unit = np.zeros(shape)
        unit[at] = 1
        result[at] = (linear(unit) * cotangent).sum()
    return result


def batch_norm(x: np.ndarray, weight: np.ndarray, bias: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    axes = (0, *range(2, x.ndim))
    along = (-1, *[1] * (x.ndim - 2))
    mean, var = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    return (x - mean) / np.sqrt(var + eps) * weight.reshape(along) + bias.reshape(along)
