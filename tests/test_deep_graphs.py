"""Graphs of a million operations: no walk recurses, time grows with the length, and all memory comes back."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig

MILLION = 1_000_000


def chain(x, length: int):
    for _ in range(length):
        x = x + 1
    return x


def seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def differentiate(length: int) -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    y = chain(x, length)
    y.backward()
    np.testing.assert_array_equal(numpy_of(x.grad), [1, 1])
    np.testing.assert_array_equal(numpy_of(y), [1 + length, 2 + length])


def test_a_million_operations_forward_and_backward(live_buffers) -> None:
    differentiate(1000)
    before = live_buffers()
    short = seconds(lambda: differentiate(MILLION // 10))
    long = seconds(lambda: differentiate(MILLION))
    assert live_buffers() <= before
    assert long < 40 * short + 5, f"{short:.2f} s for 100,000 operations but {long:.2f} s for a million"


def test_freed_without_being_evaluated(live_buffers) -> None:
    x = ig.array([1.0], requires_grad=True)
    y = chain(x, MILLION)
    del y
    assert live_buffers() <= 3


def test_freed_without_backward_after_evaluation(live_buffers) -> None:
    x = ig.array([1.0], requires_grad=True)
    y = chain(x, MILLION // 4)
    assert y.item() == 1 + MILLION // 4
    del y
    assert live_buffers() <= 3


def test_pending_chain_without_gradients_evaluates_by_itself(live_buffers) -> None:
    """Nobody calls eval: the graph stays bounded all the same."""
    y = chain(ig.zeros(4), MILLION)
    assert live_buffers() < 10_000
    assert numpy_of(y).tolist() == [MILLION] * 4


def test_wide_graph(live_buffers) -> None:
    x = ig.array([1.0], requires_grad=True)
    total = ig.zeros(1)
    for _ in range(50_000):
        total = total + x * 2
    total.backward()
    np.testing.assert_array_equal(numpy_of(x.grad), [100_000])
    del total
    assert live_buffers() <= 5


def test_diamonds_do_not_grow_exponentially() -> None:
    x = ig.array([1.0], dtype=ig.float64, requires_grad=True)
    y = x
    for _ in range(500):
        y = (y + y) * 0.5
    y.backward()
    np.testing.assert_array_equal(numpy_of(x.grad), [1])


def test_deep_second_order() -> None:
    x = ig.array([1.0], dtype=ig.float64, requires_grad=True)
    y = x
    for _ in range(2000):
        y = y * 1.0
    (y * x).sum().backward(create_graph=True)
    slope, x.grad = x.grad, None
    slope.sum().backward()
    np.testing.assert_array_equal(numpy_of(x.grad), [2])


@pytest.mark.parametrize("depth", [10_000])
def test_deep_chain_through_transforms(depth: int) -> None:
    x = ig.array([2.0])
    np.testing.assert_array_equal(numpy_of(ig.grad(lambda v: chain(v, depth).sum())(x)), [1])
    np.testing.assert_array_equal(numpy_of(ig.jvp(lambda v: chain(v, depth), [x], [x])[1][0]), [2])
    np.testing.assert_array_equal(numpy_of(ig.jit(lambda v: chain(v, depth))(x)), [2 + depth])
    np.testing.assert_array_equal(
        numpy_of(ig.vmap(lambda v: chain(v, depth))(ig.array([[1.0], [2.0]]))), [[1 + depth], [2 + depth]]
    )
