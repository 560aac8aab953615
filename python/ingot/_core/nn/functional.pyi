"""Layers and losses as plain functions."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

def mse_loss(input: ArrayLike, target: ArrayLike, reduction: str = "mean") -> array:
    """`(input - target)^2`, reduced: 'mean' over all elements, 'sum', or 'none'. Shapes must be equal, or one of
    the two 0-d.

    Raises ShapeError otherwise: other broadcasting, as of (N, 1) with (N,), would silently compare all with
    all.

    Example:
        >>> print(ingot.nn.MSELoss()(ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])))
        2.0
    """

def cross_entropy(input: ArrayLike, target: ArrayLike, reduction: str = "mean") -> array:
    """Cross entropy between unnormalised scores (C,), (N, C) or (N, C, d1, ...) and classes: their indices
    (integers, in the shape of input without C) or their probabilities (floats, in the shape of input).
    `reduction` is 'mean', 'sum' or 'none'.

    Raises ShapeError or TypeError if target does not match, IndexError when evaluated if an index is not in [0,
    C).

    Example:
        >>> loss = ingot.nn.CrossEntropyLoss()(ingot.zeros((2, 4)), ingot.array([0, 3]))
        >>> round(loss.item(), 4)
        1.3863
    """

def dropout(input: ArrayLike, p: float = 0.5, training: bool = True) -> array:
    """While training: zeroes each element with probability `p` and scales the others by 1 / (1 - p). Otherwise the
    input itself.
    """

def linear(input: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> array:
    """`input @ weight.T + bias` over the last axis.

    Example:
        >>> ingot.nn.functional.linear(ingot.ones((5, 2)), ingot.ones((3, 2))).shape
        (5, 3)
    """

from ingot._core import gelu as gelu
from ingot._core import log_softmax as log_softmax
from ingot._core import relu as relu
from ingot._core import sigmoid as sigmoid
from ingot._core import silu as silu
from ingot._core import softmax as softmax
from ingot._core import softplus as softplus
from ingot._core import softsign as softsign
from ingot._core import tanh as tanh
