"""Random numbers by a counter-based generator: same seed, same numbers, on every machine and thread count."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

def key(seed: int) -> array:
    """A key (uint32, shape (2,)) from a seed: functions given it draw the same numbers every time.

    Example:
        >>> ingot.random.key(0).shape
        (2,)
    """

def split(key: ArrayLike, num: int = 2) -> array:
    """`num` independent keys, shape (num, 2).

    Example:
        >>> a, b = ingot.random.split(ingot.random.key(0))
    """

def seed(seed: int) -> None:
    """Restarts the global generator, from which functions without a key draw.

    Example:
        >>> ingot.random.seed(0)
    """

def state() -> array:
    """The state of the global generator: a key that each draw replaces."""

def bits(shape: IntOrInts = (), key: array | None = None) -> array:
    """Uniform 32-bit integers (uint32).

    Example:
        >>> ingot.random.bits((3,)).dtype
        ingot.uint32
    """

def uniform(
    *args: typing.Any,
    shape: typing.Any = None,
    low: typing.Any = None,
    high: typing.Any = None,
    dtype: DTypeLike = ...,
    key: array | None = None,
) -> array:
    """Uniform numbers in [low, high): `uniform(shape, low=0, high=1)`; NumPy's order `uniform(low, high, shape)`
    works too.

    Raises TypeError unless `dtype` is floating.

    Example:
        >>> ingot.random.uniform((2, 3), -1.0, 1.0).shape
        (2, 3)
    """

def normal(
    shape: IntOrInts = (),
    mean: float = 0.0,
    std: float = 1.0,
    dtype: DTypeLike = ...,
    key: array | None = None,
    *,
    loc: float | None = None,
    scale: float | None = None,
) -> array:
    """Normal numbers with the given mean and standard deviation.

    Example:
        >>> ingot.random.normal((2, 3)).shape
        (2, 3)
    """

def randint(
    *args: typing.Any,
    shape: typing.Any = None,
    low: typing.Any = None,
    high: typing.Any = None,
    dtype: DTypeLike = ...,
    key: array | None = None,
) -> array:
    """Uniform integers in [low, high): `randint(shape, low, high)`; `randint(low, high, shape)` and `randint(high,
    shape)` work too.

    Raises ValueError unless low < high.

    Example:
        >>> ingot.random.randint((4,), 0, 10).shape
        (4,)
    """

def bernoulli(p: ArrayLike = 0.5, shape: IntOrInts | None = None, key: array | None = None) -> array:
    """True with probability `p`, which broadcasts to `shape` (its own if none is given).

    Example:
        >>> ingot.random.bernoulli(0.3, (5,)).dtype
        ingot.bool
    """

def permutation(x: typing.Any, axis: int = 0, key: array | None = None) -> array:
    """0..x-1 in random order (int32) for an int; for an array, its slices along `axis` in random order.

    Example:
        >>> sorted(ingot.random.permutation(3).tolist())
        [0, 1, 2]
    """
