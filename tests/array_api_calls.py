"""Calls that the Python Array API standard allows: some for each of its functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Call(NamedTuple):
    """Positional and keyword arguments; NumPy arrays stand for arrays, and `D("name")` for a dtype."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class D(str):
    """The name of a dtype of the namespace."""


def call(*args: Any, **kwargs: Any) -> Call:
    return Call(args, kwargs)


F = np.asarray([[0.5, -1.5, 2.0], [3.0, 0.25, -0.75]])
F32 = F.astype(np.float32)
V = np.asarray([0.5, -1.0, 2.0, 0.0])
U = np.asarray([0.1, 0.4, 0.9])
I32 = np.asarray([[3, 1, 2], [5, 4, 7]], dtype=np.int32)
I64 = I32.astype(np.int64)
U8 = I32.astype(np.uint8)
B = np.asarray([[True, False, True], [False, False, True]])
C = (F + 1j * F[::-1]).astype(np.complex128)
SQUARE = np.asarray([[4.0, 1.0, 0.5], [1.0, 3.0, 0.25], [0.5, 0.25, 2.0]])
BATCH = np.stack([SQUARE, SQUARE * 2 + np.eye(3)])
SIGNAL = np.asarray([0.5, 1.0, -2.0, 0.25, 3.0, -1.0])

_unary_real = ["acos", "asin", "atanh"]
_unary = [
    *("asinh", "atan", "cos", "cosh", "exp", "expm1", "log1p", "sin", "sinh", "tan", "tanh"),
    *("ceil", "floor", "trunc", "round", "square", "sign", "negative", "positive", "abs"),
    *("isfinite", "isinf", "isnan", "reciprocal"),
]

