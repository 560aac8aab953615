"""`compare`: a gradient derived by hand beside the automatic and the numeric one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ingot import _core
from ingot._core import array
from ingot.autograd import numeric


class ComparedInput(NamedTuple):
    """The gradients by one input. `manual`, `automatic` and `numeric` are arrays of the input's shape."""

    position: int
    manual: array
    automatic: array
    numeric: array
    error: float
    """The largest relative difference between manual and automatic gradient."""
    worst: str
    """The index of the entry where they differ most."""
    values: tuple[complex, complex, complex]
    """Manual, automatic and numeric gradient there."""
    ok: bool


class Comparison:
    """What `compare` found. `ok` tells whether all gradients agree; printed, it is a table."""

    def __init__(self, inputs: tuple[ComparedInput, ...]) -> None:
        self.inputs = inputs
        """One entry for each input that was compared."""

    @property
    def ok(self) -> bool:
        """True if the manual gradient agrees with the automatic one, and that with the numeric one."""
        return all(each.ok for each in self.inputs)

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        header = ("input", "shape", "worst entry", "manual", "automatic", "numeric", "difference", "")
        rows: list[tuple[str, ...]] = [header]
        for each in self.inputs:
            values = tuple(_shown(value) for value in each.values)
            verdict = "agrees" if each.ok else "parts here"
            shape = str(tuple(each.automatic.shape))
            rows.append((str(each.position), shape, each.worst, *values, f"{each.error:.1e}", verdict))
        widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join(lines)

    __repr__ = __str__


def _shown(value: complex) -> str:
    return f"{value:.6g}" if isinstance(value, complex) else f"{float(value):.6g}"


def _widened(x: Any) -> Any:
    if not isinstance(x, array) or not numeric.is_inexact(x):
        return x
    return x.detach().astype(_core.complex128 if numeric.is_complex(x) else _core.float64)


def compare(
    fn: Callable[..., Any],
    manual_grad: Any,
    *inputs: Any,
    eps: float = 1e-6,
    rtol: float | None = None,
    atol: float | None = None,
) -> Comparison:
    """A gradient derived by hand beside the automatic one and finite differences, for `fn(*inputs)`.

    `manual_grad` is a function of the same inputs that returns a gradient for each floating or complex one (for a
    single one: just that), or these gradients themselves. If `fn` does not return a number, the gradient is that of the
    sum of what it returns. Finite differences are computed in float64. Gradients agree within `atol + rtol * size`, by
    default what rounding of their dtype explains.

    Raises ValueError if the number of gradients or a shape is not right.

    Example:
        >>> def loss(w, x):
        ...     return ((x @ w) ** 2).mean()
        >>> def by_hand(w, x):
        ...     return 2 * x.T @ (x @ w) / 2, None
        >>> w, x = ingot.array([1.0, -2.0]), ingot.array([[1.0, 2.0], [3.0, 4.0]])
        >>> ingot.autograd.compare(loss, by_hand, w, x).ok
        True
        >>> print(ingot.autograd.compare(loss, lambda w, x: (2 * x.T @ (x @ w), None), w, x))
        input  shape  worst entry  manual  automatic  numeric  difference
        0      (2,)   [1]          -52     -26        -26      1.0e+00     parts here
    """
    which = [i for i, x in enumerate(inputs) if isinstance(x, array) and numeric.is_inexact(x)]
    if not which:
        raise ValueError("compare: none of the inputs is a floating or complex array")
    given = manual_grad(*inputs) if callable(manual_grad) else manual_grad
    manual = _by_input(given, inputs, which)
    compared = [i for i in which if manual[i] is not None]

    def total(values: Sequence[Any]) -> list[array]:
        result = fn(*values)
        results = result if isinstance(result, (tuple, list)) else (result,)
        sums = [each.sum() for each in results if isinstance(each, array) and numeric.is_inexact(each)]
        if not sums:
            raise ValueError("compare: the function returned no floating or complex array")
        combined = sums[0]
        for further in sums[1:]:
            combined = combined + further
        return [_core.real(combined)]

    def flat(values: list[array]) -> list[array]:
        arguments = [_widened(x) for x in inputs]
        for i, value in zip(compared, values, strict=True):
            arguments[i] = value
        return total(arguments)

    def of_chosen(values: list[array]) -> list[array]:
        arguments = list(inputs)
        for i, value in zip(compared, values, strict=True):
            arguments[i] = value
        return total(arguments)

    at = _core._Linearization(of_chosen, [inputs[i].detach() for i in compared])
    automatic = at.pull_back([_core.ones_like(at.outputs[0])])
    wide = [_widened(inputs[i]) for i in compared]
    rows = numeric.numeric_jacobians(flat, wide, range(len(wide)), eps)[0]
    return Comparison(
        tuple(
            _compared(i, inputs[i], manual[i], automatic[j], rows[j].reshape(-1), rtol, atol)
            for j, i in enumerate(compared)
        )
    )


