"""Answers to what scripts ask of CUDA: there is no such device here. Scripts that check first run on the processor."""

from __future__ import annotations

import types as _types

from ingot import amp as _amp


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


def is_bf16_supported(including_emulation: bool = True) -> bool:
    """False."""
    return False


def set_device(device: object) -> None:
    """Does nothing: there is none to choose."""


def memory_allocated(device: object = None) -> int:
    """0."""
    return 0


max_memory_allocated = memory_reserved = max_memory_reserved = memory_allocated


def reset_peak_memory_stats(device: object = None) -> None:
    """Does nothing: there is no memory on CUDA devices."""


def _autocast(enabled: bool = True, dtype: object = None, cache_enabled: bool = True) -> _amp.autocast:
    """`amp.autocast` without a device, as of old. It has no effect: no product runs on a CUDA device."""
    return _amp.autocast("cuda", enabled=False)


amp = _types.SimpleNamespace(
    autocast=_autocast, GradScaler=_amp.GradScaler, custom_bwd=_amp.custom_bwd, custom_fwd=_amp.custom_fwd
)
