"""`jit`: a recorded plan gives what the function gives, and uses the same handles."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from helpers import counted, numpy_of, training_step

import ingot as ig
from ingot import nn, optim


def test_replays_without_python() -> None:
    f, runs = counted(lambda x: ig.sin(x) * 2 + 1)
    for k in range(4):
        x = np.linspace(0, k, 17, dtype=np.float32)
        np.testing.assert_allclose(numpy_of(f(ig.array(x))), np.sin(x) * 2 + 1, rtol=1e-6, atol=1e-6)
    assert len(runs) == 1


def test_records_again_for_another_shape_dtype_or_static_value() -> None:
    f, runs = counted(lambda x, power=2: x**power)
    f(ig.ones(3))
    f(ig.ones(4))
    f(ig.ones(3, dtype=ig.float64))
    assert len(runs) == 3
    assert numpy_of(f(ig.full((3,), 2.0), power=3)).tolist() == [8, 8, 8]
    assert len(runs) == 4
    f(ig.zeros(3))
    f(ig.zeros(3), power=3)
    assert len(runs) == 4


def test_static_values_of_equal_hash_but_other_type() -> None:
    f = ig.jit(lambda x, flag: x + 1 if flag is True else x - 1)
    assert f(ig.zeros(1), True).item() == 1
    assert f(ig.zeros(1), 1).item() == -1


def test_pytrees_in_and_out() -> None:
    @ig.jit
    def f(state, *, extra):
        return {"sum": state["a"] + state["b"][0], "list": [extra, (state["a"] * 2,)], "text": "constant", "none": None}

    for k in (1.0, 5.0):
        got = f({"a": ig.array([k]), "b": (ig.array([2.0]),)}, extra=ig.array([3.0]))
        assert got["sum"].item() == k + 2
        assert got["list"][0].item() == 3
        assert got["list"][1][0].item() == 2 * k
        assert isinstance(got["list"][1], tuple)
        assert got["text"] == "constant"
        assert got["none"] is None


def test_order_of_dictionary_keys_does_not_mix_values() -> None:
    f = ig.jit(lambda d: d["a"] - d["b"])
    assert f({"a": ig.array(5.0), "b": ig.array(2.0)}).item() == 3
    assert f({"b": ig.array(2.0), "a": ig.array(5.0)}).item() == 3


def test_result_that_is_an_argument_or_a_constant() -> None:
    f = ig.jit(lambda x: (x, ig.ones(2), x))
    a, b, c = f(ig.array([7.0]))
    assert a.item() == c.item() == 7
    assert numpy_of(b).tolist() == [1, 1]


def test_keeps_name_and_docstring() -> None:
    @ig.jit
    def well_named(x):
        """Says what it does."""
        return x

    assert well_named.__name__ == "well_named"
    assert well_named.__doc__ == "Says what it does."


# ---- handles ----


def test_change_of_a_captured_array_is_seen() -> None:
    w = ig.array([1.0, 2.0])
    f, runs = counted(lambda x: x * w)
    assert numpy_of(f(ig.ones(2))).tolist() == [1, 2]
    w += 10
    assert numpy_of(f(ig.ones(2))).tolist() == [11, 12]
    w[0] = 0.0
    assert numpy_of(f(ig.ones(2))).tolist() == [0, 12]
    assert len(runs) == 1


def test_captured_array_is_written_at_every_call() -> None:
    counter = ig.array([0.0])

    @ig.jit
    def count(step):
        nonlocal counter
        counter += step
        return counter * 2

    for k in range(1, 5):
        assert count(ig.array([1.0])).item() == 2 * k
        assert counter.item() == k


def test_alias_of_a_written_handle() -> None:
    counter = ig.array([0.0])
    alias = counter

    @ig.jit
    def count():
        alias.__iadd__(1)

    count()
    count()
    assert counter.item() == 2


def test_old_value_held_by_the_user_survives_replay() -> None:
    state = ig.array(np.zeros(1000, np.float32))

    @ig.jit
    def step():
        nonlocal state
        state += 1

    step()
    held = state.detach() if hasattr(state, "detach") else state + 0
    for _ in range(3):
        step()
    np.testing.assert_array_equal(numpy_of(held), np.ones(1000))
    np.testing.assert_array_equal(numpy_of(state), np.full(1000, 4))


# ---- gradients and training ----


def make_training(optimizer_class=optim.Adam, **options):
    ig.random.seed(3)
    model = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 3))
    optimizer = optimizer_class(model.parameters(), lr=0.05, **options)
    return model, training_step(model, optimizer, nn.CrossEntropyLoss())


@pytest.mark.parametrize(
    ("optimizer_class", "options"),
    [
        (optim.SGD, {}),
        (optim.SGD, {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
        (optim.Adam, {}),
        (optim.AdamW, {"weight_decay": 0.1}),
    ],
    ids=["sgd", "sgd_nesterov", "adam", "adamw"],
)
def test_a_whole_training_step_equals_the_plain_one(optimizer_class, options, rng: np.random.Generator) -> None:
    x = ig.array(rng.normal(size=(12, 6)).astype(np.float32))
    y = ig.array(rng.integers(0, 3, 12).astype(np.int32))
    plain_model, plain = make_training(optimizer_class, **options)
    jitted_model, step = make_training(optimizer_class, **options)
    jitted = ig.jit(step)
    for k in range(25):
        np.testing.assert_allclose(
            numpy_of(jitted(x, y)), numpy_of(plain(x, y)), rtol=1e-5, atol=1e-6, err_msg=f"step {k}"
        )
    for (name, a), (_, b) in zip(plain_model.named_parameters(), jitted_model.named_parameters(), strict=True):
        np.testing.assert_allclose(numpy_of(a), numpy_of(b), rtol=1e-4, atol=1e-5, err_msg=name)


def test_training_records_at_most_twice(rng: np.random.Generator) -> None:
    """Once before the gradients and the optimizer's state exist, and once with them."""
    x = ig.array(rng.normal(size=(12, 6)).astype(np.float32))
    y = ig.array(rng.integers(0, 3, 12).astype(np.int32))
    _, step = make_training()
    f, runs = counted(step)
    for _ in range(10):
        f(x, y)
    assert len(runs) <= 2


