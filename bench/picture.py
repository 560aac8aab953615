"""The table as a picture: bars, and where each goal lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peers import PEERS
from report import Outcome, columns, figure
from rows import Row

COLOURS = {
    "ingot": "#c2410c",
    "ingot-jit": "#fb923c",
    "torch": "#1e3a8a",
    "torch-compile": "#60a5fa",
    "jax": "#0f766e",
    "mlx": "#94a3b8",
    "numpy": "#d4d4d8",
}


def draw(rows: list[Row], outcomes: dict[str, Outcome], about: dict[str, Any], path: Path) -> None:
    """Bars of each column's figure as a multiple of the best peer's, on a logarithmic axis.

    A black line across Ingot's bars marks the goal: the bar should end to the left of it.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt
    from matplotlib.patches import Patch

    # What is known of Ingot alone has nothing to be drawn beside.
    rows = [row for row in rows if outcomes[row.name].best(ours=False)]
    names = columns(rows, outcomes)
    figure_height = 1.4 + sum(0.18 * len(outcomes[row.name].cells) + 0.16 for row in rows)
    picture, axes = plt.subplots(figsize=(9, figure_height), layout="constrained")
    place = 0.0
    ticks: list[float] = []
    for row in rows:
        outcome = outcomes[row.name]
        shown = [name for name in names if name in outcome.cells]
        places = {name: place + index for index, name in enumerate(shown)}
        reference = outcome.cells[outcome.best(ours=False) or ""].median
        for name in shown:
            value = outcome.cells[name].median
            bar = axes.barh(places[name], value / reference, 0.9, color=COLOURS[name])
            axes.bar_label(bar, [figure(value, row.unit)], padding=4, fontsize=7)
        for goal in row.goals:
            asked = [places[name] for name in shown if PEERS[name].ours and goal.column in ("", name)]
            base = 1.0 if not goal.of else (outcome.cells[goal.of].median if goal.of in outcome.cells else reference)
            if asked and (goal.of in ("", "best peer") or goal.of in outcome.cells):
                end = goal.most * base / reference
                axes.plot([end, end], [min(asked) - 0.5, max(asked) + 0.5], color="black", linewidth=2)
        ticks.append(place + (len(shown) - 1) / 2)
        place += len(shown) + 1
    axes.set_yticks(ticks, [row.title for row in rows], fontsize=8)
    axes.set_ylim(place - 1, -1)
    axes.set_xscale("log")
    axes.set_xlim(axes.get_xlim()[0], axes.get_xlim()[1] * 1.8)
    axes.xaxis.set_major_formatter("{x:g}x")
    axes.axvline(1, color="#a1a1aa", linewidth=0.8, zorder=0)
    axes.set_xlabel("as a multiple of the best peer's figure; a black line is the goal")
    axes.set_title(f"{about['machine']['processor']}, threads: {about['threads']}", fontsize=10)
    patches = [Patch(color=COLOURS[name], label=name) for name in names]
    picture.legend(handles=patches, fontsize=8, loc="outside lower center", ncols=len(names), frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    picture.savefig(path, dpi=160)
    plt.close(picture)
