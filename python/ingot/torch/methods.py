"""Methods of arrays that mean one thing in PyTorch and another in NumPy and MLX.

`ingot run --as torch` gives arrays PyTorch's, for that process: a method cannot tell who calls it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ingot


def moment(reduce: Callable[..., Any]) -> Callable[..., Any]:
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


def equal(self: Any, other: Any) -> bool:
    """Whether shapes and all elements are equal."""
    return bool(ingot.array_equal(self, other))


def nonzero(self: Any, *, as_tuple: bool = False) -> Any:
    """One row of indices for each element that is not zero."""
    return ingot.nonzero(self, as_tuple=as_tuple)


def install() -> None:
    """Gives the methods of arrays PyTorch's meaning, in this process."""
    methods = {"std": moment(ingot.std), "var": moment(ingot.var), "equal": equal, "nonzero": nonzero}
    for name, method in methods.items():
        setattr(ingot.array, name, method)
