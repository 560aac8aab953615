"""The standard's zeros, infinities and NaN of complex functions, its signatures, and arguments at ends of ranges."""

from __future__ import annotations

import inspect
import itertools
import math
from typing import Any

import array_api_strict as strict
import numpy as np
import pytest
from test_array_api import EXTENSIONS, STANDARD, function_of

import ingot as ig

INF, NAN, PI = math.inf, math.nan, math.pi

# ---- complex functions at zeros, infinities and NaN ----

#: What a word of the tables below stands for: parts of arguments, any of which may come.
PARTS: dict[str, list[float]] = {
    "finite": [0.0, -0.0, 1.0, -1.0, 0.5, -3.0, 1e30, -1e30, 1e-30],
    "nonzero": [1.0, -1.0, 0.5, -3.0, 1e30, -1e30, 1e-30],
    "positive": [1.0, 0.5, 2.0, 3.0, 1e30, 1e-30],
    "not0": [1.0, -2.0, INF, -INF, NAN],
    "zero": [0.0, -0.0],
    "infinite": [INF, -INF],
    "nan": [NAN],
    "inf": [INF],
    "-inf": [-INF],
    "0": [0.0],
    "-0": [-0.0],
    "1": [1.0],
    "-1": [-1.0],
}
#: Parts of results. "~" stands for either sign; multiples of pi are compared approximately.
RESULTS = {"pi": PI, "pi/2": PI / 2, "pi/4": PI / 4, "3pi/4": 3 * PI / 4, "inf": INF, "0": 0.0, "1": 1.0, "nan": NAN}

#: By function: real and imaginary part of the argument, and of the result.
COMPLEX_CASES = {
    "acos": "zero 0 pi/2 -0, zero nan pi/2 nan, finite inf pi/2 -inf, nonzero nan nan nan, -inf positive pi -inf, "
    "inf positive 0 -inf, -inf inf 3pi/4 -inf, inf inf pi/4 -inf, infinite nan nan ~inf, nan finite nan nan, "
    "nan inf nan -inf, nan nan nan nan",
    "acosh": "zero 0 0 pi/2, finite inf inf pi/2, nonzero nan nan nan, 0 nan nan ~pi/2, -inf positive inf pi, "
    "inf positive inf 0, -inf inf inf 3pi/4, inf inf inf pi/4, infinite nan inf nan, nan finite nan nan, "
    "nan inf inf nan, nan nan nan nan",
    "asinh": "0 0 0 0, positive inf inf pi/2, finite nan nan nan, inf positive inf 0, inf inf inf pi/4, nan 0 nan 0, "
    "nan nonzero nan nan, nan inf ~inf nan, nan nan nan nan",
    "atanh": "0 0 0 0, 0 nan 0 nan, 1 0 inf 0, positive inf 0 pi/2, nonzero nan nan nan, inf positive 0 pi/2, "
    "inf inf 0 pi/2, inf nan 0 nan, nan finite nan nan, nan inf ~0 pi/2, nan nan nan nan",
    "cosh": "0 0 1 0, 0 inf nan ~0, 0 nan nan ~0, nonzero inf nan nan, nonzero nan nan nan, inf 0 inf 0, "
    "inf inf ~inf nan, inf nan inf nan, nan zero nan ~0, nan nonzero nan nan, nan nan nan nan",
    "exp": "zero 0 1 0, finite inf nan nan, finite nan nan nan, inf 0 inf 0, -inf inf 0 0, inf inf inf nan, "
    "-inf nan 0 0, inf nan inf nan, nan 0 nan 0, nan not0 nan nan",
    "expm1": "zero 0 0 0, finite inf nan nan, finite nan nan nan, inf 0 inf 0, -inf inf -1 0, inf inf inf nan, "
    "-inf nan -1 0, inf nan inf nan, nan 0 nan 0, nan not0 nan nan",
    "log": "-0 0 -inf pi, 0 0 -inf 0, finite inf inf pi/2, finite nan nan nan, -inf positive inf pi, "
    "inf positive inf 0, -inf inf inf 3pi/4, inf inf inf pi/4, infinite nan inf nan, nan finite nan nan, "
    "nan inf inf nan, nan nan nan nan",
    "log1p": "-1 0 -inf 0, finite inf inf pi/2, finite nan nan nan, -inf positive inf pi, inf positive inf 0, "
    "-inf inf inf 3pi/4, inf inf inf pi/4, infinite nan inf nan, nan finite nan nan, nan inf inf nan, nan nan nan nan",
    "sign": "zero zero 0 0",
    "sinh": "0 0 0 0, 0 inf ~0 nan, 0 nan ~0 nan, positive inf nan nan, positive nan nan nan, inf 0 inf 0, "
    "inf inf ~inf nan, inf nan ~inf nan, nan 0 nan 0, nan nonzero nan nan, nan nan nan nan",
    "sqrt": "zero 0 0 0, finite inf inf inf, nan inf inf inf, finite nan nan nan, -inf positive 0 inf, "
    "inf positive inf 0, -inf nan nan ~inf, inf nan inf nan, nan finite nan nan, nan nan nan nan",
    "tanh": "0 0 0 0, nonzero inf nan nan, 0 inf 0 nan, nonzero nan nan nan, 0 nan 0 nan, inf positive 1 0, "
    "inf inf 1 ~0, inf nan 1 ~0, nan 0 nan 0, nan nonzero nan nan, nan nan nan nan",
}


