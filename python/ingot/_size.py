"""The type of `x.size`."""

from __future__ import annotations

from typing import overload


class Size(int):
    """The number of elements, as NumPy's `x.size`; called, PyTorch's `x.size()`: the shape, or the length of one axis.

    Example:
        >>> x = ingot.ones((2, 3))
        >>> x.size, x.size(), x.size(1)
        (6, (2, 3), 3)
    """

    _shape: tuple[int, ...]

    def __new__(cls, count: int, shape: tuple[int, ...]) -> Size:
        self = super().__new__(cls, count)
        self._shape = shape
        return self

    @overload
    def __call__(self) -> tuple[int, ...]: ...
    @overload
    def __call__(self, dim: int) -> int: ...
    def __call__(self, dim: int | None = None) -> tuple[int, ...] | int:
        if dim is None:
            return self._shape
        if not -len(self._shape) <= dim < len(self._shape):
            raise IndexError(f"size: axis {dim} is not in the shape {self._shape}")
        return self._shape[dim]

    def __reduce__(self) -> tuple[type[int], tuple[int]]:
        return int, (int(self),)
