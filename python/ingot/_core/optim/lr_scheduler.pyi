"""Schedules of learning rates."""

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

class LRScheduler:
    """Base of all schedulers, and of schedules written in Python: a subclass writes `get_lr`, which returns one
    rate per group from `last_epoch`, `base_lrs` and `optimizer.param_groups`, and sets its own attributes
    before `super().__init__(optimizer)`.

    Example:
        >>> class Halving(ingot.optim.lr_scheduler.LRScheduler):
        ...     def get_lr(self):
        ...         return [rate / 2 ** self.last_epoch for rate in self.base_lrs]
        >>> optimizer = ingot.optim.SGD([ingot.nn.Parameter(ingot.ones(2))], lr=1.0)
        >>> scheduler = Halving(optimizer)
        >>> scheduler.step()
        >>> scheduler.get_last_lr()
        [0.5]
    """
    def __init__(self, optimizer: typing.Any, last_epoch: builtins.int = -1) -> None: ...
    def step(self, epoch: builtins.float | None = None) -> None:
        """Sets the rates of the next epoch (or step, if it is called after each one), or of `epoch`."""
    def get_last_lr(self) -> list[builtins.float]:
        """The rates that it set last, one per group."""
    def get_lr(self) -> list[builtins.float]:
        """The rates of this epoch, one per group."""
    def state_dict(self) -> dict[str, typing.Any]:
        """What resuming needs, by torch's names."""
    def load_state_dict(self, state_dict: dict[str, typing.Any]) -> None:
        """Takes over what `state_dict` gave. Raises KeyError if something is missing."""
    @property
    def last_epoch(self) -> builtins.int:
        """The epoch of the present rates."""
    @last_epoch.setter
    def last_epoch(self, value: builtins.int) -> None: ...
    @property
    def optimizer(self) -> Optimizer:
        """Whose rates it sets."""
    def __getattr__(self, name: str) -> typing.Any: ...

class LambdaLR(LRScheduler):
    """The initial rate times `lr_lambda(epoch)`; one function, or a list of one per group."""
    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: collections.abc.Callable[[builtins.int], builtins.float]
        | collections.abc.Sequence[collections.abc.Callable[[builtins.int], builtins.float]],
        last_epoch: builtins.int = -1,
    ) -> None: ...

class MultiplicativeLR(LRScheduler):
    """Each rate is the one before times `lr_lambda(epoch)`; one function, or a list of one per group."""
    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: collections.abc.Callable[[builtins.int], builtins.float]
        | collections.abc.Sequence[collections.abc.Callable[[builtins.int], builtins.float]],
        last_epoch: builtins.int = -1,
    ) -> None: ...

class StepLR(LRScheduler):
    """Multiplies the rate by `gamma` every `step_size` epochs.

    Example:
        >>> optimizer = ingot.optim.SGD([ingot.nn.Parameter(ingot.ones(2))], lr=1.0)
        >>> scheduler = ingot.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
        >>> for _ in range(4):
        ...     scheduler.step()
        >>> scheduler.get_last_lr()
        [0.25]
    """
    def __init__(
        self, optimizer: Optimizer, step_size: builtins.int, gamma: builtins.float = 0.1, last_epoch: builtins.int = -1
    ) -> None: ...

class MultiStepLR(LRScheduler):
    """Multiplies the rate by `gamma` at each of the epochs `milestones`."""
    def __init__(
        self,
        optimizer: Optimizer,
        milestones: collections.abc.Sequence[builtins.int],
        gamma: builtins.float = 0.1,
        last_epoch: builtins.int = -1,
    ) -> None: ...

class ConstantLR(LRScheduler):
    """The rate times `factor` until epoch `total_iters`."""
    def __init__(
        self,
        optimizer: Optimizer,
        factor: builtins.float = 0.3333333333333333,
        total_iters: builtins.int = 5,
        last_epoch: builtins.int = -1,
    ) -> None: ...

class LinearLR(LRScheduler):
    """A factor that goes from `start_factor` to `end_factor` in a straight line until epoch `total_iters`: a warm-
    up, for one.
    """
    def __init__(
        self,
        optimizer: Optimizer,
        start_factor: builtins.float = 0.3333333333333333,
        end_factor: builtins.float = 1.0,
        total_iters: builtins.int = 5,
        last_epoch: builtins.int = -1,
    ) -> None: ...

class ExponentialLR(LRScheduler):
    """Multiplies the rate by `gamma` every epoch."""
    def __init__(self, optimizer: Optimizer, gamma: builtins.float, last_epoch: builtins.int = -1) -> None: ...

class PolynomialLR(LRScheduler):
    """The initial rate times `(1 - epoch / total_iters) ** power`, then 0."""
    def __init__(
        self,
        optimizer: Optimizer,
        total_iters: builtins.int = 5,
        power: builtins.float = 1.0,
        last_epoch: builtins.int = -1,
    ) -> None: ...

