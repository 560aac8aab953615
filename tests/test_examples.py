"""The examples do what they promise, as a newcomer runs them: each ends with an error unless it reaches its goal."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT, run_command

NEEDED = ("sklearn", "matplotlib", "tqdm")
needs_extra = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in NEEDED), reason="needs the `examples` extra"
)
PLOTS = {
    "train_digits_cnn": "digits_cnn.png",
    "lstm_forecast": "lstm_forecast.png",
    "tabular_regression": "tabular_regression.png",
    "digits_vae": "digits_vae.png",
    "char_gpt": "char_gpt.png",
}
EXAMPLES = ("train_digits", *PLOTS)


def run_example(name: str, cwd: Path, timeout: float) -> subprocess.CompletedProcess[str]:
    return run_command(
        [sys.executable, str(ROOT / "examples" / f"{name}.py")], cwd=cwd, env={"MPLBACKEND": "Agg"}, timeout=timeout
    )


@needs_extra
def test_digits(tmp_path: Path) -> None:
    result = run_example("train_digits", tmp_path, 120)
    percentages = [float(found) for found in re.findall(r"([\d.]+) ?%", result.stdout)]
    assert percentages and max(percentages) >= 97
    assert list(tmp_path.rglob("*.safetensors"))
    assert list(tmp_path.rglob("*.png"))
    assert "training" in result.stderr, "no progress bar"


@needs_extra
@pytest.mark.slow
@pytest.mark.parametrize("name", PLOTS)
def test_reaches_its_goal(name: str, tmp_path: Path) -> None:
    result = run_example(name, tmp_path, 900)
    assert (tmp_path / "out" / PLOTS[name]).stat().st_size > 10_000
    assert "training: 100%" in result.stderr, "no progress bar"
    assert str(Path("out") / PLOTS[name]) in result.stdout


@needs_extra
@pytest.mark.parametrize("name", EXAMPLES)
def test_explains_itself(name: str) -> None:
    assert "usage" in run_command([sys.executable, str(ROOT / "examples" / f"{name}.py"), "--help"]).stdout


@pytest.mark.parametrize("name", EXAMPLES)
def test_is_short(name: str) -> None:
    assert len((ROOT / "examples" / f"{name}.py").read_text(encoding="utf-8").splitlines()) <= 120


def test_every_example_is_tested() -> None:
    assert sorted(EXAMPLES) == sorted(path.stem for path in (ROOT / "examples").glob("*.py"))
