"""When things are computed, what stays in memory, and who may ask for a value."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from helpers import in_threads, numpy_of

import ingot as ig


def test_nothing_is_computed_until_asked(live_buffers) -> None:
    x = ig.ones((256, 256)) * 2
    ig.eval(x)
    before = live_buffers()
    y = ig.exp(x) * x
    assert live_buffers() == before
    ig.eval(y)
    assert live_buffers() == before + 1


def test_eval_takes_several_arrays_and_containers() -> None:
    a, b, c = ig.ones(3) + 1, ig.ones(3) + 2, ig.ones(3) + 3
    ig.eval(a, [b], {"c": c})
    for x, want in ((a, 2), (b, 3), (c, 4)):
        assert numpy_of(x).tolist() == [want] * 3


def test_shape_and_dtype_are_known_without_evaluating(live_buffers) -> None:
    before = live_buffers()
    x = (ig.ones((1000, 1000)) @ ig.ones((1000, 1000))).astype(ig.float16)
    assert x.shape == (1000, 1000)
    assert x.dtype == ig.float16
    assert x.ndim == 2
    assert x.size == 1_000_000
    assert live_buffers() <= before + 2


def test_intermediate_that_is_held_keeps_its_value() -> None:
    x = ig.array([1.0, 2.0])
    middle = x * 3
    last = middle + 1
    ig.eval(last)
    assert numpy_of(middle).tolist() == [3, 6]
    assert numpy_of(last).tolist() == [4, 7]


def test_intermediates_that_nobody_holds_are_not_kept(live_buffers) -> None:
    x = ig.ones((64, 64))
    ig.eval(x)
    before = live_buffers()
    y = ig.exp(x) @ ig.exp(x) + ig.sin(x) @ x
    ig.eval(y)
    assert live_buffers() == before + 1


def test_sum_of_losses_keeps_no_graphs(live_buffers) -> None:
    w = ig.array(np.ones(64, np.float32), requires_grad=True)
    total = ig.array(0.0)
    counts = []
    for step in range(40_000):
        loss = ((w * step) ** 2).sum()
        loss.backward()
        total += loss
        if step in (19_999, 39_999):
            counts.append(live_buffers())
    assert max(counts) < 20_000, "buffers grow with the number of steps"
    assert total.item() > 0
    del loss, total
    w.grad = None
    assert live_buffers() < 100


def test_sum_of_losses_that_are_never_differentiated(live_buffers) -> None:
    """The metric that nobody evaluates: bounded memory all the same."""
    x = ig.ones(1024)
    ig.eval(x)
    total = ig.array(0.0)
    counts = []
    for step in range(60_000):
        total += (x * 2).sum() * 0.001
        if step in (29_999, 59_999):
            counts.append(live_buffers())
    assert max(counts) < 10_000, "buffers grow with the number of steps"
    assert total.item() == pytest.approx(60_000 * 2.048, rel=1e-3)


def test_buffers_are_freed_after_backward(live_buffers) -> None:
    w = ig.array(np.ones((64, 64), np.float32), requires_grad=True)
    x = ig.ones((64, 64))
    ig.eval(x)
    before = live_buffers()
    y = w
    for _ in range(10):
        y = ig.tanh(y @ x)
    loss = y.sum()
    loss.backward()
    ig.eval(w.grad)
    del y
    assert live_buffers() <= before + 3  # the gradient, the loss, and perhaps a scalar


def test_parameter_update_frees_the_old_value_while_the_loss_is_held(live_buffers) -> None:
    w = ig.array(np.ones((64, 64), np.float32), requires_grad=True)
    losses = []
    for _ in range(20):
        loss = (w * w).sum()
        loss.backward()
        with ig.no_grad():
            w -= 0.01 * w.grad
        w.grad = None
        ig.eval(w)
        losses.append(loss)
    assert live_buffers() <= len(losses) + 6


def test_slice_that_is_held_is_correct_after_its_base_was_rebound() -> None:
    x = ig.array([1.0, 2.0, 3.0])
    head = x[:2]
    x += 10
    x[0] = 0.0
    assert numpy_of(head).tolist() == [1, 2]
    assert numpy_of(x).tolist() == [0, 12, 13]


def test_handles_have_reference_semantics() -> None:
    a = ig.array([1.0])
    b = a
    b += 1
    assert a is b
    assert a.item() == 2


def test_plans_of_a_loop_are_reused_and_bounded() -> None:
    """Shapes that never repeat must not fill the memory with plans."""
    gc.collect()
    ig.eval(ig.ones(3) + 1)
    for n in range(1, 3000):
        ig.eval(ig.ones(n % 700 + 1) * 2 + n)
    assert ig.memory.live_buffers() < 500


def test_common_subexpressions_give_equal_values() -> None:
    x = ig.array(np.linspace(0, 1, 1000, dtype=np.float32))
    a, b = ig.exp(x) * 2, ig.exp(x) * 2
    np.testing.assert_array_equal(numpy_of(a), numpy_of(b))


def test_error_inside_an_evaluation_leaves_everything_usable() -> None:
    x = ig.array([1.0, 2.0, 3.0])
    good = x * 2
    bad = ig.take(x, ig.array([0, 7, 1]), axis=0) + good
    with pytest.raises(IndexError, match="7"):
        ig.eval(bad)
    assert numpy_of(good).tolist() == [2, 4, 6]
    with pytest.raises(IndexError, match="7"):
        ig.eval(bad)


# ---- threads ----


def test_array_made_here_is_evaluated_elsewhere() -> None:
    pending = ig.ones((50, 50)) @ ig.ones((50, 50)) + 1
    for got in in_threads(lambda _: numpy_of(pending)):
        np.testing.assert_array_equal(got, np.full((50, 50), 51))


def test_threads_build_and_evaluate_their_own_graphs() -> None:
    def work(i: int) -> float:
        x = ig.full((100,), float(i))
        for _ in range(200):
            x = ig.sin(x) + i
            if i % 2:
                ig.eval(x)
        return x.sum().item()

    assert in_threads(work) == [work(i) for i in range(4)]


def test_threads_train_at_once() -> None:
    def work(i: int) -> float:
        w = ig.array([float(i)], requires_grad=True)
        for _ in range(50):
            ((w - 3) ** 2).sum().backward()
            with ig.no_grad():
                w -= 0.1 * w.grad
            w.grad.zero_()
        return w.item()

    assert in_threads(work) == pytest.approx([3.0] * 4, abs=1e-3)


def test_grad_mode_belongs_to_a_thread() -> None:
    with ig.no_grad():
        assert in_threads(lambda _: ig.is_grad_enabled()) == [True] * 4


def test_threads_extend_one_shared_graph() -> None:
    x = ig.array(np.arange(1000.0))
    shared = ig.exp(x / 1000)
    got = in_threads(lambda i: (shared * (i + 1)).sum().item())
    assert got == pytest.approx([got[0] * (i + 1) for i in range(4)])


def test_number_of_threads_can_be_read_and_set() -> None:
    before = ig.get_num_threads()
    ig.set_num_threads(1)
    assert ig.get_num_threads() == 1
    ig.set_num_threads(before)
    with pytest.raises(ValueError):
        ig.set_num_threads(0)
