"""`jit`: records a function's graph once per kind of arguments, and replays its plan."""

from __future__ import annotations

import functools
import types
import weakref
from collections.abc import Callable, Hashable
from typing import Any, Generic, ParamSpec, TypeVar

from ingot import _core, tree
from ingot._core import array, is_grad_enabled
from ingot._core.nn import _mode_signature
from ingot._core.optim import _settings_version
from ingot._transforms import Result

P = ParamSpec("P")
R = TypeVar("R")


def _static_key(value: Any, forget: Callable[[Any], None]) -> Hashable:
    """What tells one value that is no array from another. Objects that are equal only to themselves are held weakly."""
    kind: Any = type(value)
    if kind is float:
        return kind, value.hex()  # 0.0 and -0.0 are equal, and not the same
    if kind.__hash__ is object.__hash__ and not isinstance(value, type):
        try:
            return kind, weakref.ref(value, forget)
        except TypeError:
            return kind, value
    try:
        hash(value)
    except TypeError:
        raise TypeError(
            f"jit: an argument of type {kind.__name__} is neither an array nor hashable, so jit cannot tell when it "
            "changes; pass numbers as arrays, or make it part of the function"
        ) from None
    return kind, value


class _Entry:
    """One recording, and the shape of what the function returned."""

    def __init__(
        self, function: Callable[..., Any], leaves: list[Any], positions: list[int], structure: tree.Structure
    ) -> None:
        def flat(placeholders: list[array]) -> list[array]:
            traced = list(leaves)
            for position, placeholder in zip(positions, placeholders, strict=True):
                traced[position] = placeholder
            args, kwargs = tree.unflatten(structure, traced)
            self.result = Result(function(*args, **kwargs))
            return self.result.arrays

        self.recording = _core.Recording(flat, [leaves[i] for i in positions])
        # The placeholders are of no use any more.
        for position in self.result.positions:
            self.result.leaves[position] = None

    def run(self, arrays: list[array]) -> Any:
        return self.result.rebuild(self.recording.run(arrays))


class Jitted(Generic[P, R]):
    """A function under `jit`."""

    def __init__(self, function: Callable[P, R]) -> None:
        functools.update_wrapper(self, function, updated=())
        self._function = function
        self._entries: dict[tuple[Hashable, ...], _Entry] = {}

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)

    def __repr__(self) -> str:
        return f"jit({self._function!r})"

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        leaves, structure = tree.flatten((args, kwargs), modules=False)
        positions: list[int] = []
        key: list[Hashable] = [structure, is_grad_enabled(), _mode_signature(), _settings_version()]
        for i, leaf in enumerate(leaves):
            if not isinstance(leaf, array):
                if not hasattr(leaf, "__array__") or not getattr(leaf, "shape", ()):
                    key.append(_static_key(leaf, self._forget))
                    continue
                leaves[i] = leaf = array(leaf)
            positions.append(i)
            key.append((leaf.shape, leaf.dtype, leaf.requires_grad))
        arrays = [leaves[i] for i in positions]
        if _core._being_traced(arrays):
            return self._function(*args, **kwargs)
        full_key = tuple(key)
        entry = self._entries.get(full_key)
        if entry is None or not entry.recording.valid():
            entry = self._entries[full_key] = _Entry(self._function, leaves, positions, structure)
        if entry.recording.needs_graph():
            return self._function(*args, **kwargs)
        result: R = entry.run(arrays)
        return result

    def _forget(self, dead: Any) -> None:
        """Drops the recordings made with an object that is gone."""
        for key in list(self._entries):
            if any(isinstance(part, tuple) and part[-1] is dead for part in key):
                del self._entries[key]

    def trace(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The plan that a call with these arguments replays, as text.

        Example:
            >>> print(ingot.jit(lambda x: x * 2 + 1).trace(ingot.ones(3)))  # doctest: +SKIP
        """
        leaves, structure = tree.flatten((args, kwargs), modules=False)
        positions = [i for i, leaf in enumerate(leaves) if isinstance(leaf, array)]
        return _Entry(self._function, leaves, positions, structure).recording.describe()


def jit(function: Callable[P, R]) -> Jitted[P, R]:
    """Records `function` once per kind of arguments, and then replays the plan: no Python, no scheduling.

    Arguments of the same structure, shapes and dtypes are of one kind. Arguments and results may be nested containers;
    what is no array in them must be hashable, and each value of it has a recording of its own.

    Arrays, parameters and optimizers that the function uses without being given them are read, and written back, at
    every call, so a whole training step with `backward()` and `optimizer.step()` can be jitted as it stands. Also a
    decorator.

    Raises TraceError, naming the line, where Python asks for a value: `if x > 0`, `float(x)`, `print(x)`.

    Example:
        >>> @ingot.jit
        ... def area(width, height):
        ...     return width * height
        >>> print(area(ingot.array(2.0), ingot.array(3.0)))
        6.0
    """
    if not callable(function):
        raise TypeError(f"jit: expected a function, got {type(function).__name__}")
    if isinstance(function, Jitted):
        return function
    return Jitted(function)
