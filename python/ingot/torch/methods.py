"""Functions that are methods of arrays too, and mean one thing in PyTorch and another in NumPy and MLX.

`ingot run --as torch` gives arrays PyTorch's methods, for that process: a method cannot tell who calls it. Integers and
indices are int64 then, an integer beside index arrays selects before they do, and in-place changes of slices reach
their arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ingot
from ingot import _core


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


def bernoulli(input: Any, *, generator: Any = None) -> Any:
    """Ones, with the probabilities in `input`, and zeros, in its dtype (NumPy and MLX: bool)."""
    return ingot.bernoulli(input, generator=generator).astype(input.dtype)


_values_of = ingot.array.detach


def detach(input: Any) -> Any:
    """The same values, cut from their graph; what is done to those of a leaf in place is done to the leaf (NumPy and
    MLX: they are values of their own)."""
    # Those of a result would keep its graph alive for as long as anybody holds them.
    return input.data if input.is_leaf else _values_of(input)


def equal(input: Any, other: Any) -> bool:
    """Whether shapes and all elements are equal (NumPy: element by element)."""
    return bool(ingot.array_equal(input, other))


def nonzero(input: Any, *, as_tuple: bool = False) -> Any:
    """One row of indices for each element that is not zero (NumPy: one array for each axis)."""
    return ingot.nonzero(input, as_tuple=as_tuple)


def install() -> None:
    """Gives the methods of arrays, and what no name tells apart, PyTorch's meaning, in this process."""
    _core._set_pytorch_conventions(True)
    methods = {"std": std, "var": var, "bernoulli": bernoulli, "detach": detach, "equal": equal, "nonzero": nonzero}
    for name, method in methods.items():
        setattr(ingot.array, name, method)
