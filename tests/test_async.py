"""`async_eval`, and evaluation by several threads at once: right values, no waiting without need, clean ends."""

from __future__ import annotations

import time

import numpy as np
import pytest
from helpers import in_threads, numpy_of, run_python

import ingot as ig
from ingot import nn, optim


def test_values_arrive() -> None:
    x = ig.array(np.arange(1000.0))
    y = ig.sin(x) * 2
    ig.async_eval(y)
    np.testing.assert_array_equal(numpy_of(y), np.float32(2) * numpy_of(ig.sin(x)))
    ig.async_eval([y, {"z": y + 1}], 3)


def test_graph_is_built_on_what_is_pending() -> None:
    x = ig.ones((300, 300)) * 0.01
    total = x
    for k in range(40):
        total = ig.tanh(total @ x) + k
        ig.async_eval(total)
    want = numpy_of(x)
    got = want
    for k in range(40):
        got = np.tanh(got @ want) + np.float32(k)
    np.testing.assert_allclose(numpy_of(total), got, rtol=1e-5)


def test_gradients_of_what_is_pending() -> None:
    w = ig.array(np.full((200, 200), 0.01, np.float32), requires_grad=True)
    x = ig.ones((200, 200))
    for _ in range(10):
        hidden = ig.tanh(x @ w)
        ig.async_eval(hidden)
        loss = (hidden * hidden).mean()
        loss.backward()
        ig.async_eval(w.grad)
        with ig.no_grad():
            w -= 0.1 * w.grad
        w.grad = None
        ig.async_eval(w, loss)
    v = np.full((200, 200), 0.01)
    one = np.ones((200, 200))
    for _ in range(10):
        h = np.tanh(one @ v)
        v = v - 0.1 * (one.T @ (2 * h / h.size * (1 - h * h)))
    np.testing.assert_allclose(numpy_of(w), v, rtol=1e-4)


def test_it_returns_before_the_work_is_done() -> None:
    x = ig.ones((1500, 1500)) * 1e-3
    y = x
    for _ in range(6):
        y = y @ x
    start = time.perf_counter()
    ig.eval(y + 0)
    alone = time.perf_counter() - start
    z = x
    for _ in range(6):
        z = z @ x
    start = time.perf_counter()
    ig.async_eval(z)
    asked = time.perf_counter() - start
    numpy_of(z)
    assert asked < 0.5 * alone


def test_small_work_does_not_wait_for_large() -> None:
    """The lock of the graph is free while the engine computes."""
    x = ig.ones((2500, 2500)) * 1e-4
    ig.eval(x)
    large = x
    for _ in range(8):
        large = large @ x
    ig.async_eval(large)
    time.sleep(0.01)
    start = time.perf_counter()
    w = ig.ones(8, requires_grad=True)
    (w * 2).sum().backward()
    assert numpy_of(w.grad).tolist() == [2] * 8
    meanwhile = time.perf_counter() - start
    start = time.perf_counter()
    numpy_of(large)
    rest = time.perf_counter() - start
    assert meanwhile < rest


def test_errors_are_raised_at_the_use() -> None:
    bad = ig.take(ig.ones(3), ig.array([7]), axis=0)
    ig.async_eval(bad)
    time.sleep(0.05)
    for _ in range(2):
        with pytest.raises(IndexError, match="7"):
            numpy_of(bad)
    ig.async_eval(bad)
    assert numpy_of(ig.ones(2) + 1).tolist() == [2, 2]


def test_many_at_once() -> None:
    arrays = [ig.full((50,), float(k)) * 2 for k in range(500)]
    for x in arrays:
        ig.async_eval(x)
    assert [x[0].item() for x in arrays] == [2.0 * k for k in range(500)]


def test_jitted_step_while_the_engine_is_busy() -> None:
    w = ig.zeros(4)

    @ig.jit
    def step():
        nonlocal w
        w += 1

    large = ig.ones((2000, 2000)) * 1e-4
    for k in range(6):
        large = large @ large * 1e-2 + k
        ig.async_eval(large, w + 0)
        step()
    assert numpy_of(w).tolist() == [6] * 4
    assert np.isfinite(numpy_of(large)).all()


# ---- several Python threads ----


def test_threads_evaluate_parts_of_one_graph() -> None:
    for _ in range(20):
        x = ig.array(np.linspace(-1, 1, 2000, dtype=np.float32))
        parts = [x]
        for k in range(30):
            parts.append(ig.sin(parts[-1]) + k * 0.01)
        want = x.numpy()
        wanted = [want]
        for k in range(30):
            want = np.sin(want) + np.float32(k * 0.01)
            wanted.append(want)
        got = in_threads(lambda i, parts=parts: [numpy_of(parts[j]) for j in range(30 - i, 0, -3)])
        for i, values in enumerate(got):
            for j, value in zip(range(30 - i, 0, -3), values, strict=True):
                np.testing.assert_allclose(value, wanted[j], rtol=1e-5, atol=1e-6)


