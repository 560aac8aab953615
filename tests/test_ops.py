"""Every registered operation, from its samples: values in every dtype, broadcasting, empty and 0-d, derivatives."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import (
    ALL_DTYPES,
    TOLERANCE,
    array_of,
    assert_close,
    inner,
    leaf,
    name_of,
    numeric_gradient,
    numpy_of,
)
from op_samples import ELEMENTWISE, INFO, SAMPLES, TYPING_TAKES, Sample, elementwise_sample, result_dtype
from special_values import AT_SPECIAL_VALUES, SPECIAL

import ingot as ig

FORWARD = [pytest.param(s, dtype, id=f"{s}-{dtype}") for s in SAMPLES for dtype in s.dtypes]
DIFFERENTIABLE = [s for s in SAMPLES if INFO[s.op]["differentiable"] and s.varying]
GRADIENT = [
    pytest.param(s, dtype, id=f"{s}-{dtype}")
    for s in DIFFERENTIABLE
    for dtype in ("float64", "complex128")
    if dtype in s.dtypes
]
SECOND = [pytest.param(s, id=str(s)) for s in DIFFERENTIABLE if "float64" in s.dtypes]


def arrays_of(sample: Sample, values: list[np.ndarray], dtype: str) -> list:
    return [array_of(v, d) for v, d in zip(values, sample.dtypes_of_inputs(dtype), strict=True)]


def reference_of(sample: Sample, values: list[np.ndarray], dtype: str) -> np.ndarray:
    """NumPy's answer, computed in the widest dtype where the operation leaves the integers."""
    row = ELEMENTWISE.get(sample.op)
    if row and result_dtype(row["typing"], dtype) == "float32":
        values = [v.astype(np.float64) if v.dtype.kind in "biu" else v for v in values]
    with np.errstate(all="ignore"):
        return np.asarray(sample.reference(*values))


def leaves_of(sample: Sample, values: list[np.ndarray], dtype: str) -> tuple[list, list]:
    """All operands, and those among them that collect gradients."""
    operands = arrays_of(sample, values, dtype)
    for i in sample.varying:
        operands[i] = leaf(values[i], dtype)
    return operands, [operands[i] for i in sample.varying]


def cotangent_like(y, rng: np.random.Generator) -> np.ndarray:
    values = rng.normal(size=y.shape)
    return values + 1j * rng.normal(size=y.shape) if name_of(y.dtype).startswith("complex") else values


@pytest.mark.parametrize(("sample", "dtype"), FORWARD)
def test_value(sample: Sample, dtype: str, rng: np.random.Generator) -> None:
    values = sample.inputs(rng, dtype)
    got = sample.call(*arrays_of(sample, values, dtype))
    want = reference_of(sample, values, dtype)
    if sample.op in ELEMENTWISE:
        assert name_of(got.dtype) == result_dtype(ELEMENTWISE[sample.op]["typing"], dtype)
    assert_close(got, want)


@pytest.mark.parametrize(("sample", "dtype"), GRADIENT)
def test_gradient(sample: Sample, dtype: str, rng: np.random.Generator) -> None:
    values = sample.inputs(rng, dtype)
    operands, leaves = leaves_of(sample, values, dtype)
    y = sample.call(*operands)
    cotangent = cotangent_like(y, rng)
    y.backward(array_of(cotangent))

    def loss(*moved: np.ndarray) -> float:
        return inner(cotangent, numpy_of(sample.call(*arrays_of(sample, list(moved), dtype))))

    for i, x in zip(sample.varying, leaves, strict=True):
        want = numeric_gradient(loss, values, i)
        got = np.zeros_like(want) if x.grad is None else numpy_of(x.grad)
        np.testing.assert_allclose(got, want, rtol=1e-7, atol=1e-7, err_msg=f"{sample} by input {i}")


