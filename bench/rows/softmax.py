"""Softmax along rows that fit into the cache: one pass over memory if reductions are fused with what follows them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rows import Row, Run


def data() -> NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal((4096, 1024), dtype=np.float32)


def ingot_softmax() -> Run:
    import ingot

    x = ingot.array(data())

    def run() -> Any:
        y = ingot.softmax(x, axis=-1)
        ingot.eval(y)
        return y

    return run


def torch_softmax() -> Run:
    import torch

    x = torch.from_numpy(data())
    return lambda: torch.softmax(x, dim=-1)


def torch_compile_softmax() -> Run:
    import torch

    x, compiled = torch.from_numpy(data()), torch.compile(lambda x: torch.softmax(x, dim=-1))
    return lambda: compiled(x)


def jax_softmax() -> Run:
    import jax

    x, compiled = jax.numpy.asarray(data()), jax.jit(jax.nn.softmax)
    return lambda: compiled(x).block_until_ready()


def mlx_softmax() -> Run:
    import mlx.core as mx

    x = mx.array(data())

    def run() -> Any:
        y = mx.softmax(x, axis=-1)
        mx.eval(y)
        return y

    return run


ROWS = [
    Row(
        "softmax",
        "softmax, 4096 x 1024",
        {
            "ingot": ingot_softmax,
            "torch": torch_softmax,
            "torch-compile": torch_compile_softmax,
            "jax": jax_softmax,
            "mlx": mlx_softmax,
        },
    )
]
