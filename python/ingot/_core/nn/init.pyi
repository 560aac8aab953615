"""Initial values: each function fills the array it is given, outside of the graph, and returns it."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

def uniform_(array: typing.Any, low: float = 0.0, high: float = 1.0) -> typing.Any:
    """U(low, high)."""

def normal_(array: typing.Any, mean: float = 0.0, std: float = 1.0) -> typing.Any:
    """N(mean, std^2)."""

def xavier_uniform_(array: typing.Any, gain: float = 1.0) -> typing.Any:
    """U(-k, k) with k = gain * sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio, 2010)."""

def xavier_normal_(array: typing.Any, gain: float = 1.0) -> typing.Any:
    """N(0, s^2) with s = gain * sqrt(2 / (fan_in + fan_out)) (Glorot and Bengio, 2010)."""

def kaiming_uniform_(array: typing.Any, a: float = 0.0) -> typing.Any:
    """U(-k, k) with k = sqrt(6 / ((1 + a^2) * fan_in)), for layers followed by a leaky ReLU of negative slope `a`."""
