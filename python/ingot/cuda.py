"""Answers to what scripts ask of CUDA: there is no such device here. Scripts that check first run on the processor."""

from __future__ import annotations


def is_available() -> bool:
    """False.

    Example:
        >>> ingot.device('cuda' if ingot.cuda.is_available() else 'cpu').type
        'cpu'
    """
    return False


def device_count() -> int:
    """0."""
    return 0


def manual_seed(seed: int) -> None:
    """Does nothing: there are no generators on CUDA devices."""


def manual_seed_all(seed: int) -> None:
    """Does nothing: there are no generators on CUDA devices."""


def empty_cache() -> None:
    """Does nothing: there is no memory on CUDA devices."""


def synchronize(device: object = None) -> None:
    """Does nothing: nothing runs on CUDA devices."""
