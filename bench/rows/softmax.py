"""Softmax along rows that fit into the cache: one pass over memory if reductions are fused with what follows them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from functions import Loaders, forward, forward_backward, named
from rows import Goal, Row

SHAPE = (4096, 1024)


def data() -> list[NDArray[np.float32]]:
    return [np.random.default_rng(0).standard_normal(SHAPE, dtype=np.float32)]


def cotangent() -> NDArray[np.float32]:
    return np.random.default_rng(1).standard_normal(SHAPE, dtype=np.float32)


SOFTMAX: Loaders = {
    "ingot": named("ingot.softmax", axis=-1),
    "torch": named("torch.softmax", dim=-1),
    "jax": named("jax.nn.softmax"),
    "mlx": named("mlx.core.softmax", axis=-1),
}

ROWS = [
    Row("softmax", "softmax, 4096 x 1024", (Goal(0.8),), work=forward(SOFTMAX, data)),
    Row("softmax-backward", "softmax, forward and backward", work=forward_backward(SOFTMAX, data, cotangent)),
]
