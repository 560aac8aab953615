"""Hooks on gradients that have been added up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingot import _core


def register(array: Any, hook: Callable[[Any], Any]) -> Any:
    """See `array.register_post_accumulate_grad_hook`."""
    if not (array.is_leaf and array.requires_grad):
        raise RuntimeError("register_post_accumulate_grad_hook: expected a leaf that requires grad")

    def found(gradient: Any) -> None:
        _core._call_after_backward(lambda: hook(array))

    return array.register_hook(found)