def is_part(got: float, word: str) -> bool:
    """True if the part of a result is what the word says, signs of zeros included."""
    any_sign, want = word.startswith("~"), RESULTS[word.lstrip("~-")] * (-1 if word.startswith("-") else 1)
    if math.isnan(want):
        return math.isnan(got)
    if any_sign:
        got, want = abs(got), abs(want)
    same_sign = math.copysign(1, got) == math.copysign(1, want)
    return same_sign and (math.isclose(got, want, rel_tol=1e-6) if "pi" in word else got == want)


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
@pytest.mark.parametrize("name", sorted(COMPLEX_CASES))
def test_complex_special_cases(name: str, dtype: str) -> None:
    for case in COMPLEX_CASES[name].split(", "):
        re, im, want_re, want_im = case.split(" ")
        z = np.array([complex(a, b) for a, b in itertools.product(PARTS[re], PARTS[im])], dtype)
        row = np.repeat(z, 9)  # long enough for kernels that work by vectors
        for argument in (z, row, z[0]):
            for got, at in zip(
                np.atleast_1d(np.asarray(getattr(ig, name)(ig.asarray(argument)))), np.atleast_1d(argument), strict=True
            ):
                right = is_part(float(got.real), want_re) and is_part(float(got.imag), want_im)
                assert right, f"{name}({at}) is {got}, expected {want_re} and {want_im}"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_signs_of_zeros_and_of_nan(dtype: str) -> None:
    zeros = np.array([0.0, -0.0] * 9, dtype)
    assert not np.signbit(np.asarray(ig.sign(ig.asarray(zeros)))).any()
    nans = np.copysign(np.full(2, NAN, dtype), np.array([1, -1], dtype))
    assert np.asarray(ig.signbit(ig.asarray(nans))).tolist() == [False, True]


# ---- signatures ----


def problem_of(signature: inspect.Signature, standard: inspect.Signature) -> str:
    """What of a signature of the standard another one lacks. Names of positional-only parameters are free."""
    ours = list(signature.parameters.values())
    for position, parameter in enumerate(standard.parameters.values()):
        if parameter.kind is parameter.KEYWORD_ONLY:
            named = signature.parameters.get(parameter.name)
            if named is None or named.kind not in (parameter.KEYWORD_ONLY, parameter.POSITIONAL_OR_KEYWORD):
                return f"takes no keyword {parameter.name!r}"
            continue
        if position >= len(ours):
            return f"lacks {parameter.name!r}"
        if parameter.kind is parameter.POSITIONAL_ONLY:
            continue
        if ours[position].kind is not parameter.kind:
            return f"takes {ours[position].name!r} as {ours[position].kind.description}"
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and ours[position].name != parameter.name:
            return f"calls {parameter.name!r} {ours[position].name!r}"
    return ""


