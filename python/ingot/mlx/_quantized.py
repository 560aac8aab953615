"""Matrices of small integers: groups of neighbours in a row share a scale and a bias, `w = scale * q + bias`.

Integers of `bits` bits lie in uint32 words, the first one lowest.
"""

from __future__ import annotations

import ingot
from ingot import array


def _check(name: str, width: int, group_size: int, bits: int, mode: str) -> None:
    if mode != "affine":
        raise ValueError(f"{name}: expected the mode 'affine', got {mode!r}")
    if bits not in (2, 4, 8):
        raise ValueError(f"{name}: expected 2, 4 or 8 bits, got {bits}")
    if group_size not in (32, 64, 128) or width % group_size:
        raise ValueError(
            f"{name}: expected groups of 32, 64 or 128 that divide the last axis, of length {width}, got {group_size}"
        )


def quantize(
    w: array, /, group_size: int | None = None, bits: int | None = None, mode: str = "affine"
) -> tuple[array, array, array]:
    """The rows of `w` as integers of `bits` bits (4), and scales and biases of groups of `group_size` (64) elements.

    One end of a group's range, that of the larger magnitude, is met exactly, and so is 0, to half a step.

    Raises ValueError for other sizes than 2, 4 and 8 bits and groups of 32, 64 and 128 that divide the last axis.

    Example:
        >>> from ingot.mlx import core as mx
        >>> w_q, scales, biases = mx.quantize(mx.ones((2, 64)))
        >>> w_q.shape, w_q.dtype, scales.shape
        ((2, 8), ingot.uint32, (2, 1))
    """
    size, bits = group_size or 64, bits or 4
    _check("quantize", w.shape[-1], size, bits, mode)
    steps = 2**bits - 1
    groups = w.astype(ingot.float32).reshape(*w.shape[:-1], -1, size)
    low, high = ingot.min(groups, axis=-1), ingot.max(groups, axis=-1)
    below = ingot.abs(low) > ingot.abs(high)
    span = ingot.maximum((high - low) / steps, 1e-7)
    scales = ingot.where(below, span, -span)
    edge = ingot.where(below, low, high)
    count = ingot.round(edge / scales)
    scales = ingot.where(count != 0, edge / ingot.where(count != 0, count, 1.0), scales)
    biases = ingot.where(count == 0, 0.0, edge)
    levels = ingot.round((groups - ingot.expand_dims(biases, -1)) / ingot.expand_dims(scales, -1))
    numbers = ingot.clip(levels, 0, steps).astype(ingot.uint32).reshape(*w.shape[:-1], -1, 32 // bits)
    places = ingot.arange(0, 32, bits).astype(ingot.uint32)
    words = ingot.sum(ingot.bitwise_left_shift(numbers, places), axis=-1, dtype=ingot.uint32)
    return words, scales.astype(w.dtype), biases.astype(w.dtype)


def dequantize(
    w: array,
    /,
    scales: array,
    biases: array | None = None,
    group_size: int | None = None,
    bits: int | None = None,
    mode: str = "affine",
) -> array:
    """The matrix that `quantize` took apart, as closely as it was kept.

    Raises ValueError for sizes that `quantize` does not make.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.dequantize(*mx.quantize(mx.ones((1, 64))))[0, :2])
        [1. 1.]
    """
    size, bits = group_size or 64, bits or 4
    _check("dequantize", w.shape[-1] * (32 // bits), size, bits, mode)
    if biases is None:
        raise ValueError("dequantize: expected the biases that quantize gave")
    places = ingot.arange(0, 32, bits).astype(ingot.uint32)
    shifted = ingot.bitwise_right_shift(ingot.expand_dims(w, -1), places)
    numbers = ingot.bitwise_and(shifted, ingot.array(2**bits - 1, dtype=ingot.uint32))
    groups = numbers.astype(ingot.float32).reshape(*w.shape[:-1], -1, size)
    wide = [ingot.expand_dims(part.astype(ingot.float32), -1) for part in (scales, biases)]
    return (wide[0] * groups + wide[1]).reshape(*w.shape[:-1], -1).astype(scales.dtype)


def quantized_matmul(
    x: array,
    w: array,
    /,
    scales: array,
    biases: array | None = None,
    transpose: bool = True,
    group_size: int | None = None,
    bits: int | None = None,
    mode: str = "affine",
) -> array:
    """`x @ W.T` (`x @ W` unless `transpose`) with W what `dequantize(w, scales, biases)` gives: it is made in passing,
    so this saves memory between calls, not time.

    Raises ValueError for sizes that `quantize` does not make.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.quantized_matmul(mx.ones((1, 64)), *mx.quantize(mx.ones((2, 64)))))
        [[64. 64.]]
    """
    whole = dequantize(w, scales, biases, group_size, bits, mode)
    return x @ (whole.mT if transpose else whole)
