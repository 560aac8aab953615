"""Square matrix products: bound by the multipliers."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rows import Row, Run


def data(size: int) -> list[NDArray[np.float32]]:
    random = np.random.default_rng(0)
    return [random.standard_normal((size, size), dtype=np.float32) for _ in range(2)]


def ingot_matmul(size: int) -> Run:
    import ingot

    a, b = map(ingot.array, data(size))

    def run() -> Any:
        c = a @ b
        ingot.eval(c)
        return c

    return run


def torch_matmul(size: int) -> Run:
    import torch

    a, b = map(torch.from_numpy, data(size))
    return lambda: a @ b


def jax_matmul(size: int) -> Run:
    import jax

    (a, b), multiply = map(jax.numpy.asarray, data(size)), jax.jit(jax.numpy.matmul)
    return lambda: multiply(a, b).block_until_ready()


def mlx_matmul(size: int) -> Run:
    import mlx.core as mx

    a, b = map(mx.array, data(size))

    def run() -> Any:
        c = a @ b
        mx.eval(c)
        return c

    return run


ROWS = [
    Row(
        f"matmul-{size}",
        f"matmul {size} x {size}",
        {
            "ingot": partial(ingot_matmul, size),
            "torch": partial(torch_matmul, size),
            "jax": partial(jax_matmul, size),
            "mlx": partial(mlx_matmul, size),
        },
        flops=2.0 * size**3,
    )
    for size in (512, 1024, 2048)
]
