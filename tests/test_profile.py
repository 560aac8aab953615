"""`profile`: lists what ran, with figures that can be checked by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ingot as ig


def one(prof: ig.profile, part: str):
    found = [step for step in prof.steps if part in step.name]
    assert len(found) == 1, [step.name for step in prof.steps]
    return found[0]


def test_product_and_fused_step() -> None:
    a, b = ig.ones((64, 32)) * 1, ig.ones((32, 16)) * 1
    ig.eval(a, b)
    with ig.profile() as prof:
        ig.eval(a @ b)
    product = one(prof, "matmul")
    assert product.flops == 2 * 64 * 32 * 16
    assert product.bytes == 4 * (64 * 32 + 32 * 16 + 64 * 16)
    assert 0 <= product.begin <= product.begin + product.seconds <= prof.seconds
    with ig.profile() as prof:
        ig.eval(ig.exp(a) * 2 + a)
    fused = one(prof, "fused")
    assert "exp" in fused.name
    assert "[64, 32]" in fused.name
    assert fused.flops == 3 * 64 * 32
    assert 4 * 2 * 64 * 32 <= fused.bytes <= 4 * 2 * 64 * 32 + 16


def test_only_what_runs_inside_is_seen() -> None:
    x = ig.ones(8) * 1
    ig.eval(x)
    with ig.profile() as outer:
        ig.eval(ig.sin(x))
        with ig.profile() as inner:
            ig.eval(ig.cos(x))
    ig.eval(ig.tanh(x))
    assert [step.name.split("[")[1].split("]")[0] for step in outer.steps] == ["sin", "cos"]
    assert [step.name.split("[")[1].split("]")[0] for step in inner.steps] == ["cos"]


def test_jitted_functions_and_eval_alike() -> None:
    f = ig.jit(lambda x: ig.exp(x) @ x)
    x = ig.ones((16, 16))
    with ig.profile() as prof:
        for _ in range(3):
            ig.eval(f(x))
    kinds = [record.kind for record in prof.records]
    assert kinds.count("trace") == 1
    assert kinds.count("replay") == 3
    assert len([step for step in prof.steps if "matmul" in step.name]) == 3


def test_table_and_trace_file(tmp_path: Path) -> None:
    x = ig.ones((128, 128))
    with ig.profile() as prof:
        for _ in range(4):
            ig.eval(ig.exp(x @ x))
    text = str(prof)
    line = next(line for line in text.splitlines() if "matmul" in line)
    assert " 4 " in line
    for part in ("all steps", "planning", "the whole"):
        assert part in text
    prof.save(tmp_path / "trace.json")
    events = json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
    assert {"name", "ph", "ts", "dur", "pid", "tid"} <= set(events[0])
    assert any("matmul" in event["name"] for event in events)


def test_empty_profile() -> None:
    with ig.profile() as prof:
        pass
    assert prof.steps == []
    assert "all steps" in str(prof)


def test_exception_inside_ends_it() -> None:
    with pytest.raises(LookupError), ig.profile() as prof:
        raise LookupError
    ig.eval(ig.ones(3) + 1)
    assert prof.steps == []
