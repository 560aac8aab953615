"""How exact every float32 function is: `python bench/accuracy.py` writes docs/accuracy.md.

Each row of the elementwise table that computes in floating numbers is compared with its NumPy (or SciPy) reference in
float64, on numbers of every exponent and both signs and densely around 0. Errors are distances to the exact value in
units of the last place (ULP) of the float32 nearest to it: 0.5 is perfect rounding. PyTorch's figures stand beside ours
if it is installed.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special

import ingot as ig

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"

#: No float32 function is further from the exact value than this.
BOUND = 4.0

#: Rows left out: logb is exact; the derivative of gelu is exact to the last place of 1, but crosses 0.
LEFT_OUT = ("gelu_slope", "logb")

#: Where the reference of the table is another: NumPy's sinc loses digits, because it multiplies by pi before it takes
#: whole turns away, and its floor of -1 by infinity is -1, where the Array API has -0.
REFERENCES = {
    "floor_divide": "np.where(np.isinf(y), x / y, np.floor_divide(x, y))",
    "sinc": "np.where(x == np.round(x), x == 0, np.sin(np.pi * (x - np.round(x)))"
    " * (1 - 2 * (np.abs(np.round(x)) % 2)) / (np.pi * x))",
}

#: Where PyTorch has a row under another name, or (empty) no function of that kind.
TORCH_NAMES = {
    "polygamma": "",
    "erfcx": "special.erfcx",
    "gelu": "nn.functional.gelu",
    "i0e": "special.i0e",
    "i1": "special.i1",
    "i1e": "special.i1e",
    "gammainc": "special.gammainc",
    "gammaincc": "special.gammaincc",
    "silu": "nn.functional.silu",
    "softplus": "nn.functional.softplus",
    "softsign": "nn.functional.softsign",
}


@dataclass(frozen=True)
class Worst:
    """The largest error of a function, and where it is."""

    error: float
    operands: tuple[float, ...]
    got: float


def numbers(per_exponent: int, rng: np.random.Generator) -> np.ndarray:
    """Floats of every exponent (0 to infinity and NaN) and both signs, and as many again between -12 and 12."""
    exponents = np.repeat(np.arange(256, dtype=np.uint32), 2 * per_exponent)
    mantissas = rng.integers(0, 2**23, exponents.size, dtype=np.uint32)
    mantissas[::per_exponent] = 0
    mantissas[1::per_exponent] = 2**23 - 1
    signs = np.arange(exponents.size, dtype=np.uint32) % 2
    everywhere = (signs << 31 | exponents << 23 | mantissas).view(np.float32)
    around_zero = rng.uniform(-12, 12, exponents.size).astype(np.float32)
    return rng.permutation(np.concatenate([everywhere, around_zero]))


def errors(got: np.ndarray, exact: np.ndarray) -> np.ndarray:
    """Distances in units of the last place. Infinity where one is NaN or infinite and the other is not."""
    with np.errstate(all="ignore"):
        rounded = exact.astype(np.float32)
        unit = np.spacing(np.abs(np.where(np.isfinite(rounded), rounded, 1))).astype(np.float64)
        distance = np.abs(got.astype(np.float64) - exact) / unit
    same = (got == rounded) | (np.isnan(got) & np.isnan(rounded))
    comparable = np.isfinite(got) & np.isfinite(rounded)
    # The last step before an overflow.
    edge = (np.isinf(rounded) & (np.abs(got) >= np.finfo(np.float32).max)) | (
        np.isinf(got) & (np.abs(exact) > 3.4028e38)
    )
    return np.where(
        same, np.where(comparable, distance, 0), np.where(comparable, distance, np.where(edge, 1, math.inf))
    )


def operands_of(row: dict[str, Any], per_exponent: int) -> list[np.ndarray]:
    """Arguments for a row: any numbers, but small whole ones for an order, and positive ones for a parameter."""
    rng = np.random.default_rng(7)
    domains = row["sample"].split("|")
    drawn = []
    for i in range(row["arity"]):
        domain = domains[i % len(domains)]
        x = numbers(per_exponent, rng)
        if len(domains) > 1:
            x = 10 ** rng.uniform(-3, 3, x.size).astype(np.float32)
        drawn.append(rng.integers(0, 4, x.size).astype(np.float32) if domain == "order" else x)
    return drawn


def measure(row: dict[str, Any], per_exponent: int, function: Callable[..., np.ndarray]) -> Worst:
    """The worst error of `function`, which takes and gives float32, against the reference of a row."""
    operands = operands_of(row, per_exponent)
    names = ", ".join(("x", "y")[: row["arity"]])
    formula = REFERENCES.get(row["name"], row["reference"])
    reference = eval(f"lambda {names}: {formula}", {"np": np, "special": special})
    with np.errstate(all="ignore"):
        exact = np.asarray(reference(*(x.astype(np.float64) for x in operands)), np.float64)
    # SciPy answers NaN at some poles and beyond its range; what it does not know is not compared.
    known = ~np.isnan(exact) | np.logical_or.reduce([np.isnan(x) for x in operands])
    got = function(*operands)
    found = np.where(known, errors(got, exact), 0)
    worst = int(np.argmax(found))
    return Worst(float(found[worst]), tuple(float(x[worst]) for x in operands), float(got[worst]))


def ours(name: str) -> Callable[..., np.ndarray]:
    """Ingot's function on NumPy arrays."""
    return lambda *operands: np.asarray(getattr(ig, name)(*(ig.array(x) for x in operands)).numpy())