def test_threads_call_one_jitted_function() -> None:
    f = ig.jit(lambda x, y: ig.exp(x) * y + 1)
    data = [np.full(500, 0.1 * i, np.float32) for i in range(4)]

    def work(i: int) -> np.ndarray:
        x = ig.array(data[i])
        for _ in range(100):
            out = f(x, x)
        return numpy_of(out)

    for i, got in enumerate(in_threads(work)):
        np.testing.assert_allclose(got, np.exp(data[i]) * data[i] + 1, rtol=1e-5)


def test_threads_share_a_jitted_step_that_writes() -> None:
    count = ig.zeros(100)

    @ig.jit
    def add(x):
        nonlocal count
        count += x

    def work(_: int) -> None:
        one = ig.ones(100)
        for _ in range(50):
            add(one)
            assert np.unique(numpy_of(count + 0)).size == 1, "read in the middle of a step"

    in_threads(work)
    assert numpy_of(count).tolist() == [200.0] * 100


def test_threads_train_models_of_their_own() -> None:
    def work(i: int) -> float:
        model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
        optimizer = optim.Adam(model.parameters(), lr=0.05)
        x = ig.ones((16, 4)) * (i + 1)

        @ig.jit
        def step():
            optimizer.zero_grad()
            loss = ((model(x) - 3) ** 2).mean()
            loss.backward()
            optimizer.step()
            return loss

        for _ in range(100):
            loss = step()
        return loss.item()

    assert max(in_threads(work)) < 0.1


def test_independent_work_of_two_threads_overlaps() -> None:
    """Neither lock is held while steps run."""
    x = [ig.array(np.full((700, 700), 1e-3, np.float32)) for _ in range(2)]

    def work(i: int) -> None:
        y = x[i]
        for _ in range(12):
            y = y @ x[i]
        ig.eval(y)

    threads = ig.get_num_threads()
    ig.set_num_threads(1)
    try:
        with ig.profile() as prof:
            in_threads(work, 2)
    finally:
        ig.set_num_threads(threads)
    by_thread = [[step for step in prof.steps if step.thread == n] for n in {step.thread for step in prof.steps}]
    assert [len(steps) for steps in by_thread] == [12, 12]
    overlaps = sum(
        a.begin < b.begin + b.seconds and b.begin < a.begin + a.seconds for a in by_thread[0] for b in by_thread[1]
    )
    assert overlaps >= 6


END = """
import os, sys, time, threading
import ingot as ig
x = ig.ones((3000, 3000)) * 1e-4
def busy():
    y = x
    for _ in range(20): y = y @ x
    return y
values = [busy() for _ in range(4)]
for y in values: ig.async_eval(y)
time.sleep(0.05)
{then}
"""


@pytest.mark.parametrize(
    "then",
    ["", "sys.exit(0)", "threading.Thread(target=lambda: ig.eval(busy()), daemon=True).start(); time.sleep(0.05)"],
    ids=["falls off the end", "exit", "with a thread"],
)
def test_process_ends_while_the_engine_works(then: str) -> None:
    start = time.perf_counter()
    run_python(END.format(then=then), timeout=60)
    assert time.perf_counter() - start < 30


def test_fork_while_the_engine_works() -> None:
    code = """
import os
import ingot as ig
x = ig.ones((1000, 1000)) * 1e-3
y = x
for _ in range(10): y = y @ x
ig.async_eval(y)
later = y + 1
child = os.fork()
total = later.sum().item()
z = ig.ones(3) * 2
ig.async_eval(z)
assert z.tolist() == [2, 2, 2]
if child == 0:
    os._exit(0 if total > 0 else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert run_python(code, timeout=60).stdout.split() == ["0"]


def test_ctrl_c_while_waiting_for_the_engine() -> None:
    code = """
import os, signal, threading, time
import ingot as ig
signal.signal(signal.SIGINT, signal.default_int_handler)
x = ig.ones((4000, 4000)) * 1e-4
y = x
for _ in range(200): y = y @ x
ig.async_eval(y)
time.sleep(0.1)
threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
start = time.perf_counter()
try:
    y.sum().item()
except KeyboardInterrupt:
    print("interrupted", time.perf_counter() - start < 5)
"""
    assert run_python(code, timeout=60).stdout.split() == ["interrupted", "True"]
