"""Functions that are methods of arrays too, and mean one thing in PyTorch and another in NumPy and MLX.

`ingot run --as torch` gives arrays PyTorch's methods, for that process: a method cannot tell who calls it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ingot


def _moment(reduce: Callable[..., Any]) -> Callable[..., Any]:
    """`std` or `var` whose divisor is the count less 1, unless it is asked otherwise."""

    def reduced(input: Any, dim: Any = None, *args: Any, **settings: Any) -> Any:
        if isinstance(dim, bool):  # std(x, False): the first argument is `unbiased`
            return reduce(input, unbiased=dim)
        if args and isinstance(args[0], bool):
            # std(x, dim, unbiased) or std(x, dim, unbiased, keepdim), in the order of old
            settings["unbiased"], args = args[0], args[1:]
        if not {"correction", "unbiased"} & settings.keys():
            settings["correction"] = 1
        return reduce(input, dim, *args, **settings)

    reduced.__doc__ = f"{reduce.__doc__}\n\nThe correction is 1, unless it is asked otherwise."
    return reduced


std: Callable[..., Any] = _moment(ingot.std)
var: Callable[..., Any] = _moment(ingot.var)


def equal(input: Any, other: Any) -> bool:
    """Whether shapes and all elements are equal (NumPy: element by element)."""
    return bool(ingot.array_equal(input, other))


def nonzero(input: Any, *, as_tuple: bool = False) -> Any:
    """One row of indices for each element that is not zero (NumPy: one array for each axis)."""
    return ingot.nonzero(input, as_tuple=as_tuple)


def install() -> None:
    """Gives the methods of arrays PyTorch's meaning, in this process."""
    for name, method in {"std": std, "var": var, "equal": equal, "nonzero": nonzero}.items():
        setattr(ingot.array, name, method)
