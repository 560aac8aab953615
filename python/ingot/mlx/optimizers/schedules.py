"""Learning rates as functions of the step."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import ingot
from ingot import array

Schedule = Callable[[array], array]


def _float(step: array | int) -> array:
    return ingot.asarray(step).astype(ingot.float32)


def exponential_decay(init: float, decay_rate: float) -> Schedule:
    """init * decay_rate ** step.

    Example:
        >>> from ingot.mlx import optimizers as optim
        >>> print(optim.exponential_decay(0.5, 0.5)(ingot.array(2)))
        0.125
    """
    return lambda step: init * decay_rate ** _float(step)


def step_decay(init: float, decay_rate: float, step_size: int) -> Schedule:
    """init, times decay_rate every `step_size` steps."""
    return lambda step: init * decay_rate ** _float(ingot.asarray(step) // step_size)


def cosine_decay(init: float, decay_steps: int, end: float = 0.0) -> Schedule:
    """Half a cosine from `init` to `end` in `decay_steps` steps."""

    def schedule(step: array) -> array:
        done = ingot.minimum(_float(step), float(decay_steps))
        return end + 0.5 * (1 + ingot.cos(done * (math.pi / decay_steps))) * (init - end)

    return schedule


def linear_schedule(init: float, end: float, steps: int) -> Schedule:
    """A line from `init` to `end` in `steps` steps.

    Raises ValueError for less than one step.
    """
    if steps < 1:
        raise ValueError(f"linear_schedule: expected at least one step, got {steps}")
    return lambda step: ingot.minimum(_float(step), float(steps)) * ((end - init) / steps) + init


def join_schedules(schedules: Sequence[Schedule], boundaries: Sequence[int]) -> Schedule:
    """One schedule after the other: each begins, at its own step 0, at the boundary before it.

    Raises ValueError unless there is one boundary less than schedules.
    """
    if not schedules or len(schedules) != len(boundaries) + 1:
        raise ValueError(
            f"join_schedules: {len(schedules)} schedules need one boundary less, got {len(boundaries)} boundaries"
        )

    def schedule(step: array) -> array:
        now = _float(step)
        rate = schedules[0](now)
        for boundary, following in zip(boundaries, schedules[1:], strict=True):
            rate = ingot.where(now < boundary, rate, following(ingot.maximum(now - boundary, 0.0)))
        return rate

    return schedule
