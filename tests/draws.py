"""Random inputs: values of a shape, from the domain on which an operation is smooth, in any dtype."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from helpers import INTEGERS, rounded

Generator = np.random.Generator
Shape = tuple[int, ...]


def _signed(rng: Generator, magnitude: np.ndarray) -> np.ndarray:
    return magnitude * rng.choice([-1.0, 1.0], size=magnitude.shape)


#: Real numbers of each domain, away from kinks, poles and ties.
FLOAT_DOMAINS: dict[str, Callable[[Generator, Shape], np.ndarray]] = {
    "any": lambda rng, shape: rng.normal(size=shape),
    "nonzero": lambda rng, shape: _signed(rng, rng.uniform(0.3, 2.0, shape)),
    "positive": lambda rng, shape: rng.uniform(0.3, 3.0, shape),
    "unit": lambda rng, shape: rng.uniform(-0.9, 0.9, shape),
    "above_one": lambda rng, shape: rng.uniform(1.2, 3.0, shape),
    "probability": lambda rng, shape: rng.uniform(0.05, 0.95, shape),
    "order": lambda rng, shape: rng.integers(0, 4, shape).astype(float),
    "parameter": lambda rng, shape: rng.uniform(0.3, 3.0, shape),
    "between_integers": lambda rng, shape: rng.integers(-4, 4, shape) + rng.uniform(0.15, 0.85, shape),
    "distinct": lambda rng, shape: rng.permutation(np.linspace(-2.0, 2.0, int(np.prod(shape)))).reshape(shape),
    "bits": lambda rng, shape: rng.integers(0, 100, shape).astype(float),
    "shift": lambda rng, shape: rng.integers(0, 6, shape).astype(float),
}

#: Bounds (low, high) of signed integers; unsigned ones start at 0 or, where 0 is outside the domain, at 1.
INTEGER_DOMAINS: dict[str, tuple[int, int]] = {
    "any": (-6, 7),
    "nonzero": (1, 7),
    "positive": (1, 4),
    "unit": (0, 1),
    "above_one": (2, 7),
    "probability": (0, 1),
    "order": (0, 3),
    "parameter": (1, 4),
    "between_integers": (-6, 7),
    "distinct": (-6, 7),
    "bits": (0, 100),
    "shift": (0, 6),
    "index_of_3": (-3, 3),
    "index_of_4": (-4, 4),
    "bit": (0, 2),
    "word": (0, 2**32),
}


#: Domains of operands by which there is no derivative.
CONSTANT_DOMAINS = ("order", "parameter")


@dataclass(frozen=True)
class Draw:
    """One input to be drawn. `dtype` pins it whatever dtype the operation is tested in (indices, conditions)."""

    shape: Shape
    domain: str = "any"
    dtype: str | None = None

    @property
    def varies(self) -> bool:
        """Whether the input takes the tested dtype, and so may carry a gradient."""
        return self.dtype is None and self.domain not in CONSTANT_DOMAINS

    def __call__(self, rng: Generator, dtype: str) -> np.ndarray:
        dtype = self.dtype or dtype
        if dtype == "bool":
            return _booleans(rng, self.shape, self.domain)
        if dtype in INTEGERS:
            return _integers(rng, self.shape, self.domain, dtype)
        values = FLOAT_DOMAINS[self.domain](rng, self.shape)
        if dtype.startswith("complex"):
            values = values + 1j * 0.5 * rng.uniform(-1, 1, self.shape)
        return rounded(values, dtype)


def _booleans(rng: Generator, shape: Shape, domain: str) -> np.ndarray:
    low, high = INTEGER_DOMAINS[domain]
    if low <= 0 < high and high > 1:
        return rng.integers(0, 2, shape).astype(bool)
    return np.full(shape, low > 0)


def _integers(rng: Generator, shape: Shape, domain: str, dtype: str) -> np.ndarray:
    low, high = INTEGER_DOMAINS[domain]
    if dtype.startswith("u"):
        low = max(low, 0)
    values = rng.integers(low, high, shape)
    if domain == "nonzero" and not dtype.startswith("u"):
        values = values * rng.choice([-1, 1], size=shape)
    return np.asarray(values, dtype=dtype)
