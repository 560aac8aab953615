"""Shared set-up: reproducible numbers, and fixtures that undo what a test changes."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

import ingot as ig

settings.register_profile(
    "suite", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def same_numbers_every_time() -> None:
    ig.random.seed(20240229)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def live_buffers() -> Iterator:
    """A function that counts the buffers alive beyond those that were there when the test began."""

    def count() -> int:
        gc.collect()
        return ig.memory.live_buffers() - before

    gc.collect()
    before = ig.memory.live_buffers()
    yield count


@pytest.fixture
def threads() -> Iterator:
    """`ig.set_num_threads`, undone at the end."""
    before = ig.get_num_threads()
    yield ig.set_num_threads
    ig.set_num_threads(before)
