"""Scripts written for MLX: its modules, losses, optimizers and trees, against NumPy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers import run_command

import ingot as ig
from ingot.mlx import core as mx
from ingot.mlx import nn
from ingot.mlx import optimizers as optim
from ingot.mlx.utils import tree_flatten, tree_map, tree_merge, tree_reduce, tree_unflatten


class MLP(nn.Module):
    def __init__(self, *sizes: int) -> None:
        super().__init__()
        self.layers = [nn.Linear(i, o) for i, o in pairwise(sizes)]

    def __call__(self, x: ig.array) -> ig.array:
        for layer in self.layers[:-1]:
            x = mx.maximum(layer(x), 0.0)
        return self.layers[-1](x)


def values(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.normal(size=shape).astype(np.float32)


def close(got: Any, want: Any, rtol: float = 2e-5) -> None:
    np.testing.assert_allclose(np.asarray(got), want, rtol=rtol, atol=1e-5)


# ---- modules ----


def test_parameters_are_a_tree_and_an_iterator() -> None:
    model = MLP(2, 3, 1)
    names = ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"]
    assert [name for name, _ in tree_flatten(model.parameters())] == names
    assert model.parameters()["layers"][0]["weight"].shape == (3, 2)
    assert [p.shape for p in model.parameters()] == [(3, 2), (3,), (1, 3), (1,)]
    assert next(model.parameters()).shape == (3, 2)
    assert len(ig.optim.SGD(model.parameters(), lr=0.1).param_groups[0]["params"]) == 4


def test_arrays_and_containers_of_a_module_that_is_called() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.scale = mx.ones((3,))
            self.count = mx.array(2)
            self._hidden = mx.ones((2,))
            self.parts = {"a": nn.Linear(2, 2)}

        def __call__(self, x: ig.array) -> ig.array:
            return x * self.scale

    assert [name for name, _ in tree_flatten(Model().parameters())] == ["scale", "parts.a.weight", "parts.a.bias"]
    assert Model().scale.requires_grad


def test_arrays_of_a_module_with_forward_are_none_of_its_parameters() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table = mx.ones((3,))

        def forward(self, x: ig.array) -> ig.array:
            return x * self.table

    assert list(Model().parameters()) == []


def test_freeze_and_unfreeze() -> None:
    model = MLP(2, 3, 1)
    model.freeze()
    assert tree_flatten(model.trainable_parameters()) == []
    model.layers[-1].unfreeze(keys="bias")
    assert [name for name, _ in tree_flatten(model.trainable_parameters())] == ["layers.1.bias"]
    model.unfreeze()
    assert len(tree_flatten(model.trainable_parameters())) == 4


def test_update_and_its_errors() -> None:
    model = nn.Linear(2, 1)
    held = model.weight
    model.update({"weight": mx.ones((1, 2))})
    assert model.weight is held
    assert held.tolist() == [[1, 1]]
    model.update(tree_map(lambda p: p * 0, model.parameters()))
    assert model.weight.tolist() == [[0, 0]]
    with pytest.raises(KeyError, match="no parameter 'gain'"):
        model.update({"gain": mx.ones(1)})


@pytest.mark.parametrize("suffix", ["safetensors", "npz"])
def test_weights_in_files(tmp_path: Path, suffix: str) -> None:
    model, other = MLP(2, 3, 1), MLP(2, 3, 1)
    model.save_weights(str(tmp_path / f"w.{suffix}"))
    other.load_weights(str(tmp_path / f"w.{suffix}"))
    for mine, theirs in zip(model.parameters(), other.parameters(), strict=True):
        assert mine.tolist() == theirs.tolist()
    with pytest.raises(ValueError, match="missing parameters"):
        MLP(2, 1).load_weights(str(tmp_path / f"w.{suffix}"))


def test_apply_takes_functions_of_arrays_and_of_modules() -> None:
    model = MLP(2, 3, 1)
    model.apply(lambda p: mx.zeros_like(p) + 1)
    assert all(p.tolist() == mx.ones(p.shape).tolist() for p in model.parameters())
    seen = []
    model.apply(lambda module: seen.append(type(module).__name__))
    assert seen[-1] == "MLP"
    model.set_dtype(mx.float16)
    assert {p.dtype for p in model.parameters()} == {mx.float16}


def test_leaf_modules_and_instances() -> None:
    model = MLP(2, 3, 1)
    assert isinstance(model.layers[0], nn.Module)
    assert isinstance(model.layers[0], ig.nn.Linear)
    assert isinstance(ig.nn.Linear(1, 1), nn.Module)
    assert not isinstance(3, nn.Module)
    assert [name for name, _ in tree_flatten(model.leaf_modules())] == ["layers.0", "layers.1"]


def test_value_and_grad_of_a_model(rng: np.random.Generator) -> None:
    model = nn.Linear(3, 2)
    x, y = values(rng, 5, 3), values(rng, 5, 2)

    def loss_fn(x: ig.array, y: ig.array) -> tuple[ig.array, ig.array]:
        out = model(x)
        return mx.mean((out - y) ** 2), out

    (loss, out), grads = nn.value_and_grad(model, loss_fn)(mx.array(x), mx.array(y))
    residual = x @ np.asarray(model.weight.detach()).T + np.asarray(model.bias.detach()) - y
    close(loss, (residual**2).mean())
    close(grads["weight"], 2 * residual.T @ x / residual.size)
    close(grads["bias"], 2 * residual.sum(0) / residual.size)
    assert not loss.requires_grad
    assert out.shape == (5, 2)
    assert model.weight.grad is None


def test_update_inside_of_grad_is_refused() -> None:
    model = nn.Linear(3, 1, bias=False)

    def loss_fn(parameters: Any) -> ig.array:
        model.update(parameters)
        return model(mx.ones((1, 3))).sum()

    with pytest.raises(RuntimeError, match=r"use nn\.value_and_grad"):
        mx.grad(loss_fn)(model.trainable_parameters())


def test_value_and_grad_of_several_results() -> None:
    (loss, extra), gradient = mx.value_and_grad(lambda x: (mx.sum(x * x), x + 1))(mx.array([1.0, 2.0]))
    assert (loss.item(), extra.tolist(), gradient.tolist()) == (5, [2, 3], [2, 4])
    assert mx.grad(lambda x, y: x * y, argnums=1)(mx.array(3.0), mx.array(2.0)).item() == 3
    (loss, extra), gradient = mx.value_and_grad(lambda x: (x * x, "aux"), has_aux=True)(mx.array(3.0))
    assert (loss.item(), extra, gradient.item()) == (9, "aux", 6)


# ---- losses ----


def log_softmax(x: np.ndarray) -> np.ndarray:
    shifted = x - x.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def test_cross_entropy(rng: np.random.Generator) -> None:
    logits, classes = values(rng, 6, 4), rng.integers(0, 4, 6)
    picked = log_softmax(logits)[np.arange(6), classes]
    close(nn.losses.cross_entropy(mx.array(logits), mx.array(classes)), -picked)
    smooth = -0.9 * picked - 0.1 * log_softmax(logits).mean(-1)
    got = nn.losses.cross_entropy(mx.array(logits), mx.array(classes), label_smoothing=0.1, reduction="mean")
    close(got, smooth.mean())
    chances = np.exp(log_softmax(values(rng, 6, 4)))
    close(nn.losses.cross_entropy(mx.array(logits), mx.array(chances)), -(log_softmax(logits) * chances).sum(-1))
    weights = values(rng, 6)
    close(nn.losses.cross_entropy(mx.array(logits), mx.array(classes), weights=mx.array(weights)), -picked * weights)
    columns = nn.losses.cross_entropy(mx.array(logits.T.copy()), mx.array(classes), axis=0)
    close(columns, -picked)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


LOSSES: dict[str, tuple[dict[str, Any], Callable[[np.ndarray, np.ndarray], np.ndarray], str]] = {
    "l1_loss": ({}, lambda p, t: np.abs(p - t), "mean"),
    "mse_loss": ({}, lambda p, t: (p - t) ** 2, "mean"),
    "smooth_l1_loss": (
        {"beta": 0.5},
        lambda p, t: np.where(np.abs(p - t) < 0.5, (p - t) ** 2, np.abs(p - t) - 0.25),
        "mean",
    ),
    "huber_loss": (
        {"delta": 0.7},
        lambda p, t: np.where(np.abs(p - t) <= 0.7, (p - t) ** 2 / 2, 0.7 * (np.abs(p - t) - 0.35)),
        "none",
    ),
    "log_cosh_loss": ({}, lambda p, t: np.log(np.cosh(p - t)), "none"),
    "hinge_loss": ({}, lambda p, t: np.maximum(0, 1 - p * t), "none"),
    "cosine_similarity_loss": (
        {},
        lambda p, t: (p * t).sum(1) / (np.linalg.norm(p, axis=1) * np.linalg.norm(t, axis=1)),
        "none",
    ),
    "kl_div_loss": ({}, lambda p, t: (np.exp(t) * (t - p)).sum(-1), "none"),
    "binary_cross_entropy": ({}, lambda p, t: -(t * np.log(sigmoid(p)) + (1 - t) * np.log(1 - sigmoid(p))), "mean"),
}


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_losses(name: str, rng: np.random.Generator) -> None:
    kwargs, formula, default = LOSSES[name]
    p, t = values(rng, 6, 4), values(rng, 6, 4)
    want = formula(p.astype(np.float64), t.astype(np.float64))
    function = getattr(nn.losses, name)
    close(function(mx.array(p), mx.array(t), **kwargs), want.mean() if default == "mean" else want)
    close(function(mx.array(p), mx.array(t), reduction="sum", **kwargs), want.sum(), 1e-4)
    close(function(mx.array(p), mx.array(t), reduction="none", **kwargs), want)
    with pytest.raises(ValueError, match="'none', 'mean' or 'sum'"):
        function(mx.array(p), mx.array(t), reduction="all", **kwargs)


def test_losses_of_three_arrays(rng: np.random.Generator) -> None:
    a, p, n = (values(rng, 6, 4) for _ in range(3))
    far = [np.sqrt(((a - other) ** 2).sum(-1) + 1e-6) for other in (p, n)]
    close(nn.losses.triplet_loss(*map(mx.array, (a, p, n))), np.maximum(far[0] - far[1] + 1, 0))
    signs = np.sign(n)
    close(
        nn.losses.margin_ranking_loss(*map(mx.array, (a, p, signs)), margin=0.1), np.maximum(0, 0.1 - signs * (a - p))
    )
    spread = np.abs(n) + 0.1
    want = 0.5 * (np.log(spread) + (p - a) ** 2 / spread + np.log(2 * np.pi))
    close(nn.losses.gaussian_nll_loss(*map(mx.array, (a, p, spread)), full=True), want.mean())
    classes = rng.integers(0, 4, 6)
    close(nn.losses.nll_loss(mx.array(a), mx.array(classes)), -a[np.arange(6), classes])


def test_binary_cross_entropy_of_certain_probabilities() -> None:
    got = nn.losses.binary_cross_entropy(
        mx.array([0.0, 1.0]), mx.array([1.0, 1.0]), with_logits=False, reduction="none"
    )
    assert got.tolist() == [100, 0]


# ---- optimizers ----

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
}


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


RULES["Adafactor"] = (lambda: optim.Adafactor(), adafactor)
RULES["Muon"] = (lambda: optim.Muon(0.02), muon)


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


# ---- trees ----


def test_trees() -> None:
    tree = {"a": [1, {"b": 2}], "c": (3,)}
    assert tree_flatten(tree) == [("a.0", 1), ("a.1.b", 2), ("c.0", 3)]
    assert tree_unflatten(tree_flatten(tree)) == {"a": [1, {"b": 2}], "c": [3]}
    assert tree_map(lambda x, y: x + y, tree, tree) == {"a": [2, {"b": 4}], "c": (6,)}
    assert tree_map(len, {"a": [1, 2]}, is_leaf=lambda x: isinstance(x, list)) == {"a": 2}
    assert tree_reduce(lambda a, b: a + b, tree) == 6
    assert tree_merge({"a": [1]}, {"a": [2, 3], "b": 4}, lambda a, b: a + b) == {"a": [3, 3], "b": 4}
    assert tree_flatten(5) == [("", 5)]
    assert tree_unflatten([("", 5)]) == 5
    with pytest.raises(ValueError, match="merge_fn"):
        tree_merge({"a": 1}, {"a": 2})


# ---- mlx.core ----


def test_fast_norms(rng: np.random.Generator) -> None:
    x, w, b = values(rng, 2, 5, 8), values(rng, 8), values(rng, 8)
    rms = x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-5)
    close(mx.fast.rms_norm(mx.array(x), mx.array(w), 1e-5), rms * w)
    close(mx.fast.rms_norm(mx.array(x), None, 1e-5), rms)
    centred = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
    close(mx.fast.layer_norm(mx.array(x), mx.array(w), mx.array(b), 1e-5), centred * w + b)


@pytest.mark.parametrize("traditional", [True, False])
def test_rope(traditional: bool, rng: np.random.Generator) -> None:
    x = values(rng, 2, 5, 8)
    got = mx.fast.rope(mx.array(x), 6, traditional=traditional, base=100.0, scale=0.5, offset=3)
    want = x.astype(np.float64).copy()
    for pair in range(3):
        i, j = (2 * pair, 2 * pair + 1) if traditional else (pair, pair + 3)
        angle = 0.5 * (np.arange(5) + 3) * 100.0 ** (-2 * pair / 6)
        want[..., i] = x[..., i] * np.cos(angle) - x[..., j] * np.sin(angle)
        want[..., j] = x[..., i] * np.sin(angle) + x[..., j] * np.cos(angle)
    close(got, want)
    rates = mx.array([100.0 ** (2 * pair / 6) for pair in range(3)])
    close(mx.fast.rope(mx.array(x), 6, traditional=traditional, base=None, scale=0.5, offset=3, freqs=rates), want)
    close(nn.RoPE(6, traditional, base=100.0, scale=0.5)(mx.array(x), offset=3), want)


@pytest.mark.parametrize("mask", [None, "causal", "additive", "boolean"])
def test_attention_with_grouped_heads(mask: str | None, rng: np.random.Generator) -> None:
    q, k, v = values(rng, 2, 4, 5, 8), values(rng, 2, 2, 7, 8), values(rng, 2, 2, 7, 8)
    scores = 0.3 * q @ np.repeat(k, 2, 1).swapaxes(-1, -2)
    given: Any = mask
    if mask == "causal":
        scores = np.where(np.arange(7) <= np.arange(5)[:, None] + 2, scores, -np.inf)
    elif mask == "additive":
        given = values(rng, 5, 7)
        scores = scores + given
    elif mask == "boolean":
        given = values(rng, 5, 7) > -1
        given[:, 0] = True
        scores = np.where(given, scores, -np.inf)
    given = mx.array(given) if isinstance(given, np.ndarray) else given
    got = mx.fast.scaled_dot_product_attention(*map(mx.array, (q, k, v)), scale=0.3, mask=given)
    close(got, np.exp(log_softmax(scores)) @ np.repeat(v, 2, 1))


def test_multi_head_attention_is_causal(rng: np.random.Generator) -> None:
    layer = nn.MultiHeadAttention(8, 2)
    x = values(rng, 1, 4, 8)
    changed = x.copy()
    changed[:, 2:] += 1
    mask = nn.MultiHeadAttention.create_additive_causal_mask(4)
    before, after = (layer(mx.array(v), mx.array(v), mx.array(v), mask) for v in (x, changed))
    close(before[:, :2].detach(), np.asarray(after[:, :2].detach()))
    assert not np.allclose(np.asarray(before[:, 2:].detach()), np.asarray(after[:, 2:].detach()))


def test_batch_norm(rng: np.random.Generator) -> None:
    layer, x = nn.BatchNorm(4), values(rng, 6, 4)
    close(layer(mx.array(x)).detach(), (x - x.mean(0)) / np.sqrt(x.var(0) + 1e-5))
    close(layer.running_mean, 0.1 * x.mean(0))
    close(layer.running_var, 0.9 + 0.1 * x.var(0, ddof=1))
    layer.eval()
    close(layer(mx.array(x)).detach(), (x - 0.1 * x.mean(0)) / np.sqrt(0.9 + 0.1 * x.var(0, ddof=1) + 1e-5))


def test_random_numbers_in_mlx_order() -> None:
    key = mx.random.key(7)
    assert mx.random.normal((2, 3), mx.float32, 1.0, 2.0, key).shape == (2, 3)
    assert mx.random.normal((2,), mx.float16).dtype == mx.float16
    assert mx.random.uniform(-1.0, 1.0, (50,), mx.float32, key).tolist() == [
        x * 2 - 1 for x in mx.random.uniform(shape=(50,), key=key).tolist()
    ]
    low = mx.array([0.0, 10.0])
    drawn = mx.random.uniform(low, low + 1)
    assert drawn.shape == (2,)
    assert drawn[1] >= 10
    one, two = mx.random.split(key)
    assert one.tolist() != two.tolist()


def test_files(tmp_path: Path) -> None:
    x = mx.array([[1.0, 2.0]])
    mx.save(str(tmp_path / "x.npy"), x)
    mx.savez(str(tmp_path / "x.npz"), x, y=x + 1)
    mx.save_safetensors(str(tmp_path / "x"), {"x": x})
    assert mx.load(str(tmp_path / "x.npy")).tolist() == [[1, 2]]
    assert mx.load(str(tmp_path / "x.npz"))["y"].tolist() == [[2, 3]]
    loaded, metadata = mx.load(str(tmp_path / "x.safetensors"), return_metadata=True)
    assert (loaded["x"].tolist(), metadata) == ([[1, 2]], {})
    with pytest.raises(ValueError, match=r"\.npy, \.npz or \.safetensors"):
        mx.load("x.gguf")


def test_devices_and_streams() -> None:
    assert mx.default_device() == mx.cpu
    with mx.stream(mx.cpu):
        assert mx.ones(2).tolist() == [1, 1]
    mx.set_default_device(mx.cpu)
    mx.synchronize()
    if not mx.metal.is_available():
        with pytest.raises(ig.DeviceError):
            mx.set_default_device(mx.gpu)


def test_initialisers() -> None:
    a = mx.zeros((64, 32))
    assert nn.init.constant(2.0)(a).tolist() == mx.full((64, 32), 2.0).tolist()
    assert nn.init.identity()(mx.zeros((2, 2))).tolist() == [[1, 0], [0, 1]]
    for made, spread in (
        (nn.init.normal(0.0, 0.5)(a), 0.5),
        (nn.init.glorot_normal()(a), (2 / 96) ** 0.5),
        (nn.init.glorot_uniform()(a), (2 / 96) ** 0.5),
        (nn.init.he_normal()(a), 32**-0.5),
        (nn.init.he_uniform()(a, mode="fan_out"), 64**-0.5),
        (nn.init.uniform(-1, 1)(a), 3**-0.5),
    ):
        assert np.asarray(made).std() == pytest.approx(spread, rel=0.1)
    with pytest.raises(ValueError, match="square"):
        nn.init.identity()(a)


def test_functions_that_mlx_alone_has(rng: np.random.Generator) -> None:
    x = values(rng, 3, 8)
    y = mx.array(x)
    hadamard = np.asarray([[1.0]])
    for _ in range(3):
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    close(mx.hadamard_transform(y), x @ hadamard / np.sqrt(8))
    with pytest.raises(ig.ShapeError, match="power of two"):
        mx.hadamard_transform(mx.ones(6))
    close(mx.slice(y, mx.array([1, 6]), (0, 1), (1, 2)), x[1:2, 6:])
    changed = x.copy()
    changed[1:2, 3:5] = 1
    close(mx.slice_update(y, mx.ones((1, 2)), mx.array([1, 3]), (0, 1)), changed)
    for got, want in zip(mx.minmax(y, axis=1), (x.min(1), x.max(1)), strict=True):
        close(got, want)
    quotient, rest = mx.divmod(y, 0.5)
    close(quotient, x // np.float32(0.5))
    close(rest, x % np.float32(0.5))
    close(mx.degrees(y), np.degrees(x))
    close(mx.radians(y), np.radians(x))
    assert mx.unflatten(y, -1, (2, -1)).shape == (3, 2, 4)
    close(mx.addmm(mx.array(1.0), y, y.T, alpha=0.5, beta=2.0), 2 + 0.5 * x @ x.T, 1e-4)
    close(mx.fast.cross_entropy(y, mx.array([1, 0, 7])), -log_softmax(x)[np.arange(3), [1, 0, 7]])
    assert mx.isposinf(mx.array([np.inf, -np.inf, 1.0])).tolist() == [True, False, False]
    assert mx.isneginf(mx.array([np.inf, -np.inf, 1.0])).tolist() == [False, True, False]


def test_linear_algebra_that_mlx_alone_has(rng: np.random.Generator) -> None:
    lower = np.tril(values(rng, 2, 3, 3)) + 3 * np.eye(3, dtype=np.float32)
    close(mx.linalg.tri_inv(mx.array(lower)), np.linalg.inv(lower))
    close(mx.linalg.tri_inv(mx.array(lower.swapaxes(1, 2).copy()), upper=True), np.linalg.inv(lower.swapaxes(1, 2)))
    close(mx.linalg.cholesky_inv(mx.array(lower)), np.linalg.inv(lower @ lower.swapaxes(1, 2)), 1e-4)
    close(mx.linalg.inv(mx.array(lower)), np.linalg.inv(lower))


def test_categories_of_dtypes() -> None:
    assert mx.issubdtype(mx.float16, mx.floating)
    assert mx.issubdtype(mx.int8, mx.signedinteger)
    assert mx.issubdtype(mx.integer, mx.number)
    assert mx.issubdtype(mx.floating, mx.inexact)
    assert mx.issubdtype(mx.bool_, mx.generic)
    assert not mx.issubdtype(mx.uint8, mx.signedinteger)
    assert not mx.issubdtype(mx.number, mx.floating)
    assert mx.issubdtype(mx.int8, mx.int8)


def test_layers_that_mlx_alone_has(rng: np.random.Generator) -> None:
    scores = values(rng, 1, 4, 3, 5)
    far = np.abs(np.arange(3)[:, None] - np.arange(5))
    slopes = 2.0 ** (-2 * np.arange(1, 5))[:, None, None]
    close(nn.ALiBi()(mx.array(scores)), scores - slopes * far)
    x = values(rng, 2, 5, 4)
    close(nn.InstanceNorm(4)(mx.array(x)), (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5))
    close(nn.Softmin()(mx.array(x)), np.exp(log_softmax(-x)))
    encoding = np.asarray(nn.SinusoidalPositionalEncoding(4, scale=1.0)(mx.arange(3).astype(mx.float32)))
    rates = np.asarray([1.0, 0.0001])
    angles = np.arange(3)[:, None] * rates
    close(encoding, np.concatenate([np.sin(angles), np.cos(angles)], -1))
    table = nn.Embedding(5, 4)
    close(table.as_linear(mx.array(x)).detach(), x @ np.asarray(table.weight.detach()).T)


def test_checkpoint_and_compile_of_plain_functions() -> None:
    def f(x: ig.array) -> ig.array:
        return mx.sum(mx.exp(x) * x)

    x = mx.array([0.5, 1.0])
    close(mx.grad(mx.checkpoint(f))(x), np.exp([0.5, 1.0]) * np.asarray([1.5, 2.0]))
    close(mx.compile(f)(x), np.sum(np.exp([0.5, 1.0]) * np.asarray([0.5, 1.0])))
    mx.disable_compile()
    close(mx.compile(f)(x), np.sum(np.exp([0.5, 1.0]) * np.asarray([0.5, 1.0])))
    mx.enable_compile()


# ---- whole scripts ----

SCRIPT = """
from functools import partial
import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
from mlx.utils import tree_flatten

