"""Optimizers."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

class ParamGroup:
    """Parameters with hyperparameters of their own, read and written like a dictionary."""
    def __getitem__(self, name: str) -> typing.Any: ...
    def __setitem__(self, name: str, value: typing.Any) -> None: ...
    def __contains__(self, arg0: str) -> builtins.bool: ...
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[str]: ...
    def keys(self) -> list[str]:
        """The names of the hyperparameters, and "params"."""
    def __repr__(self) -> str: ...

class Optimizer:
    """Base of all optimizers."""
    def step(self, closure: collections.abc.Callable[..., typing.Any] | None = None) -> typing.Any:
        """Updates every parameter that has a gradient, and evaluates. `closure`, if given, is called first to compute
        the gradients; its result is returned.
        """
    def zero_grad(self, set_to_none: builtins.bool = True) -> None:
        """Removes all gradients, or fills them with zeros."""
    @property
    def lr(self) -> builtins.float:
        """The learning rate (of the first group); setting it sets all groups."""
    @lr.setter
    def lr(self, value: builtins.float) -> None: ...
    @property
    def param_groups(self) -> list[ParamGroup]:
        """The groups, each like a dictionary: `optimizer.param_groups[0]['lr'] = 0.1`."""
    def add_param_group(self, param_group: dict[str, typing.Any]) -> None:
        """Adds parameters with hyperparameters of their own: a dictionary with "params"."""
    def state_dict(self) -> dict[str, array]:
        """Hyperparameters, moments and step counts by name, with the values they have now: enough to resume exactly."""
    def load_state_dict(self, state_dict: typing.Any) -> None:
        """Takes over what `state_dict` gave. Raises KeyError for missing or unknown names, ShapeError if a shape
        differs; then nothing has changed.
        """
    def __repr__(self) -> str: ...

class SGD(Optimizer):
    """Stochastic gradient descent: `p <- p - lr * v`, with `v` the gradient (plus `weight_decay * p`), or with
    momentum `v <- momentum * v + (1 - dampening) * g`, or Nesterov's `g + momentum * v` of that.

    Raises ValueError if there are no parameters or for negative hyperparameters.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.SGD(model.parameters(), lr=0.1)
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.001,
        momentum: builtins.float = 0.0,
        dampening: builtins.float = 0.0,
        weight_decay: builtins.float = 0.0,
        nesterov: builtins.bool = False,
        *,
        maximize: builtins.bool = False,
    ) -> None: ...

class Adam(Optimizer):
    """Adam: `p <- p - lr * m / (sqrt(v) + eps)`, with `m` and `v` the bias-corrected running means of the gradient
    and of its square. `weight_decay` adds `weight_decay * p` to the gradient; `amsgrad` keeps the largest `v`
    seen.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Adam(model.parameters(), lr=1e-3)
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.001,
        betas: tuple[builtins.float, builtins.float] = (0.9, 0.999),
        eps: builtins.float = 1e-08,
        weight_decay: builtins.float = 0.0,
        amsgrad: builtins.bool = False,
        *,
        maximize: builtins.bool = False,
    ) -> None: ...

class AdamW(Optimizer):
    """Adam with decoupled weight decay, which shrinks the parameter itself and leaves the gradient alone.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.AdamW(model.parameters(), lr=1e-3)
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.001,
        betas: tuple[builtins.float, builtins.float] = (0.9, 0.999),
        eps: builtins.float = 1e-08,
        weight_decay: builtins.float = 0.01,
        amsgrad: builtins.bool = False,
        *,
        maximize: builtins.bool = False,
    ) -> None: ...
