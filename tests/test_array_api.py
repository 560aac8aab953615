"""The Python Array API standard 2025.12, function by function, against `array_api_strict`."""

from __future__ import annotations

import inspect
import itertools
import math
import warnings
from collections.abc import Callable
from typing import Any

import array_api_compat
import array_api_strict as strict
import numpy as np
import pytest
from array_api_calls import CALLS, CANONICAL, Call, D

import ingot as ig

STANDARD = sorted(
    name
    for name, value in vars(strict).items()
    if not name.startswith("_") and inspect.isfunction(value) and "flags" not in name
)
EXTENSIONS = [
    f"{space}.{name}"
    for space in ("linalg", "fft")
    for name in sorted(getattr(strict, space).__all__)
    if inspect.isfunction(getattr(getattr(strict, space), name))
]
#: Ingot's default dtypes have 32 bits, those of `array_api_strict` 64.
NARROW = {"float64": "float32", "int64": "int32", "uint64": "uint32", "complex128": "complex64"}


def function_of(space: Any, name: str) -> Any:
    for part in name.split("."):
        space = getattr(space, part)
    return space


def to_space(space: Any, value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return space.asarray(value.copy())
    if isinstance(value, D):
        return getattr(space, value)
    if isinstance(value, (list, tuple)) and any(isinstance(v, np.ndarray) for v in value):
        return type(value)(to_space(space, v) for v in value)
    return value


def to_numpy(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return tuple(to_numpy(v) for v in value)
    return np.asarray(value) if hasattr(value, "shape") else value


def name_of_dtype(array: Any) -> str:
    return str(array.dtype).rpartition(".")[2]


def assert_dtype(ours: Any, oracle: Any, wide_inputs: bool) -> None:
    got, want = name_of_dtype(ours), name_of_dtype(oracle)
    allowed = {want} if wide_inputs else {want, NARROW.get(want, want)}
    if got not in allowed and not (want in ("int64", "uint64") and got == NARROW[want]):
        raise AssertionError(f"dtype {got}, expected one of {sorted(allowed)}")


def assert_same(ours: Any, oracle: Any, wide_inputs: bool) -> None:
    if isinstance(oracle, (list, tuple)) and not isinstance(oracle, np.ndarray):
        assert isinstance(ours, (list, tuple))
        assert len(ours) == len(oracle)
        if hasattr(oracle, "_fields"):
            assert ours._fields == oracle._fields
        for mine, theirs in zip(ours, oracle, strict=True):
            assert_same(mine, theirs, wide_inputs)
        return
    if not hasattr(oracle, "dtype"):
        assert ours == oracle
        return
    assert_dtype(ours, oracle, wide_inputs)
    got, want = np.asarray(ours), np.asarray(oracle)
    assert got.shape == want.shape
    single = name_of_dtype(ours) in ("float32", "complex64")
    np.testing.assert_allclose(got, want, rtol=2e-5 if single else 1e-11, atol=1e-5 if single else 1e-12)


def run(space: Any, name: str, call: Call) -> Any:
    args = [to_space(space, value) for value in call.args]
    kwargs = {key: to_space(space, value) for key, value in call.kwargs.items()}
    if name.endswith("from_dlpack"):
        args = list(call.args)
    return function_of(space, name)(*args, **kwargs)


def has_wide_inputs(call: Call) -> bool:
    """True if a dtype of 64 bits was asked for, so that none of 32 may come out."""
    values = [*call.args, *call.kwargs.values()]
    flat = [v for value in values for v in (value if isinstance(value, (list, tuple)) else [value])]
    return any(
        (isinstance(v, np.ndarray) and v.dtype.name in ("float64", "complex128")) or v in (D("float64"),)
        if not isinstance(v, np.ndarray)
        else v.dtype.name in ("float64", "complex128")
        for v in flat
    )


@pytest.mark.parametrize("name", [*STANDARD, *EXTENSIONS])
def test_every_function_is_there_and_is_called_here(name: str) -> None:
    assert callable(function_of(ig, name))
    assert name in CALLS or name in ("can_cast", "finfo", "iinfo", "isdtype", "result_type")


CASES = [(name, position) for name, calls in CALLS.items() for position in range(len(calls))]


@pytest.mark.parametrize(("name", "position"), CASES, ids=[f"{name}-{position}" for name, position in CASES])
def test_call(name: str, position: int) -> None:
    call = CALLS[name][position]
    ours = run(ig, name, call)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        oracle = run(strict, name, call)
    if name in CANONICAL:
        arrays = [v for v in call.args if isinstance(v, np.ndarray)]
        for mine, theirs in zip(
            CANONICAL[name](arrays, to_numpy(ours)), CANONICAL[name](arrays, to_numpy(oracle)), strict=True
        ):
            np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-5)
        if isinstance(oracle, tuple):
            assert ours._fields == oracle._fields
    else:
        assert_same(ours, oracle, has_wide_inputs(call))


@pytest.mark.parametrize("name", ["empty", "empty_like"])
def test_empty(name: str) -> None:
    given_argument = (2, 3) if name == "empty" else ig.ones((2, 3))
    made = function_of(ig, name)(given_argument, dtype=ig.int16, device=None)
    assert (made.shape, made.dtype) == ((2, 3), ig.int16)


@pytest.mark.parametrize("name", STANDARD)
def test_keyword_arguments_of_the_standard_are_accepted(name: str) -> None:
    """Each keyword-only argument with its default, alone."""
    calls = CALLS.get(name)
    if not calls or name == "from_dlpack":  # whose defaults in the oracle are its own
        return
    call = calls[0]
    signature = inspect.signature(function_of(strict, name))
    keywords = [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY and p.default is not p.empty]
    for parameter in keywords:
        default = None if parameter.name == "device" else parameter.default  # a sentinel in the oracle's `astype`
        if parameter.name not in call.kwargs and not (name == "expand_dims" and parameter.name == "axis"):
            run(ig, name, Call(call.args, {**call.kwargs, parameter.name: default}))


# ---- elementwise functions, on whatever dtypes the standard lets meet ----


def elementwise(*parameters: str) -> list[str]:
    """Functions of `array_api_strict`'s module of elementwise functions: products, searches and sets are elsewhere."""
    return [
        name
        for name in STANDARD
        if getattr(strict, name).__module__.endswith("._elementwise_functions")
        and tuple(inspect.signature(getattr(strict, name)).parameters) == parameters
    ]


UNARY, BINARY = elementwise("x"), elementwise("x1", "x2")
NAMES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
NAMES += ["float32", "float64", "complex64", "complex128"]
INF, NAN = math.inf, math.nan
REALS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.5, 3.0, 7.25, 49.5, -33.25, 1e-3, INF, -INF, NAN]
PARTS = [0.0, -0.0, 1.0, -2.5, 0.5, INF, -INF, NAN]


