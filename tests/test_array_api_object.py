"""The array object and the inspection functions of the Python Array API standard."""

from __future__ import annotations

import math
import operator
from typing import Any

import array_api_strict as strict
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.array_api import make_strategies_namespace

import ingot as ig

xps = make_strategies_namespace(ig, api_version="2024.12")
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["float32", "float64"]
STANDARD = ["bool", *INTEGERS, *FLOATS, "complex64", "complex128"]

# ---- attributes and methods ----


def test_every_attribute_and_method_is_there() -> None:
    x = ig.ones((2, 2))
    names = [name for name in dir(strict.asarray(1)) if name.startswith("__") or name in ("T", "mT", "to_device")]
    inherited = {"__annotations__", "__slots__", "__weakref__", "__buffer__", "__getstate__"}
    assert [name for name in names if not hasattr(x, name) and name not in inherited] == []


def test_attributes() -> None:
    x = ig.asarray([[1, 2, 3], [4, 5, 6]])
    assert (x.ndim, x.shape, x.size) == (2, (2, 3), 6)
    assert isinstance(x.size, int)
    assert x.size() == (2, 3)
    assert x.size(1) == 3
    assert x.dtype == ig.int32
    assert x.device == x.to_device(x.device).device
    assert (x.T.shape, x.mT.shape) == ((3, 2), (3, 2))
    assert ig.zeros((2, 3, 4)).mT.shape == (2, 4, 3)


@pytest.mark.parametrize("version", [None, "2021.12", "2022.12", "2023.12", "2024.12", "2025.12"])
def test_namespace(version: str | None) -> None:
    assert ig.ones(1).__array_namespace__(api_version=version) is ig
    assert ig.__array_api_version__ == ig.core.__array_api_version__ == "2025.12"


def test_unknown_version_of_the_standard() -> None:
    with pytest.raises(ValueError, match=r"newest known one is 2025\.12"):
        ig.ones(1).__array_namespace__(api_version="2099.12")


def test_constants() -> None:
    assert (ig.e, ig.pi, ig.inf, ig.newaxis) == (math.e, math.pi, math.inf, None)
    assert math.isnan(ig.nan)


def test_to_device() -> None:
    x = ig.ones(2)
    assert x.to_device("cpu") is x
    assert x.to_device(ig.device("cpu"), stream=None) is x
    with pytest.raises(ValueError, match="stream"):
        x.to_device("cpu", stream=1)


# ---- conversion to Python's numbers ----


@pytest.mark.parametrize(
    ("value", "convert", "want"),
    [
        *((True, bool, True), (0, bool, False), (3, int, 3), (3, float, 3.0), (2.5, float, 2.5)),
        *((2.5, complex, 2.5 + 0j), (1 + 2j, complex, 1 + 2j), (2.5, int, 2), (True, int, 1)),
        *((2, operator.index, 2), (0.5, bool, True)),
    ],
)
def test_conversion_of_0d_arrays(value: Any, convert: Any, want: Any) -> None:
    got = convert(ig.asarray(value))
    assert got == want
    assert type(got) is type(want)


@pytest.mark.parametrize(
    ("value", "convert"),
    [
        *((1 + 2j, int), (1 + 2j, float), (2.5, operator.index), (True, operator.index), ([1, 2], int)),
        *(([1, 2], float), ([1, 2], complex), ([1], operator.index), (math.nan, None), (math.inf, None)),
    ],
)
def test_conversions_that_fail(value: Any, convert: Any) -> None:
    if convert is None:
        with pytest.raises((ValueError, OverflowError)):
            int(ig.asarray(value))
        return
    with pytest.raises(TypeError):
        convert(ig.asarray(value))


def test_huge_integers() -> None:
    assert int(ig.asarray(2**63, dtype=ig.uint64)) == 2**63
    assert int(ig.asarray(-(2**63), dtype=ig.int64)) == -(2**63)
    with pytest.raises(OverflowError):
        ig.asarray(2**64)


# ---- operators ----

ARITHMETIC = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow"]
BITS = ["and_", "or_", "xor", "lshift", "rshift"]
COMPARISONS = ["eq", "ne", "lt", "le", "gt", "ge"]


