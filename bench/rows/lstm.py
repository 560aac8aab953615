"""One layer of an LSTM along a sequence: a small product at every step, which needs the step before.

The layers of PyTorch and Ingot have the same parameters. What the gradients are timed with is the whole layer's: those
of the sequence and of every parameter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rows import Goal, Row, Run, Work
from training import Weights, into_ingot, into_torch, uniform


@dataclass(frozen=True)
class Size:
    features: int = 256
    hidden: int = 512
    length: int = 64
    batch: int = 32

    def weights(self) -> Weights:
        """Those of one unit are as far as 1 / sqrt(inputs) from zero."""
        gates = 4 * self.hidden
        matrices: dict[str, tuple[int, ...]] = {
            "weight_ih_l0": (gates, self.features),
            "weight_hh_l0": (gates, self.hidden),
        }
        return uniform(1, matrices) | {name: np.zeros(gates, np.float32) for name in ("bias_ih_l0", "bias_hh_l0")}

    def sequence(self) -> NDArray[np.float32]:
        shape = (self.length, self.batch, self.features)
        return np.random.default_rng(0).standard_normal(shape, dtype=np.float32)

    def cotangent(self) -> NDArray[np.float32]:
        shape = (self.length, self.batch, self.hidden)
        return np.random.default_rng(1).standard_normal(shape, dtype=np.float32)

    @property
    def flops(self) -> float:
        """Of the products, which are nearly all of it."""
        return 2.0 * self.length * self.batch * 4 * self.hidden * (self.features + self.hidden)


# ---- forward ----


def ingot_forward(size: Size, jit: bool) -> Run:
    import ingot
    from ingot import nn

    model = into_ingot(nn.LSTM(size.features, size.hidden), size.weights())
    x = ingot.array(size.sequence())
    function = ingot.jit(model) if jit else model

    def run() -> Any:
        with ingot.no_grad():
            y, _ = function(x)
        ingot.eval(y)
        return y

    return run


def torch_forward(size: Size) -> Run:
    import torch

    model = into_torch(torch.nn.LSTM(size.features, size.hidden), size.weights())
    x = torch.from_numpy(size.sequence())

    def run() -> Any:
        with torch.no_grad():
            return model(x)[0]

    return run


# ---- forward and backward ----


def ingot_backward(size: Size, jit: bool) -> Run:
    import ingot
    from ingot import nn

    model = into_ingot(nn.LSTM(size.features, size.hidden), size.weights())
    parameters = list(model.parameters())

    def both(x: Any, seed: Any) -> Any:
        model.zero_grad()
        x = x.detach()
        x.requires_grad = True
        y, _ = model(x)
        y.backward(seed)
        return y, x.grad, *(parameter.grad for parameter in parameters)

    both = ingot.jit(both) if jit else both
    x, seed = ingot.array(size.sequence()), ingot.array(size.cotangent())

    def run() -> Any:
        results = both(x, seed)
        ingot.eval(results)
        return results

    return run


def torch_backward(size: Size) -> Run:
    import torch

    model = into_torch(torch.nn.LSTM(size.features, size.hidden), size.weights())
    x, seed = torch.from_numpy(size.sequence()).requires_grad_(), torch.from_numpy(size.cotangent())

    def run() -> Any:
        x.grad = None
        model.zero_grad(set_to_none=True)
        y, _ = model(x)
        y.backward(seed)
        return y, x.grad, *(parameter.grad for parameter in model.parameters())

    return run


def forward(size: Size) -> Work:
    return {
        "ingot": partial(ingot_forward, size, jit=False),
        "ingot-jit": partial(ingot_forward, size, jit=True),
        "torch": partial(torch_forward, size),
    }


def forward_backward(size: Size) -> Work:
    return {
        "ingot": partial(ingot_backward, size, jit=False),
        "ingot-jit": partial(ingot_backward, size, jit=True),
        "torch": partial(torch_backward, size),
    }


SIZE = Size()
TITLE = f"LSTM {SIZE.features}-{SIZE.hidden}, {SIZE.length} steps, batch {SIZE.batch}"
GOALS = (Goal(0.91, "torch"),)

ROWS = [
    Row("lstm", TITLE, GOALS, work=forward(SIZE), flops=SIZE.flops),
    Row(
        "lstm-backward",
        f"{TITLE}, forward and backward",
        GOALS,
        work=forward_backward(SIZE),
        flops=3 * SIZE.flops,
    ),
]
