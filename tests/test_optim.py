"""Optimizers against their published formulas, written here in NumPy, and the rules around `step()`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig
from ingot import nn, optim

STEPS = 12
START = np.array([1.0, -2.0, 0.5])


def gradient_at(k: int, w: np.ndarray) -> np.ndarray:
    """The gradient of a fixed bumpy loss, different at each step."""
    return 2 * w + np.cos(np.arange(3) + k)


def sgd(lr: float, momentum: float = 0, dampening: float = 0, nesterov: bool = False, weight_decay: float = 0):
    w, velocity = START.copy(), None
    for k in range(STEPS):
        g = gradient_at(k, w) + weight_decay * w
        if momentum:
            velocity = g if velocity is None else momentum * velocity + (1 - dampening) * g
            g = g + momentum * velocity if nesterov else velocity
        w = w - lr * g
        yield w


def adam(lr: float = 1e-3, betas=(0.9, 0.999), eps: float = 1e-8, weight_decay: float = 0, decoupled: bool = False):
    w, m, v = START.copy(), np.zeros(3), np.zeros(3)
    for k in range(STEPS):
        g = gradient_at(k, w)
        if decoupled:
            w = w * (1 - lr * weight_decay)
        else:
            g = g + weight_decay * w
        m = betas[0] * m + (1 - betas[0]) * g
        v = betas[1] * v + (1 - betas[1]) * g * g
        step, root = m / (1 - betas[0] ** (k + 1)), np.sqrt(v / (1 - betas[1] ** (k + 1)))
        w = w - lr * step / (root + eps)
        yield w


def adamw(weight_decay: float = 0.01, **options):
    return adam(weight_decay=weight_decay, decoupled=True, **options)


CASES: list[tuple[type, Callable, dict]] = [
    (optim.SGD, sgd, {"lr": 0.1}),
    (optim.SGD, sgd, {"lr": 0.1, "weight_decay": 0.3}),
    (optim.SGD, sgd, {"lr": 0.1, "momentum": 0.9}),
    (optim.SGD, sgd, {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}),
    (optim.SGD, sgd, {"lr": 0.1, "momentum": 0.8, "nesterov": True, "weight_decay": 0.1}),
    (optim.Adam, adam, {}),
    (optim.Adam, adam, {"lr": 0.05, "betas": (0.5, 0.8), "eps": 1e-3}),
    (optim.Adam, adam, {"lr": 0.05, "weight_decay": 0.2}),
    (optim.AdamW, adamw, {"lr": 0.05}),
    (optim.AdamW, adamw, {"lr": 0.05, "weight_decay": 0.3}),
]


def case_name(value) -> str:
    if isinstance(value, dict):
        return ",".join(f"{k}={v}" for k, v in value.items()) or "defaults"
    return getattr(value, "__name__", str(value))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("optimizer", "formula", "options"), CASES, ids=case_name)
def test_follows_its_formula(optimizer, formula, options: dict, dtype: str) -> None:
    w = nn.Parameter(ig.array(START, dtype=getattr(ig, dtype)))
    opt = optimizer([w], **options)
    tolerance = 1e-11 if dtype == "float64" else 2e-5
    for k, want in enumerate(formula(**options)):
        w.grad = ig.array(gradient_at(k, numpy_of(w).astype(np.float64)), dtype=w.dtype)
        opt.step()
        np.testing.assert_allclose(numpy_of(w), want, rtol=tolerance, atol=tolerance, err_msg=f"step {k}")
    assert w.dtype == getattr(ig, dtype)
    assert w.requires_grad
    assert w.is_leaf


def quadratic_step(w, opt) -> float:
    opt.zero_grad()
    loss = ((w - 3) ** 2).sum()
    loss.backward()
    opt.step()
    return loss.item()


def test_zero_grad_clears() -> None:
    w = nn.Parameter(ig.ones(2))
    opt = optim.SGD([w], lr=0.1)
    (w * 2).sum().backward()
    opt.zero_grad()
    assert w.grad is None or not numpy_of(w.grad).any()


def test_parameters_without_gradient_stay() -> None:
    used, unused = nn.Parameter(ig.ones(2)), nn.Parameter(ig.ones(2))
    opt = optim.Adam([used, unused], lr=0.1, weight_decay=0.5)
    used.sum().backward()
    opt.step()
    np.testing.assert_array_equal(numpy_of(unused), [1, 1])
    assert (numpy_of(used) != 1).all()


def test_step_keeps_the_users_handles() -> None:
    model = nn.Linear(1, 1)
    weight = model.weight
    opt = optim.SGD(model.parameters(), lr=1.0)
    weight.sum().backward()
    before = numpy_of(weight)
    opt.step()
    assert model.weight is weight
    np.testing.assert_allclose(numpy_of(weight), before - 1)


def test_step_records_nothing() -> None:
    w = nn.Parameter(ig.ones(2))
    opt = optim.Adam([w])
    for _ in range(3):
        quadratic_step(w, opt)
    assert w.is_leaf
    assert ig.is_grad_enabled()


def test_learning_rate_can_be_changed() -> None:
    w = nn.Parameter(ig.zeros(1))
    opt = optim.SGD([w], lr=1.0)
    w.sum().backward()
    opt.step()
    opt.lr = 0.25
    opt.step()
    np.testing.assert_allclose(numpy_of(w), [-1.25])


def test_learning_rate_of_a_group_can_be_changed() -> None:
    w = nn.Parameter(ig.zeros(1))
    opt = optim.SGD([w], lr=1.0)
    for group in opt.param_groups:
        group["lr"] = 0.5
    w.sum().backward()
    opt.step()
    np.testing.assert_allclose(numpy_of(w), [-0.5])


def test_parameter_groups() -> None:
    a, b = nn.Parameter(ig.zeros(1)), nn.Parameter(ig.zeros(1))
    opt = optim.SGD([{"params": [a], "lr": 1.0}, {"params": [b]}], lr=0.1)
    (a + b).sum().backward()
    opt.step()
    np.testing.assert_allclose(numpy_of(a), [-1])
    np.testing.assert_allclose(numpy_of(b), [-0.1])


@pytest.mark.parametrize(
    ("optimizer", "options"),
    [(optim.SGD, {"lr": 0.05, "momentum": 0.9}), (optim.Adam, {"lr": 0.1}), (optim.AdamW, {"lr": 0.1})],
)
def test_resumed_run_is_bit_identical(optimizer, options: dict) -> None:
    def fresh():
        w = nn.Parameter(ig.array(START, dtype=ig.float32))
        return w, optimizer([w], **options)

    w, opt = fresh()
    for _ in range(5):
        quadratic_step(w, opt)
    saved_w, saved_state = numpy_of(w), opt.state_dict()
    for _ in range(5):
        quadratic_step(w, opt)
    again, resumed = fresh()
    with ig.no_grad():
        again[...] = ig.array(saved_w)
    resumed.load_state_dict(saved_state)
    for _ in range(5):
        quadratic_step(again, resumed)
    np.testing.assert_array_equal(numpy_of(again), numpy_of(w))


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda w: optim.SGD([], lr=0.1), ValueError, "param"),
        (lambda w: optim.SGD([w], lr=-1.0), ValueError, "lr"),
        (lambda w: optim.SGD([w], lr=0.1, momentum=-0.5), ValueError, "momentum"),
        (lambda w: optim.SGD([w], lr=0.1, nesterov=True), ValueError, "(?i)nesterov"),
        (lambda w: optim.Adam([w], betas=(0.9, 1.0)), ValueError, "beta"),
        (lambda w: optim.Adam([w], eps=-1e-8), ValueError, "eps"),
        (lambda w: optim.Adam([w], lr=float("nan")), ValueError, "lr"),
        (lambda w: optim.AdamW([w], weight_decay=-1.0), ValueError, "weight_decay"),
        (lambda w: optim.SGD(w, lr=0.1), TypeError, "(?i)iterable|list|array"),
        (lambda w: optim.SGD(["text"], lr=0.1), TypeError, "str"),
        (lambda w: optim.SGD([ig.ones(2)], lr=0.1), (ValueError, RuntimeError), "requires_grad"),
        (lambda w: optim.SGD([w, w], lr=0.1), ValueError, "(?i)twice|more than once|duplicate"),
    ],
    ids=lambda value: None,
)
def test_bad_arguments(make, error, message: str) -> None:
    with pytest.raises(error, match=message):
        make(nn.Parameter(ig.ones(2)))


def test_frozen_parameters_may_learn_later() -> None:
    frozen, w = nn.Parameter(ig.ones(2), requires_grad=False), nn.Parameter(ig.ones(2))
    optimizer = optim.SGD([{"params": [frozen], "lr": 1.0}, {"params": [w]}], lr=0.5)
    for expected in (1, 0):
        optimizer.zero_grad()
        (frozen + w).sum().backward()
        optimizer.step()
        assert frozen.tolist() == [expected] * 2
        frozen.requires_grad_(True)
    assert w.tolist() == [0, 0]
