"""Scans, sorts and searches beyond the op suite: order of NaN and equals, long lanes, arguments, errors."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import INTEGERS, array_of, leaf, numpy_of, run_python

import ingot as ig

SPECIAL = np.array([3.0, np.nan, -np.inf, 0.0, -0.0, np.inf, np.nan, -1.5, 3.0, 1e-40, -1e-40])


# ---- sort ----


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_special_values(dtype: str) -> None:
    x = SPECIAL.astype(dtype)
    np.testing.assert_array_equal(numpy_of(ig.sort(array_of(x))), np.sort(x))
    np.testing.assert_array_equal(numpy_of(ig.argsort(array_of(x))), np.argsort(x, kind="stable"))
    falling = numpy_of(ig.sort(array_of(x), descending=True))
    assert np.isnan(falling[:2]).all()
    np.testing.assert_array_equal(falling[2:], np.sort(x)[::-1][2:])


@pytest.mark.parametrize("dtype", [*INTEGERS, "bool", "float16", "float32", "float64", "complex64"])
@pytest.mark.parametrize("length", [0, 1, 2, 127, 128, 3000])
def test_lanes_of_any_length(dtype: str, length: int, rng: np.random.Generator) -> None:
    values = rng.normal(size=(3, length)) * 40
    x = (values + 1j * values[::-1].round(-1) if dtype == "complex64" else values).astype(dtype)
    if dtype in INTEGERS and length:
        info = np.iinfo(dtype)
        x[:, 0] = info.max
        x[:, -1] = info.min
    y = array_of(x)
    np.testing.assert_array_equal(numpy_of(ig.sort(y)), np.sort(x))
    np.testing.assert_array_equal(numpy_of(ig.argsort(y)), np.argsort(x, kind="stable"))
    np.testing.assert_array_equal(numpy_of(ig.sort(y.T, axis=0)), np.sort(x).T)
    np.testing.assert_array_equal(numpy_of(ig.argsort(ig.contiguous(y.T), axis=0)), np.argsort(x, kind="stable").T)
    if dtype != "complex64":
        down = numpy_of(ig.argsort(y, descending=True))
        np.testing.assert_array_equal(numpy_of(ig.topk(y, min(length, 7)).indices), down[:, :7])
        low = numpy_of(ig.topk(y, min(length, 7), largest=False).indices)
        np.testing.assert_array_equal(low, np.argsort(x, kind="stable")[:, :7])


def test_equals_stay_in_their_order(rng: np.random.Generator) -> None:
    x = rng.integers(0, 5, 5000)
    y = array_of(x)
    np.testing.assert_array_equal(numpy_of(ig.argsort(y)), np.argsort(x, kind="stable"))
    down = numpy_of(ig.argsort(y, descending=True))
    np.testing.assert_array_equal(down, np.argsort(-x, kind="stable"))


def test_the_two_ways_of_asking() -> None:
    x = ig.array([[3.0, 1.0], [2.0, 5.0]])
    assert ig.sort(x).tolist() == [[1, 3], [2, 5]]
    assert ig.sort(x, axis=0).tolist() == [[2, 1], [3, 5]]
    assert ig.sort(x, axis=None).tolist() == [1, 2, 3, 5]
    values, indices = ig.sort(x, dim=0)
    assert (values.tolist(), indices.tolist()) == ([[2, 1], [3, 5]], [[1, 0], [0, 1]])
    assert x.sort().indices.tolist() == [[1, 0], [0, 1]]
    assert x.sort(0, True).values.tolist() == [[3, 5], [2, 1]]
    assert x.argsort(dim=0).tolist() == [[1, 0], [0, 1]]
    assert ig.sort(ig.array(2.0)).item() == 2
    assert ig.argsort(ig.array(2.0)).item() == 0
    assert ig.msort(x).tolist() == [[2, 1], [3, 5]]


def test_gradient_of_equals_goes_to_each_place() -> None:
    x = leaf(np.array([2.0, 1.0, 2.0, 1.0]))
    (ig.sort(x) * ig.array([1.0, 2.0, 3.0, 4.0], dtype=ig.float64)).sum().backward()
    assert x.grad.tolist() == [3, 1, 4, 2]


def test_lexsort(rng: np.random.Generator) -> None:
    keys = rng.integers(0, 3, (3, 50))
    np.testing.assert_array_equal(numpy_of(ig.lexsort([array_of(k) for k in keys])), np.lexsort(keys))


def test_partition(rng: np.random.Generator) -> None:
    x = rng.normal(size=(4, 30))
    for kth in (7, -3, [2, 20]):
        y = numpy_of(ig.partition(array_of(x), kth))
        for k in np.atleast_1d(kth):
            np.testing.assert_array_equal(y[:, k], np.partition(x, k)[:, k])
    np.testing.assert_array_equal(
        np.take_along_axis(x, numpy_of(ig.argpartition(array_of(x), 3)), 1)[:, 3], np.sort(x)[:, 3]
    )


def test_bits_do_not_depend_on_threads() -> None:
    code = (
        "import ingot as ig; x = ig.random.normal((40, 5000), key=ig.random.key(1)); import hashlib;"
        "parts = [ig.sort(x), ig.argsort(x, axis=0), ig.cumsum(x, axis=1),"
        "ig.cumprod(x, axis=0), ig.logcumsumexp(x, axis=1)];"
        "print([hashlib.sha256(p.numpy().tobytes()).hexdigest() for p in parts])"
    )
    one, three = (run_python(code, env={"INGOT_NUM_THREADS": n}).stdout for n in ("1", "3"))
    assert one == three


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda x: ig.sort(x, axis=2), IndexError, "sort"),
        (lambda x: ig.argsort(x, axis=-3), IndexError, "argsort"),
        (lambda x: ig.topk(x, 5), ValueError, "between 0 and 3"),
        (lambda x: ig.topk(x, -1), ValueError, "between 0 and 3"),
        (lambda x: ig.kthvalue(x, 0), ValueError, "between 1 and 3"),
        (lambda x: ig.topk(x.astype(ig.complex64), 1), TypeError, "order"),
        (lambda x: ig.partition(x, 3), ValueError, "out of range"),
        (lambda x: ig.lexsort([]), ValueError, "at least one"),
        (lambda x: ig.cumsum(x, axis=2), IndexError, "cumsum"),
        (lambda x: ig.cumsum(x, axis=0, dim=0), TypeError, "not both"),
        (lambda x: ig.cummax(x.astype(ig.complex64), 0), TypeError, "order"),
        (lambda x: ig.diff(x, -1), ValueError, "negative"),
        (lambda x: ig.searchsorted(x, ig.zeros((3, 4))), ig.ShapeError, "agree"),
        (lambda x: ig.searchsorted(ig.array(1.0), x), ig.ShapeError, "axis"),
        (lambda x: ig.searchsorted(x[0], x, side="middle"), ValueError, "middle"),
        (lambda x: ig.digitize(x, x), ig.ShapeError, "one axis"),
    ],
)
def test_errors(call, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call(ig.ones((2, 3)))


# ---- scans ----


def test_options_of_scans() -> None:
    x = ig.array([1.0, 2.0, 3.0])
    assert ig.cumulative_sum(x, include_initial=True).tolist() == [0, 1, 3, 6]
    assert ig.cumulative_prod(x, include_initial=True).tolist() == [1, 1, 2, 6]
    assert ig.cumsum(x, reverse=True).tolist() == [6, 5, 3]
    assert ig.cumsum(x, inclusive=False).tolist() == [0, 1, 3]
    assert ig.cumsum(x, reverse=True, inclusive=False).tolist() == [5, 3, 0]
    assert ig.cumsum(ig.zeros((0,)), include_initial=True).tolist() == [0]
    assert ig.cumsum(ig.zeros((2, 0)), axis=1).shape == (2, 0)
    assert ig.cumsum(ig.array(3.0)).tolist() == [3]


def test_running_extrema_and_nan() -> None:
    x = ig.array([1.0, 3.0, 3.0, 2.0, ig.nan, 5.0])
    values, indices = ig.cummax(x, 0)
    np.testing.assert_array_equal(numpy_of(values), [1, 3, 3, 3, np.nan, np.nan])
    assert indices.tolist() == [0, 1, 2, 2, 4, 4]
    np.testing.assert_array_equal(numpy_of(ig.cummin(x, 0, reverse=True).values), [np.nan] * 5 + [5])


def test_half_precision_scans_add_up_in_float32() -> None:
    x = ig.ones(5000, dtype=ig.float16)
    assert ig.cumsum(x)[-1].item() == 5000
    assert abs(ig.cumsum(ig.full((100_000,), 0.1))[-1].item() - 10_000) < 0.01


def test_logcumsumexp_at_infinities() -> None:
    inf = np.inf
    x = leaf(np.array([-inf, -inf, 1000.0, -inf, 1000.0]))
    y = ig.logcumsumexp(x, axis=0)
    np.testing.assert_allclose(numpy_of(y), [-inf, -inf, 1000, 1000, 1000 + np.log(2)])
    y[2:].sum().backward()
    np.testing.assert_allclose(numpy_of(x.grad), [0, 0, 2.5, 0, 0.5])
    assert ig.logcumsumexp(ig.array([0.0, inf, 1.0]))[1:].tolist() == [inf, inf]


def test_diff_of_bools_and_with_ends() -> None:
    assert ig.diff(ig.array([True, False, False])).tolist() == [True, False]
    x = ig.array([[1, 4], [9, 16]])
    assert ig.diff(x, prepend=ig.array([[0], [0]]), append=ig.array([[0], [0]])).tolist() == [[1, 3, -4], [9, 7, -16]]
    assert ig.diff(x, n=3).shape == (2, 0)
    assert ig.diff(x, n=0).tolist() == x.tolist()


# ---- searches ----


def test_searchsorted(rng: np.random.Generator) -> None:
    x, v = rng.integers(0, 50, 200), rng.integers(-5, 60, (7, 31))
    for side in ("left", "right"):
        want = np.searchsorted(np.sort(x), v, side)
        np.testing.assert_array_equal(numpy_of(ig.searchsorted(array_of(np.sort(x)), array_of(v), side=side)), want)
        sorter = np.argsort(x)
        got = ig.searchsorted(array_of(x), array_of(v), side=side, sorter=array_of(sorter))
        np.testing.assert_array_equal(numpy_of(got), want)
    assert ig.searchsorted(ig.array([1.0, 2.0]), ig.array(1.5)).shape == ()
    assert ig.searchsorted(ig.zeros((0,)), ig.array([1.0])).tolist() == [0]
    assert ig.searchsorted(ig.array([1.0, ig.nan]), ig.array([ig.nan, 9.0])).tolist() == [1, 1]


def test_searchsorted_under_vmap(rng: np.random.Generator) -> None:
    x, v = array_of(np.sort(rng.normal(size=(4, 9)))), array_of(rng.normal(size=(4, 2, 3)))
    for in_axes in ((0, 0), (0, None), (None, 0)):
        a = x if in_axes[0] == 0 else x[0]
        b = v if in_axes[1] == 0 else v[0]
        rows = ig.vmap(ig.searchsorted, in_axes=in_axes)(a, b)
        for i in range(4):
            want = ig.searchsorted(x[i] if in_axes[0] == 0 else a, v[i] if in_axes[1] == 0 else b)
            assert rows[i].tolist() == want.tolist()


def test_digitize_and_bucketize(rng: np.random.Generator) -> None:
    x, bins = rng.normal(size=50).round(1), np.array([-1.0, 0.0, 0.5, 2.0])
    for right in (False, True):
        for edges in (bins, bins[::-1].copy()):
            want = np.digitize(x, edges, right)
            np.testing.assert_array_equal(numpy_of(ig.digitize(array_of(x), array_of(edges), right)), want)
        want = np.searchsorted(bins, x, "right" if right else "left")
        np.testing.assert_array_equal(numpy_of(ig.bucketize(array_of(x), array_of(bins), right=right)), want)


def test_isin_and_counts(rng: np.random.Generator) -> None:
    x, test = rng.integers(0, 9, (5, 6)), rng.integers(0, 9, 4)
    np.testing.assert_array_equal(numpy_of(ig.isin(array_of(x), array_of(test))), np.isin(x, test))
    np.testing.assert_array_equal(numpy_of(ig.isin(array_of(x), array_of(test), invert=True)), ~np.isin(x, test))
    assert ig.isin(ig.array([1.0, ig.nan]), ig.array([ig.nan])).tolist() == [False, False]
    assert ig.isin(ig.array([1]), ig.zeros((0,))).tolist() == [False]
    np.testing.assert_array_equal(numpy_of(ig.count_nonzero(array_of(x), axis=0)), np.count_nonzero(x, axis=0))
    np.testing.assert_array_equal(numpy_of(ig.argwhere(array_of(x))), np.argwhere(x))
    assert ig.argwhere(ig.array(1.0)).shape == (1, 0)
    assert ig.argwhere(ig.array(0.0)).shape == (0, 0)


# ---- places of extrema ----


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint16", "int32", "uint64", "float16", "float32", "float64"])
@pytest.mark.parametrize("shape", [(7, 300), (3, 5, 2), (2, 40, 129), (1, 1, 1), (60, 2)])
def test_places_of_extrema_along_any_axis(dtype: str, shape: tuple[int, ...], rng: np.random.Generator) -> None:
    value = rng.integers(0, 6, shape).astype(dtype)
    if "float" in dtype and value.size > 10:
        value.reshape(-1)[rng.integers(0, value.size, value.size // 9)] = np.nan
    for x, y in [
        (value, array_of(value)),
        (value.T, array_of(value).T),
        (value[..., ::-1], array_of(value)[..., ::-1]),
    ]:
        for axis in range(x.ndim):
            np.testing.assert_array_equal(numpy_of(ig.argmax(y, axis=axis)), np.argmax(x, axis=axis))
            np.testing.assert_array_equal(numpy_of(ig.argmin(y, axis=axis)), np.argmin(x, axis=axis))
    assert ig.argmax(ig.zeros((3, 0)), axis=0).shape == (0,)
