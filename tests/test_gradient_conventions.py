"""Derivatives where there is none, or several: the conventions that docs/gradients.md writes down."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers import array_of, leaf, numpy_of

import ingot as ig

INF, NAN = float("inf"), float("nan")


def weighted(x):
    """A sum in which every place counts differently."""
    return (x * array_of(np.arange(1.0, x.size + 1))).sum()


#: name: function, inputs, gradients by each input. As in PyTorch, but for what `OURS` lists.
CASES: dict[str, tuple[Callable, list, list]] = {
    "max shares ties": (ig.max, [[1.0, 3.0, 3.0]], [[0, 0.5, 0.5]]),
    "min shares ties": (ig.min, [[1.0, 1.0, 3.0]], [[0.5, 0.5, 0]]),
    "amax along an axis": (lambda x: ig.max(x, axis=1).sum(), [[[2.0, 2.0], [1.0, 0.0]]], [[[0.5, 0.5], [1, 0]]]),
    "maximum shares ties": (ig.maximum, [[1.0, 2.0], [1.0, 3.0]], [[0.5, 0], [0.5, 1]]),
    "minimum shares ties": (ig.minimum, [[1.0, 2.0], [1.0, 3.0]], [[0.5, 1], [0.5, 0]]),
    "abs at 0": (ig.abs, [[0.0, -0.0]], [[0, 0]]),
    "sign": (ig.sign, [[0.0, 2.0]], [[0, 0]]),
    "sqrt at 0": (ig.sqrt, [[0.0]], [[INF]]),
    "relu at 0": (ig.relu, [[0.0, -1.0, 1.0]], [[0, 0, 1]]),
    "clip at its bounds": (lambda x: ig.clip(x, 0, 1), [[0.0, 1.0, 2.0, -1.0]], [[1, 1, 0, 0]]),
    "0 to the 0": (ig.pow, [[0.0], [0.0]], [[0], [0]]),
    "x to the 0": (lambda x: x**0, [[0.0, 2.0]], [[0, 0]]),
    "square at 0": (lambda x: x**2, [[0.0]], [[0]]),
    "root as a power at 0": (lambda x: x**0.5, [[0.0]], [[INF]]),
    "0 to the 2": (ig.pow, [[0.0], [2.0]], [[0], [0]]),
    "log at 0": (ig.log, [[0.0]], [[INF]]),
    "prod with a zero": (ig.prod, [[0.0, 2.0, 3.0]], [[6, 0, 0]]),
    "prod with two zeros": (ig.prod, [[0.0, 0.0, 3.0]], [[0, 0, 0]]),
    "var of equal numbers": (ig.var, [[1.0, 1.0]], [[0, 0]]),
    "std of equal numbers": (ig.std, [[1.0, 1.0]], [[0, 0]]),
    "atan2 at the origin": (ig.atan2, [[0.0], [0.0]], [[0], [0]]),
    "logaddexp with one minus infinity": (ig.logaddexp, [[-INF], [1.0]], [[0], [1]]),
    "cumprod with zeros": (lambda x: ig.cumprod(x, axis=0), [[0.0, 2.0, 0.0]], [[3, 0, 0]]),
    "sort with ties is stable": (lambda x: weighted(ig.sort(x)), [[1.0, 1.0, 0.0]], [[2, 3, 1]]),
    "logsumexp of one minus infinity": (lambda x: ig.logsumexp(x, axis=0), [[-INF, 1.0]], [[0, 1]]),
    "norm at 0": (ig.linalg.norm, [[0.0, 0.0]], [[0, 0]]),
    "where takes nothing from the other branch": (
        lambda x: ig.where(x > 0, x * 2, x + NAN),
        [[1.0, 2.0]],
        [[2, 2]],
    ),
    "0 times infinity": (
        lambda x: ig.where(x > 0, ig.sqrt(x), 0.0),
        [[0.0, 4.0]],
        [[NAN, 0.25]],
    ),
    "the double where": (
        lambda x: ig.where(x > 0, ig.sqrt(ig.where(x > 0, x, 1.0)), 0.0),
        [[0.0, 4.0, -1.0]],
        [[0, 0.25, 0]],
    ),
    "asin at 1": (ig.asin, [[1.0]], [[INF]]),
    "softmax of minus infinity": (lambda x: ig.softmax(x, axis=0)[0], [[-INF, 0.0, 0.0]], [[0, 0, 0]]),
    "0 divided by 0": (ig.divide, [[0.0], [0.0]], [[INF], [NAN]]),
    "copysign at 0": (ig.copysign, [[0.0], [1.0]], [[0], [0]]),
    "remainder": (ig.remainder, [[5.0], [2.0]], [[1], [-2]]),
    "gather of one element twice": (lambda x: x[ig.array([0, 0])], [[1.0, 2.0]], [[2, 0]]),
}

#: Where PyTorch gives NaN or a number that contradicts its other mode, and Ingot does not.
OURS: dict[str, tuple[Callable, list, list]] = {
    "negative to a power": (ig.pow, [[-2.0], [2.0]], [[-4], [0]]),
    "hypot at the origin": (ig.hypot, [[0.0], [0.0]], [[0], [0]]),
    "logsumexp of nothing but minus infinity": (lambda x: ig.logsumexp(x, axis=0), [[-INF, -INF]], [[0, 0]]),
}

#: Where forward mode differs: `where` chooses between the branches' changes, and multiplies no infinity by zero.
FORWARD: dict[str, list] = {"0 times infinity": [[0, 0.25]]}


@pytest.mark.parametrize("name", [*CASES, *OURS])
def test_convention(name: str) -> None:
    f, inputs, wanted = {**CASES, **OURS}[name]
    leaves = [leaf(np.array(values)) for values in inputs]
    f(*leaves).sum().backward()
    for x, want in zip(leaves, wanted, strict=True):
        got = np.zeros(x.shape) if x.grad is None else numpy_of(x.grad)
        np.testing.assert_allclose(got, np.array(want, dtype=float), rtol=1e-12, atol=0)


@pytest.mark.parametrize("name", [*CASES, *OURS])
def test_forward_mode_has_the_same_convention(name: str) -> None:
    """Along a direction in which nothing cancels: J v in forward mode against J in reverse mode."""
    f, inputs, wanted = {**CASES, **OURS}[name]
    wanted = FORWARD.get(name, wanted)
    primals = [array_of(np.array(values)) for values in inputs]
    directions = [np.random.default_rng(0).normal(size=np.shape(values)) for values in inputs]
    _, change = ig.jvp(lambda *x: f(*x).sum(), primals, [array_of(d) for d in directions])
    want = sum(float((np.array(w, dtype=float) * d).sum()) for w, d in zip(wanted, directions, strict=True))
    np.testing.assert_allclose(numpy_of(change[0]), want, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parity
def test_pytorch_has_the_same_convention(name: str) -> None:
    import torch

    names = {
        "max shares ties": torch.max,
        "min shares ties": torch.min,
        "amax along an axis": lambda x: torch.amax(x, 1),
        "maximum shares ties": torch.maximum,
        "minimum shares ties": torch.minimum,
        "abs at 0": torch.abs,
        "sign": torch.sign,
        "sqrt at 0": torch.sqrt,
        "relu at 0": torch.relu,
        "clip at its bounds": lambda x: torch.clip(x, 0, 1),
        "0 to the 0": torch.pow,
        "x to the 0": lambda x: x**0,
        "square at 0": lambda x: x**2,
        "root as a power at 0": lambda x: x**0.5,
        "0 to the 2": torch.pow,
        "log at 0": torch.log,
        "prod with a zero": torch.prod,
        "prod with two zeros": torch.prod,
        "var of equal numbers": torch.var,
        "std of equal numbers": torch.std,
        "atan2 at the origin": torch.atan2,
        "logaddexp with one minus infinity": torch.logaddexp,
        "cumprod with zeros": lambda x: torch.cumprod(x, 0),
        "sort with ties is stable": lambda x: torch.sort(x, stable=True).values * torch.arange(1.0, x.numel() + 1),
        "logsumexp of one minus infinity": lambda x: torch.logsumexp(x, 0),
        "norm at 0": torch.linalg.norm,
        "where takes nothing from the other branch": lambda x: torch.where(x > 0, x * 2, x + NAN),
        "0 times infinity": lambda x: torch.where(x > 0, torch.sqrt(x), 0.0),
        "the double where": lambda x: torch.where(x > 0, torch.sqrt(torch.where(x > 0, x, 1.0)), 0.0),
        "asin at 1": torch.asin,
        "softmax of minus infinity": lambda x: torch.softmax(x, 0)[0],
        "0 divided by 0": torch.divide,
        "copysign at 0": torch.copysign,
        "remainder": torch.remainder,
        "gather of one element twice": lambda x: x[torch.tensor([0, 0])],
    }
    _, inputs, wanted = CASES[name]
    tensors = [torch.tensor(values, dtype=torch.float64, requires_grad=True) for values in inputs]
    names[name](*tensors).sum().backward()
    for x, want in zip(tensors, wanted, strict=True):
        np.testing.assert_allclose(x.grad.numpy(), np.array(want, dtype=float), rtol=1e-12, atol=0)
