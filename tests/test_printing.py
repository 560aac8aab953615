"""`str` is what NumPy prints; `repr` adds dtype and requires_grad; `format` treats a 0-d array as the number it is."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of

import ingot as ig

VALUES = {
    "scalar": np.array(1.5, np.float32),
    "integer_scalar": np.array(7, np.int32),
    "empty": np.zeros(0, np.float32),
    "empty_2d": np.zeros((0, 3), np.float32),
    "vector": np.array([1.0, 2.5, -3.0], np.float32),
    "whole_floats": np.array([15.0, 23.0], np.float32),
    "matrix": np.array([[4.0, 9.0], [16.0, 25.0]], np.float32),
    "cube": np.arange(24, dtype=np.float32).reshape(2, 3, 4),
    "thirds": np.array([1 / 3, 2 / 3, 100 / 3], np.float32),
    "float64_thirds": np.array([1 / 3, 2 / 3, 100 / 3]),
    "float16": np.array([0.1, 0.25, 1000.0], np.float16),
    "tiny_and_huge": np.array([1e-20, 1.0, 1e20], np.float32),
    "needs_exponent": np.array([1e-5, 1e-4], np.float32),
    "large": np.array([123456789.0, 1.0], np.float32),
    "nan_and_inf": np.array([np.nan, np.inf, -np.inf, 1.0], np.float32),
    "negative_zero": np.array([-0.0, 0.0], np.float32),
    "booleans": np.array([[True, False], [False, True]]),
    "integers": np.array([[1, -20], [300, 4]], np.int32),
    "unsigned": np.array([0, 255], np.uint8),
    "int64_extremes": np.array([-(2**63), 2**63 - 1]),
    "complex": np.array([1 + 2j, -0.5 - 1j], np.complex64),
    "complex128": np.array([[1 + 2j], [0.25j]]),
    "long": np.arange(2000, dtype=np.float32),
    "long_matrix": np.arange(4000, dtype=np.int32).reshape(100, 40),
    "wide_row_that_wraps": np.linspace(0, 1, 40, dtype=np.float32),
    "many_axes": np.zeros((1, 2, 1, 2, 1), np.float32),
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_str_is_numpys(value: np.ndarray) -> None:
    assert str(ig.array(value)) == str(value)


@pytest.mark.parametrize("seed", range(12))
def test_str_of_random_values_is_numpys(seed: int) -> None:
    rng = np.random.default_rng(seed)
    value = rng.normal(size=(3, 5)) * 10.0 ** rng.integers(-6, 7)
    for dtype in (np.float32, np.float64, np.float16):
        with np.errstate(over="ignore"):
            cast = value.astype(dtype)
        assert str(ig.array(cast)) == str(cast)


def test_str_of_bfloat16() -> None:
    assert str(array_of([1.0, 2.5], "bfloat16")) == "[1.  2.5]"


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (lambda: ig.array([1.0, 2.0]), "array([1., 2.], dtype=float32)"),
        (lambda: ig.array([1, 2]), "array([1, 2], dtype=int32)"),
        (lambda: ig.array(3.0), "array(3., dtype=float32)"),
        (lambda: ig.array([1.0], requires_grad=True), "array([1.], dtype=float32, requires_grad=True)"),
        (lambda: ig.zeros((0, 2)), "array([], shape=(0, 2), dtype=float32)"),
        (lambda: ig.array([[1.0, 2.0], [3.0, 4.0]]), "array([[1., 2.],\n       [3., 4.]], dtype=float32)"),
    ],
)
def test_repr(x, text: str) -> None:
    assert repr(x()) == text


def test_repr_of_a_parameter_shows_its_values() -> None:
    text = repr(ig.nn.Parameter(ig.ones(2)))
    assert "[1., 1.]" in text
    assert "requires_grad=True" in text


def test_format() -> None:
    loss = ig.array(0.123456)
    assert f"{loss:.3f}" == "0.123"
    assert f"{loss:>10.2e}" == "  1.23e-01"
    assert f"{ig.array(7):04d}" == "0007"
    assert f"{ig.array([1.5, 2.25]):.2f}" == "[1.50 2.25]"
    assert f"{ig.array([1.0, 2.0])}" == "[1. 2.]"
    assert f"{loss}" == str(loss)
    with pytest.raises(ValueError):
        f"{loss:no such format}"


def test_printing_does_not_evaluate_what_was_asked_lazily_twice() -> None:
    x = ig.random.uniform((3,))
    assert str(x) == str(x)


def test_print_of_a_huge_array_is_short() -> None:
    assert len(str(ig.zeros((10_000, 10_000)))) < 2000


def test_names_of_dtypes_and_devices() -> None:
    assert str(ig.float32) == "float32"
    assert "float32" in repr(ig.float32)
    assert "cpu" in str(ig.device("cpu"))
    assert str(ig.ones((2, 3)).shape) == "(2, 3)"
