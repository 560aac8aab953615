"""`profile`: what the engine ran, how long it took, and how much it moved and computed."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Any, NamedTuple

from ingot import _core


class Step(NamedTuple):
    """Something that the engine did once."""

    name: str
    """Of a step of a plan: what was fused, or the operation, with shapes; else the kind."""
    kind: str
    """`step`, or what steps are part of: `eval` and `replay` (of a jitted function), `plan`, `trace`."""
    thread: int
    begin: float
    """Seconds since the profile began."""
    seconds: float
    bytes: int
    """What a step at least reads and writes."""
    flops: float


def _seconds(value: float) -> str:
    for unit, scale in (("s ", 1.0), ("ms", 1e3), ("us", 1e6)):
        if value * scale >= 1:
            return f"{value * scale:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


class profile:
    """Within it, everything that the engine runs is recorded, on all threads, by `eval` and `jit` alike.

    `print(prof)` shows a table, the most expensive step first: how often it ran, the time it took in all and as a part
    of the whole, and, where known, the memory it moved and the arithmetic it did per second. Below stands what was
    spent outside of steps. `prof.save("trace.json")` writes a trace for Perfetto (ui.perfetto.dev) or chrome://tracing.

    Values that are pending at the end are not computed for the profile's sake: call `ingot.eval` inside.

    Example:
        >>> x = ingot.ones((64, 64))
        >>> with ingot.profile() as prof:
        ...     ingot.eval(ingot.exp(x @ x))
        >>> any("matmul" in step.name for step in prof.steps)
        True
    """

    def __init__(self) -> None:
        self._recorder = _core._Profile()

    def __enter__(self) -> profile:
        self._recorder.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._recorder.stop()

    @property
    def seconds(self) -> float:
        """From beginning to end, or until now."""
        return self._recorder.elapsed()

    @property
    def records(self) -> list[Step]:
        """Everything recorded, in the order in which it ended."""
        return [Step(*record) for record in self._recorder.records()]

    @property
    def steps(self) -> list[Step]:
        """The steps that ran, in their order."""
        return [record for record in self.records if record.kind == "step"]

    def __str__(self) -> str:
        records = self.records
        groups: dict[str, list[Step]] = {}
        for record in records:
            if record.kind == "step":
                groups.setdefault(record.name, []).append(record)

        def total(kind: str) -> float:
            return sum(record.seconds for record in records if record.kind == kind)

        def row(name: str, seconds: float, count: int | str, moved: float = 0, flops: float = 0) -> str:
            speed = f"{moved / seconds / 1e9:8.1f}" if moved and seconds else " " * 8
            rate = f"{flops / seconds / 1e9:8.1f}" if flops and seconds else " " * 8
            part = f"{seconds / whole:6.1%}" if whole else " " * 6
            return f"{_seconds(seconds):>10} {part} {count:>8} {speed} {rate}  {name}".rstrip()

        whole = self.seconds
        lines = [f"{'time':>10} {'part':>6} {'count':>8} {'GB/s':>8} {'GFLOP/s':>8}  step"]
        for name, members in sorted(groups.items(), key=lambda item: -sum(step.seconds for step in item[1])):
            seconds = sum(step.seconds for step in members)
            moved, flops = sum(step.bytes for step in members), sum(step.flops for step in members)
            lines.append(row(name, seconds, len(members), moved, flops))
        steps, planning = total("step"), total("plan")
        traced = [record for record in records if record.kind == "trace"]
        planned_in_trace = sum(
            plan.seconds
            for plan in records
            if plan.kind == "plan"
            and any(t.thread == plan.thread and t.begin <= plan.begin < t.begin + t.seconds for t in traced)
        )
        engine = total("eval") + total("replay")
        lines += [
            "",
            row("all steps", steps, sum(map(len, groups.values()))),
            row("planning", planning, sum(record.kind == "plan" for record in records)),
            row("tracing for jit", total("trace") - planned_in_trace, len(traced)),
            row(
                "the engine around them",
                max(engine - steps - (planning - planned_in_trace), 0.0),
                sum(record.kind in ("eval", "replay") for record in records),
            ),
            row("Python and everything else", max(whole - engine - total("trace"), 0.0), ""),
            row("the whole", whole, ""),
        ]
        return "\n".join(lines)

    __repr__ = __str__

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes a trace file for Perfetto or chrome://tracing, with a track for each thread.

        Example:
            >>> import tempfile, os
            >>> with ingot.profile() as prof:
            ...     ingot.eval(ingot.ones(8) + 1)
            >>> prof.save(os.path.join(tempfile.mkdtemp(), "trace.json"))
        """
        import json
        from pathlib import Path

        events: list[dict[str, Any]] = [
            {
                "name": record.name,
                "cat": record.kind,
                "ph": "X",
                "ts": record.begin * 1e6,
                "dur": record.seconds * 1e6,
                "pid": os.getpid(),
                "tid": record.thread,
                "args": {"bytes": record.bytes, "flops": record.flops} if record.kind == "step" else {},
            }
            for record in self.records
        ]
        Path(path).write_text(json.dumps({"traceEvents": events, "displayTimeUnit": "ns"}), encoding="utf-8")
