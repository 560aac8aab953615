"""Discrete Fourier transforms of any length, in NumPy's conventions."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

def fft(
    x: ArrayLike, n: int | None = None, axis: int = -1, norm: str | None = "backward", *, dim: int | None = None
) -> array:
    """`sum_t x[t] exp(-2 pi i k t / n)` along an axis. `n` cuts the axis, or pads it with zeros. `norm` says which
    direction divides by n: 'backward' (the inverse), 'forward', or 'ortho' (both by its square root).

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.fft.fft([1., 0., 0.]).real)
        [1. 1. 1.]
    """

def ifft(
    x: ArrayLike, n: int | None = None, axis: int = -1, norm: str | None = "backward", *, dim: int | None = None
) -> array:
    """The inverse of `fft`.

    Example:
        >>> print(ingot.fft.ifft([3., 0., 0.]).real)
        [1. 1. 1.]
    """

def fftn(
    x: ArrayLike,
    s: IntOrInts | None = None,
    axes: IntOrInts | None = None,
    norm: str | None = "backward",
    *,
    dim: IntOrInts | None = None,
) -> array:
    """`fft` over several axes: the given ones, or as many last ones as there are lengths `s`, or all.

    Example:
        >>> ingot.fft.fftn(ingot.ones((2, 3))).shape
        (2, 3)
    """

def ifftn(
    x: ArrayLike,
    s: IntOrInts | None = None,
    axes: IntOrInts | None = None,
    norm: str | None = "backward",
    *,
    dim: IntOrInts | None = None,
) -> array:
    """The inverse of `fftn`.

    Example:
        >>> ingot.fft.ifftn(ingot.ones((2, 3))).shape
        (2, 3)
    """

def fft2(
    x: ArrayLike,
    s: IntOrInts | None = None,
    axes: IntOrInts | None = None,
    norm: str | None = "backward",
    *,
    dim: IntOrInts | None = None,
) -> array:
    """`fft` over the last two axes.

    Example:
        >>> ingot.fft.fft2(ingot.ones((5, 2, 3))).shape
        (5, 2, 3)
    """

def ifft2(
    x: ArrayLike,
    s: IntOrInts | None = None,
    axes: IntOrInts | None = None,
    norm: str | None = "backward",
    *,
    dim: IntOrInts | None = None,
) -> array:
    """The inverse of `fft2`.

    Example:
        >>> ingot.fft.ifft2(ingot.ones((5, 2, 3))).shape
        (5, 2, 3)
    """

def rfft(
    x: ArrayLike, n: int | None = None, axis: int = -1, norm: str | None = "backward", *, dim: int | None = None
) -> array:
    """`fft` of real numbers: the first n // 2 + 1 results, of which the others are the conjugates.

    Example:
        >>> ingot.fft.rfft(ingot.ones(8)).shape
        (5,)
    """

def irfft(
    x: ArrayLike, n: int | None = None, axis: int = -1, norm: str | None = "backward", *, dim: int | None = None
) -> array:
    """The inverse of `rfft`: n real numbers, 2 (m - 1) by default for m given ones.

    Example:
        >>> ingot.fft.irfft(ingot.ones(5)).shape
        (8,)
    """

def rfftn(
    x: ArrayLike,
    s: IntOrInts | None = None,
    axes: IntOrInts | None = None,
    norm: str | None = "backward",
    *,
    dim: IntOrInts | None = None,
) -> array:
    """`fftn` of real numbers, the last axis by its first half.

    Example:
        >>> ingot.fft.rfftn(ingot.ones((4, 8))).shape
        (4, 5)
    """

def irfftn(
    x: ArrayLike,
    s: IntOrInts | None = None,
    axes: IntOrInts | None = None,
    norm: str | None = "backward",
    *,
    dim: IntOrInts | None = None,
) -> array:
    """The inverse of `rfftn`.

    Example:
        >>> ingot.fft.irfftn(ingot.ones((4, 5))).shape
        (4, 8)
    """

def rfft2(
    x: ArrayLike,
    s: IntOrInts | None = None,
    axes: IntOrInts | None = None,
    norm: str | None = "backward",
    *,
    dim: IntOrInts | None = None,
) -> array:
    """`rfftn` over the last two axes.

    Example:
        >>> ingot.fft.rfft2(ingot.ones((5, 4, 8))).shape
        (5, 4, 5)
    """

def irfft2(
    x: ArrayLike,
    s: IntOrInts | None = None,
    axes: IntOrInts | None = None,
    norm: str | None = "backward",
    *,
    dim: IntOrInts | None = None,
) -> array:
    """The inverse of `rfft2`.

    Example:
        >>> ingot.fft.irfft2(ingot.ones((5, 4, 5))).shape
        (5, 4, 8)
    """

def hfft(
    x: ArrayLike, n: int | None = None, axis: int = -1, norm: str | None = "backward", *, dim: int | None = None
) -> array:
    """The spectrum, real, of a signal of which the first half is given, the other being its conjugates.

    Example:
        >>> ingot.fft.hfft(ingot.ones(5)).shape
        (8,)
    """

def ihfft(
    x: ArrayLike, n: int | None = None, axis: int = -1, norm: str | None = "backward", *, dim: int | None = None
) -> array:
    """The inverse of `hfft`.

    Example:
        >>> ingot.fft.ihfft(ingot.ones(8)).shape
        (5,)
    """

def fftfreq(n: int, d: float = 1.0, *, dtype: DTypeLike | None = None, device: DeviceLike | None = None) -> array:
    """The frequencies of the results of `fft`, in cycles per unit of the distance `d` between samples.

    Example:
        >>> print(ingot.fft.fftfreq(4))
        [ 0.    0.25 -0.5  -0.25]
    """

def rfftfreq(n: int, d: float = 1.0, *, dtype: DTypeLike | None = None, device: DeviceLike | None = None) -> array:
    """The frequencies of the results of `rfft`.

    Example:
        >>> print(ingot.fft.rfftfreq(4))
        [0.   0.25 0.5 ]
    """

def fftshift(x: ArrayLike, axes: IntOrInts | None = None, *, dim: IntOrInts | None = None) -> array:
    """The frequency 0 moved to the middle of the axes (all by default).

    Example:
        >>> print(ingot.fft.fftshift([0, 1, -2, -1]))
        [-2 -1  0  1]
    """

def ifftshift(x: ArrayLike, axes: IntOrInts | None = None, *, dim: IntOrInts | None = None) -> array:
    """The inverse of `fftshift`.

    Example:
        >>> print(ingot.fft.ifftshift([-2, -1, 0, 1]))
        [ 0  1 -2 -1]
    """