@pytest.mark.parametrize("name", [*STANDARD, *EXTENSIONS])
def test_signature_of_function(name: str) -> None:
    ours, standard = function_of(ig, name), function_of(strict, name)
    assert problem_of(inspect.signature(ours), inspect.signature(standard)) == ""


METHODS = [
    name
    for name, value in vars(type(strict.asarray(1))).items()
    if inspect.isfunction(value) and name.startswith("__")
    if name not in ("__init__", "__new__", "__array__", "__buffer__", "__getattribute__", "__hash__")
]


@pytest.mark.parametrize("name", METHODS)
def test_signature_of_method(name: str) -> None:
    ours, standard = getattr(ig.ones((2, 2)), name), getattr(strict.ones((2, 2)), name)
    assert problem_of(inspect.signature(ours), inspect.signature(standard)) == ""


def test_signature_of_to_device() -> None:
    assert str(inspect.signature(ig.ones(1).to_device)) == "(device, /, *, stream=None)"


def test_shapes_by_position_and_by_name() -> None:
    for make in (ig.zeros, ig.ones, ig.empty):
        shapes = [make((2, 3)), make(2, 3), make(shape=(2, 3)), make([2, 3]), make((2, 3), ig.float32)]
        assert {x.shape for x in shapes} == {(2, 3)}
        assert make(()).shape == make().shape == ()
        assert make(4).shape == make(shape=4).shape == (4,)
        with pytest.raises(TypeError):
            make(2, shape=(2, 3))


def test_docstrings_begin_with_typed_signatures_all_the_same() -> None:
    assert (ig.tril.__doc__ or "").startswith("tril(x: ArrayLike, k: ")
    assert str(inspect.signature(ig.tril)) == "(x, k=None, *, diagonal=None)"
    assert str(inspect.signature(ig.ones(1).tril)) == "(k=None, *, diagonal=None)"
    assert inspect.signature(ig.identity) == inspect.signature(ig.eye)  # one function of two names


def functions_of_the_core() -> list[Any]:
    core = ig._core
    return [value for space in (core, core.linalg, core.fft, core.random) for value in vars(space).values()]


def test_every_function_of_the_core_can_be_inspected() -> None:
    functions = [f for f in functions_of_the_core() if inspect.isbuiltin(f)]
    assert len(functions) > 400
    with_one_signature = [f for f in functions if "\nOverloaded function." not in (f.__doc__ or "")]
    assert [f.__name__ for f in with_one_signature if f.__text_signature__ is None] == []
    for function in with_one_signature:
        inspect.signature(function)


# ---- arguments at the ends of their ranges ----


@pytest.mark.parametrize("k", [2**63, 2**70, 2**63 - 1, -(2**63), -(2**90)])
def test_diagonals_as_far_away_as_can_be(k: int) -> None:
    x = ig.ones((2, 3))
    assert ig.eye(2, 3, k=k).sum().item() == 0
    assert ig.tril(x, k=k).sum().item() == (6 if k > 0 else 0)
    assert ig.triu(x, k=k).sum().item() == (0 if k > 0 else 6)
    with pytest.raises(TypeError):
        ig.eye(2, k=1.5)


