"""A small GPT: learned positions, four pre-norm blocks of causal attention and GELU, cross entropy over 96 letters."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rows import Goal, Row
from training import Training, Weights, into_ingot, into_mlx, into_torch, uniform

VOCABULARY, WIDTH, BLOCKS, HEADS, LENGTH, BATCH = 96, 256, 4, 4, 128, 8
HEAD_WIDTH = WIDTH // HEADS
SCALE = HEAD_WIDTH**-0.5


def batch() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Text, and for each character the one that follows."""
    text = np.random.default_rng(0).integers(0, VOCABULARY, (BATCH, LENGTH + 1), dtype=np.int32)
    return np.ascontiguousarray(text[:, :-1]), text[:, 1:].reshape(-1)


def weights() -> Weights:
    """By their names in the modules below. Norms begin with ones and zeros, biases with zeros."""
    linear: dict[str, tuple[int, ...]] = {}
    for block in range(BLOCKS):
        linear |= {
            f"blocks.{block}.qkv.weight": (3 * WIDTH, WIDTH),
            f"blocks.{block}.project.weight": (WIDTH, WIDTH),
            f"blocks.{block}.expand.weight": (4 * WIDTH, WIDTH),
            f"blocks.{block}.contract.weight": (WIDTH, 4 * WIDTH),
        }
    biases = {name.replace("weight", "bias"): np.zeros(shape[0], np.float32) for name, shape in linear.items()}
    tables = {"tokens.weight": (VOCABULARY, WIDTH), "positions": (LENGTH, WIDTH), "head.weight": (VOCABULARY, WIDTH)}
    return uniform(1, linear | tables) | biases


def ingot_gpt(initial: Weights) -> Any:
    import ingot
    from ingot import nn
    from ingot.nn import functional

    class Block(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
            self.qkv, self.project = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
            self.expand, self.contract = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

        def attend(self, x: Any) -> Any:
            qkv = self.qkv(x).reshape(BATCH, LENGTH, 3, HEADS, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
            y = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], is_causal=True)
            return self.project(y.permute(0, 2, 1, 3).reshape(BATCH, LENGTH, WIDTH))

        def forward(self, x: Any) -> Any:
            x = x + self.attend(self.norm1(x))
            return x + self.contract(ingot.gelu(self.expand(self.norm2(x))))

    class GPT(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.tokens = nn.Embedding(VOCABULARY, WIDTH)
            self.positions = nn.Parameter(ingot.zeros((LENGTH, WIDTH)))
            self.blocks = nn.Sequential(*(Block() for _ in range(BLOCKS)))
            self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, VOCABULARY, bias=False)

        def forward(self, x: Any) -> Any:
            return self.head(self.norm(self.blocks(self.tokens(x) + self.positions))).reshape(-1, VOCABULARY)

    return into_ingot(GPT(), initial)


