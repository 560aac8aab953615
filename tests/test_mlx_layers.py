"""MLX's layers and initialisers, where they are not PyTorch's under another name."""

from __future__ import annotations

import numpy as np
import pytest
from mlx_helpers import close, log_softmax, values

from ingot.mlx import core as mx
from ingot.mlx import nn


def test_multi_head_attention_is_causal(rng: np.random.Generator) -> None:
    layer = nn.MultiHeadAttention(8, 2)
    x = values(rng, 1, 4, 8)
    changed = x.copy()
    changed[:, 2:] += 1
    mask = nn.MultiHeadAttention.create_additive_causal_mask(4)
    before, after = (layer(mx.array(v), mx.array(v), mx.array(v), mask) for v in (x, changed))
    close(before[:, :2].detach(), np.asarray(after[:, :2].detach()))
    assert not np.allclose(np.asarray(before[:, 2:].detach()), np.asarray(after[:, 2:].detach()))


def test_batch_norm(rng: np.random.Generator) -> None:
    layer, x = nn.BatchNorm(4), values(rng, 6, 4)
    close(layer(mx.array(x)).detach(), (x - x.mean(0)) / np.sqrt(x.var(0) + 1e-5))
    close(layer.running_mean, 0.1 * x.mean(0))
    close(layer.running_var, 0.9 + 0.1 * x.var(0, ddof=1))
    layer.eval()
    close(layer(mx.array(x)).detach(), (x - 0.1 * x.mean(0)) / np.sqrt(0.9 + 0.1 * x.var(0, ddof=1) + 1e-5))


def test_layers_that_mlx_alone_has(rng: np.random.Generator) -> None:
    scores = values(rng, 1, 4, 3, 5)
    far = np.abs(np.arange(3)[:, None] - np.arange(5))
    slopes = 2.0 ** (-2 * np.arange(1, 5))[:, None, None]
    close(nn.ALiBi()(mx.array(scores)), scores - slopes * far)
    x = values(rng, 2, 5, 4)
    close(nn.InstanceNorm(4)(mx.array(x)), (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5))
    close(nn.Softmin()(mx.array(x)), np.exp(log_softmax(-x)))
    encoding = np.asarray(nn.SinusoidalPositionalEncoding(4, scale=1.0)(mx.arange(3).astype(mx.float32)))
    rates = np.asarray([1.0, 0.0001])
    angles = np.arange(3)[:, None] * rates
    close(encoding, np.concatenate([np.sin(angles), np.cos(angles)], -1))
    table = nn.Embedding(5, 4)
    close(table.as_linear(mx.array(x)).detach(), x @ np.asarray(table.weight.detach()).T)


def test_initialisers() -> None:
    a = mx.zeros((64, 32))
    assert nn.init.constant(2.0)(a).tolist() == mx.full((64, 32), 2.0).tolist()
    assert nn.init.identity()(mx.zeros((2, 2))).tolist() == [[1, 0], [0, 1]]
    for made, spread in (
        (nn.init.normal(0.0, 0.5)(a), 0.5),
        (nn.init.glorot_normal()(a), (2 / 96) ** 0.5),
        (nn.init.glorot_uniform()(a), (2 / 96) ** 0.5),
        (nn.init.he_normal()(a), 32**-0.5),
        (nn.init.he_uniform()(a, mode="fan_out"), 64**-0.5),
        (nn.init.uniform(-1, 1)(a), 3**-0.5),
    ):
        assert np.asarray(made).std() == pytest.approx(spread, rel=0.1)
    with pytest.raises(ValueError, match="square"):
        nn.init.identity()(a)


def test_layers_of_a_sequential_can_be_replaced() -> None:
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
    first, last = nn.Linear(2, 4), nn.Tanh()
    model.layers = [first, *model.layers[1:], last]
    assert [type(layer).__name__ for layer in model.layers] == ["Linear", "ReLU", "Tanh"]
    assert model.layers[0] is first
    assert model(mx.zeros((5, 2))).shape == (5, 4)


def test_a_sequential_takes_functions() -> None:
    model = nn.Sequential(nn.Linear(2, 3), mx.tanh, lambda x: x * 2)
    x = mx.ones((5, 2))
    close(model(x), np.tanh(np.array(model.layers[0](x))) * 2)
    assert model.layers[1] is mx.tanh
    assert [name for name, _ in model.named_parameters()] == ["0.weight", "0.bias"]
