"""Initial values: each function fills the array it is given, outside of the graph, and returns it."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

def uniform_(tensor: typing.Any, a: float = 0.0, b: float = 1.0) -> typing.Any:
    """U(a, b)."""

def normal_(tensor: typing.Any, mean: float = 0.0, std: float = 1.0) -> typing.Any:
    """N(mean, std^2)."""

def trunc_normal_(
    tensor: typing.Any, mean: float = 0.0, std: float = 1.0, a: float = -2.0, b: float = 2.0
) -> typing.Any:
    """N(mean, std^2) as it is between a and b.

    Example:
        >>> x = ingot.nn.init.trunc_normal_(ingot.zeros(100), a=-1, b=1)
        >>> bool((ingot.abs(x) <= 1).all())
        True
    """

def constant_(tensor: typing.Any, val: float) -> typing.Any:
    """One value everywhere."""

def zeros_(tensor: typing.Any) -> typing.Any:
    """Zeros everywhere."""

def ones_(tensor: typing.Any) -> typing.Any:
    """Ones everywhere."""

def eye_(tensor: typing.Any) -> typing.Any:
    """Ones on the diagonal of zeros. Raises ShapeError unless there are two axes."""

def dirac_(tensor: typing.Any, groups: int = 1) -> typing.Any:
    """What makes a convolution (out, in, *kernel) pass its channels on, in each group.

    Example:
        >>> print(ingot.nn.init.dirac_(ingot.zeros((1, 1, 3))))
        [[[0. 1. 0.]]]
    """

def xavier_uniform_(tensor: typing.Any, gain: float = 1.0) -> typing.Any:
    """U(-k, k) with k = gain * sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio, 2010)."""

def xavier_normal_(tensor: typing.Any, gain: float = 1.0) -> typing.Any:
    """N(0, s^2) with s = gain * sqrt(2 / (fan_in + fan_out)) (Glorot and Bengio, 2010)."""

def orthogonal_(tensor: typing.Any, gain: float = 1.0) -> typing.Any:
    """Rows (or columns, if there are fewer) that are orthogonal and of length gain, in a random direction (Saxe et
    al., 2013). Raises ShapeError unless there are at least two axes.
    """

def kaiming_uniform_(
    tensor: typing.Any, a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu"
) -> typing.Any:
    """U(-k, k) with k = gain * sqrt(3 / fan), where the gain is that of the nonlinearity, `a` a leaky ReLU's
    negative slope, and the fan the number of inputs of one output ('fan_in') or of outputs of one input
    ('fan_out') (He et al., 2015).
    """

def kaiming_normal_(
    tensor: typing.Any, a: float = 0.0, mode: str = "fan_in", nonlinearity: str = "leaky_relu"
) -> typing.Any:
    """N(0, s^2) with s = gain / sqrt(fan); as `kaiming_uniform_` (He et al., 2015)."""

def sparse_(tensor: typing.Any, sparsity: float, std: float = 0.01) -> typing.Any:
    """N(0, std^2), but for the share `sparsity` of each column, rounded up, that is zero (Martens, 2010)."""

def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """The gain by which initial values make up for a nonlinearity; `param` is a leaky ReLU's negative slope.
    Raises ValueError for unknown names.

    Example:
        >>> ingot.nn.init.calculate_gain('linear')
        1.0
    """
