"""Other processes and the end of this one: fork, spawn, exit with work pending."""

from __future__ import annotations

import sys

import pytest
from helpers import run_python

#: Large enough to be shared between threads.
LARGE = "ig.ones((1000, 1000)) * 2"

posix = pytest.mark.skipif(sys.platform == "win32", reason="forks")


@posix
def test_child_after_fork_computes() -> None:
    code = f"""
import os, ingot as ig
x = {LARGE}
ig.eval(x @ x)
child = os.fork()
if child == 0:
    ok = (x @ x + 1)[0, 0].item() == 4001 and ({LARGE}).sum().item() == 2_000_000
    os._exit(0 if ok else 1)
_, status = os.waitpid(child, 0)
print(os.waitstatus_to_exitcode(status), (x @ x).sum().item())
"""
    assert run_python(code, env={"INGOT_NUM_THREADS": "2"}, timeout=60).stdout.strip() == "0 4000000000.0"


@posix
def test_fork_pool() -> None:
    code = f"""
import multiprocessing, ingot as ig
def work(k):
    return (({LARGE}) @ ig.full((1000, 1), float(k))).sum().item()
if __name__ == "__main__":
    ig.eval({LARGE})
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(work, [1, 2, 3]))
"""
    assert run_python(code, timeout=60).stdout.strip() == "[2000000.0, 4000000.0, 6000000.0]"


@posix
def test_fork_while_another_thread_evaluates() -> None:
    code = f"""
import os, threading, ingot as ig
stop = False
def busy():
    while not stop:
        ig.eval({LARGE})
thread = threading.Thread(target=busy)
thread.start()
codes = []
for _ in range(10):
    child = os.fork()
    if child == 0:
        os._exit(0 if (ig.ones(3) + 1).tolist() == [2, 2, 2] else 1)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
stop = True
thread.join()
print(set(codes))
"""
    assert run_python(code, env={"INGOT_NUM_THREADS": "2"}, timeout=60).stdout.strip() == "{0}"


@pytest.mark.parametrize(
    "code",
    [
        "x = ig.ones(1000) * 2",
        "x = ig.ones(1000, requires_grad=True); (x * x).sum().backward()",
        "f = ig.jit(lambda x: x * 2); f(ig.ones(3))",
        "x = ig.ones(3, requires_grad=True); x.register_hook(print); (x * 2).backward()",
        "from ingot import nn; m = nn.Sequential(nn.Linear(2, 2)); m.note = [m]; m(ig.ones((1, 2))).sum().backward()",
        "a = ig.ones((500, 500)).numpy(); import numpy; b = ig.from_numpy(numpy.ones(1000)) * 2",
        "import threading; threading.Thread(target=lambda: [ig.eval(ig.ones(100_000) * 2) for _ in range(1000)], "
        "daemon=True).start()",
        "import sys; sys.kept = ig.ones(3) * 2; ig.kept = ig.exp(sys.kept)",
    ],
    ids=["pending", "gradient", "jit", "hook", "cycle", "numpy", "daemon_thread", "module_attribute"],
)
def test_process_ends_cleanly(code: str) -> None:
    result = run_python(f"import ingot as ig\n{code}\nprint('end')", timeout=60)
    assert result.stdout.splitlines()[-1] == "end"
    assert result.stderr == ""


def test_reimport_is_harmless() -> None:
    code = """
import sys, ingot
first = ingot.ones(2) + 1
for name in [n for n in sys.modules if n == "ingot" or n.startswith("ingot.") and n != "ingot._core"]:
    if not name.startswith("ingot._core"):
        del sys.modules[name]
import ingot as again
print((first + again.ones(2)).tolist())
"""
    assert run_python(code).stdout.strip() == "[3.0, 3.0]"
