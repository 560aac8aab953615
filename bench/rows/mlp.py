"""Fully connected networks, from one that is all overhead to one that is all matrix products."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rows import Goal, Row
from training import Training, Weights, into_ingot, into_mlx, into_torch, uniform

Sizes = tuple[int, ...]


def batch(sizes: Sizes, count: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    random = np.random.default_rng(0)
    return random.random((count, sizes[0]), dtype=np.float32), random.integers(0, sizes[-1], count, dtype=np.int32)


def weights(sizes: Sizes) -> Weights:
    """By their names in an `nn.Sequential` with activations in between."""
    pairs = list(pairwise(sizes))
    matrices = uniform(1, {f"{2 * layer}.weight": (outs, ins) for layer, (ins, outs) in enumerate(pairs)})
    return matrices | {f"{2 * layer}.bias": np.zeros(outs, np.float32) for layer, (_, outs) in enumerate(pairs)}


def layers(nn: Any, sizes: Sizes) -> list[Any]:
    """Ingot, PyTorch and MLX give these layers the same names."""
    modules = [module for ins, outs in pairwise(sizes) for module in (nn.Linear(ins, outs), nn.ReLU())]
    return modules[:-1]


def ingot_mlp(sizes: Sizes, initial: Weights) -> Any:
    from ingot import nn

    return into_ingot(nn.Sequential(*layers(nn, sizes)), initial)


def torch_mlp(sizes: Sizes, initial: Weights) -> Any:
    from torch import nn

    return into_torch(nn.Sequential(*layers(nn, sizes)), initial)


def mlx_mlp(sizes: Sizes, initial: Weights) -> Any:
    from mlx import nn

    return into_mlx(nn.Sequential(*layers(nn, sizes)), {f"layers.{name}": value for name, value in initial.items()})


def jax_mlp(sizes: Sizes, initial: Weights) -> Any:
    import jax
    import jax.numpy as jnp

    parameters = [
        (jnp.asarray(initial[f"{2 * layer}.weight"].T), jnp.asarray(initial[f"{2 * layer}.bias"]))
        for layer in range(len(sizes) - 1)
    ]

    def forward(parameters: Any, buffers: Any, x: Any) -> Any:
        *hidden, (weight, bias) = parameters
        for matrix, offset in hidden:
            x = jax.nn.relu(x @ matrix + offset)
        return x @ weight + bias, buffers

    return parameters, (), forward


def training(sizes: Sizes, count: int, optimizer: Literal["sgd", "adam"]) -> Training:
    return Training(
        batch=partial(batch, sizes, count),
        weights=partial(weights, sizes),
        ingot=partial(ingot_mlp, sizes),
        torch=partial(torch_mlp, sizes),
        mlx=partial(mlx_mlp, sizes),
        jax=partial(jax_mlp, sizes),
        optimizer=optimizer,
    )


def row(name: str, sizes: Sizes, count: int, optimizer: Literal["sgd", "adam"], *goals: Goal) -> Row:
    of = training(sizes, count, optimizer)
    label = {"sgd": "SGD", "adam": "Adam"}[optimizer]
    title = f"MLP {'-'.join(map(str, sizes))}, batch {count}, {label} step"
    return Row(name, title, goals, work=of.work(), check=of.check())


MIDDLE, BIG = (784, 256, 128, 10), (1024, 4096, 4096, 10)
JITTED, PLAIN = Goal(0.8, "jax", "ingot-jit"), Goal(0.45, "torch", "ingot")

ROWS = [
    # The network of examples/train_digits.py, without its dropout, so that every peer computes the same loss.
    row("mlp-digits", (64, 256, 10), 32, "adam", JITTED, PLAIN),
    row("mlp-sgd", MIDDLE, 64, "sgd", JITTED, PLAIN),
    row("mlp-adam", MIDDLE, 64, "adam", JITTED, PLAIN),
    row("mlp-big", BIG, 256, "adam", Goal(0.8, "jax")),
]
