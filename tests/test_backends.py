"""One program under every setting: no bit depends on the threads, only rounding on executor and instruction set."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from helpers import run_command, run_python

import ingot as ig

HERE = Path(__file__).parent
Results = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def run_workload(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Results]:
    """Results of tests/workload.py under environment variables; each setting runs once."""
    known: dict[str, Results] = {}

    def run(**env: str) -> Results:
        key = repr(sorted(env.items()))
        if key not in known:
            path = tmp_path_factory.mktemp("workload") / "results.npz"
            run_command([sys.executable, str(HERE / "workload.py"), str(path)], env=env, timeout=300)
            with np.load(path) as archive:
                known[key] = {name: archive[name] for name in archive.files}
        return known[key]

    return run


def assert_same_within_rounding(got: Results, want: Results) -> None:
    assert got.keys() == want.keys()
    worst: dict[str, float] = {}
    for name, a in got.items():
        b = want[name]
        assert a.shape == b.shape, name
        assert a.dtype == b.dtype, name
        if a.dtype.kind in "biu":
            np.testing.assert_array_equal(a, b, err_msg=name)
            continue
        np.testing.assert_array_equal(np.isfinite(a), np.isfinite(b), err_msg=name)
        finite = np.isfinite(a)
        scale = np.abs(b[finite]).max(initial=1e-3)
        limit = 1e-11 if a.dtype in (np.float64, np.complex128) and "losses" not in name else 1e-5
        limit = 2e-2 if "bfloat16" in name else limit
        limit = 1e-3 if name.endswith(("-True", "-False")) else limit
        error = float(np.abs(a[finite] - b[finite]).max(initial=0) / scale)
        if error > limit:
            worst[name] = error
    assert not worst, f"relative errors: {worst}"


def test_threads_change_no_bit(run_workload) -> None:
    one, two = run_workload(INGOT_NUM_THREADS="1"), run_workload(INGOT_NUM_THREADS="2")
    assert one.keys() == two.keys()
    for name in one:
        assert one[name].tobytes() == two[name].tobytes(), f"{name} depends on the number of threads"


def test_runs_repeat_exactly(run_workload, tmp_path: Path) -> None:
    path = tmp_path / "again.npz"
    run_command([sys.executable, str(HERE / "workload.py"), str(path)], env={"INGOT_NUM_THREADS": "2"}, timeout=300)
    with np.load(path) as again:
        for name, value in run_workload(INGOT_NUM_THREADS="2").items():
            assert again[name].tobytes() == value.tobytes(), f"{name} differs from run to run"


def test_reference_backend_agrees(run_workload) -> None:
    assert_same_within_rounding(run_workload(INGOT_NUM_THREADS="2"), run_workload(INGOT_BACKEND="reference"))


#: What /proc/cpuinfo calls the newest instructions of each set.
PACKS = {"x86-64-v2": "sse4_2", "x86-64-v3": "avx2", "x86-64-v4": "avx512vl", "neon": "asimd"}


@pytest.mark.parametrize("pack", PACKS)
def test_instruction_sets_agree(run_workload, pack: str) -> None:
    if not list((Path(ig.__file__).parent / "lib").glob(f"libingot_cpu_{pack}.*")):
        pytest.skip("not in this build")
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists() or PACKS[pack] not in cpuinfo.read_text().split():
        pytest.skip("not known to run on this machine")
    probe = run_python("import ingot; print(ingot.core.pack_name())", env={"INGOT_CPU": pack})
    assert probe.stdout.strip() == pack
    assert_same_within_rounding(run_workload(INGOT_CPU=pack), run_workload(INGOT_BACKEND="reference"))


@pytest.mark.parametrize(
    ("variable", "value"), [("INGOT_BACKEND", "abacus"), ("INGOT_CPU", "z80"), ("INGOT_NUM_THREADS", "many")]
)
def test_unknown_setting_is_named(variable: str, value: str) -> None:
    code = "import ingot as ig; print(ig.get_num_threads(), (ig.ones(3) + 1).tolist())"
    result = run_python(code, env={variable: value}, check=False)
    assert result.returncode == 1
    assert value in result.stderr
    assert variable in result.stderr


@pytest.mark.slow
def test_operations_pass_on_the_reference_backend() -> None:
    """The op suite once more, in a process of its own, so that kernels and oracle are held to the same."""
    files = [str(HERE / name) for name in ("test_ops.py", "test_strides.py")]
    run_command(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *files],
        env={"INGOT_BACKEND": "reference"},
        timeout=600,
    )
