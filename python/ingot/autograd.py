"""Gradients as PyTorch's users ask for them: grad mode, and gradients of arrays by arrays.

Transforms of functions (`ingot.grad`, `vjp`, `jvp`, `vmap`) are in `ingot` itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from ingot import _core
from ingot._core import array, is_grad_enabled
from ingot._transforms import Result

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["checkpoint", "enable_grad", "grad", "is_grad_enabled", "no_grad", "set_grad_enabled"]

F = TypeVar("F", bound=Callable[..., Any])


class _GradMode:
    """A context manager and decorator within which recording is on or off, on this thread."""

    _enabled: bool

    def __init__(self) -> None:
        self._previous: list[bool] = []

    def __enter__(self) -> None:
        self._previous.append(is_grad_enabled())
        _core._set_grad_enabled(self._enabled)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _core._set_grad_enabled(self._previous.pop())

    def __call__(self, function: F) -> F:
        enabled = self._enabled

        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            previous = is_grad_enabled()
            _core._set_grad_enabled(enabled)
            try:
                return function(*args, **kwargs)
            finally:
                _core._set_grad_enabled(previous)

        return wrapped  # type: ignore[return-value]


class _FixedGradMode(_GradMode):
    """One that takes no argument, and so may also decorate without parentheses."""

    @overload
    def __new__(cls, function: F) -> F: ...  # type: ignore[misc]
    @overload
    def __new__(cls) -> Self: ...
    def __new__(cls, function: Any = None) -> Any:
        made = super().__new__(cls)
        if function is None:
            return made
        made._previous = []
        return made(function)


class no_grad(_FixedGradMode):
    """Operations inside are not recorded for differentiation: `with no_grad():`, `@no_grad()` or `@no_grad`.

    Example:
        >>> x = ingot.ones(2, requires_grad=True)
        >>> with ingot.no_grad():
        ...     y = x * 2
        >>> y.requires_grad
        False
    """

    _enabled = False


class enable_grad(_FixedGradMode):
    """Operations inside are recorded for differentiation, also within `no_grad`.

    Example:
        >>> x = ingot.ones(2, requires_grad=True)
        >>> with ingot.no_grad(), ingot.enable_grad():
        ...     y = x * 2
        >>> y.requires_grad
        True
    """

    _enabled = True


class set_grad_enabled(_GradMode):
    """Turns recording on or off at once, or within a `with` block.

    Example:
        >>> with ingot.set_grad_enabled(False):
        ...     ingot.is_grad_enabled()
        False
    """

    def __init__(self, mode: bool) -> None:
        super().__init__()
        self._enabled = bool(mode)
        self._before = is_grad_enabled()
        _core._set_grad_enabled(self._enabled)

    def __enter__(self) -> None:
        self._previous.append(self._before)
        _core._set_grad_enabled(self._enabled)


def _as_list(arrays: array | Sequence[array]) -> list[array]:
    return [arrays] if isinstance(arrays, array) else list(arrays)


@overload
def grad(
    outputs: array | Sequence[array],
    inputs: array | Sequence[array],
    grad_outputs: array | Sequence[array | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: Literal[False] = False,
) -> tuple[array, ...]: ...
@overload
def grad(
    outputs: array | Sequence[array],
    inputs: array | Sequence[array],
    grad_outputs: array | Sequence[array | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    allow_unused: bool,
) -> tuple[array | None, ...]: ...
def grad(
    outputs: array | Sequence[array],
    inputs: array | Sequence[array],
    grad_outputs: array | Sequence[array | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: bool = False,
) -> tuple[array | None, ...]:
    """Gradients of the outputs (summed, each times its `grad_outputs`, ones if not given) by each input.

    Changes no `.grad`.

    Raises RuntimeError for an input without influence, for which `allow_unused=True` gives None.

    Example:
        >>> x = ingot.array([1.0, 2.0], requires_grad=True)
        >>> print(ingot.autograd.grad((x * x).sum(), x)[0])
        [2. 4.]
    """
    output_list, input_list = _as_list(outputs), _as_list(inputs)
    cotangents: list[array | None] = []
    if grad_outputs is not None:
        cotangents = [grad_outputs] if isinstance(grad_outputs, array) else list(grad_outputs)
    if not any(output.requires_grad for output in output_list):
        raise _core.GradError("autograd.grad: none of the outputs requires grad")
    for position, given in enumerate(input_list):
        if not given.requires_grad:
            raise _core.GradError(
                f"autograd.grad: input {position} does not require grad; call requires_grad_() on it before it is used"
            )
    keep = create_graph if retain_graph is None else retain_graph
    gradients = _core._gradients(output_list, input_list, cotangents, keep, create_graph)
    if not allow_unused:
        for position, gradient in enumerate(gradients):
            if gradient is None:
                raise _core.GradError(
                    f"autograd.grad: input {position} has no influence on the outputs (allow_unused=True gives None)"
                )
    return tuple(gradients)


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


def _checkpointed(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    kept: list[Result] = []

    def flat() -> list[array]:
        kept.append(Result(function(*args, **kwargs)))
        return kept[0].arrays

    arrays = _core._checkpoint(flat)
    return kept[0].rebuild(arrays)
