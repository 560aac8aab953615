"""The number of threads changes how long things take, and not one bit of the results."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import numpy_of, run_python, training_step

import ingot as ig
from ingot import nn, optim


def trained(jit: bool, optimizer_class) -> list[np.ndarray]:
    """The losses and parameters of a few training steps, large enough that work is shared out."""
    ig.random.seed(11)
    model = nn.Sequential(
        nn.Linear(300, 500), nn.GELU(), nn.Dropout(0.1), nn.Linear(500, 400), nn.ReLU(), nn.Linear(400, 10)
    )
    optimizer = optimizer_class(model.parameters(), lr=0.01)
    step = training_step(model, optimizer, nn.CrossEntropyLoss())
    x = ig.random.normal((256, 300))
    y = ig.random.randint(0, 10, (256,))
    run = ig.jit(step) if jit else step
    losses = [numpy_of(run(x, y)) for _ in range(4)]
    return losses + [numpy_of(parameter) for parameter in model.parameters()]


@pytest.mark.parametrize("jit", [False, True])
@pytest.mark.parametrize("optimizer_class", [optim.SGD, optim.AdamW])
def test_training_is_bit_identical(jit: bool, optimizer_class, threads) -> None:
    runs = []
    for count in (1, 2, 3, 7):
        threads(count)
        runs.append(trained(jit, optimizer_class))
    for run in runs[1:]:
        for got, want in zip(run, runs[0], strict=True):
            np.testing.assert_array_equal(got, want)


def assert_bits_do_not_depend_on(threads, work) -> None:
    results = []
    for count in (1, 2, 5):
        threads(count)
        results.append(numpy_of(work()))
    for result in results[1:]:
        np.testing.assert_array_equal(result, results[0])


@pytest.mark.parametrize("name", ["sum", "mean", "var", "max", "softmax", "matmul", "gated_sum", "chain"])
def test_operations_are_bit_identical(name: str, threads, rng: np.random.Generator) -> None:
    x = ig.array(rng.normal(size=(700, 900)).astype(np.float32))
    work = {
        "sum": lambda: x.sum(),
        "mean": lambda: x.mean(axis=0),
        "var": lambda: ig.var(x, axis=1),
        "max": lambda: x.max(axis=0),
        "softmax": lambda: ig.softmax(x, axis=-1),
        "matmul": lambda: x @ x.T,
        "gated_sum": lambda: (x * ig.sigmoid(x)).sum(axis=1),
        "chain": lambda: ig.exp(ig.sin(x) * 2 + x) / 3,
    }[name]
    assert_bits_do_not_depend_on(threads, work)


def test_number_changes_while_other_threads_compute(threads) -> None:
    import threading

    x = ig.array(np.ones((400, 400), np.float32))
    done = threading.Event()
    seen: list[float] = []

    def work() -> None:
        while not done.is_set():
            seen.append((x @ x).sum().item())

    thread = threading.Thread(target=work)
    thread.start()
    for k in range(200):
        threads(k % 4 + 1)
        seen.append((x @ x).sum().item())
    done.set()
    thread.join(60)
    assert not thread.is_alive()
    assert set(seen) == {400.0**3}


@pytest.mark.parametrize("text", ["3", "1"])
def test_environment(text: str) -> None:
    code = "import ingot as ig; print(ig.get_num_threads())"
    assert run_python(code, env={"INGOT_NUM_THREADS": text}).stdout.strip() == text


LONG = 150_001


@pytest.mark.parametrize("dtype", ["float32", "float64", "int16", "int64", "float16"])
@pytest.mark.parametrize("descending", [False, True])
def test_lanes_that_threads_share_are_sorted_as_by_one(dtype: str, descending: bool, threads, rng) -> None:
    values = rng.integers(-300, 300, (2, LONG)) / (2 if "float" in dtype else 1)
    values[:, ::1000] = 0
    if "float" in dtype:
        values[:, 1::1000] = -0.0
        values[1, 5::9999] = np.nan
    x = ig.array(values.astype(dtype))
    runs = []
    for count in (1, 2, 3, 5):
        threads(count)
        runs.append([numpy_of(f(x[1], descending=descending)) for f in (ig.sort, ig.argsort)])
        runs[-1].append(numpy_of(ig.sort(ig.flip(x, axis=1), axis=1, descending=descending)))
    for run in runs[1:]:
        for got, want in zip(run, runs[0], strict=True):
            np.testing.assert_array_equal(got, want)
            if "float" in dtype and got.dtype == dtype:
                np.testing.assert_array_equal(np.signbit(got), np.signbit(want))
    if not descending:
        np.testing.assert_array_equal(runs[0][1], np.argsort(values[1].astype(dtype), kind="stable"))


@pytest.mark.parametrize(
    "name", ["put", "add", "add_rows", "maximum", "one_for_all", "randint", "bits", "batch", "gamma", "argmax"]
)
def test_scatters_and_draws_are_bit_identical(name: str, threads, rng: np.random.Generator) -> None:
    x = ig.array(rng.normal(size=(200, 300)).astype(np.float32))
    along = ig.array(rng.integers(0, 300, (200, 300)))
    rows = ig.array(rng.integers(0, 20, 200))
    keys = ig.random.split(ig.random.key(3), 3)
    work = {
        "put": lambda: ig.put_along_axis(x, along, x * 2, 1),
        "add": lambda: ig.scatter_add(x, 1, along, x),
        "add_rows": lambda: ig.index_add(x, 0, rows, x),
        "maximum": lambda: ig.scatter_reduce(x, 1, along, x, "amax"),
        "one_for_all": lambda: ig.bincount(ig.reshape(along, (-1,))),
        "randint": lambda: ig.random.randint(-5, 1 << 40, (40_001,), dtype=ig.int64, key=keys[0]),
        "bits": lambda: ig.random.bits((70_003,), key=keys[1]),
        "batch": lambda: ig.vmap(lambda key: ig.random.uniform((20_001,), key=key))(keys),
        "argmax": lambda: ig.argmax(x.reshape(20, 10, 300), axis=1),
        "gamma": lambda: ig.random.gamma(ig.abs(x) + 0.1, key=keys[2]),
    }[name]
    assert_bits_do_not_depend_on(threads, work)
