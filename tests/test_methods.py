"""Methods are the functions of the package, operators are their names, in-place forms store into the first operand."""

from __future__ import annotations

import operator
import re

import numpy as np
import pytest
from helpers import array_of, numpy_of
from op_samples import ELEMENTWISE, elementwise_sample

import ingot as ig

#: As in PyTorch, the method is that of what is chosen from or applied to, which is not the function's first argument.
FIRST_ARGUMENT = {"polygamma": 1, "where": 1}


@pytest.mark.parametrize(
    "op", [op for op in ELEMENTWISE.values() if hasattr(ig.array, op["name"])], ids=lambda op: op["name"]
)
def test_method_is_the_function(op: dict, rng: np.random.Generator) -> None:
    sample = elementwise_sample(op, ((2, 3),) * op["arity"])
    dtype = "float32" if "float32" in sample.dtypes else "int32"
    operands = [array_of(v, dtype) for v in sample.inputs(rng, dtype)]
    want = numpy_of(sample.call(*operands))
    first = operands.pop(FIRST_ARGUMENT.get(op["name"], 0))
    method = getattr(first, op["name"])
    # x.real and x.imag are properties.
    np.testing.assert_array_equal(numpy_of(method(*operands) if callable(method) else method), want)


OPERATORS = [
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and_", "or_", "xor", "lshift", "rshift",
    "eq", "ne", "lt", "le", "gt", "ge",
]  # fmt: skip


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("other", ["array", "number", "reversed", "numpy"])
def test_operator(name: str, other: str) -> None:
    function = getattr(operator, name)
    dtype = np.int32 if name in ("and_", "or_", "xor", "lshift", "rshift") else np.float32
    a, b = np.array([6, 3, 2], dtype=dtype), np.array([1, 3, 4], dtype=dtype)
    x, y = ig.array(a), ig.array(b)
    cases = {
        "array": ((x, y), (a, b)),
        "number": ((x, 2), (a, dtype(2))),
        "reversed": ((2, y), (dtype(2), b)),
        "numpy": ((x, b), (a, b)),
    }
    ours, numpys = cases[other]
    got = function(*ours)
    assert isinstance(got, ig.array)
    np.testing.assert_allclose(numpy_of(got), function(*numpys), rtol=1e-6)


@pytest.mark.parametrize("name", ["iadd", "isub", "imul", "itruediv", "ifloordiv", "imod", "ipow"])
def test_in_place_operator(name: str) -> None:
    a = np.array([6.0, 3.0, 2.0], dtype=np.float32)
    x = ig.array(a)
    same = getattr(operator, name)(x, 2)
    assert same is x
    np.testing.assert_allclose(numpy_of(x), getattr(operator, name)(a.copy(), np.float32(2)), rtol=1e-6)


@pytest.mark.parametrize("name", ["iand", "ior", "ixor", "ilshift", "irshift"])
def test_in_place_operator_on_bits(name: str) -> None:
    a = np.array([6, 3, 2], dtype=np.int32)
    x = ig.array(a)
    assert getattr(operator, name)(x, 1) is x
    np.testing.assert_array_equal(numpy_of(x), getattr(operator, name)(a.copy(), np.int32(1)))


def test_unary_operators() -> None:
    x = ig.array([1.5, -2.0])
    assert (-x).tolist() == [-1.5, 2]
    assert (+x).tolist() == [1.5, -2]
    assert abs(x).tolist() == [1.5, 2]
    assert (~ig.array([True, False])).tolist() == [False, True]
    assert round(ig.array([1.4, 2.6])).tolist() == [1, 3]


def test_matmul_operator() -> None:
    a = ig.array([[1.0, 2.0], [3.0, 4.0]])
    assert (a @ a).tolist() == [[7, 10], [15, 22]]
    assert (np.eye(2, dtype=np.float32) @ a).tolist() == a.tolist()


VECTOR, OTHER = ig.array([0.25, 1.0, 2.0]), ig.array([1.5, 0.5, 2.0])
MASK, AT, FIVE = ig.array([True, False, True]), ig.array([1]), ig.array([5.0])
MATRIX, MATRICES = ig.ones((3, 3)), ig.ones((2, 3, 3))

TWO_OPERANDS = (
    *("atan2_", "clamp_max_", "clamp_min_", "copysign_", "divide_", "eq_", "float_power_", "floor_divide_", "fmod_"),
    *("ge_", "greater_", "greater_equal_", "gt_", "hypot_", "le_", "less_", "less_equal_", "logical_and_"),
    *("logical_or_", "logical_xor_", "lt_", "multiply_", "ne_", "nextafter_", "not_equal_", "remainder_"),
    *("subtract_", "true_divide_", "xlogy_"),
)
#: Arguments of the methods that take some.
ARGUMENTS = {
    **dict.fromkeys(TWO_OPERANDS, (OTHER,)),
    **dict.fromkeys(("add_", "sub_", "div_", "pow_", "mul_"), (2,)),
    **dict.fromkeys(("bitwise_and_", "bitwise_or_", "bitwise_xor_"), (1,)),
    **dict.fromkeys(("clamp_", "clip_"), (0.5, 1.5)),
    **dict.fromkeys(("cumsum_", "cumprod_", "unsqueeze_"), (0,)),
    **dict.fromkeys(("transpose_", "swapaxes_", "swapdims_"), (0, 0)),
    **dict.fromkeys(("addcmul_", "addcdiv_", "addr_"), (OTHER, OTHER)),
    **dict.fromkeys(("addbmm_", "baddbmm_"), (MATRICES, MATRICES)),
    **dict.fromkeys(("scatter_add_", "index_add_", "index_copy_"), (0, AT, FIVE)),
    **dict.fromkeys(("scatter_", "index_fill_"), (0, AT, 5.0)),
    **dict.fromkeys(("scatter_reduce_", "index_reduce_"), (0, AT, FIVE, "prod")),
    "addmm_": (MATRIX, MATRIX),
    "addmv_": (MATRIX, OTHER),
    "index_put_": ((AT,), FIVE),
    "lerp_": (OTHER, 0.25),
    "masked_fill_": (MASK, 5.0),
    "masked_scatter_": (MASK, ig.array([7.0, 8.0])),
    "put_": (AT, FIVE),
}
#: What the methods are of, where it is no vector of floats.
OPERANDS = {
    **dict.fromkeys(("bitwise_and_", "bitwise_not_", "bitwise_or_", "bitwise_xor_"), ig.array([1, 2, 3])),
    **dict.fromkeys(("addmm_", "addbmm_", "addr_", "tril_", "triu_"), MATRIX),
    "baddbmm_": MATRICES,
}


