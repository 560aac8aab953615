"""Functions that give values in MLX, and values with indices in PyTorch; with arguments that only PyTorch has (`dim`,
`keepdim`, `largest`, ...) they are PyTorch's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ingot
from ingot import array
from ingot.mlx import _bounds

Axes = int | Sequence[int] | None


def _axes(axis: Axes) -> Any:
    return axis if axis is None or isinstance(axis, int) else tuple(axis)


def _as_pytorchs(axis: Any, torch: dict[str, Any], keepdims: bool = False) -> dict[str, Any]:
    """Arguments of PyTorch's function, some of which may have come by MLX's names or positions."""
    dim = {} if axis is None else {"dim": axis}
    return {**dim, **({"keepdim": True} if keepdims else {}), **torch}


def max(a: Any, /, axis: Any = None, keepdims: bool = False, **torch: Any) -> Any:
    """The largest element over the axes.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.max(mx.array([[1, 5], [7, 2]]), 1))
        [5 7]
    """
    if isinstance(axis, array):
        return ingot.maximum(a, axis)
    if torch:
        return ingot.max(a, **_as_pytorchs(axis, torch, keepdims))
    return ingot.max(a, axis=_axes(axis), keepdims=keepdims)


def min(a: Any, /, axis: Any = None, keepdims: bool = False, **torch: Any) -> Any:
    """The smallest element over the axes.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.min(mx.array([[1, 5], [7, 2]]), 1))
        [1 2]
    """
    if isinstance(axis, array):
        return ingot.minimum(a, axis)
    if torch:
        return ingot.min(a, **_as_pytorchs(axis, torch, keepdims))
    return ingot.min(a, axis=_axes(axis), keepdims=keepdims)


def topk(a: array, /, k: int, axis: int | None = -1, **torch: Any) -> Any:
    """The k largest elements along the axis (None: of the flattened array), the largest first.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.topk(mx.array([1, 5, 3]), 2))
        [5 3]
    """
    if torch:
        return ingot.topk(a, k, **_as_pytorchs(axis, torch))
    return ingot.topk(a.reshape(-1) if axis is None else a, k, dim=-1 if axis is None else axis).values


def median(a: array, /, axis: Axes = None, keepdims: bool = False, **torch: Any) -> Any:
    """The middle element over the axes; the mean of two, if there are two in the middle.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.median(mx.array([1.0, 2.0, 3.0, 4.0])))
        2.5
    """
    if torch:
        return ingot.median(a, **_as_pytorchs(axis, torch, keepdims))
    return ingot.quantile(a, 0.5, axis=_axes(axis), keepdims=keepdims)


def cummax(a: array, /, axis: int | None = None, *, reverse: bool = False, inclusive: bool = True) -> array:
    """The running maximum along the axis (None: of the flattened array)."""
    values: array = ingot.cummax(a, axis=axis, reverse=reverse).values
    return values if inclusive else _before(values, axis, reverse, _bounds.lowest(values.dtype))


def cummin(a: array, /, axis: int | None = None, *, reverse: bool = False, inclusive: bool = True) -> array:
    """The running minimum along the axis (None: of the flattened array)."""
    values: array = ingot.cummin(a, axis=axis, reverse=reverse).values
    return values if inclusive else _before(values, axis, reverse, _bounds.highest(values.dtype))


def _before(values: array, axis: int | None, reverse: bool, initial: float) -> array:
    """The values moved on by one, so that each element's own is left out."""
    along = 0 if axis is None else axis
    length = values.shape[along]
    edge = ingot.full_like(ingot.narrow(values, along, 0, 1), initial) if length else values
    if reverse:
        return ingot.concatenate([ingot.narrow(values, along, 1, length - 1), edge], axis=along)
    return ingot.concatenate([edge, ingot.narrow(values, along, 0, length - 1)], axis=along)


def softmax(a: array, /, axis: Axes = None, precise: bool = False, **torch: Any) -> array:
    """exp(a) over its sum along the axes, all of them if none is given.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.softmax(mx.zeros((2, 2))))
        [[0.25 0.25]
         [0.25 0.25]]
    """
    if torch:
        return ingot.softmax(a, **_as_pytorchs(axis, torch))
    if isinstance(axis, int):
        return ingot.softmax(a, axis)
    wide = a.astype(ingot.float32) if precise and a.dtype in (ingot.float16, ingot.bfloat16) else a
    return ingot.exp(wide - ingot.logsumexp(wide, axis=_axes(axis), keepdims=True)).astype(a.dtype)
