"""What it costs to jit a training step: tracing, and planning or compiling.

That is the first call less a later one. MLX compiles next to nothing, and its steps are so long on a processor that the
difference of two of them says nothing: it has no column here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from rows import Clock, Goal, Row, Run
from rows.cnn import TRAINING as CNN
from rows.gpt import TRAINING as GPT
from training import Training

COMPILERS = ("ingot-jit", "torch-compile", "jax")
LATER_CALLS = 5


def seconds(run: Run, clock: Clock) -> float:
    start = clock()
    run()
    return clock() - start


def compiling(prepare: Callable[[], Run], clock: Clock) -> float:
    """Seconds. Only in a process that has not compiled anything, and with nothing kept from earlier ones."""
    os.environ["TORCHINDUCTOR_FORCE_DISABLE_CACHES"] = "1"
    run = prepare()
    first = seconds(run, clock)
    return first - min(seconds(run, clock) for _ in range(LATER_CALLS))


def row(name: str, title: str, training: Training) -> Row:
    work = training.work()
    gauge = {peer: partial(compiling, work[peer]) for peer in COMPILERS}
    return Row(name, title, (Goal(0.02, "jax"),), gauge=gauge, most_samples=3)


ROWS = [
    row("first-call-cnn", "tracing and planning of the CNN step", CNN),
    row("first-call-gpt", "tracing and planning of the GPT step", GPT),
]
