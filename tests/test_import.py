"""What `import ingot` brings along: little, quickly, and nothing that belongs to others."""

from __future__ import annotations

import builtins
import importlib.metadata
import json
from pathlib import Path

import pytest
from helpers import run_python

import ingot as ig


def modules_after(statement: str) -> set[str]:
    code = f"import sys, json; {statement}; print(json.dumps(sorted(sys.modules)))"
    return set(json.loads(run_python(code).stdout))


def test_numpy_is_imported_only_when_needed() -> None:
    assert "numpy" not in modules_after("import ingot")
    assert "numpy" not in modules_after("import ingot as ig; x = ig.ones(3) + 1; x.tolist()")
    assert "numpy" in modules_after("import ingot as ig; ig.ones(3).numpy()")


def test_import_pulls_in_no_heavy_modules() -> None:
    loaded = modules_after("import ingot, ingot.nn, ingot.optim, ingot.core")
    heavy = {
        "numpy",
        "scipy",
        "torch",
        "mlx",
        "matplotlib",
        "tqdm",
        "sklearn",
        "asyncio",
        "multiprocessing",
        "unittest",
    }
    assert not loaded & heavy


def test_import_is_quick() -> None:
    """A generous bound: twenty times what is aimed at."""
    code = "import time; t = time.perf_counter(); import ingot; print(time.perf_counter() - t)"
    assert min(float(run_python(code).stdout) for _ in range(3)) < 0.6


def test_package_installs_no_module_of_others() -> None:
    package = Path(ig.__file__).parent
    for name in ("mlx", "torch"):
        assert (
            not (package.parent / name / "__init__.py").exists() or "ingot" not in (package.parent / name).read_text()
        )
    try:
        files = importlib.metadata.files("ingot") or []
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("the package is used from its build folder, not installed")
    tops = {file.parts[0] for file in files if file.parts[0] != ".."}
    assert all(top == "ingot" or top.startswith(("ingot-", "_ingot", "__editable__")) for top in tops), tops


def test_core_and_package_give_the_same_names() -> None:
    for name in ig.core.__all__ if hasattr(ig.core, "__all__") else dir(ig.core):
        if not name.startswith("_"):
            assert getattr(ig, name) is getattr(ig.core, name), name


def test_import_star_hides_no_built_in_type() -> None:
    """Functions of NumPy's names come along, types keep their meaning."""
    brought: dict[str, object] = {}
    exec("from ingot import *", brought)
    hidden = {name for name in brought if hasattr(builtins, name)}
    assert hidden == {"abs", "all", "any", "compile", "divmod", "eval", "max", "min", "pow", "round", "sum"}
    assert set(brought) >= {"array", "nn", "grad", "func", "profile", "utils"}
    assert complex(ig.complex(ig.array(1.0), ig.array(2.0))) == 1 + 2j
    assert ig.core.complex is ig.complex


def test_tensor_is_array() -> None:
    assert ig.Tensor is ig.array
    assert ig.tensor([1.0, 2.0]).tolist() == [1, 2]
    assert isinstance(ig.ones(2), ig.Tensor)


def test_typed() -> None:
    package = Path(ig.__file__).parent
    assert (package / "py.typed").exists()
    assert list(package.glob("**/*.pyi"))


def test_public_functions_are_documented() -> None:
    undocumented = [
        name
        for name in dir(ig.core)
        if not name.startswith("_")
        and callable(getattr(ig.core, name))
        and not (getattr(ig.core, name).__doc__ or "").strip()
    ]
    assert undocumented == []


def test_dir_and_unknown_names() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        ig.no_such_name  # noqa: B018
    with pytest.raises(ImportError):
        from ingot import no_such_module  # noqa: F401
