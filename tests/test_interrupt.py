"""Ctrl-C while the engine works: KeyboardInterrupt, soon, and the process is as good as before."""

from __future__ import annotations

import sys

import pytest
from helpers import run_python

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")

#: `work` would take minutes; a thread sends the signal after half a second.
SCRIPT = """
import os, signal, threading, time
import ingot as ig
from ingot import nn, optim

# A process started in the background inherits SIGINT ignored, and Python leaves it so.
signal.signal(signal.SIGINT, signal.default_int_handler)

def press_ctrl_c():
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGINT)

{prepare}
threading.Thread(target=press_ctrl_c, daemon=True).start()
start = time.perf_counter()
try:
    {work}
    print("finished")
except KeyboardInterrupt:
    print("interrupted", time.perf_counter() - start < 10)
x = ig.ones((64, 64)) @ ig.ones((64, 64))
print(x.sum().item())
{after}
"""

CASES = {
    "elementwise": (
        "x = ig.ones(50_000_000) * 0.5",
        "[ig.eval(*[ig.sin(ig.exp(ig.sin(x + k))) for _ in range(20)]) for k in range(1000)]",
    ),
    "matmul": ("x = ig.ones((8192, 8192)) * 1e-4", "ig.eval(x @ x @ x @ x @ x @ x @ x @ x)"),
    "one_long_chain": (
        "ig.core.set_pending_limit(0); x = ig.ones(4_000_000)\ny = x\nfor _ in range(20_000): y = ig.sin(y[::-1])",
        "ig.eval(y)",
    ),
    "training": (
        "m = nn.Sequential(nn.Linear(2000, 2000), nn.ReLU(), nn.Linear(2000, 2000))\n"
        "o = optim.Adam(m.parameters()); x = ig.ones((512, 2000))",
        "[(o.zero_grad(), m(x).mean().backward(), o.step()) for _ in range(10_000)]",
    ),
    "jit": (
        "f = ig.jit(lambda x: ig.sin(x) @ x)\nx = ig.ones((3000, 3000)) * 1e-4\nf(x)",
        "[ig.eval(f(x)) for _ in range(10_000)]",
    ),
}


@pytest.mark.parametrize(("prepare", "work"), CASES.values(), ids=CASES.keys())
def test_interrupted(prepare: str, work: str) -> None:
    code = SCRIPT.format(prepare=prepare, work=work, after="")
    lines = run_python(code, timeout=60).stdout.splitlines()
    assert lines == ["interrupted True", "262144.0"]


def test_interrupted_arrays_can_be_evaluated_again() -> None:
    code = SCRIPT.format(
        prepare="x = ig.ones((6000, 6000)) * 1e-4\nshort = ig.ones(4) * 3\ny = (x @ x @ x @ x @ x @ x)[0, 0] + short",
        work="ig.eval(y, *[x @ (x + k) for k in range(100)])",
        after="print(short.tolist(), y.shape)",
    )
    lines = run_python(code, timeout=60).stdout.splitlines()
    assert lines == ["interrupted True", "262144.0", "[3.0, 3.0, 3.0, 3.0] (4,)"]


def test_own_signal_handler_is_called() -> None:
    code = (
        "import os, signal, threading, time, ingot as ig\n"
        "seen = []\n"
        "signal.signal(signal.SIGINT, lambda *_: seen.append(1))\n"
        "threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n"
        "x = ig.ones((3000, 3000)) * 1e-4\n"
        "end = time.perf_counter() + 1.5\n"
        "while time.perf_counter() < end: ig.eval(x @ x)\n"
        "print(len(seen))"
    )
    assert run_python(code).stdout.strip() == "1"
