"""Layer normalisation with weight and bias, along rows that fit into the cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from functions import Loaders, forward, forward_backward
from rows import Goal, Row
from rows.softmax import SHAPE, cotangent

EPSILON = 1e-5


def data() -> list[NDArray[np.float32]]:
    """The rows, and the weight and bias of their columns."""
    random = np.random.default_rng(0)
    return [random.standard_normal(shape, dtype=np.float32) for shape in (SHAPE, SHAPE[1:], SHAPE[1:])]


def ingot_layer_norm() -> Callable[..., Any]:
    from ingot.nn import functional

    return lambda x, weight, bias: functional.layer_norm(x, SHAPE[1:], weight, bias, EPSILON)


def torch_layer_norm() -> Callable[..., Any]:
    from torch.nn import functional

    return lambda x, weight, bias: functional.layer_norm(x, SHAPE[1:], weight, bias, EPSILON)


def jax_layer_norm() -> Callable[..., Any]:
    from jax import lax

    def layer_norm(x: Any, weight: Any, bias: Any) -> Any:
        centred = x - x.mean(-1, keepdims=True)
        return centred * lax.rsqrt((centred * centred).mean(-1, keepdims=True) + EPSILON) * weight + bias

    return layer_norm


def mlx_layer_norm() -> Callable[..., Any]:
    import mlx.core as mx

    return lambda x, weight, bias: mx.fast.layer_norm(x, weight, bias, EPSILON)


LAYER_NORM: Loaders = {
    "ingot": ingot_layer_norm,
    "torch": torch_layer_norm,
    "jax": jax_layer_norm,
    "mlx": mlx_layer_norm,
}

ROWS = [
    Row("layer-norm", "layer norm, 4096 x 1024", (Goal(0.8),), work=forward(LAYER_NORM, data)),
    Row("layer-norm-backward", "layer norm, forward and backward", work=forward_backward(LAYER_NORM, data, cotangent)),
]
