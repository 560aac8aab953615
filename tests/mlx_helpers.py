"""What the tests of the MLX dialect share: numbers to start from, comparison, and a formula."""

from __future__ import annotations

from typing import Any

import numpy as np


def values(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.normal(size=shape).astype(np.float32)


def close(got: Any, want: Any, rtol: float = 2e-5) -> None:
    np.testing.assert_allclose(np.asarray(got), want, rtol=rtol, atol=1e-5)


def log_softmax(x: np.ndarray) -> np.ndarray:
    shifted = x - x.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
