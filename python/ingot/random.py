"""Random numbers: same seed, same numbers, on every machine and for every number of threads."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from ingot._core.random import *
from ingot._core.random import get_rng_state, seed, set_rng_state

manual_seed = seed


@contextlib.contextmanager
def fork_rng(devices: Any = None, enabled: bool = True) -> Iterator[None]:
    """In a `with` block, what is drawn leaves no trace: afterwards the numbers go on as if it had not been.

    Example:
        >>> ingot.random.seed(0)
        >>> with ingot.random.fork_rng():
        ...     inside = ingot.rand(2)
        >>> ingot.array_equal(inside, ingot.rand(2)).item()
        True
    """
    state = get_rng_state()
    try:
        yield
    finally:
        if enabled:
            set_rng_state(state)