@pytest.mark.parametrize("dtype", STANDARD)
@pytest.mark.parametrize("name", [*ARITHMETIC, *BITS, *COMPARISONS])
def test_operators_with_arrays_and_scalars(name: str, dtype: str) -> None:
    function = getattr(operator, name)
    first, second = [np.asarray(v, dtype=dtype) for v in ([3, 1, 2], [1, 2, 2])]
    scalars: dict[str, list[Any]] = {"b": [True], "i": [2], "u": [2], "f": [2, 1.5], "c": [2, 1.5, 1 + 2j]}
    for right in [second, *scalars[np.dtype(dtype).kind]]:
        for reflected in (False, True):
            pair = [strict.asarray(first), right if right is not second else strict.asarray(second)]
            ours = [ig.asarray(first), right if right is not second else ig.asarray(second)]
            if reflected:
                pair.reverse()
                ours.reverse()
            try:
                oracle = function(*pair)
            except TypeError:
                continue
            got = function(*ours)
            assert str(got.dtype) == str(oracle.dtype).rpartition(".")[2]
            np.testing.assert_allclose(np.asarray(got), np.asarray(oracle), rtol=1e-5)


@pytest.mark.parametrize("name", [f"i{name.strip('_')}" for name in (*ARITHMETIC, *BITS)])
def test_in_place_operators(name: str) -> None:
    function = getattr(operator, name)
    dtype = "int32" if name.strip("i") in ("and", "or", "xor", "lshift", "rshift") else "float32"
    x = ig.asarray([3, 1, 2], dtype=dtype)
    before = x
    want = function(np.asarray([3, 1, 2], dtype=dtype), np.asarray([1, 2, 2], dtype=dtype))
    x = function(x, ig.asarray([1, 2, 2], dtype=dtype))
    assert x is before
    assert str(x.dtype) == dtype
    np.testing.assert_allclose(np.asarray(x), want, rtol=1e-6)


def test_in_place_operator_keeps_shape_and_dtype() -> None:
    x = ig.ones((2, 3), dtype=ig.int8)
    x += 2
    assert (x.dtype, x.shape) == (ig.int8, (2, 3))
    with pytest.raises(TypeError):
        x += 0.5
    with pytest.raises(ValueError, match="shape"):
        x += ig.ones((4, 2, 3), dtype=ig.int8)


