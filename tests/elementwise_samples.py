"""Samples of elementwise functions that are compositions of rows, and of activation functions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from draws import Draw
from helpers import FLOATS, INTEGERS
from sample_entries import INEXACT, sample
from scipy import special

import ingot as ig

#: For functions that no gradient flows through: the suite differentiates in float64 only.
UNRECORDED = (*INTEGERS, "float16", "bfloat16", "float32")


def _one(name: str, reference: Callable, domain: str = "any", dtypes: tuple[str, ...] = FLOATS, **options) -> list:
    function = getattr(ig, name)
    return [sample("", lambda x: function(x, **options), reference, Draw((3, 4), domain), dtypes=dtypes)]


def _two(name: str, reference: Callable, domain: str = "any", dtypes: tuple[str, ...] = FLOATS) -> list:
    draws = (Draw((3, 4), domain), Draw((3, 4), domain))
    return [sample("", getattr(ig, name), reference, *draws, dtypes=dtypes)]


def _glu(x: np.ndarray) -> np.ndarray:
    a, b = np.split(x, 2, axis=-1)
    return a / (1 + np.exp(-b))


def _elu(x: np.ndarray, alpha: float, scale: float = 1) -> np.ndarray:
    return scale * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def _softmin(x: np.ndarray) -> np.ndarray:
    e = np.exp(-x)
    return e / e.sum(axis=-1, keepdims=True)


def _gelu_tanh(x: np.ndarray) -> np.ndarray:
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


#: By name: (label, call, NumPy reference, draws, dtypes).
COMPOSITES: dict[str, list[tuple]] = {
    "positive": _one("positive", lambda x: +x, dtypes=INEXACT),
    "fmax": _two("fmax", np.fmax),
    "fmin": _two("fmin", np.fmin),
    "float_power": _two("float_power", np.float_power, "positive", ("float64", "complex128")),
    "ldexp": [sample("", lambda x: ig.ldexp(x, 3), lambda x: x * 8, (3, 4), dtypes=INEXACT)],
    "frexp": [
        sample("mantissa", lambda x: ig.frexp(x)[0], lambda x: np.frexp(x)[0], Draw((3, 4), "nonzero"), dtypes=FLOATS)
    ],
    "lerp": [sample("", ig.lerp, lambda a, b, w: a + w * (b - a), (3, 4), (3, 4), (3, 4), dtypes=INEXACT)],
    "addcmul": [
        sample("", lambda *x: ig.addcmul(*x, value=0.5), lambda x, a, b: x + 0.5 * a * b, (3, 4), (3, 4), (4,))
    ],
    "addcdiv": [
        sample(
            "",
            lambda *x: ig.addcdiv(*x, value=0.5),
            lambda x, a, b: x + 0.5 * a / b,
            (3, 4),
            (3, 4),
            Draw((4,), "nonzero"),
        )
    ],
    "deg2rad": _one("deg2rad", np.deg2rad),
    "rad2deg": _one("rad2deg", np.rad2deg),
    "divide_trunc": [
        sample(
            "",
            lambda x, y: ig.divide(x, y, rounding_mode="trunc"),
            lambda x, y: np.trunc(x / y),
            Draw((3, 4), "nonzero"),
            Draw((3, 4), "nonzero"),
            dtypes=("int8", "int32", "int64", "uint8", "float64"),
        )
    ],
    "logaddexp2": _two("logaddexp2", np.logaddexp2),
    "xlogy": _two("xlogy", special.xlogy, "positive"),
    "xlog1py": _two("xlog1py", special.xlog1py, "positive"),
    "logit_eps": _one("logit", lambda x: special.logit(np.clip(x, 0.1, 0.9)), "probability", ("float64",), eps=0.1),
    "betaln": _two("betaln", special.betaln, "positive", ("float64",)),
    "beta": _two("beta", special.beta, "positive", ("float64",)),
    "heaviside": [
        sample(
            "", lambda x: ig.heaviside(x, 0.5), lambda x: np.heaviside(x, 0.5), Draw((3, 4), "nonzero"), dtypes=FLOATS
        )
    ],
    "nan_to_num": _one("nan_to_num", np.nan_to_num, dtypes=INEXACT),
    "isclose": _two("isclose", np.isclose, dtypes=("int32", "float32", "complex64")),
    "isposinf": _one("isposinf", lambda x: np.zeros(x.shape, bool), dtypes=UNRECORDED),
    "isneginf": _one("isneginf", lambda x: np.zeros(x.shape, bool), dtypes=UNRECORDED),
    "isreal": _one("isreal", np.isreal, dtypes=(*UNRECORDED, "complex64")),
    "angle": _one("angle", np.angle, "nonzero", INEXACT),
    "polar": _two("polar", lambda r, a: r * np.exp(1j * a), "positive", ("float32", "float64")),
    "view_as_real": _one("view_as_real", lambda x: np.stack([x.real, x.imag], -1), dtypes=("complex64", "complex128")),
    "view_as_complex": [
        sample("", ig.view_as_complex, lambda x: x[..., 0] + 1j * x[..., 1], (3, 2), dtypes=("float32", "float64"))
    ],
    "clip_arrays": [
        sample(
            "",
            ig.clip,
            lambda x, low, high: np.minimum(np.maximum(x, low), high),
            Draw((3, 4), "nonzero"),
            Draw((4,), "unit"),
            Draw((3, 1), "above_one"),
            dtypes=(*FLOATS, "int32"),
        )
    ],
    "round_decimals": _one("round", lambda x: np.round(x, 1), "any", ("float64",), decimals=1),
    # Activation functions; samples keep away from their kinks.
    "relu6": _one("relu6", lambda x: np.clip(x, 0, 6), "nonzero", (*FLOATS, *INTEGERS)),
    "leaky_relu": _one("leaky_relu", lambda x: np.where(x > 0, x, 0.2 * x), "nonzero", negative_slope=0.2),
    "elu": _one("elu", lambda x: _elu(x, 0.7), "nonzero", alpha=0.7),
    "selu": _one("selu", lambda x: _elu(x, 1.6732632423543772, 1.0507009873554805), "nonzero"),
    "celu": _one("celu", lambda x: np.where(x > 0, x, 2 * np.expm1(np.minimum(x, 0) / 2)), "nonzero", alpha=2.0),
    "gelu_tanh": _one("gelu", _gelu_tanh, approximate="tanh"),
    "mish": _one("mish", lambda x: x * np.tanh(np.logaddexp(x, 0))),
    "softplus_beta": _one("softplus", lambda x: np.logaddexp(2 * x, 0) / 2, beta=2.0),
    "log_sigmoid": _one("log_sigmoid", lambda x: -np.logaddexp(-x, 0)),
    "hardswish": _one("hardswish", lambda x: x * np.clip(x + 3, 0, 6) / 6),
    "hardsigmoid": _one("hardsigmoid", lambda x: np.clip(x / 6 + 0.5, 0, 1)),
    "hardtanh": _one("hardtanh", lambda x: np.clip(x, -0.25, 2.5), "nonzero", min_val=-0.25, max_val=2.5),
    "hardshrink": _one("hardshrink", lambda x: np.where(np.abs(x) <= 0.2, 0, x), "nonzero", lambd=0.2),
    "softshrink": _one("softshrink", lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.2, 0), "nonzero", lambd=0.2),
    "tanhshrink": _one("tanhshrink", lambda x: x - np.tanh(x)),
    "threshold": _one("threshold", lambda x: np.where(x > 0.1, x, 7), "nonzero", threshold=0.1, value=7.0),
    "step": _one("step", lambda x: (x > 0).astype(x.dtype), "nonzero", UNRECORDED),
    "glu": _one("glu", _glu),
    "prelu": [
        sample(
            "channels",
            ig.prelu,
            lambda x, w: np.where(x > 0, x, w[:, None] * x),
            Draw((2, 3, 4), "nonzero"),
            (3,),
            dtypes=FLOATS,
        )
    ],
    "rrelu": _one("rrelu", lambda x: np.where(x >= 0, x, x * (1 / 8 + 1 / 3) / 2), "nonzero"),
    "softmin": _one("softmin", _softmin),
}
