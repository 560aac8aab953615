"""What many tests need: NumPy conversions, tolerances, finite differences, and fresh processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import ingot as ig

ROOT = Path(__file__).resolve().parent.parent

INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
FLOATS = ("float16", "bfloat16", "float32", "float64")
COMPLEX = ("complex64", "complex128")
REAL = ("bool", *INTEGERS, *FLOATS)
ALL_DTYPES = (*REAL, *COMPLEX)

#: Relative error that rounding may leave after a handful of operations in each dtype. Integers and bool are exact.
TOLERANCE = {
    "float16": 2e-3,
    "bfloat16": 1.6e-2,
    "float32": 4e-6,
    "float64": 1e-12,
    "complex64": 8e-6,
    "complex128": 1e-12,
}


def dtype_named(name: str):
    """The Ingot dtype of this name."""
    return getattr(ig, name)


def name_of(dtype) -> str:
    """`float32` for ingot.float32, whatever its repr."""
    return str(dtype).rsplit(".", 1)[-1].rstrip("_")


def array_of(value, dtype: str | None = None):
    """An Ingot array of a NumPy value, also in the dtypes that NumPy lacks."""
    value = np.asarray(value)
    if dtype is not None and dtype not in COMPLEX:
        value = value.real
    if dtype == "bfloat16":
        return ig.array(value.astype(np.float32)).astype(ig.bfloat16)
    return ig.array(value if dtype is None else value.astype(dtype))


def leaf(value, dtype: str = "float64"):
    """An array that collects a gradient."""
    return array_of(value, dtype).requires_grad_()


def numpy_of(x) -> np.ndarray:
    """The values as NumPy has them; bfloat16 becomes float32."""
    if name_of(x.dtype) == "bfloat16":
        x = x.astype(ig.float32)
    return np.array(x.numpy())


def rounded(value: np.ndarray, dtype: str) -> np.ndarray:
    """The values that `array_of(value, dtype)` holds, in the widest dtype of their kind."""
    held = numpy_of(array_of(value, dtype))
    if held.dtype.kind == "f":
        return held.astype(np.float64)
    return held.astype(np.complex128) if held.dtype.kind == "c" else held


def assert_close(got, want, dtype: str | None = None, scale: float = 1.0, message: str = "") -> None:
    """Same shape, and values that differ by rounding of `dtype` at most (the dtype of `got` if not given)."""
    if dtype is None:
        dtype = name_of(got.dtype)
    values = numpy_of(got) if isinstance(got, ig.array) else np.asarray(got)
    want = np.asarray(want)
    assert values.shape == want.shape, f"{message} shape {values.shape}, expected {want.shape}"
    if dtype not in TOLERANCE:
        np.testing.assert_array_equal(values, want, err_msg=message)
        return
    tolerance = TOLERANCE[dtype] * scale
    finite = np.abs(want[np.isfinite(want)]) if want.size else want
    size = float(np.median(finite)) if finite.size else 0.0
    np.testing.assert_allclose(values, want, rtol=tolerance, atol=tolerance * max(size, 0.1), err_msg=message)


def inner(a: np.ndarray, b: np.ndarray) -> float:
    """The real inner product, in which a gradient is dual to a change of its array."""
    return float(np.real(np.vdot(np.asarray(a), np.asarray(b))))


def numeric_gradient(
    loss: Callable[..., float], inputs: Sequence[np.ndarray], i: int, step: float = 1e-5
) -> np.ndarray:
    """The gradient of a real function by `inputs[i]`, by central differences of fourth order."""
    base = [np.array(value) for value in inputs]
    gradient = np.zeros_like(base[i])
    directions = (1.0, 1.0j) if np.iscomplexobj(base[i]) else (1.0,)
    for position in np.ndindex(base[i].shape):
        for direction in directions:
            slopes = []
            for width in (step, 2 * step):
                ends = []
                for sign in (1, -1):
                    moved = list(base)
                    moved[i] = base[i].copy()
                    moved[i][position] += sign * width * direction
                    ends.append(loss(*moved))
                slopes.append((ends[0] - ends[1]) / (2 * width))
            gradient[position] += (4 * slopes[0] - slopes[1]) / 3 * direction
    return gradient


def training_step(model, optimizer, loss_fn) -> Callable[[ig.array, ig.array], ig.array]:
    """One step on a batch and its targets; returns the loss before it."""

    def step(x, y):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def in_threads(work: Callable[[int], Any], count: int = 4) -> list[Any]:
    """Runs `work(i)` in threads at once; the results, or the first exception."""
    results: list[Any] = [None] * count
    errors: list[BaseException] = []
    ready = threading.Barrier(count)

    def run(i: int) -> None:
        try:
            ready.wait()
            results[i] = work(i)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive(), "a thread hangs"
    if errors:
        raise errors[0]
    return results


def run_python(
    code: str,
    *arguments: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    timeout: float = 120,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Runs `code` in a fresh interpreter that sees the package under test."""
    return run_command([sys.executable, "-c", code, *arguments], env=env, cwd=cwd, timeout=timeout, check=check)


def run_command(
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    timeout: float = 120,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Runs a command; a failure shows what it printed."""
    result = subprocess.run(
        list(command),
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
    )
    if check and result.returncode != 0:
        raise AssertionError(f"{command} ended with {result.returncode}\n{result.stdout}\n{result.stderr}")
    return result


def counted(f):
    """`f` under jit, and a list that grows by one whenever Python runs it."""
    runs: list[int] = []

    def body(*arguments, **keywords):
        runs.append(1)
        return f(*arguments, **keywords)

    return ig.jit(body), runs
