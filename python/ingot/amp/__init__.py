"""Mixed precision: products in float16 or bfloat16, sums and losses in float32."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from ingot._core import array, bfloat16, float16
from ingot._core.amp import GradScaler as GradScaler
from ingot._core.amp import _autocast_dtype, _set_autocast_dtype

P = ParamSpec("P")
R = TypeVar("R")


class autocast:
    """In a `with` block, or around a function: a low precision where it pays, float32 where it matters.

    Products of matrices, linear layers, convolutions and attention take their operands in `dtype`; softmax, losses,
    normalisations and sums take float32; everything else takes what comes. Parameters stay as they are, and so do
    their gradients. It holds on this thread, `backward()` may be called inside or outside, and `jit` records a function
    anew under another setting.

    Raises TypeError for a dtype other than float16 and bfloat16.

    Example:
        >>> with ingot.amp.autocast(dtype=ingot.bfloat16):
        ...     y = ingot.ones((2, 3)) @ ingot.ones((3, 2))
        >>> y.dtype
        ingot.bfloat16
    """

    def __init__(
        self, device_type: str = "cpu", dtype: Any = None, enabled: bool = True, cache_enabled: bool | None = None
    ) -> None:
        del cache_enabled
        self.device = device_type
        self.fast_dtype = bfloat16 if dtype is None else dtype
        if enabled and self.fast_dtype not in (float16, bfloat16):
            raise TypeError(f"autocast: expected float16 or bfloat16, got {self.fast_dtype}")
        self._enabled = enabled
        self._outer: list[Any] = []

    def __enter__(self) -> autocast:
        self._outer.append(_autocast_dtype())
        _set_autocast_dtype(self.fast_dtype if self._enabled else None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _set_autocast_dtype(self._outer.pop())

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
            with autocast(self.device, self.fast_dtype, self._enabled):
                return function(*args, **kwargs)

        return wrapped


def is_autocast_enabled(device_type: str = "cpu") -> bool:
    """True inside of `autocast`, on this thread.

    Example:
        >>> ingot.amp.is_autocast_enabled()
        False
    """
    del device_type
    return _autocast_dtype() is not None


def is_autocast_available(device_type: str) -> bool:
    """True for the CPU.

    Example:
        >>> ingot.amp.is_autocast_available("cpu")
        True
    """
    return device_type == "cpu"


def custom_fwd(
    fwd: Callable[..., Any] | None = None, *, device_type: str = "cpu", cast_inputs: Any = None
) -> Callable[..., Any]:
    """A decorator of `Function.forward` that, if `cast_inputs` is given, makes a call under `autocast` one without it,
    on floating arguments of that dtype.
    """
    if fwd is None:
        return functools.partial(custom_fwd, device_type=device_type, cast_inputs=cast_inputs)
    if cast_inputs is None:
        return fwd

    def cast(value: Any) -> Any:
        return value.astype(cast_inputs) if isinstance(value, array) and value.is_floating_point() else value

    @functools.wraps(fwd)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if _autocast_dtype() is None:
            return fwd(*args, **kwargs)
        with autocast(enabled=False):
            return fwd(*map(cast, args), **{name: cast(value) for name, value in kwargs.items()})

    return wrapped


def custom_bwd(bwd: Callable[..., Any] | None = None, *, device_type: str = "cpu") -> Callable[..., Any]:
    """A decorator of `Function.backward`, which runs as it is: gradients have the dtypes of what they belong to."""
    return custom_bwd if bwd is None else bwd
