"""Between nested values, as functions take and return them, and flat lists of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ingot import _core, tree
from ingot._core import array
from ingot._core.nn import Module

Arrays = Sequence[array]


class Result:
    """Takes a function's result apart into arrays and the rest, and puts it together around other arrays."""

    def __init__(self, result: Any) -> None:
        self.leaves, self.structure = tree.flatten(result, modules=False)
        self.positions = [i for i, leaf in enumerate(self.leaves) if isinstance(leaf, array)]

    @property
    def arrays(self) -> list[array]:
        return [self.leaves[i] for i in self.positions]

    def rebuild(self, arrays: Sequence[Any]) -> Any:
        leaves = list(self.leaves)
        for position, replacement in zip(self.positions, arrays, strict=True):
            leaves[position] = replacement
        return tree.unflatten(self.structure, leaves)

    def arrays_like(self, value: Any, who: str) -> list[array | None]:
        """What `value`, nested like this result, has in the places of its arrays."""
        leaves = tree.flatten_as(self.structure, value, who)
        return [as_array(leaves[i]) for i in self.positions]


def as_array(value: Any) -> array | None:
    """An array of what stands for one; None stays None."""
    return value if value is None or isinstance(value, array) else _core.asarray(value)


def name_of(function: Callable[..., Any]) -> str:
    """What to call a function in an error message."""
    return getattr(function, "__name__", type(function).__name__)


def trainable(module: Module) -> list[tuple[str, array]]:
    """The parameters that gradients are taken by."""
    return [(name, parameter) for name, parameter in module.named_parameters() if parameter.requires_grad]


class _Place:
    """Where an argument had an array."""


PLACE = _Place()


class Selected:
    """One argument that derivatives are taken by: its arrays, and the parameters of the modules in it.

    It holds the arrays in `primals` alone, so that somebody who lives in a graph can let go of them.
    """

    def __init__(self, argument: Any) -> None:
        self.leaves, self.structure = tree.flatten(argument, modules=False)
        self.primals: list[array] = []
        for i, leaf in enumerate(self.leaves):
            if isinstance(leaf, Module):
                self.primals += [parameter for _, parameter in trainable(leaf)]
                continue
            if isinstance(leaf, (bool, int, str)):
                continue
            if isinstance(leaf, (float, complex)) or hasattr(leaf, "__array__"):
                leaf = _core.asarray(leaf)
            if isinstance(leaf, array):
                self.primals.append(leaf)
                self.leaves[i] = PLACE
        self.count = len(self.primals)

    def argument(self, arrays: Iterator[array], handles: list[array], replacements: list[array]) -> Any:
        """The argument with other arrays. Modules stay; what their parameters shall stand for is added to the lists."""
        leaves = []
        for leaf in self.leaves:
            if isinstance(leaf, Module):
                for _, parameter in trainable(leaf):
                    handles.append(parameter)
                    replacements.append(next(arrays))
            leaves.append(next(arrays) if leaf is PLACE else leaf)
        return tree.unflatten(self.structure, leaves)

    def like(self, values: Iterator[Any]) -> Any:
        """Something nested like the argument, with a value for each array and a dictionary for each module."""

        def of_module(module: Module) -> dict[str, Any]:
            by_name = {name: next(values) for name, _ in trainable(module)}
            everything = list(module.named_parameters())
            return {name: by_name[name] if name in by_name else _core.zeros_like(p) for name, p in everything}

        leaves: list[Any] = []
        for leaf in self.leaves:
            if isinstance(leaf, Module):
                leaves.append(of_module(leaf))
            else:
                leaves.append(next(values) if leaf is PLACE else None)
        return tree.unflatten(self.structure, leaves)

    def arrays_like(self, value: Any, who: str) -> list[array | None]:
        """What `value`, nested like the argument, has in the places of its arrays."""
        found: list[array | None] = []
        for leaf, given in zip(self.leaves, tree.flatten_as(self.structure, value, who), strict=True):
            if leaf is PLACE:
                found.append(as_array(given))
            elif isinstance(leaf, Module):
                if not isinstance(given, dict):
                    raise ValueError(f"{who}: expected a dictionary by names of parameters, got {type(given).__name__}")
                found += [as_array(given.get(name)) for name, _ in trainable(leaf)]
        return found


class FlatCall:
    """A call of a function, as a function of the arrays in some of its arguments.

    `keys` are positions of arguments, or names of keyword arguments.
    """

    def __init__(
        self,
        who: str,
        function: Callable[..., Any],
        args: Sequence[Any],
        kwargs: dict[str, Any],
        keys: Sequence[int | str],
        has_aux: bool = False,
    ) -> None:
        self.who = who
        self.function = function
        self.args = args
        self.kwargs = kwargs
        self.has_aux = has_aux
        self.keys = [self._checked(key) for key in keys]
        self.selected = {
            key: Selected(args[key] if isinstance(key, int) else kwargs[key]) for key in dict.fromkeys(self.keys)
        }
        self.primals = [primal for choice in self.selected.values() for primal in choice.primals]
        self.result: Result
        self.aux: Result

    def _checked(self, key: int | str) -> int | str:
        if isinstance(key, str):
            if key not in self.kwargs:
                raise ValueError(
                    f"{self.who}: there is no keyword argument {key!r}; {name_of(self.function)} was called with "
                    f"{sorted(self.kwargs) or 'none'}"
                )
            return key
        if not -len(self.args) <= key < len(self.args):
            raise IndexError(
                f"{self.who}: there is no positional argument {key}; {name_of(self.function)} was called with "
                f"{len(self.args)}"
            )
        return key % len(self.args)

    def __call__(self, arrays: Arrays) -> list[array]:
        """The arrays of the result, then those of what else the function returned."""
        remaining = iter(arrays)
        arguments, keywords = list(self.args), dict(self.kwargs)
        handles: list[array] = []
        replacements: list[array] = []
        for key, choice in self.selected.items():
            argument = choice.argument(remaining, handles, replacements)
            if isinstance(key, int):
                arguments[key] = argument
            else:
                keywords[key] = argument
        if handles:
            result = _core._call_with(lambda: self.function(*arguments, **keywords), handles, replacements)
        else:
            result = self.function(*arguments, **keywords)
        aux = None
        if self.has_aux:
            if not isinstance(result, tuple) or len(result) != 2:
                raise TypeError(
                    f"{self.who}: with has_aux=True {name_of(self.function)} must return a pair of the result and "
                    f"anything else, got {type(result).__name__}"
                )
            result, aux = result
        self.result, self.aux = Result(result), Result(aux)
        return [*self.result.arrays, *self.aux.arrays]

    def split(self, arrays: Arrays) -> tuple[list[array], list[array]]:
        """What `__call__` gave, as the result's arrays and the others."""
        count = len(self.result.positions)
        return list(arrays[:count]), list(arrays[count:])

    def by_argument(self, values: Sequence[Any]) -> list[Any]:
        """One value per primal, nested like the arguments that were selected, in the order of `keys`."""
        remaining = iter(values)
        shaped = {key: choice.like(remaining) for key, choice in self.selected.items()}
        return [shaped[key] for key in self.keys]
