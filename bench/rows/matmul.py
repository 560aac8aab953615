"""Square matrix products: bound by the multipliers."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from functions import everywhere, forward
from rows import Goal, Row


def data(size: int) -> list[NDArray[np.float32]]:
    random = np.random.default_rng(0)
    return [random.standard_normal((size, size), dtype=np.float32) for _ in range(2)]


ROWS = [
    Row(
        f"matmul-{size}",
        f"matmul {size} x {size}",
        (Goal(0.92, "jax"),),
        work=forward(everywhere(lambda a, b: a @ b), partial(data, size)),
        flops=2.0 * size**3,
    )
    for size in (512, 1024, 2048)
]
