"""What is measured: a table of rows, each with one way to do the work per peer.

A family of rows is one file in this folder with a list `ROWS`; naming it in `FAMILIES` is all it takes to add it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

#: Does the work once, waits until it is done, and returns the result: arrays whose numbers all peers agree on.
Run = Callable[[], Any]
#: By a peer's name: imports the peer, prepares the data, and returns what is to be timed.
Work = Mapping[str, Callable[[], Run]]
#: Seconds that passed, or that this process computed: `time.perf_counter` or `time.process_time`.
Clock = Callable[[], float]
#: By a peer's name: measures in a process of its own, by a clock if time it is, and returns the figure.
Gauge = Mapping[str, Callable[[Clock], float]]

FAMILIES = (
    "chain",
    "polynomial",
    "pointwise",
    "softmax",
    "layer_norm",
    "matmul",
    "matmul_bfloat16",
    "convolution",
    "attention",
    "lstm",
    "mlp",
    "cnn",
    "gpt",
    "first_call",
    "imports",
    "memory",
    "size",
)


@dataclass(frozen=True)
class Goal:
    """What a row asks of Ingot: at most `most` times the figure of a peer, or at most `most` seconds or bytes."""

    most: float
    #: A peer's name; "best peer"; or "" if `most` is the figure itself.
    of: str = "best peer"
    #: Which of Ingot's columns must reach it; "" is the better one.
    column: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table. A peer that is in no map has no way to do this work, and its cell stays empty."""

    name: str
    title: str
    goals: tuple[Goal, ...] = ()
    #: Rows of repeated work: what is timed.
    work: Work | None = None
    #: The same work with settings under which its numbers say more, for the comparison of results; default: `work`.
    check: Work | None = None
    #: Rows of single figures, each taken in a fresh process: what takes them.
    gauge: Gauge | None = None
    unit: Literal["s", "B"] = "s"
    #: No more samples than this, for figures that are costly or always the same.
    most_samples: int = 1000
    #: Floating point operations of one run, if they say something: the table then shows GFLOP/s too.
    flops: float = 0.0

    @property
    def peers(self) -> tuple[str, ...]:
        """The names of those who have a way to do this."""
        return tuple(self.work or self.gauge or ())


def all_rows() -> dict[str, Row]:
    """Every row by its name, in the order of the table."""
    return {row.name: row for family in FAMILIES for row in import_module(f"rows.{family}").ROWS}