CALLS: dict[str, list[Call]] = {
    # ---- creation ----
    "arange": [
        call(5),
        call(1, 7, 2),
        call(7, 1, -2),
        call(0.5, 3.0, 0.5),
        call(5, dtype=D("float64")),
        call(0, stop=4, step=1, dtype=None, device=None),
        call(3, 3),
        call(5, 1),
        call(0, 5, 2.0),
    ],
    "asarray": [
        call(3),
        call(2.5),
        call(True),
        call(1 + 2j),
        call([[1, 2], [3, 4]]),
        call([1.0, 2]),
        call([]),
        call((1, 2), dtype=D("float64")),
        call(F, dtype=D("float32"), device=None, copy=True),
        call(I32, copy=None),
        call([True, False]),
        call([1, 2j]),
        call(range(3)),
    ],
    "empty": [],
    "empty_like": [],
    "eye": [
        call(3),
        call(2, 3),
        call(2, 3, k=1),
        call(3, 2, k=-1, dtype=D("int32"), device=None),
        call(2, None),
        call(2, k=5),
        call(0),
    ],
    "from_dlpack": [call(F), call(I32), call(F, copy=True), call(F, device=None)],
    "full": [
        call((2, 3), 7),
        call((), 1.5),
        call(3, True),
        call((2,), 2, dtype=D("float64"), device=None),
        call((0, 2), 1j),
        call(shape=(2,), fill_value=3),
    ],
    "full_like": [call(F, 2), call(I32, 3, dtype=D("float64")), call(x=F, fill_value=1.5, dtype=None, device=None)][:2],
    "linspace": [
        call(0, 1, 5),
        call(0.0, 1.0, num=4, endpoint=False),
        call(5, -5, 11, dtype=D("float64"), device=None),
        call(0, 1, 1),
        call(0, 1, 0),
        call(1 + 1j, 2 - 1j, 3),
    ],
    "meshgrid": [call(V, U), call(V, U, indexing="ij"), call(V), call()],
    "ones": [call((2, 3)), call(2), call((), dtype=D("int32"), device=None), call(shape=(1, 2))],
    "ones_like": [call(F), call(F, dtype=D("int8"), device=None)],
    "tril": [call(F), call(SQUARE, k=1), call(BATCH, k=-1)],
    "triu": [call(F), call(SQUARE, k=1), call(BATCH, k=-1)],
    "zeros": [call((2, 3)), call(2), call((), dtype=D("bool"), device=None)],
    "zeros_like": [call(F), call(F, dtype=D("complex64"), device=None)],
    # ---- dtypes ----
    "astype": [call(F, D("float32")), call(I32, D("float64"), copy=False), call(F, D("int32"), device=None)],
    "broadcast_arrays": [call(F, U), call(F)],
    "broadcast_to": [call(U, (2, 3)), call(U, shape=(2, 3))],
    "broadcast_shapes": [call((2, 1), (3,)), call(), call((0, 1), (1, 4))],
    # ---- elementwise ----
    **{
        name: [call(F), call(F32), call(np.abs(F)), call(C)]
        for name in _unary
        if name not in ("ceil", "floor", "trunc")
    },
    **{name: [call(F), call(F32), call(I32)] for name in ("ceil", "floor", "trunc")},
    **{name: [call(U), call(U.astype(np.float32)), call(C)] for name in _unary_real},
    **{name: [call(np.abs(F)), call(C)] for name in ("sqrt", "log", "log2", "log10")},
    "acosh": [call(1 + np.abs(F)), call(C)],
    "signbit": [call(F), call(F32)],
    "logical_not": [call(B)],
    "bitwise_invert": [call(B), call(I32), call(U8)],
    "real": [call(C), call(C.astype(np.complex64))],
    "imag": [call(C), call(C.astype(np.complex64))],
    "conj": [call(C)],
    **{
        name: [call(F, F[::-1]), call(I32, I64), call(F32, 2.0), call(3, I32), call(C, C[::-1]), call(F, U)]
        for name in ("add", "subtract", "multiply", "equal", "not_equal")
    },
    "divide": [call(F, F[::-1]), call(F32, 2.0), call(C, C[::-1]), call(1.0, F)],
    **{
        name: [call(F, F[::-1]), call(I32, I64), call(F32, 2), call(U8, U8[::-1])]
        for name in (
            *("floor_divide", "remainder", "maximum", "minimum"),
            *("less", "less_equal", "greater", "greater_equal"),
        )
    },
    **{name: [call(F, F[::-1]), call(F32, 1.5)] for name in ("atan2", "copysign", "hypot", "logaddexp", "nextafter")},
    "pow": [call(np.abs(F), F), call(I32, 2), call(F32, 2), call(2.0, F), call(C, 2.0)],
    **{name: [call(B, B[::-1]), call(B, True)] for name in ("logical_and", "logical_or", "logical_xor")},
    **{name: [call(I32, I64), call(B, B[::-1]), call(U8, 3)] for name in ("bitwise_and", "bitwise_or", "bitwise_xor")},
    **{name: [call(I32, np.asarray([1, 2, 3])), call(U8, 2)] for name in ("bitwise_left_shift", "bitwise_right_shift")},
    "clip": [
        call(F, -1, 1),
        call(F, min=-1.0),
        call(F, max=1.0),
        call(F, min=None, max=None),
        call(I32, 2, 4),
        call(F, U, 2.0),
        call(F, None, U),
    ],
    # ---- linear algebra ----
    "matmul": [call(F, F.T), call(BATCH, SQUARE), call(V, V), call(I32, I32.T), call(U, SQUARE), call(SQUARE, U)],
    "matrix_transpose": [call(F), call(BATCH)],
    "tensordot": [
        call(SQUARE, SQUARE),
        call(BATCH, SQUARE, axes=1),
        call(F, F, axes=((0, 1), (0, 1))),
        call(U, U, axes=0),
    ],
    "vecdot": [call(F, F), call(F, F, axis=-2), call(C, C), call(F, U)],
    # ---- manipulation ----
    "concat": [call([F, F]), call((F, F), axis=1), call([F, F], axis=None)],
    "expand_dims": [call(F, axis=0), call(F, axis=-1), call(F, axis=(0, 2))],
    "flip": [call(F), call(F, axis=1), call(F, axis=(0, 1)), call(F, axis=None)],
    "moveaxis": [call(BATCH, 0, 2), call(BATCH, (0, 1), (1, 0))],
    "permute_dims": [call(BATCH, (2, 0, 1)), call(BATCH, axes=(0, 2, 1))],
    "repeat": [
        call(F, 2),
        call(F, 2, axis=1),
        call(F, np.asarray([1, 0, 2]), axis=1),
        call(V, np.asarray([1, 2, 0, 1])),
    ],
    "reshape": [call(F, (3, 2)), call(F, shape=(-1,)), call(F, (6,), copy=True), call(F, (2, 3), copy=None)],
    "roll": [call(F, 1), call(F, 1, axis=1), call(F, (1, -1), axis=(0, 1)), call(F, shift=-2)],
    "squeeze": [call(F[None], 0), call(F[None, :, None], axis=(0, 2))],
    "stack": [call([F, F]), call((F, F), axis=-1)],
    "tile": [call(F, (2, 1)), call(F, (2, 1, 2)), call(F, ())],
    "unstack": [call(F), call(F, axis=1), call(BATCH, axis=-1)],
    # ---- searching, sorting, sets ----
    **{
        name: [call(F), call(F, axis=1), call(F, axis=0, keepdims=True), call(I32, axis=None, keepdims=True)]
        for name in ("argmax", "argmin")
    },
    "count_nonzero": [call(F), call(I32, axis=1), call(B, axis=0, keepdims=True), call(F, axis=(0, 1))],
    "nonzero": [call(F), call(B), call(V)],
    "searchsorted": [
        call(U, F),
        call(U, V, side="right"),
        call(U[::-1].copy(), V, sorter=np.asarray([2, 1, 0])),
        call(U, 0.4),
    ],
    "where": [call(B, F, F[::-1]), call(B, F, 0), call(B, 1.0, F32), call(B, I32, I64)],
    "argsort": [call(F), call(F, axis=0, descending=True, stable=True), call(I32, axis=1, stable=True)],
    "sort": [call(F), call(F, axis=0, descending=True, stable=False), call(I32, axis=1), call(U8)],
    "unique_all": [call(I32 % 3)],
    "unique_counts": [call(I32 % 3), call(np.asarray([1.0, np.nan, 1.0, np.nan]))],
    "unique_inverse": [call(I32 % 3)],
    "unique_values": [call(I32 % 3), call(B)],
    "isin": [call(I32, np.asarray([1, 5], dtype=np.int32)), call(I32, I32), call(I32, 3)],
    "take": [call(V, np.asarray([2, 0])), call(F, np.asarray([1, 1]), axis=0), call(F, np.asarray([-1]), axis=1)],
    "take_along_axis": [call(F, np.asarray([[0, 2], [1, -1]])), call(F, np.asarray([[0, 1, 1]]), axis=0)],
    # ---- statistics and utilities ----
    **{
        name: [
            call(F),
            call(F, axis=0),
            call(F, axis=(0, 1), keepdims=True),
            call(F32, axis=-1),
            call(I32, axis=0),
            call(F, axis=()),
        ]
        for name in ("max", "min")
    },
    "mean": [call(F), call(F, axis=0), call(F32, axis=(0, 1), keepdims=True), call(C), call(F, axis=())],
    **{
        name: [
            call(F),
            call(F, axis=0, dtype=D("float64"), keepdims=True),
            call(F32, axis=-1),
            call(I32),
            call(U8, axis=1),
            call(I64, axis=(0, 1)),
            call(C, axis=0),
            call(I32, dtype=D("float64")),
            call(F, axis=()),
        ]
        for name in ("sum", "prod")
    },
    **{
        name: [
            call(F),
            call(F, axis=0, correction=1),
            call(F32, axis=-1, correction=0.5, keepdims=True),
            call(F, axis=(0, 1)),
        ]
        for name in ("std", "var")
    },
    **{
        name: [
            call(V),
            call(F, axis=1),
            call(F, axis=0, include_initial=True),
            call(I32, axis=-1),
            call(U8, axis=0, dtype=D("int64")),
        ]
        for name in ("cumulative_sum", "cumulative_prod")
    },
    **{
        name: [call(B), call(B, axis=0), call(F, axis=(0, 1), keepdims=True), call(I32, axis=())]
        for name in ("all", "any")
    },
    "diff": [
        call(F),
        call(F, axis=0, n=1),
        call(F, n=2),
        call(F, prepend=F[:, :1], append=F[:, :2]),
        call(I32, n=0),
    ],
    # ---- extensions ----
    "linalg.cholesky": [call(SQUARE), call(BATCH), call(SQUARE, upper=True)],
    "linalg.cross": [call(U, V[:3]), call(F, F[::-1], axis=-1)],
    "linalg.det": [call(SQUARE), call(BATCH)],
    "linalg.diagonal": [call(SQUARE), call(F, offset=1), call(BATCH, offset=-1)],
    "linalg.eigh": [call(SQUARE), call(BATCH)],
    "linalg.eigvalsh": [call(SQUARE), call(BATCH)],
    "linalg.eig": [call(SQUARE)],
    "linalg.eigvals": [call(SQUARE)],
    "linalg.inv": [call(SQUARE), call(BATCH), call(SQUARE.astype(np.float32))],
    "linalg.matmul": [call(F, F.T)],
    "linalg.matrix_norm": [
        call(F),
        call(BATCH, keepdims=True),
        *(call(F, ord=o) for o in (1, -1, 2, -2, np.inf, -np.inf, "fro", "nuc")),
    ],
    "linalg.matrix_power": [call(SQUARE, 3), call(SQUARE, 0), call(SQUARE, -2)],
    "linalg.matrix_rank": [call(SQUARE), call(F), call(BATCH, rtol=1e-3), call(np.ones((3, 3)))],
    "linalg.matrix_transpose": [call(F)],
    "linalg.outer": [call(U, V)],
    "linalg.pinv": [call(F), call(SQUARE, rtol=1e-6)],
    "linalg.qr": [call(SQUARE), call(F), call(F.T.copy(), mode="reduced"), call(F.T.copy(), mode="complete")],
    "linalg.slogdet": [call(SQUARE), call(BATCH)],
    "linalg.solve": [call(SQUARE, U), call(SQUARE, F.T.copy()), call(BATCH, F.T.copy())],
    "linalg.svd": [call(F), call(F, full_matrices=False), call(BATCH)],
    "linalg.svdvals": [call(F), call(BATCH)],
    "linalg.tensordot": [call(F, F.T.copy(), axes=1)],
    "linalg.trace": [call(SQUARE), call(BATCH, offset=1), call(I32[:, :2], dtype=D("int64"))],
    "linalg.vecdot": [call(F, F)],
    "linalg.vector_norm": [
        call(F),
        call(F, axis=0),
        call(F, axis=(0, 1), keepdims=True),
        *(call(V, ord=o) for o in (0, 1, 2, 3, np.inf, -np.inf, 0.5)),
    ],
    **{
        f"fft.{name}": [
            call(SIGNAL + 1j * SIGNAL),
            call(SIGNAL + 1j, n=4),
            call(SIGNAL + 1j, n=8, axis=0, norm="ortho"),
        ]
        for name in ("fft", "ifft", "hfft", "irfft")
    },
    **{f"fft.{name}": [call(SIGNAL), call(SIGNAL, n=4), call(F, axis=0, norm="forward")] for name in ("rfft", "ihfft")},
    **{
        f"fft.{name}": [call(C), call(C, s=(2, 4), axes=(0, 1)), call(C, axes=(1,), norm="ortho")]
        for name in ("fftn", "ifftn", "irfftn")
    },
    "fft.rfftn": [call(F), call(F, s=(2, 4), axes=(0, 1)), call(F, axes=(1,), norm="ortho")],
    "fft.fftfreq": [call(5), call(6, d=0.5), call(4, dtype=D("float64"), device=None)],
    "fft.rfftfreq": [call(5), call(6, d=0.5), call(4, dtype=D("float64"), device=None)],
    "fft.fftshift": [call(SIGNAL), call(F, axes=0), call(F, axes=(0, 1))],
    "fft.ifftshift": [call(SIGNAL), call(F, axes=0), call(F, axes=(0, 1))],
}

#: Results that are determined up to signs, phases or order: what is compared instead.
CANONICAL: dict[str, Callable[..., Any]] = {
    "linalg.eigh": lambda args, out: (out[0], _outer(out[1], out[0])),
    "linalg.eig": lambda args, out: (np.sort_complex(np.asarray(out[0])),),
    "linalg.eigvals": lambda args, out: (np.sort_complex(np.asarray(out)),),
    "linalg.qr": lambda args, out: (out[0] @ out[1], np.abs(out[0]), np.abs(out[1])),
    "linalg.svd": lambda args, out: (out[1], np.abs(out[0][..., : out[1].shape[-1]]), np.abs(out[2])),
}


def _outer(vectors: np.ndarray, values: np.ndarray) -> np.ndarray:
    return (vectors * values[..., None, :]) @ np.swapaxes(np.conj(vectors), -1, -2)