def torch_gpt(initial: Weights) -> Any:
    import torch
    from torch import nn
    from torch.nn import functional

    class Block(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
            self.qkv, self.project = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
            self.expand, self.contract = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

        def attend(self, x: Any) -> Any:
            q, k, v = self.qkv(x).view(BATCH, LENGTH, 3, HEADS, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
            y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
            return self.project(y.transpose(1, 2).reshape(BATCH, LENGTH, WIDTH))

        def forward(self, x: Any) -> Any:
            x = x + self.attend(self.norm1(x))
            return x + self.contract(functional.gelu(self.expand(self.norm2(x))))

    class GPT(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.tokens = nn.Embedding(VOCABULARY, WIDTH)
            self.positions = nn.Parameter(torch.zeros(LENGTH, WIDTH))
            self.blocks = nn.Sequential(*(Block() for _ in range(BLOCKS)))
            self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, VOCABULARY, bias=False)

        def forward(self, x: Any) -> Any:
            return self.head(self.norm(self.blocks(self.tokens(x) + self.positions))).view(-1, VOCABULARY)

    return into_torch(GPT(), initial)


def mlx_gpt(initial: Weights) -> Any:
    import mlx.core as mx
    from mlx import nn

    class Block(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
            self.qkv, self.project = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
            self.expand, self.contract = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

        def attend(self, x: Any) -> Any:
            q, k, v = self.qkv(x).reshape(BATCH, LENGTH, 3, HEADS, HEAD_WIDTH).transpose(2, 0, 3, 1, 4)
            y = mx.fast.scaled_dot_product_attention(q, k, v, scale=SCALE, mask="causal")
            return self.project(y.transpose(0, 2, 1, 3).reshape(BATCH, LENGTH, WIDTH))

        def __call__(self, x: Any) -> Any:
            x = x + self.attend(self.norm1(x))
            return x + self.contract(nn.gelu(self.expand(self.norm2(x))))

    class GPT(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.tokens = nn.Embedding(VOCABULARY, WIDTH)
            self.positions = mx.zeros((LENGTH, WIDTH))
            self.blocks = [Block() for _ in range(BLOCKS)]
            self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, VOCABULARY, bias=False)

        def __call__(self, x: Any) -> Any:
            x = self.tokens(x) + self.positions
            for block in self.blocks:
                x = block(x)
            return self.head(self.norm(x)).reshape(-1, VOCABULARY)

    return into_mlx(GPT(), initial)


def jax_gpt(initial: Weights) -> Any:
    import jax
    import jax.numpy as jnp
    from jax import lax

    def linear(p: Any, name: str, x: Any) -> Any:
        return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]

    def norm(p: Any, name: str, x: Any) -> Any:
        centred = x - x.mean(-1, keepdims=True)
        unit = centred * lax.rsqrt((centred * centred).mean(-1, keepdims=True) + 1e-5)
        return unit * p[f"{name}.weight"] + p[f"{name}.bias"]

    def attend(p: Any, block: str, x: Any) -> Any:
        # By hand: on a processor this is 5 % faster than jax.nn.dot_product_attention.
        q, k, v = linear(p, f"{block}.qkv", x).reshape(BATCH, LENGTH, 3, HEADS, HEAD_WIDTH).transpose(2, 0, 3, 1, 4)
        scores = jnp.where(jnp.tril(jnp.ones((LENGTH, LENGTH), bool)), q @ k.swapaxes(-1, -2) * SCALE, -jnp.inf)
        y = jax.nn.softmax(scores) @ v
        return linear(p, f"{block}.project", y.transpose(0, 2, 1, 3).reshape(BATCH, LENGTH, WIDTH))

    def forward(p: Any, buffers: Any, x: Any) -> Any:
        x = p["tokens.weight"][x] + p["positions"]
        for block in (f"blocks.{number}" for number in range(BLOCKS)):
            x = x + attend(p, block, norm(p, f"{block}.norm1", x))
            inner = jax.nn.gelu(linear(p, f"{block}.expand", norm(p, f"{block}.norm2", x)), approximate=False)
            x = x + linear(p, f"{block}.contract", inner)
        logits = norm(p, "norm", x) @ p["head.weight"].T
        return logits.reshape(-1, VOCABULARY), buffers

    parameters = {name: jnp.asarray(value) for name, value in initial.items()}
    for name in ("norm", *(f"blocks.{block}.norm{which}" for block in range(BLOCKS) for which in (1, 2))):
        parameters |= {f"{name}.weight": jnp.ones(WIDTH), f"{name}.bias": jnp.zeros(WIDTH)}
    return parameters, (), forward


TRAINING = Training(
    batch=batch,
    weights=weights,
    ingot=ingot_gpt,
    torch=torch_gpt,
    mlx=mlx_gpt,
    jax=jax_gpt,
    optimizer="adamw",
)

ROWS = [
    Row(
        "gpt",
        f"GPT, d {WIDTH}, {BLOCKS} layers, {HEADS} heads, T {LENGTH}, batch {BATCH}, AdamW step",
        (Goal(0.5),),
        work=TRAINING.work(),
        check=TRAINING.check(),
    )
]
