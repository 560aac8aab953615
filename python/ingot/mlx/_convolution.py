"""MLX's convolutions: channels come last, and weights are (outputs, *kernel, inputs)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ingot
from ingot import array
from ingot.nn import functional

Numbers = int | Sequence[int]


def first(x: array) -> array:
    """(..., C) as (., C, .): what functions that take channels second are given."""
    return ingot.moveaxis(x, -1, 1)


def last(x: array) -> array:
    """The way back."""
    return ingot.moveaxis(x, 1, -1)


def each(numbers: Any, axes: int) -> tuple[Any, ...]:
    """One for each axis, of one number for all or of one each."""
    return tuple(numbers) if isinstance(numbers, (tuple, list)) else (numbers,) * axes


def _check(name: str, input: array, weight: array, groups: int, axes: int) -> None:
    if input.ndim != axes + 2 or weight.ndim != axes + 2 or input.shape[-1] != weight.shape[-1] * groups:
        raise ingot.ShapeError(
            f"{name}: expected an input with channels last (N, *spatial, C) and a weight (O, *kernel, "
            f"C / groups), as MLX has them, got shapes {input.shape} and {weight.shape}; ingot.nn has PyTorch's layout"
        )


def conv_general(
    input: array,
    weight: array,
    stride: Numbers = 1,
    padding: Any = 0,
    kernel_dilation: Numbers = 1,
    input_dilation: Numbers = 1,
    groups: int = 1,
    flip: bool = False,
) -> array:
    """A convolution over as many axes as there are, with `padding` a number, one for each axis, or a pair of such
    (before and after), and zeros between neighbours of the input where `input_dilation` is more than 1.

    Raises ShapeError if shapes or groups do not fit.

    Example:
        >>> from ingot.mlx import core as mx
        >>> mx.conv_general(mx.ones((1, 5, 2)), mx.ones((3, 2, 2)), padding=([1], [0])).shape
        (1, 5, 3)
    """
    axes = input.ndim - 2
    _check("conv_general", input, weight, groups, axes)
    pair = isinstance(padding, (tuple, list)) and len(padding) == 2 and not all(isinstance(p, int) for p in padding)
    before, after = (each(p, axes) for p in padding) if pair else (each(padding, axes),) * 2
    x = first(input)
    for axis, step in enumerate(each(input_dilation, axes), 2):
        if step > 1:
            lengths = (*x.shape[:axis], x.shape[axis] * step, *x.shape[axis + 1 :])
            spread = ingot.stack([x, *[ingot.zeros_like(x)] * (step - 1)], axis=axis + 1).reshape(lengths)
            x = ingot.narrow(spread, axis, 0, max(lengths[axis] - step + 1, 0))
    x = ingot.pad(x, [(0, 0), (0, 0), *zip(before, after, strict=True)])
    w = first(weight)
    if flip:
        w = ingot.flip(w, tuple(range(2, axes + 2)))
    convolve = getattr(functional, f"conv{axes}d")
    return last(convolve(x, w, stride=stride, dilation=kernel_dilation, groups=groups))


def _plain(axes: int) -> Any:
    def convolution(
        input: array,
        weight: array,
        /,
        stride: Numbers = 1,
        padding: Numbers = 0,
        dilation: Numbers = 1,
        groups: int = 1,
    ) -> array:
        _check(f"conv{axes}d", input, weight, groups, axes)
        convolve = getattr(functional, f"conv{axes}d")
        return last(convolve(first(input), first(weight), None, stride, padding, dilation, groups))

    convolution.__name__ = convolution.__qualname__ = f"conv{axes}d"
    convolution.__doc__ = f"""A convolution over {axes} axes: input (N, *spatial, C), weight (O, *kernel, C / groups).

    Raises ShapeError if shapes or groups do not fit.

    Example:
        >>> from ingot.mlx import core as mx
        >>> mx.conv{axes}d(mx.ones((1, {"5, " * axes}2)), mx.ones((3, {"2, " * axes}2))).shape
        (1, {"4, " * axes}3)
    """
    return convolution


def _transposed(axes: int) -> Any:
    def convolution(
        input: array,
        weight: array,
        /,
        stride: Numbers = 1,
        padding: Numbers = 0,
        dilation: Numbers = 1,
        output_padding: Numbers = 0,
        groups: int = 1,
    ) -> array:
        _check(f"conv_transpose{axes}d", input, weight, groups, axes)
        parts = [ingot.moveaxis(part, -1, 0) for part in ingot.split(weight, groups, axis=0)]
        # PyTorch's weight is (inputs, outputs / groups, *kernel).
        w = ingot.concatenate(parts, axis=0)
        convolve = getattr(functional, f"conv_transpose{axes}d")
        return last(convolve(first(input), w, None, stride, padding, output_padding, groups, dilation))

    convolution.__name__ = convolution.__qualname__ = f"conv_transpose{axes}d"
    convolution.__doc__ = f"""The transpose of a convolution over {axes} axes, of an input (N, *spatial, C) by a weight
    (O, *kernel, C / groups).

    Raises ShapeError if shapes or groups do not fit.

    Example:
        >>> from ingot.mlx import core as mx
        >>> mx.conv_transpose{axes}d(mx.ones((1, {"4, " * axes}2)), mx.ones((3, {"2, " * axes}2))).shape
        (1, {"5, " * axes}3)
    """
    return convolution


conv1d, conv2d, conv3d = (_plain(axes) for axes in (1, 2, 3))
conv_transpose1d, conv_transpose2d, conv_transpose3d = (_transposed(axes) for axes in (1, 2, 3))
