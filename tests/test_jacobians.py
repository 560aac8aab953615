"""`jacobian`, `jacrev`, `jacfwd`, `hessian`, `linearize`, and the function forms of `vjp` and `jvp`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pytest
from helpers import array_of, leaf, numpy_of

import ingot as ig
from ingot import nn


def close(got, want, tolerance: float = 1e-9) -> None:
    np.testing.assert_allclose(numpy_of(got), np.asarray(want), rtol=tolerance, atol=tolerance)


class Pair(NamedTuple):
    left: object
    right: object


@dataclass
class Weights:
    w: object
    b: object
    name: str = "layer"


# ---- jacobians ----


def test_shapes_and_values_of_both_modes(rng: np.random.Generator) -> None:
    a, x = rng.normal(size=(3, 2)), rng.normal(size=(2, 4))
    want = np.einsum("ik,jl->ijkl", a, np.eye(4))
    for mode in ("reverse", "forward", "auto"):
        close(ig.jacobian(lambda x: array_of(a) @ x, mode=mode)(array_of(x)), want)


def test_the_mode_is_chosen_by_size_and_told() -> None:
    wide = ig.jacobian(lambda x: x.sum())
    tall = ig.jacobian(lambda t: ig.stack([t, t * t, t * t * t]))
    assert wide.mode(ig.ones(5)) == "reverse"
    assert tall.mode(ig.array(2.0)) == "forward"
    assert ig.jacrev(lambda t: ig.stack([t, t])).mode(ig.array(2.0)) == "reverse"
    close(tall(ig.array(2.0)), [1, 4, 12])
    with pytest.raises(ValueError, match="'auto', 'reverse' or 'forward'"):
        ig.jacobian(lambda x: x, mode="backward")


def test_nested_arguments_and_results(rng: np.random.Generator) -> None:
    w, b = rng.normal(size=3), rng.normal(size=2)

    def f(p):
        return {"product": p["w"] * p["w"], "pair": (p["b"].sum(), 3.0 * p["w"][:2])}

    for make in (ig.jacrev, ig.jacfwd):
        found = make(f)({"w": array_of(w), "b": array_of(b)})
        close(found["product"]["w"], np.diag(2 * w))
        close(found["product"]["b"], np.zeros((3, 2)))
        close(found["pair"][0]["b"], np.ones(2))
        close(found["pair"][1]["w"], 3 * np.eye(2, 3))


def test_argnums_aux_and_chunks(rng: np.random.Generator) -> None:
    x, y = rng.normal(size=(2, 5))
    for make in (ig.jacrev, ig.jacfwd):
        found = make(lambda x, y: x * y, argnums=(1, 0))(array_of(x), array_of(y))
        close(found[0], np.diag(x))
        close(found[1], np.diag(y))
        close(make(lambda x, y: x * y, argnums=-1, chunk_size=2)(array_of(x), array_of(y)), np.diag(x))
        matrix, aux = make(lambda x: (x * x, {"sum": x.sum(), "text": "kept"}), has_aux=True)(array_of(x))
        close(matrix, np.diag(2 * x))
        close(aux["sum"], x.sum())
        assert aux["text"] == "kept"


def test_empty_and_scalar_jacobians() -> None:
    for make in (ig.jacrev, ig.jacfwd):
        assert make(lambda x: x * 2)(ig.ones((0, 2))).shape == (0, 2, 0, 2)
        assert make(lambda x: x[:0])(ig.ones(3)).shape == (0, 3)
        close(make(lambda x: x * x)(ig.array(3.0)), 6)


def test_complex_jacobians() -> None:
    z = np.array([1.0 + 2j, -0.5 + 1j])
    for make in (ig.jacrev, ig.jacfwd, ig.jacobian):
        close(make(lambda z: z * z * z)(array_of(z)), np.diag(3 * z * z))
    x = np.array([1.0, 2.0])
    rotated = ig.jacobian(lambda x: x * ig.array(1j, dtype=ig.complex128))
    assert rotated.mode(array_of(x)) == "forward"
    close(rotated(array_of(x)), np.diag([1j, 1j]))
    with pytest.raises(TypeError, match="jacfwd"):
        ig.jacrev(lambda x: x * ig.array(1j, dtype=ig.complex128))(array_of(x))
    with pytest.raises(TypeError, match="jacrev"):
        ig.jacfwd(lambda z: ig.abs(z))(array_of(z))
    close(ig.jacobian(lambda z: ig.abs(z) ** 2)(array_of(z)), np.diag(2 * z))


def test_integers_have_no_jacobian() -> None:
    with pytest.raises(TypeError, match="int32"):
        ig.jacobian(lambda x: x * 2.0)(ig.array([1, 2]))


def test_gradient_of_a_jacobian_and_backward_to_captured_leaves(rng: np.random.Generator) -> None:
    w = leaf(rng.normal(size=3))
    x = array_of(rng.normal(size=3))
    ig.jacrev(lambda x: w * x * x)(x).sum().backward()
    close(w.grad, 2 * numpy_of(x))
    close(ig.grad(lambda x: (ig.jacfwd(lambda x: x**3)(x)).sum())(x), 6 * numpy_of(x))


def test_hessian_of_nested_arguments(rng: np.random.Generator) -> None:
    a, b = rng.normal(size=(2, 2))
    found = ig.hessian(lambda p: (p.left * p.right).sum() + (p.left**2).sum())(Pair(array_of(a), array_of(b)))
    close(found.left.left, 2 * np.eye(2))
    close(found.left.right, np.eye(2))
    close(found.right.right, np.zeros((2, 2)))


# ---- vjp, jvp, linearize ----


def test_vjp_runs_the_function_once_and_can_be_used_again() -> None:
    runs = []

    def f(x, y):
        runs.append(1)
        return {"product": x * y, "sum": x + y}

    x, y = ig.array([1.0, 2.0]), ig.array([3.0, 4.0])
    output, pull_back = ig.vjp(f, x, y)
    close(output["product"], [3, 8])
    assert not output["product"].requires_grad
    for scale in (1.0, 2.0):
        dx, dy = pull_back({"product": scale * ig.ones(2), "sum": ig.zeros(2)})
        close(dx, scale * np.array([3, 4]))
        close(dy, scale * np.array([1, 2]))
    assert len(runs) == 1
    with pytest.raises(ValueError, match=r"structure"):
        pull_back(ig.ones(2))
    with pytest.raises(ValueError, match=r"\(3,\)"):
        pull_back({"product": ig.ones(3), "sum": ig.ones(2)})


def test_vjp_in_mlx_form_and_with_aux() -> None:
    outputs, gradients = ig.vjp(lambda x, y: (x * y, x + y), [ig.ones(2), 3 * ig.ones(2)], [ig.ones(2), ig.zeros(2)])
    close(outputs[1], [4, 4])
    close(gradients[0], [3, 3])
    output, pull_back, aux = ig.vjp(lambda x: (x * 2, "aux"), ig.ones(2), has_aux=True)
    assert aux == "aux"
    close(output, [2, 2])
    close(pull_back(ig.ones(2))[0], [2, 2])


def test_vjp_inside_grad_and_under_jit(rng: np.random.Generator) -> None:
    x, v = rng.normal(size=(2, 3))

    def f(x):
        output, pull_back = ig.vjp(ig.sin, x)
        return (pull_back(array_of(v))[0] * output).sum()

    want = v * np.cos(2 * x)
    close(ig.grad(f)(array_of(x)), want)
    close(ig.jit(ig.grad(f))(array_of(x)), want)
    y = leaf(x)
    f(y).backward()
    close(y.grad, want)
    with ig.no_grad():
        assert not f(leaf(x)).requires_grad


def test_jvp_of_nested_arguments_with_none_for_zero() -> None:
    primals = ({"a": ig.array([2.0]), "b": [ig.array([3.0])]}, ig.array([4.0]))
    tangents = ({"a": ig.array([1.0]), "b": [None]}, None)
    output, change = ig.jvp(lambda p, y: {"r": p["a"] * p["b"][0] * y}, primals, tangents)
    close(output["r"], [24])
    close(change["r"], [12])
    with pytest.raises(ValueError, match="tangent per primal"):
        ig.jvp(lambda x, y: x * y, (ig.ones(1), ig.ones(1)), (ig.ones(1),))
    with pytest.raises(ValueError, match=r"\(3,\)"):
        ig.jvp(ig.sin, (ig.ones(2),), (ig.ones(3),))
    with pytest.raises(TypeError, match="must return"):
        ig.jvp(lambda x: "text", (ig.ones(2),), (ig.ones(2),))


def test_linearize_and_linear_transpose(rng: np.random.Generator) -> None:
    x, v = rng.normal(size=(2, 3))
    runs = []

    def f(x):
        runs.append(1)
        return ig.tanh(x) * x.sum()

    output, push = ig.linearize(f, array_of(x))
    for scale in (1.0, -2.0):
        close(push(array_of(scale * v)), scale * numpy_of(ig.jvp(f, (array_of(x),), (array_of(v),))[1]))
    close(output, np.tanh(x) * x.sum())
    assert len(runs) == 3
    a = rng.normal(size=(2, 3))
    close(ig.linear_transpose(lambda x: array_of(a) @ x, array_of(x))(array_of([1.0, 2.0]))[0], a.T @ [1, 2])


# ---- containers and modules ----


def test_dataclasses_and_named_tuples() -> None:
    weights = Weights(ig.array([1.0, 2.0]), ig.array(3.0))
    gradient = ig.grad(lambda p, x: (p.w * x).sum() + p.b)(weights, ig.array([10.0, 20.0]))
    assert isinstance(gradient, Weights)
    close(gradient.w, [10, 20])
    close(gradient.b, 1)
    assert gradient.name is None
    pair = ig.grad(lambda p: (p.left * p.right).sum())(Pair(ig.array([1.0]), ig.array([2.0])))
    assert isinstance(pair, Pair)
    close(pair.left, [2])


def test_argnames() -> None:
    def f(x, *, y, z=1.0):
        return (x * y * z).sum()

    x, y = ig.array([2.0]), ig.array([3.0])
    gradient = ig.grad(f, argnames="y")(x, y=y)
    assert gradient[0] is None
    close(gradient[1]["y"], [2])
    value, (dx, by_name) = ig.value_and_grad(f, argnums=0, argnames=["y"])(x, y=y, z=10.0)
    close(value, 60)
    close(dx, [30])
    close(by_name["y"], [20])
    with pytest.raises(ValueError, match="keyword argument 'w'"):
        ig.grad(f, argnames="w")(x, y=y)


def test_a_tuple_without_has_aux_belongs_to_the_value() -> None:
    (value, extra), gradient = ig.value_and_grad(lambda x: ((x * x).sum(), "extra"))(ig.array([3.0]))
    close(value, 9)
    assert extra == "extra"
    close(gradient, [6])
    with pytest.raises(TypeError, match="must return an array, got dict"):
        ig.grad(lambda x: {"loss": x.sum()})(ig.ones(2))
    with pytest.raises(TypeError, match="pair"):
        ig.grad(lambda x: x.sum(), has_aux=True)(ig.ones(2))


def test_modules_in_every_transform() -> None:
    layer = nn.Linear(3, 2)
    layer.bias.requires_grad_(False)
    x = ig.randn(4, 3)
    weight = numpy_of(layer.weight)

    def loss(module, x):
        return (module(x) ** 2).sum()

    gradient = ig.grad(loss)(layer, x)
    layer.zero_grad()
    loss(layer, x).backward()
    close(gradient["weight"], numpy_of(layer.weight.grad), 1e-5)
    close(gradient["bias"], [0, 0])
    _, change = ig.jvp(lambda m: m(x), (layer,), ({"weight": ig.ones((2, 3))},))
    close(change, numpy_of(x) @ np.ones((3, 2)), 1e-5)
    jacobian = ig.jacrev(lambda m: m(x[0]))(layer)
    close(jacobian["weight"][0, 0], numpy_of(x)[0], 1e-5)
    hessian = ig.hessian(lambda m: loss(m, x))(layer)
    assert hessian["weight"]["weight"].shape == (2, 3, 2, 3)
    per_sample = ig.vmap(lambda x: ig.grad(loss)(layer, x)["weight"])(x)
    close(per_sample.sum(axis=0), numpy_of(gradient["weight"]), 1e-4)
    close(layer.weight, weight, 0)
    assert layer.weight.is_leaf


def test_functional_call_and_ensembles() -> None:
    models = [nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)) for _ in range(3)]
    x = ig.randn(5, 3)
    parameters, buffers = ig.func.stack_module_state(models)
    assert buffers == {}
    together = ig.vmap(lambda p: ig.func.functional_call(models[0], p, (x,)))(parameters)
    for k, model in enumerate(models):
        close(together[k], numpy_of(model(x)), 1e-5)

    def loss(p, x):
        return (ig.func.functional_call(models[0], p, x) ** 2).sum()

    own = {name: p.detach() for name, p in models[0].named_parameters()}
    gradient = ig.grad(loss)(own, x)
    (models[0](x) ** 2).sum().backward()
    for name, parameter in models[0].named_parameters():
        close(gradient[name], numpy_of(parameter.grad), 1e-4)
    jitted = ig.jit(ig.grad(loss))
    for _ in range(2):
        close(jitted(own, x)["0.weight"], numpy_of(gradient["0.weight"]), 1e-4)
    with pytest.raises(KeyError, match="nothing"):
        ig.func.functional_call(models[0], {"nothing": x}, x)
    with pytest.raises(KeyError, match="missing"):
        ig.func.functional_call(models[0], {}, x, strict=True)


# ---- vmap ----


def test_vmap_axis_size_chunks_and_torch_names(rng: np.random.Generator) -> None:
    x = rng.normal(size=(5, 3))
    close(ig.vmap(lambda: ig.ones(2), axis_size=3)(), np.ones((3, 2)))
    close(ig.vmap(lambda x: x * 2, in_axes=None, axis_size=2)(array_of(x)), np.stack([2 * x, 2 * x]))
    for chunk in (1, 2, 5, 9):
        close(ig.vmap(lambda x, y: x * y, in_axes=(0, None), chunk_size=chunk)(array_of(x), array_of(x[0])), x * x[0])
    close(ig.vmap(lambda x: x.sum(), in_dims=1)(array_of(x)), x.sum(0))
    close(ig.vmap(lambda x: x * 1, in_dims=-1, out_dims=-1)(array_of(x)), x)
    with pytest.raises(ValueError, match="axis_size is 4"):
        ig.vmap(lambda x: x, axis_size=4)(array_of(x))
    with pytest.raises(ValueError, match="chunk_size"):
        ig.vmap(lambda x: x, chunk_size=0)


def test_nested_vmap_with_nested_axes(rng: np.random.Generator) -> None:
    a, b = rng.normal(size=(2, 3)), rng.normal(size=(4, 3))
    outer = ig.vmap(ig.vmap(lambda d: d["x"] @ d["y"], in_axes=({"x": None, "y": 0},)), in_axes=({"x": 0, "y": None},))
    close(outer({"x": array_of(a), "y": array_of(b)}), a @ b.T)
