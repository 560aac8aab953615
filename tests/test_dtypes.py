"""Conversion between all dtypes, and the dtypes that functions give."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import ALL_DTYPES, COMPLEX, FLOATS, INTEGERS, array_of, dtype_named, numpy_of, rounded

import ingot as ig

VALUES = np.array([0.0, 1.0, 2.5, 3.0, 100.0])


@pytest.mark.filterwarnings("ignore:astype. imaginary parts")
@pytest.mark.parametrize("target", ALL_DTYPES)
@pytest.mark.parametrize("source", ALL_DTYPES)
def test_astype(source: str, target: str) -> None:
    held = rounded(VALUES, source)
    got = array_of(VALUES, source).astype(dtype_named(target))
    assert got.dtype == dtype_named(target)
    want = rounded(held.real if target not in COMPLEX and held.dtype.kind == "c" else held, target)
    np.testing.assert_array_equal(numpy_of(got), want)


@pytest.mark.parametrize("source", [d for d in INTEGERS if d.startswith("i")])
@pytest.mark.parametrize("target", INTEGERS)
def test_integers_wrap_around(source: str, target: str) -> None:
    value = np.array([-1, -100, np.iinfo(source).max, np.iinfo(source).min], dtype=source)
    np.testing.assert_array_equal(numpy_of(ig.array(value).astype(dtype_named(target))), value.astype(target))


@pytest.mark.parametrize("name", INTEGERS)
def test_floats_that_an_integer_dtype_cannot_hold(name: str) -> None:
    dtype, info = dtype_named(name), np.iinfo(name)
    x, mask = ig.zeros(2, dtype=dtype), ig.array([True, False])
    ways = [
        lambda value: ig.full((2,), value, dtype=dtype),
        lambda value: ig.full_like(x, value),
        lambda value: ig.array([1, value], dtype=dtype),
        lambda value: ig.array(value, dtype=dtype),
        lambda value: ig.array(x).fill_(value),
        lambda value: ig.masked_fill(x, mask, value),
        lambda value: ig.array(x).__setitem__(0, value),
    ]
    for value in (float(info.max) + 1, float(info.min) * 2 - 1, np.inf, -np.inf, np.nan, 1e30):
        for way in ways:
            with pytest.raises(ValueError, match=f"does not fit dtype {name}"):
                way(value)
    with pytest.raises(ValueError, match=f"does not fit dtype {name}"):
        ig.array(x).fill_(2**70)
    with pytest.raises(ValueError, match=f"does not fit dtype {name}"):
        ig.arange(0.5, 4.0 * info.max, 2.0 * info.max, dtype=dtype)
    for value in (-0.9, 2.7, float(info.min), float(info.max // 2)):
        assert ways[0](value).tolist() == [int(value)] * 2


@pytest.mark.parametrize("name", ["bool", "int32", "float32"])
def test_complex_numbers_are_no_elements_of_real_dtypes(name: str) -> None:
    x = ig.ones(2).astype(dtype_named(name))
    for way in (
        lambda: ig.full((2,), 1j, dtype=x.dtype),
        lambda: ig.full_like(x, 1 + 0j),
        lambda: ig.array(1j, dtype=x.dtype),
        lambda: ig.array([1j], dtype=x.dtype),
        lambda: x.fill_(1j),
        lambda: x.__setitem__(0, 1j),
    ):
        with pytest.raises(TypeError, match=f"complex.*{name}"):
            way()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_every_half_survives_a_round_trip(dtype: str) -> None:
    bits = np.arange(2**16, dtype=np.uint16)
    halves = bits.view(np.float16)
    there = ig.array(halves).astype(dtype_named(dtype))
    with np.errstate(invalid="ignore"):
        np.testing.assert_array_equal(numpy_of(there), halves.astype(dtype))
    np.testing.assert_array_equal(numpy_of(there.astype(ig.float16)), halves)


def test_rounding_to_half_is_to_nearest_even(rng: np.random.Generator) -> None:
    value = (rng.normal(size=5000) * 10.0 ** rng.integers(-9, 6, 5000)).astype(np.float32)
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(numpy_of(ig.array(value).astype(ig.float16)), value.astype(np.float16))


def test_rounding_to_bfloat16_is_to_nearest_even(rng: np.random.Generator) -> None:
    value = (rng.normal(size=5000) * 10.0 ** rng.integers(-30, 30, 5000)).astype(np.float32)
    bits = value.view(np.uint32).astype(np.uint64)
    want = (((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16) << 16).astype(np.uint32).view(np.float32)
    np.testing.assert_array_equal(numpy_of(ig.array(value).astype(ig.bfloat16)), want)


def test_nan_and_infinity_survive_every_float() -> None:
    special = np.array([np.nan, np.inf, -np.inf])
    for dtype in FLOATS:
        np.testing.assert_array_equal(numpy_of(array_of(special, dtype)), special)


@pytest.mark.parametrize(
    ("function", "dtype", "want"),
    [
        ("sum", "bool", "int32"),
        ("sum", "int8", "int32"),
        ("sum", "uint8", "uint32"),
        ("sum", "int64", "int64"),
        ("sum", "float16", "float16"),
        ("prod", "int16", "int32"),
        ("mean", "int32", "float32"),
        ("mean", "float64", "float64"),
        ("var", "int32", "float32"),
        ("max", "uint8", "uint8"),
        ("any", "float32", "bool"),
        ("argmax", "float64", "int32"),
        ("softmax", "int32", "float32"),
        ("logsumexp", "bfloat16", "bfloat16"),
    ],
)
def test_dtypes_of_reductions(function: str, dtype: str, want: str) -> None:
    assert str(getattr(ig, function)(array_of(np.ones(3), dtype)).dtype) == want


def test_half_sums_are_computed_in_float32() -> None:
    """Ten thousand ones do not stop at 2048 (float16) or 256 (bfloat16)."""
    for dtype in (ig.float16, ig.bfloat16):
        assert ig.ones(10_000, dtype=dtype).sum().item() == pytest.approx(10_000, rel=1e-2)
        assert ig.ones(10_000, dtype=dtype).mean().item() == pytest.approx(1, rel=1e-2)
        everywhere = ig.full((10_000,), 100, dtype=dtype).mean(where=ig.array(True))
        assert everywhere.dtype == dtype
        assert everywhere.item() == pytest.approx(100, rel=1e-2)


def test_float32_sums_are_accurate() -> None:
    value = np.full(10_000_000, 0.1, np.float32)
    assert ig.array(value).sum().item() == pytest.approx(value.astype(np.float64).sum(), rel=1e-6)


def test_integer_sums_are_exact() -> None:
    assert ig.array(np.array([2**53, 1, 1])).sum().item() == 2**53 + 2


def test_defaults() -> None:
    assert ig.zeros(2).dtype == ig.ones(2).dtype == ig.float32
    assert ig.arange(3).dtype == ig.int32
    assert ig.arange(3.0).dtype == ig.float32
    assert ig.full((2,), 1).dtype == ig.int32
    assert ig.full((2,), 1.0).dtype == ig.float32
    assert ig.full((2,), True).dtype == ig.bool_
    assert ig.eye(2).dtype == ig.linspace(0, 1, 3).dtype == ig.float32
