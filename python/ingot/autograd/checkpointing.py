"""Memory for time."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ingot import _core
from ingot._core import array
from ingot._transforms.arguments import Result


def checkpoint(function: Callable[..., Any], *args: Any, use_reentrant: bool = False, **kwargs: Any) -> Any:
    """`function(*args, **kwargs)` without keeping its inner values for the backward pass, which computes them again.

    Without arguments it gives the function that does so: `layer = ingot.checkpoint(layer)`; also a decorator. n layers
    in about sqrt(n) checkpoints keep about sqrt(n) times the values of one layer, for one more forward pass of time.

    Gradients also reach the parameters and arrays that the function uses without being given them. Python runs the
    function once: random numbers are the same ones in both passes, and running statistics change once. It nests, and
    works under `jit`, `grad` and all other transforms. `use_reentrant` is there for PyTorch's sake and changes nothing.

    Example:
        >>> x = ingot.array([1.0, 2.0], requires_grad=True)
        >>> ingot.checkpoint(lambda x: ingot.exp(ingot.sin(x)), x).sum().backward()
        >>> print(x.grad.numpy().round(3))
        [ 1.253 -1.033]
    """
    if not callable(function):
        raise TypeError(f"checkpoint: expected a function, got {type(function).__name__}")
    if not args and not kwargs:

        @functools.wraps(function, updated=())
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            return _checkpointed(function, args, kwargs)

        return wrapped
    return _checkpointed(function, args, kwargs)


def checkpoint_sequential(functions: Any, segments: int, input: Any, use_reentrant: bool = False, **kwargs: Any) -> Any:
    """The functions (a `Sequential` or a list) applied to `input` one after another, in so many runs of them, of which
    all but the last are checkpoints.

    Raises ValueError unless there are between 1 and as many segments as functions.

    Example:
        >>> from ingot.utils.checkpoint import checkpoint_sequential
        >>> checkpoint_sequential([ingot.sin, ingot.exp, ingot.sin], 2, ingot.zeros(1)).tolist()
        [0.8414709568023682]
    """
    steps = list(functions)
    if not 1 <= segments <= len(steps):
        raise ValueError(f"checkpoint_sequential: expected 1 to {len(steps)} segments, got {segments}")
    length = len(steps) // segments

    def run(part: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
        return lambda x: functools.reduce(lambda value, step: step(value), part, x)

    last = length * (segments - 1)
    for start in range(0, last, length):
        input = checkpoint(run(steps[start : start + length]), input)
    return run(steps[last:])(input)


def _checkpointed(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    kept: list[Result] = []

    def flat() -> list[array]:
        kept.append(Result(function(*args, **kwargs)))
        return kept[0].arrays

    arrays = _core._checkpoint(flat)
    return kept[0].rebuild(arrays)
