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

def kaiming_uniform_(array: typing.Any, a: float = 0.0) -> typing.Any:
    """U(-k, k) with k = sqrt(6 / ((1 + a^2) * fan_in)), for layers followed by a leaky ReLU of negative slope `a`."""
