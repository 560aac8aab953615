"""What `jit` tells one call from another by, when it records again, and what it keeps."""

from __future__ import annotations

import collections
import dataclasses
import gc
import warnings
import weakref

import numpy as np
import pytest
from helpers import counted

import ingot as ig
from ingot import nn, optim


def training_guard(change):
    """How often a function with a model and an optimizer is recorded around `change(model, optimizer)`."""
    ig.random.seed(0)
    model = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))
    optimizer = optim.SGD(model.parameters(), lr=0.1, momentum=0.9)

    def body(x):
        optimizer.zero_grad()
        loss = model(x).sum()
        loss.backward()
        optimizer.step()
        return loss

    f, runs = counted(body)
    x = ig.ones((2, 3))
    for _ in range(3):
        f(x)
    settled = len(runs)
    change(model, optimizer)
    f(x)
    f(x)
    return len(runs) - settled


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda model, optimizer: None, 0),
        (lambda model, optimizer: setattr(optimizer, "lr", 0.5), 0),
        (lambda model, optimizer: model.eval(), 1),
        (lambda model, optimizer: optimizer.param_groups[0].__setitem__("momentum", 0.5), 0),
        (lambda model, optimizer: optimizer.param_groups[0].__setitem__("weight_decay", 0.5), 1),
    ],
    ids=["nothing", "lr", "eval", "momentum", "weight decay"],
)
def test_what_makes_a_training_step_record_again(change, expected: int) -> None:
    assert training_guard(change) == expected


def test_records_again_when_a_captured_array_changes_its_kind() -> None:
    w = ig.ones(3)
    f, runs = counted(lambda x: (x * w).sum())
    assert f(ig.ones(3)).item() == 3
    w.requires_grad_()
    assert f(ig.ones(3)).requires_grad
    assert len(runs) >= 2


def test_records_per_structure_grad_mode_and_keyword() -> None:
    f, runs = counted(lambda *arguments, **keywords: ig.ones(1) * len(arguments))
    x = ig.ones(2)
    for arguments, keywords in [
        ((x,), {}),
        ((x, x), {}),
        (([x, x],), {}),
        (((x, x),), {}),
        (({"a": x},), {}),
        (({"b": x},), {}),
        ((x,), {"b": 1}),
        ((x,), {"b": 1.0}),
        ((x,), {"b": True}),
        ((x,), {"b": "1"}),
        ((x,), {"b": None}),
        ((x,), {"b": 1 << 80}),
        ((x,), {"b": -0.0}),
        ((x,), {"b": 0.0}),
    ]:
        before = len(runs)
        f(*arguments, **keywords)
        f(*arguments, **keywords)
        assert len(runs) == before + 1, (arguments, keywords)


def test_numpy_arguments_are_arrays() -> None:
    f, runs = counted(lambda x: x * 2)
    for k in range(3):
        assert f(np.full(3, k, np.float32)).tolist() == [2 * k] * 3
    assert len(runs) == 1


def test_dataclasses_and_named_tuples_in_and_out() -> None:
    @dataclasses.dataclass
    class State:
        position: object
        name: str

    Point = collections.namedtuple("Point", "x y")

    @ig.jit
    def f(state, point):
        return State(state.position + point.x, state.name), Point(point.y, point.x), [state.position]

    for k in (1.0, 2.0):
        state, point, rest = f(State(ig.array(k), "s"), Point(ig.array(10.0), ig.array(20.0)))
        assert (state.position.item(), state.name) == (10 + k, "s")
        assert isinstance(point, Point)
        assert (point.x.item(), point.y.item(), rest[0].item()) == (20, 10, k)


def test_unhashable_argument() -> None:
    with pytest.raises(TypeError, match=r"set.*hashable"):
        ig.jit(lambda x, s: x)(ig.ones(1), {1, 2})


def test_list_that_holds_itself() -> None:
    endless: list = [ig.ones(1)]
    endless.append(endless)
    with pytest.raises(RecursionError):
        ig.jit(lambda x: x[0])(endless)


