"""Transforms under PyTorch's names (`torch.func`), and calls of modules with parameters of one's choice.

Example:
    >>> from ingot.func import grad, vmap
    >>> print(vmap(grad(lambda x: x ** 2))(ingot.array([1.0, 2.0])))
    [2. 4.]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingot import _core
from ingot._core import array
from ingot._core.nn import Module
from ingot._transforms import grad as grad
from ingot._transforms import hessian as hessian
from ingot._transforms import jacfwd as jacfwd
from ingot._transforms import jacobian as jacobian
from ingot._transforms import jacrev as jacrev
from ingot._transforms import jvp as jvp
from ingot._transforms import linearize as linearize
from ingot._transforms import vjp as vjp
from ingot._transforms import vmap as vmap
from ingot._transforms.gradients import value_and_grad

__all__ = [
    "functional_call",
    "grad",
    "grad_and_value",
    "hessian",
    "jacfwd",
    "jacobian",
    "jacrev",
    "jvp",
    "linearize",
    "stack_module_state",
    "vjp",
    "vmap",
]


def grad_and_value(function: Any, argnums: int | Sequence[int] = 0, has_aux: bool = False) -> Any:
    """A function that returns the gradient of `function`, then its value; see `value_and_grad`.

    Example:
        >>> print(*ingot.func.grad_and_value(lambda x: x ** 2)(ingot.array(3.0)))
        6.0 9.0
    """
    both = value_and_grad(function, argnums, has_aux)

    def wrapped(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        value, gradient = both(*args, **kwargs)
        return gradient, value

    return wrapped


def _state(module: Module) -> dict[str, array]:
    return {**dict(module.named_parameters()), **dict(module.named_buffers())}


def functional_call(
    module: Module,
    parameter_and_buffer_dicts: Mapping[str, array] | Sequence[Mapping[str, array]],
    args: Any = None,
    kwargs: Mapping[str, Any] | None = None,
    *,
    strict: bool = False,
) -> Any:
    """`module(*args, **kwargs)` with other parameters and buffers, by name; the module's own come back afterwards.

    What is not named stays; with `strict=True` everything has to be. A single argument need not be in a tuple. While
    the call lasts, other threads see the module with these parameters too.

    Raises KeyError for a name that the module does not have, or (strict) one that is missing.

    Example:
        >>> layer = ingot.nn.Linear(2, 1)
        >>> weights = {"weight": ingot.array([[1.0, 2.0]]), "bias": ingot.array([3.0])}
        >>> print(ingot.func.functional_call(layer, weights, ingot.array([10.0, 100.0])))
        [213.]
    """
    if isinstance(parameter_and_buffer_dicts, Mapping):
        given = dict(parameter_and_buffer_dicts)
    else:
        given = {name: value for each in parameter_and_buffer_dicts for name, value in each.items()}
    own = _state(module)
    for name in given:
        if name not in own:
            raise KeyError(f"functional_call: {type(module).__name__} has no parameter or buffer {name!r}")
    missing = [name for name in own if name not in given]
    if strict and missing:
        raise KeyError(f"functional_call: strict=True, but these are missing: {missing}")
    arguments = () if args is None else args if isinstance(args, tuple) else (args,)
    return _core._call_with(
        lambda: module(*arguments, **(kwargs or {})), [own[name] for name in given], list(given.values())
    )


def stack_module_state(models: Sequence[Module]) -> tuple[dict[str, array], dict[str, array]]:
    """Parameters and buffers of several modules of one kind, each stacked along a new first axis, by name.

    With `vmap` and `functional_call` that is an ensemble, computed as one.

    Example:
        >>> models = [ingot.nn.Linear(2, 1) for _ in range(3)]
        >>> parameters, buffers = ingot.func.stack_module_state(models)
        >>> call = lambda p, x: ingot.func.functional_call(models[0], p, x)
        >>> ingot.vmap(call, in_axes=(0, None))(parameters, ingot.ones(5, 2)).shape
        (3, 5, 1)
    """
    if not models:
        raise ValueError("stack_module_state: expected at least one module")
    if any(type(model) is not type(models[0]) for model in models):
        raise TypeError("stack_module_state: the modules must all be of one class")

    def stacked(each: list[dict[str, array]]) -> dict[str, array]:
        return {name: _core.stack([state[name] for state in each], 0) for name in each[0]}

    parameters = stacked([dict(model.named_parameters()) for model in models])
    for name, parameter in parameters.items():
        parameters[name] = parameter.detach().requires_grad_()
    return parameters, stacked([dict(model.named_buffers()) for model in models])
