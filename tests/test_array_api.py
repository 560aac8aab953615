"""The Python Array API standard 2025.12, function by function, against `array_api_strict`."""

from __future__ import annotations

import inspect
import math
import warnings
from typing import Any

import array_api_compat
import array_api_strict as strict
import numpy as np
import pytest
from array_api_calls import CALLS, CANONICAL, Call, D
from hypothesis import given, settings
from hypothesis import strategies as st

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
        if parameter.name not in call.kwargs and not (name == "expand_dims" and parameter.name == "axis"):
            run(ig, name, Call(call.args, {**call.kwargs, parameter.name: parameter.default}))


# ---- elementwise functions, on whatever dtypes the standard lets meet ----

#: Whose sign of a zero the standard leaves open, or fixes where NumPy does not.
FREE_ZEROS = ("sign", "maximum", "minimum", "floor_divide", "remainder")
UNARY = sorted(
    name
    for name in STANDARD
    if list(inspect.signature(getattr(strict, name)).parameters) == ["x"] and not name.startswith(("unique", "nonzero"))
)
BINARY = sorted(name for name in STANDARD if list(inspect.signature(getattr(strict, name)).parameters) == ["x1", "x2"])
NAMES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
NAMES += ["float32", "float64", "complex64", "complex128"]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.5, 3.0, 7.25, math.inf, -math.inf, math.nan]


def numbers(dtype: str) -> st.SearchStrategy[Any]:
    if dtype == "bool":
        return st.booleans()
    if dtype.startswith("complex"):
        return st.complex_numbers(min_magnitude=0.25, max_magnitude=8, allow_nan=False, width=64)
    if dtype.startswith("float"):
        return st.sampled_from(FLOATS) | st.floats(-50, 50, width=32)
    return st.integers(0 if dtype.startswith("u") else -6, 6)


@st.composite
def arrays(draw: Any, dtype: str, shape: tuple[int, ...]) -> np.ndarray:
    values = draw(st.lists(numbers(dtype), min_size=math.prod(shape), max_size=math.prod(shape)))
    return np.asarray(values, dtype=dtype).reshape(shape)


def expected(name: str, *operands: Any) -> Any:
    """What `array_api_strict` gives, or None where the standard does not define the call."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return getattr(strict, name)(*operands)
    except (TypeError, ValueError):
        return None


def assert_elementwise(name: str, ours: Any, oracle: Any) -> None:
    assert name_of_dtype(ours) == name_of_dtype(oracle)
    got, want = np.asarray(ours), np.asarray(oracle)
    assert got.shape == want.shape
    single = name_of_dtype(ours) in ("float32", "complex64")
    np.testing.assert_allclose(got, want, rtol=1e-5 if single else 1e-11, atol=1e-6 if single else 1e-12)
    if got.dtype.kind == "f" and name not in FREE_ZEROS:
        zeros = want == 0
        np.testing.assert_array_equal(np.signbit(got[zeros & (got == 0)]), np.signbit(want[zeros & (got == 0)]))


@pytest.mark.parametrize("dtype", NAMES)
@pytest.mark.parametrize("name", UNARY)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_unary(name: str, dtype: str, data: Any) -> None:
    x = data.draw(arrays(dtype, data.draw(st.sampled_from([(), (1,), (3,), (2, 3), (0,)]))))
    oracle = expected(name, strict.asarray(x))
    if oracle is not None:
        assert_elementwise(name, getattr(ig, name)(ig.asarray(x)), oracle)


def usable(name: str, dtype: str, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Operands without what the standard leaves open: division by zero, of infinities, negative powers."""
    if np.dtype(dtype).kind in "iu":
        if name in ("floor_divide", "remainder", "divide"):
            y = np.where(y == 0, np.ones_like(y), y)
        if name in ("pow", "bitwise_left_shift", "bitwise_right_shift"):
            y = np.abs(y)
    return x, y


def promotable(a: str, b: str) -> bool:
    """True if the standard's table has the two dtypes."""
    try:
        strict.result_type(getattr(strict, a), getattr(strict, b))
    except TypeError:
        return False
    return "bool" not in (a, b) or a == b


@pytest.mark.parametrize("dtypes", [(a, b) for a in NAMES for b in NAMES if a <= b and promotable(a, b)], ids="-".join)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_binary(dtypes: tuple[str, str], data: Any) -> None:
    left, right = data.draw(st.sampled_from([((2, 3), (3,)), ((), (2,)), ((2, 1), (1, 3)), ((0,), (1,)), ((), ())]))
    first = data.draw(arrays(dtypes[0], left))
    second = data.draw(arrays(dtypes[1], right))
    for name in BINARY:
        x, y = usable(name, dtypes[1], first, second)
        oracle = expected(name, strict.asarray(x), strict.asarray(y))
        if oracle is not None:
            assert_elementwise(name, getattr(ig, name)(ig.asarray(x), ig.asarray(y)), oracle)


@pytest.mark.parametrize("scalar", [True, 2, 1.5, 0.5 + 1j])
@pytest.mark.parametrize("dtype", NAMES)
def test_binary_with_python_scalars(dtype: str, scalar: Any) -> None:
    x = np.asarray([1, 0, 1] if dtype == "bool" else [1, 2, 3], dtype=dtype)
    for name in BINARY:
        for operands in ((x, scalar), (scalar, x)):
            if name in ("floor_divide", "remainder") and operands[1] is x and x.dtype.kind in "iub":
                continue
            oracle = expected(name, *(strict.asarray(o) if o is x else o for o in operands))
            if hasattr(oracle, "dtype"):
                ours = getattr(ig, name)(*(ig.asarray(o) if o is x else o for o in operands))
                assert_elementwise(name, ours, oracle)


# ---- special cases that the standard lists ----

INF, NAN = math.inf, math.nan
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
    "floor_divide": [(0.0, -1.0, -0.0), (1.0, INF, 0.0), (-1.0, INF, -1.0), (NAN, 1.0, NAN)],
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
        if want == 0 and name != "sign" and not isinstance(want, bool):
            assert math.copysign(1, got) == math.copysign(1, want) or name in ("remainder",), (name, operands)


def test_compat_recognises_the_array() -> None:
    x = ig.ones(2)
    assert array_api_compat.is_array_api_obj(x)
    assert array_api_compat.array_namespace(x, x) is ig
    assert array_api_compat.device(x) == ig.device("cpu")
    assert array_api_compat.size(x) == 2
    assert array_api_compat.to_device(x, "cpu") is x
