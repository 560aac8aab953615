"""PyTorch's settings of the whole program: some change something, others hold anyway."""

from __future__ import annotations

from typing import Any

from ingot import _core


def get_default_dtype() -> _core.dtype:
    """The dtype of arrays made of Python's floats: float32.

    Example:
        >>> ingot.get_default_dtype()
        ingot.float32
    """
    return _core.float32


def set_default_dtype(d: Any) -> None:
    """Accepts float32, which is the dtype of arrays made of Python's floats.

    Raises TypeError for another one: give `dtype=` where arrays are made, or call `model.double()`.

    Example:
        >>> ingot.set_default_dtype(ingot.float32)
    """
    if d != _core.float32:
        raise TypeError(f"set_default_dtype: floats are float32 here, not {d}; give dtype= or call model.double()")


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
    **options: Any,
) -> None:
    """How arrays are printed. They are printed by NumPy: its settings, and PyTorch's names for them, are NumPy's.

    `profile` is "default", "short" or "full"; `sci_mode` False is NumPy's `suppress=True`.

    Example:
        >>> ingot.set_printoptions(precision=3)
        >>> print(ingot.array([2 / 3]))
        [0.667]
        >>> ingot.set_printoptions(profile="default")
    """
    import sys

    import numpy as np

    profiles: dict[str, dict[str, Any]] = {
        "default": {"precision": 8, "threshold": 1000, "edgeitems": 3, "linewidth": 75, "suppress": False},
        "short": {"precision": 2, "threshold": 1000, "edgeitems": 2, "linewidth": 75},
        "full": {"precision": 8, "threshold": sys.maxsize, "edgeitems": 3, "linewidth": 75},
    }
    if profile is not None and profile not in profiles:
        raise ValueError(f"set_printoptions: expected the profile 'default', 'short' or 'full', got {profile!r}")
    chosen = dict(profiles[profile]) if profile else {}
    if precision is not None and precision < 0:
        raise ValueError(f"set_printoptions: expected a precision of at least 0 digits, got {precision}")
    given = {"precision": precision, "threshold": threshold, "edgeitems": edgeitems, "linewidth": linewidth}
    chosen.update({name: value for name, value in given.items() if value is not None})
    if chosen.get("threshold") == float("inf"):
        chosen["threshold"] = sys.maxsize
    if sci_mode is not None:
        chosen["suppress"] = not sci_mode
    np.set_printoptions(**chosen, **options)


def set_float32_matmul_precision(precision: str) -> None:
    """Accepts "highest", "high" and "medium": products of float32 are always computed in float32.

    Raises ValueError for another word.

    Example:
        >>> ingot.set_float32_matmul_precision("high")
    """
    if precision not in ("highest", "high", "medium"):
        raise ValueError(f"set_float32_matmul_precision: expected 'highest', 'high' or 'medium', got {precision!r}")


def get_float32_matmul_precision() -> str:
    """The precision of products of float32: "highest".

    Example:
        >>> ingot.get_float32_matmul_precision()
        'highest'
    """
    return "highest"


def use_deterministic_algorithms(mode: bool, *, warn_only: bool = False) -> None:
    """Nothing to do: all results are the same in every run, and for any number of threads.

    Example:
        >>> ingot.use_deterministic_algorithms(True)
    """


def are_deterministic_algorithms_enabled() -> bool:
    """True, always.

    Example:
        >>> ingot.are_deterministic_algorithms_enabled()
        True
    """
    return True
