"""Hooks around the steps of optimizers.

The first hook of a class wraps its `step`, for all optimizers of that class; until then nothing looks for hooks.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ingot._core.optim import Optimizer

Hook = Callable[..., Any]


class _Handle:
    """`remove()` takes the hook away."""

    def __init__(self, hooks: list[Hook], hook: Hook) -> None:
        self._hooks, self._hook = hooks, hook
        hooks.append(hook)

    def remove(self) -> None:
        if self._hook in self._hooks:
            self._hooks.remove(self._hook)


def _hooks(optimizer: Optimizer, when: str) -> list[Hook]:
    hooks: list[Hook] = vars(optimizer).setdefault("_hooks", {}).setdefault(when, [])
    return hooks


def _hooked(usual: Hook) -> Hook:
    @functools.wraps(usual)
    def step(self: Any, *args: Any, **kwargs: Any) -> Any:
        if type(self).step is not step:  # super().step() in a step that has called the hooks
            return usual(self, *args, **kwargs)
        for hook in [*_hooks(self, "before")]:
            args, kwargs = hook(self, args, kwargs) or (args, kwargs)
        result = usual(self, *args, **kwargs)
        for hook in [*_hooks(self, "after")]:
            hook(self, args, kwargs)
        return result

    vars(step)["_calls_hooks"] = True
    return step


def _register(optimizer: Any, when: str, hook: Hook) -> _Handle:
    kind = type(optimizer)
    if not hasattr(kind.step, "_calls_hooks"):
        kind.step = _hooked(kind.step)
    return _Handle(_hooks(optimizer, when), hook)


def register_step_pre_hook(optimizer: Optimizer, hook: Hook) -> _Handle:
    return _register(optimizer, "before", hook)


def register_step_post_hook(optimizer: Optimizer, hook: Hook) -> _Handle:
    return _register(optimizer, "after", hook)
