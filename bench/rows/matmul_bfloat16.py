"""The product of two matrices of bfloat16, which newer processors multiply at twice the rate of float32."""

from __future__ import annotations

import operator
from functools import partial
from typing import Any

from rows import Goal, Row, Run, Work
from rows.matmul import data


def ingot_product(size: int, jit: bool) -> Run:
    import ingot

    a, b = (ingot.array(x).astype(ingot.bfloat16) for x in data(size))
    ingot.eval(a, b)
    product = ingot.jit(operator.matmul) if jit else operator.matmul

    def run() -> Any:
        y = product(a, b)
        ingot.eval(y)
        return y

    return run


def torch_product(size: int) -> Run:
    import torch

    a, b = (torch.from_numpy(x).bfloat16() for x in data(size))
    return lambda: a @ b


def jax_product(size: int) -> Run:
    import jax
    import jax.numpy as jnp

    a, b = (jnp.asarray(x, jnp.bfloat16) for x in data(size))
    product = jax.jit(operator.matmul)
    return lambda: product(a, b).block_until_ready()


def work(size: int) -> Work:
    return {
        "ingot": partial(ingot_product, size, jit=False),
        "ingot-jit": partial(ingot_product, size, jit=True),
        "torch": partial(torch_product, size),
        "jax": partial(jax_product, size),
    }


SIZE = 1024

ROWS = [
    Row(
        f"matmul-bfloat16-{SIZE}",
        f"matmul of bfloat16 {SIZE} x {SIZE}",
        (Goal(1.0, "torch"),),
        work=work(SIZE),
        flops=2.0 * SIZE**3,
    )
]
