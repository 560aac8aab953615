"""Functions given by samples, insertion and removal, positions, masked reductions and short-time transforms: what the
samples of the op suite do not say."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of, numpy_of

import ingot as ig

X = np.array([[3.0, -1.0, 2.0], [0.5, 4.0, -2.0]], dtype=np.float32)


def test_interp_of_one_sample_and_of_equal_places() -> None:
    np.testing.assert_array_equal(numpy_of(ig.interp([0.0, 5.0], [2.0], [7.0])), [7, 7])
    got = ig.interp([1.0, 0.5, 2.0], [0.0, 1.0, 1.0, 2.0], [0.0, 1.0, 5.0, 6.0])
    np.testing.assert_allclose(numpy_of(got), np.interp([1.0, 0.5, 2.0], [0.0, 1.0, 1.0, 2.0], [0.0, 1.0, 5.0, 6.0]))
    assert np.isnan(ig.interp(ig.nan, [0.0, 1.0], [0.0, 1.0]).item())


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: ig.interp([0.0], [0.0, 1.0], [0.0]), ig.ShapeError),
        (lambda: ig.interp([0.0], [], []), ValueError),
        (lambda: ig.interp([0.0], [0.0], [0.0], period=0.0), ValueError),
        (lambda: ig.gradient(ig.ones(1)), ig.ShapeError),
        (lambda: ig.gradient(ig.ones(5), edge_order=3), ValueError),
        (lambda: ig.gradient(ig.ones(5), ig.ones(4)), ig.ShapeError),
        (lambda: ig.gradient(ig.ones((5, 5)), 1.0, 2.0, 3.0), TypeError),
        (lambda: ig.trapezoid(ig.ones(5), ig.ones(4)), ig.ShapeError),
        (lambda: ig.polyval(ig.ones((2, 2)), 1.0), ig.ShapeError),
        (lambda: ig.polyfit([1.0, 2.0], [1.0], 1), ig.ShapeError),
        (lambda: ig.polyfit([1.0, 2.0], [1.0, 2.0], -1), ValueError),
        (lambda: ig.insert([1, 2], 3, 0), IndexError),
        (lambda: ig.delete([1, 2], 2), IndexError),
        (lambda: ig.delete([1, 2], [1.5]), TypeError),
        (lambda: ig.fill_diagonal(ig.ones(3), 0), ig.ShapeError),
        (lambda: ig.fill_diagonal(ig.ones((2, 3, 2)), 0), ig.ShapeError),
        (lambda: ig.ravel_multi_index(([0], [0]), (2, 2, 2)), ValueError),
        (lambda: ig.unravel_index(ig.array([1.0]), (2,)), TypeError),
        (lambda: ig.eval(ig.unravel_index(ig.array([6]), (2, 3))), IndexError),
        (lambda: ig.eval(ig.ravel_multi_index(([0], [3]), (2, 3))), IndexError),
        (lambda: ig.stft(ig.ones(4), 16, center=False), ig.ShapeError),
        (lambda: ig.stft(ig.ones(40), 16, window=ig.ones(17)), ig.ShapeError),
        (lambda: ig.stft(ig.ones(40), 0), ValueError),
        (lambda: ig.istft(ig.ones((4, 3), dtype=ig.complex64), 16), ig.ShapeError),
        (lambda: ig.where(ig.ones(2), 1.0), TypeError),
        (lambda: ig.max(ig.array(X), where=X > 0), TypeError),
    ],
)
def test_bad_arguments(call, error: type[Exception]) -> None:
    with pytest.raises(error):
        call()


def test_gradient_gives_what_each_library_gives() -> None:
    x = ig.array(X)
    assert isinstance(ig.gradient(x[0]), tuple)  # PyTorch's
    assert len(ig.gradient(x, spacing=(1.0, 2.0), dim=(0, 1))) == 2
    for got, want in zip(ig.gradient(x, 2.0), np.gradient(X, 2.0), strict=True):
        np.testing.assert_allclose(numpy_of(got), want, rtol=1e-6)
    np.testing.assert_allclose(numpy_of(ig.gradient(x, axis=1)), np.gradient(X, axis=1), rtol=1e-6)


@pytest.mark.parametrize(
    ("shape", "wrap"), [((3, 3), False), ((5, 2), False), ((5, 2), True), ((2, 5), False), ((2, 2, 2), False)]
)
def test_fill_diagonal(shape: tuple[int, ...], wrap: bool) -> None:
    want = np.zeros(shape, np.float32)
    np.fill_diagonal(want, [1.0, 2.0], wrap=wrap)
    got = ig.zeros(shape)
    ig.fill_diagonal(got, [1.0, 2.0], wrap)
    np.testing.assert_array_equal(numpy_of(got), want)
    assert got.fill_diagonal_(0.0) is got


def test_positions_there_and_back() -> None:
    positions = np.arange(24).reshape(4, 6)[::-1]
    indices = ig.unravel_index(ig.array(positions), (2, 3, 4))
    for got, want in zip(indices, np.unravel_index(positions, (2, 3, 4)), strict=True):
        np.testing.assert_array_equal(numpy_of(got), want)
    np.testing.assert_array_equal(numpy_of(ig.ravel_multi_index(indices, (2, 3, 4))), positions)
    assert [i.item() for i in ig.unravel_index(-1, (2, 3))] == [1, 2]
    assert ig.unravel_index(0, ()) == ()
    assert ig.flatnonzero(ig.array(X) > 1).tolist() == np.flatnonzero(X > 1).tolist()
    assert [i.tolist() for i in ig.where(ig.array(X) > 1)] == [i.tolist() for i in np.where(X > 1)]


def test_insertion_by_mask_and_nothing() -> None:
    x = ig.array([1, 2, 3])
    assert ig.insert(x, ig.array([True, False, True]), [8, 9]).tolist() == [8, 1, 2, 9, 3]
    assert ig.delete(x, ig.array([True, False, True])).tolist() == [2]
    assert ig.delete(x, []).tolist() == [1, 2, 3]
    assert ig.insert(x, [], []).tolist() == [1, 2, 3]


def test_arguments_of_extrema_leave_nan_out() -> None:
    x = np.array([[np.nan, -np.inf, 3.0], [np.nan, -np.inf, np.nan]], np.float32)
    assert ig.nanargmax(ig.array(x), axis=1).tolist() == [2, 1]
    assert ig.nanargmin(ig.array(x), axis=1).tolist() == [1, 1]
    assert ig.nanargmax(ig.array(x)).item() == np.nanargmax(x)
    assert ig.nanargmax(ig.array([ig.nan])).item() == 0
    assert ig.nanargmax(ig.array(x), keepdims=True).shape == (1, 1)
    assert ig.nanargmin(ig.array([3, 1, 2])).item() == 1


def test_reductions_of_some_elements() -> None:
    x, mask = ig.array(X), X > 0
    for name in ("sum", "prod", "mean"):
        want = getattr(np, name)(X, axis=1, where=mask)
        np.testing.assert_allclose(numpy_of(getattr(ig, name)(x, axis=1, where=mask)), want, rtol=1e-6)
    np.testing.assert_allclose(ig.sum(x, initial=10).item(), X.sum(initial=10), rtol=1e-6)
    np.testing.assert_allclose(ig.prod(x, initial=10).item(), X.prod(initial=10), rtol=1e-6)
    for name in ("max", "min"):
        want = getattr(np, name)(X, axis=0, where=mask, initial=1.0)
        np.testing.assert_array_equal(numpy_of(getattr(ig, name)(x, axis=0, where=mask, initial=1.0)), want)
        assert getattr(ig.zeros((0,)), name)(initial=3.0).item() == 3
    assert ig.max(ig.zeros((0, 2)), axis=0, initial=3.0).tolist() == [3, 3]


def test_divmod_is_pythons() -> None:
    for divide in (ig.divmod, divmod):
        quotient, rest = divide(ig.array([7, -7]), 2)
        assert (quotient.tolist(), rest.tolist()) == ([3, -4], [1, 1])


def test_logdet() -> None:
    assert ig.logdet(ig.array([[2.0, 0.0], [0.0, 3.0]])).item() == pytest.approx(np.log(6), rel=1e-6)
    assert np.isnan(ig.logdet(ig.array([[0.0, 1.0], [1.0, 0.0]])).item())
    assert ig.logdet(ig.zeros((2, 2))).item() == -np.inf


@pytest.mark.parametrize("centered", [True, False])
@pytest.mark.parametrize("normalized", [True, False])
def test_short_time_transform_of_complex_signals(centered: bool, normalized: bool, rng: np.random.Generator) -> None:
    signal = rng.normal(size=40) + 1j * rng.normal(size=40)
    x = array_of(signal, "complex128")
    window = ig.hamming_window(16, dtype=ig.float64)
    spectra = ig.stft(x, 16, 4, window=window, center=centered, normalized=normalized)
    assert spectra.shape[0] == 16
    back = ig.istft(spectra, 16, 4, window=window, center=centered, normalized=normalized, return_complex=True)
    np.testing.assert_allclose(numpy_of(back), signal, rtol=1e-10)


def test_short_window_and_parts() -> None:
    spectra = ig.stft(ig.ones(64), 16, win_length=8, return_complex=False)
    assert spectra.shape == (9, 33, 2)
    assert spectra[0, 5, 0].item() == pytest.approx(8)
    assert ig.istft(ig.stft(ig.ones(30), 8), 8, length=40).shape == (40,)
