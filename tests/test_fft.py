"""Fourier transforms beside NumPy's: every function, norm, length, cut, padding, dtype; accuracy; errors."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import COMPLEX, FLOATS, array_of, numpy_of

import ingot as ig

LENGTHS = (1, 2, 3, 4, 5, 8, 12, 31, 97, 128, 360, 1009)
ALONG = ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")
OVER = ("fftn", "ifftn", "rfftn", "irfftn", "fft2", "ifft2", "rfft2", "irfft2")
NORMS = ("backward", "ortho", "forward")


def draw(rng: np.random.Generator, name: str, shape: tuple[int, ...]) -> np.ndarray:
    values = rng.normal(size=shape)
    real = name == "ihfft" or name.startswith("rfft")
    return values if real else values + 1j * rng.normal(size=shape)


def close(got, want: np.ndarray, tolerance: float = 1e-13) -> None:
    got = numpy_of(got)
    assert got.shape == want.shape and got.dtype.kind == want.dtype.kind
    np.testing.assert_allclose(got, want, rtol=0, atol=tolerance * (np.abs(want).max(initial=0) + 1))


@pytest.mark.parametrize("name", ALONG)
@pytest.mark.parametrize("n", LENGTHS)
def test_every_length(name: str, n: int, rng: np.random.Generator) -> None:
    x = draw(rng, name, (3, n))
    if n == 1 and name in ("irfft", "hfft"):  # the default length, 2 (n - 1), would be 0: an error in NumPy too
        with pytest.raises(ValueError, match="at least 1, got 0"):
            getattr(ig.fft, name)(ig.array(x))
        return
    for norm in NORMS:
        close(getattr(ig.fft, name)(ig.array(x), norm=norm), getattr(np.fft, name)(x, norm=norm))


@pytest.mark.parametrize("name", ALONG)
@pytest.mark.parametrize("n", [4, 8, 16, 32, 128, 1024, 2048])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_many_lines_of_a_power_of_two(name: str, n: int, dtype: str, rng: np.random.Generator) -> None:
    count = n // 2 + 1 if name in ("irfft", "hfft") else n
    for lines in (7, 16, 19, 40):
        x = draw(rng, name, (lines, count))
        x = x.astype(dtype if x.dtype.kind == "f" else {"float32": "complex64", "float64": "complex128"}[dtype])
        tolerance = 1e-6 if dtype == "float32" else 1e-15
        for norm in NORMS:
            want = getattr(np.fft, name)(x, norm=norm)
            close(getattr(ig.fft, name)(ig.array(x), norm=norm), want, tolerance)
        # Lines that lie apart, and backwards.
        want = getattr(np.fft, name)(x[::-2])
        close(getattr(ig.fft, name)(ig.array(x)[::-2]), want, tolerance)


def test_two_axes_of_a_power_of_two(rng: np.random.Generator) -> None:
    x = rng.normal(size=(3, 32, 64)) + 1j * rng.normal(size=(3, 32, 64))
    close(ig.fft.fftn(ig.array(x)), np.fft.fftn(x))
    close(ig.fft.ifft2(ig.array(x)), np.fft.ifft2(x))
    close(ig.fft.fft2(ig.array(x.real)), np.fft.fft2(x.real))
    close(ig.fft.irfft2(ig.fft.rfft2(ig.array(x.real))), x.real)
    close(ig.fft.fft(ig.array(x), axis=1), np.fft.fft(x, axis=1))


@pytest.mark.parametrize("name", ALONG)
@pytest.mark.parametrize("n", [1, 3, 6, 9])
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_cut_and_padded(name: str, n: int, axis: int, rng: np.random.Generator) -> None:
    x = draw(rng, name, (5, 4, 6))
    close(getattr(ig.fft, name)(ig.array(x), n, axis), getattr(np.fft, name)(x, n, axis))
    close(getattr(ig.fft, name)(ig.array(x), n=n, dim=axis), getattr(np.fft, name)(x, n, axis))


@pytest.mark.parametrize("name", OVER)
@pytest.mark.parametrize(
    ("s", "axes"), [(None, None), (None, (0, 1)), ((3, 6), (2, 0)), ((7, 2), (-2, -1)), (None, (1, 2))], ids=str
)
def test_several_axes(name: str, s, axes, rng: np.random.Generator) -> None:
    x = draw(rng, name, (4, 5, 6))
    for norm in NORMS:
        want = getattr(np.fft, name)(x, s, **({} if axes is None else {"axes": axes}), norm=norm)
        close(getattr(ig.fft, name)(ig.array(x), s, axes, norm), want)


@pytest.mark.parametrize("dtype", ["bool", "int32", *FLOATS, *COMPLEX])
def test_dtypes(dtype: str) -> None:
    x = array_of(np.array([1.0, 0.0, 1.0, 1.0]), dtype)
    double = dtype in ("float64", "complex128")
    assert ig.fft.fft(x).dtype == (ig.complex128 if double else ig.complex64)
    assert ig.fft.irfft(x).dtype == (ig.float64 if double else ig.float32)
    np.testing.assert_allclose(numpy_of(ig.fft.fft(x)), np.fft.fft([1, 0, 1, 1]), atol=1e-6)
    if not dtype.startswith("complex"):
        assert ig.fft.rfft(x).dtype == (ig.complex128 if double else ig.complex64)


@pytest.mark.parametrize("n", [1024, 1000, 1009, 3**7, 65536, 65537])
def test_single_precision_loses_no_digits(n: int, rng: np.random.Generator) -> None:
    """The relative error in the norm is a few units, times the logarithm of the length."""
    x = (rng.normal(size=n) + 1j * rng.normal(size=n)).astype(np.complex64)
    want = np.fft.fft(x.astype(np.complex128))
    error = np.linalg.norm(numpy_of(ig.fft.fft(ig.array(x))) - want) / np.linalg.norm(want)
    assert error < 1.2e-7 * np.log2(n)


PAIRS = [("fft", "ifft"), ("rfft", "irfft"), ("fftn", "ifftn"), ("ihfft", "hfft")]


@pytest.mark.parametrize(("forward", "back"), PAIRS)
def test_there_and_back(forward: str, back: str, rng: np.random.Generator) -> None:
    x = draw(rng, forward, (6, 10))
    for norm in NORMS:
        again = getattr(ig.fft, back)(getattr(ig.fft, forward)(ig.array(x), norm=norm), norm=norm)
        np.testing.assert_allclose(numpy_of(again), x, atol=1e-13)


VIEWS = {"transposed": lambda x: x.T, "reversed": lambda x: x[::-1], "spread": lambda x: x[:, ::2]}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_any_strides(view, rng: np.random.Generator) -> None:
    x = rng.normal(size=(12, 10)) + 1j * rng.normal(size=(12, 10))
    for axis in (0, 1):
        close(ig.fft.fft(view(ig.array(x)), axis=axis), np.fft.fft(view(x), axis=axis))
        close(ig.fft.rfft(view(ig.array(x.real)), axis=axis), np.fft.rfft(view(x.real), axis=axis))
        close(ig.fft.irfft(view(ig.array(x)), axis=axis), np.fft.irfft(view(x), axis=axis))


def test_many_lines_in_tasks(rng: np.random.Generator) -> None:
    """More than one task, along either axis, the last of them a short one."""
    x = rng.normal(size=(37, 3, 800)) + 1j * rng.normal(size=(37, 3, 800))
    for axis in (0, 1, 2):
        close(ig.fft.fft(ig.array(x), axis=axis), np.fft.fft(x, axis=axis))
        close(ig.fft.rfft(ig.array(x.real), axis=axis), np.fft.rfft(x.real, axis=axis))
    close(ig.fft.fftn(ig.array(x)), np.fft.fftn(x))


@pytest.mark.parametrize("function", ["fftfreq", "rfftfreq"])
def test_frequencies(function: str) -> None:
    for n in (1, 2, 7, 8):
        got = getattr(ig.fft, function)(n, d=0.1, dtype=ig.float64)
        np.testing.assert_allclose(numpy_of(got), getattr(np.fft, function)(n, 0.1), rtol=1e-15)
    assert getattr(ig.fft, function)(4).dtype == ig.float32


def test_shifts() -> None:
    x = np.arange(15).reshape(3, 5)
    for axes in (None, 0, (1,), (0, 1)):
        shifted = ig.fft.fftshift(ig.array(x), axes)
        np.testing.assert_array_equal(numpy_of(shifted), np.fft.fftshift(x, axes))
        np.testing.assert_array_equal(numpy_of(ig.fft.ifftshift(shifted, axes)), x)


def test_empty_batches() -> None:
    assert ig.fft.fft(ig.zeros((0, 4))).shape == (0, 4)
    assert ig.fft.rfft(ig.zeros((0, 4))).shape == (0, 3)
    assert ig.fft.fftn(ig.zeros((0, 4)), axes=(1,)).shape == (0, 4)


def test_errors() -> None:
    x = ig.ones((2, 4))
    for call, error, message in (
        (lambda: ig.fft.fft(ig.zeros((2, 0))), ValueError, "fft: .*at least 1, got 0"),
        (lambda: ig.fft.fft(x, n=-3), ValueError, "at least 1, got -3"),
        (lambda: ig.fft.irfft(ig.ones(1)), ValueError, "irfft: .*got 0"),
        (lambda: ig.fft.fft(x, axis=2), IndexError, "fft: .*2"),
        (lambda: ig.fft.rfft(x.astype(ig.complex64)), TypeError, "rfft: expected real numbers, got dtype complex64"),
        (lambda: ig.fft.fft(x, norm="both"), ValueError, "'backward', 'ortho' or 'forward', got 'both'"),
        (lambda: ig.fft.fftn(x, s=(2, 2), axes=(0,)), ValueError, "fftn: .*as many lengths as axes"),
        (lambda: ig.fft.fftn(x, axes=(0, 0)), ValueError, "twice"),
        (lambda: ig.fft.fftfreq(0), ValueError, "fftfreq: .*at least 1"),
    ):
        with pytest.raises(error, match=message):
            call()


def test_results_do_not_depend_on_threads(threads, rng: np.random.Generator) -> None:
    x = ig.array((rng.normal(size=(300, 257)) + 0j).astype(np.complex64))
    results = []
    for count in (1, 3):
        threads(count)
        results.append(numpy_of(ig.fft.fftn(x)))
    np.testing.assert_array_equal(*results)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", [(1,), (2,), (7,), (3, 8), (40, 33, 6), (70, 64)])
def test_real_numbers_stay_real_on_the_way_in(shape: tuple[int, ...], dtype: str, rng: np.random.Generator) -> None:
    value = rng.normal(size=shape).astype(dtype)
    x = ig.array(value)
    tolerance = 1e-4 if dtype == "float32" else 1e-12
    for name in ("fft", "ifft", "fftn", "ifftn"):
        want = getattr(np.fft, name)(value.astype("float64"))
        got = getattr(ig.fft, name)(x)
        np.testing.assert_allclose(numpy_of(got), want, rtol=tolerance, atol=tolerance)
        assert "cast" not in ig.core.describe_plan([getattr(ig.fft, name)(x)])
    # Symmetric to the last bit along a single axis.
    spectrum = numpy_of(ig.fft.fft(x, axis=0))
    np.testing.assert_array_equal(spectrum[1:], np.conj(spectrum[1:][::-1]))


def test_gradient_of_the_spectrum_of_real_numbers_is_real() -> None:
    x = ig.array(np.arange(6.0), requires_grad=True)
    weights = ig.array(np.arange(6) + 1j * np.arange(6)[::-1])
    (ig.fft.fft(x) * weights).real.sum().backward()
    assert x.grad.dtype == ig.float64
    np.testing.assert_allclose(numpy_of(x.grad), np.fft.fft(numpy_of(weights)).real, atol=1e-12)
