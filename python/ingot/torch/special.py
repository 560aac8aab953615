"""PyTorch's `torch.special`: the special functions of `ingot`, under the names that they have there."""

from __future__ import annotations

from typing import Any

import ingot

_RENAMED = {"gammaln": "lgamma", "psi": "digamma", "expit": "sigmoid"}


def __getattr__(name: str) -> Any:
    try:
        return getattr(ingot, _RENAMED.get(name, name))
    except AttributeError:
        raise AttributeError(f"module 'torch.special' has no attribute {name!r}") from None


def ndtr(input: Any) -> Any:
    """The distribution function of the standard normal distribution.

    Example:
        >>> from ingot.torch import special
        >>> special.ndtr(ingot.array(0.0)).item()
        0.5
    """
    return ingot.erfc(input * -(0.5**0.5)) / 2


def ndtri(input: Any) -> Any:
    """The inverse of `ndtr`.

    Example:
        >>> from ingot.torch import special
        >>> special.ndtri(ingot.array(0.5)).item()
        0.0
    """
    return ingot.erfinv(2 * input - 1) * 2**0.5


def entr(input: Any) -> Any:
    """-x log(x), 0 at 0, and -inf for negative numbers.

    Example:
        >>> from ingot.torch import special
        >>> special.entr(ingot.array([0.0, 1.0])).tolist()
        [0.0, 0.0]
    """
    return ingot.where(input < 0, -ingot.inf, 0 - ingot.xlogy(input, ingot.maximum(input, 0)))
