"""Helpers for gradients, parameters and sequences."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

def clip_grad_norm_(
    parameters: typing.Any,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: typing.Any = None,
) -> array:
    """Scales gradients down, in place, so that their norm as one vector is at most `max_norm`; returns the norm
    that they had (Pascanu et al., 2013). `foreach` is PyTorch's and changes nothing.

    Raises RuntimeError for a norm that is not finite, if `error_if_nonfinite`.

    Example:
        >>> w = ingot.nn.Parameter(ingot.array([3.0, 4.0]))
        >>> (w * w).sum().backward()
        >>> print(ingot.nn.utils.clip_grad_norm_(w, 1.0))
        10.0
        >>> print(w.grad)
        [0.6 0.8]
    """

def clip_grads_with_norm_(
    parameters: typing.Any, max_norm: float, total_norm: ArrayLike, foreach: typing.Any = None
) -> None:
    """Scales gradients, whose total norm is known, as `clip_grad_norm_` does."""

def clip_grad_value_(parameters: typing.Any, clip_value: float, foreach: typing.Any = None) -> None:
    """Moves every element of the gradients into [-clip_value, clip_value], in place."""

def get_total_norm(
    tensors: typing.Any, norm_type: float = 2.0, error_if_nonfinite: bool = False, foreach: typing.Any = None
) -> array:
    """The norm of all arrays as one vector; 0 for none.

    Example:
        >>> print(ingot.nn.utils.get_total_norm([ingot.array([3.0]), ingot.array([4.0])]))
        5.0
    """

def parameters_to_vector(parameters: typing.Any) -> array:
    """All parameters one after another, as one vector.

    Example:
        >>> ingot.nn.utils.parameters_to_vector(ingot.nn.Linear(2, 3).parameters()).shape
        (9,)
    """

def vector_to_parameters(vec: ArrayLike, parameters: typing.Any) -> None:
    """Gives parameters the values of a vector. Raises ShapeError unless the lengths agree."""
