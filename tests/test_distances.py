"""Distances of all pairs of rows: their digits, their shapes, their gradients at 0."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import leaf, numpy_of

import ingot as ig


def distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    difference = a[..., :, None, :].astype(np.float64) - b[..., None, :, :]
    return np.sqrt((difference**2).sum(-1))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("rows", "columns", "depth"), [(1, 1, 1), (5, 33, 3), (70, 65, 17), (3, 40, 600), (130, 2, 8)])
def test_any_number_of_rows(rows: int, columns: int, depth: int, dtype: str, rng: np.random.Generator) -> None:
    a, b = rng.standard_normal((rows, depth)).astype(dtype), rng.standard_normal((columns, depth)).astype(dtype)
    tolerance = 1e-6 if dtype == "float32" else 1e-14
    np.testing.assert_allclose(numpy_of(ig.cdist(ig.array(a), ig.array(b))), distances(a, b), rtol=tolerance)
    # However they lie in memory.
    got = ig.cdist(ig.array(np.ascontiguousarray(a.T)).T, ig.array(np.repeat(b, 2, 0))[::2])
    np.testing.assert_allclose(numpy_of(got), distances(a, b), rtol=tolerance)


def test_neighbours_far_from_the_origin_keep_their_digits(rng: np.random.Generator) -> None:
    a = (1e4 + rng.standard_normal((40, 30))).astype(np.float32)
    b = a + np.float32(0.01)
    got = ig.cdist(ig.array(a), ig.array(b))
    np.testing.assert_allclose(numpy_of(got), distances(a, b), rtol=1e-6)


def test_batches_broadcast_and_nest(rng: np.random.Generator) -> None:
    a, b = rng.standard_normal((2, 1, 4, 3)), rng.standard_normal((5, 6, 3))
    want = distances(a, b)
    np.testing.assert_allclose(numpy_of(ig.cdist(ig.array(a), ig.array(b))), want, rtol=1e-13)
    inner = ig.vmap(ig.cdist, (None, 0))(ig.array(a[0, 0]), ig.array(b))
    np.testing.assert_allclose(numpy_of(inner), want[0], rtol=1e-13)


def test_rows_for_all_of_a_batch_are_copied_once() -> None:
    many, rows = ig.ones((500, 2, 64)), ig.ones((128, 64))
    ig.eval(many, rows)
    before = ig.memory.active()
    ig.memory.reset_peak()
    ig.eval(ig.cdist(many, rows))
    assert ig.memory.peak() - before < 2 * 500 * 2 * 128 * 4


def test_equal_rows_have_gradient_zero() -> None:
    a, b = leaf([[1.0, 2.0], [4.0, 6.0]]), leaf([[1.0, 2.0]])
    ig.cdist(a, b).sum().backward()
    np.testing.assert_allclose(numpy_of(a.grad), [[0, 0], [0.6, 0.8]], rtol=1e-15)
    np.testing.assert_allclose(numpy_of(b.grad), [[-0.6, -0.8]], rtol=1e-15)


def test_dtypes_and_no_elements() -> None:
    assert ig.cdist(ig.ones((2, 3), dtype=ig.float16), ig.ones((4, 3))).dtype == ig.float32
    assert ig.cdist(ig.ones((2, 3), dtype=ig.bfloat16), ig.zeros((4, 3), dtype=ig.bfloat16)).dtype == ig.bfloat16
    assert ig.cdist([[0, 0]], [[3, 4]]).item() == 5
    assert ig.cdist(ig.ones((1, 2), dtype=ig.complex64), ig.zeros((1, 2))).dtype == ig.float32
    assert ig.cdist(ig.ones((0, 3)), ig.ones((4, 3))).shape == (0, 4)
    assert numpy_of(ig.cdist(ig.ones((2, 0)), ig.ones((3, 0)))).tolist() == [[0] * 3] * 2