class CosineAnnealingLR(LRScheduler):
    """Half a cosine wave from the initial rate to `eta_min` in `T_max` epochs (Loshchilov and Hutter, 2017)."""
    def __init__(
        self, optimizer: Optimizer, T_max: builtins.int, eta_min: builtins.float = 0.0, last_epoch: builtins.int = -1
    ) -> None: ...

class CosineAnnealingWarmRestarts(LRScheduler):
    """Half a cosine wave that begins anew after `T_0` epochs, and then after periods that are `T_mult` times as
    long each. `step(epoch)` takes parts of an epoch, too.
    """
    def __init__(
        self,
        optimizer: Optimizer,
        T_0: builtins.int,
        T_mult: builtins.int = 1,
        eta_min: builtins.float = 0.0,
        last_epoch: builtins.int = -1,
    ) -> None: ...

class CyclicLR(LRScheduler):
    """Triangles between `base_lr` and `max_lr` (Smith, 2017); the momentum, if `cycle_momentum`, goes down while
    the rate goes up. `mode` is 'triangular', 'triangular2' (halved in each cycle) or 'exp_range' (times `gamma
    ** step`), or `scale_fn` is a factor of the cycle or of the step, as `scale_mode` says. `step` is called
    after every batch.

    Raises ValueError for an optimizer without momentum if that is to be cycled.
    """
    def __init__(
        self,
        optimizer: Optimizer,
        base_lr: builtins.float | collections.abc.Sequence[builtins.float],
        max_lr: builtins.float | collections.abc.Sequence[builtins.float],
        step_size_up: builtins.int = 2000,
        step_size_down: builtins.int | None = None,
        mode: str = "triangular",
        gamma: builtins.float = 1.0,
        scale_fn: collections.abc.Callable[[builtins.float], builtins.float] | None = None,
        scale_mode: str = "cycle",
        cycle_momentum: builtins.bool = True,
        base_momentum: builtins.float = 0.8,
        max_momentum: builtins.float = 0.9,
        last_epoch: builtins.int = -1,
    ) -> None: ...

class OneCycleLR(LRScheduler):
    """One rise from `max_lr / div_factor` to `max_lr` and one fall far below it (Smith and Topin, 2018), in
    `total_steps` steps or `epochs * steps_per_epoch`. `step` is called after every batch.

    Raises ValueError if neither is given, and after the last step.
    """
    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: builtins.float | collections.abc.Sequence[builtins.float],
        total_steps: builtins.int | None = None,
        epochs: builtins.int | None = None,
        steps_per_epoch: builtins.int | None = None,
        pct_start: builtins.float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: builtins.bool = True,
        base_momentum: builtins.float = 0.85,
        max_momentum: builtins.float = 0.95,
        div_factor: builtins.float = 25.0,
        final_div_factor: builtins.float = 10000.0,
        three_phase: builtins.bool = False,
        last_epoch: builtins.int = -1,
    ) -> None: ...

class SequentialLR(LRScheduler):
    """One scheduler after another: the next takes over at each of the epochs `milestones`.

    Example:
        >>> from ingot.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR
        >>> optimizer = ingot.optim.SGD([ingot.nn.Parameter(ingot.ones(2))], lr=1.0)
        >>> warm_up = LinearLR(optimizer, start_factor=0.1, total_iters=5)
        >>> decay = CosineAnnealingLR(optimizer, T_max=20)
        >>> scheduler = SequentialLR(optimizer, [warm_up, decay], milestones=[5])
    """
    def __init__(
        self,
        optimizer: Optimizer,
        schedulers: collections.abc.Sequence[LRScheduler],
        milestones: collections.abc.Sequence[builtins.int],
        last_epoch: builtins.int = -1,
    ) -> None: ...

class ChainedScheduler(LRScheduler):
    """All schedulers at each step, each continuing from what the one before set."""
    def __init__(self, schedulers: collections.abc.Sequence[LRScheduler], optimizer: typing.Any = None) -> None: ...

class ReduceLROnPlateau(LRScheduler):
    """Multiplies the rate by `factor` when the metric given to `step` has not improved (`mode`: 'min' or 'max')
    for more than `patience` steps, by a part `threshold` of the best ('rel') or that much ('abs').
    """
    def __init__(
        self,
        optimizer: Optimizer,
        mode: str = "min",
        factor: builtins.float = 0.1,
        patience: builtins.int = 10,
        threshold: builtins.float = 0.0001,
        threshold_mode: str = "rel",
        cooldown: builtins.int = 0,
        min_lr: builtins.float | collections.abc.Sequence[builtins.float] = 0.0,
        eps: builtins.float = 1e-08,
    ) -> None: ...
    def step(self, metrics: builtins.float | None = None, epoch: typing.Any = None) -> None:  # type: ignore[override]
        """Looks at the metric of one more epoch."""
