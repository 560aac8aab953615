"""The least and the greatest that an element of a dtype can be."""

from __future__ import annotations

import ingot


def lowest(dtype: ingot.dtype) -> float:
    """What no element of the dtype is below."""
    return ingot.iinfo(dtype).min if ingot.isdtype(dtype, "integral") else -ingot.inf


def highest(dtype: ingot.dtype) -> float:
    """What no element of the dtype is above."""
    return ingot.iinfo(dtype).max if ingot.isdtype(dtype, "integral") else ingot.inf
