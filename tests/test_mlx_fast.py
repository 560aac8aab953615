"""`mlx.core.fast`, against NumPy: norms, rotary positions, attention."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from mlx_helpers import close, log_softmax, values

from ingot.mlx import core as mx
from ingot.mlx import nn


def test_fast_norms(rng: np.random.Generator) -> None:
    x, w, b = values(rng, 2, 5, 8), values(rng, 8), values(rng, 8)
    rms = x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-5)
    close(mx.fast.rms_norm(mx.array(x), mx.array(w), 1e-5), rms * w)
    close(mx.fast.rms_norm(mx.array(x), None, 1e-5), rms)
    centred = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
    close(mx.fast.layer_norm(mx.array(x), mx.array(w), mx.array(b), 1e-5), centred * w + b)


@pytest.mark.parametrize("traditional", [True, False])
def test_rope(traditional: bool, rng: np.random.Generator) -> None:
    x = values(rng, 2, 5, 8)
    got = mx.fast.rope(mx.array(x), 6, traditional=traditional, base=100.0, scale=0.5, offset=3)
    want = x.astype(np.float64).copy()
    for pair in range(3):
        i, j = (2 * pair, 2 * pair + 1) if traditional else (pair, pair + 3)
        angle = 0.5 * (np.arange(5) + 3) * 100.0 ** (-2 * pair / 6)
        want[..., i] = x[..., i] * np.cos(angle) - x[..., j] * np.sin(angle)
        want[..., j] = x[..., i] * np.sin(angle) + x[..., j] * np.cos(angle)
    close(got, want)
    rates = mx.array([100.0 ** (2 * pair / 6) for pair in range(3)])
    close(mx.fast.rope(mx.array(x), 6, traditional=traditional, base=None, scale=0.5, offset=3, freqs=rates), want)
    close(nn.RoPE(6, traditional, base=100.0, scale=0.5)(mx.array(x), offset=3), want)


@pytest.mark.parametrize("mask", [None, "causal", "additive", "boolean"])
def test_attention_with_grouped_heads(mask: str | None, rng: np.random.Generator) -> None:
    q, k, v = values(rng, 2, 4, 5, 8), values(rng, 2, 2, 7, 8), values(rng, 2, 2, 7, 8)
    scores = 0.3 * q @ np.repeat(k, 2, 1).swapaxes(-1, -2)
    given: Any = mask
    if mask == "causal":
        scores = np.where(np.arange(7) <= np.arange(5)[:, None] + 2, scores, -np.inf)
    elif mask == "additive":
        given = values(rng, 5, 7)
        scores = scores + given
    elif mask == "boolean":
        given = values(rng, 5, 7) > -1
        given[:, 0] = True
        scores = np.where(given, scores, -np.inf)
    given = mx.array(given) if isinstance(given, np.ndarray) else given
    got = mx.fast.scaled_dot_product_attention(*map(mx.array, (q, k, v)), scale=0.3, mask=given)
    close(got, np.exp(log_softmax(scores)) @ np.repeat(v, 2, 1))
