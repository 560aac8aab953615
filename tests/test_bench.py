"""The comparison runs, every row of it, and what Ingot computes there is what PyTorch computes."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
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


def convolutions(**about: int) -> list[Mapping[str, Callable[[], Callable[[], Any]]]]:
    module = import_module("rows.convolution")
    layer = module.Layer("small", ins=4, side=7, most=1.0, batch=2, **about)
    return [layer.forward(), layer.forward_backward()]


def attention() -> list[Mapping[str, Callable[[], Callable[[], Any]]]]:
    return [row.work for row in import_module("rows.attention").rows(length=9)]


def lstm() -> list[Mapping[str, Callable[[], Callable[[], Any]]]]:
    module = import_module("rows.lstm")
    size = module.Size(features=5, hidden=6, length=4, batch=3)
    return [module.forward(size), module.forward_backward(size)]


SMALL = {
    "3x3": lambda: convolutions(outs=5, kernel=3, padding=1),
    "1x1": lambda: convolutions(outs=5, kernel=1, padding=0),
    "7x7": lambda: convolutions(outs=5, kernel=7, padding=3, stride=2),
    "depthwise": lambda: convolutions(outs=4, kernel=3, padding=1, stride=2, groups=4),
    "attention": attention,
    "lstm": lstm,
    "bfloat16": lambda: [import_module("rows.matmul_bfloat16").work(size=32)],
}


@pytest.mark.parametrize("family", SMALL)
def test_columns_of_a_layer_agree_at_a_small_size(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    peers = import_module("peers").PEERS
    for work in SMALL[family]():
        results = {}
        for name in ("ingot", "ingot-jit", *TORCH):
            found = work[name]()()
            arrays = found if isinstance(found, (tuple, list)) else (found,)
            results[name] = [np.asarray(peers[name].to_numpy(x), np.float64) for x in arrays]
        first = results["ingot"]
        for others in results.values():
            assert len(others) == len(first)
            for mine, theirs in zip(first, others, strict=True):
                # Rounding to bfloat16 keeps eight bits.
                tolerance = 2**-7 if family == "bfloat16" else 1e-4
                np.testing.assert_allclose(mine, theirs, rtol=tolerance, atol=tolerance * float(np.abs(mine).max()))


@pytest.mark.slow
def test_every_row_runs_and_agrees() -> None:
    compare("--peers", "ingot", "ingot-jit", *TORCH, "--repeat", "1", timeout=1800)
