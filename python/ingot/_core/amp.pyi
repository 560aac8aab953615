"""Mixed precision."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype
from ingot._core.optim import Optimizer

def _autocast_dtype() -> dtype | None:
    """The low dtype in use on this thread, or None."""

def _set_autocast_dtype(dtype: DTypeLike | None) -> None:
    """Sets it."""

class GradScaler:
    """Loss scaling for float16: multiplies the loss by a scale and divides the gradients by it, skips a step whose
    gradients hold an infinity or NaN, and adjusts the scale. May be part of a jitted step.

    Raises ValueError unless growth is above 1, backoff between 0 and 1, and scale and interval are positive.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer, scaler = ingot.optim.SGD(model.parameters(), lr=0.1), ingot.amp.GradScaler()
        >>> with ingot.amp.autocast(dtype=ingot.float16):
        ...     loss = model(ingot.ones((4, 2))).mean()
        >>> scaler.scale(loss).backward()
        >>> scaler.step(optimizer)
        >>> scaler.update()
    """
    def __init__(
        self,
        device: str = "cpu",
        init_scale: builtins.float = 65536.0,
        growth_factor: builtins.float = 2.0,
        backoff_factor: builtins.float = 0.5,
        growth_interval: builtins.int = 2000,
        enabled: builtins.bool = True,
    ) -> None: ...
    def scale(self, outputs: typing.Any) -> typing.Any:
        """The loss (or each of several) times the scale."""
    def unscale_(self, optimizer: Optimizer) -> None:
        """Divides the gradients by the scale, for instance before clipping them; `step` does it if nobody has. Raises
        ValueError if it was done since the last `update`.
        """
    def step(self, optimizer: typing.Any) -> None:
        """The optimizer's step, skipped if a gradient is not finite."""
    def update(self, new_scale: builtins.float | None = None) -> None:
        """Ends a step: adjusts the scale, or sets it."""
    def get_scale(self) -> builtins.float:
        """The scale as a number."""
    def is_enabled(self) -> builtins.bool:
        """False if it does nothing."""
    def state_dict(self) -> dict[str, typing.Any]:
        """What resuming needs, by torch's names."""
    def load_state_dict(self, state_dict: dict[str, typing.Any]) -> None:
        """Takes over what `state_dict` gave."""