def test_gradients_accumulate_across_jitted_calls() -> None:
    w = ig.array([1.0], requires_grad=True)

    @ig.jit
    def step(x):
        loss = (w * x).sum()
        loss.backward()
        return loss

    for _ in range(3):
        step(ig.array([2.0]))
    assert w.grad.item() == 6
    w.grad = None
    step(ig.array([5.0]))
    assert w.grad.item() == 5


def test_gradients_that_come_and_go_are_recorded_once_each() -> None:
    """As where they are added up over some calls, and then given up."""
    w = ig.array([1.0], requires_grad=True)
    f, runs = counted(lambda x: (w * x).sum().backward())
    for k in range(24):
        f(ig.array([2.0]))
        assert w.grad.item() == 2 * (k % 4 + 1)
        if k % 4 == 3:
            w.grad = None
    assert len(runs) == 2


def test_replaced_parts_of_a_module_are_seen() -> None:
    model = nn.Sequential(nn.Linear(3, 3))
    model.register_buffer("scale", ig.ones(3))
    f = ig.jit(lambda x: model(x) * model.scale)
    x = ig.ones((2, 3))

    def check() -> None:
        with ig.no_grad():
            for _ in range(2):
                np.testing.assert_array_equal(numpy_of(f(x)), numpy_of(model(x) * model.scale))

    layer = next(iter(model))
    check()
    layer.weight = nn.Parameter(ig.ones((3, 3)))
    check()
    layer.bias = None
    check()
    model.append(nn.Tanh())
    check()
    model.scale = ig.ones(3) * 2
    check()


