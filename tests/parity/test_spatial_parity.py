"""Convolution, pooling and batch normalisation beside PyTorch's: values and gradients in many configurations."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import torch
from helpers import leaf, numpy_of

import ingot as ig


def compare(ours, theirs, values: list[np.ndarray], rng: np.random.Generator, dtype: str, tolerance: float) -> None:
    """The function's value, and its gradient by each operand."""
    a = [leaf(v, dtype) for v in values]
    b = [torch.tensor(v.astype(dtype), requires_grad=True) for v in values]
    y, z = ours(*a), theirs(*b)
    np.testing.assert_allclose(numpy_of(y), z.detach().numpy(), rtol=tolerance, atol=tolerance)
    weights = rng.normal(size=z.shape).astype(dtype)
    y.backward(ig.array(weights))
    z.backward(torch.tensor(weights))
    for x, t in zip(a, b, strict=True):
        scale = float(t.grad.abs().max()) + 1
        np.testing.assert_allclose(numpy_of(x.grad), t.grad.numpy(), rtol=tolerance, atol=tolerance * scale)


def random_convolution(rng: np.random.Generator, axes: int) -> tuple[tuple, tuple, dict]:
    groups = int(rng.choice([1, 1, 2, 3]))
    c, o = groups * int(rng.integers(1, 6)), groups * int(rng.integers(1, 9))
    kernel = tuple(int(k) for k in rng.integers(1, 5, axes))
    options = {
        "stride": tuple(int(v) for v in rng.integers(1, 4, axes)),
        "padding": tuple(int(v) for v in rng.integers(0, 4, axes)),
        "dilation": tuple(int(v) for v in rng.integers(1, 3, axes)),
        "groups": groups,
    }
    lengths = tuple(
        int(rng.integers(max(1, d * (k - 1) + 1 - 2 * p), 24 // axes + d * (k - 1)))
        for k, d, p in zip(kernel, options["dilation"], options["padding"], strict=True)
    )
    return (int(rng.integers(1, 5)), c, *lengths), (o, c // groups, *kernel), options


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_convolution(axes: int, dtype: str, rng: np.random.Generator) -> None:
    name = f"conv{axes}d"
    for _ in range(40):
        x, w, options = random_convolution(rng, axes)
        compare(
            partial(getattr(ig, name), **options),
            partial(getattr(torch, name), **options),
            [rng.normal(size=x), rng.normal(size=w), rng.normal(size=w[0])],
            rng,
            dtype,
            2e-4 if dtype == "float32" else 1e-10,
        )


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_transposed_convolution(axes: int, rng: np.random.Generator) -> None:
    name = f"conv_transpose{axes}d"
    done = 0
    while done < 30:
        y, w, options = random_convolution(rng, axes)
        y = (y[0], w[0], *(max(1, n // 2) for n in y[2:]))
        extra = tuple(
            int(rng.integers(0, max(s, d))) for s, d in zip(options["stride"], options["dilation"], strict=True)
        )
        lengths = [
            (n - 1) * s - 2 * p + d * (k - 1) + e + 1
            for n, s, p, d, k, e in zip(
                y[2:], options["stride"], options["padding"], options["dilation"], w[2:], extra, strict=True
            )
        ]
        if min(lengths) < 1:
            continue
        done += 1
        options["output_padding"] = extra
        compare(
            partial(getattr(ig, name), **options),
            partial(getattr(torch, name), **options),
            [rng.normal(size=y), rng.normal(size=w)],
            rng,
            "float64",
            1e-10,
        )


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("kind", ["max", "avg"])
def test_pooling(kind: str, axes: int, rng: np.random.Generator) -> None:
    name = f"{kind}_pool{axes}d"
    for _ in range(40):
        size = tuple(int(k) for k in rng.integers(1, 4, axes))
        options = {
            "stride": tuple(int(v) for v in rng.integers(1, 4, axes)),
            "padding": tuple(int(rng.integers(0, k // 2 + 1)) for k in size),
            "ceil_mode": bool(rng.integers(2)),
        }
        if kind == "avg":
            options["count_include_pad"] = bool(rng.integers(2))
        x = (2, 3, *(int(n) for n in rng.integers(3, 10, axes)))
        compare(
            partial(getattr(ig.nn.functional, name), kernel_size=size, **options),
            partial(getattr(torch.nn.functional, name), kernel_size=size, **options),
            [rng.normal(size=x)],
            rng,
            str(rng.choice(["float32", "float64"])),
            1e-5,
        )


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_adaptive_average(axes: int, rng: np.random.Generator) -> None:
    name = f"adaptive_avg_pool{axes}d"
    for _ in range(20):
        x = (2, 2, *(int(n) for n in rng.integers(1, 9, axes)))
        size = tuple(int(n) for n in rng.integers(1, 9, axes))
        compare(
            partial(getattr(ig.nn.functional, name), output_size=size),
            partial(getattr(torch.nn.functional, name), output_size=size),
            [rng.normal(size=x)],
            rng,
            "float64",
            1e-10,
        )


@pytest.mark.parametrize("shape", [(8, 5), (4, 5, 7), (3, 5, 6, 6), (2, 3, 4, 3, 5)], ids=str)
def test_batch_norm(shape: tuple[int, ...], rng: np.random.Generator) -> None:
    ours = getattr(ig.nn, f"BatchNorm{max(1, len(shape) - 2)}d")(shape[1])
    theirs = getattr(torch.nn, f"BatchNorm{max(1, len(shape) - 2)}d")(shape[1])
    weight, bias = rng.normal(size=shape[1]), rng.normal(size=shape[1])
    ours.load_state_dict({"weight": weight, "bias": bias}, strict=False)
    with torch.no_grad():
        theirs.weight.copy_(torch.tensor(weight))
        theirs.bias.copy_(torch.tensor(bias))
    for _ in range(2):
        compare(ours, theirs, [3 + rng.normal(size=shape)], rng, "float32", 1e-4)
    for name, buffer in theirs.named_buffers():
        np.testing.assert_allclose(numpy_of(getattr(ours, name)), buffer.numpy(), rtol=1e-5, atol=1e-5)
    for name, parameter in theirs.named_parameters():
        np.testing.assert_allclose(numpy_of(getattr(ours, name).grad), parameter.grad.numpy(), rtol=1e-4, atol=1e-4)
    ours.eval()
    theirs.eval()
    compare(ours, theirs, [3 + rng.normal(size=shape)], rng, "float32", 1e-4)


def test_text_is_the_same() -> None:
    pairs = [
        ("Conv2d", (3, 8, 3), {"padding": 1, "stride": 2}),
        ("Conv1d", (4, 8, 3), {"groups": 2, "bias": False, "dilation": 3}),
        ("Conv3d", (3, 8, (1, 2, 3)), {"padding": "same", "padding_mode": "replicate"}),
        ("MaxPool2d", (3, 2, 1), {"ceil_mode": True}),
        ("AvgPool2d", ((3, 2),), {}),
        ("AdaptiveAvgPool2d", ((5, None),), {}),
    ]
    for name, arguments, options in pairs:
        assert repr(getattr(ig.nn, name)(*arguments, **options)) == repr(getattr(torch.nn, name)(*arguments, **options))
