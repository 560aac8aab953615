"""How the samples of operations are written down: as tuples of a label, call, NumPy reference, draws and dtypes."""

from __future__ import annotations

from collections.abc import Callable

from draws import Draw
from helpers import COMPLEX, FLOATS, INTEGERS

import ingot as ig

INEXACT = (*FLOATS, *COMPLEX)
SUMMABLE = (*INTEGERS, *INEXACT)


def sample(
    label: str, call: Callable, reference: Callable, *draws: Draw | tuple[int, ...], dtypes: tuple[str, ...] = INEXACT
) -> tuple:
    return label, call, reference, tuple(d if isinstance(d, Draw) else Draw(d) for d in draws), dtypes


def gradient(function: Callable, argnum: int) -> Callable:
    """The gradient of `function` by one argument, as a function of its arguments and the cotangent of the result."""

    def pull(*operands):
        *arguments, cotangent = operands
        varying = [i for i, x in enumerate(arguments) if x.dtype == cotangent.dtype]

        def of_varying(*moved):
            full = list(arguments)
            for i, x in zip(varying, moved, strict=True):
                full[i] = x
            return function(*full)

        _, gradients = ig.vjp(of_varying, [arguments[i] for i in varying], [cotangent])
        return gradients[varying.index(argnum)]

    return pull
