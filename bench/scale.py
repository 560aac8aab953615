"""What one operation costs in graphs of ten to ten million nodes: to build, differentiate, plan, run and free.

    python bench/scale.py                                  # a table
    python bench/scale.py --json scale.json --plot scale.png --most 10000000

The graph is a chain of additions on eight floats, of which the engine sees all at once (the limit on pending operations
is turned off); in the second half of the table it is recorded and differentiated too. Figures are nanoseconds of
processor time per node, on one thread; a flat line is what one wants to see. `plan` is what an evaluation costs more
when no plan for that graph is there yet, and `evaluate` all the rest of it. Graphs of more than about 100,000 nodes are
planned anew each time. `bytes` is what the process has grown by, per node, when everything is built.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import platform
import resource
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import ingot

PHASES = ("build", "backward", "plan", "evaluate", "free")


def resident() -> int:
    """Bytes of this process in memory now."""
    if platform.system() == "Linux":
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def chain(length: int, differentiated: bool) -> dict[str, float]:
    """Nanoseconds per node of each phase, and bytes per node."""
    x = ingot.ones(8, requires_grad=differentiated)
    ingot.eval(x)
    gc.collect()
    before = resident()
    times = [time.thread_time()]
    y = x
    for _ in range(length):
        y = y * 1.5 if differentiated else y + 1
    times.append(time.thread_time())
    if differentiated:
        (y,) = ingot.autograd.grad(y.sum(), x)
    times.append(time.thread_time())
    memory = resident() - before
    with ingot.profile() as prof:
        ingot.eval(y)
    times.append(time.thread_time())
    del y
    times.append(time.thread_time())
    build, backward, evaluate, free = (later - earlier for earlier, later in itertools.pairwise(times))
    # The profile counts time on the clock: its parts divide the processor time.
    spent = {kind: sum(each.seconds for each in prof.records if each.kind == kind) for kind in ("plan", "eval")}
    plan = evaluate * spent["plan"] / spent["eval"]
    seconds = dict(zip(PHASES, (build, backward, plan, evaluate - plan, free), strict=True))
    return {phase: value / length * 1e9 for phase, value in seconds.items()} | {"bytes": memory / length}


def measure(length: int, differentiated: bool, least: float) -> dict[str, float]:
    """The best of as many runs as take `least` seconds, at least one; of planning, and of memory, the first."""
    first = best = chain(length, differentiated)
    end = time.perf_counter() + least
    while time.perf_counter() < end:
        now = chain(length, differentiated)
        best = {key: min(value, best[key]) for key, value in now.items()}
    return best | {key: first[key] for key in ("plan", "bytes")}


def plot(results: list[dict[str, Any]], path: str) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, 2, figsize=(11, 4), sharey=True)
    for panel, differentiated in zip(panels, (False, True), strict=True):
        rows = [row for row in results if row["differentiated"] is differentiated]
        for phase in PHASES:
            if differentiated or phase != "backward":
                panel.plot([row["nodes"] for row in rows], [row[phase] for row in rows], marker="o", label=phase)
        panel.set(xscale="log", yscale="log", xlabel="nodes", title="with backward" if differentiated else "forward")
        panel.legend()
    panels[0].set_ylabel("ns per node")
    figure.tight_layout()
    figure.savefig(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--most", type=int, default=1_000_000, help="nodes of the largest graph")
    parser.add_argument("--seconds", type=float, default=0.5, help="time for each point")
    parser.add_argument("--json", help="write the figures here")
    parser.add_argument("--plot", help="draw the curves here")
    options = parser.parse_args()
    ingot.set_num_threads(1)
    ingot.core.set_pending_limit(0)
    warnings.simplefilter("ignore")  # of chains as long as these
    results: list[dict[str, Any]] = []
    print(f"{'nodes':>10} {'':>12}" + "".join(f"{phase:>10}" for phase in PHASES) + f"{'bytes':>8}")
    for differentiated in (False, True):
        nodes = 10
        while nodes <= options.most:
            row = measure(nodes, differentiated, options.seconds)
            results.append({"nodes": nodes, "differentiated": differentiated, **row})
            label = "with backward" if differentiated else "forward"
            cells = "".join(f"{row[phase]:10.0f}" for phase in PHASES)
            print(f"{nodes:>10} {label:>13}{cells}{row['bytes']:8.0f}", flush=True)
            nodes *= 10
    if options.json:
        header = {"version": ingot.__version__, "machine": platform.machine(), "python": platform.python_version()}
        Path(options.json).write_text(json.dumps(header | {"results": results}, indent=1))
    if options.plot:
        plot(results, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
