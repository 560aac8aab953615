"""Dual arrays: forward mode in code that is no function."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of, in_threads, leaf, numpy_of

import ingot as ig
from ingot import nn
from ingot.autograd import forward_ad


def close(got, want, tolerance: float = 1e-9) -> None:
    np.testing.assert_allclose(numpy_of(got), np.asarray(want), rtol=tolerance, atol=tolerance)


def test_tangents_follow_operations(rng: np.random.Generator) -> None:
    x, t = rng.normal(size=(2, 3))
    with forward_ad.dual_level():
        dual = forward_ad.make_dual(array_of(x), array_of(t))
        value, change = forward_ad.unpack_dual(ig.sin(dual) * dual.sum())
        again = forward_ad.unpack_dual(dual)
        close(again.primal, x)
        close(again.tangent, t)
    close(value, np.sin(x) * x.sum())
    close(change, np.cos(x) * t * x.sum() + np.sin(x) * t.sum())
    assert not value.requires_grad
    assert not change.requires_grad


def test_no_tangent_where_nothing_moves() -> None:
    with forward_ad.dual_level():
        dual = forward_ad.make_dual(ig.ones(2), ig.ones(2))
        assert forward_ad.unpack_dual(ig.ones(2)).tangent is None
        assert forward_ad.unpack_dual(dual.detach()).tangent is None
        w = leaf(np.ones(2))
        assert forward_ad.unpack_dual(w * 2).tangent is None


def test_composes_with_reverse_mode(rng: np.random.Generator) -> None:
    """Forward over reverse, and reverse over forward."""
    values, v = rng.normal(size=(2, 3))
    want = 6 * values * v
    x = leaf(values)
    with forward_ad.dual_level():
        dual = forward_ad.make_dual(x, array_of(v))
        (gradient,) = ig.autograd.grad((dual**3).sum(), dual, create_graph=True)
        close(forward_ad.unpack_dual(gradient).tangent, want)
        change = forward_ad.unpack_dual((dual**3).sum()).tangent
    change.backward()
    close(x.grad, want)


def test_gradients_reach_parameters_through_a_module() -> None:
    model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    x, t = ig.randn(4, 2), ig.randn(4, 2)
    with forward_ad.dual_level():
        output = model(forward_ad.make_dual(x, t))
        tangent = forward_ad.unpack_dual(output).tangent
    (tangent**2).sum().backward()
    found = {name: numpy_of(p.grad) for name, p in model.named_parameters() if p.grad is not None}
    want = ig.grad(lambda m: (ig.jvp(m, (x,), (t,))[1] ** 2).sum())(model)
    assert "0.weight" in found
    for name, gradient in found.items():
        close(gradient if isinstance(gradient, ig.array) else array_of(gradient), numpy_of(want[name]), 1e-5)


def test_levels_nest_without_mixing() -> None:
    with forward_ad.dual_level() as outer:
        x = forward_ad.make_dual(ig.array(2.0), ig.array(1.0))
        with forward_ad.dual_level() as inner:
            assert (outer, inner) == (0, 1)
            y = forward_ad.make_dual(x, ig.array(1.0))
            first = forward_ad.unpack_dual(y**4).tangent
        second = forward_ad.unpack_dual(first).tangent
    close(first, 32, 1e-5)
    close(second, 48, 1e-5)


def test_inside_other_transforms(rng: np.random.Generator) -> None:
    x = rng.normal(size=3)

    def change(x):
        with forward_ad.dual_level():
            return forward_ad.unpack_dual(forward_ad.make_dual(x, ig.ones_like(x)) ** 3).tangent

    close(ig.vmap(change)(array_of(x)), 3 * x**2)
    close(ig.jit(change)(array_of(x)), 3 * x**2)
    close(ig.grad(lambda x: change(x).sum())(array_of(x)), 6 * x)
    close(ig.jvp(change, (array_of(x),), (array_of(x),))[1], 6 * x * x)
    close(ig.jacrev(change)(array_of(x)), np.diag(6 * x))


def test_wrong_use_is_a_clear_error() -> None:
    with pytest.raises(RuntimeError, match="no dual level"):
        forward_ad.make_dual(ig.ones(1), ig.ones(1))
    with pytest.raises(RuntimeError, match="no dual level"):
        forward_ad.unpack_dual(ig.ones(1))
    with pytest.raises(RuntimeError, match="no dual level"):
        forward_ad.exit_dual_level()
    with forward_ad.dual_level():
        with pytest.raises(ValueError, match=r"\(2,\)"):
            forward_ad.make_dual(ig.ones(1), ig.ones(2))
        with pytest.raises(TypeError, match="int32"):
            forward_ad.make_dual(ig.array([1]), ig.array([1]))
        dual = forward_ad.make_dual(leaf(np.ones(2)), array_of(np.ones(2)))
        y = (dual * dual).sum()
        y.backward()
        ig.eval(y)
        with pytest.raises(RuntimeError, match="retain_graph"):
            forward_ad.unpack_dual(y)


def test_around_and_within_no_grad() -> None:
    w = leaf(np.array([2.0]))
    with ig.no_grad():
        with forward_ad.dual_level():
            dual = forward_ad.make_dual(array_of([3.0]), array_of([1.0]))
            value, tangent = forward_ad.unpack_dual(w * dual * dual)
            with ig.no_grad():
                assert forward_ad.unpack_dual(dual * dual).tangent is None
        assert not ig.is_grad_enabled()
    close(tangent, [12])
    assert not value.requires_grad
    assert not tangent.requires_grad


def test_each_thread_has_levels_of_its_own() -> None:
    def work(i: int) -> float:
        with forward_ad.dual_level() as level:
            assert level == 0
            dual = forward_ad.make_dual(ig.array(float(i)), ig.array(1.0))
            return forward_ad.unpack_dual(dual * dual).tangent.item()

    assert in_threads(work) == [0.0, 2.0, 4.0, 6.0]
