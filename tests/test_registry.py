"""The registry is complete, and so are the samples: nobody can add an operation and forget its tests."""

from __future__ import annotations

import pytest
from op_samples import ELEMENTWISE, OPS, SAMPLES, STRUCTURED

import ingot as ig

#: Places in the graph rather than functions of values; each with the reason why it has no sample of its own.
WITHOUT_SAMPLE = {
    "constant": "holds a value",
    "placeholder": "stands for an argument while a function is recorded",
    "variable": "the identity, behind every leaf that requires grad: every gradient test runs through it",
    "next_key": "moves the global generator on: tests/test_random.py",
    "output": "one result of an operation that has several: tested with those",
}


@pytest.mark.parametrize("name", OPS)
def test_every_operation_has_a_sample(name: str) -> None:
    assert name in WITHOUT_SAMPLE or any(s.op == name for s in SAMPLES), (
        f"add a sample of {name!r} to STRUCTURED in tests/op_samples.py"
    )


def test_no_sample_is_of_an_unknown_operation() -> None:
    assert set(STRUCTURED) | set(WITHOUT_SAMPLE) <= set(OPS)


@pytest.mark.parametrize("name", [name for name, op in OPS.items() if op["differentiable"]])
def test_every_differentiable_operation_has_a_gradient_test(name: str) -> None:
    assert name in WITHOUT_SAMPLE or any(s.op == name and s.varying and "float64" in s.dtypes for s in SAMPLES)


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
