"""MLX's losses, against NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from mlx_helpers import close, log_softmax, values

from ingot.mlx import core as mx
from ingot.mlx import nn


def test_cross_entropy(rng: np.random.Generator) -> None:
    logits, classes = values(rng, 6, 4), rng.integers(0, 4, 6)
    picked = log_softmax(logits)[np.arange(6), classes]
    close(nn.losses.cross_entropy(mx.array(logits), mx.array(classes)), -picked)
    smooth = -0.9 * picked - 0.1 * log_softmax(logits).mean(-1)
    got = nn.losses.cross_entropy(mx.array(logits), mx.array(classes), label_smoothing=0.1, reduction="mean")
    close(got, smooth.mean())
    chances = np.exp(log_softmax(values(rng, 6, 4)))
    close(nn.losses.cross_entropy(mx.array(logits), mx.array(chances)), -(log_softmax(logits) * chances).sum(-1))
    weights = values(rng, 6)
    close(nn.losses.cross_entropy(mx.array(logits), mx.array(classes), weights=mx.array(weights)), -picked * weights)
    columns = nn.losses.cross_entropy(mx.array(logits.T.copy()), mx.array(classes), axis=0)
    close(columns, -picked)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


LOSSES: dict[str, tuple[dict[str, Any], Callable[[np.ndarray, np.ndarray], np.ndarray], str]] = {
    "l1_loss": ({}, lambda p, t: np.abs(p - t), "mean"),
    "mse_loss": ({}, lambda p, t: (p - t) ** 2, "mean"),
    "smooth_l1_loss": (
        {"beta": 0.5},
        lambda p, t: np.where(np.abs(p - t) < 0.5, (p - t) ** 2, np.abs(p - t) - 0.25),
        "mean",
    ),
    "huber_loss": (
        {"delta": 0.7},
        lambda p, t: np.where(np.abs(p - t) <= 0.7, (p - t) ** 2 / 2, 0.7 * (np.abs(p - t) - 0.35)),
        "none",
    ),
    "log_cosh_loss": ({}, lambda p, t: np.log(np.cosh(p - t)), "none"),
    "hinge_loss": ({}, lambda p, t: np.maximum(0, 1 - p * t), "none"),
    "cosine_similarity_loss": (
        {},
        lambda p, t: (p * t).sum(1) / (np.linalg.norm(p, axis=1) * np.linalg.norm(t, axis=1)),
        "none",
    ),
    "kl_div_loss": ({}, lambda p, t: (np.exp(t) * (t - p)).sum(-1), "none"),
    "binary_cross_entropy": ({}, lambda p, t: -(t * np.log(sigmoid(p)) + (1 - t) * np.log(1 - sigmoid(p))), "mean"),
}


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_losses(name: str, rng: np.random.Generator) -> None:
    kwargs, formula, default = LOSSES[name]
    p, t = values(rng, 6, 4), values(rng, 6, 4)
    want = formula(p.astype(np.float64), t.astype(np.float64))
    function = getattr(nn.losses, name)
    close(function(mx.array(p), mx.array(t), **kwargs), want.mean() if default == "mean" else want)
    close(function(mx.array(p), mx.array(t), reduction="sum", **kwargs), want.sum(), 1e-4)
    close(function(mx.array(p), mx.array(t), reduction="none", **kwargs), want)
    with pytest.raises(ValueError, match="'none', 'mean' or 'sum'"):
        function(mx.array(p), mx.array(t), reduction="all", **kwargs)


def test_losses_of_three_arrays(rng: np.random.Generator) -> None:
    a, p, n = (values(rng, 6, 4) for _ in range(3))
    far = [np.sqrt(((a - other) ** 2).sum(-1) + 1e-6) for other in (p, n)]
    close(nn.losses.triplet_loss(*map(mx.array, (a, p, n))), np.maximum(far[0] - far[1] + 1, 0))
    signs = np.sign(n)
    close(
        nn.losses.margin_ranking_loss(*map(mx.array, (a, p, signs)), margin=0.1), np.maximum(0, 0.1 - signs * (a - p))
    )
    spread = np.abs(n) + 0.1
    want = 0.5 * (np.log(spread) + (p - a) ** 2 / spread + np.log(2 * np.pi))
    close(nn.losses.gaussian_nll_loss(*map(mx.array, (a, p, spread)), full=True), want.mean())
    classes = rng.integers(0, 4, 6)
    close(nn.losses.nll_loss(mx.array(a), mx.array(classes)), -a[np.arange(6), classes])


def test_binary_cross_entropy_of_certain_probabilities() -> None:
    got = nn.losses.binary_cross_entropy(
        mx.array([0.0, 1.0]), mx.array([1.0, 1.0]), with_logits=False, reduction="none"
    )
    assert got.tolist() == [100, 0]
