"""Averages of weights over training, with the names of `torch.optim.swa_utils`. `ingot.optim.EMA` is simpler."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ingot import nn
from ingot._core import array, asarray, int64, zeros
from ingot._core.optim.lr_scheduler import LRScheduler
from ingot.autograd import no_grad

Average = Callable[[array, array, array], array]
ManyAverages = Callable[[Sequence[array], Sequence[array], array], None]


def get_ema_avg_fn(decay: float = 0.999) -> Average:
    """`average * decay + value * (1 - decay)`.

    Example:
        >>> print(ingot.optim.swa_utils.get_ema_avg_fn(0.75)(ingot.zeros(1), ingot.ones(1), None))
        [0.25]
    """
    return lambda average, value, count: average * decay + value * (1 - decay)


def get_swa_avg_fn() -> Average:
    """The mean of all values so far.

    Example:
        >>> print(ingot.optim.swa_utils.get_swa_avg_fn()(ingot.zeros(1), ingot.ones(1), 1))
        [0.5]
    """
    return lambda average, value, count: average + (value - average) / (count + 1)


def _of_many(average: Average) -> ManyAverages:
    def update(averages: Sequence[array], values: Sequence[array], count: array) -> None:
        for held, value in zip(averages, values, strict=True):
            held[...] = average(held, value, count)

    return update


def get_ema_multi_avg_fn(decay: float = 0.999) -> ManyAverages:
    """The same as `get_ema_avg_fn` for lists of arrays, in place."""
    return _of_many(get_ema_avg_fn(decay))


def get_swa_multi_avg_fn() -> ManyAverages:
    """The same as `get_swa_avg_fn` for lists of arrays, in place."""
    return _of_many(get_swa_avg_fn())


class AveragedModel(nn.Module):
    """A copy of a model whose parameters are averages over the times of `update_parameters`.

    `avg_fn(average, value, count)` says how (default: the mean of all), or `multi_avg_fn` for all at once in place.
    With `use_buffers` buffers are averaged, too; else they are copied.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> averaged = ingot.optim.swa_utils.AveragedModel(model)
        >>> averaged.update_parameters(model)
        >>> averaged(ingot.ones((4, 2))).shape
        (4, 1)
    """

    n_averaged: array

    def __init__(
        self,
        model: nn.Module,
        device: Any = None,
        avg_fn: Average | None = None,
        multi_avg_fn: ManyAverages | None = None,
        use_buffers: bool = False,
    ) -> None:
        super().__init__()
        if avg_fn is not None and multi_avg_fn is not None:
            raise ValueError("AveragedModel: give one of avg_fn and multi_avg_fn")
        del device
        self.module = copy.deepcopy(model)
        self.register_buffer("n_averaged", zeros((), dtype=int64))
        self.use_buffers = use_buffers
        self._update = multi_avg_fn or _of_many(avg_fn or get_swa_avg_fn())

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        return self.module(*args, **kwargs)

    def update_parameters(self, model: nn.Module) -> None:
        """Takes the present parameters of `model` into the averages; the first time, takes them over."""
        with no_grad():
            pairs: list[tuple[array, array]] = [*zip(self.module.parameters(), model.parameters(), strict=True)]
            buffers: list[tuple[array, array]] = list(zip(self.module.buffers(), model.buffers(), strict=True))
            if self.use_buffers:
                pairs += buffers
            else:
                for held, value in buffers:
                    held[...] = value
            if int(self.n_averaged) == 0:
                for held, value in pairs:
                    held[...] = value
            else:
                self._update([held for held, _ in pairs], [value for _, value in pairs], self.n_averaged)
            self.n_averaged += 1


def update_bn(loader: Iterable[Any], model: nn.Module, device: Any = None) -> None:
    """Takes the running statistics of the model's batch normalisations anew, over the batches of `loader`."""
    del device
    layers: list[Any] = [
        layer for layer in model.modules() if hasattr(layer, "running_mean") and layer.running_mean is not None
    ]
    if not layers:
        return
    momenta = [layer.momentum for layer in layers]
    was_training = model.training
    for layer in layers:
        layer.running_mean[...] = 0.0
        layer.running_var[...] = 1.0
        layer.momentum = None  # the mean over all batches
    model.train()
    try:
        with no_grad():
            for batch in loader:
                model(asarray(batch[0] if isinstance(batch, (list, tuple)) else batch))
    finally:
        for layer, momentum in zip(layers, momenta, strict=True):
            layer.momentum = momentum
        model.train(was_training)


class SWALR(LRScheduler):
    """Goes from the present rate to `swa_lr` in `anneal_epochs`, along a cosine or a line (`anneal_strategy`).

    Example:
        >>> optimizer = ingot.optim.SGD([ingot.nn.Parameter(ingot.ones(2))], lr=1.0)
        >>> scheduler = ingot.optim.swa_utils.SWALR(optimizer, swa_lr=0.5, anneal_epochs=1)
        >>> scheduler.step()
        >>> scheduler.get_last_lr()
        [0.5]
    """

    def __init__(
        self,
        optimizer: Any,
        swa_lr: float | Sequence[float],
        anneal_epochs: int = 10,
        anneal_strategy: str = "cos",
        last_epoch: int = -1,
    ) -> None:
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"SWALR: anneal_strategy must be 'cos' or 'linear', got {anneal_strategy!r}")
        if anneal_epochs < 0:
            raise ValueError(f"SWALR: anneal_epochs must not be negative, got {anneal_epochs}")
        groups = optimizer.param_groups
        self.swa_lrs = [swa_lr] * len(groups) if isinstance(swa_lr, (int, float)) else list(swa_lr)
        if len(self.swa_lrs) != len(groups):
            raise ValueError(f"SWALR: expected one rate, or one for each of {len(groups)} groups, got {swa_lr}")
        self.starts = [group["lr"] for group in groups]
        self.anneal_epochs = anneal_epochs
        self.strategy = anneal_strategy
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        part = min(1.0, self.last_epoch / self.anneal_epochs) if self.anneal_epochs else 1.0
        if self.strategy == "cos":
            part = (1 - math.cos(math.pi * part)) / 2
        return [start + (end - start) * part for start, end in zip(self.starts, self.swa_lrs, strict=True)]
