"""Hunting for NaN and infinity."""

from __future__ import annotations

import os
import sys
import threading
from types import TracebackType
from typing import Any

from ingot import _core

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib takes long to import


def _site() -> str:
    """The line of the user's program that is being run."""
    import linecache

    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(_PACKAGE):
        if frame.f_back is None:
            return ""
        frame = frame.f_back
    name, number = frame.f_code.co_filename, frame.f_lineno
    line = linecache.getline(name, number).strip()
    return f"{name}:{number}" + (f": {line}" if line else "")


def _scope(mode: bool, check_nan: bool, check_inf: bool) -> Any:
    return _core._AnomalyScope(mode and check_nan, mode and check_inf, _site)


class detect_anomaly:
    """Within this context, the first operation that makes NaN or an infinity out of finite numbers raises an error.

    Forward and backward: the error names the operation, its shapes, the place in the array, and the line of the program
    that called it; in the backward pass, the line of the operation that is being differentiated. NaN in data or in a
    parameter is reported by the first operation that passes it on. Infinities that belong there (a mask of `-inf`) are
    no anomaly; `check_inf=False` looks for NaN only.

    Every operation is computed at once, so this is for finding an error, not for training. What `jit` and `vmap` record
    is passed over: call the plain function.

    Raises RuntimeError at the operation.

    Example:
        >>> x = ingot.array([4.0, 0.0], requires_grad=True)
        >>> with ingot.autograd.detect_anomaly():
        ...     ingot.sqrt(x).sum().backward()
        Traceback (most recent call last):
        ...
        ingot.GradError: detect_anomaly: the backward of 'sqrt' gave an infinity at index (1,) (1 of 2 values)...
    """

    def __init__(self, check_nan: bool = True, *, check_inf: bool = True) -> None:
        self._what = check_nan, check_inf
        self._scopes: list[Any] = []

    def __enter__(self) -> None:
        scope = _scope(True, *self._what)
        scope.enter()
        self._scopes.append(scope)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scopes.pop().exit()


class _Lasting(threading.local):
    """What was switched on for good on this thread: somebody has to hold it."""

    def __init__(self) -> None:
        self.scopes: list[Any] = []


_lasting = _Lasting()


class set_detect_anomaly:
    """Turns `detect_anomaly` on or off on this thread, at once or for a `with` block.

    Example:
        >>> with ingot.autograd.set_detect_anomaly(False):
        ...     print(ingot.log(ingot.zeros(1)))
        [-inf]
    """

    def __init__(self, mode: bool, check_nan: bool = True, *, check_inf: bool = True) -> None:
        self._scope = _scope(bool(mode), check_nan, check_inf)
        self._scope.enter()
        _lasting.scopes.append(self._scope)

    def __enter__(self) -> None:
        """The hunt is on or off already."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _lasting.scopes.remove(self._scope)
        self._scope.exit()
