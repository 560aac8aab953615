"""Comparisons with PyTorch (the `parity` extra)."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "parity" in item.path.parts:
            item.add_marker(pytest.mark.parity)
