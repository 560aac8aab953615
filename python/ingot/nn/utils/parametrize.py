"""Weights that modules compute from others, with the names of `torch.nn.utils.parametrize`.

A weight is computed anew before each call of its layer; between calls, after an optimizer's step, it is as it was.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from ingot import core
from ingot._core import nn
from ingot.nn.utils._normalised_weights import ComputedWeight, hook_of
from ingot.nn.utils.parametrizations import attach


class _Parametrized(ComputedWeight):
    """What a chain of modules makes of `module.parametrizations.<name>.original`."""

    def compute(self, module: nn.Module) -> core.array:
        holder = module.get_submodule(f"parametrizations.{self.name}")
        weight: core.array = holder.original
        for part in holder.children():
            weight = part(weight)
        return weight


def register_parametrization(
    module: nn.Module, tensor_name: str, parametrization: nn.Module, *, unsafe: bool = False
) -> nn.Module:
    """Has a parameter of `module` computed by `parametrization`, from what it was so far or, if the parametrization has
    a method `right_inverse`, from what that makes of it. A second one takes what the first computes.

    Raises ShapeError, unless `unsafe`, if the shape changes. Returns the module.

    Example:
        >>> class Symmetric(nn.Module):
        ...     def forward(self, x):
        ...         return x.triu() + x.triu(1).mT
        >>> layer = nn.utils.parametrize.register_parametrization(nn.Linear(3, 3), "weight", Symmetric())
        >>> ingot.array_equal(layer.weight, layer.weight.T).item(), list(layer.state_dict())
        (True, ['bias', 'parametrizations.weight.original'])
    """
    hook = hook_of(module, tensor_name, _Parametrized)
    weight = module.get_parameter(tensor_name).detach() if hook is None else hook.compute(module).detach()
    start = weight
    with core.no_grad():
        if hook is None and hasattr(parametrization, "right_inverse"):
            start = parametrization.right_inverse(weight)
        shape = parametrization(start).shape
    if shape != weight.shape and not unsafe:
        raise core.ShapeError(
            f"register_parametrization: {type(parametrization).__name__} makes the shape {shape} of {tensor_name!r}, "
            f"which has {weight.shape}; pass unsafe=True if that is meant"
        )
    if hook is None:
        holder: nn.Module = nn.ModuleList([parametrization])
        holder.original = core.Parameter(start, requires_grad=module.get_parameter(tensor_name).requires_grad)
        attach(module, tensor_name, holder)
        _Parametrized(tensor_name).attach(module)
    else:
        module.get_submodule(f"parametrizations.{tensor_name}").append(parametrization)
        hook(module, ())
    return module


def cached() -> nullcontext[None]:
    """A context that changes nothing: a weight is computed once for each call of its layer anyway."""
    return nullcontext()


def is_parametrized(module: nn.Module, tensor_name: str | None = None) -> bool:
    """True if a weight of the module (the one of that name) is computed."""
    parametrizations: Any = dict(module.named_children()).get("parametrizations")
    if parametrizations is None:
        return False
    return len(parametrizations) > 0 if tensor_name is None else tensor_name in parametrizations


def remove_parametrizations(module: nn.Module, tensor_name: str, leave_parametrized: bool = True) -> nn.Module:
    """Makes a weight an ordinary parameter again: as it is computed now or, unless `leave_parametrized`, as what it is
    computed from. Returns the module.

    Raises ValueError if nothing that `register_parametrization` was given computes it.
    """
    hook = hook_of(module, tensor_name, _Parametrized)
    if hook is None:
        raise ValueError(f"no parametrization computes {tensor_name!r} of {type(module).__name__}")
    original = module.get_parameter(f"parametrizations.{tensor_name}.original")
    hook.detach(module, [])
    del module.parametrizations[tensor_name]
    if not leave_parametrized:
        module.register_parameter(tensor_name, original)
    if len(module.parametrizations) == 0:
        del module.parametrizations
    return module
