"""Functions with rules of their own: `custom_function`, `custom_vjp`, `custom_jvp`, `autograd.Function`."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from helpers import array_of, leaf, numpy_of

import ingot as ig
from ingot.autograd import Function, once_differentiable


def close(got, want, tolerance: float = 1e-6) -> None:
    np.testing.assert_allclose(numpy_of(got), np.asarray(want), rtol=tolerance, atol=tolerance)


# ---- custom_function ----


def test_the_given_vjp_is_used_and_nothing_else_changes() -> None:
    f = ig.custom_function(ig.exp)

    @f.vjp
    def rule(x, cotangent, output):
        return cotangent * output * 7

    x = ig.array([0.0, 1.0])
    close(f(x), np.exp([0, 1]))
    close(ig.grad(lambda x: f(x).sum())(x), 7 * np.exp([0, 1]))
    y = leaf(np.zeros(2))
    f(y).sum().backward()
    close(y.grad, [7, 7])


def test_several_arguments_come_as_tuples() -> None:
    @ig.custom_function
    def f(x, y):
        return ig.sin(x) * y

    @f.vjp
    def vjp(primals, cotangent, output):
        x, y = primals
        return cotangent * ig.cos(x) * y * 2, None

    @f.jvp
    def jvp(primals, tangents):
        (x, y), (dx, dy) = primals, tangents
        return 10 * (dx * ig.cos(x) * y + dy * ig.sin(x))

    dx, dy = ig.grad(f, argnums=(0, 1))(ig.array(0.5), ig.array(3.0))
    close(dx, 2 * np.cos(0.5) * 3)
    close(dy, 0)
    _, change = ig.jvp(f, (ig.array(0.5), ig.array(3.0)), (ig.array(1.0), ig.array(1.0)))
    close(change, 10 * (np.cos(0.5) * 3 + np.sin(0.5)))


def test_nested_arguments_and_results() -> None:
    @ig.custom_function
    def f(parameters, scale):
        return {"a": parameters["w"] * scale, "b": parameters["b"][0]}

    @f.vjp
    def vjp(primals, cotangents, outputs):
        parameters, scale = primals
        assert scale == 2.0 if isinstance(scale, float) else True
        assert outputs["a"].shape == parameters["w"].shape
        return {"w": cotangents["a"] * 5, "b": [cotangents["b"]]}, None

    def loss(p):
        found = f(p, 2)
        return found["a"].sum() + found["b"].sum()

    gradient = ig.grad(loss)({"w": ig.ones(2), "b": [ig.ones(3)]})
    close(gradient["w"], [5, 5])
    close(gradient["b"][0], [1, 1, 1])


def test_forward_mode_is_derived_from_vjp_and_reverse_mode_from_jvp(rng: np.random.Generator) -> None:
    x, v = rng.normal(size=(2, 5))
    f, g = ig.custom_function(ig.tanh), ig.custom_function(ig.tanh)

    @f.vjp
    def vjp(x, cotangent, output):
        return cotangent * (1 - output * output)

    @g.jvp
    def jvp(x, tangent):
        return tangent * (1 - ig.tanh(x) ** 2)

    want = v * (1 - np.tanh(x) ** 2)
    close(ig.jvp(f, (array_of(x),), (array_of(v),))[1], want, 1e-12)
    close(ig.vjp(g, array_of(x))[1](array_of(v))[0], want, 1e-12)
    second = -2 * np.tanh(x) * (1 - np.tanh(x) ** 2)
    for each in (f, g):
        close(ig.grad(lambda x, each=each: ig.grad(lambda x: each(x).sum())(x).sum())(array_of(x)), second, 1e-12)
        close(ig.vmap(ig.grad(each))(array_of(x)), 1 - np.tanh(x) ** 2, 1e-12)
        close(ig.grad(lambda x, each=each: ig.vmap(each)(x).sum())(array_of(x)), 1 - np.tanh(x) ** 2, 1e-12)


def test_vmap_rule_is_used_also_for_a_function_without_others() -> None:
    f = ig.custom_function(lambda x: x * 2)
    calls = []

    @f.vmap
    def vmap(x, axis):
        calls.append(axis)
        return x * 3, axis

    x = ig.ones((2, 3))
    close(f(x), 2 * np.ones((2, 3)))
    close(ig.vmap(f)(x), 3 * np.ones((2, 3)))
    close(ig.vmap(f, in_axes=1, out_axes=1)(x), 3 * np.ones((2, 3)))
    assert calls == [0, 0]
    close(ig.grad(lambda x: f(x).sum())(x), 2 * np.ones((2, 3)))
    close(ig.jvp(f, (x,), (x,))[1], 2 * np.ones((2, 3)))


def test_vmap_rule_of_several_arguments_gets_axes_and_none() -> None:
    f = ig.custom_function(lambda x, y: x @ y)

    @f.vmap
    def vmap(inputs, axes):
        assert axes == (0, None)
        return inputs[0] @ inputs[1], 0

    close(ig.vmap(f, in_axes=(0, None))(ig.ones((4, 2, 3)), ig.ones((3, 5))), np.full((4, 2, 5), 3))


def test_gradients_of_shared_arguments_add_up_under_vmap(rng: np.random.Generator) -> None:
    f = ig.custom_function(lambda w, x: w * x)

    @f.vjp
    def vjp(primals, cotangent, output):
        w, x = primals
        return cotangent * x, cotangent * w

    w, x = rng.normal(size=3), rng.normal(size=(4, 3))
    found = ig.grad(lambda w, x: ig.vmap(f, in_axes=(None, 0))(w, x).sum(), argnums=(0, 1))(array_of(w), array_of(x))
    close(found[0], x.sum(0), 1e-12)
    close(found[1], np.broadcast_to(w, x.shape), 1e-12)


def test_captured_arrays_are_constants_and_the_function_runs_once() -> None:
    w = leaf(np.array([2.0]))
    runs = []

    def body(x):
        runs.append(1)
        return x * w

    f = ig.custom_function(body)
    f.vjp(lambda x, cotangent, output: cotangent * w)
    x = leaf(np.array([3.0]))
    f(x).sum().backward()
    close(x.grad, [2])
    assert w.grad is None
    assert len(runs) == 1


def test_wrong_rules_are_clear_errors() -> None:
    f = ig.custom_function(lambda x: x * 2)
    f.vjp(lambda x, cotangent, output: ig.ones(7))
    with pytest.raises(ValueError, match=r"\(7,\)"):
        ig.grad(lambda x: f(x).sum())(ig.ones(3))
    g = ig.custom_function(lambda x, y: x * y)
    g.vjp(lambda primals, cotangent, output: (cotangent,))
    with pytest.raises(ValueError, match="one value per argument"):
        ig.grad(lambda x: g(x, x).sum())(ig.ones(3))
    h = ig.custom_function(lambda x: "text")
    h.vjp(lambda x, cotangent, output: cotangent)
    with pytest.raises(TypeError, match="must return arrays, got str"):
        h(ig.ones(3))


def test_an_exception_in_a_rule_reaches_the_caller() -> None:
    f = ig.custom_function(lambda x: x * 2)

    @f.vjp
    def rule(x, cotangent, output):
        raise KeyError("mine")

    x = leaf(np.ones(2))
    with pytest.raises(KeyError, match="mine"):
        f(x).sum().backward()


# ---- JAX's forms ----


def test_custom_vjp_with_residuals_and_fixed_arguments() -> None:
    def clip(low, high, x):
        return ig.clip(x, low, high)

    f = ig.custom_vjp(clip, nondiff_argnums=(0, 1))
    f.defvjp(
        lambda low, high, x: (clip(low, high, x), {"inside": ig.logical_and(x > low, x < high)}),
        lambda low, high, kept, g: (ig.where(kept["inside"], g, 0.5 * high * g),),
    )
    x = ig.array([-3.0, 0.5, 3.0])
    close(f(-1.0, 1.0, x), [-1, 0.5, 1])
    close(ig.grad(lambda x: f(-1.0, 1.0, x).sum())(x), [0.5, 1, 0.5])
    close(ig.vmap(ig.grad(lambda x: f(-1.0, 1.0, x)))(x), [0.5, 1, 0.5])
    with pytest.raises(TypeError, match="defvjp"):
        ig.custom_vjp(clip)(0.0, 1.0, x)


def test_custom_jvp_and_its_transpose() -> None:
    @ig.custom_jvp
    def f(x, y):
        return ig.sin(x) * y

    f.defjvps(lambda t, out, x, y: 3 * ig.cos(x) * y * t, None)
    x, y = ig.array([0.5, 1.0]), ig.array([2.0, 3.0])
    want = 3 * np.cos([0.5, 1]) * [2, 3]
    close(ig.jvp(f, (x, y), (ig.ones(2), ig.ones(2)))[1], want)
    close(ig.grad(lambda x, y: f(x, y).sum())(x, y), want)


# ---- autograd.Function ----


class Exp(Function):
    @staticmethod
    def forward(ctx, x):
        result = ig.exp(x)
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad_output):
        (result,) = ctx.saved_tensors
        return grad_output * result


class Product(Function):
    @staticmethod
    def forward(x, factor, y):
        return x * factor * y, (x > 0).sum()

    @staticmethod
    def setup_context(ctx, inputs, output):
        x, factor, y = inputs
        ctx.save_for_backward(x, y)
        ctx.factor = factor

    @staticmethod
    def backward(ctx, grad_output, unused):
        x, y = ctx.saved_tensors
        gradients = [None, None, None]
        if ctx.needs_input_grad[0]:
            gradients[0] = grad_output * ctx.factor * y
        if ctx.needs_input_grad[2]:
            gradients[2] = grad_output * ctx.factor * x
        return tuple(gradients)


def test_function_forward_backward_and_higher_orders(rng: np.random.Generator) -> None:
    values = rng.normal(size=4)
    x = leaf(values)
    y = Exp.apply(x)
    assert y.requires_grad
    (first,) = ig.autograd.grad(y.sum(), x, create_graph=True)
    (second,) = ig.autograd.grad(first.sum(), x, create_graph=True)
    (third,) = ig.autograd.grad(second.sum(), x)
    for found in (y, first, second, third):
        close(found, np.exp(values), 1e-12)
    assert ig.autograd.gradcheck(Exp.apply, (x,), check_forward_ad=True, check_batched_grad=True)
    assert ig.autograd.gradgradcheck(Exp.apply, (x,))


def test_function_with_setup_context_and_fixed_arguments(rng: np.random.Generator) -> None:
    a, b = rng.normal(size=(2, 3))
    x, y = leaf(a), array_of(b)
    out, count = Product.apply(x, 2.0, y)
    assert not count.requires_grad
    out.sum().backward()
    close(x.grad, 2 * b, 1e-12)
    assert ig.autograd.gradcheck(lambda x, y: Product.apply(x, 2.0, y)[0], (leaf(a), leaf(b)), check_forward_ad=True)
    close(ig.vmap(lambda x: ig.grad(lambda x: Product.apply(x, 2.0, x)[0])(x))(array_of(a)), 4 * a, 1e-12)


def test_needs_input_grad_outside_of_recording() -> None:
    seen = []

    class Look(Function):
        @staticmethod
        def forward(ctx, x, y):
            seen.append(ctx.needs_input_grad)
            return x + y

        @staticmethod
        def backward(ctx, g):
            return g, g

    x = leaf(np.ones(1))
    Look.apply(x, ig.ones(1))
    with ig.no_grad():
        assert not Look.apply(x, x).requires_grad
    assert seen == [(True, False), (False, False)]


def test_mark_non_differentiable_and_missing_gradients() -> None:
    class Pair(Function):
        @staticmethod
        def forward(ctx, x, materialize):
            ctx.set_materialize_grads(materialize)
            first, second, fixed = x * 2, x * 3, x * 5
            ctx.mark_non_differentiable(fixed)
            return first, second, fixed

        @staticmethod
        def backward(ctx, first, second, fixed):
            seen.append((second is None, fixed is None))
            return first * 2, None

    for materialize in (True, False):
        seen: list = []
        x = leaf(np.ones(2))
        first, _, fixed = Pair.apply(x, materialize)
        assert not fixed.requires_grad
        close(fixed, [5, 5])
        first.sum().backward()
        close(x.grad, [2, 2])
        assert seen == [(not materialize, not materialize)]


def test_once_differentiable() -> None:
    class Double(Function):
        @staticmethod
        def forward(ctx, x):
            return x * x

        @staticmethod
        @once_differentiable
        def backward(ctx, g):
            return ig.array(2 * g.numpy())

    x = leaf(np.ones(2))
    (gradient,) = ig.autograd.grad(Double.apply(x).sum(), x, create_graph=True)
    close(gradient, [2, 2])
    y = leaf(np.ones(2))
    z = Double.apply(y)
    (gradient,) = ig.autograd.grad((z * z).sum(), y, create_graph=True)
    with pytest.raises(RuntimeError, match="once_differentiable"):
        gradient.sum().backward()


def test_jvp_and_vmap_of_a_function() -> None:
    class Cube(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_forward(x)
            return x**3

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return 3 * x * x * g

        @staticmethod
        def jvp(ctx, t):
            (x,) = ctx.saved_tensors
            return 300 * x * x * t

        @staticmethod
        def vmap(info, in_dims, x):
            assert info.batch_size == 2
            assert in_dims == (0,)
            return Cube.apply(x) * 10, 0

    x = ig.array([1.0, 2.0])
    close(ig.jvp(Cube.apply, (x,), (ig.ones(2),))[1], [300, 1200])
    close(ig.grad(lambda x: Cube.apply(x).sum())(x), [3, 12])
    close(ig.vmap(Cube.apply)(x), [10, 80])


def test_saved_arrays_keep_their_values() -> None:
    class Square(Function):
        @staticmethod
        def forward(ctx, x):
            inner = x * 1
            ctx.save_for_backward(x, inner)
            return x * x

        @staticmethod
        def backward(ctx, g):
            x, inner = ctx.saved_tensors
            return g * (x + inner)

    x = leaf(np.array([3.0]))
    z = x * 1
    y = Square.apply(z)
    z += 100
    y.sum().backward()
    close(x.grad, [6])


def test_wrong_backward_is_a_clear_error() -> None:
    class Few(Function):
        @staticmethod
        def forward(ctx, x, y):
            return x + y

        @staticmethod
        def backward(ctx, g):
            return g

    with pytest.raises(ValueError, match=r"Few.backward returned 1 gradients for the 2 arguments"):
        Few.apply(leaf(np.ones(2)), leaf(np.ones(2))).sum().backward()

    class NoRules(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1

    y = NoRules.apply(leaf(np.ones(2)))
    with pytest.raises(NotImplementedError, match="backward"):
        y.sum().backward()
    with pytest.raises(NotImplementedError, match="forward"):
        Function.apply(ig.ones(1))


def test_function_under_jit_and_checkpoint_trains() -> None:
    w = leaf(np.array([0.5, -0.5]))

    @ig.jit
    def step(x):
        w.grad = None
        ig.checkpoint(lambda x: Exp.apply(w * x), x).sum().backward()
        with ig.no_grad():
            w.sub_(0.1 * w.grad)

    want = np.array([0.5, -0.5])
    for k in range(4):
        x = np.array([1.0, 2.0]) + k
        step(array_of(x))
        want = want - 0.1 * x * np.exp(want * x)
    close(w, want, 1e-10)


def test_no_reference_cycle_keeps_what_was_saved(live_buffers) -> None:
    gc.disable()
    try:
        for _ in range(3):
            x = leaf(np.ones(1000))
            y = Exp.apply(x)
            ig.eval(y)
            marker = weakref.ref(y)
            y.sum().backward()
            del x, y
            assert marker() is None
    finally:
        gc.enable()
    ig.eval(ig.zeros(1) + 1)  # the value of the last sum waits for an evaluation to come with
    assert live_buffers() <= 0