def values_of(dtype: str) -> np.ndarray:
    """Numbers of a dtype that are special to some function, its ends among them."""
    if dtype == "bool":
        return np.array([False, True])
    if dtype.startswith("float"):
        return np.array(REALS, dtype)
    if dtype.startswith("complex"):
        return np.array([complex(real, imag) for real in PARTS for imag in PARTS], dtype)
    ends = np.iinfo(dtype)
    return np.array([*range(max(ends.min, -6), 9), ends.max - 1, ends.max, ends.min], dtype)


#: Where a value is not compared: the standard leaves it open there, or the oracle, which is NumPy, departs from it.
OPEN_VALUES: dict[str, Callable[..., Any]] = {
    # An infinity divided is one, and by one gives zeros, says the standard, but allows NaN and -1, which Python's `//`
    # gives.
    "floor_divide": lambda x, y: np.isinf(x) | np.isinf(y),
    # Complex numbers are divided as C does it (the standard names Annex G): infinity by the sign of a zero divisor,
    # zero by an infinite one, an infinity of an infinite dividend. NumPy drops the sign, and gives NaN instead.
    "divide": lambda x, y: (np.iscomplexobj(x) or np.iscomplexobj(y)) & (np.isinf(x) | np.isinf(y) | (y == 0)),
    "reciprocal": lambda x: np.iscomplexobj(x) & np.isinf(x),
    # Of an infinite real part the oracle gives NaN where the standard has infinities, zeros and -1.
    "expm1": lambda x: np.iscomplexobj(x) & np.isinf(np.real(x)),
    # Complex powers of infinities are open, in C as well.
    "pow": lambda x, y: (np.iscomplexobj(x) or np.iscomplexobj(y)) & np.isinf(x),
}
#: Where the sign of a zero is not compared, because it may be that of either operand.
OPEN_ZEROS = ("maximum", "minimum")


