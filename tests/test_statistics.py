"""Sets, histograms and statistics beside NumPy's: options, NaN, empty arrays, gradients, errors."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of, leaf, numpy_of

import ingot as ig

NAN = np.array([[1.0, np.nan, 3.0, 4.0], [np.nan, np.nan, np.nan, np.nan], [2.0, 8.0, -1.0, 0.0]])


# ---- sets ----


@pytest.mark.parametrize("dtype", ["bool", "int16", "uint32", "float32", "float64", "complex128"])
def test_unique(dtype: str, rng: np.random.Generator) -> None:
    x = (rng.integers(0, 6, (4, 7)) + (1j * rng.integers(0, 2, (4, 7)) if "complex" in dtype else 0)).astype(dtype)
    want = np.unique(x, return_index=True, return_inverse=True, return_counts=True)
    got = ig.unique(array_of(x), return_index=True, return_inverse=True, return_counts=True)
    for a, b in zip(got, want, strict=True):
        np.testing.assert_array_equal(numpy_of(a).reshape(-1), b.reshape(-1))
    everything = ig.unique_all(array_of(x))
    assert everything.inverse_indices.shape == x.shape
    np.testing.assert_array_equal(numpy_of(everything.values[everything.inverse_indices]), x)
    assert ig.unique_counts(array_of(x)).counts.tolist() == want[3].tolist()
    assert ig.unique_inverse(array_of(x)).inverse_indices.tolist() == everything.inverse_indices.tolist()
    np.testing.assert_array_equal(numpy_of(ig.unique_values(array_of(x))), want[0])


def test_unique_along_an_axis(rng: np.random.Generator) -> None:
    x = rng.integers(0, 2, (8, 3))
    for axis in (0, 1):
        want = np.unique(x, axis=axis, return_index=True, return_inverse=True, return_counts=True)
        got = ig.unique(array_of(x), dim=axis, return_index=True, return_inverse=True, return_counts=True)
        for a, b in zip(got, want, strict=True):
            np.testing.assert_array_equal(numpy_of(a), b.reshape(numpy_of(a).shape))


def test_unique_of_nan_zeros_and_nothing() -> None:
    x = ig.array([ig.nan, 1.0, ig.nan, -0.0, 0.0])
    assert ig.unique(x).shape == (4,)
    assert ig.unique(x, equal_nan=True).shape == (3,)
    assert ig.unique_counts(x).counts.tolist() == [2, 1, 1, 1]
    assert ig.unique(ig.zeros((0, 3))).shape == (0,)
    assert ig.unique_all(ig.array(5)).inverse_indices.shape == ()
    assert ig.unique(ig.zeros((0, 3)), dim=0).shape == (0, 3)


def test_gradient_of_unique_goes_to_the_first() -> None:
    x = leaf(np.array([3.0, 1.0, 3.0]))
    (ig.unique(x) * ig.array([1.0, 2.0], dtype=ig.float64)).sum().backward()
    assert x.grad.tolist() == [2, 1, 0]


def test_unique_consecutive() -> None:
    x = ig.array([1, 1, 2, 2, 3, 1, 1, 2])
    values, inverse, counts = ig.unique_consecutive(x, return_inverse=True, return_counts=True)
    assert values.tolist() == [1, 2, 3, 1, 2]
    assert inverse.tolist() == [0, 0, 1, 1, 2, 3, 3, 4]
    assert counts.tolist() == [2, 2, 1, 2, 1]
    assert ig.unique_consecutive(ig.array([[1, 2], [1, 2], [0, 0]]), dim=0).tolist() == [[1, 2], [0, 0]]


def test_set_algebra(rng: np.random.Generator) -> None:
    x, y = rng.integers(0, 9, 12), rng.integers(4, 14, (3, 4))
    for name in ("intersect1d", "union1d", "setdiff1d", "setxor1d"):
        got = getattr(ig, name)(array_of(x), array_of(y))
        np.testing.assert_array_equal(numpy_of(got), getattr(np, name)(x, y))


# ---- histograms ----


def test_bincount(rng: np.random.Generator) -> None:
    x, w = rng.integers(0, 9, 40), rng.normal(size=40)
    np.testing.assert_array_equal(numpy_of(ig.bincount(array_of(x))), np.bincount(x))
    got = ig.bincount(array_of(x), minlength=15, weights=array_of(w))
    np.testing.assert_allclose(numpy_of(got), np.bincount(x, w, 15), rtol=1e-12)
    assert ig.bincount(ig.zeros((0,), dtype=ig.int32)).shape == (0,)
    weights = leaf(w)
    ig.bincount(array_of(x), weights)[3].backward()
    np.testing.assert_array_equal(numpy_of(weights.grad), x == 3)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ig.bincount(ig.array([1, -2])), ValueError, "-2"),
        (lambda: ig.bincount(ig.array([1.0])), TypeError, "integers"),
        (lambda: ig.bincount(ig.zeros((2, 2), dtype=ig.int32)), ig.ShapeError, "one axis"),
        (lambda: ig.bincount(ig.array([1]), minlength=-1), ValueError, "minlength"),
        (lambda: ig.histogram(ig.ones(3), 0), ValueError, "at least one bin"),
        (lambda: ig.histogram(ig.ones(3), 2, (1.0, 0.0)), ValueError, "rising"),
        (lambda: ig.histogram(ig.ones(3), [1.0]), ig.ShapeError, "two edges"),
        (lambda: ig.histogram(ig.ones(3), 2, weights=ig.ones(2)), ig.ShapeError, "weights"),
        (lambda: ig.unique(ig.ones(3), dim=1), IndexError, "unique"),
        (lambda: ig.quantile(ig.ones(3), 1.5), ValueError, "between 0 and 1"),
        (lambda: ig.quantile(ig.ones(3), 0.5, method="best"), ValueError, "hazen"),
        (lambda: ig.quantile(ig.ones((0,)), 0.5), ValueError, "empty"),
        (lambda: ig.median(ig.ones((0,))), ValueError, "empty"),
        (lambda: ig.median(ig.ones(3), axis=1), IndexError, "median"),
        (lambda: ig.nanmax(ig.ones((0,))), ValueError, "empty"),
        (lambda: ig.max(ig.ones((0, 2)), 0), ValueError, "empty"),
        (lambda: ig.max(ig.ones(2), 0, axis=0), TypeError, "not both"),
        (lambda: ig.average(ig.ones((2, 3)), axis=0, weights=ig.ones(3)), ig.ShapeError, "weights"),
        (lambda: ig.cov(ig.ones((2, 2, 2))), ig.ShapeError, "one or two axes"),
    ],
)
def test_errors(call, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_histogram(rng: np.random.Generator) -> None:
    x, w = rng.normal(size=300).round(2), rng.uniform(size=300)
    for options in ({}, {"bins": 7}, {"bins": 5, "range": (-1.0, 1.0)}, {"density": True}, {"weights": w}):
        ours = {k: array_of(v) if k == "weights" else v for k, v in options.items()}
        counts, edges = ig.histogram(array_of(x), **ours)
        want, want_edges = np.histogram(x, **options)
        np.testing.assert_allclose(numpy_of(edges), want_edges, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(numpy_of(counts), want, rtol=1e-12)
    edges = [-2.0, -0.5, 0.1, 4.0]
    np.testing.assert_allclose(numpy_of(ig.histogram(array_of(x), edges)[0]), np.histogram(x, edges)[0])
    counts, edges = ig.histogram(ig.array([1, 2, 2, 3]), 3)
    assert (counts.dtype, counts.tolist()) == (ig.int64, [1, 2, 1])
    assert ig.histogram(ig.array([2.0, 2.0]), 2)[1].tolist() == [1.5, 2.0, 2.5]
    assert ig.histogram(ig.zeros((0,)), 2)[0].tolist() == [0, 0]
    assert ig.histogram(ig.array([0.0, ig.nan, 1.0]), 2, (0.0, 1.0))[0].tolist() == [1, 1]


def test_histogramdd(rng: np.random.Generator) -> None:
    x = rng.normal(size=(200, 2))
    for options in (
        {"bins": 4},
        {"bins": [3, 5]},
        {"bins": 3, "range": [(-1, 1), (-2, 0)]},
        {"bins": 3, "density": True},
    ):
        counts, edges = ig.histogramdd(array_of(x), **options)
        want, want_edges = np.histogramdd(x, **options)
        np.testing.assert_allclose(numpy_of(counts), want, rtol=1e-10)
        for a, b in zip(edges, want_edges, strict=True):
            np.testing.assert_allclose(numpy_of(a), b, rtol=1e-10, atol=1e-12)


# ---- statistics ----


@pytest.mark.parametrize("name", ["nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nanmax", "nanmin"])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_nan_reductions(name: str) -> None:
    for axis in (None, 0, 1, -1, (0, 1)):
        got = getattr(ig, name)(array_of(NAN), axis=axis)
        np.testing.assert_allclose(numpy_of(got), getattr(np, name)(NAN, axis=axis), rtol=1e-12)
    integers = np.array([[3, 1], [2, 5]])
    assert numpy_of(getattr(ig, name)(array_of(integers))) == pytest.approx(getattr(np, name)(integers))


def test_gradients_leave_nan_alone() -> None:
    for name in ("nansum", "nanmean", "nanmax", "nanvar"):
        x = leaf(np.array([1.0, np.nan, 4.0]))
        getattr(ig, name)(x).backward()
        assert np.isfinite(numpy_of(x.grad)).all(), name
        assert numpy_of(x.grad)[1] == 0


def test_variance_where_nothing_is_left() -> None:
    assert np.isnan(numpy_of(ig.nanvar(ig.array([1.0, ig.nan]), correction=1)))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_quantiles(rng: np.random.Generator) -> None:
    x = rng.normal(size=(4, 5, 3))
    q = np.array([[0.0, 0.3], [0.5, 1.0]])
    for axis in (None, 1, (0, 2)):
        for keepdims in (False, True):
            got = ig.quantile(array_of(x), array_of(q), axis=axis, keepdims=keepdims)
            np.testing.assert_allclose(numpy_of(got), np.quantile(x, q, axis=axis, keepdims=keepdims), rtol=1e-12)
    np.testing.assert_allclose(numpy_of(ig.nanquantile(array_of(NAN), 0.4, axis=1)), np.nanquantile(NAN, 0.4, axis=1))
    np.testing.assert_allclose(numpy_of(ig.quantile(array_of(NAN), 0.4, axis=1)), np.quantile(NAN, 0.4, axis=1))
    np.testing.assert_allclose(numpy_of(ig.percentile(array_of(x), 30)), np.percentile(x, 30))
    assert ig.quantile(ig.array([1, 2, 3, 4]), 0.5).item() == 2.5
    assert ig.quantile(ig.array([0.0, np.inf, np.inf]), 0.5).item() == np.inf
    assert ig.quantile(ig.array(4.0), 0.3).item() == 4
    half = ig.quantile(ig.array([1.0, 2.0], dtype=ig.float16), 0.5)
    assert (half.dtype, half.item()) == (ig.float16, 1.5)


def test_median_is_the_lower_one() -> None:
    x = ig.array([[4.0, 1.0, 3.0, 2.0], [ig.nan, 1.0, 0.0, 5.0]])
    values, indices = ig.median(x, 1)
    np.testing.assert_array_equal(numpy_of(values), [2, np.nan])
    assert indices.tolist() == [3, 0]
    assert ig.nanmedian(x, 1).values.tolist() == [2, 1]
    assert ig.nanmedian(x, axis=1).tolist() == [2, 1]
    assert ig.median(x[0]).item() == 2
    assert np.isnan(ig.median(x).item())
    assert ig.median(x, axis=0, keepdims=True).shape == (1, 4)
    assert ig.median(ig.array(3.0)).item() == 3
    assert np.isnan(ig.nanmedian(ig.array([ig.nan])).item())
    assert ig.median(ig.array([5, 3, 1, 2])).item() == 2


def test_mode() -> None:
    values, indices = ig.mode(ig.array([[2, 1, 2, 1], [3, 0, 3, 3]]))
    assert (values.tolist(), indices.tolist()) == ([1, 3], [3, 3])
    assert ig.mode(ig.array([[2, 1], [2, 0]]), 0, keepdim=True).values.tolist() == [[2, 0]]
    assert ig.mode(ig.array(4)).values.item() == 4


def test_max_along_a_dim_and_an_axis() -> None:
    x = leaf(np.array([[1.0, 5.0, 5.0], [2.0, 0.0, 1.0]]))
    values, indices = ig.max(x, 1)
    assert (values.tolist(), indices.tolist()) == ([5, 2], [1, 0])
    values.sum().backward()
    assert x.grad.tolist() == [[0, 1, 0], [1, 0, 0]]
    assert x.max(dim=0, keepdim=True).values.shape == (1, 3)
    assert ig.max(x, axis=1).tolist() == [5, 2]
    assert x.min(axis=0).tolist() == [1, 0, 1]
    assert x.min().item() == 0
    assert ig.max(x, ig.zeros(3)).tolist() == [[1, 5, 5], [2, 0, 1]]
    assert ig.max(ig.array(3.0), 0).indices.item() == 0
    assert ig.amax(x, (0, 1)).item() == 5


def test_small_functions() -> None:
    x = ig.array([[1.0, 5.0], [2.0, 0.0]])
    low, high = ig.aminmax(x, dim=1)
    assert (low.tolist(), high.tolist()) == ([1, 0], [5, 2])
    variance, mean = ig.var_mean(x, 0)
    assert (variance.tolist(), mean.tolist()) == ([0.5, 12.5], [1.5, 2.5])
    assert ig.std_mean(x, correction=0)[1].item() == 2
    average, total = ig.average(x, axis=1, weights=[1.0, 3.0], returned=True)
    assert (average.tolist(), total.tolist()) == ([4, 0.5], [4, 4])
    assert ig.average(x, returned=True)[1].item() == 4
    assert ig.ptp(x).item() == 5


def test_cov_and_corrcoef(rng: np.random.Generator) -> None:
    x, y = rng.normal(size=(3, 8)), rng.normal(size=(2, 8))
    f, a = rng.integers(1, 4, 8), rng.uniform(size=8)
    np.testing.assert_allclose(numpy_of(ig.cov(array_of(x), array_of(y))), np.cov(x, y), rtol=1e-10)
    np.testing.assert_allclose(numpy_of(ig.cov(array_of(x.T), rowvar=False)), np.cov(x), rtol=1e-10)
    np.testing.assert_allclose(numpy_of(ig.cov(array_of(x), bias=True)), np.cov(x, bias=True), rtol=1e-10)
    got = ig.cov(array_of(x), fweights=array_of(f), aweights=array_of(a))
    np.testing.assert_allclose(numpy_of(got), np.cov(x, fweights=f, aweights=a), rtol=1e-10)
    np.testing.assert_allclose(numpy_of(ig.cov(array_of(x[0]))), np.cov(x[0]), rtol=1e-10)
    np.testing.assert_allclose(numpy_of(ig.corrcoef(array_of(x))), np.corrcoef(x), rtol=1e-10)


def test_variance_of_complex_and_of_nothing() -> None:
    z = np.array([1 + 2j, 3 - 1j, 0.5j])
    np.testing.assert_allclose(numpy_of(ig.var(array_of(z), correction=1)), np.var(z, ddof=1))
    np.testing.assert_allclose(numpy_of(ig.std(array_of(z))), np.std(z))
    assert np.isnan(ig.var(ig.zeros((0,))).item())
    assert ig.var(ig.zeros((0, 2)), axis=1).shape == (0,)
