"""What comes out of a comparison: medians with their spread, ratios, a table and a picture."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from peers import Peer
from rows import Row


@dataclass
class Cell:
    """The samples of one peer in one row, in seconds per run."""

    first_call: float
    digest: float
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
            "min": min(self.samples),
            "max": max(self.samples),
            "first_call": self.first_call,
            "samples": self.samples,
        }


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


def duration(seconds: float) -> str:
    """Three digits and a unit: `94.1 us`, `3.07 ms`."""
    unit, scale = next((pair for pair in (("s", 1.0), ("ms", 1e-3)) if seconds >= pair[1]), ("us", 1e-6))
    return f"{seconds / scale:#.3g}".rstrip(".") + f" {unit}"


def best_ours(cells: dict[str, Cell], peers: list[Peer]) -> float | None:
    """The best of Ingot's own columns."""
    return min((cells[peer.name].median for peer in peers if peer.ours and peer.name in cells), default=None)


def best_peer(cells: dict[str, Cell], peers: list[Peer]) -> float | None:
    """The best of all columns that are not Ingot's."""
    return min((cells[peer.name].median for peer in peers if not peer.ours and peer.name in cells), default=None)


def describe(cell: Cell, best: float, row: Row) -> str:
    text = f"{duration(cell.median)} ±{cell.spread:.0%} ({cell.median / best:.2f})"
    return f"{text} {row.flops / cell.median / 1e9:.0f} GF/s" if row.flops else text


def table(rows: list[Row], peers: list[Peer], results: dict[str, dict[str, Cell]], about: dict[str, Any]) -> str:
    """Two Markdown tables: times beside the row's best, and Ingot's time as a fraction of each peer's."""
    times = [["work", *(peer.name for peer in peers)]]
    others = [peer for peer in peers if not peer.ours]
    ours = [peer for peer in peers if peer.ours]
    ratios = [["work", *(f"{mine.name} / {peer.name}" for mine in ours for peer in others), "best / best peer"]]
    for row in rows:
        cells = results[row.name]
        if not cells:
            continue
        best = min(cell.median for cell in cells.values())
        times.append(
            [row.title, *(describe(cells[peer.name], best, row) if peer.name in cells else "" for peer in peers)]
        )
        mine_best, peer_best = best_ours(cells, peers), best_peer(cells, peers)
        if mine_best is None or peer_best is None:
            continue
        ratios.append(
            [
                row.title,
                *(
                    f"{cells[mine.name].median / cells[peer.name].median:.2f}"
                    if mine.name in cells and peer.name in cells
                    else ""
                    for mine in ours
                    for peer in others
                ),
                f"{mine_best / peer_best:.2f}",
            ]
        )
    head = about["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    lines = [
        f"{head['processor']} ({', '.join(head['vectors'])}), {head['cores']} cores; threads: {about['threads']}; "
        f"{about['repeat']} interleaved samples; {versions}",
        "",
        "Median ± half the distance between the quartiles (ratio to the row's best).",
        "",
        *aligned(times),
    ]
    if len(ratios) > 1:
        lines += ["", "Ingot's time as a fraction of each peer's; below 1 is faster.", "", *aligned(ratios)]
    return "\n".join(lines)


def aligned(cells: list[list[str]]) -> list[str]:
    """A Markdown table that is also readable as plain text."""
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    padded = [[text.ljust(width) for text, width in zip(line, widths, strict=True)] for line in cells]
    rows = [f"| {' | '.join(line)} |" for line in padded]
    return [rows[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *rows[1:]]


def draw(
    rows: list[Row], peers: list[Peer], results: dict[str, dict[str, Cell]], about: dict[str, Any], path: Path
) -> None:
    """Bars of each column's time as a multiple of the row's best, on a logarithmic axis."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    shown = [row for row in rows if results[row.name]]
    figure, axes = plt.subplots(figsize=(9, 1.2 + 0.16 * len(shown) * (len(peers) + 1)), layout="constrained")
    colours = {peer.name: f"C{place}" for place, peer in enumerate(peers)}
    height = 0.86 / len(peers)
    for column, peer in enumerate(peers):
        places, lengths, texts = [], [], []
        for line, row in enumerate(shown):
            cells = results[row.name]
            if peer.name in cells:
                cell = cells[peer.name]
                places.append(line + (column - (len(peers) - 1) / 2) * height)
                lengths.append(cell.median / min(other.median for other in cells.values()))
                texts.append(duration(cell.median))
        bars = axes.barh(places, lengths, height * 0.92, label=peer.name, color=colours[peer.name])
        axes.bar_label(bars, texts, padding=3, fontsize=7)
    axes.set_yticks(range(len(shown)), [row.title for row in shown])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlim(0.8, axes.get_xlim()[1] * 1.6)
    axes.xaxis.set_major_formatter("{x:g}x")
    axes.set_xlabel("time, as a multiple of the row's fastest")
    axes.set_title(f"{about['machine']['processor']}, threads: {about['threads']}", fontsize=10)
    axes.legend(fontsize=8, loc="lower right")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=160)
    plt.close(figure)
