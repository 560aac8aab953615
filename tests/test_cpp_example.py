"""The C++ example, built by CMake against the installed package, trains."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from helpers import ROOT, run_command

EXAMPLE = ROOT / "examples" / "cpp"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cmake") is None, reason="needs CMake")
def test_builds_and_trains(tmp_path: Path) -> None:
    config = Path(run_command([sys.executable, "-m", "ingot", "--cmake-dir"]).stdout.strip())
    if not (config / "ingotConfig.cmake").exists():
        pytest.skip("the package is used from its build folder, not installed")
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    configure = [
        "cmake",
        "-S",
        str(EXAMPLE),
        "-B",
        str(tmp_path),
        *generator,
        f"-Dingot_DIR={config}",
        "-DCMAKE_BUILD_TYPE=Release",
    ]
    run_command(configure)
    run_command(["cmake", "--build", str(tmp_path)], timeout=300)
    programs = [p for p in tmp_path.iterdir() if p.is_file() and p.stat().st_mode & 0o111 and not p.suffix]
    assert programs, "the build made no program"
    lines = run_command([str(programs[0])], cwd=tmp_path).stdout.splitlines()
    losses = [float(found[1]) for line in lines if (found := re.search(r"loss\s+([\d.e+-]+)", line))]
    assert len(losses) >= 2
    assert losses[-1] < 0.5 * losses[0]
