"""Random graphs of 5 to 50 operations: however they are run and differentiated, the numbers are the same."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of, leaf, numpy_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import SHAPES, inputs_for, programs, run

import ingot as ig

seeds = st.integers(0, 2**16)


def close(got, want, tolerance: float = 1e-9) -> None:
    np.testing.assert_allclose(got, want, rtol=tolerance, atol=tolerance)


def evaluated(x):
    ig.eval(x)
    return x


def check_values(program, seed: int) -> None:
    """Lazily, one operation at a time, jitted, and by NumPy."""
    data = inputs_for(seed)
    want = run(program, data, np)
    arrays = [array_of(v) for v in data]
    close(run(program, arrays, ig).item(), want)
    close(run(program, arrays, ig, evaluated).item(), want)
    jitted = ig.jit(lambda *inputs: run(program, inputs, ig))
    close(jitted(*arrays).item(), want)
    moved = [v * 0.5 for v in data]
    close(jitted(*[array_of(v) for v in moved]).item(), run(program, moved, np))


def check_gradients(program, seed: int) -> None:
    """Reverse mode in all ways to run it, forward mode, and finite differences."""
    data = inputs_for(seed)
    rng = np.random.default_rng(seed + 1)
    directions = [rng.normal(size=shape) for shape in SHAPES]
    arrays = [array_of(v) for v in data]

    def f(*inputs):
        return run(program, inputs, ig)

    gradient = ig.grad(f, argnums=(0, 1, 2))
    reverse = [numpy_of(g) for g in gradient(*arrays)]
    slope = sum(float((g * d).sum()) for g, d in zip(reverse, directions, strict=True))
    _, (forward,) = ig.jvp(f, arrays, [array_of(d) for d in directions])
    close(forward.item(), slope, 1e-8)
    step = 1e-5
    ends = [run(program, [v + s * step * d for v, d in zip(data, directions, strict=True)], np) for s in (1, -1)]
    close((ends[0] - ends[1]) / (2 * step), slope, 2e-4)

    leaves = [leaf(v) for v in data]
    result = run(program, leaves, ig, evaluated)
    if result.requires_grad:
        result.backward()
    eager = [np.zeros(shape) if x.grad is None else numpy_of(x.grad) for x, shape in zip(leaves, SHAPES, strict=True)]
    jitted = [numpy_of(g) for g in ig.jit(gradient)(*arrays)]
    again = [numpy_of(g) for g in ig.grad(ig.checkpoint(f), argnums=(0, 1, 2))(*arrays)]
    for other in (eager, jitted, again):
        for got, want in zip(other, reverse, strict=True):
            close(got, want)


def check_batches(program, seed: int) -> None:
    """`vmap` of a program and of its gradient are loops."""
    batch = [inputs_for(seed + b) for b in range(3)]
    stacked = [array_of(np.stack(column)) for column in zip(*batch, strict=True)]

    def f(*inputs):
        return run(program, inputs, ig)

    close(numpy_of(ig.vmap(f)(*stacked)), [run(program, data, np) for data in batch])
    gradient = ig.grad(f, argnums=(0, 1, 2))
    found = [numpy_of(g) for g in ig.vmap(gradient)(*stacked)]
    for b, data in enumerate(batch):
        for got, want in zip(found, gradient(*[array_of(v) for v in data]), strict=True):
            close(got[b], numpy_of(want))


def check_second_order(program, seed: int) -> None:
    """Products with second derivatives, by forward over reverse and by reverse twice."""
    arrays = [array_of(v) for v in inputs_for(seed)]
    rng = np.random.default_rng(seed + 2)
    vectors = [array_of(rng.normal(size=shape)) for shape in SHAPES]

    def f(*inputs):
        return run(program, inputs, ig)

    _, mixed = ig.hvp(f, tuple(arrays), tuple(vectors))
    _, twice = ig.vhp(f, tuple(arrays), tuple(vectors))
    for a, b in zip(mixed, twice, strict=True):
        close(numpy_of(a), numpy_of(b), 1e-7)


CHECKS = [check_values, check_gradients, check_batches, check_second_order]


@pytest.mark.parametrize("check", CHECKS)
@settings(max_examples=60)
@given(program=programs, seed=seeds)
def test_random_graphs(check, program, seed: int) -> None:
    check(program, seed)


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
@settings(max_examples=1500)
@given(program=programs, seed=seeds)
def test_many_random_graphs(check, program, seed: int) -> None:
    check(program, seed)


def test_views_of_members_are_not_reduced_ones() -> None:
    """Found by `check_second_order`: over a reduced axis of length 1, both have the shape of a reduction's result."""
    data = np.linspace(-1, 1, 40).reshape(40, 1)
    x = array_of(data)
    a = ig.sin(x)
    close(numpy_of(ig.reshape(a * 2, (40,)) * (a * 3).sum(axis=1)), 6 * np.sin(data[:, 0]) ** 2)
    close(numpy_of(ig.reshape(a * 2, (40, 1)) * (a * 3).sum(axis=1, keepdims=True)), 6 * np.sin(data) ** 2)
