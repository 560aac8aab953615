"""One training step as in examples/train_digits.py: forward, loss, backward, Adam.

Without that network's dropout, so that every peer computes the same loss.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rows import Row, Run

INPUTS, HIDDEN, OUTPUTS = 64, 256, 10
BATCH = 32
#: So small that the weights hardly move in all the steps of a measurement: once a network has learnt its batch by
#: heart, its gradients are denormal numbers, which take another time to compute with.
RATE = 1e-6

Parameters = list[tuple[NDArray[np.float32], NDArray[np.float32]]]


def batch() -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    random = np.random.default_rng(0)
    return random.random((BATCH, INPUTS), dtype=np.float32), random.integers(0, OUTPUTS, BATCH, dtype=np.int32)


def initial() -> Parameters:
    """The same weights (outputs x inputs) and biases for every peer, so that every peer's loss is the same."""
    random = np.random.default_rng(1)
    return [
        (random.uniform(-1, 1, (outs, ins)).astype(np.float32) / np.float32(ins**0.5), np.zeros(outs, np.float32))
        for ins, outs in ((INPUTS, HIDDEN), (HIDDEN, OUTPUTS))
    ]


def state_dict() -> dict[str, NDArray[np.float32]]:
    """The initial parameters under the names they have in an `nn.Sequential` with activations in between."""
    return {
        f"{2 * layer}.{kind}": value
        for layer, pair in enumerate(initial())
        for kind, value in zip(("weight", "bias"), pair, strict=True)
    }


def ingot_step(jit: bool) -> Run:
    import ingot
    from ingot import nn, optim

    model = nn.Sequential(nn.Linear(INPUTS, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, OUTPUTS))
    model.load_state_dict({name: ingot.array(value) for name, value in state_dict().items()})
    optimizer, loss_fn = optim.Adam(model.parameters(), lr=RATE), nn.CrossEntropyLoss()
    x, y = map(ingot.array, batch())

    def step(x: Any, y: Any) -> Any:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    step = ingot.jit(step) if jit else step

    def run() -> Any:
        loss = step(x, y)
        ingot.eval(loss)
        return loss

    return run


def torch_step(compiled: bool) -> Run:
    import torch
    from torch import nn

    model = nn.Sequential(nn.Linear(INPUTS, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, OUTPUTS))
    model.load_state_dict({name: torch.from_numpy(value) for name, value in state_dict().items()})
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, fused=True)
    x, y = map(torch.from_numpy, batch())
    y = y.long()

    def loss_of(x: Any, y: Any) -> Any:
        return nn.functional.cross_entropy(model(x), y)

    if compiled:
        loss_of = torch.compile(loss_of)

    def run() -> Any:
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(x, y)
        loss.backward()
        optimizer.step()
        return loss

    return run


def jax_step() -> Run:
    import jax
    import jax.numpy as jnp

    def loss_of(parameters: Any, x: Any, y: Any) -> Any:
        (w1, b1), (w2, b2) = parameters
        logits = jax.nn.log_softmax(jax.nn.relu(x @ w1.T + b1) @ w2.T + b2)
        return -jnp.take_along_axis(logits, y[:, None], axis=1).mean()

    def adam(state: Any, gradients: Any) -> Any:
        parameters, means, squares, count = state
        count = count + 1
        means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradients)
        squares = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, squares, gradients)
        rate, root = RATE / (1 - 0.9**count), jnp.sqrt(1 - 0.999**count)
        parameters = jax.tree.map(
            lambda p, m, v: p - rate * m / (jnp.sqrt(v) / root + 1e-8), parameters, means, squares
        )
        return parameters, means, squares, count

    def step(state: Any, x: Any, y: Any) -> Any:
        loss, gradients = jax.value_and_grad(loss_of)(state[0], x, y)
        return adam(state, gradients), loss

    step = jax.jit(step, donate_argnums=0)
    parameters = jax.tree.map(jnp.asarray, initial())
    zeros = [jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)]
    state = (parameters, *zeros, jnp.float32(0))
    x, y = map(jnp.asarray, batch())

    def run() -> Any:
        nonlocal state
        state, loss = step(state, x, y)
        jax.block_until_ready((state, loss))
        return loss

    return run


def mlx_step() -> Run:
    from functools import partial

    import mlx.core as mx
    import mlx.nn as nn
    import mlx.optimizers

    model = nn.Sequential(nn.Linear(INPUTS, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, OUTPUTS))
    model.load_weights([(f"layers.{name}", mx.array(value)) for name, value in state_dict().items()])
    optimizer = mlx.optimizers.Adam(learning_rate=RATE, bias_correction=True)
    x, y = map(mx.array, batch())
    loss_and_grad = nn.value_and_grad(model, lambda model, x, y: nn.losses.cross_entropy(model(x), y, reduction="mean"))
    state = [model.state, optimizer.state]
    mx.eval(state)

    @partial(mx.compile, inputs=state, outputs=state)
    def step(x: Any, y: Any) -> Any:
        loss, gradients = loss_and_grad(model, x, y)
        optimizer.update(model, gradients)
        return loss

    def run() -> Any:
        loss = step(x, y)
        mx.eval(loss, state)
        return loss

    return run


ROWS = [
    Row(
        "digits-mlp",
        "MLP 64-256-10, batch 32, Adam step",
        {
            "ingot": lambda: ingot_step(jit=False),
            "ingot-jit": lambda: ingot_step(jit=True),
            "torch": lambda: torch_step(compiled=False),
            "torch-compile": lambda: torch_step(compiled=True),
            "jax": jax_step,
            "mlx": mlx_step,
        },
    )
]
