"""Products of bfloat16 and float16 matrices: sums in float32, whatever the shape and layout."""

from __future__ import annotations

import numpy as np
import pytest

import ingot as ig


def _operand(rng: np.random.Generator, shape: tuple[int, ...], dtype: ig.dtype, transposed: bool) -> ig.Tensor:
    x = ig.array(rng.standard_normal(shape).astype("float32")).astype(dtype)
    return x.mT.contiguous().mT if transposed else x


@pytest.mark.parametrize("dtype", [ig.bfloat16, ig.float16])
@pytest.mark.parametrize(
    "shape", [(1, 1, 1), (5, 7, 9), (33, 65, 17), (3, 1, 4), (64, 300, 96), (1, 129, 40), (200, 2, 1)]
)
@pytest.mark.parametrize("transposed", [(False, False), (True, False), (False, True), (True, True)])
def test_sums_are_float32(dtype: ig.dtype, shape: tuple[int, int, int], transposed: tuple[bool, bool]) -> None:
    rng = np.random.default_rng(0)
    m, k, n = shape
    a = _operand(rng, (m, k), dtype, transposed[0])
    b = _operand(rng, (k, n), dtype, transposed[1])
    exact = a.astype(ig.float64).numpy() @ b.astype(ig.float64).numpy()
    result = a @ b
    assert result.dtype == dtype
    step = 2.0**-8 if dtype == ig.bfloat16 else 2.0**-11
    bound = np.abs(exact) * step + 1e-5 * np.sqrt(k)
    assert (np.abs(result.astype(ig.float64).numpy() - exact) <= bound).all()


def test_batches_and_broadcasting() -> None:
    rng = np.random.default_rng(1)
    a = _operand(rng, (3, 1, 6, 11), ig.bfloat16, False)
    b = _operand(rng, (2, 11, 5), ig.bfloat16, True)
    exact = a.astype(ig.float64).numpy() @ b.astype(ig.float64).numpy()
    np.testing.assert_allclose((a @ b).astype(ig.float64).numpy(), exact, rtol=2**-8, atol=1e-5)


def test_slices_of_odd_offsets() -> None:
    rng = np.random.default_rng(2)
    whole = _operand(rng, (41, 43), ig.bfloat16, False)
    a, b = whole[1:20, 3:30], whole[2:29, 5:24]
    exact = a.astype(ig.float64).numpy() @ b.astype(ig.float64).numpy()
    np.testing.assert_allclose((a @ b).astype(ig.float64).numpy(), exact, rtol=2**-8, atol=1e-5)