def theirs(name: str) -> Callable[..., np.ndarray] | None:
    """PyTorch's function on NumPy arrays, if there is one."""
    try:
        import torch
    except ImportError:
        return None
    function: Any = torch
    path = TORCH_NAMES.get(name, name)
    for part in path.split("."):
        function = getattr(function, part, None)
    if function is None:
        return None
    return lambda *operands: function(*(torch.from_numpy(x) for x in operands)).numpy()


def floating_rows() -> list[dict[str, Any]]:
    """The rows whose float32 results are rounded."""
    rows = [op for op in ig.core.registered_ops() if op.get("arity", 3) < 3 and op["name"] not in LEFT_OUT]
    exact = ("add", "subtract", "multiply", "negative", "abs", "conj", "real", "imag", "copysign")
    wanted = ("inexact", "floating", "power", "arithmetic", "numeric", "real_arithmetic")
    return [row for row in rows if row["typing"] in wanted and row["name"] not in exact]


def document(per_exponent: int) -> str:
    """The table, as Markdown."""
    lines = [
        "# How exact the float32 functions are",
        "",
        "The largest error of each function that was found, in units of the last place (ULP) of float32, against",
        "float64: 0.5 is perfect rounding. The samples cover every exponent, both signs, subnormal numbers and results",
        "and, densely, the numbers around 0. The bound for every function, in every kernel pack, is 4 ULP;",
        "`tests/test_accuracy.py` checks it on fewer samples.",
        "",
        f"Made by `python bench/accuracy.py` (kernels: {ig.core.pack_name()}); do not edit.",
        "",
        "float16 and bfloat16 are computed in float32 and rounded once. The derivative of gelu, `gelu_slope`, is exact",
        "to the last place of 1, not of itself: it crosses 0.",
        "",
        "| function | largest error (ULP) | at | PyTorch (ULP) | at |",
        "|---|---|---|---|---|",
    ]
    for row in floating_rows():
        cells = [row["name"]]
        for function in (ours(row["name"]), theirs(row["name"])):
            if function is None:
                cells += ["", ""]
                continue
            worst = measure(row, per_exponent, function)
            cells += [f"{worst.error:.2f}" if worst.error < 1e6 else f"{worst.error:.0e}"]
            cells += [", ".join(f"{x:.9g}" for x in worst.operands) if worst.error > 0 else ""]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-exponent", type=int, default=2000, help="samples of each sign and exponent")
    DOCUMENT.write_text(document(parser.parse_args().per_exponent))


if __name__ == "__main__":
    main()