@pytest.mark.parametrize(("dtype", "low", "high"), [("int64", -(2**63), 2**63 - 1), ("uint64", 0, 2**64 - 1)])
def test_linspace_of_large_integers(dtype: str, low: int, high: int) -> None:
    for start, stop, count in [(low, high, 2), (high, low, 4), (high - 6, high, 7), (low + 1, low + 1, 3), (5, 4, 1)]:
        want = [start + i * (stop - start) // max(count - 1, 1) for i in range(count)]
        assert ig.linspace(start, stop, count, dtype=dtype).tolist() == want
        open_end = ig.linspace(start, stop, count - 1, dtype=dtype, endpoint=False)
        assert open_end.tolist() == want[:-1]
    assert ig.linspace(0, 256, 4, dtype="uint8", endpoint=False).tolist() == [0, 64, 128, 192]
    assert ig.linspace(3, 9, 0, dtype=dtype).shape == (0,)
    with pytest.raises(ValueError, match="256"):
        ig.linspace(0, 256, 3, dtype="uint8")


def test_linspace_of_far_apart_floats() -> None:
    largest = ig.finfo(ig.float64).max
    x = ig.linspace(-largest, largest, 5, dtype=ig.float64)
    np.testing.assert_allclose(np.asarray(x) / largest, [-1, -0.5, 0, 0.5, 1], atol=1e-15)
    assert np.asarray(ig.linspace(0, np.inf, 3))[1:].tolist() == [np.inf, np.inf]


@pytest.mark.parametrize(("shape", "mask"), [((3,), (0,)), ((0, 1), (0, 0)), ((2, 3), (2, 0)), ((2, 3), (0,))])
def test_masks_with_axes_of_length_zero_choose_nothing(shape: tuple[int, ...], mask: tuple[int, ...]) -> None:
    key = np.zeros(mask, bool)
    want = np.ones(shape)[key]
    x = ig.ones(shape)
    assert x[ig.asarray(key)].shape == want.shape
    x[ig.asarray(key)] = 7
    assert (x == 1).all()


@pytest.mark.parametrize(("shape", "mask"), [((3,), (2,)), ((2, 3), (3,)), ((2, 3), (0, 2)), ((2,), (2, 0))])
def test_masks_that_do_not_fit(shape: tuple[int, ...], mask: tuple[int, ...]) -> None:
    with pytest.raises(IndexError):
        ig.ones(shape)[ig.zeros(mask, dtype=ig.bool)]


class OldConsumer:
    """Asks for capsules as before version 1.0 of DLPack."""

    def __init__(self, x: Any, **arguments: Any) -> None:
        self.x, self.arguments = x, arguments

    def __dlpack__(self, **_: Any) -> Any:
        return self.x.__dlpack__(**self.arguments)

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)

    def read(self) -> np.ndarray:
        return np.from_dlpack(self)


def test_dlpack_for_old_consumers_shares_unless_forbidden() -> None:
    x = ig.arange(6).reshape(2, 3)
    old = {"max_version": (0, 8)}
    for arguments, shared in [({}, True), (old, True), ({"copy": True}, False), (old | {"copy": False}, True)]:
        y = OldConsumer(x, **arguments).read()
        assert y.tolist() == [[0, 1, 2], [3, 4, 5]]
        assert np.shares_memory(y, np.asarray(x)) is shared
    assert np.shares_memory(OldConsumer(x.T).read(), np.asarray(x))


def test_dlpack_for_old_consumers_copies_what_they_cannot_have() -> None:
    value = np.arange(6.0, dtype="float32")
    lent = ig.from_numpy(value)
    wide = ig.arange(8)
    for x in (wide[::2], ig.flip(wide), ig.ones(4), ig.array(1.0), ig.array([1.0]), lent):
        y = OldConsumer(x).read()
        assert y.tolist() == x.tolist()
        assert not np.shares_memory(y, np.asarray(x))
        assert np.shares_memory(OldConsumer(x, copy=False).read(), np.asarray(x))
    assert OldConsumer(ig.ones((0, 3))).read().shape == (0, 3)


def test_updates_in_place_leave_what_old_consumers_read() -> None:
    x = ig.arange(6.0)
    y = OldConsumer(x).read()
    x += 1
    x[0] = 9
    ig.eval(x)
    assert y.tolist() == [0, 1, 2, 3, 4, 5]
    assert x.tolist() == [9, 2, 3, 4, 5, 6]


def test_eigenvalues_of_matrices_near_the_ends_of_the_range() -> None:
    for factor in (1e19, 1e-19, 3e37, 1e-37):
        x = ig.asarray(np.array([[2, 1j], [-1j, 2]]) * factor, dtype=ig.complex64)
        w, v = ig.linalg.eig(x)
        np.testing.assert_allclose(np.sort(np.asarray(w).real) / factor, [1, 3], rtol=1e-5)
        np.testing.assert_allclose(np.asarray(x / factor @ v), np.asarray(v * (w / factor)), atol=1e-5)
