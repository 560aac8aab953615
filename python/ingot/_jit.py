"""`jit`: records a function's graph once per kind of arguments, and replays its plan."""

from __future__ import annotations

import functools
import types
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

from ingot import _core, tree
from ingot._core import array, is_grad_enabled
from ingot._transforms import Result

P = ParamSpec("P")
R = TypeVar("R")

#: Recordings that one function keeps; the one not used for longest goes first.
MOST_RECORDINGS = 64
MOST_SHAPES = 512
#: Recordings after which somebody should be told.
MANY_RECORDINGS = 16


def _is_foreign_array(leaf: Any) -> bool:
    return hasattr(leaf, "__array__") and (bool(getattr(leaf, "shape", ())) or hasattr(leaf, "__setitem__"))


def _parts(value: Any, path: str, shapes: bool) -> Iterator[tuple[str, str]]:
    """What a recording depends on in an argument, each part with its place and a text."""
    opened = tree._open(value, False)
    if opened is not None:
        names, children = opened
        kind = type(value).__name__
        yield path, f"{kind} of {len(children)}" if value is not None else "None"
        labels = names if isinstance(names, tuple) else range(len(children))
        for label, child in zip(labels, children, strict=True):
            yield from _parts(child, f"{path}[{label!r}]", shapes)
    elif isinstance(value, array) or _is_foreign_array(value):
        shape = tuple(value.shape) if shapes else f"of {len(value.shape)} axes"
        grad = ", requires grad" if getattr(value, "requires_grad", False) else ""
        yield path, f"{value.dtype} {shape}{grad}"
    else:
        yield path, repr(value)[:80]


class _Entry:
    """One recording, and the shape of what the function returned."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        leaves, structure = tree.flatten((args, kwargs), modules=False)
        positions: list[int] = []
        for i, leaf in enumerate(leaves):
            if not isinstance(leaf, array):
                if not _is_foreign_array(leaf):
                    continue
                leaves[i] = array(leaf)
            positions.append(i)

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


class Jitted(_core._JitFunction, Generic[P, R]):
    """A function under `jit`. Calls are answered in C++ as long as there is a recording for them."""

    def __init__(self, function: Callable[P, R], shapeless: bool = False) -> None:
        functools.update_wrapper(self, function, updated=())
        self._function = function
        self._shapeless = shapeless
        self._kinds: list[dict[str, str]] = []
        self._prepare(function, MOST_SHAPES if shapeless else MOST_RECORDINGS)

    if TYPE_CHECKING:

        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R: ...

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)

    def __repr__(self) -> str:
        return f"jit({self._function!r})"

    def _record(self, args: tuple[Any, ...], kwargs: dict[str, Any], outdated: bool) -> _Entry:
        """A recording for these arguments, made because there is none, or because what the function uses changed."""
        entry = _Entry(self._function, args, kwargs)
        self._note(args, kwargs, outdated)
        return entry

    def _note(self, args: tuple[Any, ...], kwargs: dict[str, Any], outdated: bool) -> None:
        """Warns, once, when recording does not come to an end."""
        if len(self._kinds) >= MANY_RECORDINGS:
            return
        kind = {"the grad mode": "on" if is_grad_enabled() else "off (no_grad)"}
        named = [(f"argument {position}", value) for position, value in enumerate(args)]
        for path, value in [*named, *((f"argument {name!r}", value) for name, value in kwargs.items())]:
            kind.update(_parts(value, path, shapes=not self._shapeless))
        if self._shapeless and not outdated and kind in self._kinds:
            return
        self._kinds.append(kind)
        if len(self._kinds) < MANY_RECORDINGS:
            return
        name = getattr(self._function, "__qualname__", repr(self._function))
        warnings.warn(
            f"jit: {name} has been recorded {MANY_RECORDINGS} times, and every recording costs more than a call "
            f"without jit. The last time because {self._reason(outdated)}. Pass numbers that change as arrays; where "
            "lengths vary and that is meant, use jit(..., shapeless=True)",
            RuntimeWarning,
            stacklevel=3,
        )

    def _reason(self, outdated: bool) -> str:
        if outdated:
            return (
                "an array that the function uses without being given it changed its shape, dtype or requires_grad, or "
                "a gradient appeared or was set to None"
            )
        before, now = self._kinds[-2:]
        for path in [*now, *before]:
            if before.get(path) != now.get(path):
                return f"{path} was {before.get(path, 'not there')} and now is {now.get(path, 'not there')}"
        return "a module changed between train() and eval(), or a hyperparameter of an optimizer changed"

    def trace(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The plan that a call with these arguments replays, as text.

        Example:
            >>> print(ingot.jit(lambda x: x * 2 + 1).trace(ingot.ones(3)))  # doctest: +SKIP
        """
        return _Entry(self._function, args, dict(kwargs)).recording.describe()


@overload
def jit(function: Callable[P, R], *, shapeless: bool = False) -> Jitted[P, R]: ...
@overload
def jit(*, shapeless: bool = False) -> Callable[[Callable[P, R]], Jitted[P, R]]: ...
def jit(function: Any = None, *, shapeless: bool = False) -> Any:
    """Records `function` once per kind of arguments, and then replays the plan: no Python, no scheduling.

    Arguments of the same structure, shapes and dtypes are of one kind. Arguments and results may be nested containers;
    what is no array in them must be hashable, and each value of it has a recording of its own.

    Arrays, parameters and optimizers that the function uses without being given them are read, and written back, at
    every call, so a whole training step with `backward()` and `optimizer.step()` can be jitted as it stands. A function
    whose result requires grad runs as without jit: jit what calls `backward()` too, or use `no_grad`. Also a decorator:
    `@ingot.jit` or `@ingot.jit(shapeless=True)`.

    A function is recorded anew where the grad mode, the mode of a module (`train()`, `eval()`) or a hyperparameter
    other than the learning rate changes, and where an array it uses changes its shape. 64 recordings are kept; a
    function that is recorded again and again warns and says why. `shapeless=True` declares that lengths vary: the
    function still runs once for each new set of shapes, so results are right whatever it does with them, but 512 of
    them are kept, and new shapes of the same number of axes are no reason to warn.

    Raises TraceError, naming the line, where Python asks for a value: `if x > 0`, `float(x)`, `print(x)`.

    Example:
        >>> @ingot.jit
        ... def area(width, height):
        ...     return width * height
        >>> print(area(ingot.array(2.0), ingot.array(3.0)))
        6.0
    """
    if function is None:
        return functools.partial(jit, shapeless=shapeless)
    if not callable(function):
        raise TypeError(f"jit: expected a function, got {type(function).__name__}")
    if isinstance(function, Jitted):
        return function
    return Jitted(function, shapeless)
