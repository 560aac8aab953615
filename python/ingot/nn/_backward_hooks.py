"""Hooks on the gradients that flow through a module: identities around its arguments and results that look at them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingot import _core
from ingot._handles import Handle, Hook, checked
from ingot.autograd import Function


class _Call:
    """One call of a module: the hook's ends, and the gradients of the results, once they are known."""

    def __init__(self, module: Any, hook: Hook) -> None:
        self.module, self.hook = module, hook
        self.inputs = 0
        self.watched = False
        self.grad_output: tuple[Any, ...] = ()

    def finish(self, grad_input: tuple[Any, ...]) -> tuple[Any, ...]:
        return _replaced(
            self.hook(self.module, grad_input, self.grad_output), grad_input, "register_full_backward_hook"
        )


def _replaced(result: Any, gradients: tuple[Any, ...], where: str) -> tuple[Any, ...]:
    if result is None:
        return gradients
    found = result if isinstance(result, tuple) else (result,)
    if len(found) != len(gradients):
        raise RuntimeError(f"{where}: the hook returned {len(found)} gradients, expected {len(gradients)}")
    return found


class _Arguments(Function):
    """The identity on a call's arguments; its gradients are what the hook calls `grad_input`."""

    @staticmethod
    def forward(ctx: Any, call: _Call, *arrays: Any) -> Any:
        ctx.call = call
        return tuple(array.view_as(array) for array in arrays)

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        known = tuple(g if ctx.needs_input_grad[i + 1] else None for i, g in enumerate(gradients))
        return (None, *ctx.call.finish(known))


class _Results(Function):
    """The identity on a call's results; its gradients are what the hook calls `grad_output`."""

    @staticmethod
    def forward(ctx: Any, seen: Callable[[tuple[Any, ...]], Any], *arrays: Any) -> Any:
        ctx.seen = seen
        return tuple(array.view_as(array) for array in arrays)

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        return (None, *ctx.seen(gradients))


def _through(function: type[Function], first: Any, values: Any) -> Any:
    """`values`, an array or a tuple of anything, whose arrays go through `function`."""
    several = isinstance(values, (tuple, list))
    items = list(values) if several else [values]
    places = [i for i, item in enumerate(items) if isinstance(item, _core.array)]
    for i, array in zip(places, function.apply(first, *(items[i] for i in places)), strict=True):
        items[i] = array
    if not several:
        return items[0]
    return type(values)(*items) if hasattr(values, "_fields") else type(values)(items)


def _needs_gradient(values: Any) -> bool:
    items = values if isinstance(values, (tuple, list)) else [values]
    return any(isinstance(item, _core.array) and item.requires_grad for item in items)


def register_full_backward_hook(module: Any, hook: Hook, prepend: bool = False) -> Handle:
    """See `Module.register_full_backward_hook`."""
    checked(hook)
    running: list[_Call] = []

    def before(module: Any, args: tuple[Any, ...]) -> Any:
        call = _Call(module, hook)
        running.append(call)
        call.inputs = sum(isinstance(value, _core.array) for value in args)
        call.watched = _needs_gradient(args)
        return _through(_Arguments, call, args) if call.watched else None

    def after(module: Any, args: tuple[Any, ...], output: Any) -> Any:
        call = running.pop()

        def seen(gradients: tuple[Any, ...]) -> tuple[Any, ...]:
            call.grad_output = gradients
            if not call.watched:  # no gradient will reach the arguments
                call.finish((None,) * call.inputs)
            return gradients

        return _through(_Results, seen, output) if _needs_gradient(output) else None

    ends = (module.register_forward_pre_hook(before), module.register_forward_hook(after, prepend=prepend))
    return Handle(*(end.remove for end in ends))


def register_full_backward_pre_hook(module: Any, hook: Hook, prepend: bool = False) -> Handle:
    """See `Module.register_full_backward_pre_hook`."""
    checked(hook)

    def after(module: Any, args: tuple[Any, ...], output: Any) -> Any:
        def seen(gradients: tuple[Any, ...]) -> tuple[Any, ...]:
            return _replaced(hook(module, gradients), gradients, "register_full_backward_pre_hook")

        return _through(_Results, seen, output) if _needs_gradient(output) else None

    return Handle(module.register_forward_hook(after, prepend=prepend).remove)
