"""Every example in a docstring runs and prints what it says; README's Python does too."""

from __future__ import annotations

import doctest
import inspect
import re
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import ROOT, run_python

import ingot as ig
from ingot import distributions, mlx, torch
from ingot.mlx import core, nn, optimizers  # noqa: F401  (imported when they are first used)

MODULES = [
    ig.core,
    ig.fft,
    ig.linalg,
    ig.random,
    ig.memory,
    ig.autograd,
    ig.autograd.forward_ad,
    ig.autograd.functional,
    ig.func,
    ig.nn,
    ig.nn.functional,
    ig.nn.init,
    ig.optim,
    ig.optim.lr_scheduler,
    ig.optim.swa_utils,
    ig.amp,
    ig.data,
    ig.tree,
    distributions,
    torch,
    torch.special,
    mlx.core,
    mlx.nn,
    mlx.nn.losses,
    mlx.optimizers,
    mlx.random,
    mlx.fast,
    mlx.utils,
]


def documented() -> Iterator[tuple[str, str]]:
    """Names and docstrings of all public functions, classes and methods, each object once."""
    seen: set[int] = set()

    def visit(name: str, thing: object, depth: int) -> Iterator[tuple[str, str]]:
        if id(thing) in seen or isinstance(thing, types.ModuleType):
            return
        seen.add(id(thing))
        text = getattr(thing, "__doc__", None)
        if isinstance(text, str) and ">>>" in text:
            yield name, text
        if inspect.isclass(thing) and depth < 2:
            for key, member in vars(thing).items():
                if not key.startswith("_"):
                    yield from visit(f"{name}.{key}", member, depth + 1)

    for module in MODULES:
        for key in dir(module):
            if not key.startswith("_"):
                yield from visit(f"{module.__name__}.{key}", getattr(module, key), 0)


EXAMPLES = dict(documented())


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 150


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = {"ingot": ig, "nn": ig.nn, "optim": ig.optim}
    test = doctest.DocTestParser().get_doctest(inspect.cleandoc(EXAMPLES[name]), names, name, None, None)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


def code_blocks(path: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="tests without their repository")
def test_readme_runs(tmp_path: Path) -> None:
    blocks = code_blocks(ROOT / "README.md")
    assert blocks
    run_python("\n".join(blocks), cwd=tmp_path)
