"""`checkpoint`: the same numbers and gradients, from less memory."""

from __future__ import annotations

import gc
import math

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig
from ingot import nn, optim


def block(x, weight):
    return ig.tanh(x @ weight) * ig.sigmoid(x)


def draw(rng: np.random.Generator, *shape: int, requires_grad: bool = True):
    return ig.array(rng.normal(size=shape).astype(np.float64), requires_grad=requires_grad)


def gradients(loss_of, *leaves):
    for leaf in leaves:
        leaf.grad = None
    loss = loss_of()
    loss.backward()
    return [loss.item(), *(numpy_of(leaf.grad) for leaf in leaves)]


def assert_same(got, want) -> None:
    for a, b in zip(got, want, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)


def test_value_and_gradients_are_those_of_the_plain_function(rng: np.random.Generator) -> None:
    x, w = draw(rng, 5, 4), draw(rng, 4, 4)
    plain = gradients(lambda: block(x, w).sum(), x, w)
    assert_same(gradients(lambda: ig.checkpoint(block, x, w).sum(), x, w), plain)
    wrapped = ig.checkpoint(block)
    assert wrapped.__name__ == "block"
    assert_same(gradients(lambda: wrapped(x, w).sum(), x, w), plain)


def test_captured_parameters_get_their_gradients(rng: np.random.Generator) -> None:
    x, w = draw(rng, 5, 4, requires_grad=False), draw(rng, 4, 4)
    plain = gradients(lambda: block(x, w).sum(), w)
    assert_same(gradients(lambda: ig.checkpoint(lambda: block(x, w))().sum(), w), plain)


def test_module(rng: np.random.Generator) -> None:
    ig.random.seed(1)
    layer = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3))
    x = ig.array(rng.normal(size=(6, 4)).astype(np.float32))
    parameters = list(layer.parameters())
    plain = gradients(lambda: layer(x).sum(), *parameters)
    got = gradients(lambda: ig.checkpoint(layer, x).sum(), *parameters)
    for a, b in zip(got, plain, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6)


def test_containers_constants_and_arguments_that_come_back(rng: np.random.Generator) -> None:
    x = draw(rng, 3)
    out = ig.checkpoint(lambda d: {"y": ig.sin(d["x"]), "same": d["x"], "text": "t", "n": ig.argmax(d["x"])}, {"x": x})
    assert out["text"] == "t"
    assert out["same"] is x
    assert out["n"].item() == int(np.argmax(numpy_of(x)))
    out["y"].sum().backward()
    np.testing.assert_allclose(numpy_of(x.grad), np.cos(numpy_of(x)))


def test_nested(rng: np.random.Generator) -> None:
    x, w = draw(rng, 5, 4), draw(rng, 4, 4)

    def two(x):
        return ig.checkpoint(block, ig.checkpoint(block, x, w), w)

    plain = gradients(lambda: block(block(block(x, w), w), w).sum(), x, w)
    assert_same(gradients(lambda: block(ig.checkpoint(two, x), w).sum(), x, w), plain)


def test_several_results_of_which_not_all_are_used(rng: np.random.Generator) -> None:
    x, w = draw(rng, 5, 4), draw(rng, 4, 4)

    def both(x):
        y = block(x, w)
        return y, ig.exp(y)

    plain = gradients(lambda: both(x)[1].sum(), x, w)
    assert_same(gradients(lambda: ig.checkpoint(both, x)[1].sum(), x, w), plain)


def test_second_order(rng: np.random.Generator) -> None:
    x = draw(rng, 4)

    def slope_of(f):
        x.grad = None
        (first,) = ig.autograd.grad(f(x).sum(), x, create_graph=True)
        (first * first).sum().backward()
        return numpy_of(x.grad)

    def f(x):
        return ig.sin(x) * ig.exp(x)

    np.testing.assert_allclose(slope_of(ig.checkpoint(f)), slope_of(f), rtol=1e-12)


@pytest.mark.parametrize("transform", ["grad", "jvp", "vjp", "vmap", "jit", "jit_grad", "vmap_grad"])
def test_under_transforms(transform: str, rng: np.random.Generator) -> None:
    x, w = draw(rng, 5, 4, requires_grad=False), draw(rng, 4, 4, requires_grad=False)
    apply = {
        "grad": lambda f: ig.grad(lambda v: f(v, w).sum())(x),
        "jvp": lambda f: ig.jvp(lambda v: f(v, w), [x], [x])[1][0],
        "vjp": lambda f: ig.vjp(lambda v: f(x, v), [w], [x])[1][0],
        "vmap": lambda f: ig.vmap(lambda v: f(v.reshape(1, 4), w))(x),
        "jit": lambda f: ig.jit(f)(x, w),
        "jit_grad": lambda f: ig.jit(ig.grad(lambda v: f(x, v).sum()))(w),
        "vmap_grad": lambda f: ig.vmap(ig.grad(lambda v: f(v.reshape(1, 4), w).sum()))(x),
    }[transform]
    np.testing.assert_allclose(numpy_of(apply(ig.checkpoint(block))), numpy_of(apply(block)), rtol=1e-12)


