"""MLX's `mlx.core.random`: its order of arguments, on Ingot's generator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ingot
from ingot import array

Numbers = float | array


def __getattr__(name: str) -> Any:
    """What needs no translation: `key`, `split`, `seed`, `randint`, `permutation`, ..."""
    if name == "state":
        return [ingot.random.state()]
    return getattr(ingot.random, name)


def normal(
    shape: Sequence[int] = (),
    dtype: Any = ingot.float32,
    loc: Numbers | None = None,
    scale: Numbers | None = None,
    key: array | None = None,
    **torch: Any,
) -> array:
    """Normally distributed, with mean `loc` and standard deviation `scale`.

    Example:
        >>> from ingot.mlx import core as mx
        >>> mx.random.normal((2, 3), mx.float16).dtype
        ingot.float16
    """
    if torch or isinstance(dtype, (int, float)):
        # PyTorch's order of arguments: normal(shape, mean, std).
        given = {"mean": dtype, "std": loc} if isinstance(dtype, (int, float)) else {"dtype": dtype}
        named = {name: value for name, value in {**given, **torch}.items() if value is not None}
        return ingot.random.normal(shape, key=key, **named)
    out = ingot.random.normal(shape, dtype=dtype, key=key)
    if scale is not None:
        out = out * scale
    return out if loc is None else out + loc


def uniform(
    low: Numbers | Sequence[int] = 0,
    high: Numbers = 1,
    shape: Sequence[int] | None = None,
    dtype: Any = ingot.float32,
    key: array | None = None,
) -> array:
    """Uniform in [low, high); of the shape of the bounds, if none is given.

    Example:
        >>> from ingot.mlx import core as mx
        >>> mx.random.uniform(-1, 1, (2, 3)).shape
        (2, 3)
    """
    if isinstance(low, (tuple, list)):
        # PyTorch's and NumPy's way: the shape comes first.
        return uniform(0, 1, low, dtype, key)
    if isinstance(low, (int, float)) and isinstance(high, (int, float)):
        return ingot.random.uniform(shape=tuple(shape or ()), low=low, high=high, dtype=dtype, key=key)
    bounds = [ingot.asarray(bound).astype(dtype) for bound in (low, high)]
    if shape is None:
        shape = ingot.broadcast_shapes(bounds[0].shape, bounds[1].shape)
    unit = ingot.random.uniform(shape=tuple(shape), low=0.0, high=1.0, dtype=dtype, key=key)
    return bounds[0] + unit * (bounds[1] - bounds[0])
