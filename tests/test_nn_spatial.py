"""Convolutional, pooling and batch normalisation layers: shapes, errors, state, text, files."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import spatial_reference as spatial
from helpers import leaf, numpy_of

import ingot as ig
from ingot import nn

F = nn.functional


def close(got, want, tolerance: float = 1e-5) -> None:
    np.testing.assert_allclose(numpy_of(got), np.asarray(want), rtol=tolerance, atol=tolerance)


# ---- convolution ----

#: Lengths around whole vectors, small images that are joined, strides with and without a rest, and so on.
CONFIGURATIONS = [
    ((2, 3, 32, 32), (5, 3, 3, 3), {"padding": 1}),
    ((3, 4, 16, 16), (29, 4, 3, 3), {"padding": 1}),
    ((5, 6, 8, 8), (17, 6, 3, 3), {"padding": 1}),
    ((9, 8, 5, 7), (14, 8, 3, 3), {"padding": (1, 0)}),
    ((2, 3, 30, 31), (8, 3, 7, 7), {"stride": 2, "padding": 3}),
    ((2, 3, 17, 40), (4, 3, 3, 5), {"stride": (3, 2), "padding": (2, 1), "dilation": (1, 2)}),
    ((2, 12, 14, 14), (20, 12, 1, 1), {}),
    ((2, 6, 9, 9), (6, 1, 3, 3), {"padding": 1, "groups": 6}),
    ((2, 6, 9, 10), (8, 3, 2, 2), {"groups": 2, "stride": 3}),
    ((1, 40, 56, 56), (30, 40, 3, 3), {"padding": 1}),
    ((3, 5, 4, 4), (6, 5, 4, 4), {"padding": 3}),
    ((2, 3, 5, 5), (4, 3, 1, 1), {"stride": 2, "padding": 2}),
    ((4, 4, 100), (6, 4, 5), {"padding": 2}),
    ((2, 3, 33), (6, 3, 4), {"stride": 4}),
    ((2, 3, 6, 7, 16), (4, 3, 3, 3, 3), {"padding": 1}),
    ((1, 2, 5, 6, 7), (4, 1, 2, 3, 2), {"stride": (2, 1, 3), "padding": (0, 1, 1), "groups": 2}),
    ((0, 3, 8, 8), (4, 3, 3, 3), {}),
]


def _case_name(case) -> str:
    return f"{'x'.join(map(str, case[0]))}-{'x'.join(map(str, case[1]))}-{len(case[2])}"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("case", CONFIGURATIONS, ids=_case_name)
def test_convolution_and_its_gradients(case, dtype: str, rng: np.random.Generator) -> None:
    shape, weight_shape, options = case
    x, w = rng.normal(size=shape), rng.normal(size=weight_shape)
    a, b = leaf(x, dtype), leaf(w, dtype)
    y = getattr(ig, f"conv{len(shape) - 2}d")(a, b, **options)
    want = spatial.conv(x, w, **options)
    tolerance = {"float32": 2e-5, "float64": 1e-12}[dtype]
    assert y.shape == want.shape
    close(y, want, tolerance * w[0].size ** 0.5)
    g = rng.normal(size=want.shape)
    y.backward(ig.array(g.astype(dtype)))
    # Each gradient is the adjoint of a linear function: its product with a direction is that of the cotangent.
    for grad, value, at in ((a.grad, x, 0), (b.grad, w, 1)):
        direction = rng.normal(size=value.shape)
        moved = spatial.conv(direction, w, **options) if at == 0 else spatial.conv(x, direction, **options)
        scale = np.linalg.norm(g) * np.linalg.norm(moved) + 1
        assert abs((numpy_of(grad) * direction).sum() - (g * moved).sum()) < 1e-6 * scale


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("dilation", [1, 2])
def test_conv_transpose(stride: int, dilation: int, rng: np.random.Generator) -> None:
    for padding, extra in itertools.product((0, 1, 2), (0, max(stride, dilation) - 1)):
        y, w = rng.normal(size=(2, 4, 5, 6)), rng.normal(size=(4, 3, 3, 2))
        bias = rng.normal(size=6)
        options = {
            "stride": stride,
            "padding": padding,
            "output_padding": extra,
            "groups": 2,
            "dilation": dilation,
        }
        got = F.conv_transpose2d(ig.array(y), ig.array(w), ig.array(bias), **options)
        close(got, spatial.conv_transpose(y, w, bias, **options), 1e-10)


def test_same_and_valid_padding(rng: np.random.Generator) -> None:
    x, w = ig.array(rng.normal(size=(1, 2, 9))), ig.array(rng.normal(size=(3, 2, 4)))
    assert ig.conv1d(x, w, padding="same").shape == (1, 3, 9)
    assert ig.conv1d(x, w, padding="valid").shape == (1, 3, 6)
    padded = ig.pad(x, ((0, 0), (0, 0), (1, 2)))
    close(ig.conv1d(x, w, padding="same"), numpy_of(ig.conv1d(padded, w)), 1e-12)
    with pytest.raises(ValueError, match="stride"):
        ig.conv1d(x, w, padding="same", stride=2)
    with pytest.raises(ValueError, match="full"):
        ig.conv1d(x, w, padding="full")


def test_input_without_batch(rng: np.random.Generator) -> None:
    x, w, b = rng.normal(size=(2, 5, 6)), rng.normal(size=(3, 2, 3, 3)), rng.normal(size=3)
    close(ig.conv2d(ig.array(x), ig.array(w), ig.array(b)), spatial.conv(x[None], w, b)[0], 1e-12)
    assert nn.MaxPool2d(2)(ig.array(x)).shape == (2, 2, 3)


def test_strided_operands(rng: np.random.Generator) -> None:
    x = rng.normal(size=(6, 7, 2, 3)).astype("float32")
    w = rng.normal(size=(3, 3, 3, 4)).astype("float32")
    a, b = leaf(x, "float32"), leaf(w, "float32")
    y = ig.conv2d(ig.transpose(a, (2, 3, 0, 1)), ig.transpose(b, (3, 2, 0, 1)), padding=1)
    close(y, spatial.conv(x.transpose(2, 3, 0, 1), w.transpose(3, 2, 0, 1), padding=1), 1e-4)
    y.sum().backward()  # the cotangent is one number, spread over all axes
    ones = np.ones(y.shape)
    want = spatial.conv_transpose(ones, w.transpose(3, 2, 0, 1), padding=1).transpose(2, 3, 0, 1)
    close(a.grad, want, 1e-4)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "complex64", "int32"])
def test_dtypes_of_convolution(dtype: str, rng: np.random.Generator) -> None:
    x, w = rng.integers(-3, 4, (2, 3, 6, 6)), rng.integers(-3, 4, (4, 3, 3, 3))
    a, b = (ig.array(v).astype(getattr(ig, dtype)) for v in (x, w))
    y = ig.conv2d(a, b, padding=1)
    assert str(y.dtype).endswith(dtype)
    close(y + 1, spatial.conv(x, w, padding=1) + 1, 1e-2 if dtype == "bfloat16" else 1e-3)


@pytest.mark.parametrize("channels", [1, 20], ids=["few", "many"])
@pytest.mark.parametrize("width", [5, 8, 16, 30])
def test_infinity_reaches_only_the_weights_that_see_it(channels: int, width: int, rng: np.random.Generator) -> None:
    x = rng.normal(size=(3, 2, 6, width)).astype(np.float32)
    x[1, 0, 0, 0] = np.inf  # with padding, only the middle and what is left of and above it look at this corner
    weight = rng.normal(size=(channels, 2, 3, 3)).astype(np.float32)
    cotangent = rng.uniform(1, 2, size=(3, channels, 6, width)).astype(np.float32)
    pull = ig.vjp(lambda w: ig.conv2d(ig.array(x), w, padding=1), [ig.array(weight)], [ig.array(cotangent)])[1]
    seen = np.zeros((channels, 2, 3, 3), bool)
    seen[:, 0, :2, :2] = True
    np.testing.assert_array_equal(np.isposinf(numpy_of(pull[0])), seen)
    assert np.isfinite(numpy_of(pull[0])[~seen]).all()


def test_bits_do_not_depend_on_threads(threads, rng: np.random.Generator) -> None:
    x, w = rng.normal(size=(7, 5, 20, 20)).astype("float32"), rng.normal(size=(33, 5, 3, 3)).astype("float32")

    def results() -> list[np.ndarray]:
        a, b = leaf(x, "float32"), leaf(w, "float32")
        y = F.max_pool2d(ig.conv2d(a, b, padding=1), 2)
        (y * y).sum().backward()
        return [numpy_of(y), numpy_of(a.grad), numpy_of(b.grad)]

    threads(1)
    alone = results()
    for count in (2, 3):
        threads(count)
        for one, many in zip(alone, results(), strict=True):
            np.testing.assert_array_equal(one, many)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ig.conv2d(ig.ones((1, 3, 4, 4)), ig.ones((2, 4, 3, 3))), ig.ShapeError, r"4 channels.*\(1, 3, 4, 4\)"),
        (lambda: ig.conv2d(ig.ones((1, 3, 2, 4)), ig.ones((2, 3, 3, 3))), ig.ShapeError, "reaches over 3"),
        (lambda: ig.conv2d(ig.ones((1, 3, 4)), ig.ones((2, 3, 3))), ig.ShapeError, "weight of 4 axes"),
        (lambda: ig.conv2d(ig.ones((4, 4)), ig.ones((2, 3, 3, 3))), ig.ShapeError, r"got shape \(4, 4\)"),
        (lambda: ig.conv1d(ig.ones((1, 4, 5)), ig.ones((3, 2, 3)), groups=2), ig.ShapeError, "2 groups"),
        (lambda: ig.conv1d(ig.ones((1, 3, 5)), ig.ones((3, 3, 3)), stride=0), ValueError, "stride"),
        (lambda: ig.conv1d(ig.ones((1, 3, 5)), ig.ones((3, 3, 3)), padding=-1), ValueError, "padding"),
        (lambda: ig.conv1d(ig.ones((1, 3, 5)), ig.ones((3, 3, 3)), dilation=2**40), ValueError, "dilation"),
        (lambda: ig.conv2d(ig.ones((1, 3, 5, 5)), ig.ones((3, 3, 3, 3)), stride=(1, 1, 1)), ig.ShapeError, "stride"),
        (lambda: ig.conv1d(ig.ones((1, 3, 5)), ig.ones((3, 3, 3)), ig.ones(4)), ig.ShapeError, r"bias.*\(3,\)"),
        (lambda: ig.conv1d(ig.ones((1, 3, 5)), ig.ones((3, 3, 0))), ig.ShapeError, "empty"),
        (lambda: F.conv_transpose1d(ig.ones((1, 3, 5)), ig.ones((2, 3, 3))), ig.ShapeError, "2 channels"),
        (
            lambda: F.conv_transpose1d(ig.ones((1, 3, 5)), ig.ones((3, 3, 3)), output_padding=1),
            ValueError,
            "output_padding",
        ),
        (lambda: nn.Conv2d(3, 4, 3, groups=2), ValueError, "groups"),
        (lambda: nn.Conv2d(3, 4, 0), ValueError, "kernel_size"),
        (lambda: nn.Conv2d(0, 4, 3), ValueError, "in_channels"),
        (lambda: nn.Conv2d(3, 4, 3, padding_mode="mirror"), ValueError, "mirror"),
        (lambda: nn.MaxPool2d(2)(ig.ones((2, 3))), ig.ShapeError, r"\(2, 3\)"),
        (lambda: F.max_pool2d(ig.ones((1, 1, 2, 2)), 3), ig.ShapeError, "does not fit"),
        (lambda: F.max_pool2d(ig.ones((1, 1, 4, 4)), 3, padding=2), ValueError, "half"),
        (lambda: F.avg_pool1d(ig.ones((1, 4), dtype=ig.int32), 2), TypeError, "int32"),
        (lambda: F.avg_pool1d(ig.ones((1, 4)), 2, divisor_override=0), ValueError, "divisor"),
        (lambda: F.adaptive_avg_pool2d(ig.ones((1, 4, 4)), 0), ig.ShapeError, "at least 1"),
        (lambda: nn.BatchNorm2d(3)(ig.ones((2, 4, 2, 2))), ig.ShapeError, "3 channels"),
        (lambda: nn.BatchNorm2d(3)(ig.ones((2, 3))), ig.ShapeError, r"\(2, 3\)"),
        (lambda: nn.BatchNorm1d(3)(ig.ones((1, 3))), ValueError, "more than one"),
        (lambda: nn.BatchNorm1d(0), ValueError, "num_features"),
        (lambda: F.batch_norm(ig.ones((2, 3))), ValueError, "running_mean"),
    ],
)
def test_what_does_not_fit_is_named(call, error, message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_padding_modes(rng: np.random.Generator) -> None:
    x = rng.normal(size=(2, 3, 5, 6))
    numpy_modes = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    for mode, numpy_mode in numpy_modes.items():
        layer = nn.Conv2d(3, 4, 3, padding=(1, 2), padding_mode=mode, dtype=ig.float64)
        padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (2, 2)), mode=numpy_mode)
        want = spatial.conv(padded, numpy_of(layer.weight), numpy_of(layer.bias))
        close(layer(ig.array(x)), want, 1e-12)


def test_initial_values() -> None:
    ig.random.seed(0)
    layer = nn.Conv2d(16, 64, (3, 5), groups=2)
    bound = 1 / np.sqrt(8 * 15)
    for value in (numpy_of(layer.weight), numpy_of(layer.bias)):
        assert abs(value).max() <= bound
        assert abs(value).max() > 0.9 * bound
    assert layer.weight.shape == (64, 8, 3, 5)
    assert nn.Conv1d(3, 4, 2, bias=False).bias is None


# ---- vmap ----


def test_vmap_of_convolution(rng: np.random.Generator) -> None:
    x, w = rng.normal(size=(3, 2, 4, 6)), rng.normal(size=(3, 6, 2, 3))
    conv = lambda x, w: ig.conv1d(x, w, padding=1, groups=2)  # noqa: E731
    for axes in ((0, 0), (0, None), (None, 0)):
        got = ig.vmap(conv, in_axes=axes)(ig.array(x if axes[0] == 0 else x[0]), ig.array(w if axes[1] == 0 else w[0]))
        for i in range(3):
            want = spatial.conv(x[i if axes[0] == 0 else 0], w[i if axes[1] == 0 else 0], padding=1, groups=2)
            close(got[i], want, 1e-10)


def test_gradients_of_single_examples(rng: np.random.Generator) -> None:
    x, w = ig.array(rng.normal(size=(3, 2, 5))), ig.array(rng.normal(size=(4, 2, 3)))
    gradient = ig.grad(lambda w, x: (ig.conv1d(x, w) ** 2).sum())
    each = ig.vmap(gradient, in_axes=(None, 0))(w, x)
    for i in range(3):
        close(each[i], numpy_of(gradient(w, x[i])), 1e-10)


# ---- pooling ----


def test_max_pool_indices(rng: np.random.Generator) -> None:
    x = rng.normal(size=(2, 3, 7, 8)).astype("float32")
    y, indices = F.max_pool2d(ig.array(x), 3, stride=2, padding=1, return_indices=True)
    assert str(indices.dtype).endswith("int64")
    flat = x.reshape(2, 3, -1)
    picked = np.take_along_axis(flat, numpy_of(indices).reshape(2, 3, -1), axis=-1)
    np.testing.assert_array_equal(picked.reshape(y.shape), numpy_of(y))
    layer_y, layer_indices = nn.MaxPool2d(3, 2, 1, return_indices=True)(ig.array(x))
    np.testing.assert_array_equal(numpy_of(layer_indices), numpy_of(indices))
    np.testing.assert_array_equal(numpy_of(layer_y), numpy_of(y))


@pytest.mark.parametrize("options", [(2, 2, 0), (3, 2, 1), (3, 1, 1), (2, 3, 0)], ids=str)
def test_max_pool_gradient_goes_to_the_first(options) -> None:
    x = leaf(np.zeros((1, 1, 6, 6)), "float32")
    size, stride, padding = options
    y = F.max_pool2d(x, size, stride, padding)
    y.sum().backward()
    grad = numpy_of(x.grad)[0, 0]
    want = np.zeros((6, 6))
    for i, j in np.ndindex(y.shape[2:]):
        want[max(0, i * stride - padding), max(0, j * stride - padding)] += 1
    np.testing.assert_array_equal(grad, want)


def test_max_pool_of_nan_and_odd_lengths(rng: np.random.Generator) -> None:
    x = rng.normal(size=(1, 2, 5, 7)).astype("float32")
    x[0, 0, 1, 1] = np.nan
    a = leaf(x, "float32")
    y = F.max_pool2d(a, 2)
    want = spatial.max_pool(x, (2, 2))
    np.testing.assert_array_equal(numpy_of(y), want)
    y.backward(ig.ones(y.shape))
    assert numpy_of(a.grad)[0, 0, 1, 1] == 1
    assert numpy_of(a.grad).sum() == y.size
    assert not numpy_of(a.grad)[..., 4, :].any()
    assert not numpy_of(a.grad)[..., 6].any()


def test_ceil_mode() -> None:
    x = ig.arange(25.0).reshape(1, 1, 5, 5)
    assert F.max_pool2d(x, 2).shape == (1, 1, 2, 2)
    y = F.max_pool2d(x, 2, ceil_mode=True)
    assert y.shape == (1, 1, 3, 3)
    assert y[0, 0, 2, 2].item() == 24
    mean = F.avg_pool2d(x, 2, ceil_mode=True)
    assert mean[0, 0, 2, 2].item() == 24
    assert mean[0, 0, 0, 0].item() == 3


def test_average_without_padding_in_the_count() -> None:
    x = ig.ones((1, 1, 4, 4))
    assert numpy_of(F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)).min() == pytest.approx(1)
    assert numpy_of(F.avg_pool2d(x, 3, 1, 1))[0, 0, 0, 0] == pytest.approx(4 / 9)


def test_adaptive_average(rng: np.random.Generator) -> None:
    x = rng.normal(size=(2, 3, 7, 6))
    got = numpy_of(nn.AdaptiveAvgPool2d((3, None))(ig.array(x)))
    assert got.shape == (2, 3, 3, 6)
    for i in range(3):
        begin, end = i * 7 // 3, -(-(i + 1) * 7 // 3)
        np.testing.assert_allclose(got[:, :, i], x[:, :, begin:end].mean(axis=2), rtol=1e-10)


# ---- batch normalisation ----


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (nn.BatchNorm1d, (8, 3)),
        (nn.BatchNorm1d, (4, 3, 5)),
        (nn.BatchNorm2d, (4, 3, 8, 8)),
        (nn.BatchNorm3d, (2, 3, 2, 2, 40)),
    ],
)
def test_batch_norm_trains_and_infers(layer, shape, rng: np.random.Generator) -> None:
    module = layer(3)
    axes = (0, *range(2, len(shape)))
    mean, var = np.zeros(3), np.ones(3)
    for _ in range(3):
        x = (100 + rng.normal(size=shape)).astype("float32")
        y = module(ig.array(x))
        close(y, spatial.batch_norm(x.astype("float64"), np.ones(3), np.zeros(3)), 2e-3)
        mean = 0.9 * mean + 0.1 * x.mean(axis=axes, dtype="float64")
        var = 0.9 * var + 0.1 * x.var(axis=axes, ddof=1, dtype="float64")
    close(module.running_mean, mean)
    close(module.running_var, var, 1e-4)
    assert module.num_batches_tracked.item() == 3
    module.eval()
    along = (-1, *[1] * (len(shape) - 2))
    want = (x - mean.reshape(along)) / np.sqrt(var.reshape(along) + 1e-5)
    close(module(ig.array(x)), want, 1e-3)
    assert module.num_batches_tracked.item() == 3


def test_batch_norm_without_momentum_takes_the_mean_of_all_batches(rng: np.random.Generator) -> None:
    module = nn.BatchNorm1d(2, momentum=None)
    batches = rng.normal(size=(4, 6, 2)).astype("float32")
    for batch in batches:
        module(ig.array(batch))
    close(module.running_mean, batches.mean(axis=(0, 1)))


def test_batch_norm_without_statistics_or_parameters(rng: np.random.Generator) -> None:
    x = rng.normal(size=(6, 2)).astype("float32")
    module = nn.BatchNorm1d(2, affine=False, track_running_stats=False)
    assert not module.state_dict()
    module.eval()
    close(module(ig.array(x)), spatial.batch_norm(x, np.ones(2), np.zeros(2)))


def test_batch_norm_under_jit(rng: np.random.Generator) -> None:
    """The buffers move with each call, and not while inferring."""
    module = nn.BatchNorm2d(3)
    twin = nn.BatchNorm2d(3)
    step = ig.jit(lambda x: module(x))
    for _ in range(4):
        x = ig.array(rng.normal(size=(4, 3, 5, 5)).astype("float32"))
        close(step(x), numpy_of(twin(x)))
        close(module.running_var, numpy_of(twin.running_var))
    assert module.num_batches_tracked.item() == 4
    module.eval()
    twin.eval()
    close(step(x), numpy_of(twin(x)))
    assert module.num_batches_tracked.item() == 4


def test_batch_norm_functional_updates_in_place(rng: np.random.Generator) -> None:
    x = rng.normal(size=(8, 2)).astype("float32")
    mean, var = ig.zeros(2), ig.ones(2)
    F.batch_norm(ig.array(x), mean, var, training=True, momentum=0.5)
    close(mean, 0.5 * x.mean(axis=0))
    close(var, 0.5 + 0.5 * x.var(axis=0, ddof=1))


def test_batch_norm_keeps_nan() -> None:
    x = np.ones((4, 2), "float32")
    x[1, 0] = np.nan
    y = numpy_of(nn.BatchNorm1d(2)(ig.array(x)))
    assert np.isnan(y[:, 0]).all()
    assert not np.isnan(y[:, 1]).any()


# ---- text, state, files ----


def test_text() -> None:
    texts = {
        "Conv2d(3, 32, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))": nn.Conv2d(3, 32, 3, padding=1),
        "Conv1d(4, 6, kernel_size=(5,), stride=(2,), dilation=(2,), groups=2, bias=False)": nn.Conv1d(
            4, 6, 5, stride=2, dilation=2, groups=2, bias=False
        ),
        "Conv3d(1, 2, kernel_size=(3, 3, 3), stride=(1, 1, 1), padding=same, padding_mode=circular)": nn.Conv3d(
            1, 2, 3, padding="same", padding_mode="circular"
        ),
        "BatchNorm2d(32, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)": nn.BatchNorm2d(32),
        "BatchNorm1d(3, eps=0.001, momentum=None, affine=False, track_running_stats=True)": nn.BatchNorm1d(
            3, eps=1e-3, momentum=None, affine=False
        ),
        "MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)": nn.MaxPool2d(2),
        "MaxPool2d(kernel_size=(2, 3), stride=(2, 3), padding=0, dilation=1, ceil_mode=True)": nn.MaxPool2d(
            (2, 3), ceil_mode=True
        ),
        "AvgPool2d(kernel_size=3, stride=2, padding=1)": nn.AvgPool2d(3, 2, 1),
        "AdaptiveAvgPool2d(output_size=(7, None))": nn.AdaptiveAvgPool2d((7, None)),
        "AdaptiveAvgPool1d(output_size=1)": nn.AdaptiveAvgPool1d(1),
    }
    for text, module in texts.items():
        assert repr(module) == text


def small_network() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding="same"),
        nn.BatchNorm2d(4, momentum=None),
        nn.ReLU(),
        nn.MaxPool2d(2, ceil_mode=True),
        nn.Conv2d(4, 4, (3, 1), stride=(1, 2), padding=(1, 0), groups=2, padding_mode="reflect"),
        nn.AvgPool2d(2, 1, 1, count_include_pad=False, divisor_override=3),
        nn.AdaptiveAvgPool2d((2, None)),
        nn.Flatten(),
    )


def test_files_and_pickles(tmp_path, rng: np.random.Generator) -> None:
    import copy
    import pickle

    model = small_network()
    x = ig.array(rng.normal(size=(3, 1, 9, 9)).astype("float32"))
    model(x)
    model.eval()
    want = numpy_of(model(x))
    ig.save(model, tmp_path / "model.safetensors")
    for twin in (
        ig.load(tmp_path / "model.safetensors"),
        copy.deepcopy(model),
        pickle.loads(pickle.dumps(model)),
    ):
        twin.eval()
        np.testing.assert_array_equal(numpy_of(twin(x)), want)
        assert repr(twin) == repr(model)
        assert list(twin.state_dict()) == list(model.state_dict())


def test_names_of_state() -> None:
    assert list(nn.Conv2d(1, 2, 3).state_dict()) == ["weight", "bias"]
    assert list(nn.BatchNorm2d(2).state_dict()) == [
        "weight",
        "bias",
        "running_mean",
        "running_var",
        "num_batches_tracked",
    ]


def test_subclass_in_python() -> None:
    class Standardised(nn.Conv2d):
        def forward(self, x):
            return super().forward(x) * 2

    layer = Standardised(1, 2, 3)
    x = ig.ones((1, 1, 4, 4))
    close(layer(x), 2 * numpy_of(ig.conv2d(x, layer.weight, layer.bias)))
    assert repr(layer).startswith("Standardised(1, 2")


def test_network_learns() -> None:
    ig.random.seed(1)
    rng = np.random.default_rng(0)
    model = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(128, 2)
    )
    optimizer = ig.optim.Adam(model.parameters(), lr=1e-2)
    x = rng.normal(size=(64, 1, 8, 8)).astype("float32")
    labels = (x[:, 0, 2:6, 2:6].mean(axis=(1, 2)) > 0).astype("int32")
    losses = []
    for _ in range(30):
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss()(model(ig.array(x)), ig.array(labels))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.5 * losses[0]


@pytest.mark.parametrize("lengths", [(1, 1), (2, 4), (3, 2)])
def test_adaptive_pooling_with_even_windows(lengths, rng: np.random.Generator) -> None:
    """Long windows are means of an axis, and largest elements those of pooling, with the indices of pooling."""
    x = leaf(rng.normal(size=(2, 3, 6, 32)))
    split = x.numpy().reshape(2, 3, lengths[0], 6 // lengths[0], lengths[1], 32 // lengths[1])
    mean = F.adaptive_avg_pool2d(x, lengths)
    np.testing.assert_allclose(numpy_of(mean), split.mean(axis=(3, 5)), rtol=1e-12)
    (mean * mean).sum().backward()
    spread = np.repeat(np.repeat(numpy_of(mean), 6 // lengths[0], axis=2), 32 // lengths[1], axis=3)
    np.testing.assert_allclose(numpy_of(x.grad), 2 * spread * lengths[0] * lengths[1] / 192, rtol=1e-12)
    largest, places = F.adaptive_max_pool2d(x, lengths, return_indices=True)
    np.testing.assert_array_equal(numpy_of(largest), split.max(axis=(3, 5)))
    flat = numpy_of(x).reshape(2, 3, -1)
    np.testing.assert_array_equal(
        np.take_along_axis(flat, numpy_of(places).reshape(2, 3, -1), axis=2), numpy_of(largest).reshape(2, 3, -1)
    )
    truth = split > 1.5
    np.testing.assert_array_equal(
        numpy_of(F.adaptive_max_pool2d(ig.array(numpy_of(x) > 1.5), lengths)), truth.any(axis=(3, 5))
    )
