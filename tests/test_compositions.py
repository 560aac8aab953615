"""Every transform of every other: functions from vectors to vectors whose first and second derivatives are known."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest
from helpers import array_of, numpy_of

import ingot as ig
from ingot.autograd import forward_ad

N = 4
RNG = np.random.default_rng(11)
MIX = RNG.normal(size=(N, N))
X, V, W = RNG.normal(size=(3, N))
EYE = np.eye(N)


class Known(NamedTuple):
    """A function and its derivatives at X: (N,), (N, N) and (N, N, N)."""

    function: Callable
    value: np.ndarray
    jacobian: np.ndarray
    hessian: np.ndarray


def mixed_sines() -> Known:
    mix = array_of(MIX)
    curved = -MIX[:, :, None] * np.sin(X)[None, :, None] * EYE[None]
    return Known(lambda x: mix @ ig.sin(x), MIX @ np.sin(X), MIX * np.cos(X), curved)


def cubic() -> Known:
    bent = 2 * (EYE[:, :, None] * X[None, None, :] + EYE[:, None, :] * X[None, :, None] + EYE[None] * X[:, None, None])
    return Known(lambda x: x * (x * x).sum(), X * (X @ X), (X @ X) * EYE + 2 * np.outer(X, X), bent)


def softmaxed() -> Known:
    s = np.exp(X) / np.exp(X).sum()
    jacobian = np.diag(s) - np.outer(s, s)
    # J_ij = s_i (d_ij - s_j)
    hessian = jacobian[:, None, :] * (EYE - s)[:, :, None] - s[:, None, None] * jacobian[None]
    return Known(lambda x: ig.softmax(x, axis=0), s, jacobian, hessian)


FUNCTIONS = {"mixed_sines": mixed_sines(), "cubic": cubic(), "softmaxed": softmaxed()}


def with_rules(f: Callable) -> Callable:
    wrapped = ig.custom_function(f)

    @wrapped.vjp
    def vjp_rule(x, cotangent, output):
        return ig.vjp(f, x)[1](cotangent)[0]

    @wrapped.jvp
    def jvp_rule(x, tangent):
        return ig.jvp(f, (x,), (tangent,))[1]

    return wrapped


def as_function(f: Callable) -> Callable:
    class Applied(ig.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return f(x)

        @staticmethod
        def backward(ctx, cotangent):
            return ig.vjp(f, ctx.saved_tensors[0])[1](cotangent)[0]

    return Applied.apply


def by_dual_arrays(f: Callable) -> Callable:
    def change(x):
        with forward_ad.dual_level():
            return forward_ad.unpack_dual(f(forward_ad.make_dual(x, array_of(V)))).tangent

    return change


#: How a transform changes a function from vectors to vectors: not at all, to J(x) v, or to w J(x).
SAME: dict[str, Callable] = {
    "jit": lambda f: ig.jit(f),
    "vmap": lambda f: lambda x: ig.vmap(f)(ig.stack([x, 2 * x]))[0],
    "checkpoint": lambda f: ig.checkpoint(f),
    "custom_function": with_rules,
    "autograd.Function": as_function,
}
FORWARD: dict[str, Callable] = {
    "jvp": lambda f: lambda x: ig.jvp(f, (x,), (array_of(V),))[1],
    "linearize": lambda f: lambda x: ig.linearize(f, x)[1](array_of(V)),
    "jacfwd": lambda f: lambda x: ig.jacfwd(f)(x) @ array_of(V),
    "jacobian": lambda f: lambda x: ig.jacobian(f)(x) @ array_of(V),
    "dual": by_dual_arrays,
}
REVERSE: dict[str, Callable] = {
    "grad": lambda f: ig.grad(lambda x: (f(x) * array_of(W)).sum()),
    "vjp": lambda f: lambda x: ig.vjp(f, x)[1](array_of(W))[0],
    "jacrev": lambda f: lambda x: array_of(W) @ ig.jacrev(f)(x),
}
TRANSFORMS = SAME | FORWARD | REVERSE


def reference(name: str, known: Known) -> tuple[np.ndarray, np.ndarray]:
    """Value and derivative of the transformed function."""
    if name in SAME:
        return known.value, known.jacobian
    if name in FORWARD:
        return known.jacobian @ V, np.einsum("ijk,j->ik", known.hessian, V)
    return W @ known.jacobian, np.einsum("ijk,i->jk", known.hessian, W)


@pytest.mark.parametrize(("outer", "inner"), list(product(TRANSFORMS, TRANSFORMS)))
def test_pairs(outer: str, inner: str) -> None:
    for name, known in FUNCTIONS.items():
        value, derivative = reference(inner, known)
        want = value if outer in SAME else derivative @ V if outer in FORWARD else W @ derivative
        got = TRANSFORMS[outer](TRANSFORMS[inner](known.function))(array_of(X))
        np.testing.assert_allclose(numpy_of(got), want, rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("wrapper", SAME)
@pytest.mark.parametrize(("outer", "inner"), list(product([*FORWARD, *REVERSE], [*FORWARD, *REVERSE])))
def test_second_derivatives_through_each_wrapper(outer: str, inner: str, wrapper: str) -> None:
    known = FUNCTIONS["cubic"]
    _, derivative = reference(inner, known)
    want = derivative @ V if outer in FORWARD else W @ derivative
    got = TRANSFORMS[outer](TRANSFORMS[inner](SAME[wrapper](known.function)))(array_of(X))
    np.testing.assert_allclose(numpy_of(got), want, rtol=1e-9, atol=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second", "third"), list(product(TRANSFORMS, TRANSFORMS, TRANSFORMS)))
def test_triples_agree_with_plain_transforms(first: str, second: str, third: str) -> None:
    """Against the same composition made of `grad` and `jvp` alone."""

    def plain(name: str) -> Callable:
        if name in SAME:
            return lambda f: f
        return FORWARD["jvp"] if name in FORWARD else REVERSE["grad"]

    f = FUNCTIONS["softmaxed"].function
    got = TRANSFORMS[third](TRANSFORMS[second](TRANSFORMS[first](f)))(array_of(X))
    want = plain(third)(plain(second)(plain(first)(f)))(array_of(X))
    np.testing.assert_allclose(numpy_of(got), numpy_of(want), rtol=1e-9, atol=1e-9)


def test_hessians_of_all_kinds() -> None:
    known = FUNCTIONS["softmaxed"]

    def scalar(x):
        return (known.function(x) * array_of(W)).sum()

    want = np.einsum("ijk,i->jk", known.hessian, W)
    kinds = {
        "hessian": ig.hessian(scalar),
        "reverse over reverse": ig.jacrev(ig.jacrev(scalar)),
        "reverse over forward": ig.jacrev(ig.jacfwd(scalar)),
        "forward over forward": ig.jacfwd(ig.jacfwd(scalar)),
        "jacobian of grad": ig.jacobian(ig.grad(scalar)),
        "jitted": ig.jit(ig.hessian(scalar)),
    }
    for name, hessian in kinds.items():
        np.testing.assert_allclose(numpy_of(hessian(array_of(X))), want, rtol=1e-9, atol=1e-9, err_msg=name)
    for product_of in (ig.hvp, ig.vhp):
        _, found = product_of(scalar, array_of(X), array_of(V))
        np.testing.assert_allclose(numpy_of(found), want @ V, rtol=1e-9, atol=1e-9)
    batched = ig.vmap(ig.hessian(scalar))(ig.stack([array_of(X), array_of(X)]))
    np.testing.assert_allclose(numpy_of(batched[1]), want, rtol=1e-9, atol=1e-9)
