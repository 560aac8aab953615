"""The registry is complete, and so are the samples: nobody can add an operation and forget its tests."""

from __future__ import annotations

import re

import numpy as np
import pytest
from helpers import array_of
from op_samples import ELEMENTWISE, OPS, SAMPLES, STRUCTURED, Sample

import ingot as ig

#: Places in the graph rather than functions of values; each with the reason why it has no sample of its own.
WITHOUT_SAMPLE = {
    "constant": "holds a value",
    "placeholder": "stands for an argument while a function is recorded",
    "variable": "the identity, behind every leaf that requires grad: every gradient test runs through it",
    "next_key": "moves the global generator on: tests/test_random.py",
    "random_gamma": "drawn by trial and error: tests/test_distributions.py",
    "random_poisson": "drawn by trial and error: tests/test_distributions.py",
    "random_binomial": "drawn by trial and error: tests/test_distributions.py",
    "gamma_derivative": "the derivative of a sample: tests/test_distributions.py",
    "output": "one result of an operation that has several: tested with those",
}


@pytest.mark.parametrize("name", OPS)
def test_every_operation_has_a_sample(name: str) -> None:
    assert name in WITHOUT_SAMPLE or any(s.op == name for s in SAMPLES), (
        f"add a sample of {name!r} to STRUCTURED in tests/array_samples.py or layer_samples.py"
    )


def test_no_sample_is_of_an_unknown_operation() -> None:
    assert set(STRUCTURED) | set(WITHOUT_SAMPLE) <= set(OPS)


@pytest.mark.parametrize("name", [name for name, op in OPS.items() if op["differentiable"]])
def test_every_differentiable_operation_has_a_gradient_test(name: str) -> None:
    assert name in WITHOUT_SAMPLE or any(s.op == name and s.varying and "float64" in s.dtypes for s in SAMPLES)


def made_by(sample: Sample, rng: np.random.Generator) -> set[str]:
    """Names of the operations that a call makes nodes of: those in its plan, and the one on top if it records."""
    dtype = next((d for d in ("float64", "float32") if d in sample.dtypes), sample.dtypes[0])
    arrays = [
        array_of(v, kind) for v, kind in zip(sample.inputs(rng, dtype), sample.dtypes_of_inputs(dtype), strict=True)
    ]
    if OPS[sample.op]["differentiable"] and dtype == "float64":
        arrays = [x.requires_grad_() if i in sample.varying else x for i, x in enumerate(arrays)]
    result = sample.call(*arrays)
    plan = ig.core.describe_plan([result])
    fused = set(re.findall(r"= (\w+)", plan)) - {"load"}
    steps = set(re.findall(r"^step \d+: (\w+)", plan, flags=re.MULTILINE)) - {"fused"}
    top = {result.grad_fn} if result.grad_fn else set()
    return {"astype" if name == "cast" else name for name in fused | steps | top}


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.op in ELEMENTWISE or s.op in STRUCTURED], ids=str)
def test_sample_makes_a_node_of_its_operation(sample: Sample, rng: np.random.Generator) -> None:
    """And of none that csrc/ops/registry.cpp does not list."""
    made = made_by(sample, rng)
    # A view, or what a plan expands, can only be seen on top.
    assert sample.op in made or OPS[sample.op]["lowering"] in ("view", "expand")
    assert made <= set(OPS)


def test_kinds_and_lowerings_are_known() -> None:
    for op in OPS.values():
        assert op["kind"] in ("source", "pointwise", "linear", "bilinear", "custom", "nondifferentiable")
        assert op["lowering"] in ("view", "pointwise", "reduction", "kernel", "expand")


def test_names_are_unique() -> None:
    names = [op["name"] for op in ig.core.registered_ops()]
    assert len(names) == len(set(names))


def test_elementwise_operations_are_functions_of_the_package() -> None:
    for name in ELEMENTWISE:
        assert callable(getattr(ig, name)), name
        assert getattr(ig, name) is getattr(ig.core, name)
