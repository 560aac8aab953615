"""What registering a hook that is called from Python takes and returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Hook = Callable[..., Any]


def checked(hook: Hook) -> Hook:
    """The hook itself. Raises TypeError for what cannot be called."""
    if not callable(hook):
        raise TypeError(f"a hook must be callable, got {type(hook).__name__}")
    return hook


class Handle:
    """`remove()`, or the end of a `with` block, takes the hook away."""

    def __init__(self, *removals: Callable[[], object]) -> None:
        self._removals = removals

    def remove(self) -> None:
        for removal in self._removals:
            removal()

    def __enter__(self) -> Handle:
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()
