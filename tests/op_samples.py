"""One or more samples for every registered operation: how to call it, what NumPy says it is, and inputs to draw.

Elementwise operations bring their own sample: the row of the table says the domain and the NumPy reference. Every other
operation is listed under its registered name in array_samples.py or layer_samples.py; one that is missing fails the
suite (test_registry.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import array_samples
import elementwise_samples
import layer_samples
import linalg_samples
import loss_samples
import numerical_samples
import numpy as np
import rearranging_samples
import sorting_samples
from draws import Draw
from helpers import ALL_DTYPES, COMPLEX, FLOATS, INTEGERS, REAL
from sample_entries import INEXACT
from scipy import special

import ingot as ig

OPS = {op["name"]: op for op in ig.core.registered_ops()}
ELEMENTWISE = {name: op for name, op in OPS.items() if op.get("arity")}

#: Which dtypes each typing of the elementwise table takes.
TYPING_TAKES = {
    "numeric": ALL_DTYPES,
    "arithmetic": (*INTEGERS, *INEXACT),
    "real": REAL,
    "real_arithmetic": (*INTEGERS, *FLOATS),
    "inexact": ALL_DTYPES,
    "floating": REAL,
    "power": (*INTEGERS, *INEXACT),
    "magnitude": (*INTEGERS, *INEXACT),
    "part": ALL_DTYPES,
    "comparison": ALL_DTYPES,
    "ordering": REAL,
    "classification": ALL_DTYPES,
    "logical": ALL_DTYPES,
    "bits": ("bool", *INTEGERS),
    "shift": INTEGERS,
    "selection": ALL_DTYPES,
    "parts": REAL,
}


def result_dtype(typing: str, dtype: str) -> str:
    """The dtype that an elementwise operation of this typing gives for operands of one dtype."""
    if typing in ("comparison", "ordering", "classification", "logical"):
        return "bool"
    if typing == "parts":
        return "complex128" if dtype == "float64" else "complex64"
    if typing in ("inexact", "floating") and dtype not in INEXACT:
        return "float32"
    if typing in ("magnitude", "part") and dtype in COMPLEX:
        return "float32" if dtype == "complex64" else "float64"
    return dtype


@dataclass(frozen=True)
class Sample:
    """One way to call an operation."""

    op: str
    label: str
    call: Callable
    reference: Callable
    draws: tuple[Draw, ...]
    dtypes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.op}-{self.label}" if self.label else self.op

    def inputs(self, rng: np.random.Generator, dtype: str) -> list[np.ndarray]:
        return [draw(rng, dtype) for draw in self.draws]

    def dtypes_of_inputs(self, dtype: str) -> list[str]:
        return [draw.dtype or dtype for draw in self.draws]

    @property
    def varying(self) -> list[int]:
        """Positions of the inputs that may carry a gradient."""
        return [i for i, draw in enumerate(self.draws) if draw.varies]


def elementwise_sample(op: dict, shapes: tuple[tuple[int, ...], ...]) -> Sample:
    """The sample of a row of the table, on operands of the given shapes."""
    names = ("x", "y", "z")[: op["arity"]]
    reference = eval(f"lambda {', '.join(names)}: {op['reference']}", {"np": np, "special": special})
    domains = op["sample"].split("|")
    draws = tuple(
        Draw(shape, domains[i % len(domains)], dtype="bool" if op["typing"] == "selection" and i == 0 else None)
        for i, shape in enumerate(shapes)
    )
    label = "_".join("x".join(map(str, shape)) or "scalar" for shape in shapes)
    return Sample(op["name"], label, getattr(ig, op["name"]), reference, draws, TYPING_TAKES[op["typing"]])


STRUCTURED = (
    array_samples.STRUCTURED
    | layer_samples.STRUCTURED
    | linalg_samples.STRUCTURED
    | rearranging_samples.STRUCTURED
    | sorting_samples.STRUCTURED
)
COMPOSITES = (
    array_samples.COMPOSITES
    | elementwise_samples.COMPOSITES
    | layer_samples.COMPOSITES
    | linalg_samples.COMPOSITES
    | loss_samples.COMPOSITES
    | numerical_samples.COMPOSITES
    | rearranging_samples.COMPOSITES
    | sorting_samples.COMPOSITES
)

#: What the suite needs to know of each operation, registered or composite.
INFO: dict[str, dict] = {name: {"name": name, "kind": "composite", "differentiable": True} for name in COMPOSITES} | OPS


def _all_samples() -> list[Sample]:
    samples = [elementwise_sample(op, ((3, 4),) * op["arity"]) for op in ELEMENTWISE.values()]
    for op, entries in (STRUCTURED | COMPOSITES).items():
        samples += [Sample(op, *entry) for entry in entries]
    return samples


SAMPLES = _all_samples()