@pytest.mark.parametrize("other", [None, "text", object(), [1, "a"]])
def test_operators_with_what_is_no_number(other: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        ig.ones(2) + other
    assert (ig.ones(2).dtype == other) is False


# ---- indexing ----


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_getitem(data: Any) -> None:
    shape = data.draw(xps.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4))
    values = np.arange(math.prod(shape)).reshape(shape)
    key = data.draw(xps.indices(shape, allow_newaxis=True))
    np.testing.assert_array_equal(np.asarray(ig.asarray(values)[key]), values[key])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_setitem(data: Any) -> None:
    shape = data.draw(xps.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4))
    values = np.arange(math.prod(shape)).reshape(shape)
    key = data.draw(xps.indices(shape))
    x = ig.asarray(values)
    x[key] = -1
    values[key] = -1
    np.testing.assert_array_equal(np.asarray(x), values)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_masks(data: Any) -> None:
    shape = data.draw(xps.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
    x = data.draw(xps.arrays("float32", shape, elements={"allow_nan": False}))
    mask = data.draw(xps.arrays("bool", shape))
    want = np.asarray(x).copy()
    np.testing.assert_array_equal(np.asarray(x[mask]), want[np.asarray(mask)])
    x[mask] = 1.5
    want[np.asarray(mask)] = 1.5
    np.testing.assert_array_equal(np.asarray(x), want)


def test_integer_array_indices() -> None:
    values = np.arange(24).reshape(2, 3, 4)
    x = ig.asarray(values)
    i, j = np.asarray([1, 0, 1]), np.asarray([2, 0, -1])
    np.testing.assert_array_equal(np.asarray(x[ig.asarray(i), ig.asarray(j)]), values[i, j])
    np.testing.assert_array_equal(np.asarray(x[ig.asarray(i), 1, ig.asarray(j)]), values[i, 1, j])


@pytest.mark.parametrize("key", [5, (0, 0, 0), 1.5, "a", (slice(None), 7)])
def test_indices_out_of_reach(key: Any) -> None:
    with pytest.raises(IndexError):
        float(ig.ones((2, 3))[key].sum())


# ---- dtypes and inspection ----


@pytest.mark.parametrize(
    "other", [None, 1, "x", object, object(), float, (), {}, [1], ig.ones(2).shape, NotImplemented]
)
def test_dtypes_compare_with_anything(other: Any) -> None:
    for name in STANDARD:
        dtype = getattr(ig, name)
        assert (dtype == other) is False
        assert (dtype != other) is True


def test_dtypes_compare_with_objects_that_raise() -> None:
    class Hostile:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError(name)

    assert (ig.float32 == Hostile()) is False


def test_dtypes_are_distinct_hashable_and_of_numpy() -> None:
    dtypes = [getattr(ig, name) for name in STANDARD]
    assert len(set(dtypes)) == len(STANDARD)
    for name, dtype in zip(STANDARD, dtypes, strict=True):
        assert [other for other in dtypes if other == dtype] == [dtype]
        assert dtype == np.dtype(name)


@pytest.mark.parametrize("name", [*FLOATS, "float16", "complex64", "complex128"])
def test_finfo(name: str) -> None:
    want = np.finfo(name)
    for given_type in (getattr(ig, name), ig.zeros(1, dtype=name)):
        got = ig.finfo(given_type)
        assert (got.bits, got.eps, got.max, got.min) == (want.bits, want.eps, want.max, want.min)
        assert got.smallest_normal == want.smallest_normal
        assert got.dtype == str(want.dtype)
        assert all(type(v) is float for v in (got.eps, got.max, got.min, got.smallest_normal))


def test_finfo_of_bfloat16() -> None:
    info = ig.finfo(ig.bfloat16)
    assert (info.bits, info.eps, info.smallest_normal) == (16, 2.0**-7, 2.0**-126)
    assert info.max == float(ig.asarray(3.3895313892515355e38, dtype=ig.bfloat16))


@pytest.mark.parametrize("name", INTEGERS)
def test_iinfo(name: str) -> None:
    want, got = np.iinfo(name), ig.iinfo(getattr(ig, name))
    assert (got.bits, got.max, got.min, got.dtype) == (want.bits, want.max, want.min, name)


def test_limits_of_other_dtypes() -> None:
    with pytest.raises(TypeError, match="iinfo tells of integers"):
        ig.finfo(ig.int32)
    with pytest.raises(TypeError, match="finfo tells of floating"):
        ig.iinfo(ig.float32)


KINDS = ["bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating", "numeric"]


@pytest.mark.parametrize("name", STANDARD)
def test_isdtype(name: str) -> None:
    ours, theirs = getattr(ig, name), getattr(strict, name)
    for kind in KINDS:
        assert ig.isdtype(ours, kind) is strict.isdtype(theirs, kind)
    for kinds in [("bool", "integral"), ("real floating", "complex floating"), ("bool",)]:
        assert ig.isdtype(ours, kinds) is strict.isdtype(theirs, kinds)
    assert ig.isdtype(ours, (ig.int8, "real floating")) is strict.isdtype(theirs, (strict.int8, "real floating"))
    assert ig.isdtype(ours, ours)


def test_isdtype_refuses_unknown_kinds() -> None:
    with pytest.raises(ValueError, match="unknown kind 'float'"):
        ig.isdtype(ig.float32, "float")
    with pytest.raises(TypeError):
        ig.isdtype(ig.float32, 3)


@pytest.mark.parametrize("a", STANDARD)
@pytest.mark.parametrize("b", STANDARD)
def test_promotion(a: str, b: str) -> None:
    try:
        want = strict.result_type(getattr(strict, a), getattr(strict, b))
    except TypeError:
        return
    assert ig.result_type(getattr(ig, a), getattr(ig, b)) == str(want).rpartition(".")[2]
    assert ig.result_type(ig.zeros(2, dtype=a), getattr(ig, b)) == str(want).rpartition(".")[2]
    if strict.can_cast(getattr(strict, a), getattr(strict, b)):
        assert ig.can_cast(getattr(ig, a), getattr(ig, b))
        assert ig.can_cast(ig.zeros(1, dtype=a), getattr(ig, b))


def test_result_type_of_scalars() -> None:
    assert ig.result_type(ig.int8, 3) == ig.int8
    assert ig.result_type(ig.int8, 3.0) == ig.float32
    assert ig.result_type(3, ig.float64, True) == ig.float64
    assert ig.result_type(1j, ig.float64) == ig.complex128
    assert ig.result_type(ig.ones(2), ig.int64, 1) == ig.float32
    with pytest.raises(ValueError, match="at least one"):
        ig.result_type()


def test_can_cast_narrows_nothing() -> None:
    assert not ig.can_cast(ig.float64, ig.float32)
    assert not ig.can_cast(ig.int16, ig.int8)
    assert not ig.can_cast(ig.complex64, ig.float64)


def test_broadcast_shapes() -> None:
    assert ig.broadcast_shapes((2, 1), (3,), ()) == (2, 3)
    assert ig.broadcast_shapes() == ()
    with pytest.raises(ValueError, match="broadcast"):
        ig.broadcast_shapes((2,), (3,))


def test_namespace_info() -> None:
    info = ig.__array_namespace_info__()
    assert info.capabilities() == {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}
    assert isinstance(info.devices(), tuple)
    assert info.default_device() in info.devices()
    defaults = info.default_dtypes(device=info.default_device())
    assert defaults["real floating"] == ig.asarray(1.0).dtype
    assert defaults["complex floating"] == ig.asarray(1j).dtype
    assert defaults["integral"] == ig.asarray(1).dtype
    assert defaults["indexing"] == ig.argmax(ig.ones(2)).dtype
    assert set(info.dtypes()) == set(STANDARD)
    for kind in [*KINDS, ("bool", "integral")]:
        assert set(info.dtypes(kind=kind)) == set(strict.__array_namespace_info__().dtypes(kind=kind))
    assert ig.zeros((1,) * 64).ndim == info.capabilities()["max dimensions"]


# ---- asarray and the protocols ----


def test_astype_copies_as_asked() -> None:
    x = ig.ones(3)
    assert ig.astype(x, ig.float32, copy=False) is x
    assert x.astype(ig.float32, copy=False) is x
    assert ig.astype(x, ig.int8, copy=False).dtype == ig.int8
    copied = ig.astype(x, ig.float32)
    copied[0] = 5
    assert x.tolist() == [1, 1, 1]
    with pytest.warns(RuntimeWarning, match="imaginary parts"):
        assert ig.astype(ig.array([1 + 2j]), ig.float32).tolist() == [1]


def test_reshape_copies_as_asked() -> None:
    x = ig.arange(6)
    assert ig.reshape(x, (2, 3), copy=False).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert ig.reshape(x[::2], (3, 1), copy=False).tolist() == [[0], [2], [4]]
    assert ig.jit(lambda x: ig.reshape(x.T, (6,), copy=False))(ig.reshape(x, (2, 3))).shape == (6,)
    with pytest.raises(ValueError, match="copy=False"):
        ig.reshape(ig.reshape(x, (2, 3)).T, (6,), copy=False)
    copied = ig.reshape(x, (6,), copy=True)
    copied[0] = 5
    assert x[0].item() == 0


def test_asarray_copies_as_asked() -> None:
    x = ig.ones(3)
    assert ig.asarray(x) is x
    assert ig.asarray(x, copy=False) is x
    assert ig.asarray(x, copy=True) is not x
    assert ig.asarray(x, dtype=ig.int8).dtype == ig.int8
    source = np.ones(3, dtype=np.float32)
    window = ig.asarray(source, copy=False)
    source[0] = 5
    assert float(window[0]) == 5
    for refused in ([1, 2], 3):
        with pytest.raises(ValueError, match="no memory to share"):
            ig.asarray(refused, copy=False)
    with pytest.raises(ValueError, match="without a copy"):
        ig.asarray(x, dtype=ig.int8, copy=False)
    with pytest.raises(ValueError, match="without a copy"):
        ig.asarray(source, dtype=ig.int8, copy=False)


def test_asarray_of_nested_arrays() -> None:
    x = ig.ones(2)
    assert ig.asarray([x, x * 2]).tolist() == [[1, 1], [2, 2]]
    assert ig.asarray([x[0], x[1]]).shape == (2,)
    assert ig.asarray([[x[0], 2.0]]).shape == (1, 2)


def test_dlpack_arguments() -> None:
    x = ig.ones((2, 3))
    assert tuple(x.__dlpack_device__()) == (1, 0)
    for kwargs in (
        {},
        {"stream": None},
        {"max_version": (1, 0)},
        {"max_version": None},
        {"dl_device": (1, 0), "copy": None},
        {"max_version": (2, 0), "copy": True},
    ):
        assert type(x.__dlpack__(**kwargs)).__name__ == "PyCapsule"
    with pytest.raises(BufferError):
        x.__dlpack__(dl_device=(2, 0))
    copied = ig.from_dlpack(x, copy=True, device="cpu")
    assert copied.tolist() == x.tolist()