def test_a_buffer_replaced_inside_is_an_error() -> None:
    class Average(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("mean", ig.zeros(1))

        def forward(self, x: ig.array) -> ig.array:
            self.mean = self.mean * 0.5 + x.mean()
            return x * self.mean

    with pytest.raises(ig.TraceError, match=r"self\.mean\[\.\.\.\] = "):
        ig.jit(Average())(ig.ones(2))


def test_foreign_array_without_axes_is_an_argument() -> None:
    f, runs = counted(lambda x, scale: x * scale)
    scale = np.array(2.0, np.float32)
    for value in (2, 3, 4):
        scale[...] = value
        assert numpy_of(f(ig.ones(2), scale)).tolist() == [value, value]
    assert len(runs) == 1


def test_backward_through_a_jitted_forward() -> None:
    w = ig.array([1.0, 2.0], requires_grad=True)
    f = ig.jit(lambda x: (w * x * x).sum())
    x = ig.array([3.0, 4.0], requires_grad=True)
    for _ in range(2):
        w.grad = x.grad = None
        f(x).backward()
        np.testing.assert_allclose(numpy_of(w.grad), [9, 16])
        np.testing.assert_allclose(numpy_of(x.grad), [6, 16])


def test_no_grad_around_a_jitted_function_is_respected() -> None:
    w = ig.array([1.0], requires_grad=True)
    f = ig.jit(lambda x: w * x)
    with ig.no_grad():
        assert not f(ig.ones(1)).requires_grad
    assert f(ig.ones(1)).requires_grad
    with ig.no_grad():
        assert not f(ig.ones(1)).requires_grad


def test_train_and_eval_mode_are_told_apart() -> None:
    model = nn.Sequential(nn.Dropout(0.5))
    f = ig.jit(lambda x: model(x))
    x = ig.ones(1000)
    model.train()
    assert (numpy_of(f(x)) == 0).any()
    model.eval()
    np.testing.assert_array_equal(numpy_of(f(x)), np.ones(1000))
    model.train()
    assert (numpy_of(f(x)) == 0).any()


def test_a_module_is_jitted_by_its_call() -> None:
    model = nn.Linear(3, 2)
    f = ig.jit(model)
    x = ig.ones((4, 3))
    np.testing.assert_allclose(numpy_of(f(x)), numpy_of(model(x)), rtol=1e-6)
    with ig.no_grad():
        model.weight *= 0
        model.bias *= 0
    np.testing.assert_array_equal(numpy_of(f(x)), np.zeros((4, 2)))


def test_learning_rate_change_is_seen() -> None:
    w = ig.array([0.0], requires_grad=True)
    optimizer = optim.SGD([w], lr=1.0)

    @ig.jit
    def step():
        optimizer.zero_grad()
        w.sum().backward()
        optimizer.step()

    step()
    assert w.item() == -1
    optimizer.lr = 10.0
    step()
    assert w.item() == -11


# ---- random ----


def test_random_numbers_are_fresh_at_every_call() -> None:
    f = ig.jit(lambda: ig.random.uniform((50,)))
    a, b = numpy_of(f()), numpy_of(f())
    assert not np.array_equal(a, b)


def test_random_numbers_are_those_of_the_plain_function() -> None:
    def draw():
        return ig.random.normal((20,)) + ig.random.uniform((20,))

    f = ig.jit(draw)
    ig.random.seed(5)
    plain = [numpy_of(draw()) for _ in range(3)]
    ig.random.seed(5)
    jitted = [numpy_of(f()) for _ in range(3)]
    np.testing.assert_allclose(plain, jitted, rtol=1e-6, atol=1e-6)


# ---- errors ----


def test_control_flow_on_a_value_names_the_line() -> None:
    @ig.jit
    def f(x):
        if x.sum() > 0:  # here
            return x
        return -x

    line = inspect.getsourcelines(test_control_flow_on_a_value_names_the_line)[1] + 3
    with pytest.raises(ig.TraceError, match=rf"test_jit\.py:{line}\b"):
        f(ig.ones(2))


@pytest.mark.parametrize(
    "ask", [float, int, bool, str, np.asarray, lambda x: x.item(), lambda x: x.tolist(), lambda x: x.numpy()]
)
def test_asking_for_a_value_is_a_trace_error(ask) -> None:
    with pytest.raises(ig.TraceError):
        ig.jit(lambda x: ask(x * 2))(ig.array(1.0))


def test_failed_recording_changes_nothing() -> None:
    w = ig.array([1.0])

    @ig.jit
    def f(x):
        nonlocal w
        w += x
        raise LookupError("in the middle")

    for _ in range(2):
        with pytest.raises(LookupError, match="in the middle"):
            f(ig.ones(1))
        assert w.item() == 1
    assert (w + 1).item() == 2


def test_array_that_leaks_out_of_a_recording_is_an_error_not_a_crash() -> None:
    leaked = []

    @ig.jit
    def f(x):
        leaked.append(x * 2)
        return x

    f(ig.ones(2))
    with pytest.raises(ig.TraceError):
        leaked[0].tolist()


def test_plan_as_text() -> None:
    text = ig.jit(lambda x: ig.exp(x) @ x).trace(ig.ones((3, 3)))
    assert "exp" in text
    assert "matmul" in text


def test_method_of_a_class() -> None:
    class Scaler:
        def __init__(self, factor: float) -> None:
            self.factor = factor

        @ig.jit
        def apply(self, x):
            return x * self.factor

    double, triple = Scaler(2.0), Scaler(3.0)
    for _ in range(2):
        assert double.apply(ig.array(5.0)).item() == 10
        assert triple.apply(ig.array(5.0)).item() == 15


def test_empty_arrays() -> None:
    f = ig.jit(lambda x: (x * 2, x.sum(axis=0)))
    for n in (0, 3, 0):
        doubled, total = f(ig.ones((n, 2)))
        assert doubled.shape == (n, 2)
        assert total.tolist() == [n, n]


def test_strided_arguments() -> None:
    f = ig.jit(lambda x, y: x * 10 + y)
    data = np.arange(12, dtype=np.float32).reshape(3, 4)
    x = ig.array(data)
    for view, want in ((x, data), (x[::-1], data[::-1]), (x[:, ::-1], data[:, ::-1])):
        np.testing.assert_array_equal(numpy_of(f(view, x)), want * 10 + data)
    square = ig.array(data[:, :3])
    np.testing.assert_array_equal(numpy_of(f(square.T, square)), data[:, :3].T * 10 + data[:, :3])


def test_same_array_given_twice() -> None:
    f = ig.jit(lambda x, y: x + 2 * y)
    x = ig.array([1.0])
    assert f(x, x).item() == 3
    assert f(x, ig.array([5.0])).item() == 11


def test_jit_inside_jit() -> None:
    inner = ig.jit(lambda x: x * 2)
    f = ig.jit(lambda x: inner(x) + inner(x + 1))
    assert f(ig.array(3.0)).item() == 14
    assert f(ig.array(4.0)).item() == 18


def test_index_error_in_a_replay() -> None:
    f = ig.jit(lambda x, i: ig.take(x, i, axis=0))
    assert f(ig.array([5.0, 6.0]), ig.array([1])).item() == 6
    with pytest.raises(IndexError):
        ig.eval(f(ig.array([5.0, 6.0]), ig.array([2])))
    assert f(ig.array([5.0, 6.0]), ig.array([0])).item() == 5
