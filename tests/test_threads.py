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
    results = []
    for count in (1, 2, 5):
        threads(count)
        results.append(numpy_of(work()))
    np.testing.assert_array_equal(results[1], results[0])
    np.testing.assert_array_equal(results[2], results[0])


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
