"""Convolutions by 3 x 3 kernels with many channels, and of many small images by 5 x 5 kernels, which Winograd's
transforms compute in float32: against the plain sums of float64."""

from __future__ import annotations

import numpy as np
import pytest

import ingot as ig

#: batch, channels, height, width, results, padding, groups
SHAPES = [
    (2, 32, 56, 56, 40, 1, 1),
    (3, 48, 28, 31, 64, 1, 1),
    (8, 64, 14, 14, 33, 0, 1),
    (32, 64, 7, 7, 64, 1, 1),
    (2, 64, 9, 200, 48, 2, 1),
    (4, 64, 30, 30, 64, 1, 2),
    (1, 33, 64, 64, 200, 1, 1),
    (8, 150, 7, 7, 150, 1, 1),
    (6, 256, 8, 7, 256, 1, 2),
]

#: The same for 5 x 5 kernels: images that fill the last vector or do not, few and many channels, tiles that reach
#: beyond the results and the padding, one tile alone.
STACKED_SHAPES = [
    (64, 6, 14, 14, 16, 0, 1),
    (15, 2, 9, 7, 6, 2, 1),
    (16, 7, 5, 5, 33, 4, 1),
    (12, 13, 6, 11, 7, 1, 1),
    (45, 40, 8, 5, 70, 2, 2),
    (16, 3, 5, 6, 8, 0, 1),
    (24, 16, 12, 12, 20, 0, 1),
]

#: Largest error, in units of the results' root mean square: about four times what the plain sum in float32 has.
BOUND = 3e-5


def _error(ours: ig.Tensor, exact: ig.Tensor) -> float:
    expected = exact.detach().numpy()
    return float(np.abs(ours.detach().numpy() - expected).max() / np.sqrt((expected**2).mean()))


@pytest.mark.parametrize(
    ("n", "c", "h", "w", "o", "padding", "groups", "k"),
    [(*shape, k) for shapes, k in ((SHAPES, 3), (STACKED_SHAPES, 5)) for shape in shapes],
)
def test_agrees_with_float64(n: int, c: int, h: int, w: int, o: int, padding: int, groups: int, k: int) -> None:
    rng = np.random.default_rng(0)
    o = o // groups * groups
    draws = [rng.standard_normal(shape) for shape in ((n, c, h, w), (o, c // groups, k, k), (o,))]
    results = {}
    for dtype in (ig.float32, ig.float64):
        x, weight, bias = (ig.array(draw.astype("float32"), dtype=dtype, requires_grad=True) for draw in draws)
        y = ig.nn.functional.conv2d(x, weight, None, padding=padding, groups=groups)
        fused = ig.relu(ig.nn.functional.conv2d(x, weight, bias, padding=padding, groups=groups))
        y.backward(ig.cos(ig.arange(y.size).astype(dtype).reshape(y.shape)))
        results[dtype] = (y, fused, x.grad, weight.grad)
    for ours, exact in zip(results[ig.float32], results[ig.float64], strict=True):
        assert _error(ours, exact) < BOUND


def test_strided_operands() -> None:
    rng = np.random.default_rng(1)
    x = ig.array(rng.standard_normal((20, 20, 4, 40)).astype("float32")).transpose(2, 3, 0, 1)
    weight = ig.array(rng.standard_normal((3, 3, 40, 48)).astype("float32")).transpose(3, 2, 0, 1)
    plain = ig.nn.functional.conv2d(x.contiguous(), weight.contiguous(), padding=1)
    np.testing.assert_allclose(ig.nn.functional.conv2d(x, weight, padding=1).numpy(), plain.numpy(), rtol=0, atol=2e-4)


def test_strided_operands_of_stacked_images() -> None:
    rng = np.random.default_rng(1)
    images = ig.array(rng.standard_normal((40, 6, 14, 14)).astype("float32"))
    weight = ig.array(rng.standard_normal((5, 5, 6, 16)).astype("float32")).transpose(3, 2, 0, 1)
    for x in (images[::2], images.transpose(2, 3), images[:, :, 1:, 2:], images.transpose(0, 1)[:, :6].transpose(0, 1)):
        for kernels in (weight, weight.contiguous()):
            ours = ig.nn.functional.conv2d(x, kernels, padding=1)
            exact = ig.nn.functional.conv2d(x.astype(ig.float64), kernels.astype(ig.float64), padding=1)
            assert _error(ours, exact) < BOUND


def test_gradient_by_the_weight_of_strided_operands() -> None:
    rng = np.random.default_rng(1)
    x, cotangent = (ig.array(rng.standard_normal((7, 9, 4, 40)).astype("float32")).transpose(2, 3, 0, 1) for _ in "ab")
    gradients = []
    for of in (lambda a: a, lambda a: a.transpose(2, 3).contiguous().transpose(2, 3), ig.Tensor.contiguous):
        weight = ig.zeros(40, 40, 3, 3, requires_grad=True)
        ig.nn.functional.conv2d(of(x), weight, padding=1).backward(of(cotangent))
        assert weight.grad is not None
        gradients.append(weight.grad.numpy())
    for ours in gradients[:2]:
        np.testing.assert_allclose(ours, gradients[2], rtol=0, atol=1e-3)


def test_infinities_and_nans_stay_in_their_image() -> None:
    x = np.ones((20, 6, 14, 14), "float32")
    x[3, 0, 8, 8] = np.inf
    y = ig.nn.functional.conv2d(ig.array(x), ig.ones(16, 6, 5, 5)).numpy()
    assert not np.isfinite(y[3, :, 4:9, 4:9]).any()
    assert np.isfinite(np.delete(y, 3, axis=0)).all()


def test_infinities_and_nans_are_not_lost() -> None:
    x = np.ones((4, 32, 16, 16), "float32")
    x[0, 0, 8, 8] = np.nan
    y = ig.nn.functional.conv2d(ig.array(x), ig.ones(32, 32, 3, 3), padding=1).numpy()
    assert np.isnan(y[0, :, 7:10, 7:10]).all()
    assert np.isfinite(y[1:]).all()


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("length", [7, 16, 33, 40])
def test_depthwise(stride: int, length: int) -> None:
    rng = np.random.default_rng(2)
    x, weight = rng.standard_normal((2, 5, length, length)), rng.standard_normal((5, 1, 3, 3))
    results = [
        ig.nn.functional.conv2d(
            ig.array(x, dtype=dtype), ig.array(weight, dtype=dtype), stride=stride, padding=1, groups=5
        ).numpy()
        for dtype in (ig.float32, ig.float64)
    ]
    np.testing.assert_allclose(results[0], results[1], rtol=0, atol=1e-5)
