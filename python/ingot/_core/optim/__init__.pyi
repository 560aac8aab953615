"""Optimizers."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

class ParamGroup:
    """Parameters with hyperparameters of their own, read and written like a dictionary."""
    def __getitem__(self, name: str) -> typing.Any: ...
    def __setitem__(self, name: str, value: typing.Any) -> None: ...
    def __contains__(self, name: str) -> builtins.bool: ...
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[str]: ...
    def keys(self) -> list[str]:
        """The names of the hyperparameters, and "params"."""
    def values(self) -> list[typing.Any]:
        """Their values, in the order of `keys`."""
    def items(self) -> list[typing.Any]:
        """Names and values."""
    def get(self, name: str, default: typing.Any = None) -> typing.Any:
        """The value under `name`, or `default`."""
    def setdefault(self, name: str, default: typing.Any = None) -> typing.Any:
        """The value under `name`; sets it to `default` if there is none."""
    def update(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        """Sets several values."""
    def pop(self, name: str, default: typing.Any = None) -> typing.Any:
        """Forgets what is no hyperparameter, such as a name, and returns it; `default` if there is none."""
    def __repr__(self) -> str: ...

class _State:
    """What an optimizer remembers, by parameter."""
    def __getitem__(self, param: array) -> dict[str, typing.Any]: ...
    def __contains__(self, arg0: array) -> builtins.bool: ...
    def __len__(self) -> builtins.int: ...

class Optimizer:
    """Base of all optimizers, and of rules written in Python: a subclass calls `super().__init__(params,
    defaults)` with a dictionary of hyperparameters, and writes `step`, which goes through `param_groups` and
    changes the parameters in place. `self.state[p]` is a dictionary for what it remembers of a parameter. Under
    `jit`, change what is remembered in place; a recording is made anew where any hyperparameter changes.

    Example:
        >>> class Plain(ingot.optim.Optimizer):
        ...     def __init__(self, params, lr=0.1):
        ...         super().__init__(params, {'lr': lr})
        ...     @ingot.no_grad()
        ...     def step(self, closure=None):
        ...         for group in self.param_groups:
        ...             for p in group['params']:
        ...                 if p.grad is not None:
        ...                     p -= group['lr'] * p.grad
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = Plain(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(self, params: typing.Any, defaults: dict[str, typing.Any]) -> None: ...
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
        """The groups, each like a dictionary: `optimizer.param_groups[0]['lr'] = 0.1`. A rule written in Python may be
        given those of the optimizer that it wraps.
        """
    @param_groups.setter
    def param_groups(self, value: list[ParamGroup]) -> None: ...
    @property
    def defaults(self) -> dict[str, typing.Any]:
        """The hyperparameters of groups that say nothing else."""
    @defaults.setter
    def defaults(self, value: dict[str, typing.Any]) -> None: ...
    @property
    def state(self) -> typing.Any:
        """What is remembered, by parameter: `optimizer.state[p]['exp_avg']`."""
    @state.setter
    def state(self, value: typing.Any) -> None: ...
    def add_param_group(self, param_group: dict[str, typing.Any]) -> None:
        """Adds parameters with hyperparameters of their own: a dictionary with "params"."""
    def state_dict(self) -> dict[str, typing.Any]:
        """Hyperparameters, moments and step counts with the values they have now, in torch's layout: `state` by the
        number of the parameter, and `param_groups`. Enough to resume exactly.
        """
    def load_state_dict(self, state_dict: dict[str, typing.Any]) -> None:
        """Takes over what `state_dict` gave, here or in torch. Raises KeyError for missing or unknown names,
        ShapeError if a shape differs.
        """
    def __repr__(self) -> str: ...
    def register_step_pre_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_step_pre_hook(hook): calls `hook(optimizer, args, kwargs)` before each step; what it returns,
        unless None, replaces both. Returns a handle with `remove()`.
        """
    def register_step_post_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_step_post_hook(hook): calls `hook(optimizer, args, kwargs)` after each step. Returns a handle with
        `remove()`.

        Example:
            >>> weight, seen = ingot.nn.Parameter(ingot.ones(2)), []
            >>> optimizer = ingot.optim.SGD([weight], lr=0.5)
            >>> handle = optimizer.register_step_post_hook(lambda optimizer, args, kwargs: weight.data.clamp_(min=0.75))
            >>> weight.sum().backward()
            >>> optimizer.step()
            >>> print(weight.data)
            [0.75 0.75]
        """

def _hooks_changed() -> None:
    """Has recordings made anew, for they hold what hooks did."""

class SGD(Optimizer):
    """Stochastic gradient descent: `p <- p - lr * v`, with `v` the gradient (plus `weight_decay * p`), or with
    momentum `v <- momentum * v + (1 - dampening) * g`, or Nesterov's `g + momentum * v` of that.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

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
        **kwargs: typing.Any,
    ) -> None: ...

class Adam(Optimizer):
    """Adam (Kingma and Ba, 2015): `p <- p - lr * m / (sqrt(v) + eps)`, with `m` and `v` the bias-corrected running
    means of the gradient and of its square. `weight_decay` adds `weight_decay * p` to the gradient, or if
    decoupled shrinks the parameter itself; `amsgrad` keeps the largest `v` seen.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Adam(model.parameters(), lr=1e-3)
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
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
        decoupled_weight_decay: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class AdamW(Optimizer):
    """Adam with decoupled weight decay (Loshchilov and Hutter, 2019), which shrinks the parameter itself and
    leaves the gradient alone.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.AdamW(model.parameters(), lr=1e-3)
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
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
        **kwargs: typing.Any,
    ) -> None: ...

class Adamax(Optimizer):
    """Adamax (Kingma and Ba, 2015, section 7.1): `p <- p - lr * m / u`, with `m` the bias-corrected running mean
    of the gradient and `u <- max(beta2 * u, |g| + eps)`.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Adamax(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.002,
        betas: tuple[builtins.float, builtins.float] = (0.9, 0.999),
        eps: builtins.float = 1e-08,
        weight_decay: builtins.float = 0.0,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class NAdam(Optimizer):
    """NAdam (Dozat, 2016): Adam with Nesterov's momentum, which grows towards `betas[0]` as fast as
    `momentum_decay` says.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.NAdam(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.002,
        betas: tuple[builtins.float, builtins.float] = (0.9, 0.999),
        eps: builtins.float = 1e-08,
        weight_decay: builtins.float = 0.0,
        momentum_decay: builtins.float = 0.004,
        decoupled_weight_decay: builtins.bool = False,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class RAdam(Optimizer):
    """RAdam (Liu et al., 2020): plain momentum as long as too few gradients were seen for their variance to be
    known, then Adam with a rectified step.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.RAdam(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.001,
        betas: tuple[builtins.float, builtins.float] = (0.9, 0.999),
        eps: builtins.float = 1e-08,
        weight_decay: builtins.float = 0.0,
        decoupled_weight_decay: builtins.bool = False,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class Adagrad(Optimizer):
    """Adagrad (Duchi, Hazan and Singer, 2011): `s <- s + g^2`, `p <- p - lr / (1 + (t - 1) * lr_decay) * g /
    (sqrt(s) + eps)`.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Adagrad(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.01,
        lr_decay: builtins.float = 0.0,
        weight_decay: builtins.float = 0.0,
        initial_accumulator_value: builtins.float = 0.0,
        eps: builtins.float = 1e-10,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class Adadelta(Optimizer):
    """Adadelta (Zeiler, 2012): `p <- p - lr * d` with `d = g * sqrt(u + eps) / sqrt(s + eps)`, where `s` and `u`
    are running means (of rate `rho`) of `g^2` and `d^2`.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Adadelta(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 1.0,
        rho: builtins.float = 0.9,
        eps: builtins.float = 1e-06,
        weight_decay: builtins.float = 0.0,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class RMSprop(Optimizer):
    """RMSprop (Hinton): `p <- p - lr * g / (sqrt(v) + eps)` with `v` the running mean of `g^2`, or if `centered`
    of the variance of `g`; with momentum those quotients are added up in a buffer.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.RMSprop(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.01,
        alpha: builtins.float = 0.99,
        eps: builtins.float = 1e-08,
        weight_decay: builtins.float = 0.0,
        momentum: builtins.float = 0.0,
        centered: builtins.bool = False,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class Rprop(Optimizer):
    """Rprop (Riedmiller and Braun, 1993): each entry has a step of its own, which grows by `etas[1]` while the
    gradient keeps its sign and shrinks by `etas[0]` where it changes, within `step_sizes`. For gradients of the
    whole data set.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Rprop(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.01,
        etas: tuple[builtins.float, builtins.float] = (0.5, 1.2),
        step_sizes: tuple[builtins.float, builtins.float] = (1e-06, 50.0),
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class ASGD(Optimizer):
    """Averaged stochastic gradient descent (Polyak and Juditsky, 1992), with rate `lr / (1 + lambd * lr *
    t)^alpha`; the mean of the parameters since step `t0` is `optimizer.state[p]['ax']`.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.ASGD(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.01,
        lambd: builtins.float = 0.0001,
        alpha: builtins.float = 0.75,
        t0: builtins.float = 1000000.0,
        weight_decay: builtins.float = 0.0,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class Lion(Optimizer):
    """Lion (Chen et al., 2023): `p <- p * (1 - lr * weight_decay) - lr * sign(beta1 * m + (1 - beta1) * g)`, then
    `m <- beta2 * m + (1 - beta2) * g`. Its rate is a third to a tenth of AdamW's, its decay as much larger.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Lion(model.parameters(), lr=1e-4)
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.0001,
        betas: tuple[builtins.float, builtins.float] = (0.9, 0.99),
        weight_decay: builtins.float = 0.0,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class LAMB(Optimizer):
    """LAMB (You et al., 2020), for large batches: Adam's step plus `weight_decay * p`, scaled so that its norm is
    `lr` times the norm of the parameter.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.LAMB(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.001,
        betas: tuple[builtins.float, builtins.float] = (0.9, 0.999),
        eps: builtins.float = 1e-06,
        weight_decay: builtins.float = 0.0,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class Adafactor(Optimizer):
    """Adafactor (Shazeer and Stern, 2018) without momentum: the mean squared gradient of a matrix is kept as its
    row and column means; steps are relative to the size of the parameter (at least `eps[1]`) and clipped at a
    root mean square of `d`.

    Raises ValueError if there are no parameters or a hyperparameter is out of range.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Adafactor(model.parameters())
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.01,
        beta2_decay: builtins.float = -0.8,
        eps: tuple[builtins.float | None, builtins.float] = (None, 0.001),
        d: builtins.float = 1.0,
        weight_decay: builtins.float = 0.0,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class Muon(Optimizer):
    """Muon (Jordan et al., 2024) for matrices: the step is the momentum with all its singular values brought near
    1 by `ns_steps` Newton-Schulz iterations, here in float32. `adjust_lr_fn` is None (the rate times
    `sqrt(max(1, rows / columns))`) or 'match_rms_adamw' (times `0.2 * sqrt(max(rows, columns))`).

    Raises ValueError for a parameter that has not two axes.

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> optimizer = ingot.optim.Muon([model.weight], lr=0.02)
        >>> model(ingot.ones((4, 2))).sum().backward()
        >>> optimizer.step()
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 0.001,
        weight_decay: builtins.float = 0.1,
        momentum: builtins.float = 0.95,
        nesterov: builtins.bool = True,
        ns_coefficients: typing.Annotated[collections.abc.Sequence[builtins.float], "FixedSize(3)"] = [
            3.4445,
            -4.775,
            2.0315,
        ],
        eps: builtins.float = 1e-07,
        ns_steps: builtins.int = 5,
        adjust_lr_fn: str | None = None,
        *,
        maximize: builtins.bool = False,
        **kwargs: typing.Any,
    ) -> None: ...

class LBFGS(Optimizer):
    """L-BFGS (Liu and Nocedal, 1989), for losses that are the same at every evaluation. `step(closure)` runs up to
    `max_iter` iterations; the closure clears the gradients, computes the loss, calls backward on it and returns
    it. Steps have length `lr`, or with `line_search_fn='strong_wolfe'` are searched for.

    Raises ValueError for more than one parameter group, TypeError for a step without a closure.

    Example:
        >>> x = ingot.nn.Parameter(ingot.array([3.0, -2.0]))
        >>> optimizer = ingot.optim.LBFGS([x], line_search_fn='strong_wolfe')
        >>> def closure():
        ...     optimizer.zero_grad()
        ...     loss = ((x - 1) ** 2).sum()
        ...     loss.backward()
        ...     return loss
        >>> loss = optimizer.step(closure)
        >>> print(x.round())
        [1. 1.]
    """
    def __init__(
        self,
        params: typing.Any,
        lr: builtins.float = 1.0,
        max_iter: builtins.int = 20,
        max_eval: builtins.int | None = None,
        tolerance_grad: builtins.float = 1e-07,
        tolerance_change: builtins.float = 1e-09,
        history_size: builtins.int = 100,
        line_search_fn: str | None = None,
    ) -> None: ...

class EMA:
    """An exponential moving average of parameters: `average <- average + (1 - decay) * (p - average)` at each
    `update()`, which may be part of a jitted step. In a `with` block the parameters are the averages.

    Raises ValueError if there are no parameters, or unless `decay` is in [0, 1].

    Example:
        >>> model = ingot.nn.Linear(2, 1)
        >>> ema = ingot.optim.EMA(model.parameters(), decay=0.99)
        >>> ema.update()  # after each optimizer.step()
        >>> with ema:
        ...     y = model(ingot.ones((1, 2)))
    """
    def __init__(self, params: typing.Any, decay: builtins.float = 0.999) -> None: ...
    def update(self) -> None:
        """Moves the averages towards the present values."""
    def swap(self) -> None:
        """Exchanges parameters and averages."""
    @property
    def averages(self) -> list[array]:
        """The averages, in the order of the parameters."""
    @property
    def decay(self) -> builtins.float:
        """How much of the average stays at each update."""
    def __enter__(self) -> typing.Any: ...
    def __exit__(self, arg0: typing.Any, arg1: typing.Any, arg2: typing.Any) -> None: ...

def _strong_wolfe(
    at: collections.abc.Callable[[float], tuple[float, float]],
    value: float,
    slope: float,
    first: float,
    smallest: float,
    most: int,
    curvature: float,
) -> tuple[typing.Any, ...]:
    """Step and value of a line search for the strong Wolfe conditions."""