def assert_elementwise(name: str, ours: Any, oracle: Any, *operands: Any) -> None:
    assert name_of_dtype(ours) == name_of_dtype(oracle)
    got, want = np.asarray(ours), np.asarray(oracle)
    assert got.shape == want.shape
    if name in OPEN_VALUES:
        compared = ~np.broadcast_to(OPEN_VALUES[name](*operands), want.shape)
        got, want = got[compared], want[compared]
    if got.dtype.kind not in "fc":
        np.testing.assert_array_equal(got, want, err_msg=name)
        return
    rtol = 1e-5 if got.dtype.name in ("float32", "complex64") else 1e-11
    # Which part of a complex number becomes NaN is open; which parts become infinite is not.
    np.testing.assert_array_equal(np.isnan(got), np.isnan(want), err_msg=name)
    finite, infinite = np.isfinite(want), np.isinf(want) & ~np.isnan(want)
    np.testing.assert_allclose(got[finite], want[finite], rtol=rtol, atol=0, err_msg=name)
    for part in (np.real, np.imag):
        np.testing.assert_allclose(part(got)[infinite], part(want)[infinite], rtol=rtol, err_msg=name)
    if got.dtype.kind == "f" and name not in OPEN_ZEROS:
        zeros = want == 0
        np.testing.assert_array_equal(np.signbit(got[zeros]), np.signbit(want[zeros]), err_msg=name)


