"""One function over 16 M floats: bound by memory, unless the function itself is slow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from functions import Loaders, forward, named
from rows import Goal, Row

SIZE = 16 * 1024 * 1024


def data() -> list[NDArray[np.float32]]:
    return [np.random.default_rng(0).standard_normal(SIZE, dtype=np.float32)]


FUNCTIONS: dict[str, Loaders] = {
    "gelu": {
        "ingot": named("ingot.gelu"),
        "torch": named("torch.nn.functional.gelu"),
        "jax": named("jax.nn.gelu", approximate=False),
        "mlx": named("mlx.nn.gelu"),
    },
    **{
        name: {
            "ingot": named(f"ingot.{name}"),
            "torch": named(f"torch.{name}"),
            "jax": named(f"jax.numpy.{name}"),
            "mlx": named(f"mlx.core.{name}"),
        }
        for name in ("exp", "tanh")
    },
}

ROWS = [
    Row(name, f"{name}, 16 M floats", (Goal(0.2, "torch"),), work=forward(loaders, data))
    for name, loaders in FUNCTIONS.items()
]
