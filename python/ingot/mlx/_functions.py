"""Functions of `mlx.core` that are no functions of Ingot, as compositions of those."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import ingot
from ingot import array

euler_gamma = 0.57721566490153286


def addmm(c: array, a: array, b: array, /, alpha: float = 1.0, beta: float = 1.0) -> array:
    """alpha * (a @ b) + beta * c."""
    product = a @ b
    return (product if alpha == 1 else alpha * product) + (c if beta == 1 else beta * c)


def divmod(a: Any, b: Any) -> tuple[array, array]:
    """The quotient, rounded down, and the remainder."""
    return ingot.floor_divide(a, b), ingot.remainder(a, b)


def degrees(a: array) -> array:
    """Radians as degrees."""
    return a * (180 / math.pi)


def radians(a: array) -> array:
    """Degrees as radians."""
    return a * (math.pi / 180)


def isposinf(a: array) -> array:
    """True where an element is the positive infinity."""
    return ingot.isinf(a) & (a > 0)


def isneginf(a: array) -> array:
    """True where an element is the negative infinity."""
    return ingot.isinf(a) & (a < 0)


def minmax(a: array, /, axis: int | Sequence[int] | None = None, keepdims: bool = False) -> tuple[array, array]:
    """The smallest and the largest element over the axes."""
    axes = axis if axis is None or isinstance(axis, int) else tuple(axis)
    return ingot.min(a, axis=axes, keepdims=keepdims), ingot.max(a, axis=axes, keepdims=keepdims)


def _start_index(a: array, start_indices: array, axes: Sequence[int], lengths: Sequence[int]) -> tuple[Any, ...]:
    """For each axis the positions from its start on, moved back so far that they fit."""
    index: list[Any] = []
    given = {axis % a.ndim: i for i, axis in enumerate(axes)}
    for axis, length in enumerate(lengths):
        positions = ingot.arange(length)
        if axis in given:
            start = ingot.asarray(start_indices).reshape(-1)[given[axis]]
            positions = positions + ingot.clip(start, 0, a.shape[axis] - length)
        index.append(positions.reshape(*(-1 if other == axis else 1 for other in range(a.ndim))))
    return tuple(index)


def slice(a: array, start_indices: array, axes: Sequence[int], slice_size: Sequence[int]) -> array:
    """The part of `slice_size` that starts where `start_indices`, which may depend on other arrays, says.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.slice(mx.arange(5), mx.array([2]), (0,), (2,)))
        [2 3]
    """
    return a[_start_index(a, start_indices, axes, slice_size)]


def slice_update(a: array, update: array, start_indices: array, axes: Sequence[int]) -> array:
    """A copy of `a` with `update` at `start_indices`.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.slice_update(mx.zeros(4), mx.ones(2), mx.array([1]), (0,)))
        [0. 1. 1. 0.]
    """
    lengths = (1,) * (a.ndim - update.ndim) + update.shape
    out = a + 0
    out[_start_index(a, start_indices, axes, lengths)] = ingot.broadcast_to(update, lengths)
    return out


def unflatten(a: array, /, axis: int, shape: Sequence[int]) -> array:
    """One axis split into several. A length of -1 follows from the others.

    Example:
        >>> from ingot.mlx import core as mx
        >>> mx.unflatten(mx.ones((2, 6)), 1, (3, -1)).shape
        (2, 3, 2)
    """
    axis %= a.ndim
    known = math.prod(length for length in shape if length != -1)
    lengths = [a.shape[axis] // known if length == -1 else length for length in shape]
    return a.reshape(*a.shape[:axis], *lengths, *a.shape[axis + 1 :])


def hadamard_transform(a: array, scale: float | None = None) -> array:
    """The Walsh-Hadamard transform along the last axis, times `scale` (1 / sqrt of its length, if not given).

    Raises ShapeError unless the length is a power of two.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.hadamard_transform(mx.array([1.0, 2.0]), scale=1.0))
        [ 3. -1.]
    """
    length = a.shape[-1]
    if length < 1 or length & (length - 1):
        raise ingot.ShapeError(f"hadamard_transform: expected a length that is a power of two, got {length}")
    shape, half = a.shape, 1
    while half < length:
        pairs = a.reshape(*shape[:-1], length // (2 * half), 2, half)
        first, second = pairs[..., 0, :], pairs[..., 1, :]
        a = ingot.stack([first + second, first - second], axis=-2).reshape(shape)
        half *= 2
    return a * (1 / math.sqrt(length) if scale is None else scale)


def depends(inputs: Any, dependencies: Any) -> Any:
    """`inputs`: here, nothing that was asked for is left out, so no order has to be forced."""
    return inputs


class _Category:
    """A kind of dtypes, for `issubdtype`."""

    def __init__(self, name: str, *kinds: str) -> None:
        self.name, self.kinds = name, kinds

    def __repr__(self) -> str:
        return f"mlx.core.{self.name}"


signedinteger = _Category("signedinteger", "signed integer")
unsignedinteger = _Category("unsignedinteger", "unsigned integer")
integer = _Category("integer", "integral")
floating = _Category("floating", "real floating")
complexfloating = _Category("complexfloating", "complex floating")
inexact = _Category("inexact", "real floating", "complex floating")
number = _Category("number", "numeric")
generic = _Category("generic", "bool", "numeric")


def issubdtype(arg1: Any, arg2: Any) -> bool:
    """True if a dtype or a category is the other, or part of it.

    Example:
        >>> from ingot.mlx import core as mx
        >>> mx.issubdtype(mx.float16, mx.floating), mx.issubdtype(mx.int8, mx.floating)
        (True, False)
    """
    if isinstance(arg1, _Category):
        return isinstance(arg2, _Category) and all(_covers(arg2, kind) for kind in arg1.kinds)
    return bool(ingot.isdtype(arg1, arg2.kinds)) if isinstance(arg2, _Category) else arg1 == arg2


def _covers(category: _Category, kind: str) -> bool:
    parts = {
        "integral": {"signed integer", "unsigned integer"},
        "numeric": {"signed integer", "unsigned integer", "integral", "real floating", "complex floating", "numeric"},
    }
    return any(kind == own or kind in parts.get(own, ()) for own in category.kinds)
