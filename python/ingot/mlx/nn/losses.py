"""Losses with MLX's names, arguments and default reductions."""

from __future__ import annotations

import math
from typing import Literal

import ingot
from ingot import array

Reduction = Literal["none", "mean", "sum"]


def _reduce(loss: array, reduction: Reduction) -> array:
    if reduction == "mean":
        return ingot.mean(loss)
    if reduction == "sum":
        return ingot.sum(loss)
    if reduction != "none":
        raise ValueError(f"reduction: expected 'none', 'mean' or 'sum', got {reduction!r}")
    return loss


def _same_shape(name: str, a: array, b: array) -> None:
    if a.shape != b.shape:
        raise ValueError(f"{name}: expected two arrays of one shape, got {a.shape} and {b.shape}")


def _logsumexp(x: array, axis: int) -> array:
    highest = ingot.stop_gradient(ingot.max(x, axis=axis, keepdims=True))
    return ingot.log(ingot.sum(ingot.exp(x - highest), axis=axis)) + ingot.squeeze(highest, axis)


def _pick(x: array, indices: array, axis: int) -> array:
    return ingot.squeeze(ingot.take_along_axis(x, ingot.expand_dims(indices, axis), axis), axis)


def cross_entropy(
    logits: array,
    targets: array,
    weights: array | None = None,
    axis: int = -1,
    label_smoothing: float = 0.0,
    reduction: Reduction = "none",
) -> array:
    """Cross entropy of logits with classes (integers, one axis less) or with probabilities (the same shape).

    Raises ValueError for a `label_smoothing` outside [0, 1) and for weights of another shape than the loss.

    Example:
        >>> from ingot.mlx import nn
        >>> print(nn.losses.cross_entropy(ingot.zeros((1, 4)), ingot.array([2])))
        [1.3862944]
    """
    if not 0 <= label_smoothing < 1:
        raise ValueError(f"cross_entropy: label_smoothing must be in [0, 1), got {label_smoothing}")
    as_probabilities = targets.ndim == logits.ndim
    expected = logits.shape[:axis] + logits.shape[axis % logits.ndim + 1 :]
    if targets.shape != (logits.shape if as_probabilities else expected):
        raise ValueError(f"cross_entropy: targets of shape {targets.shape} do not fit logits of shape {logits.shape}")
    total = _logsumexp(logits, axis)
    score = ingot.sum(logits * targets, axis=axis) if as_probabilities else _pick(logits, targets, axis)
    if label_smoothing > 0:
        loss = total - (1 - label_smoothing) * score - label_smoothing * ingot.mean(logits, axis=axis)
    else:
        loss = total - score
    if weights is not None:
        _same_shape("cross_entropy: weights", weights, loss)
        loss = loss * weights
    return _reduce(loss, reduction)


def binary_cross_entropy(
    inputs: array,
    targets: array,
    weights: array | None = None,
    with_logits: bool = True,
    reduction: Reduction = "mean",
) -> array:
    """Binary cross entropy of logits, or with `with_logits=False` of probabilities, whose logarithms are at least -100.

    Example:
        >>> from ingot.mlx import nn
        >>> print(nn.losses.binary_cross_entropy(ingot.zeros(2), ingot.ones(2)))
        0.6931472
    """
    _same_shape("binary_cross_entropy", inputs, targets)
    if with_logits:
        loss = ingot.logaddexp(ingot.zeros_like(inputs), inputs) - inputs * targets
    else:
        yes = ingot.clip(ingot.log(inputs), -100, None)
        no = ingot.clip(ingot.log(1 - inputs), -100, None)
        loss = -(targets * yes + (1 - targets) * no)
    if weights is not None:
        _same_shape("binary_cross_entropy: weights", weights, loss)
        loss = loss * weights
    return _reduce(loss, reduction)


def l1_loss(predictions: array, targets: array, reduction: Reduction = "mean") -> array:
    """Absolute differences."""
    _same_shape("l1_loss", predictions, targets)
    return _reduce(ingot.abs(predictions - targets), reduction)


def mse_loss(predictions: array, targets: array, reduction: Reduction = "mean") -> array:
    """Squared differences."""
    _same_shape("mse_loss", predictions, targets)
    return _reduce(ingot.square(predictions - targets), reduction)


