"""No float32 function is more than 4 units of the last place from the exact value (docs/accuracy.md)."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from helpers import ROOT


def _load():
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "bench" / "accuracy.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module
    spec.loader.exec_module(module)
    return module


accuracy = _load()


@pytest.mark.parametrize("row", accuracy.floating_rows(), ids=lambda row: row["name"])
def test_error_is_bounded(row: dict) -> None:
    worst = accuracy.measure(row, 40, accuracy.ours(row["name"]))
    assert worst.error <= accuracy.BOUND, worst
