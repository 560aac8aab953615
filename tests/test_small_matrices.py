"""Many matrices of a few elements each, which have loops of their own."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import leaf, numpy_of

import ingot as ig

SIDES = [(2, 2, 2), (3, 3, 3), (4, 4, 4), (1, 4, 3), (4, 1, 1), (2, 3, 0), (4, 4, 5), (5, 2, 2)]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("rows", "columns", "depth"), SIDES)
def test_products(rows: int, columns: int, depth: int, dtype: str, rng: np.random.Generator) -> None:
    a, b = rng.standard_normal((3, 7, rows, depth)), rng.standard_normal((3, 7, depth, columns))
    a, b = a.astype(dtype), b.astype(dtype)
    tolerance = 1e-5 if dtype == "float32" else 1e-13
    pairs = {
        "dense": (a, b, ig.array(a), ig.array(b)),
        "transposed": (a, b, ig.array(np.ascontiguousarray(a.swapaxes(2, 3))).mT, ig.array(b)),
        "broadcast": (a[:, :1], b[0], ig.array(a[:, :1]), ig.array(b[0])),
        "every_second": (a[:, ::2], b[:, ::2], ig.array(a)[:, ::2], ig.array(b)[:, ::2]),
    }
    for name, (left, right, x, y) in pairs.items():
        np.testing.assert_allclose(numpy_of(x @ y), left @ right, rtol=tolerance, atol=tolerance, err_msg=name)


def test_gradients_of_products(rng: np.random.Generator) -> None:
    a, b, g = (rng.standard_normal((20, 3, 3)) for _ in range(3))
    x, y = leaf(a), leaf(b)
    (x @ y).backward(ig.array(g))
    np.testing.assert_allclose(numpy_of(x.grad), g @ b.swapaxes(1, 2), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(numpy_of(y.grad), a.swapaxes(1, 2) @ g, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 8])
def test_systems(n: int, rng: np.random.Generator) -> None:
    a = rng.standard_normal((9, n, n)) + 2 * np.eye(n)
    b, x = rng.standard_normal((9, n, 3)), ig.array(a)
    np.testing.assert_allclose(numpy_of(ig.linalg.solve(x, ig.array(b))), np.linalg.solve(a, b), rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(numpy_of(ig.linalg.inv(x)), np.linalg.inv(a), rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(numpy_of(ig.linalg.inv(x.mT)), np.linalg.inv(a.swapaxes(1, 2)), rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(numpy_of(ig.linalg.det(x)), np.linalg.det(a), rtol=1e-9, atol=1e-11)
    square = a @ a.swapaxes(1, 2)
    np.testing.assert_allclose(numpy_of(ig.linalg.cholesky(ig.array(square))), np.linalg.cholesky(square), rtol=1e-9)


def test_the_one_that_has_no_inverse_is_named() -> None:
    a = np.tile(np.eye(2), (70, 70, 1, 1))
    a[61, 3] = 0
    with pytest.raises(ig.linalg.LinAlgError, match=r"the matrix at \(61, 3\) of the batch is singular"):
        ig.eval(ig.linalg.inv(ig.array(a)))
    with pytest.raises(ig.linalg.LinAlgError, match=r"the matrix at \(61, 3\) of the batch is not positive definite"):
        ig.eval(ig.linalg.cholesky(ig.array(a)))
