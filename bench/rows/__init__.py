"""What is measured: a table of rows, each with one way to do the work per peer.

A family of rows is one file in this folder with a list `ROWS`; naming it in `FAMILIES` is all it takes to add it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

#: Does the work once, waits until it is done, and returns the result.
Run = Callable[[], Any]

FAMILIES = ("polynomial", "matmul", "softmax", "chain", "digits_mlp")


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `peers` maps a peer's name to a function that imports the peer, prepares the data and returns a `Run`. A peer that
    is not in the map has no way to do this work, and its cell stays empty. All peers must return the same numbers.
    """

    name: str
    title: str
    peers: Mapping[str, Callable[[], Run]]
    #: Floating point operations of one run, if they say something: the table then shows GFLOP/s too.
    flops: float = 0.0


def all_rows() -> dict[str, Row]:
    """Every row by its name, in the order of the table."""
    return {row.name: row for family in FAMILIES for row in import_module(f"rows.{family}").ROWS}
