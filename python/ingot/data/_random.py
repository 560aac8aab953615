"""Where orders are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


def generator_for(generator: Any = None) -> np.random.Generator:
    """A NumPy generator: itself, or made from a seed, from a generator of torch's kind, or by Ingot's global seed."""
    import numpy as np

    if isinstance(generator, np.random.Generator):
        return generator
    if hasattr(generator, "initial_seed"):
        generator = generator.initial_seed()
    if generator is None:
        from ingot import random

        generator = int(random.randint(0, 2**31 - 1, ()).item())
    return np.random.default_rng(generator)
