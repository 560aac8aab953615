"""`x**2 + 3*x + 5` over 16 M floats: bound by memory, so it shows what fusion and buffer reuse are worth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rows import Row, Run

SIZE = 16 * 1024 * 1024


def data() -> NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal(SIZE, dtype=np.float32)


def polynomial(x: Any) -> Any:
    return x**2 + 3 * x + 5


def total(x: Any) -> Any:
    return polynomial(x).sum()


# ---- forward ----


def ingot_forward() -> Run:
    import ingot

    x = ingot.array(data())

    def run() -> Any:
        y = polynomial(x)
        ingot.eval(y)
        return y

    return run


def ingot_jit_forward() -> Run:
    import ingot

    x, compiled = ingot.array(data()), ingot.jit(polynomial)

    def run() -> Any:
        y = compiled(x)
        ingot.eval(y)
        return y

    return run


def torch_forward(compiled: bool) -> Run:
    import torch

    x = torch.from_numpy(data())
    function = torch.compile(polynomial) if compiled else polynomial
    return lambda: function(x)


def jax_forward() -> Run:
    import jax

    x, compiled = jax.numpy.asarray(data()), jax.jit(polynomial)
    return lambda: compiled(x).block_until_ready()


def mlx_forward() -> Run:
    import mlx.core as mx

    x, compiled = mx.array(data()), mx.compile(polynomial)

    def run() -> Any:
        y = compiled(x)
        mx.eval(y)
        return y

    return run


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


ROWS = [
    Row(
        "polynomial",
        "x**2 + 3*x + 5, 16 M floats",
        {
            "ingot": ingot_forward,
            "ingot-jit": ingot_jit_forward,
            "torch": lambda: torch_forward(compiled=False),
            "torch-compile": lambda: torch_forward(compiled=True),
            "jax": jax_forward,
            "mlx": mlx_forward,
        },
    ),
    Row(
        "polynomial-backward",
        "the same, forward and backward to x.grad",
        {
            "ingot": ingot_backward,
            "ingot-jit": ingot_jit_backward,
            "torch": lambda: torch_backward(compiled=False),
            "torch-compile": lambda: torch_backward(compiled=True),
            "jax": jax_backward,
            "mlx": mlx_backward,
        },
    ),
]
