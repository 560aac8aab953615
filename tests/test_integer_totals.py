"""Sums and products of integers: the dtypes of the Array API, and an error in place of a wrong number."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

import ingot as ig

TOTALS: dict[str, Callable] = {
    "sum": ig.sum,
    "prod": ig.prod,
    "cumulative_sum": lambda x, **how: ig.cumulative_sum(x, axis=0, **how),
    "cumulative_prod": lambda x, **how: ig.cumulative_prod(x, axis=0, **how),
    "trace": lambda x, **how: ig.linalg.trace(ig.reshape(x, (1, -1)), **how),
    "nansum": ig.nansum,
    "nanprod": ig.nanprod,
}
SIGNED, UNSIGNED = ("bool", "int8", "int16", "int32"), ("uint8", "uint16", "uint32")
RESULTS = {**dict.fromkeys(SIGNED, "int32"), **dict.fromkeys(UNSIGNED, "uint32"), "int64": "int64", "uint64": "uint64"}


@pytest.fixture
def pytorch_conventions() -> Iterator[None]:
    ig._core._set_pytorch_conventions(True)
    yield
    ig._core._set_pytorch_conventions(False)


@pytest.mark.parametrize("dtype", RESULTS)
@pytest.mark.parametrize("name", TOTALS)
def test_dtypes(name: str, dtype: str) -> None:
    x = ig.ones(3, dtype=getattr(ig, dtype))
    assert str(TOTALS[name](x).dtype) == RESULTS[dtype]
    for given in ("bool", "int8", "uint16", "int32", "int64", "float32", "complex64"):
        assert str(TOTALS[name](x, dtype=getattr(ig, given)).dtype) == given


@pytest.mark.parametrize("dtype", RESULTS)
def test_counts_are_indices(dtype: str) -> None:
    assert ig.count_nonzero(ig.ones(3, dtype=getattr(ig, dtype))).dtype == ig.int32


@pytest.mark.usefixtures("pytorch_conventions")
@pytest.mark.parametrize("dtype", RESULTS)
@pytest.mark.parametrize("name", TOTALS)
def test_pytorch_counts_in_int64(name: str, dtype: str) -> None:
    assert TOTALS[name](ig.full((3,), 1, dtype=getattr(ig, dtype))).dtype == ig.int64


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "uint16", "int32", "uint32"])
def test_the_most_that_fits(dtype: str) -> None:
    """Sums of extremes, of as many elements as 32 bits are sure to hold, and of twice as many."""
    kind = getattr(ig, dtype)
    info = ig.iinfo(kind)
    count = min(2 ** (32 - info.bits), 2**16)
    for value in (info.min, info.max):
        x = ig.full((count,), value, dtype=kind)
        assert ig.sum(x).item() == count * value
        assert ig.cumsum(x)[-1].item() == count * value
        assert ig.sum(ig.concat([x, x]), dtype=ig.int64).item() == 2 * count * value


@pytest.mark.parametrize("sign", [1, -1])
def test_what_does_not_fit(sign: int) -> None:
    x = ig.full((4,), sign * 2**30, dtype=ig.int32)
    sums = sign * 2**32, -3221225472 if sign < 0 else 2**31
    for result, shown in [
        (ig.sum(x), sums[0]),
        (ig.cumsum(x), sums[1]),
        (ig.trace(ig.full((4, 4), sign * 2**30)), sums[0]),
    ]:
        with pytest.raises(OverflowError, match=rf"{shown}.* does not fit into int32 \(-2147483648 to 2147483647\)"):
            ig.eval(result)
    with pytest.raises(OverflowError, match=r"sum: .*pass dtype=int64"):
        ig.sum(x).item()
    with pytest.raises(OverflowError, match=r"uint32 \(0 to 4294967295\)"):
        ig.sum(ig.full((2,), 2**31, dtype=ig.uint32)).item()
    assert ig.sum(x, dtype=ig.int64).item() == sign * 2**32
    assert ig.sum(x, dtype=ig.int32).item() == 0
    assert ig.mean(x).item() == sign * 2**30
    assert ig.mean(x, where=ig.array([True, True, True, False])).item() == sign * 2**30


@pytest.mark.parametrize("name", ["prod", "cumulative_prod", "nanprod"])
def test_products_that_do_not_fit_say_so_at_the_call(name: str) -> None:
    x = ig.full((4,), 2**30, dtype=ig.int32)
    with pytest.raises(OverflowError, match=r"prod: .* does not fit into int32"):
        TOTALS[name](x)
    recorded = ig.jit(TOTALS[name])
    assert recorded(ig.ones(4, dtype=ig.int32)).tolist() in (1, [1] * 4)
    with pytest.raises(OverflowError):
        ig.eval(recorded(x))
    assert ig.vmap(TOTALS[name])(ig.ones((2, 4), dtype=ig.int32)).tolist() in ([1] * 2, [[1] * 4] * 2)
    with pytest.raises(OverflowError):
        ig.eval(ig.vmap(TOTALS[name])(ig.stack([x, x])))


def test_axes_views_and_transforms() -> None:
    x = np.array([[2**30, 5, -1], [2**30 - 1, -7, 3]], np.int32)
    a = ig.array(x)
    np.testing.assert_array_equal(np.asarray(ig.sum(a, axis=0)), x.sum(0))
    np.testing.assert_array_equal(np.asarray(ig.sum(a.T[::2], axis=1)), x.T[::2].sum(1))
    np.testing.assert_array_equal(np.asarray(ig.prod(a[:, 1:], axis=1)), x[:, 1:].prod(1))
    np.testing.assert_array_equal(np.asarray(ig.vmap(ig.sum)(a[:, 1:])), x[:, 1:].sum(1))
    np.testing.assert_array_equal(np.asarray(ig.jit(lambda v: ig.cumsum(v, axis=1))(a[:, 1:])), x[:, 1:].cumsum(1))
    with pytest.raises(OverflowError):
        ig.jit(lambda v: ig.sum(ig.concat([v, v]), axis=0))(a)
    with pytest.raises(OverflowError):
        ig.eval(ig.vmap(ig.sum)(ig.concat([a, a], axis=1)))
    for shape in ((0,), (0, 3), ()):
        assert ig.sum(ig.zeros(shape, dtype=ig.int32)).item() == 0
        assert ig.cumsum(ig.zeros((0,), dtype=ig.int32)).shape == (0,)


def test_running_sums_leave_out_what_is_not_asked_for() -> None:
    x = ig.array([2**31 - 1, 1])
    assert ig.cumsum(x, inclusive=False).tolist() == [0, 2**31 - 1]
    assert ig.cumsum(x, inclusive=False, reverse=True).tolist() == [1, 0]
    assert ig.cumsum(ig.array([-5, 2**31 - 1, 5]), include_initial=True).tolist() == [0, -5, 2**31 - 6, 2**31 - 1]
    rows = np.full((3000, 70), 2**20, np.int32)
    for axis in (0, 1):
        got = ig.cumsum(ig.array(rows[:2000] if axis == 0 else rows), axis=axis)
        np.testing.assert_array_equal(np.asarray(got), np.cumsum(rows[:2000] if axis == 0 else rows, axis))
    with pytest.raises(OverflowError, match="cumsum: 2147483648 does not"):
        ig.eval(ig.cumsum(ig.array(rows), axis=0))


def test_products_by_zero_and_beyond_any_float() -> None:
    many = [2**31 - 1] * 40
    assert ig.prod(ig.array([*many, 0])).item() == 0
    assert ig.prod(ig.array([0, *many])).item() == 0
    assert ig.cumprod(ig.array([0, *many])).tolist() == [0] * 41
    assert ig.prod(ig.array([-(2**31), 1])).item() == -(2**31)
    with pytest.raises(OverflowError):
        ig.prod(ig.array(many)).item()
    with pytest.raises(OverflowError):
        ig.prod(ig.array([-(2**31), -1])).item()


def test_initial_values_are_added_before_the_result_is_fitted() -> None:
    x = ig.array([1, 2], dtype=ig.int8)
    assert ig.sum(x, initial=300).item() == 303
    assert ig.sum(x, initial=300).dtype == ig.int32
    assert ig.sum(x, initial=0.5).item() == 3.5
    assert ig.prod(x, initial=5, where=ig.array([False, True])).item() == 10
    assert ig.sum(x, initial=300, dtype=ig.int64).dtype == ig.int64
    for values in (x, ig.array([True])):
        with pytest.raises(OverflowError):
            ig.sum(values, initial=2**31 - 1).item()


def test_the_largest_of_nothing_has_the_dtype_of_the_elements() -> None:
    for find in (ig.max, ig.min):
        found = find(ig.zeros((0, 2), dtype=ig.int8), axis=0, initial=3)
        assert found.dtype == ig.int8
        assert found.tolist() == [3, 3]


def test_a_gradient_passes_by() -> None:
    x = ig.array([1.0, 2.0])
    count = ig.array([3, 4])
    assert ig.grad(lambda v: (v * ig.sum(count)).sum())(x).tolist() == [7, 7]
