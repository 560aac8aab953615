"""How long it takes until a script can begin. NumPy stands beside as the measure of what one extension costs."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from rows import Clock, Goal, Row

MODULES = {"ingot": "ingot", "torch": "torch", "jax": "jax", "mlx": "mlx.core", "numpy": "numpy"}
SCRIPT = "import time; start = time.{clock}(); import {module}; print(time.{clock}() - start)"


def import_time(module: str, clock: Clock) -> float:
    """Seconds, in an interpreter that has imported nothing before."""
    command = [sys.executable, "-c", SCRIPT.format(module=module, clock=clock.__name__)]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


ROWS = [
    Row(
        "import",
        "import",
        (Goal(0.030, of=""),),
        gauge={peer: partial(import_time, module) for peer, module in MODULES.items()},
    )
]