def test_whole_jitted_training_step(rng: np.random.Generator) -> None:
    x = ig.array(rng.normal(size=(16, 8)).astype(np.float32))

    def losses(wrap, jit):
        ig.random.seed(4)
        layers = [nn.Sequential(nn.Linear(8, 8), nn.Tanh()) for _ in range(4)]
        optimizer = optim.Adam([p for layer in layers for p in layer.parameters()], lr=0.01)

        def step(x):
            optimizer.zero_grad()
            y = x
            for layer in layers:
                y = wrap(layer)(y)
            loss = (y * y).mean()
            loss.backward()
            optimizer.step()
            return loss

        run = ig.jit(step) if jit else step
        return [run(x).item() for _ in range(5)]

    plain = losses(lambda layer: layer, jit=False)
    np.testing.assert_allclose(losses(ig.checkpoint, jit=False), plain, rtol=1e-5)
    np.testing.assert_allclose(losses(ig.checkpoint, jit=True), plain, rtol=1e-5)


@pytest.mark.parametrize("jit", [False, True])
def test_random_numbers_are_the_same_in_both_passes(jit: bool) -> None:
    x = ig.ones(1000, requires_grad=True)

    def step():
        x.grad = None
        y = ig.checkpoint(lambda x: nn.functional.dropout(x * 3, 0.5, training=True), x)
        y.sum().backward()
        return y.detach()

    y = (ig.jit(step) if jit else step)()
    # Of what was kept, and of nothing else, there is a gradient.
    np.testing.assert_array_equal(numpy_of(y) != 0, numpy_of(x.grad) != 0)
    assert 300 < np.count_nonzero(numpy_of(y)) < 700


def test_assignments_inside_happen_once() -> None:
    count = ig.zeros(1)
    x = ig.ones(3, requires_grad=True)

    def f(x):
        nonlocal count
        with ig.no_grad():
            count += 1
        return ig.sin(x)

    ig.checkpoint(f, x).sum().backward()
    ig.eval(x.grad)
    assert count.item() == 1


def test_detached_and_unrecorded_parts_stay_so(rng: np.random.Generator) -> None:
    x = draw(rng, 4)

    def f(x):
        with ig.no_grad():
            scale = ig.exp(x)
        return ig.sin(x) * scale + x.detach() * x

    plain = gradients(lambda: f(x).sum(), x)
    assert_same(gradients(lambda: ig.checkpoint(f, x).sum(), x), plain)


def test_evaluated_inside_and_loss_read_before_backward(rng: np.random.Generator) -> None:
    x, w = draw(rng, 5, 4), draw(rng, 4, 4)

    def f(x):
        y = ig.tanh(x @ w)
        ig.eval(y)
        return y * x

    plain = gradients(lambda: f(x).sum(), x, w)
    x.grad = w.grad = None
    loss = ig.checkpoint(f, x).sum()
    assert loss.item() == pytest.approx(plain[0])
    loss.backward()
    assert_same([loss.item(), numpy_of(x.grad), numpy_of(w.grad)], plain)


def test_without_gradients_it_is_the_function_itself() -> None:
    with ig.no_grad():
        assert not ig.checkpoint(ig.sin, ig.ones(2, requires_grad=True)).requires_grad
    assert not ig.checkpoint(ig.sin, ig.ones(2)).requires_grad


def test_not_a_function() -> None:
    with pytest.raises(TypeError, match="checkpoint"):
        ig.checkpoint(3)


def test_plans_are_reused() -> None:
    """A loop that is not jitted builds an equal graph in every round: the second is not planned again."""
    x, w = ig.ones((8, 8), requires_grad=True), ig.ones((8, 8), requires_grad=True)

    def step() -> None:
        w.grad = None
        ig.checkpoint(block, x, w).sum().backward()
        ig.eval(w.grad)

    step()
    with ig.profile() as prof:
        step()
    assert not [record for record in prof.records if record.kind == "plan"]


LAYERS = 36
SIZE = (512, 256)


def peak_of_training(segments: int | None, jit: bool) -> float:
    """Peak memory of one step of a deep network, in values of one layer's size."""
    weights = [ig.ones((SIZE[1], SIZE[1]), requires_grad=True) * 1.0 for _ in range(1)]
    weight = weights[0].detach().requires_grad_()
    x = ig.ones(SIZE) * 0.01
    ig.eval(x, weight)

    def run(count: int):
        def layers(y):
            for _ in range(count):
                y = ig.sin(ig.tanh(y) @ weight)
            return y

        return layers

    def step(x):
        y = x
        if segments is None:
            y = run(LAYERS)(y)
        else:
            for _ in range(segments):
                y = ig.checkpoint(run(LAYERS // segments), y)
        (grad,) = ig.autograd.grad(y.sum(), weight)
        return grad

    run_step = ig.jit(step) if jit else step
    ig.eval(run_step(x))
    gc.collect()
    ig.memory.reset_peak()
    before = ig.memory.active()
    ig.eval(run_step(x))
    return (ig.memory.peak() - before) / (math.prod(SIZE) * 4)


@pytest.mark.parametrize("jit", [False, True])
def test_memory_falls_to_the_square_root(jit: bool) -> None:
    whole = peak_of_training(None, jit)
    parts = peak_of_training(6, jit)
    assert whole > LAYERS, "the plain network keeps at least one value per layer"
    # Six boundaries, and six layers of one segment with two or three values each.
    assert parts < 0.6 * whole, (whole, parts)
    assert parts < 6 + 6 * 3 + 6, (whole, parts)