@pytest.mark.parametrize("sample", SECOND)
def test_second_order_gradient(sample: Sample, rng: np.random.Generator) -> None:
    """The gradient of <d, gradient>, against differences of the gradient that the test above has checked."""
    values = sample.inputs(rng, "float64")
    y = sample.call(*arrays_of(sample, values, "float64"))
    cotangent = cotangent_like(y, rng).real
    directions = [rng.normal(size=values[i].shape) for i in sample.varying]

    def along_directions(*moved: np.ndarray):
        operands, leaves = leaves_of(sample, list(moved), "float64")
        sample.call(*operands).backward(array_of(cotangent), create_graph=True)
        total = ig.array(0.0, dtype=ig.float64)
        for x, d in zip(leaves, directions, strict=True):
            if x.grad is not None:
                total = total + (x.grad * array_of(d)).sum()
                x.grad = None
        return total, leaves

    total, leaves = along_directions(*values)
    if total.requires_grad:
        total.backward()
    for i, x in zip(sample.varying, leaves, strict=True):
        want = numeric_gradient(lambda *moved: along_directions(*moved)[0].item(), values, i, step=1e-4)
        got = np.zeros_like(want) if x.grad is None else numpy_of(x.grad)
        np.testing.assert_allclose(got, want, rtol=1e-5, atol=1e-6, err_msg=f"{sample} by input {i}")


@pytest.mark.parametrize(("sample", "dtype"), GRADIENT)
def test_forward_mode_is_dual_to_reverse_mode(sample: Sample, dtype: str, rng: np.random.Generator) -> None:
    values = sample.inputs(rng, dtype)
    operands = arrays_of(sample, values, dtype)

    def f(*varying):
        full = list(operands)
        for i, x in zip(sample.varying, varying, strict=True):
            full[i] = x
        return sample.call(*full)

    primals = [operands[i] for i in sample.varying]
    tangents = [cotangent_like(x, rng) for x in primals]
    y = f(*primals)
    cotangent = cotangent_like(y, rng)
    _, (change,) = ig.jvp(f, primals, [array_of(t) for t in tangents])
    _, gradients = ig.vjp(f, primals, [array_of(cotangent)])
    forward = inner(cotangent, numpy_of(change))
    backward = sum(inner(numpy_of(g), t) for g, t in zip(gradients, tangents, strict=True))
    assert forward == pytest.approx(backward, rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("sample", [s for s in SAMPLES if INFO[s.op]["kind"] in ("linear", "bilinear")], ids=str)
def test_linear_operations_are_additive(sample: Sample, rng: np.random.Generator) -> None:
    """Linear: in the first varying input. Bilinear: in each one alone."""
    dtype = "float64"
    if dtype not in sample.dtypes:
        pytest.skip("not an operation on floats")
    values = sample.inputs(rng, dtype)
    for i in sample.varying if INFO[sample.op]["kind"] == "bilinear" else [None]:
        a, b = list(values), list(values)
        moved = sample.varying if i is None else [i]
        for k in moved:
            a[k], b[k] = rng.normal(size=values[k].shape), rng.normal(size=values[k].shape)
        both = [x + y if k in moved else x for k, (x, y) in enumerate(zip(a, b, strict=True))]
        results = [numpy_of(sample.call(*arrays_of(sample, v, dtype))) for v in (a, b, both)]
        np.testing.assert_allclose(results[0] + results[1], results[2], rtol=1e-10, atol=1e-10)


BROADCASTS = {
    2: [((3, 4), (4,)), ((3, 1), (1, 4)), ((), (2, 3)), ((2, 1, 3), (4, 1)), ((1,), ())],
    3: [((3, 4), (4,), ()), ((3, 1), (1, 4), (3, 4)), ((), (2, 1), (1, 3))],
}
BROADCAST_SAMPLES = [
    elementwise_sample(op, shapes) for op in ELEMENTWISE.values() for shapes in BROADCASTS.get(op["arity"], [])
]


@pytest.mark.parametrize("sample", BROADCAST_SAMPLES, ids=str)
def test_broadcast_operands(sample: Sample, rng: np.random.Generator) -> None:
    """Value, and a gradient of each operand in that operand's own shape."""
    dtype = "float64" if "float64" in sample.dtypes else "int32"
    values = sample.inputs(rng, dtype)
    assert_close(sample.call(*arrays_of(sample, values, dtype)), reference_of(sample, values, dtype))
    if not INFO[sample.op]["differentiable"]:
        return
    operands, leaves = leaves_of(sample, values, dtype)
    y = sample.call(*operands)
    cotangent = rng.normal(size=y.shape)
    y.backward(array_of(cotangent))
    with np.errstate(all="ignore"):
        for i, x in zip(sample.varying, leaves, strict=True):
            want = numeric_gradient(lambda *moved: inner(cotangent, sample.reference(*moved)), values, i)
            got = np.zeros_like(want) if x.grad is None else numpy_of(x.grad)
            np.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-6, err_msg=f"{sample} by input {i}")


