"""Softmax along rows that fit into the cache: one pass over memory if reductions are fused with what follows them. And
along columns, as over the channels of an image, where neighbours in memory belong to different sums."""

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


def softmax(axis: int) -> Loaders:
    return {
        "ingot": named("ingot.softmax", axis=axis),
        "torch": named("torch.softmax", dim=axis),
        "jax": named("jax.nn.softmax", axis=axis),
        "mlx": named("mlx.core.softmax", axis=axis),
    }


ROWS = [
    Row("softmax", "softmax, 4096 x 1024", (Goal(0.8),), work=forward(softmax(-1), data)),
    Row("softmax-backward", "softmax, forward and backward", work=forward_backward(softmax(-1), data, cotangent)),
    Row("softmax-columns", "softmax along columns, 4096 x 1024", work=forward(softmax(0), data)),
]
