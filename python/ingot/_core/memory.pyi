"""What the arrays of this process hold, in bytes, and limits on it."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

def active() -> int:
    """Bytes in arrays that are alive.

    Example:
        >>> ingot.memory.active() >= 0
        True
    """

def peak() -> int:
    """The most that was ever active since the last `reset_peak`."""

def reset_peak() -> None:
    """Starts `peak` anew."""

def cached() -> int:
    """Bytes freed and kept for reuse."""

def set_cache_limit(bytes: int) -> int:
    """Sets the most that the cache may keep, and returns the old limit. Shrinks the cache at once."""

def set_limit(bytes: int) -> int:
    """Sets the most that may be active, in bytes (0: no limit), and returns the old limit; at first it is nine
    tenths of the machine's memory. Beyond it, MemoryError.
    """

def clear_cache() -> None:
    """Gives all cached memory back to the system."""

def live_buffers() -> int:
    """The number of buffers alive, for leak tests."""
