"""MLX's optimizers and schedules, against NumPy: rules, state, and how they are put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from mlx_helpers import close, values

import ingot as ig
from ingot.mlx import core as mx
from ingot.mlx import nn
from ingot.mlx import optimizers as optim
from ingot.mlx.utils import tree_flatten, tree_map, tree_unflatten

State = dict[str, Any]


def sgd(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    g = g + 0.01 * p
    s["v"] = 0.9 * s.get("v", 0) + g
    return p - 0.1 * (g + 0.9 * s["v"])


def rmsprop(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    s["v"] = 0.9 * s.get("v", 0) + 0.1 * g**2
    return p - 0.01 * g / (np.sqrt(s["v"]) + 1e-8)


def adagrad(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    s["v"] = s.get("v", 0) + g**2
    return p - 0.05 * g / (np.sqrt(s["v"]) + 1e-8)


def adadelta(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    s["v"] = 0.9 * s.get("v", 0) + 0.1 * g**2
    d = g * np.sqrt(s.get("u", 0) + 1e-6) / np.sqrt(s["v"] + 1e-6)
    s["u"] = 0.9 * s.get("u", 0) + 0.1 * d**2
    return p - 1.0 * d


def adam(p: np.ndarray, g: np.ndarray, s: State, t: int, correct: bool = False) -> np.ndarray:
    s["m"] = 0.9 * s.get("m", 0) + 0.1 * g
    s["v"] = 0.999 * s.get("v", 0) + 0.001 * g**2
    m, v = (s["m"] / (1 - 0.9**t), s["v"] / (1 - 0.999**t)) if correct else (s["m"], s["v"])
    return p - 0.01 * m / (np.sqrt(v) + 1e-8)


def adamw(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    return adam(p * (1 - 0.01 * 0.1), g, s, t)


def adamax(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    s["m"] = 0.9 * s.get("m", 0) + 0.1 * g
    s["v"] = np.maximum(0.999 * s.get("v", 0), np.abs(g))
    return p - 0.01 * s["m"] / (s["v"] + 1e-8)


def lion(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    m = s.get("m", 0)
    s["m"] = 0.99 * m + 0.01 * g
    return p * (1 - 0.01 * 0.1) - 0.01 * np.sign(0.9 * m + 0.1 * g)


def adafactor(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    keep = 1 - t**-0.8
    s["r"] = keep * s.get("r", 0) + (1 - keep) * (g**2 + 1e-30).mean(-1)
    s["c"] = keep * s.get("c", 0) + (1 - keep) * (g**2 + 1e-30).mean(-2)
    update = g / np.sqrt(s["r"] / s["r"].mean(-1, keepdims=True))[..., None] / np.sqrt(s["c"])[..., None, :]
    rate = min(1e-2, t**-0.5) * max(np.sqrt((p**2).mean()), 1e-3)
    return p - rate * update / max(1, np.sqrt((update**2).mean()))


def muon(p: np.ndarray, g: np.ndarray, s: State, t: int) -> np.ndarray:
    s["v"] = 0.95 * s.get("v", 0) + 0.05 * (g + 0.01 * p)
    x = 0.05 * (g + 0.01 * p) + 0.95 * s["v"]
    x = x / (np.linalg.norm(x) + 1e-7)
    for _ in range(5):
        square = x @ x.T
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return p - 0.02 * x


RULES: dict[str, tuple[Callable[[], Any], Callable[..., np.ndarray]]] = {
    "SGD": (lambda: optim.SGD(0.1, momentum=0.9, weight_decay=0.01, nesterov=True), sgd),
    "RMSprop": (lambda: optim.RMSprop(0.01, alpha=0.9), rmsprop),
    "Adagrad": (lambda: optim.Adagrad(learning_rate=0.05), adagrad),
    "AdaDelta": (lambda: optim.AdaDelta(1.0), adadelta),
    "Adam": (lambda: optim.Adam(learning_rate=0.01), adam),
    "Adam corrected": (lambda: optim.Adam(0.01, bias_correction=True), partial(adam, correct=True)),
    "AdamW": (lambda: optim.AdamW(0.01, weight_decay=0.1), adamw),
    "Adamax": (lambda: optim.Adamax(0.01), adamax),
    "Lion": (lambda: optim.Lion(0.01, weight_decay=0.1), lion),
    "Adafactor": (optim.Adafactor, adafactor),
    "Muon": (lambda: optim.Muon(0.02), muon),
}


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("name", sorted(RULES))
def test_optimizers(name: str, compiled: bool, rng: np.random.Generator) -> None:
    make, rule = RULES[name]
    model, optimizer = nn.Linear(4, 1, bias=False), make()
    x = values(rng, 8, 4)
    start = values(rng, 1, 4)
    model.update({"weight": mx.array(start)})
    loss_and_grad = nn.value_and_grad(model, lambda x: mx.mean(model(x) ** 2))
    state = [model.state, optimizer.state, mx.random.state]

    def step(x: ig.array) -> ig.array:
        loss, grads = loss_and_grad(x)
        optimizer.update(model, grads)
        return loss

    if compiled:
        step = mx.compile(step, inputs=state, outputs=state)
    want, held = start.astype(np.float64), {}
    for t in range(1, 6):
        loss = step(mx.array(x))
        mx.eval(state)
        close(loss, ((x @ want.T) ** 2).mean(), 1e-4)
        want = rule(want, 2 * (x @ want.T).T @ x / 8, held, t)
        close(model.weight.detach(), want, 1e-4)
    assert int(optimizer.step) == 5


def test_optimizer_state_is_a_tree_that_can_be_kept() -> None:
    model = nn.Linear(2, 1)
    optimizer = optim.Adam(0.1)
    optimizer.update(model, tree_map(mx.ones_like, model.parameters()))
    names = ["step", "learning_rate", "weight.m", "weight.v", "bias.m", "bias.v"]
    assert [name for name, _ in tree_flatten(optimizer.state)] == names
    again = optim.Adam(0.1)
    again.state = tree_unflatten([(name, value + 0) for name, value in tree_flatten(optimizer.state)])
    twin = nn.Linear(2, 1)
    twin.update(tree_map(lambda p: p + 0, model.parameters()))
    for each, held in ((optimizer, model), (again, twin)):
        each.update(held, tree_map(mx.ones_like, held.parameters()))
    assert model.weight.tolist() == twin.weight.tolist()


def test_learning_rate_can_be_set() -> None:
    optimizer = optim.SGD(learning_rate=1.0)
    optimizer.learning_rate = 0.5
    new = optimizer.apply_gradients({"w": mx.ones(1)}, {"w": mx.ones(1)})
    assert new["w"].tolist() == [0.5]
    assert float(optimizer.learning_rate) == 0.5


def test_parameters_first_makes_the_other_kind_of_optimizer() -> None:
    model = nn.Linear(2, 1)
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    model(mx.ones((1, 2))).sum().backward()
    before = model.bias.item()
    optimizer.step()
    assert model.bias.item() == pytest.approx(before - 0.1)


def test_several_optimizers() -> None:
    model = nn.Linear(2, 1)
    both = optim.MultiOptimizer([optim.SGD(0.0), optim.SGD(1.0)], [lambda path, g: path.endswith("bias")])
    before = {name: np.asarray(value.detach()) for name, value in tree_flatten(model.parameters())}
    both.update(model, tree_map(mx.ones_like, model.parameters()))
    close(model.bias.detach(), before["bias"])
    close(model.weight.detach(), before["weight"] - 1)


def test_clip_grad_norm() -> None:
    clipped, norm = optim.clip_grad_norm({"a": mx.array([3.0]), "b": [mx.array([4.0])]}, 1.0)
    assert norm.item() == 5
    close(clipped["b"][0], [0.8])
    small, _ = optim.clip_grad_norm({"a": mx.array([0.3])}, 1.0)
    close(small["a"], [0.3])


def test_schedules() -> None:
    steps = np.arange(10)

    def run(schedule: Any) -> np.ndarray:
        return np.asarray([float(schedule(mx.array(int(s)))) for s in steps])

    close(run(optim.exponential_decay(0.5, 0.9)), 0.5 * 0.9**steps)
    close(run(optim.step_decay(1.0, 0.5, 3)), 0.5 ** (steps // 3))
    cosine = 0.01 + 0.5 * (1 + np.cos(np.pi * np.minimum(steps, 5) / 5)) * 0.09
    close(run(optim.cosine_decay(0.1, 5, 0.01)), cosine)
    line = np.minimum(steps, 3) / 3 * 0.1
    close(run(optim.linear_schedule(0.0, 0.1, 3)), line)
    joined = optim.join_schedules([optim.linear_schedule(0.0, 0.1, 3), optim.cosine_decay(0.1, 5, 0.01)], [3])
    close(run(joined), np.where(steps < 3, line, np.concatenate([cosine[:3], cosine])[:10]))
    optimizer = optim.SGD(learning_rate=joined)
    for _ in range(3):
        optimizer.apply_gradients({"w": mx.ones(1)}, {"w": mx.ones(1)})
    assert float(optimizer.learning_rate) == pytest.approx(line[2])
