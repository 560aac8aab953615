"""Layers and losses as plain functions."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

def embedding(
    input: ArrayLike,
    weight: ArrayLike,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> array:
    """Row `input[...]` of `weight` (n, d) for each integer in input: (...) -> (..., d). Negative numbers count
    from the end. The row `padding_idx` gets no gradient. `max_norm` shortens rows of `weight` in place first.

    Example:
        >>> print(ingot.nn.functional.embedding(ingot.array([1, 0]), ingot.array([[1.0], [2.0]])).reshape(-1))
        [2. 1.]
    """

def embedding_bag(
    input: ArrayLike,
    weight: ArrayLike,
    offsets: ArrayLike | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: ArrayLike | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> array:
    """Sums, means or maxima of the rows of `weight` in bags: numbers (bags, numbers), or (numbers,) with
    `offsets`.
    """

def linear(input: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> array:
    """`input @ weight.T + bias` over the last axis.

    Example:
        >>> ingot.nn.functional.linear(ingot.ones((5, 2)), ingot.ones((3, 2))).shape
        (5, 3)
    """

def bilinear(input1: ArrayLike, input2: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> array:
    """`input1^T weight_k input2 + bias_k` for each k: (..., in1), (..., in2) -> (..., out)."""

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

def relu6(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`x`, moved into [0, 6].

    Example:
        >>> y = ingot.nn.functional.relu6(ingot.array([-1.0, 2.0]))
    """

def leaky_relu(input: typing.Any, negative_slope: float = 0.01, inplace: bool = False) -> typing.Any:
    """`x`, times `negative_slope` where negative.

    Example:
        >>> y = ingot.nn.functional.leaky_relu(ingot.array([-1.0, 2.0]))
    """

def elu(input: typing.Any, alpha: float = 1.0, inplace: bool = False) -> typing.Any:
    """`x`, and `alpha * (exp(x) - 1)` where negative.

    Example:
        >>> y = ingot.nn.functional.elu(ingot.array([-1.0, 2.0]))
    """

