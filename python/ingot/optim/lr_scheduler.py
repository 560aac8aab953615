"""Schedules of learning rates, with the names and arguments of `torch.optim.lr_scheduler`.

A jitted training step sees the rate change without being recorded anew.

Example:
    >>> optimizer = ingot.optim.SGD([ingot.nn.Parameter(ingot.ones(2))], lr=1.0)
    >>> scheduler = ingot.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
    >>> scheduler.step()  # after the steps of each epoch
    >>> optimizer.lr
    0.5
"""

from ingot._core.optim.lr_scheduler import *
from ingot._core.optim.lr_scheduler import LRScheduler as _LRScheduler  # noqa: F401 - its older name