def expected(name: str, *operands: Any) -> Any:
    """What `array_api_strict` gives, or None where the standard does not define the function of these dtypes.

    Of shifts it looks at the values, a ValueError, before the dtypes.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return getattr(strict, name)(*operands)
    except (TypeError, ValueError):
        return None


def usable(name: str, y: Any) -> Any:
    """`y` without negative numbers where the standard leaves them undefined and the oracle refuses them."""
    integers = isinstance(y, np.ndarray) and y.dtype.kind == "i"
    return np.maximum(y, 0) if integers and name in ("pow", "bitwise_left_shift", "bitwise_right_shift") else y


def compare(name: str, *operands: Any) -> bool:
    """Calls the function of both; False if the standard does not define the call."""
    oracle = expected(name, *(strict.asarray(o) if isinstance(o, np.ndarray) else o for o in operands))
    if oracle is None:
        return False
    ours = getattr(ig, name)(*(ig.asarray(o) if isinstance(o, np.ndarray) else o for o in operands))
    assert_elementwise(name, ours, oracle, *operands)
    return True


@pytest.mark.parametrize("dtype", NAMES)
@pytest.mark.parametrize("name", UNARY)
def test_unary(name: str, dtype: str) -> None:
    x = values_of(dtype)
    for operand in (x, x[1], x[:0], x.reshape(2, 1, -1)):
        compare(name, np.asarray(operand))


# Kinds may not mix in the standard; what ours gives for those is in test_dtypes.py.
@pytest.mark.parametrize("dtypes", list(itertools.product(NAMES, NAMES)), ids="-".join)
def test_binary(dtypes: tuple[str, str]) -> None:
    """Every value with every value, and shapes that are broadcast."""
    first, second = values_of(dtypes[0]), values_of(dtypes[1])
    pairs = [(first[:, None], second), (first[1], second), (first[:0], second[:1]), (first[1], second[1])]
    compared = {name: [compare(name, np.asarray(x), usable(name, np.asarray(y))) for x, y in pairs] for name in BINARY}
    assert dtypes[0] != dtypes[1] or all(compared["equal"])


@pytest.mark.parametrize("scalar", [True, 2, 1.5, 0.5 + 1j])
@pytest.mark.parametrize("dtype", NAMES)
def test_binary_with_python_scalars(dtype: str, scalar: Any) -> None:
    x = values_of(dtype)
    for name in BINARY:
        takes = str(inspect.signature(getattr(strict, name)).parameters["x1"].annotation)
        if isinstance(scalar, complex) and "complex" not in takes:
            continue  # the oracle orders complex scalars among real numbers all the same
        compare(name, x, scalar)
        compare(name, scalar, usable(name, x))


# ---- special cases that the standard lists ----

SPECIAL = {
    "acosh": [(1.0, 0.0), (INF, INF), (0.5, NAN)],
    "asin": [(2.0, NAN), (-0.0, -0.0)],
    "atan2": [
        *((0.0, -0.0, math.pi), (-0.0, -0.0, -math.pi), (0.0, 0.0, 0.0), (-0.0, 0.0, -0.0), (1.0, 0.0, math.pi / 2)),
        *((INF, INF, math.pi / 4), (INF, -INF, 3 * math.pi / 4), (-INF, INF, -math.pi / 4), (1.0, -INF, math.pi)),
        *((-1.0, INF, -0.0), (NAN, 1.0, NAN)),
    ],
    "atanh": [(1.0, INF), (-1.0, -INF), (2.0, NAN), (-0.0, -0.0)],
    "ceil": [(-0.5, -0.0), (INF, INF), (NAN, NAN)],
    "copysign": [(1.0, -0.0, -1.0), (-2.0, 0.0, 2.0), (NAN, 1.0, NAN)],
    "cosh": [(-INF, INF), (0.0, 1.0)],
    "divide": [(1.0, 0.0, INF), (-1.0, 0.0, -INF), (0.0, 0.0, NAN), (INF, INF, NAN), (1.0, -INF, -0.0)],
    "expm1": [(-INF, -1.0), (INF, INF), (-0.0, -0.0)],
    "floor_divide": [(0.0, -1.0, -0.0), (1.0, INF, 0.0), (-1.0, INF, -0.0), (NAN, 1.0, NAN)],
    "hypot": [(INF, NAN, INF), (NAN, -INF, INF), (0.0, -0.0, 0.0), (NAN, 1.0, NAN)],
    "log": [(0.0, -INF), (-1.0, NAN), (1.0, 0.0), (INF, INF)],
    "log1p": [(-1.0, -INF), (-2.0, NAN), (-0.0, -0.0)],
    "logaddexp": [(INF, NAN, NAN), (NAN, 1.0, NAN), (-INF, -INF, -INF), (INF, INF, INF)],
    "maximum": [(NAN, 1.0, NAN), (1.0, NAN, NAN)],
    "minimum": [(NAN, 1.0, NAN), (1.0, NAN, NAN)],
    "pow": [
        *((NAN, 0.0, 1.0), (1.0, NAN, 1.0), (2.0, INF, INF), (0.5, INF, 0.0), (-0.0, -3.0, -INF), (-0.0, 3.0, -0.0)),
        *(
            (-INF, 3.0, -INF),
            (-INF, 2.0, INF),
            (-INF, -3.0, -0.0),
            (-2.0, 0.5, NAN),
            (0.0, -2.0, INF),
            (-0.0, 2.0, 0.0),
        ),
    ],
    "remainder": [(0.0, 1.0, 0.0), (-0.0, 1.0, 0.0), (1.0, 0.0, NAN), (INF, 1.0, NAN), (1.0, INF, 1.0)],
    "round": [(2.5, 2.0), (-0.5, -0.0), (INF, INF)],
    "sign": [(-0.0, 0.0), (NAN, NAN), (-INF, -1.0)],
    "signbit": [(-0.0, True), (0.0, False), (-INF, True)],
    "sqrt": [(-1.0, NAN), (-0.0, -0.0), (INF, INF)],
    "tanh": [(INF, 1.0), (-INF, -1.0), (-0.0, -0.0)],
    "trunc": [(-0.5, -0.0), (0.5, 0.0)],
    "nextafter": [(0.0, -0.0, -0.0), (NAN, 1.0, NAN), (INF, INF, INF)],
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", sorted(SPECIAL))
def test_special_cases(name: str, dtype: str) -> None:
    for *operands, want in SPECIAL[name]:
        out = getattr(ig, name)(*(ig.asarray(x, dtype=dtype) for x in operands))
        got = bool(out) if isinstance(want, bool) else float(out)
        np.testing.assert_allclose(got, want, rtol=1e-6, err_msg=f"{name}{tuple(operands)}")
        if want == 0 and name not in OPEN_ZEROS and not isinstance(want, bool):
            assert math.copysign(1, got) == math.copysign(1, want), (name, operands)


def test_compat_recognises_the_array() -> None:
    x = ig.ones(2)
    assert array_api_compat.is_array_api_obj(x)
    assert array_api_compat.array_namespace(x, x) is ig
    assert array_api_compat.device(x) == ig.device("cpu")
    assert array_api_compat.size(x) == 2
    assert array_api_compat.to_device(x, "cpu") is x