class Block(nn.Module):
    def __init__(self, dims, heads):
        super().__init__()
        self.attention = nn.MultiHeadAttention(dims, heads)
        self.norms = [nn.RMSNorm(dims), nn.RMSNorm(dims)]
        self.up, self.down = nn.Linear(dims, 2 * dims), nn.Linear(2 * dims, dims)

    def __call__(self, x, mask):
        y = self.norms[0](x)
        x = x + self.attention(y, y, y, mask)
        return x + self.down(nn.gelu(self.up(self.norms[1](x))))

class Model(nn.Module):
    def __init__(self, vocabulary, dims):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, dims)
        self.layers = [Block(dims, 2) for _ in range(2)]

    def __call__(self, tokens):
        x = self.embedding(tokens)
        mask = nn.MultiHeadAttention.create_additive_causal_mask(tokens.shape[1])
        for layer in self.layers:
            x = layer(x, mask)
        return self.embedding.as_linear(x)

mx.random.seed(0)
model = Model(7, 8)
optimizer = optim.AdamW(learning_rate=optim.cosine_decay(0.02, 60))
tokens = mx.arange(24).reshape(4, 6) % 7
state = [model.state, optimizer.state, mx.random.state]

def loss_fn(model, x, y):
    return nn.losses.cross_entropy(model(x), y, reduction="mean")

@partial(mx.compile, inputs=state, outputs=state)
def step(x, y):
    loss, grads = nn.value_and_grad(model, loss_fn)(model, x, y)
    grads, _ = optim.clip_grad_norm(grads, 1.0)
    optimizer.update(model, grads)
    return loss

first = None
for _ in range(60):
    loss = step(tokens[:, :-1], tokens[:, 1:])
    mx.eval(state)
    first = first or loss.item()
print(loss.item() < 0.1 * first, optimizer.state["step"].item(), len(tree_flatten(model.parameters())))
"""


def test_language_model_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    result = run_command([sys.executable, "-m", "ingot", "run", str(script)])
    assert result.stdout.split() == ["True", "60", "21"]
