"""`grad` and `value_and_grad`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ingot import _core
from ingot._core import array
from ingot._transforms.arguments import FlatCall, name_of

Argnums = int | Sequence[int] | None
Argnames = str | Sequence[str] | None


class _ScalarCall(FlatCall):
    """A call whose result is one number, or begins with one: the rest is passed through."""

    def __call__(self, arrays: Sequence[array]) -> list[array]:
        found = super().__call__(arrays)
        leaves = self.result.leaves
        if leaves and isinstance(leaves[0], (float, complex)):
            loss = array(leaves[0])
            leaves[0] = loss
            self.result.positions.insert(0, 0)
            found.insert(0, loss)
        kind = self.result.structure.kind
        if not leaves or not isinstance(leaves[0], array) or (kind is not None and not issubclass(kind, (tuple, list))):
            wanted = "an array and anything else" if self.has_aux else "an array"
            got = "None" if not leaves else type(leaves[0]).__name__ if kind is None else kind.__name__
            raise TypeError(f"{self.who}: {name_of(self.function)} must return {wanted}, got {got}")
        return found


def value_and_grad(
    function: Callable[..., Any], argnums: Argnums = None, has_aux: bool = False, *, argnames: Argnames = None
) -> Callable[..., tuple[Any, Any]]:
    """A function that returns the value of `function` and its gradient by the arguments at `argnums`.

    `function` returns a 0-d array, or with `has_aux=True` that and anything else; without it, whatever follows the
    number in a tuple belongs to the value. Arguments may be nested containers (lists, tuples, dictionaries, named
    tuples, dataclasses); the gradient has their structure, with None for what is no array. For a module it is a
    dictionary by the names of its parameters.

    `argnums` is one position (default: the first argument) or several, for a tuple of gradients. With `argnames` the
    gradient is a pair: what `argnums` asks for (None if it was not given), and a dictionary by these names.

    Raises ShapeError if the value is no scalar, TypeError for arguments that are not floating or complex.

    Example:
        >>> value, gradient = ingot.value_and_grad(lambda x: (x ** 2).sum())(ingot.array([1.0, 2.0]))
        >>> print(value, gradient)
        5.0 [2. 4.]
    """
    names = [argnames] if isinstance(argnames, str) else list(argnames or ())
    chosen = 0 if argnums is None and not names else argnums
    numbers = [chosen] if isinstance(chosen, int) else list(chosen or ())

    @functools.wraps(function, updated=())
    def wrapped(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        call = _ScalarCall("grad", function, args, kwargs, [*numbers, *names], has_aux)
        if not call.primals:
            raise TypeError(f"grad: the arguments {[*numbers, *names]} hold no floating or complex array")
        outputs, gradients = _core._value_and_grad(call, call.primals, list(range(len(call.primals))))
        result, aux = call.split(outputs)
        value = call.result.rebuild(result)
        if has_aux:
            value = value, call.aux.rebuild(aux)
        shaped = call.by_argument(gradients)
        gradient: Any = tuple(shaped[: len(numbers)])
        if isinstance(chosen, int):
            gradient = gradient[0]
        if names:
            gradient = (None if chosen is None else gradient), dict(zip(names, shaped[len(numbers) :], strict=True))
        return value, gradient

    return wrapped


def grad(
    function: Callable[..., Any], argnums: Argnums = None, has_aux: bool = False, *, argnames: Argnames = None
) -> Callable[..., Any]:
    """A function that returns the gradient of `function` by the arguments at `argnums`; see `value_and_grad`.

    With `has_aux=True` it returns the gradient and what else `function` returned.

    Example:
        >>> print(ingot.grad(lambda x: (x ** 2).sum())(ingot.array([1.0, 2.0])))
        [2. 4.]
    """
    both = value_and_grad(function, argnums, has_aux, argnames=argnames)

    @functools.wraps(function, updated=())
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        value, gradient = both(*args, **kwargs)
        return (gradient, value[1]) if has_aux else gradient

    return wrapped
