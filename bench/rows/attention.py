"""Causal attention in eight heads of 64, as a GPT calls it, for short texts and for long ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from functions import Loaders, forward, forward_backward, named
from rows import Goal, Row

HEADS, WIDTH = 8, 64


def data(length: int) -> list[NDArray[np.float32]]:
    """Queries, keys and values: batch x heads x length x width."""
    random = np.random.default_rng(0)
    return [random.standard_normal((1, HEADS, length, WIDTH), dtype=np.float32) for _ in range(3)]


def cotangent(length: int) -> NDArray[np.float32]:
    return np.random.default_rng(1).standard_normal((1, HEADS, length, WIDTH), dtype=np.float32)


def jax_attention() -> Callable[..., Any]:
    import jax

    def attention(*operands: Any) -> Any:
        """JAX wants the heads after the length."""
        turned = (x.swapaxes(1, 2) for x in operands)
        return jax.nn.dot_product_attention(*turned, is_causal=True).swapaxes(1, 2)

    return attention


ATTENTION: Loaders = {
    "ingot": named("ingot.nn.functional.scaled_dot_product_attention", is_causal=True),
    "torch": named("torch.nn.functional.scaled_dot_product_attention", is_causal=True),
    "jax": jax_attention,
    "mlx": named("mlx.core.fast.scaled_dot_product_attention", scale=WIDTH**-0.5, mask="causal"),
}


def rows(length: int) -> list[Row]:
    arrays, seed = partial(data, length), partial(cotangent, length)
    title = f"causal attention, {HEADS} heads of {WIDTH}, length {length}"
    # Two products of one length x length x width for each head, of which half is masked; backward has five more.
    flops = 2.0 * HEADS * length**2 * WIDTH
    # A run of MLX takes seconds for longer texts.
    peers = {name: load for name, load in ATTENTION.items() if name != "mlx" or length <= 512}
    goals = (Goal(0.5, "torch"),)
    return [
        Row(f"attention-{length}", title, goals, work=forward(peers, arrays), flops=flops),
        Row(
            f"attention-{length}-backward",
            f"{title}, forward and backward",
            goals,
            work=forward_backward(peers, arrays, seed),
            flops=3.5 * flops,
        ),
    ]


ROWS = [row for length in (128, 512, 2048, 4096) for row in rows(length)]
