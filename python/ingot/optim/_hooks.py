"""Hooks around the steps of optimizers.

The first hook of a class wraps its `step`, for all optimizers of that class; until then nothing looks for hooks.
"""

from __future__ import annotations

import functools
from typing import Any

from ingot._core.optim import Optimizer, _hooks_changed
from ingot._handles import Handle, Hook, checked


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


def _register(optimizer: Any, when: str, hook: Hook) -> Handle:
    kind = type(optimizer)
    checked(hook)
    if not hasattr(kind.step, "_calls_hooks"):
        kind.step = _hooked(kind.step)
    hooks = _hooks(optimizer, when)
    hooks.append(hook)
    _hooks_changed()

    def remove() -> None:
        if hook in hooks:
            hooks.remove(hook)
            _hooks_changed()

    return Handle(remove)


def register_step_pre_hook(optimizer: Optimizer, hook: Hook) -> Handle:
    return _register(optimizer, "before", hook)


def register_step_post_hook(optimizer: Optimizer, hook: Hook) -> Handle:
    return _register(optimizer, "after", hook)
