"""Special values: signed zeros, infinities, NaN, branch cuts and the ends of ranges, as NumPy and the standard say."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from helpers import array_of, leaf, numpy_of
from scipy import special

import ingot as ig

INF, NAN = np.inf, np.nan
REALS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.5, 3.0, 100.0, -100.0, 1e-310, -1e-310, 1e300, -1e300, INF, -INF, NAN]

UNARY = ["abs", "sign", "square", "reciprocal", "sqrt", "cbrt", "exp", "exp2", "expm1", "log", "log1p", "log2",
         "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
         "floor", "ceil", "round", "trunc", "isnan", "isinf", "isfinite", "signbit", "isposinf", "isneginf",
         "isreal", "nan_to_num", "angle", "positive", "negative"]  # fmt: skip
BINARY = ["add", "subtract", "multiply", "divide", "maximum", "minimum", "fmax", "fmin", "fmod", "remainder",
          "pow", "atan2", "hypot", "copysign", "logaddexp", "logaddexp2", "nextafter", "heaviside", "less",
          "equal"]  # fmt: skip
NUMPY_NAMES = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh",
               "atanh": "arctanh", "pow": "power", "atan2": "arctan2"}  # fmt: skip


def numpy_function(name: str):
    return getattr(np, NUMPY_NAMES.get(name, name))


def assert_same(got: np.ndarray, want: np.ndarray, inputs: object) -> None:
    """The same numbers, NaN and signs of zeros; others up to rounding."""
    for part in (np.real, np.imag) if want.dtype.kind == "c" else (np.asarray,):
        a, b = part(got), part(want)
        np.testing.assert_allclose(a, b, rtol=1e-6, atol=0, err_msg=str(inputs))
        zeros = b == 0
        assert (np.signbit(a) == np.signbit(b))[zeros].all(), f"sign of zero at {inputs}: {a} for {b}"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", UNARY)
def test_real_functions(name: str, dtype: str) -> None:
    with np.errstate(all="ignore"):
        x = np.array(REALS).astype(dtype)
        got, want = numpy_of(getattr(ig, name)(ig.array(x))), numpy_function(name)(x)
    assert_same(got, want, x)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", BINARY)
def test_real_functions_of_two(name: str, dtype: str) -> None:
    x, y = (np.array(v) for v in zip(*itertools.product(REALS, REALS), strict=True))
    with np.errstate(all="ignore"):
        x, y = x.astype(dtype), y.astype(dtype)
        got, want = numpy_of(getattr(ig, name)(ig.array(x), ig.array(y))), numpy_function(name)(x, y)
    for i in range(x.size):
        either_zero = name in ("maximum", "minimum", "fmax", "fmin") and x[i] == y[i] == 0
        if not either_zero:
            assert_same(got[i : i + 1], want[i : i + 1], (x[i], y[i]))


def test_floor_divide_as_the_standard_has_it() -> None:
    cases = [(0.0, 2, 0.0), (-0.0, 2, -0.0), (0.0, -2, -0.0), (-0.0, -2, 0.0), (1, 0.0, INF), (1, -0.0, -INF),
             (-1, 0.0, -INF), (-1, -0.0, INF), (INF, 2, INF), (INF, -2, -INF), (-INF, 2, -INF), (-INF, -2, INF),
             (1, INF, 0.0), (1, -INF, -0.0), (-1, INF, -0.0), (-1, -INF, 0.0), (INF, INF, NAN), (0, 0.0, NAN),
             (NAN, 1, NAN), (1, 0.1, 9), (7, -2, -4)]  # fmt: skip
    x, y, want = (np.array(column, "float64") for column in zip(*cases, strict=True))
    assert_same(numpy_of(ig.floor_divide(ig.array(x), ig.array(y))), want, cases)


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
@pytest.mark.parametrize("count", [1, 3, 8, 21])
def test_complex_division_by_zero_and_infinity(dtype: str, count: int) -> None:
    """As C does it, and the same wherever in a row the numbers are."""
    cases = [(1 + 1j, 0.0, complex(INF, INF)), (-1 + 2j, 0.0, complex(-INF, INF)), (1 + 1j, -0.0, complex(-INF, -INF)),
             (2 + 1j, INF, 0j), (2 + 1j, complex(INF, INF), 0j), (1e30 + 1e30j, 1e30 + 1e30j, 1 + 0j)]  # fmt: skip
    for x, y, want in cases:
        row, other = ig.array(np.full(count, x), dtype=dtype), ig.array(np.full(count, y), dtype=dtype)
        for got in (row / other, row / other[0], (row[None] / other)[0]):
            np.testing.assert_array_equal(numpy_of(got), np.full(count, want, dtype), err_msg=f"{x} / {y}")


COMPLEX_UNARY = ["sqrt", "exp", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan",
                 "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "square", "reciprocal", "abs", "conj", "isnan",
                 "isinf", "isfinite", "negative", "angle", "sign"]  # fmt: skip


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
@pytest.mark.parametrize("name", COMPLEX_UNARY)
def test_complex_functions_on_both_sides_of_their_cuts(name: str, dtype: str) -> None:
    values = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, -2.0, 30.0, -30.0]
    z = np.array([complex(a, b) for a, b in itertools.product(values, values)]).astype(dtype)
    with np.errstate(all="ignore"):
        got, want = numpy_of(getattr(ig, name)(ig.array(z))), numpy_function(name)(z.astype("complex128"))
    finite = np.isfinite(want)
    for i in np.flatnonzero(finite):
        tolerance = 3e-6 if dtype == "complex64" else 1e-13
        np.testing.assert_allclose(
            got[i], want[i], rtol=tolerance, atol=tolerance * abs(want[i]), err_msg=f"{name}({z[i]})"
        )


@pytest.mark.parametrize("name", ["sqrt", "log", "asin", "acos", "atan", "asinh", "acosh", "atanh"])
def test_the_sign_of_zero_chooses_the_side_of_a_cut(name: str) -> None:
    on_axes = [complex(a, b) for a, b in itertools.product([-3.0, 3.0], [0.0, -0.0])]
    on_axes += [complex(b, a) for a, b in itertools.product([-3.0, 3.0], [0.0, -0.0])]
    z = np.array(on_axes)
    assert_same(numpy_of(getattr(ig, name)(ig.array(z))), numpy_function(name)(z), z)


@pytest.mark.parametrize("name", ["sqrt", "exp", "log", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"])
def test_complex_infinities(name: str) -> None:
    values = [0.0, -0.0, 1.0, -1.0, INF, -INF]
    z = np.array([complex(a, b) for a, b in itertools.product(values, values) if np.isinf(a) or np.isinf(b)])
    with np.errstate(all="ignore"):
        got, want = numpy_of(getattr(ig, name)(ig.array(z))), numpy_function(name)(z)
    for a, b, at in zip(got, want, z, strict=True):
        # Signs of zeros and of infinities are unspecified in several of these places.
        for part in (np.real, np.imag):
            x, y = abs(part(a)), abs(part(b))
            assert x == pytest.approx(y, rel=1e-12, nan_ok=True), f"{name}({at}) is {a}, not {b}"


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
def test_expm1_keeps_small_imaginary_parts(dtype: str) -> None:
    z = np.array([-15 + 1j, -20 + 1e-5j, -40 - 2j, -80 + 0.5j, 3 + 1e-20j], dtype)
    want = np.exp(z.real.astype("float64")) * np.sin(z.imag.astype("float64"))
    got = numpy_of(ig.expm1(ig.array(z)).imag)
    np.testing.assert_allclose(got, want, rtol=1e-6 if dtype == "complex64" else 1e-15)


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
def test_complex_quotients_of_large_numbers(dtype: str) -> None:
    large = 1e30 if dtype == "complex64" else 1e300
    z = np.array([complex(large, large), complex(large, -large / 2), complex(1 / large, 1 / large)]).astype(dtype)
    np.testing.assert_allclose(numpy_of(ig.array(z) / ig.array(z)), [1, 1, 1], rtol=1e-6)
    np.testing.assert_allclose(numpy_of(ig.reciprocal(ig.array(z)) * ig.array(z)), [1, 1, 1], rtol=1e-6)


def test_complex_logarithm_of_what_is_far_from_one_and_near_zero() -> None:
    z = np.array([1e200, 1e200j, -1 + 1e-9j, 1e-20 + 1e-20j])
    want = np.array([np.log(1e200), np.log(1e200) + 0.5j * np.pi, np.log(1e-9) + 0.5j * np.pi, 1e-20 + 1e-20j])
    np.testing.assert_allclose(numpy_of(ig.log1p(ig.array(z))), want, rtol=1e-14)


def test_complex_from_parts() -> None:
    re, im = np.array([1.0, -0.0, INF, NAN]), np.array([INF, -0.0, NAN, 2.0])
    z = numpy_of(ig.complex(ig.array(re), ig.array(im)))
    assert_same(z.real, re, re)
    assert_same(z.imag, im, im)
    assert ig.complex(ig.array([1, 2]), 3).dtype == ig.complex64
    with pytest.raises(TypeError):
        ig.complex(ig.array([1j]), 1.0)
    back = numpy_of(ig.view_as_complex(ig.view_as_real(ig.array(z))))
    assert_same(back, z, z)
    with pytest.raises(ValueError, match="last axis"):
        ig.view_as_complex(ig.ones((2, 3)))


def test_integer_powers_and_shifts() -> None:
    base, exponent = np.array([2, -2, 3, 0, -1, 7], "int32"), np.array([31, 3, 0, 0, 5, 11], "int32")
    assert numpy_of(ig.pow(ig.array(base), ig.array(exponent))).tolist() == np.power(base, exponent).tolist()
    with pytest.raises(ValueError, match="negative integer power"):
        ig.array([2]) ** -1
    x = ig.array(np.array([1, -1, 64], "int8"))
    assert (x << ig.array(np.array([7, 1, 2], "int8"))).tolist() == [-128, -2, 0]
    assert (x << ig.array(np.array([8, 100, 127], "int8"))).tolist() == [0, 0, 0]
    assert (x >> ig.array(np.array([8, 100, 6], "int8"))).tolist() == [0, -1, 1]


@pytest.mark.parametrize("dtype", ["int8", "int64", "uint8", "uint64"])
def test_integers_at_the_ends_of_their_range(dtype: str) -> None:
    limits = np.iinfo(dtype)
    values = [v for v in (limits.min, limits.min + 1, -1, 0, 1, 12, limits.max) if limits.min <= v <= limits.max]
    x, y = (np.array(v, dtype) for v in zip(*itertools.product(values, values), strict=True))
    with np.errstate(all="ignore"):
        nonzero = y != 0
        for name in ("fmod", "remainder", "floor_divide"):
            got, want = numpy_of(getattr(ig, name)(ig.array(x), ig.array(y))), getattr(np, name)(x, y)
            assert (got == want)[nonzero].all(), name
            assert (got[~nonzero] == 0).all()
        if limits.min == 0:
            for name in ("gcd", "lcm"):
                assert (numpy_of(getattr(ig, name)(ig.array(x), ig.array(y))) == getattr(np, name)(x, y)).all(), name
    assert ig.bitwise_count(ig.array(x)).tolist() == np.bitwise_count(x).tolist()


def test_clip() -> None:
    x = ig.array(np.array([-1.0, 0.5, 2.0, NAN], "float32"))
    assert numpy_of(ig.clip(x, 0, 1)).tolist()[:3] == [0.0, 0.5, 1.0]
    assert np.isnan(numpy_of(ig.clip(x, 0, 1))[3])
    assert ig.clip(x, ig.array(np.zeros(4)), None).dtype == ig.float32
    assert np.isnan(numpy_of(ig.clip(x, NAN, None))).all()
    assert np.isnan(numpy_of(ig.clip(x, None, ig.array([NAN, 1.0, NAN, 1.0])))).tolist() == [True, False, True, True]
    small = ig.array(np.array([-100, 3, 100], "int8"))
    bounded = ig.clip(small, ig.array(np.array(-5, "int64")), ig.array(np.array(5, "int64")))
    assert bounded.dtype == ig.int8 and bounded.tolist() == [-5, 3, 5]
    assert ig.clip(small, 0.5, None).dtype == ig.float32
    big = ig.array(np.array([2**63 + 1, 5], "uint64"))
    assert ig.clip(big, ig.array(np.array(7, "int64")), None).tolist() == [2**63 + 1, 7]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_nextafter_and_frexp_at_the_ends(dtype: str) -> None:
    info = np.finfo(dtype)
    values = np.array([0, -0.0, 1, -1, 2, 0.75, info.tiny, -info.tiny, info.smallest_subnormal, info.max, -info.max,
                       INF, -INF, NAN, 3 * info.smallest_subnormal], dtype)  # fmt: skip
    x, y = (np.array(v, dtype) for v in zip(*itertools.product(values, values), strict=True))
    with np.errstate(all="ignore"):
        got, want = numpy_of(ig.nextafter(ig.array(x), ig.array(y))), np.nextafter(x, y)
    # C gives the second of two equal zeros; NumPy's float16 the first.
    assert_same(got, np.where((x == 0) & (y == 0), y, want), (x, y))
    finite = values[np.isfinite(values)]
    mantissa, exponent = ig.frexp(ig.array(finite))
    want, power = np.frexp(finite)
    assert numpy_of(mantissa).tolist() == want.tolist()
    assert exponent.dtype == ig.int32 and exponent.tolist() == power.tolist()
    assert numpy_of(ig.ldexp(mantissa, exponent)).tolist() == finite.tolist()


def test_nextafter_in_bfloat16() -> None:
    x = array_of(np.array([1.0, 2.0, 0.0]), "bfloat16")
    assert numpy_of(ig.nextafter(x, ig.zeros_like(x) - 1)).tolist() == [1 - 2**-8, 2 - 2**-7, -(2.0**-133)]


def test_comparisons_of_whole_arrays() -> None:
    x, y = ig.array([1.0, INF, NAN]), ig.array([1.0 + 1e-7, INF, NAN])
    assert ig.isclose(x, y).tolist() == [True, True, False]
    assert bool(ig.allclose(x, y, equal_nan=True)) and not bool(ig.allclose(x, y))
    assert ig.isclose(ig.array([INF]), 1.0).tolist() == [False]
    assert bool(ig.array_equal(x, x, equal_nan=True)) and not bool(ig.array_equal(x, x))
    assert not bool(ig.array_equal(ig.ones(2), ig.ones(3)))
    assert ig.isclose(ig.array(np.array([0, 255], "uint8")), ig.array(np.array([1, 255], "uint8"))).tolist() == [
        False,
        True,
    ]


def test_gradients_at_the_awkward_places() -> None:
    for function, at in (
        (ig.xlogy, (0.0, 0.0)),
        (ig.hypot, (0.0, 0.0)),
        (ig.atan2, (0.0, 0.0)),
        (ig.logaddexp2, (INF, INF)),
    ):
        x, y = leaf(at[0]), leaf(at[1])
        function(x, y).backward()
        assert np.isfinite([x.grad.item(), y.grad.item()]).all(), function.__name__
    x = leaf([1000.0, -1000.0])
    for function in (ig.elu, ig.selu, ig.celu, ig.softplus, ig.mish, ig.log_sigmoid, ig.silu, ig.gelu):
        x.grad = None
        function(x).sum().backward()
        assert np.isfinite(numpy_of(x.grad)).all(), function.__name__
    for function, want in ((ig.sinc, 0.0), (ig.i0, 0.0), (ig.i1, 0.5), (ig.i1e, 0.5)):
        z = leaf(0.0)
        function(z).backward()
        assert z.grad.item() == pytest.approx(want)


def test_gammainc_has_no_derivative_by_its_parameter() -> None:
    a, x = leaf(2.0), ig.array(1.0, dtype=ig.float64)
    with pytest.raises(RuntimeError, match="gammainc: there is no derivative"):
        ig.gammainc(a, x).backward()


@pytest.mark.parametrize("weight", [0.0, 0.25, 0.5, 1.0, -2.0, NAN])
def test_lerp_by_a_number_is_lerp_by_an_array(weight: float) -> None:
    start, end = ig.array([0.1, -3.0, 1e30]), ig.array([0.7, 5.0, -1e30])
    got, want = ig.lerp(start, end, weight), ig.lerp(start, end, ig.array(weight))
    np.testing.assert_array_equal(numpy_of(got), numpy_of(want))
    assert ig.lerp(ig.array([0, 4]), 8, 0.25).tolist() == [2.0, 5.0]


def test_functions_in_place() -> None:
    x = ig.array([-1.0, 2.0])
    assert ig.nn.functional.relu(x, inplace=True) is x
    assert x.tolist() == [0.0, 2.0]
    with pytest.raises(ValueError, match="approximate"):
        ig.nn.functional.gelu(x, approximate="none at all")


def test_values_beyond_numpy() -> None:
    """Where SciPy has limits, or another convention."""
    assert ig.sinc(ig.array([0.0, 1.0, 2.0, INF])).tolist() == [1.0, 0.0, 0.0, 0.0]
    assert np.isnan(ig.sinc(ig.array(NAN)).item())
    near = np.array([0.5, -1.5, 2.5, 1 + 2**-20, -3 - 2**-40, 1e6 + 0.25, -1e15 + 0.5, 1e300, 1e-300])
    rest = near - np.rint(near)
    want = np.sin(np.pi * rest) * np.where(np.rint(near) % 2 == 0, 1, -1) / (np.pi * near)
    np.testing.assert_allclose(numpy_of(ig.sinc(ig.array(near))), want, rtol=1e-15)
    assert numpy_of(ig.gamma(ig.array([0.0, -0.0, 5.0]))).tolist() == [INF, -INF, 24.0]
    assert np.isnan(numpy_of(ig.gamma(ig.array([-1.0, -2.0])))).all()
    assert ig.polygamma(1, ig.array([0.0, -1.0])).tolist() == [INF, INF]
    assert ig.array([1.0]).polygamma(1).item() == pytest.approx(np.pi**2 / 6, rel=1e-6)
    with pytest.raises(TypeError):
        ig.positive(ig.array([True]))


@pytest.mark.parametrize(("n", "x"), [(101, 2.0), (150, 30.5), (170, 180.0), (200, 160.0), (1000, 900.0)])
def test_polygamma_of_high_order_is_by_logarithms(n: int, x: float) -> None:
    """Against the sum of (x + k)^-(n + 1) with its largest term taken out."""
    scaled = sum(np.exp((n + 1) * np.log(x / (x + k))) for k in range(2000))
    logarithm = special.gammaln(n + 1) - (n + 1) * np.log(x) + np.log(scaled)
    want = (-1) ** (n + 1) * np.exp(logarithm) if logarithm < 709 else (-1) ** (n + 1) * INF
    assert ig.polygamma(n, ig.array(x, dtype=ig.float64)).item() == pytest.approx(want, rel=1e-10)


def test_incomplete_gamma_of_very_small_and_very_large_arguments() -> None:
    a = np.array([1e-30, 1e-10, 1e-4, 2e-3, 0.05, 1e13, 1e13, 1e30])
    x = np.array([1e-30, 1e-3, 0.1, 1e-8, 0.2, 1e13 + 4e6, 1e13 - 4e6, 1e30])
    ours = [function(ig.array(a), ig.array(x)).numpy() for function in (ig.gammainc, ig.gammaincc)]
    np.testing.assert_allclose(ours[0], special.gammainc(a, x), rtol=1e-9)
    np.testing.assert_allclose(ours[1], special.gammaincc(a, x), rtol=1e-9)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ["fmod", "remainder", "floor_divide"])
def test_division_with_a_remainder_is_exact(name: str, dtype: str) -> None:
    """Beside whole multiples, where a quotient is rounded up to a whole number, and far beyond where it has digits."""
    rng = np.random.default_rng(7)
    y = (rng.normal(size=4096) * 10.0 ** rng.integers(-30, 30, 4096)).astype(dtype)
    x = (y * rng.integers(0, 1 << 26, 4096)).astype(dtype)
    pairs = [(np.nextafter(x, way).astype(dtype), y) for way in (-np.inf, np.inf)] + [(x, y), (-x, y), (x, y[::-1])]
    for a, b in pairs:
        with np.errstate(all="ignore"):
            np.testing.assert_array_equal(
                numpy_of(getattr(ig, name)(ig.array(a), ig.array(b))), getattr(np, name)(a, b), f"{name}"
            )


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16"])
@pytest.mark.parametrize("bounds", [(-1.0, 1.0), (0.0, 2.0), (-0.0, INF), (NAN, 1.0), (-1.0, NAN)])
def test_bounds_are_the_same_bits_with_and_without_a_gradient(bounds: tuple[float, float], dtype: str) -> None:
    values = np.array([v for v in REALS if abs(v) <= 100 or not np.isfinite(v)], dtype)
    functions = [lambda x: ig.clip(x, *bounds), lambda x: ig.clip(x, bounds[0]), lambda x: ig.clip(x, None, bounds[1])]
    if bounds[0] <= bounds[1]:
        functions.append(lambda x: ig.nn.functional.hardtanh(x, *bounds))
    for f in functions:
        plain, recorded = numpy_of(f(ig.array(values))), numpy_of(f(ig.array(values).requires_grad_()).detach())
        assert plain.dtype == recorded.dtype == values.dtype
        np.testing.assert_array_equal(plain, recorded)
        np.testing.assert_array_equal(np.signbit(plain), np.signbit(recorded))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("columns", [1, 3, 16, 64, 65, 1000])
def test_a_nan_anywhere_is_the_largest_and_the_smallest(columns: int, dtype: str) -> None:
    x = np.random.default_rng(columns).standard_normal((columns + 1, columns)).astype(dtype)
    np.fill_diagonal(x, NAN)
    for name in ("max", "min"):
        for axis in (0, 1, None):
            with np.errstate(invalid="ignore"):
                expected = getattr(np, name)(x, axis=axis)
            np.testing.assert_array_equal(numpy_of(getattr(ig, name)(ig.array(x), axis=axis)), expected)
