"""Random programs, index expressions and shapes: however a graph is run, it gives what NumPy gives."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from helpers import array_of, leaf, numpy_of
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import ingot as ig

#: Functions that stay bounded, so that a long random program neither overflows nor amplifies rounding.
UNARY: list[tuple[str, Callable, Callable]] = [
    ("sin", ig.sin, np.sin),
    ("tanh", ig.tanh, np.tanh),
    ("sigmoid", ig.sigmoid, lambda x: 1 / (1 + np.exp(-x))),
    ("negative", lambda x: -x, lambda x: -x),
    ("halve", lambda x: x * 0.5, lambda x: x * 0.5),
    ("root", lambda x: ig.sqrt(x * x + 1), lambda x: np.sqrt(x * x + 1)),
    ("log", lambda x: ig.log1p(ig.abs(x) + 0.5), lambda x: np.log1p(np.abs(x) + 0.5)),
    ("transpose", ig.transpose, np.transpose),
    ("reverse", lambda x: x[::-1], lambda x: x[::-1]),
    ("center", lambda x: x - x.mean(axis=-1, keepdims=True), lambda x: x - x.mean(axis=-1, keepdims=True)),
    ("softmax", lambda x: ig.softmax(x, axis=0), lambda x: np.exp(x) / np.exp(x).sum(axis=0)),
    ("flatten", lambda x: ig.reshape(ig.reshape(x, (-1,)), x.shape), lambda x: x.reshape(-1).reshape(x.shape)),
    ("first_row", lambda x: ig.broadcast_to(x[:1], x.shape), lambda x: np.broadcast_to(x[:1], x.shape)),
    ("outer", lambda x: ig.tanh(x @ ig.transpose(x) @ x), lambda x: np.tanh(x @ x.T @ x)),
    ("stacked", lambda x: ig.stack([x, -x]).sum(axis=0) + x, lambda x: np.stack([x, -x]).sum(axis=0) + x),
]
BINARY: list[tuple[str, Callable, Callable]] = [
    ("add", lambda x, y: (x + y) * 0.5, lambda x, y: (x + y) * 0.5),
    ("multiply", lambda x, y: ig.tanh(x) * y, lambda x, y: np.tanh(x) * y),
    ("divide", lambda x, y: x / (1 + y * y), lambda x, y: x / (1 + y * y)),
    ("hypot", lambda x, y: ig.hypot(x, y + 3), lambda x, y: np.hypot(x, y + 3)),
    ("row_means", lambda x, y: x - y.mean(axis=0), lambda x, y: x - y.mean(axis=0)),
]
SIZE = 4

#: A program: each step names a function and, by how far back they lie, the values it takes.
programs = st.lists(
    st.tuples(st.integers(0, len(UNARY) + len(BINARY) - 1), st.integers(0, 6), st.integers(0, 6)),
    min_size=5,
    max_size=50,
)


def run_program(program: list[tuple[int, int, int]], inputs: list, which: int, after_each: Callable = lambda x: x):
    """The sum of the last values; `which` is 1 for Ingot's functions, 2 for NumPy's."""
    values = list(inputs)
    for f, i, j in program:
        x, y = values[-1 - i % len(values)], values[-1 - j % len(values)]
        result = UNARY[f][which](x) if f < len(UNARY) else BINARY[f - len(UNARY)][which](x, y)
        values.append(after_each(result))
    return sum(values[-3:], start=0.0)


def evaluated(x):
    ig.eval(x)
    return x


@settings(max_examples=150)
@given(program=programs, seed=st.integers(0, 2**16))
def test_random_programs(program, seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = [rng.uniform(-1, 1, (SIZE, SIZE)) for _ in range(2)]
    want = run_program(program, data, 2)

    def lazily(*inputs):
        return run_program(program, list(inputs), 1)

    arrays = [array_of(v) for v in data]
    np.testing.assert_allclose(numpy_of(lazily(*arrays)), want, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(numpy_of(run_program(program, arrays, 1, evaluated)), want, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(numpy_of(ig.jit(lazily)(*arrays)), want, rtol=1e-9, atol=1e-9)


@settings(max_examples=100)
@given(program=programs, seed=st.integers(0, 2**16))
def test_gradients_of_random_programs(program, seed: int) -> None:
    """Reverse mode, lazily and op by op and jitted, and forward mode, all along one random direction."""
    rng = np.random.default_rng(seed)
    data = [rng.uniform(-1, 1, (SIZE, SIZE)) for _ in range(2)]
    directions = [rng.normal(size=(SIZE, SIZE)) for _ in range(2)]

    def total(*inputs):
        return run_program(program, list(inputs), 1).sum()

    def gradients(after_each: Callable) -> list[np.ndarray]:
        leaves = [leaf(v) for v in data]
        result = run_program(program, leaves, 1, after_each).sum()
        if result.requires_grad:
            result.backward()
        return [np.zeros((SIZE, SIZE)) if x.grad is None else numpy_of(x.grad) for x in leaves]

    step = 1e-5
    ends = [
        run_program(program, [v + s * step * d for v, d in zip(data, directions, strict=True)], 2).sum()
        for s in (1, -1)
    ]
    lazy = gradients(lambda x: x)
    slope = sum((g * d).sum() for g, d in zip(lazy, directions, strict=True))
    np.testing.assert_allclose(slope, (ends[0] - ends[1]) / (2 * step), rtol=2e-4, atol=2e-4)
    np.testing.assert_allclose(lazy, gradients(evaluated), rtol=1e-9, atol=1e-9)
    arrays = [array_of(v) for v in data]
    jitted = ig.jit(ig.grad(total, argnums=(0, 1)))(*arrays)
    np.testing.assert_allclose(lazy, [numpy_of(g) for g in jitted], rtol=1e-9, atol=1e-9)
    _, (change,) = ig.jvp(total, arrays, [array_of(d) for d in directions])
    np.testing.assert_allclose(slope, numpy_of(change), rtol=1e-9, atol=1e-9)


shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


@settings(max_examples=300)
@given(data=st.data(), shape=hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=5))
def test_random_basic_indices(data, shape) -> None:
    index = data.draw(hnp.basic_indices(shape, allow_newaxis=True))
    values = np.arange(np.prod(shape), dtype=np.float64).reshape(shape)
    x = leaf(values)
    got = x[index]
    np.testing.assert_array_equal(numpy_of(got), values[index])
    got.sum().backward()
    want = np.zeros(shape)
    want[index] = 1
    np.testing.assert_array_equal(numpy_of(x.grad), want)
    written = array_of(values)
    written[index] = -1
    values[index] = -1
    np.testing.assert_array_equal(numpy_of(written), values)


@settings(max_examples=100)
@given(data=st.data(), shape=hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=5))
def test_random_integer_array_indices(data, shape) -> None:
    index = data.draw(hnp.integer_array_indices(shape, dtype=np.int64))
    values = np.arange(np.prod(shape), dtype=np.float64).reshape(shape)
    x = leaf(values)
    got = x[tuple(ig.array(i) for i in index)]
    np.testing.assert_array_equal(numpy_of(got), values[index])
    got.sum().backward()
    want = np.zeros(shape)
    np.add.at(want, index, 1)
    np.testing.assert_array_equal(numpy_of(x.grad), want)


@settings(max_examples=300)
@given(data=st.data(), shape=hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=4))
def test_reshape_of_a_transposed_array(data, shape) -> None:
    """Axes of length 1 too, whose strides mean nothing."""
    axes = data.draw(st.permutations(range(len(shape))))
    split = data.draw(st.integers(0, len(shape)))
    values = np.arange(np.prod(shape), dtype=np.float64).reshape(shape)
    want = values.transpose(axes)
    to = (int(np.prod(want.shape[:split])), int(np.prod(want.shape[split:])))
    got = ig.reshape(ig.transpose(array_of(values), axes), to)
    np.testing.assert_array_equal(numpy_of(got), want.reshape(to))


@settings(max_examples=100)
@given(shapes=hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=4, max_side=3, min_side=0))
def test_random_broadcasting(shapes) -> None:
    rng = np.random.default_rng(len(repr(shapes)))
    a, b, c = (rng.normal(size=shape) for shape in shapes.input_shapes)
    x, y, z = leaf(a), leaf(b), leaf(c)
    result = x * y + z
    assert result.shape == shapes.result_shape
    np.testing.assert_allclose(numpy_of(result), a * b + c, rtol=1e-12, atol=1e-12)
    result.sum().backward()
    for operand, factor in ((x, b), (y, a), (z, np.ones_like(c))):
        full = np.broadcast_to(factor, shapes.result_shape)
        want = sum_to(full, operand.shape)
        np.testing.assert_allclose(numpy_of(operand.grad), want, rtol=1e-10, atol=1e-10)


def sum_to(x: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    x = x.sum(axis=tuple(range(x.ndim - len(shape))))
    stretched = tuple(i for i, n in enumerate(shape) if n == 1)
    return x.sum(axis=stretched, keepdims=True).reshape(shape)


@settings(max_examples=100)
@given(a=shapes, b=shapes)
def test_shapes_broadcast_exactly_where_numpy_lets_them(a, b) -> None:
    try:
        want = np.broadcast_shapes(a, b)
    except ValueError:
        want = None
    try:
        got = (ig.zeros(a) + ig.zeros(b)).shape
    except ValueError as error:
        assert str(tuple(a)) in str(error)
        assert str(tuple(b)) in str(error)
        got = None
    assert got == want


@settings(max_examples=100)
@given(data=st.data(), shape=hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=4), keepdims=st.booleans())
def test_random_reductions(data, shape, keepdims: bool) -> None:
    axes = data.draw(hnp.valid_tuple_axes(len(shape)) | st.none())
    values = np.random.default_rng(0).normal(size=shape)
    for name in ("sum", "prod", "any", "all"):
        got = getattr(ig, name)(array_of(values), axis=axes, keepdims=keepdims)
        want = getattr(np, name)(values, axis=axes, keepdims=keepdims)
        assert got.shape == want.shape
        np.testing.assert_allclose(numpy_of(got), want, rtol=1e-12, atol=1e-12)


@settings(max_examples=100)
@given(values=hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=6), elements=st.floats(-1e300, 1e300)))
def test_round_trip_and_sums_of_any_floats(values) -> None:
    x = array_of(values)
    np.testing.assert_array_equal(numpy_of(x), values)
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(numpy_of(x + x), values + values)
    np.testing.assert_array_equal(numpy_of(ig.max(x)), values.max())
