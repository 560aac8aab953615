"""`mlx.core`: the functions, orders of arguments, files and devices that only MLX has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from mlx_helpers import close, log_softmax, values

import ingot as ig
from ingot.mlx import core as mx


def test_value_and_grad_of_several_results() -> None:
    (loss, extra), gradient = mx.value_and_grad(lambda x: (mx.sum(x * x), x + 1))(mx.array([1.0, 2.0]))
    assert (loss.item(), extra.tolist(), gradient.tolist()) == (5, [2, 3], [2, 4])
    assert mx.grad(lambda x, y: x * y, argnums=1)(mx.array(3.0), mx.array(2.0)).item() == 3
    (loss, extra), gradient = mx.value_and_grad(lambda x: (x * x, "aux"), has_aux=True)(mx.array(3.0))
    assert (loss.item(), extra, gradient.item()) == (9, "aux", 6)


def test_functions_that_mlx_alone_has(rng: np.random.Generator) -> None:
    x = values(rng, 3, 8)
    y = mx.array(x)
    hadamard = np.asarray([[1.0]])
    for _ in range(3):
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    close(mx.hadamard_transform(y), x @ hadamard / np.sqrt(8))
    with pytest.raises(ig.ShapeError, match="power of two"):
        mx.hadamard_transform(mx.ones(6))
    close(mx.slice(y, mx.array([1, 6]), (0, 1), (1, 2)), x[1:2, 6:])
    changed = x.copy()
    changed[1:2, 3:5] = 1
    close(mx.slice_update(y, mx.ones((1, 2)), mx.array([1, 3]), (0, 1)), changed)
    for got, want in zip(mx.minmax(y, axis=1), (x.min(1), x.max(1)), strict=True):
        close(got, want)
    quotient, rest = mx.divmod(y, 0.5)
    close(quotient, x // np.float32(0.5))
    close(rest, x % np.float32(0.5))
    close(mx.degrees(y), np.degrees(x))
    close(mx.radians(y), np.radians(x))
    assert mx.unflatten(y, -1, (2, -1)).shape == (3, 2, 4)
    close(mx.addmm(mx.array(1.0), y, y.T, alpha=0.5, beta=2.0), 2 + 0.5 * x @ x.T, 1e-4)
    close(mx.fast.cross_entropy(y, mx.array([1, 0, 7])), -log_softmax(x)[np.arange(3), [1, 0, 7]])
    assert mx.isposinf(mx.array([np.inf, -np.inf, 1.0])).tolist() == [True, False, False]
    assert mx.isneginf(mx.array([np.inf, -np.inf, 1.0])).tolist() == [False, True, False]


def test_linear_algebra_that_mlx_alone_has(rng: np.random.Generator) -> None:
    lower = np.tril(values(rng, 2, 3, 3)) + 3 * np.eye(3, dtype=np.float32)
    close(mx.linalg.tri_inv(mx.array(lower)), np.linalg.inv(lower))
    close(mx.linalg.tri_inv(mx.array(lower.swapaxes(1, 2).copy()), upper=True), np.linalg.inv(lower.swapaxes(1, 2)))
    close(mx.linalg.cholesky_inv(mx.array(lower)), np.linalg.inv(lower @ lower.swapaxes(1, 2)), 1e-4)
    close(mx.linalg.inv(mx.array(lower)), np.linalg.inv(lower))


def test_categories_of_dtypes() -> None:
    assert mx.issubdtype(mx.float16, mx.floating)
    assert mx.issubdtype(mx.int8, mx.signedinteger)
    assert mx.issubdtype(mx.integer, mx.number)
    assert mx.issubdtype(mx.floating, mx.inexact)
    assert mx.issubdtype(mx.bool_, mx.generic)
    assert not mx.issubdtype(mx.uint8, mx.signedinteger)
    assert not mx.issubdtype(mx.number, mx.floating)
    assert mx.issubdtype(mx.int8, mx.int8)


def test_checkpoint_and_compile_of_plain_functions() -> None:
    def f(x: ig.array) -> ig.array:
        return mx.sum(mx.exp(x) * x)

    x = mx.array([0.5, 1.0])
    close(mx.grad(mx.checkpoint(f))(x), np.exp([0.5, 1.0]) * np.asarray([1.5, 2.0]))
    close(mx.compile(f)(x), np.sum(np.exp([0.5, 1.0]) * np.asarray([0.5, 1.0])))
    mx.disable_compile()
    close(mx.compile(f)(x), np.sum(np.exp([0.5, 1.0]) * np.asarray([0.5, 1.0])))
    mx.enable_compile()


def test_random_numbers_in_mlx_order() -> None:
    key = mx.random.key(7)
    assert mx.random.normal((2, 3), mx.float32, 1.0, 2.0, key).shape == (2, 3)
    assert mx.random.normal((2,), mx.float16).dtype == mx.float16
    assert mx.random.uniform(-1.0, 1.0, (50,), mx.float32, key).tolist() == [
        x * 2 - 1 for x in mx.random.uniform(shape=(50,), key=key).tolist()
    ]
    low = mx.array([0.0, 10.0])
    drawn = mx.random.uniform(low, low + 1)
    assert drawn.shape == (2,)
    assert drawn[1] >= 10
    one, two = mx.random.split(key)
    assert one.tolist() != two.tolist()


def test_files(tmp_path: Path) -> None:
    x = mx.array([[1.0, 2.0]])
    mx.save(str(tmp_path / "x.npy"), x)
    mx.savez(str(tmp_path / "x.npz"), x, y=x + 1)
    mx.save_safetensors(str(tmp_path / "x"), {"x": x})
    assert mx.load(str(tmp_path / "x.npy")).tolist() == [[1, 2]]
    assert mx.load(str(tmp_path / "x.npz"))["y"].tolist() == [[2, 3]]
    loaded, metadata = mx.load(str(tmp_path / "x.safetensors"), return_metadata=True)
    assert (loaded["x"].tolist(), metadata) == ([[1, 2]], {})
    mx.save_safetensors(str(tmp_path / "y"), {"x": x}, metadata={"format": "mlx"})
    loaded, metadata = mx.load(str(tmp_path / "y.safetensors"), return_metadata=True)
    assert (loaded["x"].tolist(), metadata) == (x.tolist(), {"format": "mlx"})
    with pytest.raises(ValueError, match=r"\.npy, \.npz or \.safetensors"):
        mx.load("x.gguf")


def test_devices_and_streams() -> None:
    assert mx.default_device() == mx.cpu
    with mx.stream(mx.cpu):
        assert mx.ones(2).tolist() == [1, 1]
    mx.set_default_device(mx.cpu)
    mx.synchronize()
    if not mx.metal.is_available():
        with pytest.raises(ig.DeviceError):
            mx.set_default_device(mx.gpu)
