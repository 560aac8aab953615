"""A hundred additions on eight floats, each needing the one before, called one by one from Python: what a call costs.

Compilers have no column here: they would see the whole chain, and that is another row's subject.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from rows import Row, Run

LENGTH = 100


def chain(x: Any, step: Any) -> Any:
    for _ in range(LENGTH):
        x = x + step
    return x


def operands() -> list[Any]:
    return [np.arange(8, dtype=np.float32), np.full(8, 0.5, dtype=np.float32)]


def ingot_chain() -> Run:
    import ingot

    x, step = map(ingot.array, operands())

    def run() -> Any:
        y = chain(x, step)
        ingot.eval(y)
        return y

    return run


def torch_chain() -> Run:
    import torch

    x, step = map(torch.from_numpy, operands())
    return lambda: chain(x, step)


def jax_chain() -> Run:
    import jax

    x, step = map(jax.numpy.asarray, operands())
    return lambda: chain(x, step).block_until_ready()


def mlx_chain() -> Run:
    import mlx.core as mx

    x, step = map(mx.array, operands())

    def run() -> Any:
        y = chain(x, step)
        mx.eval(y)
        return y

    return run


ROWS = [
    Row(
        "chain-100",
        "100 dependent adds of 8 floats, op by op",
        {"ingot": ingot_chain, "torch": torch_chain, "jax": jax_chain, "mlx": mlx_chain},
    )
]
