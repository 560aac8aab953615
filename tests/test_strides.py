"""Every operation on operands not laid out row by row: values and gradients are those of the packed operands."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers import array_of, numpy_of
from op_samples import INFO, SAMPLES, Sample
from test_ops import cotangent_like

import ingot as ig


def transposed(v: np.ndarray, dtype: str):
    return ig.transpose(array_of(v.T.copy(), dtype))


def sliced(v: np.ndarray, dtype: str):
    wide = np.repeat(v, 2, axis=-1) if v.ndim else v[None]
    return array_of(wide, dtype)[..., ::2] if v.ndim else array_of(wide, dtype)[0]


def reversed_steps(v: np.ndarray, dtype: str):
    backwards = (slice(None, None, -1),) * v.ndim
    return array_of(v[backwards].copy(), dtype)[backwards]


def broadcast(v: np.ndarray, dtype: str):
    """The first slice repeated: the values change, so the packed operand has to follow (see `packed`)."""
    return ig.broadcast_to(array_of(v[:1].copy(), dtype), v.shape) if v.ndim else array_of(v, dtype)


def offset(v: np.ndarray, dtype: str):
    padded = np.concatenate([np.zeros(3, v.dtype), v.reshape(-1), np.zeros(2, v.dtype)])
    return ig.reshape(array_of(padded, dtype)[3 : 3 + v.size], v.shape)


PATTERNS = [transposed, sliced, reversed_steps, broadcast, offset]


def packed(v: np.ndarray, pattern: Callable) -> np.ndarray:
    return np.broadcast_to(v[:1], v.shape).copy() if pattern is broadcast and v.ndim else v


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.__name__)
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_value_and_gradient(sample: Sample, pattern: Callable, rng: np.random.Generator) -> None:
    dtype = "float64" if "float64" in sample.dtypes else sample.dtypes[0]
    kinds = sample.dtypes_of_inputs(dtype)
    values = [packed(v, pattern) for v in sample.inputs(rng, dtype)]

    def run(make: Callable) -> tuple[np.ndarray, list]:
        operands = [make(v, kind) for v, kind in zip(values, kinds, strict=True)]
        ig.eval(*operands)
        leaves = []
        if INFO[sample.op]["differentiable"] and dtype == "float64":
            for i in sample.varying:
                operands[i] = operands[i].detach().requires_grad_()
                leaves.append(operands[i])
        y = sample.call(*operands)
        if leaves:
            y.backward(make(cotangent, dtype))
        return numpy_of(y), [None if x.grad is None else numpy_of(x.grad) for x in leaves]

    cotangent = packed(cotangent_like(sample.call(*map(array_of, values, kinds)), rng), pattern)
    want, want_gradients = run(array_of)
    got, got_gradients = run(pattern)
    np.testing.assert_allclose(got, want, rtol=1e-13, atol=1e-13)
    for a, b in zip(got_gradients, want_gradients, strict=True):
        assert (a is None) == (b is None)
        if a is not None:
            np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-13)
