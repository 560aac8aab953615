"""Many gradients that flow back to one array: products of a shared weight become one, slices are joined once."""

from __future__ import annotations

import numpy as np
from helpers import leaf, numpy_of

import ingot as ig


def recurrence(weight, bias, x):
    h = x[0] * 0
    for step in range(x.shape[0]):
        h = ig.tanh(x[step] + h @ weight.T + bias)
    return h


def test_a_weight_of_many_steps_gets_its_gradient_by_one_product(rng: np.random.Generator) -> None:
    weight = leaf(rng.normal(size=(40, 40)) / 8)
    bias, x = leaf(rng.normal(size=40)), leaf(rng.normal(size=(9, 2, 40)))
    recurrence(weight, bias, x).sum().backward()
    products = [line for line in ig.core.describe_plan([weight.grad]).splitlines() if "matmul" in line]
    by_weight = [line for line in products if "(40, 18)" in line]
    assert len(by_weight) == 1, products
    np.testing.assert_allclose(
        numpy_of(weight.grad),
        numpy_of(ig.jacfwd(lambda w: recurrence(w, bias.detach(), x.detach()).sum())(weight.detach())),
        rtol=1e-9,
        atol=1e-12,
    )


def test_products_of_a_shared_weight_on_either_side(rng: np.random.Generator) -> None:
    value = rng.normal(size=(30, 30))
    parts = [rng.normal(size=(3, 30)) for _ in range(6)]

    def loss(w):
        total = 0
        for i, part in enumerate(parts):
            total = total + (ig.sin(part @ w) if i % 2 else ig.cos(part @ w.T) + ig.sin(w @ part.T).T).sum()
        return total + (w * w).sum() + w[3:5].sum() + w[4].sum()

    w = leaf(value)
    loss(w).backward()
    want = 2 * value
    want[3:5] += 1
    want[4] += 1
    for i, part in enumerate(parts):
        if i % 2:
            want += part.T @ np.cos(part @ value)
        else:
            want -= np.sin(part @ value.T).T @ part
            want += np.cos(value @ part.T) @ part
    np.testing.assert_allclose(numpy_of(w.grad), want, rtol=1e-10, atol=1e-10)
    ig.autograd.gradcheck(ig.grad(loss), [ig.array(value[:30, :30])[:30]])


def test_many_slices_are_joined_once(rng: np.random.Generator) -> None:
    """However many there are, none of them is a pass over the whole array."""
    x = leaf(rng.normal(size=(200, 3)))
    sum((x[i] ** 2).sum() for i in range(200)).backward()
    assert "concatenate" in ig.core.describe_plan([x.grad])
    assert "slice" not in ig.core.describe_plan([x.grad])
    np.testing.assert_allclose(numpy_of(x.grad), 2 * numpy_of(x))
