"""What an installation takes on disk: the package and all it needs, but for NumPy, which every user has."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from zipfile import ZipFile

from rows import Clock, Goal, Row

#: The path of a wheel of Ingot: what it holds is counted then, in place of what happens to be installed.
WHEEL_VARIABLE = "INGOT_BENCH_WHEEL"
#: MLX keeps its backend for processors in a distribution of its own, which only an extra asks for.
DISTRIBUTIONS = {"torch": ("torch",), "jax": ("jax",), "mlx": ("mlx", "mlx-cpu")}


def needed(names: Iterable[str]) -> set[str]:
    """The installed distributions that these need, themselves included, without NumPy."""
    found: set[str] = set()
    pending = list(names)
    while pending:
        name = re.sub(r"[-_.]+", "-", pending.pop()).lower()
        # What is only for building is there by chance.
        if name in found or name in ("numpy", "setuptools"):
            continue
        try:
            requirements = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(name)
        for requirement in requirements:
            match = re.match(r"[A-Za-z0-9._-]+", requirement)
            if match and "extra ==" not in requirement:
                pending.append(match[0])
    return found


def installed(names: Iterable[str], _: Clock) -> float:
    """Bytes of all files that the installer wrote."""
    files = [(owner, file) for owner in map(distribution, needed(names)) for file in owner.files or []]
    paths = {Path(str(owner.locate_file(file))) for owner, file in files}
    return float(sum(path.stat().st_size for path in paths if path.exists() and "__pycache__" not in path.parts))


def ingot_installed(clock: Clock) -> float:
    """What the given wheel unpacks to; else what is installed; else what is imported, as from a build folder."""
    if wheel := os.environ.get(WHEEL_VARIABLE):
        with ZipFile(wheel) as archive:
            return float(sum(entry.file_size for entry in archive.infolist()))
    if size := installed(["ingot"], clock):
        return size
    folder = Path(str(import_module("ingot").__file__)).parent
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return float(sum(path.stat().st_size for path in files))


def ingot_wheel(_: Clock) -> float:
    wheel = os.environ.get(WHEEL_VARIABLE)
    if wheel is None:
        raise FileNotFoundError("give the wheel with --wheel")
    return float(Path(wheel).stat().st_size)


ROWS = [
    Row(
        "size",
        "installed size without NumPy",
        (Goal(20e6, of=""),),
        gauge={"ingot": ingot_installed, **{peer: partial(installed, names) for peer, names in DISTRIBUTIONS.items()}},
        unit="B",
        most_samples=1,
    ),
    Row("wheel", "size of the wheel", (Goal(6e6, of=""),), gauge={"ingot": ingot_wheel}, unit="B", most_samples=1),
]
