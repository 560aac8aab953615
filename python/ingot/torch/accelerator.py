"""PyTorch's `torch.accelerator`: the device beside the processor, if there is one."""

from __future__ import annotations

from typing import Any

import ingot


def is_available() -> bool:
    """True if there is a device beside the processor."""
    return ingot.is_available(ingot.device("mps"))


def device_count() -> int:
    """How many there are."""
    return int(is_available())


def current_accelerator(check_available: bool = False) -> Any:
    """The device, or None."""
    return ingot.device("mps") if is_available() else None


def synchronize(device: object = None) -> None:
    """Waits for nothing: reading a value waits for it."""
