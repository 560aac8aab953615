"""Convolutions that are computed plane by plane (few results for each channel) or with vectors of output channels:
every shape that decides how planes are cut, copied and padded, against plain NumPy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import spatial_reference as spatial

import ingot as ig
from ingot.nn import functional

#: batch, groups, multiplier, lengths, kernel, stride, padding, dilation
SHAPES = [
    (2, 5, 1, (56, 56), (3, 3), 1, 1, 1),
    (2, 3, 1, (56, 56), (3, 3), 2, 1, 1),
    (2, 3, 1, (17, 33), (3, 3), 1, 1, 1),
    (1, 2, 1, (16, 35), (3, 3), 2, 0, 1),
    (3, 4, 1, (7, 7), (7, 7), 1, 3, 1),
    (2, 4, 1, (14, 15), (5, 5), 2, 2, 1),
    (2, 2, 1, (9, 70), (9, 2), 1, (4, 1), 1),
    (2, 3, 1, (20, 19), (3, 3), 1, 2, 2),
    (2, 3, 1, (23, 40), (3, 5), (2, 3), (1, 2), (3, 1)),
    (2, 2, 1, (11, 12), (2, 3), (3, 2), 0, (1, 2)),
    (2, 3, 1, (5, 6), (3, 3), (4, 5), 1, 1),
    (2, 3, 1, (4, 3), (3, 3), 1, (3, 4), 1),
    (2, 3, 1, (1, 1), (3, 3), 1, 1, 1),
    (2, 3, 1, (2, 90), (1, 3), 1, 0, 1),
    (1, 2, 1, (130, 100), (3, 3), 1, 1, 1),
    (1, 2, 1, (101, 97), (3, 3), 2, 1, 1),
    (2, 4, 2, (13, 18), (3, 3), 1, 1, 1),
    (2, 4, 3, (13, 18), (3, 3), 2, 1, 1),
    (2, 4, 5, (13, 18), (3, 3), 2, 1, 1),
    (3, 1, 1, (30, 31), (3, 3), 1, 1, 1),
    (2, 3, 2, (33, 100), (3, 3), 1, (2, 1), 1),
    (2, 3, 2, (9, 57), (3, 3), 2, (0, 1), 1),
    (2, 3, 1, (2, 48), (3, 3), 2, 1, 1),
    (2, 3, 1, (9, 64), (3, 3), 2, 1, 1),
    (2, 3, 1, (8, 31), (3, 3), 2, 1, 1),
    (2, 3, 1, (5, 33), (3, 3), 2, 1, 1),
    (2, 3, 1, (16, 34), (3, 3), 2, (0, 1), 1),
    (2, 3, 1, (16, 34), (3, 3), (2, 1), 1, 1),
    (2, 4, 1, (100,), (3,), 1, 1, 1),
    (2, 4, 2, (65,), (8,), 2, 3, 1),
    (2, 3, 1, (4, 5, 6), (3, 3, 3), 1, 1, 1),
]


def _each(value: int | tuple[int, ...], axes: int) -> tuple[int, ...]:
    return (value,) * axes if isinstance(value, int) else value


def _rows(x: np.ndarray) -> np.ndarray:
    return x.reshape(*x.shape[:2], -1)


def _weight_gradient(x, cotangent, shape, stride, padding, dilation, groups) -> np.ndarray:
    stride, padding, dilation = (_each(value, x.ndim - 2) for value in (stride, padding, dilation))
    padded, gradient = spatial._padded(x, padding), np.zeros(shape)
    c, o = shape[1], shape[0] // groups
    for k in itertools.product(*map(range, shape[2:])):
        at = tuple(a * d for a, d in zip(k, dilation, strict=True))
        seen = spatial._window(padded, at, cotangent.shape[2:], stride)
        for g in range(groups):
            gradient[(slice(g * o, (g + 1) * o), slice(None), *k)] = np.einsum(
                "nop,ncp->oc", _rows(cotangent[:, g * o : (g + 1) * o]), _rows(seen[:, g * c : (g + 1) * c])
            )
    return gradient


def _input_gradient(x, cotangent, weight, stride, padding, dilation, groups) -> np.ndarray:
    axes = x.ndim - 2
    each = [_each(value, axes) for value in (stride, padding, dilation)]
    extra = tuple(
        n + 2 * p - d * (k - 1) - 1 - (out - 1) * s
        for n, k, out, s, p, d in zip(x.shape[2:], weight.shape[2:], cotangent.shape[2:], *each, strict=True)
    )
    return spatial.conv_transpose(cotangent, weight, None, *each[:2], extra, groups, each[2])


def _function(axes: int):
    return {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}[axes]


def _assert_near(ours: ig.Tensor, exact: np.ndarray, digits: float) -> None:
    np.testing.assert_allclose(
        ours.detach().astype(ig.float64).numpy(), exact, rtol=0, atol=digits * max(1.0, np.abs(exact).max(initial=0))
    )


@pytest.mark.parametrize(("dtype", "digits"), [(ig.float32, 2e-6), (ig.float64, 1e-14), (ig.bfloat16, 1e-2)])
@pytest.mark.parametrize("case", SHAPES, ids=str)
def test_agrees_with_numpy(case, dtype, digits: float, rng: np.random.Generator) -> None:
    n, groups, multiplier, lengths, kernel, stride, padding, dilation = case
    draws = (n, groups, *lengths), (groups * multiplier, 1, *kernel), (groups * multiplier,)
    x, weight, bias = (ig.array(rng.standard_normal(shape), dtype=dtype, requires_grad=True) for shape in draws)
    xs, ws, bs = (array.detach().astype(ig.float64).numpy() for array in (x, weight, bias))
    conv, options = _function(len(lengths)), (stride, padding, dilation, groups)

    y = conv(x, weight, None, *options)
    expected = spatial.conv(xs, ws, None, *options)
    _assert_near(y, expected, digits)
    cotangent = ig.array(rng.standard_normal(expected.shape), dtype=dtype)
    y.backward(cotangent)
    ct = cotangent.astype(ig.float64).numpy()
    _assert_near(x.grad, _input_gradient(xs, ct, ws, *options), digits)
    _assert_near(weight.grad, _weight_gradient(xs, ct, ws.shape, *options), digits)

    fused = ig.relu(conv(x, weight, bias, *options))
    _assert_near(fused, np.maximum(spatial.conv(xs, ws, bs, *options), 0), digits)


#: batch, channels, results, lengths, kernel, stride, padding, dilation, groups
CHANNEL_SHAPES = [
    (5, 6, 16, (14, 14), (5, 5), 1, 0, 1, 1),
    (4, 8, 32, (29, 27), (3, 3), 2, 1, 1, 1),
    (4, 3, 64, (20, 21), (3, 3), 1, 1, 2, 1),
    (4, 8, 32, (9, 11), (3, 2), (1, 2), (0, 1), 1, 2),
    (4, 4, 16, (40,), (7,), 3, 2, 1, 1),
    (4, 2, 16, (4, 5, 6), (2, 3, 2), 1, (1, 0, 1), 1, 1),
]


@pytest.mark.parametrize(("dtype", "digits"), [(ig.float32, 2e-6), (ig.float64, 1e-14), (ig.float16, 2e-3)])
@pytest.mark.parametrize("case", CHANNEL_SHAPES, ids=str)
def test_vectors_of_output_channels(case, dtype, digits: float, rng: np.random.Generator) -> None:
    n, channels, results, lengths, kernel, stride, padding, dilation, groups = case
    draws = (n, channels, *lengths), (results, channels // groups, *kernel), (results,)
    x, weight, bias = (ig.array(rng.standard_normal(shape), dtype=dtype) for shape in draws)
    xs, ws, bs = (array.astype(ig.float64).numpy() for array in (x, weight, bias))
    conv, options = _function(len(lengths)), (stride, padding, dilation, groups)
    _assert_near(conv(x, weight, None, *options), spatial.conv(xs, ws, None, *options), digits)
    fused = ig.relu(conv(x, weight, bias, *options))
    _assert_near(fused, np.maximum(spatial.conv(xs, ws, bs, *options), 0), digits)


#: The same: kernels that Winograd's transforms along columns take apart, and gradients of few planes, whose lines leave
#: out what they see of the padding.
TALL_SHAPES = [
    (2, 3, 64, (224, 112), (7, 7), 2, 3, 1, 1),
    (3, 16, 12, (30, 32), (3, 3), 1, 1, 1, 1),
    (2, 16, 24, (27, 16), (4, 5), 1, (1, 2), 1, 2),
    (1, 32, 70, (37, 50), (5, 2), (1, 2), 1, 1, 1),
    (2, 8, 40, (61, 50), (9, 3), (2, 3), 2, 1, 1),
    (2, 8, 33, (80, 31), (9, 4), (3, 1), 4, 1, 1),
    (40, 20, 36, (7, 7), (5, 5), 1, 2, 1, 1),
    (1, 40, 48, (9, 300), (5, 5), 1, 2, 1, 1),
    (3, 6, 16, (14, 14), (5, 5), 1, 0, 1, 1),
    (29, 6, 18, (14, 9), (5, 5), 1, (1, 2), 1, 2),
    (1, 5, 64, (70, 30), (5, 5), 1, 0, 1, 1),
    (2, 3, 20, (11, 13), (3, 3), (2, 3), 0, (3, 2), 1),
    (2, 1, 8, (20, 21), (5, 5), 1, 0, 1, 1),
]


@pytest.mark.parametrize("case", TALL_SHAPES, ids=str)
def test_tall_kernels(case, rng: np.random.Generator) -> None:
    n, channels, results, lengths, kernel, stride, padding, dilation, groups = case
    draws = (n, channels, *lengths), (results, channels // groups, *kernel), (results,)
    x, weight, bias = (ig.array(rng.standard_normal(shape), dtype=ig.float32, requires_grad=True) for shape in draws)
    xs, ws, bs = (array.detach().astype(ig.float64).numpy() for array in (x, weight, bias))
    options = (stride, padding, dilation, groups)
    y = functional.conv2d(x, weight, None, *options)
    expected = spatial.conv(xs, ws, None, *options)
    _assert_near(y, expected, 2e-6)
    fused = ig.relu(functional.conv2d(x, weight, bias, *options))
    _assert_near(fused, np.maximum(spatial.conv(xs, ws, bs, *options), 0), 2e-6)
    cotangent = rng.standard_normal(expected.shape).astype(np.float32)
    y.backward(ig.array(cotangent))
    ct = cotangent.astype(np.float64)
    _assert_near(x.grad, _input_gradient(xs, ct, ws, *options), 2e-6)
    _assert_near(weight.grad, _weight_gradient(xs, ct, ws.shape, *options), 2e-6)


@pytest.mark.parametrize(("channels", "results", "side", "stride"), [(64, 48, 12, 1), (130, 64, 28, 1), (33, 17, 9, 2)])
def test_pointwise(channels: int, results: int, side: int, stride: int, rng: np.random.Generator) -> None:
    xs, ws = rng.standard_normal((3, channels, side, side)), rng.standard_normal((results, channels, 1, 1))
    x, weight = (ig.array(array.astype(np.float32), requires_grad=True) for array in (xs, ws))
    y = functional.conv2d(x, weight, None, stride)
    expected = spatial.conv(xs, ws, None, stride)
    _assert_near(y, expected, 1e-5)
    ct = rng.standard_normal(expected.shape)
    y.backward(ig.array(ct.astype(np.float32)))
    _assert_near(x.grad, _input_gradient(xs, ct, ws, stride, 0, 1, 1), 1e-5)
    _assert_near(weight.grad, _weight_gradient(xs, ct, ws.shape, stride, 0, 1, 1), 1e-5)


@pytest.mark.parametrize("stride", [1, 2])
def test_strided_operands(stride: int, rng: np.random.Generator) -> None:
    """Channels last, and every second one of more."""
    xs, ws = rng.standard_normal((2, 19, 21, 12)), rng.standard_normal((3, 3, 1, 6))
    x = ig.array(xs, requires_grad=True)
    weight = ig.array(ws, requires_grad=True)
    y = functional.conv2d(x.permute(0, 3, 1, 2)[:, ::2], weight.permute(3, 2, 0, 1), None, stride, 1, 1, 6)
    seen, kernels = xs.transpose(0, 3, 1, 2)[:, ::2], ws.transpose(3, 2, 0, 1)
    expected = spatial.conv(seen, kernels, None, stride, 1, 1, 6)
    _assert_near(y, expected, 1e-14)
    ct = rng.standard_normal(expected.shape[::-1])
    y.backward(ig.array(ct).permute(3, 2, 1, 0))
    ct = ct.transpose(3, 2, 1, 0)
    _assert_near(x.grad.permute(0, 3, 1, 2)[:, ::2], _input_gradient(seen, ct, kernels, stride, 1, 1, 6), 1e-14)
    _assert_near(weight.grad.permute(3, 2, 0, 1), _weight_gradient(seen, ct, kernels.shape, stride, 1, 1, 6), 1e-13)


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize("stride", [7, 10**5, 2**31 - 1])
def test_strides_beyond_the_input(stride: int, groups: int, rng: np.random.Generator) -> None:
    """There is one result: neither memory nor time may grow with the stride."""
    xs, ws = rng.standard_normal((2, 2, 4, 3)), rng.standard_normal((4, 2 // groups, 2, 2))
    x, weight = (ig.array(array, requires_grad=True) for array in (xs, ws))
    options = (stride, (1, 0), 1, groups)
    y = functional.conv2d(x, weight, None, *options)
    expected = spatial.conv(xs, ws, None, *options)
    _assert_near(y, expected, 1e-14)
    ct = rng.standard_normal(expected.shape)
    y.backward(ig.array(ct))
    _assert_near(x.grad, _input_gradient(xs, ct, ws, *options), 1e-14)
    _assert_near(weight.grad, _weight_gradient(xs, ct, ws.shape, *options), 1e-14)


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize("dtype", [ig.float32, ig.float16])
def test_padding_beyond_all_memory(dtype, groups: int) -> None:
    """Of the 3 x 3 results only the one in the middle sees the input."""
    x = ig.arange(24, dtype=dtype).reshape(1, 2, 4, 3).requires_grad_()
    weight = ig.ones(2, 2 // groups, 2, 2, dtype=dtype, requires_grad=True)
    bias = ig.ones(2, dtype=dtype)
    far = 2**30
    seen = x.detach().numpy()[:, :, :2, :2]
    y = functional.conv2d(x, weight, None, far, far, 1, groups)
    expected = np.zeros((1, 2, 3, 3))
    expected[0, :, 1, 1] = seen.sum(axis=(0, 2, 3)) if groups == 2 else seen.sum()
    np.testing.assert_array_equal(y.detach().numpy(), expected)
    fused = ig.relu(functional.conv2d(x.detach(), weight.detach(), bias, far, far, 1, groups))
    np.testing.assert_array_equal(fused.numpy(), expected + 1)
    y.sum().backward()
    gradient = np.zeros(x.shape)
    gradient[:, :, :2, :2] = 2 // groups
    np.testing.assert_array_equal(x.grad.numpy(), gradient)
    np.testing.assert_array_equal(weight.grad.numpy(), seen.reshape(2, 1, 2, 2) if groups == 2 else [seen[0]] * 2)


@pytest.mark.parametrize(("lines", "columns"), [(9, 22), (10, 21), (9, 32), (8, 35)])
def test_infinities_stay_where_they_are_by_two(lines: int, columns: int) -> None:
    x = np.ones((1, 1, lines, columns), np.float32)
    x[0, 0, -1, 4] = x[0, 0, 4, -1] = np.inf
    image, weight = ig.array(x, requires_grad=True), ig.ones(1, 1, 3, 3, requires_grad=True)
    y = functional.conv2d(image, weight, None, 2, 1)
    seen = np.zeros((3, 3), bool)
    expected = np.zeros(y.shape[2:], bool)
    for (i, j), (line, column) in itertools.product(np.ndindex(3, 3), [(lines - 1, 4), (4, columns - 1)]):
        at = (line + 1 - i) / 2, (column + 1 - j) / 2
        if all(k == int(k) and 0 <= k < n for k, n in zip(at, y.shape[2:], strict=True)):
            seen[i, j] = expected[int(at[0]), int(at[1])] = True
    np.testing.assert_array_equal(np.isinf(y.detach().numpy()[0, 0]), expected)
    assert not np.isnan(y.detach().numpy()).any()
    y.backward(ig.ones_like(y))
    assert not np.isnan(weight.grad.numpy()).any()
    np.testing.assert_array_equal(np.isinf(weight.grad.numpy()[0, 0]), seen)


def test_infinities_stay_where_they_are() -> None:
    """Lanes behind the end of a row must not meet what other elements of the kernel see there."""
    x = np.ones((1, 2, 9, 21), np.float32)
    x[0, 0, 4, 20] = np.inf
    image, weight = ig.array(x, requires_grad=True), ig.ones(2, 1, 3, 3, requires_grad=True)
    y = functional.conv2d(image, weight, None, padding=1, groups=2)
    y.backward(ig.ones_like(y))
    assert np.isinf(y.detach().numpy()[0, 0, 3:6, 19:]).all()
    assert np.isfinite(np.delete(y.detach().numpy()[0, 0], [3, 4, 5], axis=0)).all()
    gradient = weight.grad.numpy()
    assert not np.isnan(gradient).any()
    assert np.isinf(gradient[0, 0, :, 1:]).all()
    assert np.isfinite(gradient[0, 0, :, 0]).all()
    assert np.isfinite(gradient[1]).all()


@pytest.mark.parametrize(
    ("n", "channels", "results", "side", "kernel", "stride", "padding", "groups"),
    [
        (3, 40, 40, 30, 3, 1, 1, 40),
        (3, 40, 80, 31, 3, 2, 1, 40),
        (1, 1, 1, 200, 3, 1, 1, 1),
        (9, 6, 16, 14, 5, 1, 0, 1),
        (40, 6, 16, 14, 5, 1, 0, 1),
        (3, 8, 64, 60, 5, 1, 2, 1),
        (8, 64, 200, 7, 3, 1, 1, 1),
        (2, 96, 64, 28, 1, 1, 0, 1),
    ],
)
def test_bit_identical_for_any_number_of_threads(n, channels, results, side, kernel, stride, padding, groups, threads):
    ig.random.seed(3)
    x = ig.random.normal((n, channels, side, side)).detach()
    weight = ig.random.normal((results, channels // groups, kernel, kernel)).detach()
    runs = []
    for count in (1, 2, 5):
        threads(count)
        image, kernels = ig.array(x.numpy(), requires_grad=True), ig.array(weight.numpy(), requires_grad=True)
        y = functional.conv2d(image, kernels, None, stride, padding, 1, groups)
        y.backward(ig.cos(ig.arange(y.size).astype(ig.float32)).reshape(y.shape))
        runs.append([y.detach().numpy(), image.grad.numpy(), kernels.grad.numpy()])
    for run in runs[1:]:
        for got, want in zip(run, runs[0], strict=True):
            np.testing.assert_array_equal(got, want)
