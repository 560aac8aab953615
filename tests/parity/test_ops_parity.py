"""Elementwise operations and reductions beside PyTorch's: values, gradients, conventions at the awkward places."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from draws import Draw
from helpers import leaf, numpy_of
from op_samples import ELEMENTWISE

import ingot as ig

#: Torch's name where it is not ours. `None`: torch has no such function.
TORCH_NAMES = {"softsign": "nn.functional.softsign", "softplus": "nn.functional.softplus", "silu": "nn.functional.silu",
               "gelu": "nn.functional.gelu", "bitwise_invert": "bitwise_not", "imag": None, "real": None,
               "complex": None, "gamma": None, "i0e": "special.i0e", "i1": "special.i1", "i1e": "special.i1e",
               "erfcx": "special.erfcx", "polygamma": None, "gammainc": None, "gammaincc": None}  # fmt: skip


def torch_function(name: str):
    path = TORCH_NAMES.get(name, name)
    function = torch
    for part in (path or "").split("."):
        function = getattr(function, part, None)
    return function


UNARY_AND_BINARY = [
    op for op in ELEMENTWISE.values() if op["arity"] < 3 and op["differentiable"] and torch_function(op["name"])
]


@pytest.mark.parametrize("op", UNARY_AND_BINARY, ids=lambda op: op["name"])
def test_value_and_gradient(op: dict, rng: np.random.Generator) -> None:
    values = [Draw((50,), op["sample"])(rng, "float64") for _ in range(op["arity"])]
    ours = [leaf(v) for v in values]
    theirs = [torch.tensor(v, requires_grad=True) for v in values]
    y, z = getattr(ig, op["name"])(*ours), torch_function(op["name"])(*theirs)
    np.testing.assert_allclose(numpy_of(y), z.detach().numpy(), rtol=1e-10, atol=1e-12)
    weights = rng.normal(size=50)
    y.backward(ig.array(weights))
    z.backward(torch.tensor(weights))
    for a, b in zip(ours, theirs, strict=True):
        want = np.zeros(50) if b.grad is None else b.grad.numpy()
        got = np.zeros(50) if a.grad is None else numpy_of(a.grad)
        np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-11)


AWKWARD = {
    "max_ties": lambda m, x: m.amax(x) if m is torch else m.max(x),
    "abs": lambda m, x: m.abs(x).sum(),
    "relu": lambda m, x: m.relu(x).sum(),
    "sign": lambda m, x: (m.sign(x) * x).sum(),
    "square": lambda m, x: (x**2).sum(),
    "power_zero": lambda m, x: (x**0).sum(),
    "maximum_ties": lambda m, x: m.maximum(x, x * 1).sum(),
    "sqrt_of_square": lambda m, x: m.sqrt(x * x + 1).sum(),
}


@pytest.mark.parametrize("function", AWKWARD.values(), ids=AWKWARD.keys())
def test_conventions(function) -> None:
    value = np.array([0.0, 2.0, 2.0, -1.0])
    a, b = leaf(value), torch.tensor(value, requires_grad=True)
    function(ig, a).backward()
    function(torch, b).backward()
    np.testing.assert_allclose(numpy_of(a.grad), b.grad.numpy(), rtol=1e-12, atol=1e-12)