@pytest.mark.parametrize(
    "name",
    sorted(
        name
        for name in dir(ig.array)
        if re.fullmatch(r"[a-z]\w*[a-z0-9]_", name)
        and hasattr(ig.array, name[:-1])
        and name not in ("bernoulli_", "copy_", "detach_", "requires_grad_")
    ),
)
def test_in_place_method_is_the_method(name: str) -> None:
    x, arguments = OPERANDS.get(name, VECTOR).copy(), ARGUMENTS.get(name, ())
    want = getattr(x, name[:-1])(*arguments)
    assert getattr(x, name)(*arguments) is x
    np.testing.assert_allclose(numpy_of(x), numpy_of(want), rtol=1e-6)


def test_fill_copy_and_zero_in_place() -> None:
    x = ig.array([1.0, 2.0])
    assert x.fill_(3).tolist() == [3, 3]
    assert x.copy_(ig.array([4, 5])).tolist() == [4, 5]
    assert x.zero_().tolist() == [0, 0]
    assert x.dtype == ig.float32


def test_in_place_result_of_a_higher_kind_is_refused() -> None:
    x = ig.array([1, 2])
    with pytest.raises(TypeError, match=r"int32.*float32|float32.*int32"):
        x += 0.5
    x += 1
    assert x.tolist() == [2, 3]


def test_data_changes_the_array_behind_autograds_back() -> None:
    w = ig.array([1.0, 2.0], requires_grad=True)
    w.data -= 0.5
    w.data[0] = 9.0
    assert w.tolist() == [9, 1.5]
    assert w.requires_grad
    assert w.is_leaf


def test_clone_is_another_array_in_the_same_graph() -> None:
    x = ig.array([2.0], requires_grad=True)
    y = x.clone()
    y += 1
    (y * 3).backward()
    assert x.tolist() == [2]
    assert x.grad.tolist() == [3]


def test_casts_by_name() -> None:
    x = ig.array([1.7, 0.0])
    for name, dtype in {
        "float": ig.float32, "double": ig.float64, "half": ig.float16, "bfloat16": ig.bfloat16,
        "int": ig.int32, "long": ig.int64, "bool": ig.bool_,
    }.items():  # fmt: skip
        assert getattr(x, name)().dtype == dtype
    assert x.to(ig.float64).dtype == ig.float64
    assert x.to("cpu").tolist() == x.tolist()
    assert x.to(dtype="float16").dtype == ig.float16


@pytest.mark.parametrize("name", [n for n in dir(ig.array) if not n.startswith("_")])
def test_attributes_belong_to_their_array(name: str) -> None:
    """A function that was put into the class without becoming a method would not get the array."""
    member = next(vars(kind)[name] for kind in ig.array.__mro__ if name in vars(kind))
    assert hasattr(type(member), "__get__")


def test_every_public_function_of_one_array_is_documented_as_a_method_too() -> None:
    for name in ("sum", "mean", "reshape", "softmax", "take", "astype", "argmax", "clip", "std", "flip"):
        assert getattr(ig.array, name).__doc__


def test_torch_names_of_shape_and_dtype() -> None:
    x = ig.ones((2, 3), dtype=ig.float64)
    assert x.new_zeros(4, 5).shape == (4, 5) and x.new_ones((2,)).dtype == ig.float64
    assert x.new_full((2,), 7).tolist() == [7, 7] and x.new_full((2,), 7).dtype == ig.float64
    assert x.new_tensor([1, 2]).dtype == ig.float64 and x.new_empty(0, dtype=ig.int32).dtype == ig.int32
    assert x.type_as(ig.ones(1)).dtype == ig.float32 and ig.ones(6).reshape_as(x).shape == (2, 3)
    assert x.to("cpu", non_blocking=True) is x and x.to(x.dtype, copy=True) is not x
    assert ig.argsort(ig.array([2, 1]), kind="stable").tolist() == [1, 0]


@pytest.mark.parametrize(
    ("args", "kwargs", "expected"),
    [
        ((), {}, 91**0.5),
        ((2,), {}, 91**0.5),
        ((1,), {"dim": 1}, [6, 15]),
        ((2, 0, True), {}, [[17**0.5, 29**0.5, 45**0.5]]),
        ((float("inf"),), {"dim": (0, 1)}, 6),
    ],
)
def test_norm_has_pytorchs_meaning(args, kwargs, expected) -> None:
    x = ig.array([[1.0, -2, 3], [4, 5, -6]])
    np.testing.assert_allclose(x.norm(*args, **kwargs).numpy(), expected, rtol=1e-6)
    np.testing.assert_allclose(ig.norm(x, *args, **kwargs).numpy(), expected, rtol=1e-6)
    with pytest.raises(ValueError, match="nuc"):
        x.norm("nuc")
