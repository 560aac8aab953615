"""PyTorch's top-level names of what lives elsewhere under NumPy's names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingot import _core
from ingot._core import array, linalg

chain_matmul = linalg.multi_dot
det = linalg.det
inverse = linalg.inv
matrix_power = linalg.matrix_power
pinverse = linalg.pinv
qr = linalg.qr
slogdet = linalg.slogdet
swapdims = _core.swapaxes


def norm(
    input: Any,
    p: float | str = "fro",
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: Any = None,
) -> array:
    """The p-norm of the elements along `dim` (all of them by default), in any number of axes; `"fro"` means p = 2.

    `linalg.norm` has NumPy's meaning, where a matrix and `ord=2` give the largest singular value.

    Raises ValueError for another name of a norm.

    Example:
        >>> ingot.norm(ingot.array([[3.0, 0.0], [0.0, 4.0]])).item()
        5.0
    """
    if isinstance(p, str) and p != "fro":
        raise ValueError(f"norm: expected a number or 'fro', got {p!r}; linalg.norm and linalg.matrix_norm have others")
    if dtype is not None:
        input = _core.astype(input, dtype)
    axes = tuple(dim) if isinstance(dim, Sequence) else dim
    return linalg.vector_norm(input, axis=axes, keepdims=keepdim, ord=2 if isinstance(p, str) else p)


def is_tensor(obj: object) -> bool:
    """True for an array of Ingot.

    Example:
        >>> ingot.is_tensor(ingot.ones(2)), ingot.is_tensor([1.0])
        (True, False)
    """
    return isinstance(obj, array)


def numel(input: array) -> int:
    """The number of elements.

    Example:
        >>> ingot.numel(ingot.ones(2, 3))
        6
    """
    return input.numel()


def is_floating_point(input: array) -> bool:
    """True for a real floating dtype.

    Example:
        >>> ingot.is_floating_point(ingot.ones(2))
        True
    """
    return input.is_floating_point()


def is_complex(input: array) -> bool:
    """True for a complex dtype.

    Example:
        >>> ingot.is_complex(ingot.ones(2))
        False
    """
    return input.is_complex()


def broadcast_tensors(*tensors: array) -> tuple[array, ...]:
    """The arrays, stretched to their common shape.

    Example:
        >>> [x.shape for x in ingot.broadcast_tensors(ingot.ones(2, 1), ingot.ones(3))]
        [(2, 3), (2, 3)]
    """
    return _core.broadcast_arrays(*tensors)


def randint_like(
    input: array, low: int, high: int | None = None, *, dtype: Any = None, requires_grad: bool = False
) -> array:
    """Random integers from `low` (0, if only one number is given) below `high`, in the shape and dtype of `input`.

    Raises ValueError for an empty range.

    Example:
        >>> ingot.randint_like(ingot.ones(3), 5).dtype
        ingot.float32
    """
    first, end = (0, low) if high is None else (low, high)
    drawn = _core.astype(_core.random.randint(first, end, input.shape), dtype or input.dtype)
    return drawn.requires_grad_() if requires_grad else drawn


def scalar_tensor(value: complex, *, dtype: Any = None) -> array:
    """A 0-d array, float32 unless a dtype is given.

    Example:
        >>> ingot.scalar_tensor(2)
        array(2., dtype=float32)
    """
    return array(value, dtype=dtype or _core.float32)


def is_nonzero(input: array) -> bool:
    """The truth of an array of one element.

    Raises ValueError for several elements.

    Example:
        >>> ingot.is_nonzero(ingot.array([0.5]))
        True
    """
    return bool(input)