def nll_loss(inputs: array, targets: array, axis: int = -1, reduction: Reduction = "none") -> array:
    """Minus the log probabilities in `inputs` of the classes in `targets`."""
    return _reduce(-_pick(inputs, targets, axis), reduction)


def gaussian_nll_loss(
    inputs: array,
    targets: array,
    vars: array,
    full: bool = False,
    eps: float = 1e-6,
    reduction: Reduction = "mean",
) -> array:
    """Minus the log likelihood of targets under normal distributions; with `full`, its constant term too."""
    _same_shape("gaussian_nll_loss", inputs, targets)
    _same_shape("gaussian_nll_loss", inputs, vars)
    vars = ingot.maximum(vars, eps)
    loss = 0.5 * (ingot.log(vars) + ingot.square(targets - inputs) / vars)
    return _reduce(loss + 0.5 * math.log(2 * math.pi) if full else loss, reduction)


def kl_div_loss(inputs: array, targets: array, axis: int = -1, reduction: Reduction = "none") -> array:
    """Divergence of distributions that are both given by their logarithms: sum of exp(t) * (t - x)."""
    return _reduce(ingot.sum(ingot.exp(targets) * (targets - inputs), axis=axis), reduction)


def smooth_l1_loss(predictions: array, targets: array, beta: float = 1.0, reduction: Reduction = "mean") -> array:
    """Squared below `beta`, absolute beyond."""
    _same_shape("smooth_l1_loss", predictions, targets)
    difference = ingot.abs(predictions - targets)
    near = 0.5 * ingot.square(difference) / beta
    return _reduce(ingot.where(difference < beta, near, difference - 0.5 * beta), reduction)


def triplet_loss(
    anchors: array,
    positives: array,
    negatives: array,
    axis: int = -1,
    p: int = 2,
    margin: float = 1.0,
    eps: float = 1e-6,
    reduction: Reduction = "none",
) -> array:
    """How much farther, in the p-norm, negatives are not than positives and the margin."""

    def distance(other: array) -> array:
        powers = ingot.sum(ingot.pow(ingot.abs(anchors - other), float(p)), axis=axis)
        return ingot.pow(powers + eps, 1.0 / p)

    return _reduce(ingot.maximum(distance(positives) - distance(negatives) + margin, 0.0), reduction)


def hinge_loss(inputs: array, targets: array, reduction: Reduction = "none") -> array:
    """max(0, 1 - inputs * targets), for targets of -1 and 1."""
    return _reduce(ingot.maximum(1 - inputs * targets, 0.0), reduction)


def huber_loss(inputs: array, targets: array, delta: float = 1.0, reduction: Reduction = "none") -> array:
    """Squared up to `delta`, linear beyond."""
    errors = inputs - targets
    size = ingot.abs(errors)
    linear = delta * (size - 0.5 * delta)
    return _reduce(ingot.where(size <= delta, 0.5 * ingot.square(errors), linear), reduction)


def log_cosh_loss(inputs: array, targets: array, reduction: Reduction = "none") -> array:
    """The logarithm of the hyperbolic cosine of the difference."""
    errors = inputs - targets
    return _reduce(ingot.logaddexp(errors, -errors) - math.log(2), reduction)


def cosine_similarity_loss(
    x1: array, x2: array, axis: int = 1, eps: float = 1e-8, reduction: Reduction = "none"
) -> array:
    """The cosine of the angle between vectors along `axis`."""
    lengths = [ingot.sqrt(ingot.sum(ingot.square(x), axis=axis)) for x in (x1, x2)]
    return _reduce(ingot.sum(x1 * x2, axis=axis) / ingot.maximum(lengths[0] * lengths[1], eps), reduction)


def margin_ranking_loss(
    inputs1: array, inputs2: array, targets: array, margin: float = 0.0, reduction: Reduction = "none"
) -> array:
    """max(0, margin - targets * (inputs1 - inputs2)), for targets of -1 and 1."""
    _same_shape("margin_ranking_loss", inputs1, inputs2)
    _same_shape("margin_ranking_loss", inputs1, targets)
    return _reduce(ingot.maximum(margin - targets * (inputs1 - inputs2), 0.0), reduction)
