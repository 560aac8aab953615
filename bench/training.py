"""A training step as each peer's users write it at its best: forward, loss, backward, optimizer.

A row gives its network once per framework, its data and its initial weights once for all; the rest is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rows import Run, Work

#: By the names they have in PyTorch's module, with PyTorch's layouts (outputs x inputs, channels before rows).
Weights = dict[str, NDArray[np.float32]]

#: The rate of the steps that are timed. So small that the weights hardly move in all of a measurement: once a network
#: has learnt its batch by heart, its gradients are denormal numbers, which take another time to compute with.
TIMED_RATE = 1e-6
#: The rate of the few steps whose loss is compared: each of them changes the loss by more than the tolerance.
CHECKED_RATE = 1e-3

BETAS, EPSILON, DECAY = (0.9, 0.999), 1e-8, 0.01


@dataclass(frozen=True)
class Training:
    """What is trained. The network takes inputs and gives logits, two-dimensional, one row per label."""

    batch: Callable[[], tuple[NDArray[Any], NDArray[np.int32]]]
    weights: Callable[[], Weights]
    #: Each takes the initial weights and returns the network with them.
    ingot: Callable[[Weights], Any]
    torch: Callable[[Weights], Any]
    mlx: Callable[[Weights], Any]
    #: Parameters, buffers (what forward changes, such as running means), and `(parameters, buffers, x) ->
    #: (logits, buffers)`.
    jax: Callable[[Weights], tuple[Any, Any, Callable[[Any, Any, Any], tuple[Any, Any]]]]
    optimizer: Literal["sgd", "adam", "adamw"] = "adam"
    #: How a framework wants the inputs to lie in memory, where that is not as `batch` gives them.
    layouts: Mapping[str, Callable[[NDArray[Any]], NDArray[Any]]] = field(default_factory=dict)

    def data(self, framework: str) -> tuple[NDArray[Any], NDArray[np.int32]]:
        x, y = self.batch()
        return self.layouts.get(framework, np.asarray)(x), y

    def work(self, rate: float = TIMED_RATE) -> Work:
        """The step of every peer."""
        work: dict[str, Callable[[], Run]] = {
            "ingot": partial(ingot_step, self, rate, jit=False),
            "ingot-jit": partial(ingot_step, self, rate, jit=True),
            "torch": partial(torch_step, self, rate, compiled=False),
            "torch-compile": partial(torch_step, self, rate, compiled=True),
            "jax": partial(jax_step, self, rate),
            "mlx": partial(mlx_step, self, rate),
        }
        return work

    def check(self) -> Work:
        """The same at a rate that shows in the loss."""
        return self.work(CHECKED_RATE)


def ingot_step(training: Training, rate: float, jit: bool) -> Run:
    import ingot
    from ingot import nn, optim

    model, loss_fn = training.ingot(training.weights()), nn.CrossEntropyLoss()
    optimizers = {"sgd": optim.SGD, "adam": optim.Adam, "adamw": optim.AdamW}
    optimizer = optimizers[training.optimizer](model.parameters(), lr=rate)
    x, y = map(ingot.array, training.data("ingot"))

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


def torch_step(training: Training, rate: float, compiled: bool) -> Run:
    import torch

    model = training.torch(training.weights())
    x, y = map(torch.from_numpy, training.data("torch"))
    x, y = x if x.is_floating_point() else x.long(), y.long()
    optimizers: dict[str, Any] = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    optimizer = optimizers[training.optimizer](model.parameters(), lr=rate, fused=True)

    def loss_of(x: Any, y: Any) -> Any:
        return torch.nn.functional.cross_entropy(model(x), y)

    if compiled:
        loss_of = torch.compile(loss_of)

    def run() -> Any:
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(x, y)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return run


def jax_step(training: Training, rate: float) -> Run:
    import jax
    import jax.numpy as jnp

    parameters, buffers, forward = training.jax(training.weights())

    def loss_of(parameters: Any, buffers: Any, x: Any, y: Any) -> Any:
        logits, buffers = forward(parameters, buffers, x)
        likelihoods = jax.nn.log_softmax(logits)
        return -jnp.take_along_axis(likelihoods, y[:, None], axis=1).mean(), buffers

    def sgd(parameters: Any, moments: Any, gradients: Any) -> Any:
        return jax.tree.map(lambda p, g: p - rate * g, parameters, gradients), moments

    def adam(parameters: Any, moments: Any, gradients: Any) -> Any:
        (means, squares, count), (beta1, beta2) = moments, BETAS
        count = count + 1
        means = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, means, gradients)
        squares = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, squares, gradients)
        scale, root = rate / (1 - beta1**count), jnp.sqrt(1 - beta2**count)
        kept = 1 - rate * DECAY if training.optimizer == "adamw" else 1
        parameters = jax.tree.map(
            lambda p, m, v: p * kept - scale * m / (jnp.sqrt(v) / root + EPSILON), parameters, means, squares
        )
        return parameters, (means, squares, count)

    def step(state: Any, x: Any, y: Any) -> Any:
        parameters, moments, buffers = state
        (loss, buffers), gradients = jax.value_and_grad(loss_of, has_aux=True)(parameters, buffers, x, y)
        update = sgd if training.optimizer == "sgd" else adam
        return (*update(parameters, moments, gradients), buffers), loss

    step = jax.jit(step, donate_argnums=0)
    moments: Any = ()
    if training.optimizer != "sgd":
        moments = (*(jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)), jnp.float32(0))
    state = (parameters, moments, buffers)
    x, y = map(jnp.asarray, training.data("jax"))

    def run() -> Any:
        nonlocal state
        state, loss = step(state, x, y)
        jax.block_until_ready((state, loss))
        return loss

    return run


def mlx_step(training: Training, rate: float) -> Run:
    import mlx.core as mx
    import mlx.nn as nn
    import mlx.optimizers

    model = training.mlx(training.weights())
    optimizers: dict[str, Callable[[], Any]] = {
        "sgd": lambda: mlx.optimizers.SGD(learning_rate=rate),
        "adam": lambda: mlx.optimizers.Adam(learning_rate=rate, bias_correction=True),
        "adamw": lambda: mlx.optimizers.AdamW(learning_rate=rate, weight_decay=DECAY, bias_correction=True),
    }
    optimizer = optimizers[training.optimizer]()
    x, y = map(mx.array, training.data("mlx"))
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


# ---- what networks need to begin with the same weights ----


def uniform(seed: int, shapes: Mapping[str, tuple[int, ...]]) -> Weights:
    """Numbers within the reach that PyTorch gives linear layers and convolutions: 1 / sqrt(inputs of one output)."""
    random = np.random.default_rng(seed)
    return {
        name: (2 * random.random(shape, dtype=np.float32) - 1) / np.float32(np.prod(shape[1:]) ** 0.5)
        for name, shape in shapes.items()
    }


def into_ingot(model: Any, weights: Weights) -> Any:
    import ingot

    model.load_state_dict({name: ingot.array(value) for name, value in weights.items()}, strict=False)
    return model


def into_torch(model: Any, weights: Weights) -> Any:
    import torch

    model.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()}, strict=False)
    return model


def into_mlx(model: Any, weights: Weights) -> Any:
    import mlx.core as mx

    model.load_weights([(name, mx.array(value)) for name, value in weights.items()], strict=False)
    return model
