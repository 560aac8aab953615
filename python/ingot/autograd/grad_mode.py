"""Whether operations are recorded for differentiation."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, overload

from ingot import _core
from ingot._core import is_grad_enabled

if TYPE_CHECKING:
    from typing_extensions import Self

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
