"""docs/coverage.md says what is there: no listed name lacks an entry or a reason, and the document is up to date."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest
from helpers import ROOT


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_document", ROOT / "docs" / "coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("list_name", ["array_api", "mlx", "numpy", "torch"])
def test_every_name_has_an_entry_or_a_reason(coverage: ModuleType, list_name: str) -> None:
    assert coverage.missing(list_name) == []


@pytest.mark.parametrize("list_name", ["array_api", "mlx", "numpy", "torch"])
def test_no_reason_is_outdated(coverage: ModuleType, list_name: str) -> None:
    listed = list(coverage.entries(list_name))
    assert len({entry.name for entry in listed}) == len(listed)
    assert [e.name for e in listed if e.reason and coverage.find(e.ours, list_name) is not None] == []


def test_the_document_is_up_to_date(coverage: ModuleType) -> None:
    """If it is not: python docs/coverage.py."""
    written = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert written == coverage.document()