def selu(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`elu`, scaled so that mean 0 and variance 1 are a fixed point (Klambauer et al., 2017).

    Example:
        >>> y = ingot.nn.functional.selu(ingot.array([-1.0, 2.0]))
    """

def celu(input: typing.Any, alpha: float = 1.0, inplace: bool = False) -> typing.Any:
    """`x`, and `alpha * (exp(x / alpha) - 1)` where negative.

    Example:
        >>> y = ingot.nn.functional.celu(ingot.array([-1.0, 2.0]))
    """

def gelu(input: typing.Any, approximate: str = "none", inplace: bool = False) -> typing.Any:
    """`x * P(Z <= x)` for a normal Z; `approximate='tanh'` computes nearly that by a tanh.

    Example:
        >>> round(ingot.gelu(ingot.array(1.0)).item(), 4)
        0.8413
    """

def mish(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`x * tanh(softplus(x))`.

    Example:
        >>> y = ingot.nn.functional.mish(ingot.array([-1.0, 2.0]))
    """

def softplus(input: typing.Any, beta: float = 1.0, threshold: float = 20.0, inplace: bool = False) -> typing.Any:
    """`log(1 + exp(beta * x)) / beta`, and `x` where `beta * x > threshold`.

    Example:
        >>> round(ingot.softplus(ingot.array(0.0)).item(), 4)
        0.6931
    """

def log_sigmoid(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`log(sigmoid(x))`.

    Example:
        >>> y = ingot.nn.functional.log_sigmoid(ingot.array([-1.0, 2.0]))
    """

def logsigmoid(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`log(sigmoid(x))`.

    Example:
        >>> y = ingot.nn.functional.logsigmoid(ingot.array([-1.0, 2.0]))
    """

def hardswish(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`x / 6`, times x + 3 moved into [0, 6].

    Example:
        >>> y = ingot.nn.functional.hardswish(ingot.array([-1.0, 2.0]))
    """

def hardsigmoid(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`x / 6 + 1 / 2`, moved into [0, 1].

    Example:
        >>> y = ingot.nn.functional.hardsigmoid(ingot.array([-1.0, 2.0]))
    """

def hardtanh(input: typing.Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> typing.Any:
    """`x`, moved into `[min_val, max_val]`; no gradient at the bounds.

    Example:
        >>> y = ingot.nn.functional.hardtanh(ingot.array([-1.0, 2.0]))
    """

def hardshrink(input: typing.Any, lambd: float = 0.5, inplace: bool = False) -> typing.Any:
    """`x`, and 0 where `abs(x) <= lambd`.

    Example:
        >>> y = ingot.nn.functional.hardshrink(ingot.array([-1.0, 2.0]))
    """

def softshrink(input: typing.Any, lambd: float = 0.5, inplace: bool = False) -> typing.Any:
    """`x`, moved towards 0 by `lambd`.

    Example:
        >>> y = ingot.nn.functional.softshrink(ingot.array([-1.0, 2.0]))
    """

def tanhshrink(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`x - tanh(x)`.

    Example:
        >>> y = ingot.nn.functional.tanhshrink(ingot.array([-1.0, 2.0]))
    """

def threshold(input: typing.Any, threshold: float, value: float, inplace: bool = False) -> typing.Any:
    """`x`, and `value` where `x <= threshold`.

    Example:
        >>> print(ingot.threshold(ingot.array([1.0, 3.0]), 2, 9))
        [9. 3.]
    """

def step(input: typing.Any, threshold: float = 0.0, inplace: bool = False) -> typing.Any:
    """1 where `x > threshold`, else 0, in the dtype of x.

    Example:
        >>> y = ingot.nn.functional.step(ingot.array([-1.0, 2.0]))
    """

def prelu(input: typing.Any, weight: ArrayLike, inplace: bool = False) -> typing.Any:
    """`x`, times `weight` where negative: one weight, or one for each channel (axis 1).

    Raises ValueError for other shapes of `weight`.

    Example:
        >>> print(ingot.prelu(ingot.array([-1.0, 3.0]), ingot.array([0.5])))
        [-0.5  3. ]
    """

def rrelu(
    input: typing.Any,
    lower: float = 0.125,
    upper: float = 0.3333333333333333,
    training: bool = False,
    inplace: bool = False,
) -> typing.Any:
    """`x`, where negative times a slope: while training one drawn from [lower, upper) for each element, else their
    mean.

    Example:
        >>> y = ingot.nn.functional.rrelu(ingot.array([-1.0, 2.0]))
    """

def relu(input: typing.Any, inplace: bool = False) -> typing.Any:
    """The greater of `input` and 0.

    Example:
        >>> y = ingot.nn.functional.relu(ingot.array([-1.0, 2.0]))
    """

def silu(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`input * sigmoid(input)`.

    Example:
        >>> y = ingot.nn.functional.silu(ingot.array([-1.0, 2.0]))
    """

def swish(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`input * sigmoid(input)`.

    Example:
        >>> y = ingot.nn.functional.swish(ingot.array([-1.0, 2.0]))
    """

def sigmoid(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`1 / (1 + exp(-input))`.

    Example:
        >>> y = ingot.nn.functional.sigmoid(ingot.array([-1.0, 2.0]))
    """

def tanh(input: typing.Any, inplace: bool = False) -> typing.Any:
    """The hyperbolic tangent.

    Example:
        >>> y = ingot.nn.functional.tanh(ingot.array([-1.0, 2.0]))
    """

def softsign(input: typing.Any, inplace: bool = False) -> typing.Any:
    """`input / (1 + abs(input))`.

    Example:
        >>> y = ingot.nn.functional.softsign(ingot.array([-1.0, 2.0]))
    """

def glu(input: ArrayLike, dim: int | None = None, dtype: DTypeLike | None = None) -> array:
    """The first half along an axis (the last by default) times the sigmoid of the second.

    Example:
        >>> ingot.glu(ingot.array([3.0, 0.0])).item()
        1.5
    """

def softmin(input: ArrayLike, dim: int | None = None, dtype: DTypeLike | None = None) -> array:
    """`softmax(-x)` along one axis (the last by default).

    Example:
        >>> print(ingot.softmin(ingot.zeros(2)))
        [0.5 0.5]
    """

def softmax(input: ArrayLike, dim: int | None = None, dtype: DTypeLike | None = None) -> array:
    """`exp(input) / sum(exp(input))` along one axis (the last by default)."""

def log_softmax(input: ArrayLike, dim: int | None = None, dtype: DTypeLike | None = None) -> array:
    """The logarithm of `softmax` along one axis (the last by default)."""

def mse_loss(input: ArrayLike, target: ArrayLike, reduction: str = "mean") -> array:
    """`(input - target)^2` of each element.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def l1_loss(input: ArrayLike, target: ArrayLike, reduction: str = "mean") -> array:
    """`|input - target|` of each element.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def smooth_l1_loss(input: ArrayLike, target: ArrayLike, reduction: str = "mean", beta: float = 1.0) -> array:
    """`d^2 / (2 beta)` for a distance `d = |input - target|` below beta, else `d - beta / 2` (Girshick, 2015).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def huber_loss(input: ArrayLike, target: ArrayLike, reduction: str = "mean", delta: float = 1.0) -> array:
    """`d^2 / 2` for a distance `d = |input - target|` up to delta, else `delta (d - delta / 2)` (Huber, 1964).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def kl_div(input: ArrayLike, target: ArrayLike, reduction: str = "mean", log_target: bool = False) -> array:
    """`target (log(target) - input)`, where input holds logarithms of probabilities, and target probabilities, or
    with `log_target` logarithms too. `reduction='batchmean'` sums and divides by the length of axis 0: the
    divergence itself.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def poisson_nll_loss(
    input: ArrayLike,
    target: ArrayLike,
    log_input: bool = True,
    full: bool = False,
    eps: float = 1e-08,
    reduction: str = "mean",
) -> array:
    """`exp(input) - target input`: the negative log likelihood of counts with rate `exp(input)`; without
    `log_input`, `input - target log(input + eps)`. `full` adds Stirling's approximation of `log(target!)` where
    the target is above 1.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def gaussian_nll_loss(
    input: ArrayLike, target: ArrayLike, var: ArrayLike, full: bool = False, eps: float = 1e-06, reduction: str = "mean"
) -> array:
    """`(log(max(var, eps)) + (input - target)^2 / max(var, eps)) / 2`, plus `log(2 pi) / 2` if `full`; `var` has
    the shape of input, or has one number for each row (Nix and Weigend, 1994).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
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
    `label_smoothing` is the share of each target that is spread evenly over all classes. The mean is over what
    is not ignored, weighted.

    Raises ShapeError or TypeError if target or weight do not match, IndexError when evaluated if an index is
    not in [0, C).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def nll_loss(
    input: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> array:
    """`-input[target]`: the negative log likelihood of classes, where input (C,), (N, C) or (N, C, d1, ...) holds
    log probabilities and target the classes' indices, in the shape of input without C. `weight` (C,) is a
    factor for each class; `ignore_index` does not count.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def binary_cross_entropy(
    input: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None, reduction: str = "mean"
) -> array:
    """`-(target log(input) + (1 - target) log(1 - input))` for probabilities in [0, 1], logarithms not below -100.
    `weight` is a factor for each element.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def binary_cross_entropy_with_logits(
    input: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    reduction: str = "mean",
    pos_weight: ArrayLike | None = None,
) -> array:
    """Binary cross entropy of `sigmoid(input)`, stable for any input. `pos_weight` is a factor for positive
    targets, `weight` one for each element; both broadcast.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def sigmoid_focal_loss(
    input: ArrayLike, target: ArrayLike, alpha: float = 0.25, gamma: float = 2.0, reduction: str = "none"
) -> array:
    """`-alpha_t (1 - p_t)^gamma log(p_t)` of `sigmoid(input)`: binary cross entropy that looks away from what is
    easy. A negative alpha weighs both classes alike (Lin et al., 2017).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def multi_margin_loss(
    input: ArrayLike,
    target: ArrayLike,
    p: int = 1,
    margin: float = 1.0,
    weight: ArrayLike | None = None,
    reduction: str = "mean",
) -> array:
    """`sum over i != target: max(0, margin - input[target] + input[i])^p / C` for input (N, C) or (C,) and class
    indices (N,) or (); p is 1 or 2, `weight` (C,) a factor for the target's class.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def multilabel_margin_loss(input: ArrayLike, target: ArrayLike, reduction: str = "mean") -> array:
    """`sum over labels j and other classes i: max(0, 1 - input[j] + input[i]) / C` for input and target (N, C) or
    (C,); a row of labels ends at the first -1.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def multilabel_soft_margin_loss(
    input: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None, reduction: str = "mean"
) -> array:
    """Binary cross entropy with logits, averaged over the last axis, the classes. `weight` (C,) is a factor for
    each class.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def soft_margin_loss(input: ArrayLike, target: ArrayLike, reduction: str = "mean") -> array:
    """`log(1 + exp(-target input))` for targets of 1 and -1.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def hinge_embedding_loss(input: ArrayLike, target: ArrayLike, margin: float = 1.0, reduction: str = "mean") -> array:
    """`input`, a distance, where the target is 1, and `max(0, margin - input)` where it is -1.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def margin_ranking_loss(
    input1: ArrayLike, input2: ArrayLike, target: ArrayLike, margin: float = 0.0, reduction: str = "mean"
) -> array:
    """`max(0, -target (input1 - input2) + margin)`.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def cosine_embedding_loss(
    input1: ArrayLike, input2: ArrayLike, target: ArrayLike, margin: float = 0.0, reduction: str = "mean"
) -> array:
    """`1 - cos(input1, input2)` where the target is 1, `max(0, cos(input1, input2) - margin)` where it is -1:
    inputs (N, D) with targets (N,), or (D,) with ().

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def triplet_margin_loss(
    anchor: ArrayLike,
    positive: ArrayLike,
    negative: ArrayLike,
    margin: float = 1.0,
    p: float = 2.0,
    eps: float = 1e-06,
    swap: bool = False,
    reduction: str = "mean",
) -> array:
    """`max(0, |anchor - positive| - |anchor - negative| + margin)` in the norm p; `swap` measures from the
    positive where that is nearer to the negative (Balntas et al., 2016).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.
    """

def pairwise_distance(x1: ArrayLike, x2: ArrayLike, p: float = 2.0, eps: float = 1e-06, keepdim: bool = False) -> array:
    """The norm p of `x1 - x2 + eps` along the last axis."""

def triplet_margin_with_distance_loss(
    anchor: ArrayLike,
    positive: ArrayLike,
    negative: ArrayLike,
    *,
    distance_function: typing.Any = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> array:
    """`max(0, d(anchor, positive) - d(anchor, negative) + margin)` for a distance function of the caller's."""

def ctc_loss(
    log_probs: ArrayLike,
    targets: ArrayLike,
    input_lengths: ArrayLike,
    target_lengths: ArrayLike,
    blank: int = 0,
    reduction: str = "mean",
    zero_infinity: bool = False,
) -> array:
    """Connectionist temporal classification: minus the log of the probability of all alignments of targets with
    the log probabilities (T, N, C), or (T, C).

    `targets` are (N, S), padded, or all of them one after another; `input_lengths` and `target_lengths` (N,)
    say how much of each counts. `reduction='mean'` divides each loss by its target's length first.
    `zero_infinity` makes losses 0 that are infinite because the input is too short (Graves et al., 2006).

    Raises ShapeError, TypeError or ValueError if the operands do not fit.

    Example:
        >>> x = ingot.log_softmax(ingot.zeros((4, 1, 3)), -1)
        >>> loss = ingot.nn.functional.ctc_loss(x, ingot.array([[1, 2]]), ingot.array([4]), ingot.array([2]))
        >>> round(loss.item(), 4)
        0.8432
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

@typing.overload
def adaptive_max_pool1d(
    input: ArrayLike, output_size: typing.Any, return_indices: typing.Literal[False] = False
) -> array:
    """The largest element of each of as many windows as asked for, which together cover the last 1 axis; None
    stands for the input's own length. `return_indices`: also where in the flattened spatial axes they are.

    Example:
        >>> ingot.nn.AdaptiveMaxPool1d(3)(ingot.ones((2, 3, 7))).shape
        (2, 3, 3)
    """

@typing.overload
def adaptive_max_pool1d(
    input: ArrayLike, output_size: typing.Any, *, return_indices: typing.Literal[True]
) -> tuple[array, array]: ...
@typing.overload
def adaptive_max_pool2d(
    input: ArrayLike, output_size: typing.Any, return_indices: typing.Literal[False] = False
) -> array:
    """The largest element of each of as many windows as asked for, which together cover the last 2 axes; None
    stands for the input's own length. `return_indices`: also where in the flattened spatial axes they are.

    Example:
        >>> ingot.nn.AdaptiveMaxPool2d(3)(ingot.ones((2, 3, 7, 7))).shape
        (2, 3, 3, 3)
    """

@typing.overload
def adaptive_max_pool2d(
    input: ArrayLike, output_size: typing.Any, *, return_indices: typing.Literal[True]
) -> tuple[array, array]: ...
@typing.overload
def adaptive_max_pool3d(
    input: ArrayLike, output_size: typing.Any, return_indices: typing.Literal[False] = False
) -> array:
    """The largest element of each of as many windows as asked for, which together cover the last 3 axes; None
    stands for the input's own length. `return_indices`: also where in the flattened spatial axes they are.

    Example:
        >>> ingot.nn.AdaptiveMaxPool3d(3)(ingot.ones((2, 3, 7, 7, 7))).shape
        (2, 3, 3, 3, 3)
    """

@typing.overload
def adaptive_max_pool3d(
    input: ArrayLike, output_size: typing.Any, *, return_indices: typing.Literal[True]
) -> tuple[array, array]: ...
def lp_pool1d(
    input: ArrayLike, norm_type: float, kernel_size: IntOrInts, stride: IntOrInts | None = None, ceil_mode: bool = False
) -> array:
    """`(sum of x^p over each window)^(1 / p)` for p = `norm_type`, over the last 1 axis; 0 where the sum is not
    positive.

    Example:
        >>> ingot.nn.LPPool1d(2, 2)(ingot.ones((2, 3, 8))).shape
        (2, 3, 4)
    """

def lp_pool2d(
    input: ArrayLike, norm_type: float, kernel_size: IntOrInts, stride: IntOrInts | None = None, ceil_mode: bool = False
) -> array:
    """`(sum of x^p over each window)^(1 / p)` for p = `norm_type`, over the last 2 axes; 0 where the sum is not
    positive.

    Example:
        >>> ingot.nn.LPPool2d(2, 2)(ingot.ones((2, 3, 8, 8))).shape
        (2, 3, 4, 4)
    """

def lp_pool3d(
    input: ArrayLike, norm_type: float, kernel_size: IntOrInts, stride: IntOrInts | None = None, ceil_mode: bool = False
) -> array:
    """`(sum of x^p over each window)^(1 / p)` for p = `norm_type`, over the last 3 axes; 0 where the sum is not
    positive.

    Example:
        >>> ingot.nn.LPPool3d(2, 2)(ingot.ones((2, 3, 8, 8, 8))).shape
        (2, 3, 4, 4, 4)
    """

def max_unpool1d(
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    output_size: IntOrInts | None = None,
) -> array:
    """Puts values back where max pooling found them, among zeros: the input and the indices that `MaxPool1d(...,
    return_indices=True)` gives. `output_size` chooses among the lengths that pool to the same.

    Example:
        >>> x = ingot.ones((2, 3, 8))
        >>> y, indices = ingot.nn.MaxPool1d(2, return_indices=True)(x)
        >>> ingot.nn.MaxUnpool1d(2)(y, indices).shape
        (2, 3, 8)
    """

def max_unpool2d(
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    output_size: IntOrInts | None = None,
) -> array:
    """Puts values back where max pooling found them, among zeros: the input and the indices that `MaxPool2d(...,
    return_indices=True)` gives. `output_size` chooses among the lengths that pool to the same.

    Example:
        >>> x = ingot.ones((2, 3, 8, 8))
        >>> y, indices = ingot.nn.MaxPool2d(2, return_indices=True)(x)
        >>> ingot.nn.MaxUnpool2d(2)(y, indices).shape
        (2, 3, 8, 8)
    """

def max_unpool3d(
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: IntOrInts,
    stride: IntOrInts | None = None,
    padding: IntOrInts = (0,),
    output_size: IntOrInts | None = None,
) -> array:
    """Puts values back where max pooling found them, among zeros: the input and the indices that `MaxPool3d(...,
    return_indices=True)` gives. `output_size` chooses among the lengths that pool to the same.

    Example:
        >>> x = ingot.ones((2, 3, 8, 8, 8))
        >>> y, indices = ingot.nn.MaxPool3d(2, return_indices=True)(x)
        >>> ingot.nn.MaxUnpool3d(2)(y, indices).shape
        (2, 3, 8, 8, 8)
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

def gumbel_softmax(
    logits: ArrayLike, tau: float = 1.0, hard: bool = False, *, dim: int | None = None, axis: int | None = None
) -> array:
    """A sample of the categorical distribution of logits along an axis (the last unless given), softened so that
    gradients flow: `softmax((logits + g) / tau)` for Gumbel noise g. `hard`: one-hot, with the gradient of the
    soft sample (Jang, Gu and Poole, 2017).

    Raises ValueError unless tau is positive.

    Example:
        >>> y = ingot.nn.functional.gumbel_softmax(ingot.zeros((2, 3)), hard=True)
        >>> y.sum(-1).tolist()
        [1.0, 1.0]
    """

def dropout(input: ArrayLike, p: float = 0.5, training: bool = True, inplace: bool = False) -> array:
    """While training: zeroes each element with probability `p` and scales the others by 1 / (1 - p). Otherwise
    passes its input on.
    """

def dropout1d(input: ArrayLike, p: float = 0.5, training: bool = True, inplace: bool = False) -> array:
    """While training: zeroes whole channels of an input (N, C, L) or (C, L) with probability `p` and scales the
    others by 1 / (1 - p) (Tompson et al., 2015). Otherwise passes its input on.
    """

def dropout2d(input: ArrayLike, p: float = 0.5, training: bool = True, inplace: bool = False) -> array:
    """While training: zeroes whole channels of an input (N, C, H, W) or (C, H, W) with probability `p` and scales
    the others by 1 / (1 - p) (Tompson et al., 2015). Otherwise passes its input on.
    """

def dropout3d(input: ArrayLike, p: float = 0.5, training: bool = True, inplace: bool = False) -> array:
    """While training: zeroes whole channels of an input (N, C, D, H, W) or (C, D, H, W) with probability `p` and
    scales the others by 1 / (1 - p) (Tompson et al., 2015). Otherwise passes its input on.
    """

def alpha_dropout(input: ArrayLike, p: float = 0.5, training: bool = True, inplace: bool = False) -> array:
    """While training: gives each element SELU's lowest value with probability `p`, then scales and moves all, so
    that a mean of 0 and a variance of 1 stay (Klambauer et al., 2017). Otherwise passes its input on.
    """

def feature_alpha_dropout(input: ArrayLike, p: float = 0.5, training: bool = True, inplace: bool = False) -> array:
    """While training: gives each element SELU's lowest value with probability `p`, then scales and moves all, so
    that a mean of 0 and a variance of 1 stay (Klambauer et al., 2017). Otherwise passes its input on.
    """

def unfold(
    input: ArrayLike,
    kernel_size: IntOrInts,
    dilation: IntOrInts = (1,),
    padding: IntOrInts = (0,),
    stride: IntOrInts = (1,),
) -> array:
    """Windows as columns: (N, C, H, W) -> (N, C * elements of a window, number of windows), also without N, and
    over as many spatial axes as `kernel_size` has numbers.

    Raises ShapeError if no window fits.

    Example:
        >>> ingot.nn.functional.unfold(ingot.ones((1, 3, 4, 4)), 2).shape
        (1, 12, 9)
    """

def fold(
    input: ArrayLike,
    output_size: IntOrInts,
    kernel_size: IntOrInts,
    dilation: IntOrInts = (1,),
    padding: IntOrInts = (0,),
    stride: IntOrInts = (1,),
) -> array:
    """The transpose of `unfold`: columns added up where they came from, in an array whose spatial lengths are
    `output_size`.

    Example:
        >>> ingot.nn.functional.fold(ingot.ones((1, 12, 9)), (4, 4), 2).shape
        (1, 3, 4, 4)
    """

def pad(input: ArrayLike, pad: IntOrInts, mode: str = "constant", value: builtins.complex | None = None) -> array:
    """Elements added around the last axes: `pad` is (before, after) of the last axis, then of the last but one,
    and so on; negative numbers cut off. `mode` is 'constant' (`value`), 'reflect', 'replicate' or 'circular'.

    Raises ShapeError if there are more pairs than axes, or where the mode cannot give that many.

    Example:
        >>> print(ingot.nn.functional.pad(ingot.ones(2), (1, 2)))
        [0. 1. 1. 0. 0.]
    """

def interpolate(
    input: ArrayLike,
    size: IntOrInts | None = None,
    scale_factor: typing.Any = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> array:
    """(N, C, *spatial) with its one to three spatial axes sampled at `size` places, or `scale_factor` times as
    many.

    `mode` is 'nearest', 'nearest-exact', 'linear' (also 'bilinear', 'trilinear'), 'bicubic' or 'area'. With
    `align_corners` the middles of the outermost elements stay in place, else the borders do. `antialias` looks
    at all elements that a place covers when shrinking. Coordinates follow from `scale_factor` as given, unless
    `recompute_scale_factor`.

    Raises ShapeError if axes do not fit, TypeError for integers in the smooth modes.

    Example:
        >>> x = ingot.array([[[1.0, 3.0]]])
        >>> print(ingot.nn.functional.interpolate(x, size=4, mode='linear'))
        [[[1.  1.5 2.5 3. ]]]
    """

def grid_sample(
    input: ArrayLike,
    grid: ArrayLike,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> array:
    """Values of (N, C, H, W) at places `grid` (N, Ho, Wo, 2), which hold (x, y) in [-1, 1] from border to border;
    or of (N, C, D, H, W) at (N, Do, Ho, Wo, 3). `mode` is 'bilinear', 'nearest' or, of images, 'bicubic';
    outside are 'zeros', the 'border', or a 'reflection'.

    Example:
        >>> x = ingot.ones((1, 2, 4, 4))
        >>> ingot.nn.functional.grid_sample(x, ingot.zeros((1, 3, 3, 2))).shape
        (1, 2, 3, 3)
    """

def affine_grid(theta: ArrayLike, size: IntOrInts, align_corners: bool | None = None) -> array:
    """The grid that affine maps (N, 2, 3), or (N, 3, 4), make of an image of shape `size`, for `grid_sample`.

    Example:
        >>> theta = ingot.array([[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]])
        >>> ingot.nn.functional.affine_grid(theta, (1, 1, 3, 4)).shape
        (1, 3, 4, 2)
    """

def pixel_shuffle(input: ArrayLike, upscale_factor: int) -> array:
    """(..., C * r^2, H, W) -> (..., C, H * r, W * r): groups of r^2 channels become r by r pixels.

    Example:
        >>> ingot.nn.functional.pixel_shuffle(ingot.ones((1, 8, 2, 2)), 2).shape
        (1, 2, 4, 4)
    """

def pixel_unshuffle(input: ArrayLike, downscale_factor: int) -> array:
    """The inverse of `pixel_shuffle`.

    Example:
        >>> ingot.nn.functional.pixel_unshuffle(ingot.ones((1, 2, 4, 4)), 2).shape
        (1, 8, 2, 2)
    """

def channel_shuffle(input: ArrayLike, groups: int) -> array:
    """Channels of several groups, taken in turn from each.

    Example:
        >>> ingot.nn.functional.channel_shuffle(ingot.arange(4).reshape(1, 4), 2).tolist()
        [[0, 2, 1, 3]]
    """

def group_norm(
    input: ArrayLike,
    num_groups: int,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    eps: float = 1e-05,
) -> array:
    """`(x - mean) / sqrt(variance + eps) * weight + bias` for (N, C, ...), with mean and variance over each of
    `num_groups` groups of channels and all axes behind (Wu and He, 2018).

    Example:
        >>> ingot.nn.functional.group_norm(ingot.ones((2, 4, 3)), 2).shape
        (2, 4, 3)
    """

def instance_norm(
    input: ArrayLike,
    running_mean: ArrayLike | None = None,
    running_var: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-05,
) -> array:
    """`(x - mean) / sqrt(variance + eps) * weight + bias` for (N, C, ...), with mean and variance of each channel
    of each sample, or the given ones unless `use_input_stats`. Running statistics are not moved: the layers do
    that (Ulyanov et al., 2016).

    Raises ShapeError if a shape does not fit.

    Example:
        >>> ingot.nn.functional.instance_norm(ingot.ones((2, 4, 3))).shape
        (2, 4, 3)
    """

def normalize(input: ArrayLike, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> array:
    """`x / max(norm, eps)` with the p-norm along `dim`.

    Example:
        >>> print(ingot.nn.functional.normalize(ingot.array([[3.0, 4.0]])))
        [[0.6 0.8]]
    """

from ingot._core import cosine_similarity as cosine_similarity

def local_response_norm(
    input: ArrayLike, size: int, alpha: float = 0.0001, beta: float = 0.75, k: float = 1.0
) -> array:
    """`x / (k + alpha * mean of x^2 over size neighbouring channels)^beta` for (N, C, ...).

    Example:
        >>> ingot.nn.functional.local_response_norm(ingot.ones((1, 4, 2)), 2).shape
        (1, 4, 2)
    """

from ingot._core import one_hot as one_hot
