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

def cross_entropy(
    input: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> array:
    """Cross entropy between unnormalised scores (C,), (N, C) or (N, C, d1, ...) and classes: their indices
    (integers, in the shape of input without C) or their probabilities (floats, in the shape of input).

    `weight` (C,) is a factor for each class. Positions of class `ignore_index` have no loss and no gradient.
    `label_smoothing` is the share of each target that is spread evenly over all classes. `reduction` is 'mean'
    (over what is not ignored, weighted), 'sum' or 'none'.

    Raises ShapeError or TypeError if target or weight do not match, IndexError when evaluated if an index is
    not in [0, C).

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

from ingot._core import log_softmax as log_softmax
from ingot._core import relu as relu
from ingot._core import sigmoid as sigmoid
from ingot._core import silu as silu
from ingot._core import softmax as softmax
from ingot._core import softplus as softplus
from ingot._core import softsign as softsign
from ingot._core import tanh as tanh

def layer_norm(
    input: ArrayLike,
    normalized_shape: IntOrInts,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    eps: float = 1e-05,
) -> array:
    """`(input - mean) / sqrt(variance + eps) * weight + bias` over the last axes, whose lengths are
    `normalized_shape`.

    Example:
        >>> print(ingot.nn.functional.layer_norm(ingot.array([1.0, 3.0]), 2, eps=0.0))
        [-1.  1.]
    """

def rms_norm(
    input: ArrayLike, normalized_shape: IntOrInts, weight: ArrayLike | None = None, eps: float | None = None
) -> array:
    """`input / sqrt(mean(input^2) + eps) * weight` over the last axes, whose lengths are `normalized_shape`. No
    `eps` means the distance of 1 to the next number in the dtype of input.

    Example:
        >>> print(ingot.nn.functional.rms_norm(ingot.array([2.0, 2.0]), 2))
        [1. 1.]
    """

def embedding(input: ArrayLike, weight: ArrayLike, padding_idx: int | None = None) -> array:
    """Row `input[...]` of `weight` (n, d) for each integer in input: (...) -> (..., d). Negative numbers count
    from the end. The row `padding_idx` gets no gradient.

    Example:
        >>> print(ingot.nn.functional.embedding(ingot.array([1, 0]), ingot.array([[1.0], [2.0]])).reshape(-1))
        [2. 1.]
    """

def gelu(input: ArrayLike, approximate: str = "none") -> array:
    """`input * P(Z <= input)` for a normal Z; `approximate='tanh'` computes nearly that by a tanh.

    Example:
        >>> round(ingot.nn.functional.gelu(ingot.array(1.0)).item(), 4)
        0.8413
    """

def scaled_dot_product_attention(
    query: ArrayLike,
    key: ArrayLike,
    value: ArrayLike,
    attn_mask: ArrayLike | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> array:
    """`softmax(query key^T scale + attn_mask) value`: query (..., L, d), key (..., S, d), value (..., S, e) ->
    (..., L, e).

    `attn_mask` broadcasts to (..., L, S): bool says where a query sees a key, floating numbers are added.
    `is_causal`: a query sees the keys up to its own position; not together with a mask. `scale` is 1 / sqrt(d)
    by default. `enable_gqa`: key and value may have fewer heads (axis -3), each for a group of neighbouring
    ones of query. A query that sees no key gets zeros. Computed block by block (Dao et al., 2022): scores never
    fill memory, unless `dropout_p` is not 0. Axes (..., H, L, d) that are a transposed view of (..., L, H, d)
    cost no copy.

    Raises ShapeError, TypeError or ValueError if the operands do not fit.

    Example:
        >>> q = ingot.ones((2, 4, 5, 8))
        >>> ingot.nn.functional.scaled_dot_product_attention(q, q, q, is_causal=True).shape
        (2, 4, 5, 8)
    """

from ingot._core import conv1d as conv1d
from ingot._core import conv2d as conv2d
from ingot._core import conv3d as conv3d
from ingot._core import conv_transpose1d as conv_transpose1d
from ingot._core import conv_transpose2d as conv_transpose2d
from ingot._core import conv_transpose3d as conv_transpose3d

@typing.overload
def max_pool1d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    dilation: IntOrInts = (1,),
    ceil_mode: bool = False,
    return_indices: typing.Literal[False] = False,
) -> array:
    """The largest element of each window over the last 1 axis of an input (N, C, *spatial), or without N. The
    stride is the window's size unless given. The gradient flows to the first of the largest elements.

    `return_indices`: also where in the flattened spatial axes they are (int64).

    Raises ShapeError if a window does not fit.

    Example:
        >>> ingot.nn.functional.max_pool1d(ingot.ones((2, 3, 8)), 2).shape
        (2, 3, 4)
    """

@typing.overload
def max_pool1d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    dilation: IntOrInts = (1,),
    ceil_mode: bool = False,
    *,
    return_indices: typing.Literal[True],
) -> tuple[array, array]: ...
def avg_pool1d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> array:
    """The mean of each window over the last 1 axis of an input (N, C, *spatial), or without N. The stride is the
    window's size unless given. Positions in the padding count as zeros if `count_include_pad`;
    `divisor_override` replaces the number of positions.

    Raises ShapeError if a window does not fit.

    Example:
        >>> ingot.nn.functional.avg_pool1d(ingot.ones((2, 3, 8)), 2).shape
        (2, 3, 4)
    """

def adaptive_avg_pool1d(input: ArrayLike, output_size: int | collections.abc.Sequence[int | None] | None) -> array:
    """Means over windows, as even as lengths allow, so that `output_size` of them cover each of the last 1 axis of
    an input (N, C, *spatial), or without N. None stands for the input's own length.

    Example:
        >>> ingot.nn.functional.adaptive_avg_pool1d(ingot.ones((2, 3, 7)), 3).shape
        (2, 3, 3)
    """

@typing.overload
def max_pool2d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    dilation: IntOrInts = (1,),
    ceil_mode: bool = False,
    return_indices: typing.Literal[False] = False,
) -> array:
    """The largest element of each window over the last 2 axes of an input (N, C, *spatial), or without N. The
    stride is the window's size unless given. The gradient flows to the first of the largest elements.

    `return_indices`: also where in the flattened spatial axes they are (int64).

    Raises ShapeError if a window does not fit.

    Example:
        >>> ingot.nn.functional.max_pool2d(ingot.ones((2, 3, 8, 8)), 2).shape
        (2, 3, 4, 4)
    """

@typing.overload
def max_pool2d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    dilation: IntOrInts = (1,),
    ceil_mode: bool = False,
    *,
    return_indices: typing.Literal[True],
) -> tuple[array, array]: ...
def avg_pool2d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> array:
    """The mean of each window over the last 2 axes of an input (N, C, *spatial), or without N. The stride is the
    window's size unless given. Positions in the padding count as zeros if `count_include_pad`;
    `divisor_override` replaces the number of positions.

    Raises ShapeError if a window does not fit.

    Example:
        >>> ingot.nn.functional.avg_pool2d(ingot.ones((2, 3, 8, 8)), 2).shape
        (2, 3, 4, 4)
    """

def adaptive_avg_pool2d(input: ArrayLike, output_size: int | collections.abc.Sequence[int | None] | None) -> array:
    """Means over windows, as even as lengths allow, so that `output_size` of them cover each of the last 2 axes of
    an input (N, C, *spatial), or without N. None stands for the input's own length.

    Example:
        >>> ingot.nn.functional.adaptive_avg_pool2d(ingot.ones((2, 3, 7, 7)), 3).shape
        (2, 3, 3, 3)
    """

@typing.overload
def max_pool3d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    dilation: IntOrInts = (1,),
    ceil_mode: bool = False,
    return_indices: typing.Literal[False] = False,
) -> array:
    """The largest element of each window over the last 3 axes of an input (N, C, *spatial), or without N. The
    stride is the window's size unless given. The gradient flows to the first of the largest elements.

    `return_indices`: also where in the flattened spatial axes they are (int64).

    Raises ShapeError if a window does not fit.

    Example:
        >>> ingot.nn.functional.max_pool3d(ingot.ones((2, 3, 8, 8, 8)), 2).shape
        (2, 3, 4, 4, 4)
    """

@typing.overload
def max_pool3d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    dilation: IntOrInts = (1,),
    ceil_mode: bool = False,
    *,
    return_indices: typing.Literal[True],
) -> tuple[array, array]: ...
def avg_pool3d(
    input: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> array:
    """The mean of each window over the last 3 axes of an input (N, C, *spatial), or without N. The stride is the
    window's size unless given. Positions in the padding count as zeros if `count_include_pad`;
    `divisor_override` replaces the number of positions.

    Raises ShapeError if a window does not fit.

    Example:
        >>> ingot.nn.functional.avg_pool3d(ingot.ones((2, 3, 8, 8, 8)), 2).shape
        (2, 3, 4, 4, 4)
    """

def adaptive_avg_pool3d(input: ArrayLike, output_size: int | collections.abc.Sequence[int | None] | None) -> array:
    """Means over windows, as even as lengths allow, so that `output_size` of them cover each of the last 3 axes of
    an input (N, C, *spatial), or without N. None stands for the input's own length.

    Example:
        >>> ingot.nn.functional.adaptive_avg_pool3d(ingot.ones((2, 3, 7, 7, 7)), 3).shape
        (2, 3, 3, 3, 3)
    """

def batch_norm(
    input: ArrayLike,
    running_mean: array | None = None,
    running_var: array | None = None,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-05,
) -> array:
    """`(x - mean) / sqrt(variance + eps) * weight + bias` for each channel, axis 1: with the running statistics,
    or while training with those of the batch, towards which the running ones, where given, are moved in place
    by the part `momentum`.

    Raises ShapeError if shapes do not fit, ValueError while training with one element per channel.

    Example:
        >>> x = ingot.array([[1.0], [3.0]])
        >>> print(ingot.nn.functional.batch_norm(x, training=True, eps=0))
        [[-1.]
         [ 1.]]
    """
