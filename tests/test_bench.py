"""The comparison runs, every row of it, and what Ingot computes there is what PyTorch computes."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from helpers import ROOT, run_command

TORCH = ["torch"] if importlib.util.find_spec("torch") else []


def compare(*arguments: str | Path, timeout: float = 120) -> str:
    """Fails unless every peer did its work and all of them agree."""
    command = [sys.executable, str(ROOT / "bench" / "compare.py"), *map(str, arguments)]
    return run_command(command, timeout=timeout).stdout


def test_rows_are_listed_with_their_goals() -> None:
    listed = compare("--list")
    assert "0.35 of torch" in listed
    families = {path.stem for path in (ROOT / "bench" / "rows").glob("[a-z]*.py")}
    names = [line.split()[0] for line in listed.splitlines()]
    assert len(names) == len(set(names)) > len(families)


def test_a_run_can_be_kept_and_shown_again(tmp_path: Path) -> None:
    kept = tmp_path / "results.json"
    measured = compare("--rows", "chain-add", "--peers", "ingot", "--repeat", "3", "--json", kept)
    assert "100 dependent adds" in measured
    assert len(json.loads(kept.read_text())["rows"]["chain-add"]["cells"]["ingot"]["samples"]) == 3
    assert compare("--rows", "chain-add", "--load", kept) == measured


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="needs matplotlib")
def test_a_run_can_be_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "results.png"
    stored = {
        "cells": {
            name: {"first_call": 0.1, "digests": [], "samples": [seconds, seconds, 2 * seconds]}
            for name, seconds in (("ingot", 2e-5), ("torch", 9e-5), ("jax", 5e-4))
        },
        "failures": {"mlx": "over 120 s"},
        "disagreements": [],
    }
    about = {
        "machine": {"processor": "a processor", "vectors": ["avx2"], "cores": 2, "load": 0.0},
        "threads": 1,
        "clock": "wall",
        "repeat": 3,
        "versions": {"ingot": "0.1.0"},
        "rows": {"chain-add": stored},
    }
    kept = tmp_path / "results.json"
    kept.write_text(json.dumps(about))
    command = [sys.executable, str(ROOT / "bench" / "compare.py"), "--load", str(kept), "--plot", str(picture)]
    shown = run_command(command, check=False)
    assert shown.returncode == 1, "a peer that failed must show in the exit code"
    assert "0.22 met" in shown.stdout and "over 120 s" in shown.stdout
    assert picture.stat().st_size > 10_000


@pytest.mark.slow
def test_every_row_runs_and_agrees() -> None:
    compare("--peers", "ingot", "ingot-jit", *TORCH, "--repeat", "1", timeout=900)
