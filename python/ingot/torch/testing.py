"""PyTorch's `torch.testing`."""

from __future__ import annotations

from typing import Any

import ingot

_TOLERANCES = {"float16": 1e-3, "bfloat16": 1.6e-2, "float32": 1.3e-6, "float64": 1e-7}
_ABSOLUTE = {"float32": 1e-5, "float64": 1e-7}


def assert_close(
    actual: Any,
    expected: Any,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    equal_nan: bool = False,
    msg: Any = None,
    check_dtype: bool = True,
    **settings: Any,
) -> None:
    """Raises AssertionError unless arrays, numbers, or lists, tuples and dictionaries of them, are close and of one
    shape and dtype; `rtol` and `atol` default to what suits the dtype, and are given together.

    Example:
        >>> from ingot.torch import testing
        >>> testing.assert_close(ingot.ones(2), ingot.ones(2) + 1e-7)
    """
    rest: dict[str, Any] = {"rtol": rtol, "atol": atol, "equal_nan": equal_nan, "msg": msg, "check_dtype": check_dtype}
    if isinstance(expected, dict):
        if actual.keys() != expected.keys():
            raise AssertionError(msg or f"the keys are {list(actual)}, expected {list(expected)}")
        for key in expected:
            assert_close(actual[key], expected[key], **rest)
        return
    if isinstance(expected, (list, tuple)):
        if len(actual) != len(expected):
            raise AssertionError(msg or f"there are {len(actual)} items, expected {len(expected)}")
        for one, other in zip(actual, expected, strict=True):
            assert_close(one, other, **rest)
        return
    a, b = ingot.asarray(actual), ingot.asarray(expected)
    if a.shape != b.shape:
        raise AssertionError(msg or f"the shape is {a.shape}, expected {b.shape}")
    if check_dtype and a.dtype != b.dtype:
        raise AssertionError(msg or f"the dtype is {a.dtype}, expected {b.dtype}")
    if (rtol is None) != (atol is None):
        raise ValueError("assert_close: expected both of rtol and atol, or neither")
    kind = str(b.dtype)
    relative = _TOLERANCES.get(kind, 0.0) if rtol is None else rtol
    absolute = _ABSOLUTE.get(kind, 1e-5 if relative else 0.0) if atol is None else atol
    if not ingot.allclose(a, b, rtol=relative, atol=absolute, equal_nan=equal_nan):
        far = (a - b).abs().max().item() if ingot.is_floating_point(b) else (a != b).sum().item()
        what = "the greatest difference is" if ingot.is_floating_point(b) else "elements that differ:"
        raise AssertionError(msg or f"the arrays are not close: {what} {far}, with rtol {relative} and atol {absolute}")
