"""Update rules against their published formulas, written here in NumPy; SGD and Adam are in test_optim.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from helpers import numpy_of
from test_optim import START, STEPS, gradient_at

import ingot as ig
from ingot import nn, optim

Formula = Callable[..., Any]


def running(w: np.ndarray, update: Callable[[np.ndarray, np.ndarray, int], np.ndarray]):
    """`update(w, gradient, step)` over the steps of the tests."""
    for k in range(STEPS):
        w = update(w, gradient_at(k, w), k + 1)
        yield w


def adamax(lr=2e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0):
    m, u = np.zeros(3), np.zeros(3)

    def update(w, g, t):
        nonlocal m, u
        g = g + weight_decay * w
        m = beta1 * m + (1 - beta1) * g
        u = np.maximum(beta2 * u, np.abs(g) + eps)
        return w - lr / (1 - beta1**t) * m / u

    return running(START.copy(), update)


def nadam(lr=2e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0, momentum_decay=4e-3):
    m, v, product = np.zeros(3), np.zeros(3), 1.0

    def update(w, g, t):
        nonlocal m, v, product
        g = g + weight_decay * w
        mu, after = (beta1 * (1 - 0.5 * 0.96 ** (s * momentum_decay)) for s in (t, t + 1))
        product *= mu
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
        mean = after * m / (1 - product * after) + (1 - mu) * g / (1 - product)
        return w - lr * mean / (np.sqrt(v / (1 - beta2**t)) + eps)

    return running(START.copy(), update)


def radam(lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v, longest = np.zeros(3), np.zeros(3), 2 / (1 - beta2) - 1

    def update(w, g, t):
        nonlocal m, v
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
        length = longest - 2 * t * beta2**t / (1 - beta2**t)
        step = lr * m / (1 - beta1**t)
        if length > 5:
            top = (length - 4) * (length - 2) * longest
            step = step * np.sqrt(top / ((longest - 4) * (longest - 2) * length) * (1 - beta2**t)) / (np.sqrt(v) + eps)
        return w - step

    return running(START.copy(), update)


def adagrad(lr=1e-2, lr_decay=0.0, initial=0.0, eps=1e-10):
    s = np.full(3, initial)

    def update(w, g, t):
        nonlocal s
        s = s + g * g
        return w - lr / (1 + (t - 1) * lr_decay) * g / (np.sqrt(s) + eps)

    return running(START.copy(), update)


def adadelta(lr=1.0, rho=0.9, eps=1e-6):
    s, u = np.zeros(3), np.zeros(3)

    def update(w, g, t):
        nonlocal s, u
        s = rho * s + (1 - rho) * g * g
        d = np.sqrt(u + eps) / np.sqrt(s + eps) * g
        u = rho * u + (1 - rho) * d * d
        return w - lr * d

    return running(START.copy(), update)


def rmsprop(lr=1e-2, alpha=0.99, eps=1e-8, momentum=0.0, centered=False):
    v, mean, buffer = np.zeros(3), np.zeros(3), np.zeros(3)

    def update(w, g, t):
        nonlocal v, mean, buffer
        v, mean = alpha * v + (1 - alpha) * g * g, alpha * mean + (1 - alpha) * g
        buffer = momentum * buffer + g / (np.sqrt(v - mean**2 if centered else v) + eps)
        return w - lr * buffer

    return running(START.copy(), update)


def rprop(lr=1e-2, minus=0.5, plus=1.2):
    before, size = np.zeros(3), np.full(3, lr)

    def update(w, g, t):
        nonlocal before, size
        agreement = np.sign(g * before)
        size = np.clip(size * np.select([agreement > 0, agreement < 0], [plus, minus], 1.0), 1e-6, 50)
        before = np.where(agreement < 0, 0, g)
        return w - np.sign(before) * size

    return running(START.copy(), update)


def asgd(lr=1e-2, lambd=1e-4, alpha=0.75):
    rate = lr

    def update(w, g, t):
        nonlocal rate
        w = w * (1 - lambd * rate) - rate * g
        rate = lr / (1 + lambd * lr * t) ** alpha
        return w

    return running(START.copy(), update)


def lion(lr=1e-4, beta1=0.9, beta2=0.99, weight_decay=0.0):
    m = np.zeros(3)

    def update(w, g, t):
        nonlocal m
        direction = np.sign(beta1 * m + (1 - beta1) * g)
        m = beta2 * m + (1 - beta2) * g
        return w * (1 - lr * weight_decay) - lr * direction

    return running(START.copy(), update)


def lamb(lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-6, weight_decay=0.0):
    m, v = np.zeros(3), np.zeros(3)

    def update(w, g, t):
        nonlocal m, v
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
        r = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps) + weight_decay * w
        return w - lr * np.linalg.norm(w) / np.linalg.norm(r) * r

    return running(START.copy(), update)


def adafactor(lr=1e-2, beta2_decay=-0.8, eps1=2.0**-23, eps2=1e-3, d=1.0):
    v = np.zeros(3)

    def root_mean_square(x):
        return np.sqrt((x * x).mean())

    def update(w, g, t):
        nonlocal v
        rate = max(eps2, root_mean_square(w)) * min(lr, 1 / np.sqrt(t))
        v = v + (g * g - v) * t**beta2_decay
        step = g / np.sqrt(np.maximum(v, eps1**2))
        return w - rate * step / max(1.0, root_mean_square(step) / d)

    return running(START.copy(), update)


FORMULAS: list[tuple[Any, Formula, dict, dict]] = [
    (optim.Adamax, adamax, {"lr": 0.05, "weight_decay": 0.1}, {}),
    (optim.NAdam, nadam, {"lr": 0.05, "weight_decay": 0.1}, {}),
    (optim.RAdam, radam, {"lr": 0.05}, {}),
    (optim.Adagrad, adagrad, {"lr": 0.1, "lr_decay": 0.1}, {}),
    (optim.Adagrad, adagrad, {"initial": 0.5}, {"initial_accumulator_value": 0.5}),
    (optim.Adadelta, adadelta, {}, {}),
    (optim.RMSprop, rmsprop, {}, {}),
    (optim.RMSprop, rmsprop, {"momentum": 0.9, "centered": True}, {}),
    (optim.Rprop, rprop, {}, {}),
    (optim.ASGD, asgd, {"lambd": 0.1}, {}),
    (optim.Lion, lion, {"lr": 0.01, "weight_decay": 0.1}, {}),
    (optim.LAMB, lamb, {"lr": 0.01, "weight_decay": 0.1}, {}),
    (optim.Adafactor, adafactor, {}, {}),
]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    ("optimizer", "formula", "options", "renamed"), FORMULAS, ids=lambda value: getattr(value, "__name__", "")
)
def test_follows_its_formula(optimizer, formula, options: dict, renamed: dict, dtype: str) -> None:
    if optimizer is optim.Adafactor and dtype == "float64":
        options = {"eps1": np.finfo(np.float64).eps}
        renamed = {"eps": (np.finfo(np.float64).eps, 1e-3)}
    w = nn.Parameter(ig.array(START, dtype=getattr(ig, dtype)))
    opt = optimizer([w], **(renamed or options))
    tolerance = 1e-10 if dtype == "float64" else 1e-4
    for k, want in enumerate(formula(**options)):
        w.grad = ig.array(gradient_at(k, numpy_of(w).astype(np.float64)), dtype=w.dtype)
        opt.step()
        np.testing.assert_allclose(numpy_of(w), want, rtol=tolerance, atol=tolerance, err_msg=f"step {k}")
