"""MLX's `mlx.core.linalg`."""

from __future__ import annotations

import functools
from typing import Any

import ingot
from ingot import array


def __getattr__(name: str) -> Any:
    """Everything that `ingot.linalg` has under the same name. MLX's `stream` may be given: there is one."""
    function = getattr(ingot.linalg, name)
    if name.startswith("_") or not callable(function) or isinstance(function, type):
        return function

    @functools.wraps(function)
    def streamed(*args: Any, stream: Any = None, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return streamed


def tri_inv(a: array, upper: bool = False, *, stream: Any = None) -> array:
    """The inverse of a triangular matrix, of which the other triangle is not read.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.linalg.tri_inv(mx.array([[2.0, 0.0], [0.0, 4.0]])))
        [[0.5  0.  ]
         [0.   0.25]]
    """
    identity = ingot.broadcast_to(ingot.eye(a.shape[-1], dtype=a.dtype), a.shape)
    inverse: array = ingot.linalg.solve_triangular(a, identity, upper=upper)
    return inverse


def cholesky_inv(a: array, upper: bool = False, *, stream: Any = None) -> array:
    """The inverse of the matrix whose Cholesky factor is `a`.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.linalg.cholesky_inv(mx.array([[2.0, 0.0], [0.0, 1.0]])))
        [[0.25 0.  ]
         [0.   1.  ]]
    """
    inverse = tri_inv(a, upper)
    return inverse @ inverse.mT if upper else inverse.mT @ inverse
