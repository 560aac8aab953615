"""A hundred operations on eight floats, each needing the one before, called one by one from Python: what a call costs.

Compilers have no column here: they would see the whole chain, and that is another row's subject.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from rows import Goal, Row, Run

LENGTH = 100


def adds(x: Any, step: Any) -> Any:
    for _ in range(LENGTH):
        x = x + step
    return x


def products(x: Any, factor: Any) -> Any:
    for _ in range(LENGTH):
        x = x * factor
    return x


def operands() -> list[Any]:
    return [np.arange(8, dtype=np.float32), np.full(8, 0.5, dtype=np.float32)]


def factors() -> list[Any]:
    """A factor whose hundredth power is still a number of ordinary size."""
    return [np.arange(8, dtype=np.float32), np.full(8, 1.01, dtype=np.float32)]


# ---- adds, forward ----


def ingot_adds() -> Run:
    import ingot

    x, step = map(ingot.array, operands())

    def run() -> Any:
        y = adds(x, step)
        ingot.eval(y)
        return y

    return run


def torch_adds() -> Run:
    import torch

    x, step = map(torch.from_numpy, operands())
    return lambda: adds(x, step)


def jax_adds() -> Run:
    import jax

    x, step = map(jax.numpy.asarray, operands())
    return lambda: adds(x, step).block_until_ready()


def mlx_adds() -> Run:
    import mlx.core as mx

    x, step = map(mx.array, operands())

    def run() -> Any:
        y = adds(x, step)
        mx.eval(y)
        return y

    return run


# ---- products, forward and backward to the first operand's gradient ----


def ingot_products() -> Run:
    import ingot

    x, factor = map(ingot.array, factors())
    x.requires_grad = True

    def run() -> Any:
        x.grad = None
        products(x, factor).sum().backward()
        ingot.eval(x.grad)
        return x.grad

    return run


def torch_products() -> Run:
    import torch

    x, factor = map(torch.from_numpy, factors())
    x.requires_grad_()

    def run() -> Any:
        x.grad = None
        products(x, factor).sum().backward()
        return x.grad

    return run


def jax_products() -> Run:
    import jax

    x, factor = map(jax.numpy.asarray, factors())
    gradient = jax.grad(lambda x: products(x, factor).sum())
    return lambda: gradient(x).block_until_ready()


def mlx_products() -> Run:
    import mlx.core as mx

    x, factor = map(mx.array, factors())
    gradient = mx.grad(lambda x: products(x, factor).sum())

    def run() -> Any:
        result = gradient(x)
        mx.eval(result)
        return result

    return run


ROWS = [
    Row(
        "chain-add",
        "100 dependent adds of 8 floats, op by op",
        (Goal(0.35, "torch"),),
        work={"ingot": ingot_adds, "torch": torch_adds, "jax": jax_adds, "mlx": mlx_adds},
    ),
    Row(
        "chain-multiply-backward",
        "100 dependent multiplies, forward and backward",
        (Goal(0.35, "torch"),),
        work={"ingot": ingot_products, "torch": torch_products, "jax": jax_products, "mlx": mlx_products},
    ),
]
