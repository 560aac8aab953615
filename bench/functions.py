"""How each peer's users run a function of arrays: forward, and forward with the gradients that a cotangent pulls back.

A row gives the function once per framework, as a loader, so that no peer is imported by another's process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rows import Run, Work

Function = Callable[..., Any]
#: By framework: ingot, torch, jax, mlx. Whoever has none has no column.
Loaders = Mapping[str, Callable[[], Function]]
Data = Callable[[], list[NDArray[np.float32]]]


def named(path: str, **fixed: Any) -> Callable[[], Function]:
    """A loader of `module.function`, with keyword arguments that stay the same."""

    def load() -> Function:
        module, _, name = path.rpartition(".")
        function: Function = getattr(import_module(module), name)
        return partial(function, **fixed) if fixed else function

    return load


def everywhere(function: Function) -> Loaders:
    """For functions that only use what arrays of every framework have."""
    return dict.fromkeys(("ingot", "torch", "jax", "mlx"), lambda: function)


def forward(loaders: Loaders, data: Data) -> Work:
    """`function(*data)`."""
    columns: dict[str, Callable[..., Run]] = {
        "ingot": partial(ingot_forward, jit=False),
        "ingot-jit": partial(ingot_forward, jit=True),
        "torch": partial(torch_forward, compiled=False),
        "torch-compile": partial(torch_forward, compiled=True),
        "jax": jax_forward,
        "mlx": mlx_forward,
    }
    return bound(columns, loaders, data)


def forward_backward(loaders: Loaders, data: Data, cotangent: Callable[[], NDArray[np.float32]]) -> Work:
    """`function(*data)`, and its gradients by all of `data` for a given cotangent of the result."""
    columns: dict[str, Callable[..., Run]] = {
        "ingot": ingot_backward,
        "ingot-jit": ingot_jit_backward,
        "torch": partial(torch_backward, compiled=False),
        "torch-compile": partial(torch_backward, compiled=True),
        "jax": jax_backward,
        "mlx": mlx_backward,
    }
    return bound(columns, loaders, data, cotangent)


def bound(columns: Mapping[str, Callable[..., Run]], loaders: Loaders, *inputs: Callable[[], Any]) -> Work:
    """What each column does with the function of its framework, as in `torch-compile` with that of `torch`."""
    owners = {column: column.partition("-")[0] for column in columns}
    return {
        column: partial(make, loaders[owners[column]], *inputs)
        for column, make in columns.items()
        if owners[column] in loaders
    }


# ---- forward ----


def ingot_forward(load: Callable[[], Function], data: Data, jit: bool) -> Run:
    import ingot

    function, arrays = load(), [ingot.array(x) for x in data()]
    function = ingot.jit(function) if jit else function

    def run() -> Any:
        y = function(*arrays)
        ingot.eval(y)
        return y

    return run


def torch_forward(load: Callable[[], Function], data: Data, compiled: bool) -> Run:
    import torch

    function, arrays = load(), [torch.from_numpy(x) for x in data()]
    function = torch.compile(function) if compiled else function
    return lambda: function(*arrays)


def jax_forward(load: Callable[[], Function], data: Data) -> Run:
    import jax

    function, arrays = jax.jit(load()), [jax.numpy.asarray(x) for x in data()]
    return lambda: function(*arrays).block_until_ready()


def mlx_forward(load: Callable[[], Function], data: Data) -> Run:
    import mlx.core as mx

    function, arrays = mx.compile(load()), [mx.array(x) for x in data()]

    def run() -> Any:
        y = function(*arrays)
        mx.eval(y)
        return y

    return run


# ---- forward and backward ----


def ingot_backward(load: Callable[[], Function], data: Data, cotangent: Callable[[], Any]) -> Run:
    import ingot

    function, arrays = load(), [ingot.array(x, requires_grad=True) for x in data()]
    seed = ingot.array(cotangent())

    def run() -> Any:
        for x in arrays:
            x.grad = None
        y = function(*arrays)
        y.backward(seed)
        gradients = [x.grad for x in arrays]
        ingot.eval(y, gradients)
        return y, *gradients

    return run


def ingot_jit_backward(load: Callable[[], Function], data: Data, cotangent: Callable[[], Any]) -> Run:
    import ingot

    function, arrays, seed = load(), [ingot.array(x) for x in data()], ingot.array(cotangent())
    both = ingot.jit(lambda arrays, seed: ingot.vjp(function, arrays, [seed]))

    def run() -> Any:
        outputs, gradients = both(arrays, seed)
        ingot.eval(outputs, gradients)
        return *outputs, *gradients

    return run


def torch_backward(load: Callable[[], Function], data: Data, cotangent: Callable[[], Any], compiled: bool) -> Run:
    import torch

    function, arrays = load(), [torch.from_numpy(x).requires_grad_() for x in data()]
    function = torch.compile(function) if compiled else function
    seed = torch.from_numpy(cotangent())

    def run() -> Any:
        for x in arrays:
            x.grad = None
        y = function(*arrays)
        y.backward(seed)
        return y, *(x.grad for x in arrays)

    return run


def jax_backward(load: Callable[[], Function], data: Data, cotangent: Callable[[], Any]) -> Run:
    import jax

    function, arrays, seed = load(), [jax.numpy.asarray(x) for x in data()], jax.numpy.asarray(cotangent())

    @jax.jit  # type: ignore[untyped-decorator, unused-ignore]
    def both(arrays: Any, seed: Any) -> Any:
        y, pull = jax.vjp(function, *arrays)
        return y, *pull(seed)

    return lambda: jax.block_until_ready(both(arrays, seed))


def mlx_backward(load: Callable[[], Function], data: Data, cotangent: Callable[[], Any]) -> Run:
    import mlx.core as mx

    function, arrays, seed = load(), [mx.array(x) for x in data()], mx.array(cotangent())
    both = mx.compile(lambda arrays, seed: mx.vjp(function, arrays, [seed]))

    def run() -> Any:
        outputs, gradients = both(arrays, seed)
        mx.eval(outputs, gradients)
        return *outputs, *gradients

    return run
