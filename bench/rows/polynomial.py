"""`x**2 + 3*x + 5` over 16 M floats: bound by memory, so it shows what fusion and buffer reuse are worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from functions import everywhere, forward
from rows import Goal, Row, Run

SIZE = 16 * 1024 * 1024


def data() -> NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal(SIZE, dtype=np.float32)


def polynomial(x: Any) -> Any:
    return x**2 + 3 * x + 5


def total(x: Any) -> Any:
    return polynomial(x).sum()


# ---- forward and backward: the gradient of the sum, which is all that anybody asks for here ----


def ingot_backward() -> Run:
    import ingot

    x = ingot.array(data(), requires_grad=True)

    def run() -> Any:
        x.grad = None
        total(x).backward()
        ingot.eval(x.grad)
        return x.grad

    return run


def ingot_jit_backward() -> Run:
    import ingot

    x, compiled = ingot.array(data()), ingot.jit(ingot.grad(total))

    def run() -> Any:
        gradient = compiled(x)
        ingot.eval(gradient)
        return gradient

    return run


def torch_backward(compiled: bool) -> Run:
    import torch

    x = torch.from_numpy(data()).requires_grad_()
    function = torch.compile(total) if compiled else total

    def run() -> Any:
        x.grad = None
        function(x).backward()
        return x.grad

    return run


def jax_backward() -> Run:
    import jax

    x, compiled = jax.numpy.asarray(data()), jax.jit(jax.grad(total))
    return lambda: compiled(x).block_until_ready()


def mlx_backward() -> Run:
    import mlx.core as mx

    x, compiled = mx.array(data()), mx.compile(mx.grad(total))

    def run() -> Any:
        gradient = compiled(x)
        mx.eval(gradient)
        return gradient

    return run


BACKWARD: dict[str, Callable[[], Run]] = {
    "ingot": ingot_backward,
    "ingot-jit": ingot_jit_backward,
    "torch": lambda: torch_backward(compiled=False),
    "torch-compile": lambda: torch_backward(compiled=True),
    "jax": jax_backward,
    "mlx": mlx_backward,
}

ROWS = [
    Row(
        "polynomial",
        "polynomial x**2 + 3*x + 5, 16 M floats",
        (Goal(0.2),),
        work=forward(everywhere(polynomial), lambda: [data()]),
    ),
    Row("polynomial-backward", "polynomial, forward and backward to x.grad", (Goal(0.25),), work=BACKWARD),
]
