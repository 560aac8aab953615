"""What runs together: epilogues of products, updates in place, and the memory they take."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import numpy_of, training_step
from hypothesis import given
from hypothesis import strategies as st

import ingot as ig
from ingot import nn, optim

SHAPES = [
    ((5, 7), (7, 3)),
    ((64, 33), (33, 130)),
    ((2, 3, 40, 17), (17, 50)),
    ((4, 9, 8), (4, 8, 6)),
    ((1, 300), (300, 1)),
]


def steps(plan: str) -> int:
    return sum(line.startswith("step ") for line in plan.splitlines())


@pytest.mark.parametrize(("a_shape", "b_shape"), SHAPES)
def test_bias_activation_and_residual_run_in_the_product(a_shape: tuple[int, ...], b_shape: tuple[int, ...]) -> None:
    random = np.random.default_rng(0)
    a, b = random.standard_normal(a_shape, np.float32), random.standard_normal(b_shape, np.float32)
    out = np.matmul(a.astype(np.float64), b.astype(np.float64))
    bias = random.standard_normal(out.shape[-1], np.float32)
    residual = random.standard_normal(out.shape, np.float32)

    @ig.jit
    def f(a: ig.array, b: ig.array, bias: ig.array, residual: ig.array) -> ig.array:
        return ig.maximum(a @ b + bias, 0) * 2 + residual

    arguments = [ig.array(value) for value in (a, b, bias, residual)]
    np.testing.assert_allclose(numpy_of(f(*arguments)), np.maximum(out + bias, 0) * 2 + residual, rtol=1e-4, atol=1e-4)
    assert steps(f.trace(*arguments)) == 1


OPERANDS = {
    "full": lambda shape: shape,
    "row": lambda shape: shape[-1:],
    "column": lambda shape: (*shape[:-1], 1),
    "per matrix": lambda shape: shape[1:],
    "number": lambda shape: (),
}


@given(
    st.sampled_from(SHAPES),
    st.lists(
        st.tuples(st.sampled_from(["add", "multiply", "maximum", "where"]), st.sampled_from(sorted(OPERANDS))),
        max_size=6,
    ),
    st.booleans(),
    st.integers(0, 2**32),
)
def test_any_chain_after_a_product(shapes, chain, keep_product: bool, seed: int) -> None:
    random = np.random.default_rng(seed)
    a, b = (random.standard_normal(shape, np.float32) for shape in shapes)
    want = np.matmul(a.astype(np.float64), b.astype(np.float64))
    product = got = ig.array(a) @ ig.array(b)
    expected_product = want
    for name, kind in chain:
        other = random.standard_normal(OPERANDS[kind](want.shape), np.float32)
        if name == "where":
            got, want = ig.where(ig.array(other) > 0, got, -1.5), np.where(other > 0, want, -1.5)
        else:
            got, want = getattr(ig, name)(got, ig.array(other)), getattr(np, name)(want, other)
    if not keep_product:
        del product
    np.testing.assert_allclose(numpy_of(got), want, rtol=1e-3, atol=1e-3)
    if keep_product:
        np.testing.assert_allclose(numpy_of(product), expected_product, rtol=1e-3, atol=1e-3)


def test_a_sum_with_the_operand_of_the_product_is_not_made_in_its_place() -> None:
    x = np.random.default_rng(0).standard_normal((300, 300), np.float32)
    first = ig.array(x) * 1
    got = first @ first + first
    del first
    np.testing.assert_allclose(numpy_of(got), x.astype(np.float64) @ x + x, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float64", "complex64", "int32"])
def test_epilogue_in_every_kind_of_dtype(dtype: str) -> None:
    a = np.arange(12).reshape(3, 4) % 5 - 2
    x = ig.array(a).astype(getattr(ig, dtype))
    got = (x @ ig.transpose(x)) * x[:, :1] + x[:, 1:2]
    np.testing.assert_array_equal(numpy_of(got.astype(ig.complex64)).real, (a @ a.T) * a[:, :1] + a[:, 1:2])


@pytest.mark.parametrize("jit", [False, True])
def test_parameters_are_updated_in_place(jit: bool) -> None:
    model = nn.Sequential(nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 4))
    optimizer = optim.Adam(model.parameters(), lr=1e-3)
    x, y = ig.ones((2, 512)), ig.array([0, 1])

    step = training_step(model, optimizer, nn.CrossEntropyLoss())
    run = ig.jit(step) if jit else step
    for _ in range(3):
        ig.eval(run(x, y))
    before = ig.memory.active()
    ig.memory.reset_peak()
    ig.eval(run(x, y))
    weights = sum(parameter.size * 4 for parameter in model.parameters())
    # The gradients are replaced while the old ones are there at most; no weight and no moment has two copies.
    assert ig.memory.peak() - before < 1.3 * weights


@pytest.mark.parametrize(
    "rule", [lambda p: optim.SGD(p, momentum=0.9), optim.Adam, optim.RMSprop], ids=["sgd", "adam", "rmsprop"]
)
@pytest.mark.parametrize("jit", [False, True])
def test_moments_are_updated_in_place_while_gradients_are_held(rule, jit: bool) -> None:
    parameters = [nn.Parameter(ig.ones(100_000)) for _ in range(4)]
    for parameter in parameters:
        parameter.grad = ig.array(np.full(100_000, 0.5, np.float32))
    step = rule(parameters).step
    update = ig.jit(lambda: step()) if jit else step
    for _ in range(3):
        update()
    before = ig.memory.active()
    ig.memory.reset_peak()
    update()
    assert ig.memory.peak() - before < 100_000


@pytest.mark.parametrize("size", [1, 511, 512, 513, 5000, 70_001])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int8", "int64", "complex64"])
def test_streams_of_any_length_and_dtype(size: int, dtype: str) -> None:
    random = np.random.default_rng(size)
    x, y = ((random.standard_normal(size) * 20).astype(dtype) for _ in range(2))

    def f(lib, x, y):
        bits = lib.equal(x, y) | lib.isfinite(x)
        small = lib.where(bits, x + y, y).astype("complex64")
        return x * y + x, bits, small, y

    found, expected = f(ig, ig.array(x), ig.array(y)), f(np, x, y)
    for ours, theirs in zip(found, expected, strict=True):
        assert numpy_of(ours).dtype == theirs.dtype
        half = dtype == "float16"
        np.testing.assert_allclose(numpy_of(ours), theirs, rtol=2e-3 if half else 1e-5, atol=2 if half else 1e-6)


SUMS = {
    "x s + y t": lambda x, y, s, t: x * s + t * y,
    "x s - y t": lambda x, y, s, t: s * x - y * t,
    "x - y t": lambda x, y, s, t: x - y * t,
    "x s - y": lambda x, y, s, t: x * s - y,
    "x s + t": lambda x, y, s, t: x * s + t,
    "x s - t": lambda x, y, s, t: s * x - t,
    "t + x s": lambda x, y, s, t: t + x * s,
    "t - x s": lambda x, y, s, t: t - x * s,
    "x s + x t": lambda x, y, s, t: x * s + x * t,
    "(x s) + (x s)": lambda x, y, s, t: (scaled := x * s) + scaled,
    "(x s) (x s + y)": lambda x, y, s, t: (scaled := x * s) * (scaled + y),
    "s t - x s": lambda x, y, s, t: s * t - x * s,
}


@pytest.mark.parametrize("sum_of", SUMS.values(), ids=SUMS.keys())
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shapes", [((2000,), (2000,)), ((300, 7), (300, 1)), ((40, 300), (300,)), ((0,), (0,))])
def test_sums_of_scaled_values_round_as_their_parts_do(sum_of, dtype: str, shapes) -> None:
    random = np.random.default_rng(0)
    x, y = (random.standard_normal(shape).astype(dtype) for shape in shapes)
    s, t = (np.asarray(random.standard_normal(), dtype) for _ in range(2))
    np.testing.assert_array_equal(numpy_of(sum_of(*map(ig.array, (x, y, s, t)))), sum_of(x, y, s, t), strict=True)


@pytest.mark.parametrize("columns", [1, 2, 6, 33, 64, 1000])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sums_with_scaled_totals_of_rows(dtype: str, columns: int) -> None:
    x = np.arange(3 * columns, dtype=dtype).reshape(3, columns)
    scale = ig.broadcast_to(ig.array(np.array([2], dtype)), (columns,))
    ig.eval(scale)
    total = x.sum(1, keepdims=True) * np.full(columns, 2, dtype)
    for got, want in [
        (ig.array(x) - ig.sum(ig.array(x), 1, keepdims=True) * scale, x - total),
        (scale * ig.sum(ig.array(x), 1, keepdims=True) + ig.array(x), total + x),
        (scale * ig.sum(ig.array(x), 1, keepdims=True), total),
        (ig.sum(ig.array(x), 1, keepdims=True) + ig.ones((3, columns), dtype=scale.dtype), total / 2 + 1),
        (ig.max(ig.array(x), axis=1, keepdims=True) * scale * scale + 1, 4 * (x[:, -1:] + 0 * x) + 1),
    ]:
        np.testing.assert_array_equal(numpy_of(got), want)


@pytest.mark.parametrize("rows, columns, depth", [(300, 784, 64), (128, 33, 100), (7, 5000, 40), (600, 600, 300)])
@pytest.mark.parametrize("transposed", [False, True])
def test_updates_after_a_product_with_and_without_its_result(rows, columns, depth, transposed: bool) -> None:
    random = np.random.default_rng(1)
    a, b = random.standard_normal((rows, depth), np.float32), random.standard_normal((depth, columns), np.float32)
    weight, moment = (random.standard_normal((rows, columns), np.float32) for _ in range(2))
    left = ig.transpose(ig.array(np.ascontiguousarray(a.T))) if transposed else ig.array(a)
    gradient = np.asarray(left @ ig.array(b))
    np.testing.assert_allclose(gradient, a.astype(np.float64) @ b, rtol=1e-4, atol=1e-3)
    new_moment = np.float32(0.9) * moment + gradient * np.float32(0.1)
    new_weight = weight - np.float32(0.5) * new_moment

    for kept in (False, True):
        product = left @ ig.array(b)
        updated = 0.9 * ig.array(moment) + product * 0.1
        results = [ig.array(weight) - 0.5 * updated, updated, *([product] if kept else [])]
        del product, updated
        ig.eval(results)
        for got, want in zip(results, [new_weight, new_moment, gradient][: len(results)], strict=True):
            np.testing.assert_array_equal(numpy_of(got), want)


def test_temporaries_share_memory() -> None:
    x = ig.array(np.ones((512, 512), np.float32))

    def f(x: ig.array) -> ig.array:
        for _ in range(20):
            x = ig.tanh(x @ x) @ x / 512
        return x

    before = ig.memory.active()
    ig.memory.reset_peak()
    result = ig.jit(f)(x)
    ig.eval(result)
    # Of 40 intermediate arrays three are alive at once; the result, and a packed operand of a product, come on top.
    assert ig.memory.peak() - before <= 5 * 512 * 512 * 4


def test_losses_of_several_results_release_the_parameters() -> None:
    """A loss that keeps something for its gradient beside its value must not keep what led to it."""
    model = nn.Linear(256, 256)
    optimizer = optim.SGD(model.parameters(), lr=1e-3)
    x, y = ig.ones((2, 256)), ig.array([0, 1])
    peaks = []
    for _ in range(3):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        before = ig.memory.active()
        ig.memory.reset_peak()
        optimizer.step()
        peaks.append(ig.memory.peak() - before)
    assert peaks[-1] < 1.5 * 256 * 256 * 4  # the gradient, and no copy of the weight
