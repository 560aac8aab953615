"""Functions of float64 that have vector code: how many units of the last place they are off."""

from __future__ import annotations

import math

import numpy as np
import pytest
from helpers import numpy_of
from scipy import special

import ingot as ig

N = 20_000


def units(got: np.ndarray, want: np.ndarray) -> float:
    return float(np.max(np.abs(got - want) / np.spacing(np.abs(want.astype(np.float64)))))


def ours(name: str, x: np.ndarray) -> np.ndarray:
    return numpy_of(getattr(ig, name)(ig.array(x, dtype=ig.float64)))


def angles(rng: np.random.Generator) -> dict[str, np.ndarray]:
    turns = rng.integers(1, 600_000, N)
    return {
        "near": rng.uniform(-8, 8, N),
        "far": rng.uniform(-1.2e6, 1.2e6, N),
        "tiny": np.ldexp(rng.uniform(0.5, 1, N), rng.integers(-1070, 0, N)),
        "beside_quarters": turns * (np.pi / 2),
        "huge": rng.uniform(1e6, 1e300, N),
    }


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="long double has no more digits than double")
@pytest.mark.parametrize(("name", "bound"), [("sin", 1), ("cos", 1), ("tan", 2)])
def test_functions_of_angles(name: str, bound: float, rng: np.random.Generator) -> None:
    for kind, x in angles(rng).items():
        assert units(ours(name, x), getattr(np, name)(x.astype(np.longdouble))) <= bound, kind


@pytest.mark.parametrize("name", ["sin", "cos", "tan"])
def test_what_an_angle_gives_does_not_depend_on_its_neighbours(name: str, rng: np.random.Generator) -> None:
    x = rng.uniform(-100, 100, 1000)
    mixed = x.copy()
    mixed[::7] = 1e200
    keep = np.arange(1000) % 7 != 0
    assert (ours(name, x)[keep] == ours(name, mixed)[keep]).all()


def test_error_function(rng: np.random.Generator) -> None:
    for x in (rng.uniform(-1.2, 1.2, N), rng.uniform(-7, 7, N), np.ldexp(1.0, rng.integers(-1070, 3, N))):
        assert units(ours("erf", x), np.array([math.erf(v) for v in x])) <= 2


def test_complement_of_the_error_function(rng: np.random.Generator) -> None:
    for x in (rng.uniform(-6, 6, N), rng.uniform(0, 26.5, N), rng.uniform(-0.01, 0.01, N)):
        # Ours is up to 2.7 units off (3.1 without fused products), and C's about as many.
        assert units(ours("erfc", x), np.array([math.erfc(v) for v in x])) <= 5.5
    # Where the result is subnormal it has fewer digits to be right.
    x = rng.uniform(26.6, 28, N)
    np.testing.assert_allclose(ours("erfc", x), [math.erfc(v) for v in x], rtol=0, atol=1e-323)


@pytest.mark.parametrize(
    ("name", "at_infinity"), [("sin", np.nan), ("cos", np.nan), ("tan", np.nan), ("erf", 1), ("erfc", 0)]
)
def test_ends_of_the_range(name: str, at_infinity: float) -> None:
    got = ours(name, np.array([0.0, -0.0, np.inf, np.nan]))
    first = 1.0 if name in ("cos", "erfc") else 0.0
    np.testing.assert_array_equal(got, [first, first, at_infinity, np.nan])
    assert np.signbit(got[1]) == (first == 0)


def test_inverse_of_the_error_function(rng: np.random.Generator) -> None:
    beside_one = 1 - np.ldexp(1.0, -np.arange(2, 53))
    for x in (rng.uniform(-1, 1, N), beside_one, -beside_one, np.ldexp(1.0, rng.integers(-1000, 0, N))):
        np.testing.assert_allclose(ours("erfinv", x), special.erfinv(x), rtol=1e-14)
    ends = ours("erfinv", np.array([1, -1, -0.0, 1.5, np.nan]))
    np.testing.assert_array_equal(ends, [np.inf, -np.inf, 0, np.nan, np.nan])
    assert np.signbit(ends[2])
