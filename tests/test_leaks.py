"""Nothing that training leaves behind keeps memory: counted by the buffers alive.

Every node of a graph holds its value or, through its inputs, the arrays that it was made from: a node that leaks
takes a buffer with it.
"""

from __future__ import annotations

import copy
import gc
import pickle
import weakref
from collections.abc import Callable

import numpy as np
import pytest

import ingot as ig
from ingot import nn, optim


def keeps_nothing(attempt: Callable[[], object], live_buffers: Callable[[], int]) -> None:
    """Runs `attempt` once for what is made only once, then ten times."""
    attempt()
    before = live_buffers()
    for _ in range(10):
        attempt()
    assert live_buffers() <= before


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(8, 8)
        self.second = nn.Linear(8, 1)
        self.myself = [self]  # a cycle through Python

    def forward(self, x):
        return self.second(ig.tanh(self.first(x)))


def train(steps: int) -> None:
    model = Net()
    optimizer = optim.Adam(model.parameters(), lr=0.01)
    x = ig.array(np.ones((4, 8), np.float32))
    for _ in range(steps):
        optimizer.zero_grad()
        model(x).mean().backward()
        optimizer.step()


def test_training_leaks_nothing(live_buffers) -> None:
    keeps_nothing(lambda: train(3), live_buffers)


def test_exceptions_in_forward_leak_nothing(live_buffers) -> None:
    class Failing(Net):
        def forward(self, x):
            hidden = ig.exp(self.first(x))
            raise RuntimeError(f"after {hidden.shape}")

    def attempt() -> None:
        with pytest.raises(RuntimeError, match="after"):
            Failing()(ig.ones((4, 8)))

    keeps_nothing(attempt, live_buffers)


def test_gradients_that_nobody_looks_at_leak_nothing(live_buffers) -> None:
    def attempt() -> None:
        x = ig.array(np.ones(100, np.float32), requires_grad=True)
        (x * x).sum().backward()

    keeps_nothing(attempt, live_buffers)


def test_hooks_that_refer_to_their_array_leak_nothing(live_buffers) -> None:
    def attempt() -> None:
        x = ig.array(np.ones(100, np.float32), requires_grad=True)
        x.register_hook(lambda g: g * x.detach())
        (x * 2).sum().backward()

    keeps_nothing(attempt, live_buffers)


def test_jitted_functions_leak_nothing(live_buffers) -> None:
    def attempt() -> None:
        w = ig.array(np.ones(100, np.float32))
        f = ig.jit(lambda x: x * w)
        ig.eval(f(ig.ones(100)))

    keeps_nothing(attempt, live_buffers)


def test_deep_copies_leak_nothing(live_buffers) -> None:
    def attempt() -> None:
        model = Net()
        model(ig.ones((4, 8))).mean().backward()
        other = copy.deepcopy(model)
        assert other.myself[0] is other
        other(ig.ones((4, 8))).mean().backward()

    keeps_nothing(attempt, live_buffers)


def test_pickles_leak_nothing(live_buffers) -> None:
    def attempt() -> None:
        model = Net()
        model(ig.ones((4, 8))).mean().backward()
        pickle.loads(pickle.dumps(model))(ig.ones((4, 8))).mean().backward()

    keeps_nothing(attempt, live_buffers)


def test_cycles_through_modules_are_collected(live_buffers) -> None:
    """Through a child that knows its parent, and through a hook that knows its module."""
    gone = []

    def attempt() -> None:
        model = nn.Sequential(Net(), nn.Tanh())
        model[0].parent = [model]
        model[0].register_forward_hook(lambda module, inputs, output: output + 0 * len(model))
        model(ig.ones((4, 8))).mean().backward()
        gone.append(weakref.ref(model))

    keeps_nothing(attempt, live_buffers)
    gc.collect()
    assert all(reference() is None for reference in gone)


def test_exceptions_in_backward_leak_nothing(live_buffers) -> None:
    def fail(gradient: ig.array) -> ig.array:
        raise RuntimeError(f"of shape {gradient.shape}")

    def attempt() -> None:
        x = ig.array(np.ones(100, np.float32), requires_grad=True)
        y = ig.exp(x)
        y.register_hook(fail)
        with pytest.raises(RuntimeError, match="of shape"):
            (y * 2).sum().backward()

    keeps_nothing(attempt, live_buffers)