def test_equality_that_raises_is_passed_on() -> None:
    class Odd:
        def __hash__(self) -> int:
            return 1

        def __eq__(self, other: object) -> bool:
            raise LookupError("compared")

    f = ig.jit(lambda x, odd: x)
    f(ig.ones(1), Odd())
    with pytest.raises(LookupError, match="compared"):
        f(ig.ones(1), Odd())


def test_objects_without_a_value_are_held_weakly() -> None:
    class Thing:
        pass

    f, runs = counted(lambda x, thing: x + 1)
    for _ in range(3):
        thing = Thing()
        f(ig.ones(1), thing)
        f(ig.ones(1), thing)
        watched = weakref.ref(thing)
        del thing
        gc.collect()
        assert watched() is None
    assert len(runs) == 3
    assert f._recording_count() == 0


def test_cycle_through_a_jitted_function_is_collected() -> None:
    class Holder:
        pass

    def make() -> weakref.ref:
        holder = Holder()
        holder.f = ig.jit(lambda x: x + len(vars(holder)))
        holder.f(ig.ones(1))
        return weakref.ref(holder)

    watched = make()
    gc.collect()
    assert watched() is None


def test_endless_recording_warns_and_says_why() -> None:
    f = ig.jit(lambda x, n: x + n)
    with pytest.warns(RuntimeWarning, match=r"argument 1 was 14 and now is 15") as caught:
        for n in range(20):
            f(ig.ones(3), n)
    assert [warning.filename for warning in caught] == [__file__]
    g = ig.jit(lambda x: x + 1)
    with pytest.warns(RuntimeWarning, match=r"argument 0 was float32 \(16,\) and now is float32 \(17,\)"):
        for n in range(2, 20):
            g(ig.ones(n))


def test_recordings_are_bounded() -> None:
    f, runs = counted(lambda x, n: x + n)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for n in range(100):
            assert f(ig.ones(1), n).item() == 1 + n
    assert f._recording_count() == 64
    f(ig.ones(1), 99)
    assert len(runs) == 100
    f(ig.ones(1), 0)
    assert len(runs) == 101


def test_shapeless_is_right_for_every_shape_and_silent() -> None:
    @ig.jit(shapeless=True)
    def f(x):
        return x.reshape(-1).sum() / x.shape[0] if x.shape[0] > 3 else x.max()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(2):
            for n in range(1, 40):
                assert f(ig.full((n, 2), 3.0)).item() == (6 if n > 3 else 3)


def test_shapeless_still_warns_about_other_reasons() -> None:
    f = ig.jit(lambda x, n: x + n, shapeless=True)
    with pytest.warns(RuntimeWarning, match="argument 1 was"):
        for n in range(20):
            f(ig.ones(n + 1), n)


def test_trace_has_one_line_per_step() -> None:
    text = ig.jit(lambda x: ig.exp(x) * 2 + 1).trace(ig.ones((3, 4)))
    assert len(text.splitlines()) == 1
    assert "exp" in text
    assert "[3, 4]" in text
    assert "bytes" in text


def test_failed_replay_leaves_everything_usable() -> None:
    w = ig.array([1.0, 2.0])

    @ig.jit
    def f(i):
        nonlocal w
        w += 1
        return ig.take(w, i, axis=0)

    assert f(ig.array([1])).item() == 3
    with pytest.raises(IndexError):
        f(ig.array([5]))
    try:
        assert w.tolist() in ([2, 3], [3, 4])
    except RuntimeError as error:
        assert "lost" in str(error)


def test_callable_again_from_inside_its_arguments() -> None:
    """Comparing arguments may run anything, the function itself included."""
    f = ig.jit(lambda x, key: x + 1)

    class Key:
        def __hash__(self) -> int:
            return 7

        def __eq__(self, other: object) -> bool:
            return f(ig.ones(1), "inner").item() == 2

    for _ in range(3):
        assert f(ig.ones(1), Key()).item() == 2
