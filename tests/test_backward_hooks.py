"""Hooks on the gradients that flow through modules."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig
from ingot import nn


def test_gradients_of_arguments_and_results() -> None:
    layer, seen = nn.Linear(3, 2), []
    handle = layer.register_full_backward_hook(lambda module, inputs, outputs: seen.append((module, inputs, outputs)))
    x = ig.ones((4, 3), requires_grad=True)
    (3 * layer(x)).sum().backward()
    ((module, inputs, outputs),) = seen
    assert module is layer
    np.testing.assert_array_equal(numpy_of(outputs[0]), np.full((4, 2), 3.0))
    np.testing.assert_allclose(numpy_of(inputs[0]), 3 * np.ones((4, 2)) @ numpy_of(layer.weight), rtol=1e-6)
    np.testing.assert_array_equal(numpy_of(x.grad), numpy_of(inputs[0]))
    handle.remove()
    layer(x).sum().backward()
    assert len(seen) == 1


def test_arguments_without_gradient_have_none() -> None:
    layer, seen = nn.Linear(3, 2), []
    layer.register_full_backward_hook(lambda module, inputs, outputs: seen.append(inputs))
    layer(ig.ones((4, 3))).sum().backward()
    assert seen == [(None,)]
    assert layer.weight.grad is not None


def test_hooks_replace_gradients() -> None:
    layer = nn.Identity()
    x = ig.ones(2, requires_grad=True)
    with layer.register_full_backward_hook(lambda module, inputs, outputs: (inputs[0] * 5,)):
        layer(x).sum().backward()
    assert x.grad.tolist() == [5, 5]
    x.grad = None
    with layer.register_full_backward_pre_hook(lambda module, outputs: outputs[0] * 7):
        layer(x).sum().backward()
    assert x.grad.tolist() == [7, 7]
    with layer.register_full_backward_hook(lambda module, inputs, outputs: (inputs[0], inputs[0])):
        loss = layer(x).sum()
        with pytest.raises(RuntimeError, match="2 gradients"):
            loss.backward()


def test_several_arguments_and_results_within_a_model() -> None:
    class Both(nn.Module):
        def forward(self, x, y, scale):
            return x * y * scale, x + y

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.both = Both()

        def forward(self, x):
            product, total = self.both(x, x + 1, 2.0)
            return (product + total).sum()

    model, seen = Model(), []
    model.both.register_full_backward_hook(lambda module, inputs, outputs: seen.append((inputs, outputs)))
    x = ig.array([3.0], requires_grad=True)
    model(x).backward()
    ((inputs, outputs),) = seen
    assert [g.item() for g in inputs] == [9, 7]
    assert [g.item() for g in outputs] == [1, 1]
    assert x.grad.item() == 16


def test_results_with_names() -> None:
    class Pair(NamedTuple):
        double: ig.array
        label: str

    class Named(nn.Module):
        def forward(self, x):
            return Pair(2 * x, "twice")

    module, seen = Named(), []
    module.register_full_backward_hook(lambda module, inputs, outputs: seen.append((inputs, outputs)))
    result = module(ig.ones(1, requires_grad=True))
    assert (type(result), result.label) == (Pair, "twice")
    (3 * result.double).sum().backward()
    ((inputs, outputs),) = seen
    assert (inputs[0].item(), outputs[0].item()) == (6, 3)


def test_no_gradient_no_call() -> None:
    layer, seen = nn.Linear(3, 2), []
    layer.register_full_backward_hook(lambda *each: seen.append(each))
    with ig.no_grad():
        layer(ig.ones((4, 3)))
    assert seen == []
