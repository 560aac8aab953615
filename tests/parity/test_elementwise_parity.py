"""Activation functions and compositions beside PyTorch's: values and gradients, also at kinks and far away."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers import leaf, numpy_of

import ingot as ig

#: name in `nn.functional`, and its arguments behind the input.
ACTIVATIONS = [
    ("relu", {}), ("relu6", {}), ("leaky_relu", {}), ("leaky_relu", {"negative_slope": 0.3}), ("elu", {}),
    ("elu", {"alpha": 0.5}), ("selu", {}), ("celu", {"alpha": 2.0}), ("gelu", {}), ("gelu", {"approximate": "tanh"}),
    ("silu", {}), ("mish", {}), ("softplus", {}), ("softplus", {"beta": 2.0, "threshold": 5.0}), ("softsign", {}),
    ("hardswish", {}), ("hardsigmoid", {}), ("hardtanh", {}), ("hardtanh", {"min_val": -2.0, "max_val": 3.0}),
    ("hardshrink", {}), ("hardshrink", {"lambd": 1.0}), ("softshrink", {}), ("softshrink", {"lambd": 1.0}),
    ("tanhshrink", {}), ("logsigmoid", {}), ("threshold", {"threshold": 0.5, "value": 7.0}), ("rrelu", {}),
    ("sigmoid", {}), ("tanh", {}), ("glu", {}), ("glu", {"dim": 0}), ("softmin", {"dim": 1}), ("softmax", {"dim": 0}),
    ("log_softmax", {"dim": 1}),
]  # fmt: skip

KINKS = np.array([[0.0, -0.0, 1.0, -1.0, 3.0, -3.0], [0.5, -0.5, 6.0, 2.0, -2.0, 2.5]])
FAR = np.array([[200.0, -200.0, 50.0, -50.0, 20.5, -20.5], [1e-5, -1e-5, 1e-12, 12.0, -12.0, -36.0]])


@pytest.mark.parametrize(("name", "options"), ACTIVATIONS, ids=lambda v: v if isinstance(v, str) else "-".join(v))
@pytest.mark.parametrize("place", ["random", "kinks", "far"])
def test_activation(name: str, options: dict, place: str, rng: np.random.Generator) -> None:
    value = {"random": rng.normal(size=(4, 6)) * 3, "kinks": KINKS, "far": FAR}[place]
    ours, theirs = leaf(value), torch.tensor(value, requires_grad=True)
    y = getattr(ig.nn.functional, name)(ours, **options)
    z = getattr(torch.nn.functional, name)(theirs, **options)
    # PyTorch's float64 cuts softplus off above its threshold, where ours goes on.
    np.testing.assert_allclose(numpy_of(y), z.detach().numpy(), rtol=3e-9, atol=1e-12)
    weights = rng.normal(size=y.shape)
    y.backward(ig.array(weights))
    z.backward(torch.tensor(weights))
    np.testing.assert_allclose(numpy_of(ours.grad), theirs.grad.numpy(), rtol=3e-8, atol=1e-12)


def test_prelu(rng: np.random.Generator) -> None:
    for shape in ((3,), (1,)):
        values = rng.normal(size=(2, 3, 4)), rng.normal(size=shape)
        ours, theirs = [leaf(v) for v in values], [torch.tensor(v, requires_grad=True) for v in values]
        ig.nn.functional.prelu(*ours).sum().backward()
        torch.nn.functional.prelu(*theirs).sum().backward()
        for a, b in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(numpy_of(a.grad), b.grad.numpy(), rtol=1e-12)


COMPOSITES = [
    ("logaddexp2", 2, "normal"), ("xlogy", 2, "positive"), ("fmax", 2, "normal"), ("fmin", 2, "normal"),
    ("float_power", 2, "positive"), ("deg2rad", 1, "normal"), ("rad2deg", 1, "normal"), ("lerp", 3, "normal"),
    ("addcmul", 3, "normal"), ("addcdiv", 3, "positive"), ("polar", 2, "positive"), ("nan_to_num", 1, "normal"),
    ("logit", 1, "unit"), ("angle", 1, "normal"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arity", "domain"), COMPOSITES, ids=lambda v: v if isinstance(v, str) else None)
def test_composite(name: str, arity: int, domain: str, rng: np.random.Generator) -> None:
    draw = {
        "normal": rng.normal,
        "positive": lambda size: rng.uniform(0.3, 3, size),
        "unit": lambda size: rng.uniform(0.05, 0.95, size),
    }
    values = [draw[domain](size=(50,)) for _ in range(arity)]
    ours, theirs = [leaf(v) for v in values], [torch.tensor(v, requires_grad=True) for v in values]
    y, z = getattr(ig, name)(*ours), getattr(torch, name)(*theirs)
    np.testing.assert_allclose(numpy_of(y), z.detach().numpy(), rtol=1e-11, atol=1e-13)
    weights = rng.normal(size=50).astype(numpy_of(y).dtype)
    y.backward(ig.array(weights))
    z.backward(torch.tensor(weights))
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(numpy_of(a.grad), b.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_special_functions(rng: np.random.Generator) -> None:
    """To the digits that PyTorch has: its trigamma ends after nine."""
    x = rng.uniform(0.2, 5, 100)
    for n in range(4):
        a, b = leaf(x), torch.tensor(x, requires_grad=True)
        ours, theirs = ig.polygamma(n, a), torch.polygamma(n, b)
        np.testing.assert_allclose(numpy_of(ours), theirs.detach().numpy(), rtol=1e-8)
        ours.sum().backward()
        theirs.sum().backward()
        np.testing.assert_allclose(numpy_of(a.grad), b.grad.numpy(), rtol=1e-8)
    for name in ("gammainc", "gammaincc"):
        a, b = leaf(x), torch.tensor(x, requires_grad=True)
        shape = rng.uniform(0.3, 4, 100)
        ours = getattr(ig, name)(ig.array(shape), a)
        theirs = getattr(torch.special, name)(torch.tensor(shape), b)
        np.testing.assert_allclose(numpy_of(ours), theirs.detach().numpy(), rtol=1e-8)
        ours.sum().backward()
        theirs.sum().backward()
        np.testing.assert_allclose(numpy_of(a.grad), b.grad.numpy(), rtol=1e-8)


def test_rounding_and_scaled_arguments() -> None:
    x, y = np.array([7.0, -7.0, 5.5, -0.3]), np.array([2.0, 2.0, -2.0, 1.0])
    for mode in ("floor", "trunc", None):
        for dtype in ("float64", "int64"):
            a, b = x.astype(dtype), y.astype(dtype)
            got = numpy_of(ig.div(ig.array(a), ig.array(b), rounding_mode=mode))
            np.testing.assert_allclose(got, torch.div(torch.tensor(a), torch.tensor(b), rounding_mode=mode).numpy())
    assert (
        ig.add(ig.array(x), ig.array(y), alpha=3).tolist()
        == torch.add(torch.tensor(x), torch.tensor(y), alpha=3).tolist()
    )
    assert ig.sub(ig.array(x), 1.0, alpha=3).tolist() == torch.sub(torch.tensor(x), 1.0, alpha=3).tolist()
    values = np.array([1.005, -2.5, 123.456])
    for decimals in (-1, 0, 2):
        got = numpy_of(ig.round(ig.array(values), decimals=decimals))
        np.testing.assert_allclose(got, torch.round(torch.tensor(values), decimals=decimals).numpy(), rtol=1e-14)
