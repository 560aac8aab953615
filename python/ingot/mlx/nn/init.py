"""Initial values: MLX's functions return an initialiser, PyTorch's (`uniform_`, ...) fill the array they are given."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import ingot
from ingot import array
from ingot.nn.init import *

Initializer = Callable[..., array]


def constant(value: float, dtype: Any = ingot.float32) -> Initializer:
    """`init(a)`: all elements equal to `value`, in the shape of `a`."""
    return lambda a: ingot.full(a.shape, value, dtype=dtype)


def normal(mean: float = 0.0, std: float = 1.0, dtype: Any = ingot.float32) -> Initializer:
    """`init(a)`: normally distributed."""
    return lambda a: ingot.random.normal(shape=a.shape, mean=mean, std=std, dtype=dtype)


def uniform(low: float = 0.0, high: float = 1.0, dtype: Any = ingot.float32) -> Initializer:
    """`init(a)`: uniform in [low, high)."""
    return lambda a: ingot.random.uniform(shape=a.shape, low=low, high=high, dtype=dtype)


def identity(dtype: Any = ingot.float32) -> Initializer:
    """`init(a)`: the identity matrix. Raises ValueError unless `a` is square."""

    def initializer(a: array) -> array:
        if a.ndim != 2 or a.shape[0] != a.shape[1]:
            raise ValueError(f"identity: expected a square matrix, got shape {a.shape}")
        return ingot.eye(a.shape[0], dtype=dtype)

    return initializer


def _fans(shape: tuple[int, ...]) -> tuple[int, int]:
    if len(shape) < 2:
        raise ValueError(f"fan in and fan out are defined from two axes on, got shape {shape}")
    field = math.prod(shape[2:])
    return shape[1] * field, shape[0] * field


def glorot_normal(dtype: Any = ingot.float32) -> Initializer:
    """`init(a, gain=1.0)`: normal with a standard deviation of gain * sqrt(2 / (fan in + fan out))."""
    return lambda a, gain=1.0: normal(0.0, gain * math.sqrt(2 / sum(_fans(a.shape))), dtype)(a)


def glorot_uniform(dtype: Any = ingot.float32) -> Initializer:
    """`init(a, gain=1.0)`: uniform within gain * sqrt(6 / (fan in + fan out))."""

    def initializer(a: array, gain: float = 1.0) -> array:
        bound = gain * math.sqrt(6 / sum(_fans(a.shape)))
        return uniform(-bound, bound, dtype)(a)

    return initializer


def _fan(a: array, mode: str) -> int:
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"mode: expected 'fan_in' or 'fan_out', got {mode!r}")
    return _fans(a.shape)[mode == "fan_out"]


def he_normal(dtype: Any = ingot.float32) -> Initializer:
    """`init(a, mode="fan_in", gain=1.0)`: normal with a standard deviation of gain / sqrt(fan)."""
    return lambda a, mode="fan_in", gain=1.0: normal(0.0, gain / math.sqrt(_fan(a, mode)), dtype)(a)


def he_uniform(dtype: Any = ingot.float32) -> Initializer:
    """`init(a, mode="fan_in", gain=1.0)`: uniform within gain * sqrt(3 / fan)."""

    def initializer(a: array, mode: str = "fan_in", gain: float = 1.0) -> array:
        bound = gain * math.sqrt(3 / _fan(a, mode))
        return uniform(-bound, bound, dtype)(a)

    return initializer


def orthogonal(gain: float = 1.0, dtype: Any = ingot.float32) -> Initializer:
    """`init(a)`: a matrix with orthonormal rows or columns, whichever are fewer, times `gain`.

    Raises ValueError unless `a` has two axes.
    """

    def initializer(a: array) -> array:
        if a.ndim != 2:
            raise ValueError(f"orthogonal: expected two axes, got shape {a.shape}")
        made: array = ingot.nn.init.orthogonal_(ingot.zeros(a.shape, dtype=dtype), gain=gain)
        return made

    return initializer


def sparse(sparsity: float, mean: float = 0.0, std: float = 1.0, dtype: Any = ingot.float32) -> Initializer:
    """`init(a)`: normally distributed, with the share `sparsity` of each column set to zero.

    Raises ValueError unless `a` has two axes.
    """

    def initializer(a: array) -> array:
        if a.ndim != 2:
            raise ValueError(f"sparse: expected two axes, got shape {a.shape}")
        zeros = math.ceil(sparsity * a.shape[0])
        rank = ingot.argsort(ingot.argsort(ingot.random.uniform(shape=a.shape), axis=0), axis=0)
        return ingot.where(rank < zeros, 0.0, normal(mean, std, dtype)(a))

    return initializer
