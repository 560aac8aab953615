"""`gradcheck` and `gradgradcheck`: automatic derivatives against finite differences."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

from ingot import _core
from ingot._core import array
from ingot.autograd import numeric


class GradcheckError(RuntimeError):
    """Automatic and numeric derivatives differ; the message shows the worst entry."""


def _as_tuple(values: Any) -> tuple[Any, ...]:
    return tuple(values) if isinstance(values, (tuple, list)) else (values,)


def _outputs(result: Any) -> list[array]:
    outputs = [each for each in _as_tuple(result) if isinstance(each, array) and numeric.is_inexact(each)]
    if not outputs:
        raise ValueError("gradcheck: the function returned no floating or complex array")
    return outputs


def _positions(inputs: Sequence[Any], who: str) -> list[int]:
    """Which inputs are checked: those that require grad, or all that could if none does."""
    able = [i for i, x in enumerate(inputs) if isinstance(x, array) and numeric.is_inexact(x)]
    if not able:
        raise ValueError(f"{who}: none of the inputs is a floating or complex array")
    which = [i for i in able if inputs[i].requires_grad] or able
    low = [i for i in which if inputs[i].dtype not in (_core.float64, _core.complex128)]
    if low:
        warnings.warn(
            f"{who}: input {low[0]} is {inputs[low[0]].dtype}; finite differences need float64 or complex128, others "
            "are likely to fail",
            UserWarning,
            stacklevel=4,
        )
    return which


def _check_entries(what: str, k: int, position: int, y: array, x: array, tables: Any, atol: float, rtol: float) -> None:
    import numpy as np

    automatic, finite = tables
    if automatic.size == 0:
        return
    with np.errstate(invalid="ignore"):
        excess = np.abs(automatic - finite) - (atol + rtol * np.abs(finite))
    excess[np.isnan(excess) & ~(np.isnan(automatic) & np.isnan(finite))] = np.inf
    excess[(automatic == finite) | (np.isnan(automatic) & np.isnan(finite))] = -np.inf
    wrong = int((excess > 0).sum())
    if not wrong:
        return
    row, column = (int(i) for i in np.unravel_index(int(np.argmax(excess)), excess.shape))
    found, wanted = float(automatic[row, column]), float(finite[row, column])
    raise GradcheckError(
        f"gradcheck: {what} of output {k} by input {position}: {wrong} of {excess.size} entries differ. The worst is "
        f"d output{numeric.place(y, row)} / d input{numeric.place(x, column)}: numeric {wanted:.9g}, analytic "
        f"{found:.9g}, difference {abs(found - wanted):.3g} (allowed {atol + rtol * abs(wanted):.3g})"
    )


def gradcheck(
    func: Callable[..., Any],
    inputs: Any,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    *,
    nondet_tol: float = 0.0,
    check_backward_ad: bool = True,
    check_forward_ad: bool = False,
    check_batched_grad: bool = False,
) -> bool:
    """Compares the derivatives of `func(*inputs)` with central differences of step `eps`; True if they agree.

    Checks the inputs that require grad, or all floating and complex ones if none does; complex numbers count as pairs
    of real ones, in PyTorch's convention. An entry passes within `atol + rtol * |numeric|`. Reverse mode is computed
    twice and may differ by `nondet_tol` at most. `check_forward_ad` checks forward mode too, `check_batched_grad` that
    reverse mode under `vmap` gives the same.

    Inputs should be float64 or complex128; others get a warning.

    Raises GradcheckError with the worst entry, its numeric and its analytic value; with `raise_exception=False` the
    result is False instead.

    Example:
        >>> x = ingot.array([0.5, 1.5], dtype=ingot.float64, requires_grad=True)
        >>> ingot.autograd.gradcheck(lambda x: ingot.sin(x) * x, (x,))
        True
    """
    try:
        return _gradcheck(
            func,
            _as_tuple(inputs),
            eps,
            (atol, rtol, nondet_tol),
            (check_backward_ad, check_forward_ad, check_batched_grad),
        )
    except GradcheckError:
        if raise_exception:
            raise
        return False


def _gradcheck(
    func: Callable[..., Any],
    given: tuple[Any, ...],
    eps: float,
    tolerances: tuple[float, float, float],
    checks: tuple[bool, bool, bool],
) -> bool:
    which = _positions(given, "gradcheck")
    arrays = [i for i, x in enumerate(given) if isinstance(x, array)]
    chosen = [arrays.index(i) for i in which]

    def flat(values: list[array]) -> list[array]:
        arguments = list(given)
        for position, value in zip(arrays, values, strict=True):
            arguments[position] = value
        return _outputs(func(*arguments))

    primals = [given[i] for i in arrays]
    outputs = flat(primals)
    atol, rtol, nondet = tolerances
    finite = numeric.numeric_jacobians(flat, primals, chosen, eps)
    backward, forward, batched = checks

    def compare(what: str, found: Any, wanted: Any, atol: float, rtol: float) -> None:
        for k, output in enumerate(outputs):
            for j, position in enumerate(which):
                tables = found[k][j], wanted[k][j]
                _check_entries(what, k, position, output, given[position], tables, atol, rtol)

    if backward or batched:
        reverse = numeric.reverse_jacobians(flat, primals, chosen)
        compare("reverse mode", reverse, finite, atol, rtol)
        compare("reverse mode, run twice,", numeric.reverse_jacobians(flat, primals, chosen), reverse, nondet, 0.0)
        if batched:
            compare("reverse mode under vmap", numeric.batched_jacobians(flat, primals, chosen), reverse, atol, rtol)
    if forward:
        compare("forward mode", numeric.forward_jacobians(flat, primals, chosen), finite, atol, rtol)
    return True


def gradgradcheck(
    func: Callable[..., Any],
    inputs: Any,
    grad_outputs: Any = None,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    *,
    nondet_tol: float = 0.0,
    check_forward_ad: bool = False,
) -> bool:
    """Compares second derivatives with differences of first ones: `gradcheck` of the gradients of `func`.

    These are taken for `grad_outputs`, random ones if not given, and checked by the inputs and by `grad_outputs`.

    Example:
        >>> x = ingot.array([0.5, 1.5], dtype=ingot.float64, requires_grad=True)
        >>> ingot.autograd.gradgradcheck(lambda x: ingot.sin(x) * x, (x,))
        True
    """
    import numpy as np

    given = _as_tuple(inputs)
    which = _positions(given, "gradgradcheck")
    outputs = _outputs(func(*given))
    if grad_outputs is None:
        rng = np.random.default_rng(0)
        weights = []
        for output in outputs:
            values = rng.normal(size=tuple(output.shape))
            if numeric.is_complex(output):
                values = values + 1j * rng.normal(size=tuple(output.shape))
            weights.append(_core.array(values).astype(output.dtype))
    else:
        weights = list(_as_tuple(grad_outputs))

    def gradients(*arguments: Any) -> tuple[array, ...]:
        def flat(chosen: list[array]) -> list[array]:
            values = list(arguments[: len(given)])
            for i, value in zip(which, chosen, strict=True):
                values[i] = value
            return _outputs(func(*values))

        at = _core._Linearization(flat, [arguments[i] for i in which])
        return tuple(at.pull_back(list(arguments[len(given) :])))

    everything = [x.detach() if isinstance(x, array) else x for x in given] + [w.detach() for w in weights]
    for i in [*which, *range(len(given), len(everything))]:
        everything[i] = everything[i].requires_grad_()
    return gradcheck(
        gradients,
        tuple(everything),
        eps,
        atol,
        rtol,
        raise_exception,
        nondet_tol=nondet_tol,
        check_forward_ad=check_forward_ad,
    )
