"""`grad`, `value_and_grad`, `vjp`, `jvp` and how they compose with each other, `vmap` and `jit`."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of, leaf, numpy_of

import ingot as ig


def close(got, want, tolerance: float = 1e-6) -> None:
    np.testing.assert_allclose(numpy_of(got), np.asarray(want), rtol=tolerance, atol=tolerance)


def cubic(x):
    return (x**3).sum()


# ---- grad and value_and_grad ----


def test_grad_of_the_first_argument() -> None:
    close(ig.grad(cubic)(ig.array([1.0, 2.0])), [3, 12])


def test_grad_changes_no_dot_grad() -> None:
    x = ig.array([1.0], requires_grad=True)
    ig.grad(cubic)(x)
    assert x.grad is None


def test_grad_sees_through_captured_leaves_only_as_constants() -> None:
    w = ig.array([3.0], requires_grad=True)
    close(ig.grad(lambda x: (w * x * x).sum())(ig.array([2.0])), [12])
    assert w.grad is None


def test_argnums_several() -> None:
    dx, dy = ig.grad(lambda x, y: (x * y**2).sum(), argnums=(0, 1))(ig.array([2.0]), ig.array([3.0]))
    close(dx, [9])
    close(dy, [12])


def test_argnums_negative_and_out_of_range() -> None:
    close(ig.grad(lambda x, y: (x * y).sum(), argnums=-1)(ig.array([2.0]), ig.array([3.0])), [2])
    with pytest.raises((ValueError, IndexError)):
        ig.grad(cubic, argnums=3)(ig.array([1.0]))


def test_value_and_grad() -> None:
    value, gradient = ig.value_and_grad(cubic)(ig.array([1.0, 2.0]))
    assert value.item() == pytest.approx(9)
    close(gradient, [3, 12])


def test_has_aux() -> None:
    (value, aux), gradient = ig.value_and_grad(lambda x: (cubic(x), {"double": x * 2}), has_aux=True)(ig.array([2.0]))
    assert value.item() == pytest.approx(8)
    close(aux["double"], [4])
    close(gradient, [12])


def test_pytree_argument() -> None:
    parameters = {"w": ig.array([2.0]), "layers": [ig.array([3.0]), (ig.array([4.0]),)]}
    gradient = ig.grad(lambda p: (p["w"] * p["layers"][0] * p["layers"][1][0]).sum())(parameters)
    close(gradient["w"], [12])
    close(gradient["layers"][0], [8])
    close(gradient["layers"][1][0], [6])
    assert isinstance(gradient["layers"][1], tuple)


def test_grad_of_a_non_scalar_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"scalar"):
        ig.grad(lambda x: x * 2)(ig.ones(3))


def test_argument_without_influence_gets_zeros() -> None:
    dx, dy = ig.grad(lambda x, y: x.sum(), argnums=(0, 1))(ig.ones(2), ig.ones(3))
    close(dx, [1, 1])
    close(dy, [0, 0, 0])


def test_keyword_arguments_are_passed_on() -> None:
    close(ig.grad(lambda x, scale=1.0: (x * scale).sum())(ig.ones(2), scale=4.0), [4, 4])


# ---- vjp and jvp ----


def test_vjp_of_a_matrix_product(rng: np.random.Generator) -> None:
    a, b, c = rng.normal(size=(2, 3)), rng.normal(size=(3, 4)), rng.normal(size=(2, 4))
    (y,), (da, db) = ig.vjp(ig.matmul, [array_of(a), array_of(b)], [array_of(c)])
    close(y, a @ b)
    close(da, c @ b.T)
    close(db, a.T @ c)


def test_jvp_of_a_matrix_product(rng: np.random.Generator) -> None:
    a, b, da, db = rng.normal(size=(4, 2, 2))
    _, (change,) = ig.jvp(ig.matmul, [array_of(a), array_of(b)], [array_of(da), array_of(db)])
    close(change, da @ b + a @ db)


def test_vjp_with_a_cotangent_of_another_shape() -> None:
    with pytest.raises(ValueError, match=r"\(3,\)"):
        ig.vjp(lambda x: x * 2, [ig.ones(2)], [ig.ones(3)])


# ---- compositions ----


def test_grad_of_grad() -> None:
    second = ig.grad(lambda x: ig.grad(cubic)(x).sum())
    close(second(ig.array([1.0, 2.0])), [6, 12])


def test_three_times_grad_of_a_scalar_function() -> None:
    f = ig.sin
    for _ in range(3):
        f = ig.grad(f)
    close(f(ig.array(0.7)), -np.cos(0.7))


def test_hessian_vector_product_both_ways(rng: np.random.Generator) -> None:
    x, v = array_of(rng.normal(size=4)), array_of(rng.normal(size=4))

    def f(z):
        return (ig.exp(z) * ig.sin(z)).sum() * (z * z).sum()

    forward_over_reverse = ig.jvp(ig.grad(f), [x], [v])[1][0]
    reverse_over_reverse = ig.grad(lambda z: (ig.grad(f)(z) * v).sum())(x)
    reverse_over_forward = ig.grad(lambda z: ig.jvp(f, [z], [v])[1][0])(x)
    close(forward_over_reverse, numpy_of(reverse_over_reverse), 1e-10)
    close(reverse_over_forward, numpy_of(reverse_over_reverse), 1e-10)


def test_hessian_by_vmap_of_jvp_of_grad(rng: np.random.Generator) -> None:
    x = array_of(rng.normal(size=3))
    rows = ig.vmap(lambda v: ig.jvp(ig.grad(cubic), [x], [v])[1][0])(ig.eye(3, dtype=ig.float64))
    close(rows, np.diag(6 * numpy_of(x)), 1e-10)


def test_gradient_of_each_sample() -> None:
    w = ig.array([1.0, -2.0])
    xs = ig.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    per_sample = ig.vmap(ig.grad(lambda w, x: ((w * x).sum()) ** 2), in_axes=(None, 0))(w, xs)
    data = numpy_of(xs)
    close(per_sample, 2 * (data @ [1, -2])[:, None] * data)


def test_backward_through_vmap_to_a_captured_leaf() -> None:
    w = leaf(np.array([1.0, 2.0]))
    ig.vmap(lambda x: (w * x).sum())(array_of(np.arange(6.0).reshape(3, 2))).sum().backward()
    close(w.grad, [6, 9])


def test_jvp_inside_vmap_inside_grad() -> None:
    def f(scale):
        directional = ig.vmap(lambda x: ig.jvp(lambda y: scale * y**3, [x], [ig.ones_like(x)])[1][0])
        return directional(ig.array([1.0, 2.0])).sum()

    close(ig.grad(f)(ig.array(2.0)), 3 * (1 + 4))


def test_jit_of_grad_and_grad_of_jit() -> None:
    x = ig.array([1.0, 2.0])
    close(ig.jit(ig.grad(cubic))(x), [3, 12])
    close(ig.grad(ig.jit(cubic))(x), [3, 12])


def test_jit_of_vmap_of_grad() -> None:
    f = ig.jit(ig.vmap(ig.grad(cubic)))
    x = ig.array([[1.0, 2.0], [3.0, 4.0]])
    close(f(x), 3 * numpy_of(x) ** 2)
    close(f(x + 1), 3 * (numpy_of(x) + 1) ** 2)


def test_backward_inside_grad_does_not_mix() -> None:
    """An inner `backward()` on its own leaf, while the outer transform differentiates by the argument."""

    def f(x):
        w = ig.array([2.0], requires_grad=True)
        (w * w).sum().backward()
        return (w.grad * x).sum()

    close(ig.grad(f)(ig.array([1.0])), [4])


def test_gradient_by_an_argument_that_the_function_changes_in_place() -> None:
    def function(x: ig.array) -> ig.array:
        x[0] = x[1] * 2
        return (x**2).sum()

    x = ig.array([1.0, 3.0])
    assert ig.grad(function)(x).tolist() == [0, 30]
    assert ig.value_and_grad(function)(x)[1].tolist() == [0, 30]
    assert ig.vjp(function, x)[1](ig.array(1.0))[0].tolist() == [0, 30]
    assert ig.jacrev(function)(x).tolist() == [0, 30]
    assert x.tolist() == [1, 3]
