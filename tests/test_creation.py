"""Arrays from nothing, in both spellings of a shape, and changes of shape."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig


@pytest.mark.parametrize("make", [ig.zeros, ig.ones])
def test_shapes_in_every_spelling(make) -> None:
    for x in (make((2, 3)), make(2, 3), make([2, 3]), make(shape=(2, 3))):
        assert x.shape == (2, 3)
    assert make(()).shape == ()
    assert make(4).shape == (4,)
    assert make(2, 3, dtype=ig.int64).dtype == ig.int64


def test_values() -> None:
    assert numpy_of(ig.zeros(2, 2)).tolist() == [[0, 0], [0, 0]]
    assert numpy_of(ig.full((2,), 7.5)).tolist() == [7.5, 7.5]
    assert numpy_of(ig.ones_like(ig.zeros((1, 2), dtype=ig.int8))).tolist() == [[1, 1]]
    assert ig.zeros_like(ig.ones(2, dtype=ig.float64)).dtype == ig.float64
    assert numpy_of(ig.full_like(ig.ones(2), 3)).tolist() == [3, 3]


@pytest.mark.parametrize(
    "arguments", [(5,), (2, 9), (2, 9, 3), (9, 2, -2), (0, 1, 0.25), (5, 5), (3, 0), (-3, 3), (0.5, 3.5)]
)
def test_arange(arguments) -> None:
    np.testing.assert_allclose(numpy_of(ig.arange(*arguments)), np.arange(*arguments))


def test_arange_of_large_integers_is_exact() -> None:
    start = 2**60
    np.testing.assert_array_equal(numpy_of(ig.arange(start, start + 3, dtype=ig.int64)), [start, start + 1, start + 2])


@pytest.mark.parametrize("count", [0, 1, 2, 7])
@pytest.mark.parametrize("endpoint", [True, False])
def test_linspace(count: int, endpoint: bool) -> None:
    got = ig.linspace(-1, 3, count, endpoint=endpoint, dtype=ig.float64)
    np.testing.assert_allclose(numpy_of(got), np.linspace(-1, 3, count, endpoint=endpoint), rtol=1e-15, atol=1e-15)


@pytest.mark.parametrize("k", [-3, -1, 0, 1, 5])
def test_eye(k: int) -> None:
    np.testing.assert_array_equal(numpy_of(ig.eye(3, 4, k=k)), np.eye(3, 4, k=k))
    np.testing.assert_array_equal(numpy_of(ig.eye(3)), np.eye(3))


DATA = np.arange(24.0).reshape(2, 3, 4)


@pytest.mark.parametrize(
    ("ours", "numpys"),
    [
        (lambda x: x.reshape(4, 6), lambda x: x.reshape(4, 6)),
        (lambda x: x.reshape((4, -1)), lambda x: x.reshape(4, -1)),
        (lambda x: x.view(-1), lambda x: x.reshape(-1)),
        (lambda x: x.flatten(), lambda x: x.reshape(-1)),
        (lambda x: ig.flatten(x, 1), lambda x: x.reshape(2, 12)),
        (lambda x: x.T, lambda x: x.T),
        (lambda x: x.transpose(), lambda x: x.T),
        (lambda x: x.transpose(2, 0, 1), lambda x: x.transpose(2, 0, 1)),
        (lambda x: ig.swapaxes(x, 0, -1), lambda x: x.swapaxes(0, -1)),
        (lambda x: ig.moveaxis(x, 0, 2), lambda x: np.moveaxis(x, 0, 2)),
        (lambda x: ig.expand_dims(x, 1), lambda x: np.expand_dims(x, 1)),
        (lambda x: ig.expand_dims(x, (0, -1)), lambda x: np.expand_dims(x, (0, -1))),
        (lambda x: x.unsqueeze(-1), lambda x: x[..., None]),
        (lambda x: ig.squeeze(x[:1]), lambda x: x[0]),
        (lambda x: ig.squeeze(x[:, :, :1], axis=2), lambda x: x[:, :, 0]),
        (lambda x: ig.flip(x), np.flip),
        (lambda x: ig.flip(x, axis=(0, 2)), lambda x: np.flip(x, axis=(0, 2))),
        (lambda x: ig.pad(x, ((1, 0), (0, 2), (0, 0))), lambda x: np.pad(x, ((1, 0), (0, 2), (0, 0)))),
        (lambda x: ig.tile(x, (2, 1, 3)), lambda x: np.tile(x, (2, 1, 3))),
        (lambda x: ig.tile(x, 2), lambda x: np.tile(x, 2)),
        (lambda x: ig.clip(x, 3, 10), lambda x: np.clip(x, 3, 10)),
        (lambda x: x.std(axis=0), lambda x: x.std(axis=0)),
        (lambda x: x.var(axis=1, correction=1), lambda x: x.var(axis=1, ddof=1)),
        (lambda x: x.mean(dim=1, keepdim=True), lambda x: x.mean(axis=1, keepdims=True)),
        (lambda x: x.sum(dim=(0, 2)), lambda x: x.sum(axis=(0, 2))),
        (lambda x: x.max(axis=-1), lambda x: x.max(axis=-1)),
    ],
)
def test_shape_functions_and_pytorchs_spellings(ours, numpys) -> None:
    got, want = ours(ig.array(DATA)), numpys(DATA)
    assert got.shape == want.shape
    np.testing.assert_allclose(numpy_of(got), want, rtol=1e-12)


def test_size_in_both_dialects() -> None:
    x = ig.zeros((2, 3))
    assert x.size() == (2, 3) if callable(x.size) else x.size == 6
    assert x.ndim == x.dim() == 2
    assert x.numel() == 6
    assert x.nbytes == 24


def test_stack_and_split() -> None:
    a, b = ig.array(DATA[0]), ig.array(DATA[1])
    np.testing.assert_array_equal(numpy_of(ig.stack([a, b], axis=1)), np.stack([DATA[0], DATA[1]], axis=1))
    for got, want in zip(ig.split(ig.array(DATA), 2, axis=2), np.split(DATA, 2, axis=2), strict=True):
        np.testing.assert_array_equal(numpy_of(got), want)
    for got, want in zip(ig.split(ig.array(DATA), [1, 3], axis=2), np.split(DATA, [1, 3], axis=2), strict=True):
        np.testing.assert_array_equal(numpy_of(got), want)


def test_broadcast_arrays() -> None:
    got = ig.broadcast_arrays(ig.ones((3, 1)), ig.ones(4))
    assert type(got) is tuple
    assert [x.shape for x in got] == [(3, 4)] * 2


@pytest.mark.parametrize("endpoint", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2, 6])
def test_logspace_and_geomspace(count: int, endpoint: bool) -> None:
    got = ig.logspace(-1, 3, count, endpoint, base=2.0, dtype=ig.float64)
    np.testing.assert_allclose(numpy_of(got), np.logspace(-1, 3, count, endpoint, base=2.0), rtol=1e-14)
    for bounds in ((1, 1000), (-0.5, -8)):
        got = ig.geomspace(*bounds, count, endpoint, dtype=ig.float64)
        np.testing.assert_allclose(numpy_of(got), np.geomspace(*bounds, count, endpoint), rtol=1e-13)


def test_geomspace_between_signs_is_refused() -> None:
    for bounds in ((-1, 1), (0, 1), (1, 0)):
        with pytest.raises(ValueError, match="one sign"):
            ig.geomspace(*bounds)


def test_linspace_of_complex_numbers_and_of_integers() -> None:
    got = ig.linspace(1j, 2 - 1j, 5, dtype=ig.complex128)
    np.testing.assert_allclose(numpy_of(got), np.linspace(1j, 2 - 1j, 5), rtol=1e-15)
    assert ig.linspace(0, 1j, 3).dtype == ig.complex64
    assert ig.linspace(-1, 4, 4, dtype=ig.int32).tolist() == np.linspace(-1, 4, 4, dtype=np.int32).tolist()


@pytest.mark.parametrize("name", ["hanning", "hamming", "blackman", "bartlett"])
@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_window_functions(name: str, count: int) -> None:
    np.testing.assert_allclose(numpy_of(getattr(ig, name)(count)), getattr(np, name)(count), rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(numpy_of(ig.kaiser(count, 8.6)), np.kaiser(count, 8.6), rtol=1e-6, atol=1e-7)


def test_other_names_of_arguments() -> None:
    assert ig.arange(end=3).tolist() == [0, 1, 2]
    assert ig.arange(1, end=3, device="cpu").tolist() == [1, 2]
    assert ig.linspace(0, end=1, steps=3).tolist() == [0, 0.5, 1]
    assert ig.eye(2, dtype=None, device="cpu", requires_grad=True).requires_grad
    assert ig.full_like(ig.ones(2), 3, device="cpu", requires_grad=True).requires_grad
    with pytest.raises(ValueError, match="must not be negative"):
        ig.eye(-1)


def test_from_functions_and_iterables() -> None:
    got = ig.fromfunction(lambda i, j: 10 * i + j, (2, 3), dtype=ig.int32)
    assert got.tolist() == [[0, 1, 2], [10, 11, 12]]
    assert ig.fromiter((i * i for i in range(4)), ig.float64).tolist() == [0, 1, 4, 9]
    assert ig.fromiter(iter([1, 2, 3]), count=2).tolist() == [1, 2]
    with pytest.raises(ValueError, match="expected 3 elements, got 1"):
        ig.fromiter([1], count=3)
    np.testing.assert_array_equal(numpy_of(ig.indices((2, 3))), np.indices((2, 3)))


def test_arrays_as_fill_values_and_bounds() -> None:
    assert np.array_equal(ig.full((2, 3), ig.array([1, 2, 3])).numpy(), np.full((2, 3), [1, 2, 3]))
    assert ig.full((2,), ig.array(3)).dtype == ig.int32
    assert ig.full_like(ig.zeros(2), ig.array(3)).dtype == ig.float32
    low, high = np.array([1.0, 2.0], np.float32), np.array([[3.0], [-4.0]], np.float32)
    for endpoint in (True, False):
        expected = np.linspace(low, high, 5, endpoint=endpoint)
        assert np.allclose(ig.linspace(ig.array(low), ig.array(high), 5, endpoint).numpy(), expected, atol=1e-6)
    assert ig.linspace(ig.array(0), 10, 4, dtype=ig.int32).tolist() == [0, 3, 6, 10]
    assert ig.zeros(2).fill_(ig.array(3)).tolist() == [3, 3]
    with pytest.raises(ValueError, match=r"fill_: expected a number or a 0-d array, got shape \(2,\)"):
        ig.zeros(2).fill_(ig.array([1.0, 2.0]))


def test_gradients_of_fill_values_and_bounds() -> None:
    x = ig.array([1.0, 2.0])
    weights = ig.array([1.0, 2.0, 4.0])
    cases = {
        "full": (lambda x: ig.full((3,), x[0]), [7, 0]),
        "full_like": (lambda x: ig.full_like(weights, x[1]), [0, 7]),
        "fill_": (lambda x: ig.zeros(3).fill_(x[0]), [7, 0]),
        "linspace": (lambda x: ig.linspace(x[0], x[1], 3), [2, 5]),
    }
    for name, (function, expected) in cases.items():
        assert ig.grad(lambda x, f=function: (f(x) * weights).sum())(x).tolist() == expected, name
        assert np.allclose(ig.jit(function)(x).numpy(), function(x).numpy()), name


@pytest.mark.parametrize(
    "function", [lambda x: ig.arange(x, 5), lambda x: ig.add(x, x, alpha=x), lambda x: ig.addcmul(x, x, x, value=x)]
)
def test_a_number_that_no_gradient_would_come_back_from(function) -> None:
    x = ig.array(2.0, requires_grad=True)
    with pytest.raises(ig.GradError, match=r"an array that requires grad, .* pass x\.item\(\) or x\.detach\(\)"):
        function(x)
