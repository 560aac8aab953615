"""Forward mode for code that is no function: dual arrays, which carry a tangent along.

    with forward_ad.dual_level():
        dual = forward_ad.make_dual(x, direction)
        value, change = forward_ad.unpack_dual(f(dual))

Operations between `make_dual` and `unpack_dual` are the usual ones, also those of modules. It composes with reverse
mode (`backward` and `autograd.grad` through a tangent) and with all transforms. A level records
whatever the grad mode around it; tangents are not carried through a `no_grad` within.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any, NamedTuple

from ingot import _core
from ingot._core import array

__all__ = ["UnpackedDualTensor", "dual_level", "enter_dual_level", "exit_dual_level", "make_dual", "unpack_dual"]


class UnpackedDualTensor(NamedTuple):
    """What `unpack_dual` returns; the tangent is None where no dual array had influence."""

    primal: array
    tangent: array | None


class _Levels(threading.local):
    def __init__(self) -> None:
        self.open: list[Any] = []


_levels = _Levels()


def enter_dual_level() -> int:
    """Opens a level and returns its number; `dual_level` does so for a `with` block.

    Example:
        >>> level = ingot.autograd.forward_ad.enter_dual_level()
        >>> ingot.autograd.forward_ad.exit_dual_level(level=level)
    """
    _levels.open.append(_core._DualLevel())
    return len(_levels.open) - 1


def exit_dual_level(*, level: int | None = None) -> None:
    """Closes the innermost level: its dual arrays are arrays like any other from then on.

    Raises RuntimeError if no level is open, or if `level` is not the innermost one.

    Example:
        >>> level = ingot.autograd.forward_ad.enter_dual_level()
        >>> ingot.autograd.forward_ad.exit_dual_level(level=level)
    """
    if not _levels.open:
        raise _core.GradError("exit_dual_level: no dual level is open")
    if level is not None and level != len(_levels.open) - 1:
        raise _core.GradError(f"exit_dual_level: level {level} is not the innermost one, {len(_levels.open) - 1}")
    _levels.open.pop().close()


class dual_level:
    """Within this context dual arrays can be made and unpacked. Levels nest, without mixing their tangents.

    Example:
        >>> fwAD = ingot.autograd.forward_ad
        >>> with fwAD.dual_level():
        ...     dual = fwAD.make_dual(ingot.array([1.0, 2.0]), ingot.array([1.0, 0.0]))
        ...     value, change = fwAD.unpack_dual(dual * dual)
        >>> print(value, change)
        [1. 4.] [2. 0.]
    """

    def __enter__(self) -> int:
        self._level = enter_dual_level()
        return self._level

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        exit_dual_level(level=self._level)


def _level(number: int | None, who: str) -> Any:
    if not _levels.open:
        raise _core.GradError(f"{who}: no dual level is open; use it inside `with forward_ad.dual_level():`")
    if number is not None and not 0 <= number < len(_levels.open):
        raise _core.GradError(f"{who}: there is no dual level {number}; {len(_levels.open)} are open")
    return _levels.open[-1 if number is None else number]


def make_dual(tensor: array, tangent: array, *, level: int | None = None) -> array:
    """`tensor` with a tangent: what is computed from the result changes along with it.

    Raises ShapeError if shapes differ, TypeError for a dtype without derivatives, RuntimeError outside a level.

    Example:
        >>> fwAD = ingot.autograd.forward_ad
        >>> with fwAD.dual_level():
        ...     dual = fwAD.make_dual(ingot.array(2.0), ingot.array(1.0))
        ...     print(fwAD.unpack_dual(dual**3).tangent)
        12.0
    """
    return _level(level, "make_dual").make_dual(tensor, tangent)  # type: ignore[no-any-return]


def unpack_dual(tensor: array, *, level: int | None = None) -> UnpackedDualTensor:
    """The value and the tangent of an array; the tangent is None if no dual array of this level has influence.

    Raises RuntimeError if a backward released the graph in between, or outside a level.

    Example:
        >>> fwAD = ingot.autograd.forward_ad
        >>> with fwAD.dual_level():
        ...     fwAD.unpack_dual(ingot.array(2.0)).tangent is None
        True
    """
    primal, tangent = _level(level, "unpack_dual").unpack(tensor)
    return UnpackedDualTensor(primal, tangent)
