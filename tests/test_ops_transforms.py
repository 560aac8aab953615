"""Every differentiable operation under every transform; `test_ops.py` has the values and derivatives themselves."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of, numpy_of
from op_samples import INFO, SAMPLES, Sample

import ingot as ig
from ingot.autograd import forward_ad

#: They look at the values of an argument (a mask) to know what to compute; `jit`, which has
#: none, says so by a TraceError.
READS_VALUES = {"masked_select"}

DIFFERENTIABLE = [s for s in SAMPLES if INFO[s.op]["differentiable"] and s.varying and "float64" in s.dtypes]


def close(got, want, message: str) -> None:
    np.testing.assert_allclose(numpy_of(got), numpy_of(want), rtol=1e-9, atol=1e-9, err_msg=message)


def prepared(sample: Sample, rng: np.random.Generator):
    """The operation as a function of its varying inputs, these, and directions for them."""
    kinds = sample.dtypes_of_inputs("float64")
    operands = [array_of(v, kind) for v, kind in zip(sample.inputs(rng, "float64"), kinds, strict=True)]

    def f(*varying):
        full = list(operands)
        for i, x in zip(sample.varying, varying, strict=True):
            full[i] = x
        return sample.call(*full)

    primals = [operands[i] for i in sample.varying]
    return f, primals, [array_of(rng.normal(size=x.shape)) for x in primals]


@pytest.mark.parametrize("sample", DIFFERENTIABLE, ids=str)
def test_forward_modes_agree(sample: Sample, rng: np.random.Generator) -> None:
    f, primals, tangents = prepared(sample, rng)
    _, want = ig.jvp(f, tuple(primals), tuple(tangents))
    close(ig.linearize(f, *primals)[1](*tangents), want, "linearize")
    if sample.op not in READS_VALUES:
        close(ig.jit(lambda p, t: ig.jvp(f, tuple(p), tuple(t))[1])(primals, tangents), want, "jit")
    close(ig.jvp(ig.checkpoint(f), tuple(primals), tuple(tangents))[1], want, "checkpoint")
    both = [ig.stack([t, 2 * t]) for t in tangents]
    close(ig.vmap(lambda *t: ig.jvp(f, tuple(primals), t)[1])(*both)[1], 2 * want, "vmap")
    with forward_ad.dual_level():
        duals = [forward_ad.make_dual(x, t) for x, t in zip(primals, tangents, strict=True)]
        tangent = forward_ad.unpack_dual(f(*duals)).tangent
    close(ig.zeros_like(want) if tangent is None else tangent, want, "dual arrays")


@pytest.mark.parametrize("sample", DIFFERENTIABLE, ids=str)
def test_reverse_modes_agree(sample: Sample, rng: np.random.Generator) -> None:
    f, primals, _ = prepared(sample, rng)
    output, pull_back = ig.vjp(f, *primals)
    cotangent = array_of(rng.normal(size=output.shape)).astype(output.dtype)
    want = pull_back(cotangent)
    custom = ig.custom_function(f)
    custom.jvp(lambda p, t: ig.jvp(f, *[(x if isinstance(x, tuple) else (x,)) for x in (p, t)])[1])
    others = {
        "checkpoint": ig.vjp(ig.checkpoint(f), *primals)[1](cotangent),
        "transposed forward mode": ig.vjp(custom, *primals)[1](cotangent),
        "vmap": [g[1] for g in ig.vmap(pull_back)(ig.stack([cotangent, cotangent]))],
    }
    if sample.op not in READS_VALUES:
        others["jit"] = ig.jit(lambda *p: ig.vjp(f, *p)[1](cotangent))(*primals)
    for name, found in others.items():
        for got, expected in zip(found, want, strict=True):
            close(got, expected, name)


@pytest.mark.parametrize("sample", DIFFERENTIABLE, ids=str)
def test_jacobians_and_second_products_agree(sample: Sample, rng: np.random.Generator) -> None:
    f, primals, tangents = prepared(sample, rng)
    output = f(*primals)
    if output.dtype.is_complex or output.size * sum(x.size for x in primals) > 5000:
        f_small = lambda *p: ig.real(f(*p)).sum()  # noqa: E731
    else:
        f_small = f
    argnums = tuple(range(len(primals)))
    for a, b in zip(
        ig.jacrev(f_small, argnums)(*primals), ig.jacfwd(f_small, argnums, chunk_size=7)(*primals), strict=True
    ):
        close(a, b, "jacobians")

    weights = array_of(rng.normal(size=output.shape))

    def scalar(*p):
        return (ig.real(f(*p)) * weights).sum()

    _, mixed = ig.hvp(scalar, tuple(primals), tuple(tangents))
    _, twice = ig.vhp(scalar, tuple(primals), tuple(tangents))
    for a, b in zip(mixed, twice, strict=True):
        close(a, b, "second derivatives")
