"""What comes out of a comparison: medians with their spread, ratios, goals, a table and a picture."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Literal

from peers import PEERS
from rows import Goal, Row


@dataclass
class Cell:
    """The samples of one peer in one row: seconds per run, or bytes."""

    #: Seconds until the first result was there, and what was computed; rows of single figures have neither.
    first_call: float = 0.0
    digests: list[list[float]] = field(default_factory=list)
    samples: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.samples)

    @property
    def spread(self) -> float:
        """Half the distance between the quartiles, as a part of the median."""
        if len(self.samples) < 2:
            return 0.0
        low, _, high = quantiles(self.samples, n=4, method="inclusive")
        return (high - low) / 2 / self.median

    def as_json(self) -> dict[str, Any]:
        return {
            "median": self.median,
            "spread": self.spread,
            "first_call": self.first_call,
            "digests": self.digests,
            "samples": self.samples,
        }


@dataclass
class Outcome:
    """What came out of one row, by the names of the peers."""

    cells: dict[str, Cell] = field(default_factory=dict)
    #: Why a peer has no cell.
    failures: dict[str, str] = field(default_factory=dict)
    #: Who computes something else.
    disagreements: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.failures and not self.disagreements

    def best(self, ours: bool) -> str | None:
        """The fastest of Ingot's columns, or of the others'."""
        names = [name for name in self.cells if PEERS[name].ours == ours]
        return min(names, key=lambda name: self.cells[name].median, default=None)

    def ratio(self, column: str | None, reference: str | None) -> float | None:
        if column not in self.cells or reference not in self.cells:
            return None
        return self.cells[column].median / self.cells[reference].median

    def reached(self, goal: Goal) -> float | None:
        """What there is where the goal is asked for; met if it is not above `goal.most`."""
        column = goal.column or self.best(ours=True)
        if not goal.of:
            return self.cells[column].median if column in self.cells else None
        return self.ratio(column, self.best(ours=False) if goal.of == "best peer" else goal.of)

    def as_json(self) -> dict[str, Any]:
        return {
            "cells": {name: cell.as_json() for name, cell in self.cells.items()},
            "failures": self.failures,
            "disagreements": self.disagreements,
        }

    @staticmethod
    def from_json(stored: dict[str, Any]) -> Outcome:
        cells = {
            name: Cell(cell["first_call"], cell["digests"], cell["samples"]) for name, cell in stored["cells"].items()
        }
        return Outcome(cells, stored["failures"], stored["disagreements"])


def machine() -> dict[str, Any]:
    """The processor and what else a reader needs to compare figures."""
    model, flags = platform.processor() or platform.machine(), ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        entries = dict(line.split(":", 1) for line in cpuinfo.read_text().split("\n\n")[0].splitlines() if ":" in line)
        entries = {key.strip(): value.strip() for key, value in entries.items()}
        model, flags = entries.get("model name", model), entries.get("flags", "")
    known = ("avx2", "avx512f", "avx512_bf16")
    return {
        "processor": model,
        "vectors": [flag for flag in known if flag in flags.split()],
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "system": platform.platform(),
        "python": platform.python_version(),
    }


SCALES = {
    "s": (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)),
    "B": (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)),
}


def figure(value: float, unit: Literal["s", "B"]) -> str:
    """Three digits and a unit: `94.1 us`, `3.07 ms`, `26.0 MB`."""
    name, scale = next((pair for pair in SCALES[unit] if value >= pair[1]), SCALES[unit][-1])
    return f"{value / scale:#.3g}".rstrip(".") + f" {name}"


def describe(row: Row, outcome: Outcome, name: str) -> str:
    if name in outcome.failures:
        reason = outcome.failures[name]
        return reason if reason.startswith("over ") else "failed"
    if name not in outcome.cells:
        return ""
    cell = outcome.cells[name]
    text = figure(cell.median, row.unit)
    if len(cell.samples) > 1:
        text += f" ±{cell.spread:.0%}"
    return f"{text} {row.flops / cell.median / 1e9:.0f} GF/s" if row.flops else text


def ratio_text(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"


def one_goal(row: Row, goal: Goal) -> str:
    wanted = f"{goal.most:g} of {goal.of}" if goal.of else figure(goal.most, row.unit)
    return f"{goal.column}: {wanted}" if goal.column else wanted


def goal_text(row: Row) -> str:
    return "; ".join(one_goal(row, goal) for goal in row.goals)


def verdicts(row: Row, outcome: Outcome) -> str:
    texts = []
    for goal in row.goals:
        reached = outcome.reached(goal)
        if reached is None:
            texts.append("unknown")
        else:
            text = ratio_text(reached) if goal.of else figure(reached, row.unit)
            texts.append(f"{text} {'met' if reached <= goal.most else 'MISSED'}")
    return "; ".join(texts)


def columns(rows: list[Row], outcomes: dict[str, Outcome]) -> list[str]:
    """The names of those who have something to show, in the usual order."""
    return [
        name
        for name in PEERS
        if any(name in outcomes[row.name].cells or name in outcomes[row.name].failures for row in rows)
    ]


def times_table(rows: list[Row], outcomes: dict[str, Outcome]) -> list[list[str]]:
    names = columns(rows, outcomes)
    return [
        ["work", *names],
        *([row.title, *(describe(row, outcomes[row.name], name) for name in names)] for row in rows),
    ]


def ratios_table(rows: list[Row], outcomes: dict[str, Outcome]) -> list[list[str]]:
    names = columns(rows, outcomes)
    ours = [name for name in names if PEERS[name].ours]
    lines = [["work", *(f"{name} / torch" for name in ours), "best / best peer", "the best peer", "goal", "reached"]]
    for row in rows:
        outcome = outcomes[row.name]
        peer = outcome.best(ours=False)
        lines.append(
            [
                row.title,
                *(ratio_text(outcome.ratio(name, "torch")) for name in ours),
                ratio_text(outcome.ratio(outcome.best(ours=True), peer)),
                peer or "",
                goal_text(row),
                verdicts(row, outcome),
            ]
        )
    return lines


def summary(rows: list[Row], outcomes: dict[str, Outcome]) -> str:
    reached = [(goal, outcomes[row.name].reached(goal)) for row in rows for goal in row.goals]
    known = [(goal, value) for goal, value in reached if value is not None]
    return f"Goals met: {sum(value <= goal.most for goal, value in known)} of {len(known)}."


def troubles(rows: list[Row], outcomes: dict[str, Outcome]) -> list[str]:
    lines = []
    for row in rows:
        outcome = outcomes[row.name]
        # Of a traceback, the line that says what is wrong; --verbose shows more, and the JSON file keeps it.
        lines += [f"FAILED {row.name}, {name}: {reason.splitlines()[-1]}" for name, reason in outcome.failures.items()]
        lines += [f"DISAGREEMENT {row.name}: {text}" for text in outcome.disagreements]
    return lines


def table(rows: list[Row], outcomes: dict[str, Outcome], about: dict[str, Any]) -> str:
    """Two Markdown tables: the figures, and Ingot's as a fraction of its peers' beside the goals."""
    head = about["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    lines = [
        f"{head['processor']} ({', '.join(head['vectors'])}), {head['cores']} cores, load {head['load']:.1f}; "
        f"threads: {about['threads']}; {about['repeat']} interleaved samples by the {about['clock']} clock; {versions}",
        "",
        "Median ± half the distance between the quartiles.",
        "",
        *aligned(times_table(rows, outcomes)),
    ]
    if any(PEERS[name].ours for name in columns(rows, outcomes)):
        explanation = "Ingot's figure as a fraction of a peer's; below 1 is better."
        lines += ["", explanation, "", *aligned(ratios_table(rows, outcomes)), "", summary(rows, outcomes)]
    if found := troubles(rows, outcomes):
        lines += ["", *found]
    return "\n".join(lines)


def aligned(cells: list[list[str]]) -> list[str]:
    """A Markdown table that is also readable as plain text."""
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    padded = [[text.ljust(width) for text, width in zip(line, widths, strict=True)] for line in cells]
    rows = [f"| {' | '.join(line)} |" for line in padded]
    return [rows[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *rows[1:]]