EMPTY = {
    1: [((0,),), ((2, 0),)],
    2: [((0,), (1,)), ((2, 0), ()), ((0, 3), (1, 3))],
    3: [((0,), (1,), ()), ((2, 0),) * 3],
}


@pytest.mark.parametrize("op", ELEMENTWISE.values(), ids=lambda op: op["name"])
def test_empty_and_zero_dimensional_operands(op: dict, rng: np.random.Generator) -> None:
    for shapes in (*EMPTY[op["arity"]], ((),) * op["arity"]):
        sample = elementwise_sample(op, shapes)
        dtype = "float32" if "float32" in sample.dtypes else "int32"
        values = sample.inputs(rng, dtype)
        assert_close(sample.call(*arrays_of(sample, values, dtype)), reference_of(sample, values, dtype))
        if op["differentiable"]:
            operands, leaves = leaves_of(sample, values, dtype)
            sample.call(*operands).backward()
            for x in leaves:
                assert x.grad is None or x.grad.shape == x.shape


@pytest.mark.parametrize("op", [op for op in ELEMENTWISE.values() if op["arity"] < 3], ids=lambda op: op["name"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_values_at_zeros_infinities_and_nan(op: dict, dtype: str) -> None:
    sample = elementwise_sample(op, ((),) * op["arity"])
    if dtype not in sample.dtypes:
        pytest.skip("takes no floats")
    grid = np.meshgrid(*[SPECIAL.astype(dtype)] * op["arity"], indexing="ij")
    got = numpy_of(sample.call(*[array_of(v, dtype) for v in grid]))
    with np.errstate(all="ignore"):
        want = np.asarray(AT_SPECIAL_VALUES.get(op["name"], sample.reference)(*grid)).astype(got.dtype)
    np.testing.assert_allclose(got, want, rtol=2 * TOLERANCE[dtype], atol=1e-37, equal_nan=True)


@pytest.mark.parametrize("op", [op for op in ELEMENTWISE.values() if op["arity"] == 2], ids=lambda op: op["name"])
def test_shapes_that_do_not_fit_are_named(op: dict, rng: np.random.Generator) -> None:
    sample = elementwise_sample(op, ((2, 3), (4,)))
    dtype = "float32" if "float32" in sample.dtypes else "int32"
    with pytest.raises(ig.ShapeError, match=rf"^{op['name']}: .*\(2, 3\).*\(4,\)"):
        sample.call(*arrays_of(sample, sample.inputs(rng, dtype), dtype))


#: Rounded part by part, which the row of the table does not do.
TAKES_COMPLEX_TOO = {"round"}
REFUSED = [
    pytest.param(op, dtype, id=f"{op['name']}-{dtype}")
    for op in ELEMENTWISE.values()
    for dtype in ALL_DTYPES
    if dtype not in TYPING_TAKES[op["typing"]] and not (op["name"] in TAKES_COMPLEX_TOO and dtype.startswith("complex"))
]


@pytest.mark.parametrize(("op", "dtype"), REFUSED)
def test_dtypes_that_an_operation_does_not_take_are_named(op: dict, dtype: str) -> None:
    operands = [array_of(np.ones(2), dtype) for _ in range(op["arity"])]
    with pytest.raises(TypeError, match=rf"^{op['name']}: .*{dtype}"):
        getattr(ig, op["name"])(*operands)
