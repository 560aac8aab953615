"""The examples do what they promise, as a newcomer runs them."""

from __future__ import annotations

import importlib.util
import re
import sys
import time
from pathlib import Path

import pytest
from helpers import ROOT, run_command

NEEDED = ("sklearn", "matplotlib", "tqdm")


@pytest.mark.skipif(any(importlib.util.find_spec(name) is None for name in NEEDED), reason="needs the `examples` extra")
def test_digits(tmp_path: Path) -> None:
    start = time.perf_counter()
    result = run_command(
        [sys.executable, str(ROOT / "examples" / "train_digits.py")], cwd=tmp_path, env={"MPLBACKEND": "Agg"}
    )
    assert time.perf_counter() - start < 60
    percentages = [float(found) for found in re.findall(r"([\d.]+) ?%", result.stdout)]
    assert percentages and max(percentages) >= 97
    assert list(tmp_path.rglob("*.safetensors"))
    assert list(tmp_path.rglob("*.png"))
    assert "training" in result.stderr, "no progress bar"


@pytest.mark.skipif(any(importlib.util.find_spec(name) is None for name in NEEDED), reason="needs the `examples` extra")
def test_digits_explains_itself() -> None:
    assert "usage" in run_command([sys.executable, str(ROOT / "examples" / "train_digits.py"), "--help"]).stdout
