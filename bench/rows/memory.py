"""What training the big network takes beyond what importing takes: parameters, moments, gradients, activations."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from rows import Clock, Goal, Row, Run
from rows.mlp import BIG, training

#: Enough for every allocator to have seen a whole step with the optimizer's state in place.
STEPS = 4

MODULES = {
    "ingot": ("ingot",),
    "ingot-jit": ("ingot",),
    "torch": ("torch",),
    "torch-compile": ("torch", "torch._dynamo"),
    "jax": ("jax",),
    "mlx": ("mlx.core", "mlx.nn", "mlx.optimizers"),
}


def resident_peak() -> float:
    """The most bytes that this process ever had in memory."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return float(line.split()[1]) * 1024
    import resource

    peak = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return peak if sys.platform == "darwin" else peak * 1024


def training_peak(modules: tuple[str, ...], prepare: Callable[[], Run], clock: Clock) -> float:
    """Bytes. Only in a process that has done nothing else."""
    for module in modules:
        import_module(module)
    imported = resident_peak()
    run = prepare()
    for _ in range(STEPS):
        run()
    return resident_peak() - imported


WORK = training(BIG, 256, "adam").work()

ROWS = [
    Row(
        "memory",
        f"peak memory of training MLP {'-'.join(map(str, BIG))}",
        (Goal(1.0),),
        gauge={peer: partial(training_peak, modules, WORK[peer]) for peer, modules in MODULES.items()},
        unit="B",
        most_samples=3,
    )
]
