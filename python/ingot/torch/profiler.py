"""PyTorch's names for `ingot.profile`, which times what the engine runs.

Example:
    >>> from ingot.torch import profiler
    >>> with profiler.profile() as prof:
    ...     with profiler.record_function("product"):
    ...         ingot.eval(ingot.ones((8, 8)) @ ingot.ones((8, 8)))
    >>> "matmul" in prof.key_averages().table()
    True
"""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ingot


class ProfilerActivity(enum.Enum):
    """What may be asked for; what the engine runs is on the CPU."""

    CPU = 0
    CUDA = 1
    XPU = 2


class record_function(contextlib.ContextDecorator):
    """A part of a program with a name. The engine runs many parts at once, so steps do not tell which they are of."""

    def __init__(self, name: str, args: str | None = None) -> None:
        self.name = name

    def __enter__(self) -> record_function:
        return self

    def __exit__(self, *error: object) -> None:
        return None


class _Averages:
    def __init__(self, text: str) -> None:
        self._text = text

    def table(self, sort_by: str | None = None, row_limit: int = 100, **settings: Any) -> str:
        """The steps that ran, the most expensive first."""
        return self._text

    def __str__(self) -> str:
        return self._text


class profile(ingot.profile):
    """`ingot.profile` with PyTorch's arguments. Everything from beginning to end is recorded, whatever `schedule` says,
    and `on_trace_ready(self)` is called once, at the end."""

    def __init__(
        self,
        *,
        activities: Any = None,
        schedule: Any = None,
        on_trace_ready: Callable[[profile], Any] | None = None,
        **settings: Any,
    ) -> None:
        super().__init__()
        self.on_trace_ready = on_trace_ready

    def __enter__(self) -> profile:
        super().__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        super().__exit__(*error)
        if self.on_trace_ready and error[0] is None:
            self.on_trace_ready(self)

    def start(self) -> None:
        """Begins, without a `with` block."""
        self.__enter__()

    def stop(self) -> None:
        """Ends it."""
        self.__exit__(None, None, None)

    def step(self) -> None:
        """The end of a training step: nothing to do."""

    def key_averages(self, group_by_input_shape: bool = False, **settings: Any) -> _Averages:
        """The steps that ran, as a table."""
        return _Averages(str(self))

    def export_chrome_trace(self, path: str) -> None:
        """Writes a trace for Perfetto (ui.perfetto.dev) or chrome://tracing."""
        self.save(path)


def schedule(
    *, wait: int, warmup: int, active: int, repeat: int = 0, skip_first: int = 0, **settings: Any
) -> dict[str, int]:
    """Accepted by `profile`, which records everything."""
    return {"wait": wait, "warmup": warmup, "active": active, "repeat": repeat, "skip_first": skip_first}


def tensorboard_trace_handler(dir_name: str, worker_name: str | None = None, use_gzip: bool = False) -> Any:
    """For `on_trace_ready`: writes the trace into a directory."""

    def write(prof: profile) -> None:
        folder = Path(dir_name)
        folder.mkdir(parents=True, exist_ok=True)
        prof.export_chrome_trace(str(folder / f"{worker_name or 'trace'}.pt.trace.json"))

    return write
