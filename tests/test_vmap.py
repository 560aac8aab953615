"""`vmap` is a loop over slices: every operation, any choice of batched operands, inside and around other transforms."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from helpers import array_of, numpy_of
from op_samples import INFO, SAMPLES, Sample

import ingot as ig

BATCH = 3


def in_axes_of(sample: Sample) -> list[tuple[int | None, ...]]:
    """All ways to batch the varying operands: not at all, in front, at the back."""
    choices = [(None, 0, -1) if i in sample.varying else (None, 0) for i in range(len(sample.draws))]
    return [axes for axes in product(*choices) if any(axis is not None for axis in axes)]


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_equals_a_loop(sample: Sample, rng: np.random.Generator) -> None:
    dtype = "float64" if "float64" in sample.dtypes else sample.dtypes[0]
    kinds = sample.dtypes_of_inputs(dtype)
    slices = [sample.inputs(rng, dtype) for _ in range(BATCH)]
    for in_axes in in_axes_of(sample):
        per_slice = [[slices[b if axis is not None else 0][i] for i, axis in enumerate(in_axes)] for b in range(BATCH)]
        batched = [
            slices[0][i] if axis is None else np.stack([s[i] for s in per_slice], axis=axis)
            for i, axis in enumerate(in_axes)
        ]
        arrays = [array_of(v, kind) for v, kind in zip(batched, kinds, strict=True)]
        want = [numpy_of(sample.call(*map(array_of, values, kinds))) for values in per_slice]
        for out_axis in (0, -1):
            got = numpy_of(ig.vmap(sample.call, in_axes=in_axes, out_axes=out_axis)(*arrays))
            np.testing.assert_allclose(
                got, np.stack(want, axis=out_axis), rtol=1e-12, atol=1e-12, err_msg=f"{sample} in_axes={in_axes}"
            )


@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES if INFO[s.op]["differentiable"] and s.varying and "float64" in s.dtypes], ids=str
)
def test_gradient_inside_and_outside(sample: Sample, rng: np.random.Generator) -> None:
    """vmap(grad(f)) is a loop of gradients, and the gradient of the summed vmap is the same."""
    kinds = sample.dtypes_of_inputs("float64")
    slices = [sample.inputs(rng, "float64") for _ in range(BATCH)]
    argnum = sample.varying[0]
    weights = array_of(rng.normal(size=sample.call(*map(array_of, slices[0], kinds)).shape))

    def loss(*operands):
        return (sample.call(*operands) * weights).sum()

    gradient = ig.grad(loss, argnums=argnum)
    want = np.stack([numpy_of(gradient(*map(array_of, values, kinds))) for values in slices])
    stacked = [array_of(np.stack(column), kind) for column, kind in zip(zip(*slices, strict=True), kinds, strict=True)]
    inside = ig.vmap(gradient)(*stacked)
    outside = ig.grad(lambda *operands: ig.vmap(loss)(*operands).sum(), argnums=argnum)(*stacked)
    np.testing.assert_allclose(numpy_of(inside), want, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(numpy_of(outside), want, rtol=1e-12, atol=1e-12)


def test_nested() -> None:
    a, b = array_of(np.arange(6.0).reshape(2, 3)), array_of(np.arange(12.0).reshape(4, 3))
    pairs = ig.vmap(ig.vmap(lambda x, y: (x * y).sum(), in_axes=(None, 0)), in_axes=(0, None))
    np.testing.assert_allclose(numpy_of(pairs(a, b)), numpy_of(a) @ numpy_of(b).T)


def test_several_results_and_their_axes() -> None:
    x = array_of(np.arange(6.0).reshape(2, 3))
    total, doubled = ig.vmap(lambda v: (v.sum(), v * 2), out_axes=(0, 1))(x)
    np.testing.assert_allclose(numpy_of(total), [3.0, 12.0])
    np.testing.assert_allclose(numpy_of(doubled), (numpy_of(x) * 2).T)


def test_a_result_that_does_not_depend_on_the_batch_is_repeated() -> None:
    constant = ig.array([1.0, 2.0])
    got = ig.vmap(lambda x: constant)(ig.zeros((3, 5)))
    np.testing.assert_array_equal(numpy_of(got), [[1.0, 2.0]] * 3)


def test_batch_of_length_zero() -> None:
    assert ig.vmap(lambda x: x.sum())(ig.zeros((0, 4))).shape == (0,)


def test_asking_for_a_value_inside_is_an_error() -> None:
    with pytest.raises(ig.TraceError):
        ig.vmap(lambda x: x if x.sum() > 0 else -x)(ig.ones((2, 3)))


def test_lengths_that_differ() -> None:
    with pytest.raises(ValueError, match=r"2.*3|3.*2"):
        ig.vmap(lambda x, y: x + y)(ig.ones((2,)), ig.ones((3,)))


def test_nothing_batched() -> None:
    with pytest.raises(ValueError):
        ig.vmap(lambda x: x, in_axes=None)(ig.ones((2,)))


def test_arguments_that_the_function_changes_in_place() -> None:
    def function(x: ig.array) -> ig.array:
        x[0] = x[1] * 2
        x += 1
        return x

    x = ig.array([[1.0, 2.0], [3.0, 4.0]])
    assert ig.vmap(function)(x).tolist() == [[5, 3], [9, 5]]
    assert x.tolist() == [[1, 2], [3, 4]]