def _by_input(given: Any, inputs: Sequence[Any], which: Sequence[int]) -> dict[int, Any]:
    """The manual gradients by positions of inputs."""
    gradients = list(given) if isinstance(given, (tuple, list)) else [given]
    if len(gradients) == len(inputs):
        found = {i: gradients[i] for i in which}
    elif len(gradients) == len(which):
        found = dict(zip(which, gradients, strict=True))
    else:
        raise ValueError(
            f"compare: expected a gradient for each of {len(which)} floating inputs (None to leave one out), got "
            f"{len(gradients)}"
        )
    for i, gradient in found.items():
        if gradient is None:
            continue
        found[i] = gradient = gradient if isinstance(gradient, array) else _core.asarray(gradient)
        if gradient.shape != inputs[i].shape:
            raise ValueError(
                f"compare: the manual gradient by input {i} has shape {tuple(gradient.shape)}, but the input has shape "
                f"{tuple(inputs[i].shape)}"
            )
    return found


def _compared(
    position: int, x: array, manual: array, automatic: array, finite: Any, rtol: float | None, atol: float | None
) -> ComparedInput:
    import numpy as np

    by_hand, found = numeric.real_parts(manual.astype(x.dtype)), numeric.real_parts(automatic)
    low = {_core.float16: 2e-2, _core.bfloat16: 1e-1, _core.float32: 2e-4, _core.complex64: 2e-4}
    relative = low.get(x.dtype, 1e-6) if rtol is None else rtol
    size = float(np.max(np.abs(found), initial=0.0))
    absolute = relative * max(size, 1e-6) if atol is None else atol
    apart = np.abs(by_hand - found)
    apart[np.isnan(apart) & ~(np.isnan(by_hand) & np.isnan(found))] = np.inf
    allowed = absolute + relative * np.abs(found)
    # Finite differences carry an error of their own: only a clear contradiction counts against the automatic gradient.
    doubtful = np.abs(found - finite) > 100 * allowed + 1e-5 * max(size, 1.0)
    ok = bool((np.nan_to_num(apart, posinf=np.inf) <= allowed).all() and not doubtful.any())
    flat = int(np.argmax(apart)) if apart.size else 0
    if apart.size and apart[flat] <= allowed[flat] and doubtful.any():
        flat = int(np.argmax(np.abs(found - finite)))

    def value(values: Any) -> complex:
        return float(values[flat]) if values.size else 0.0

    error = float(apart.max(initial=0.0) / max(size, 1e-30)) if apart.size else 0.0
    shape = tuple(x.shape)
    table = finite.view("complex128").reshape(shape) if numeric.is_complex(x) else finite.reshape(shape)
    return ComparedInput(
        position,
        manual,
        automatic,
        _core.array(table),
        error,
        numeric.place(x, flat) if apart.size else "none",
        (value(by_hand), value(found), value(finite)),
        ok,
    )
