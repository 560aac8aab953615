"""Optimizers taken apart and put together again: what pickling and `copy.deepcopy` do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingot._core import array
from ingot._core.optim import Optimizer


def taken_apart(optimizer: Optimizer) -> tuple[Any, ...]:
    """What `__reduce__` returns: the class, the parameters of each group, and the state."""
    groups = [list(group["params"]) for group in optimizer.param_groups]
    attributes = {name: value for name, value in vars(optimizer).items() if name != "_hooks"}
    return put_together, (type(optimizer), groups, optimizer.defaults, optimizer.state_dict(), attributes)


def put_together(
    kind: type[Optimizer],
    groups: Sequence[Sequence[array]],
    defaults: dict[str, Any],
    state: dict[str, Any],
    attributes: dict[str, Any],
) -> Optimizer:
    """The optimizer, made by the constructor in C++: one in Python may take other arguments."""
    optimizer = kind.__new__(kind)
    given = [{"params": list(params)} for params in groups]
    maker: Any = next(base for base in kind.__mro__ if base.__module__.startswith("ingot._core"))
    maker.__init__(optimizer, given, *([defaults] if maker is Optimizer else []))
    optimizer.__dict__.update(attributes)
    optimizer.load_state_dict(state)
    return optimizer
