"""MLX's names of what is known of memory, and of its limits: `ingot.memory`."""

from __future__ import annotations

from ingot import memory


def get_active_memory() -> int:
    """Bytes in arrays that are alive."""
    return memory.active()


def get_peak_memory() -> int:
    """The most that was ever active since `reset_peak_memory`."""
    return memory.peak()


def reset_peak_memory() -> None:
    """Starts `get_peak_memory` anew."""
    memory.reset_peak()


def get_cache_memory() -> int:
    """Bytes freed and kept for reuse."""
    return memory.cached()


def set_memory_limit(limit: int) -> int:
    """Sets the most bytes that may be active, and returns the old limit. Beyond it, MemoryError."""
    return memory.set_limit(limit)


def set_cache_limit(limit: int) -> int:
    """Sets the most bytes that the cache may keep, and returns the old limit."""
    return memory.set_cache_limit(limit)


def set_wired_limit(limit: int) -> int:
    """Nothing to set: no memory is wired down. Returns 0."""
    return 0


def clear_cache() -> None:
    """Gives all cached memory back to the system."""
    memory.clear_cache()
