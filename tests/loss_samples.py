"""Samples of losses and of functions behind layers: compositions, whose derivatives the suite checks."""

from __future__ import annotations

import numpy as np
from draws import Draw
from helpers import FLOATS
from sample_entries import sample

import ingot as ig

F = ig.nn.functional
PAIR = ((3, 4), (3, 4))
SIGNS = Draw((3, 4), "nonzero")


def softplus(x: np.ndarray) -> np.ndarray:
    return np.logaddexp(x, 0)


def distance(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.sqrt(((x - y + 1e-6) ** 2).sum(-1))


def huber(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    d = np.abs(x - y)
    return np.where(d <= 0.7, 0.5 * d**2, 0.7 * (d - 0.35))


def smooth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    d = np.abs(x - y)
    return np.where(d < 0.7, 0.5 * d**2 / 0.7, d - 0.35).mean()


COMPOSITES: dict[str, list[tuple]] = {
    "mse_loss": [sample("", F.mse_loss, lambda x, y: np.mean((x - y) ** 2), *PAIR, dtypes=FLOATS)],
    "l1_loss": [
        sample("sum", lambda x, y: F.l1_loss(x, y, "sum"), lambda x, y: np.abs(x - y).sum(), *PAIR, dtypes=FLOATS)
    ],
    "huber_loss": [sample("", lambda x, y: F.huber_loss(x, y, "none", 0.7), huber, *PAIR, dtypes=FLOATS)],
    "smooth_l1_loss": [sample("", lambda x, y: F.smooth_l1_loss(x, y, beta=0.7), smooth, *PAIR, dtypes=FLOATS)],
    "binary_cross_entropy_with_logits": [
        sample(
            "",
            lambda x, y: F.binary_cross_entropy_with_logits(x, y, reduction="none"),
            lambda x, y: (1 - y) * x + softplus(-x),
            *PAIR,
            dtypes=FLOATS,
        )
    ],
    "poisson_nll_loss": [
        sample("", lambda x, y: F.poisson_nll_loss(x, y), lambda x, y: np.mean(np.exp(x) - y * x), *PAIR, dtypes=FLOATS)
    ],
    "gaussian_nll_loss": [
        sample(
            "",
            lambda x, y, v: F.gaussian_nll_loss(x, y, v),
            lambda x, y, v: np.mean(0.5 * (np.log(v) + (x - y) ** 2 / v)),
            *PAIR,
            Draw((3, 4), "positive"),
            dtypes=FLOATS,
        )
    ],
    "soft_margin_loss": [
        sample("", F.soft_margin_loss, lambda x, y: softplus(-y * x).mean(), (3, 4), SIGNS, dtypes=FLOATS)
    ],
    "pairwise_distance": [sample("", F.pairwise_distance, distance, *PAIR, dtypes=FLOATS)],
    "triplet_margin_loss": [
        sample(
            "",
            lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=9.0),
            lambda a, p, n: np.maximum(distance(a, p) - distance(a, n) + 9, 0).mean(),
            *PAIR,
            (3, 4),
            dtypes=FLOATS,
        )
    ],
    "bilinear": [
        sample(
            "",
            F.bilinear,
            lambda x, y, w, b: np.einsum("ni,oij,nj->no", x, w, y) + b,
            (3, 4),
            (3, 2),
            (5, 4, 2),
            (5,),
            dtypes=FLOATS,
        )
    ],
    "rope": [
        sample(
            "",
            lambda x: ig.nn.RoPE(2)(x),
            lambda x: np.stack(
                [
                    x[..., 0] * np.cos(np.arange(3)) - x[..., 1] * np.sin(np.arange(3)),
                    x[..., 0] * np.sin(np.arange(3)) + x[..., 1] * np.cos(np.arange(3)),
                ],
                -1,
            ),
            (2, 3, 2),
            dtypes=FLOATS,
        )
    ],
}
