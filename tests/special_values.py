"""What operations give at zeros, infinities and NaN where the oracle of the table says something else, or nothing."""

from __future__ import annotations

import numpy as np
from scipy import special

SPECIAL = np.array([0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e-30, 1e30, -1e30, np.inf, -np.inf, np.nan])


def polygamma(n: np.ndarray, x: np.ndarray) -> np.ndarray:
    """SciPy's at the orders 0 and 1. At 1e30 a factorial and a power decide, at other orders there is no value."""
    known, huge = (n == 0) | (n == 1), np.isclose(n, 1e30, rtol=1e-6, atol=0)
    decided = np.where(huge, np.where(x < 1e30 / np.e, -np.inf, -0.0), np.nan)
    values = np.where(known, special.polygamma(np.where(known, n, 0).astype(int), x), decided)
    # There are poles all the way to minus infinity, hence no limit.
    return np.where(np.isnan(x) | (x == -np.inf), np.nan, values)


def complex_of_parts(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    whole = x.astype(np.complex128)
    whole.imag = y
    return whole


def gelu_slope(x: np.ndarray) -> np.ndarray:
    density = np.where(np.isinf(x), 0, x * np.exp(-x * x / 2)) / np.sqrt(2 * np.pi)
    return 0.5 * special.erfc(-x / np.sqrt(2)) + density


#: Limits, exact zeros, and what C, the array API and PyTorch agree on: inf // 1 and lgamma(-inf) are inf.
AT_SPECIAL_VALUES = {
    "complex": complex_of_parts,
    "floor_divide": lambda x, y: np.where(np.isinf(x) | np.isinf(y), x / y, np.floor_divide(x, y)),
    "gelu": lambda x: np.where(x == -np.inf, 0, x * 0.5 * special.erfc(-x / np.sqrt(2))),
    "gelu_slope": gelu_slope,
    "i0": lambda x: np.where(np.isinf(x), np.inf, special.i0(x)),
    "i1": lambda x: np.where(np.isinf(x), x, special.i1(x)),
    "lgamma": lambda x: np.where(x == -np.inf, np.inf, special.gammaln(x)),
    "logb": lambda x: np.floor(np.log2(np.abs(x))),
    "polygamma": polygamma,
    "sinc": lambda x: np.where((x == np.rint(x)) & (x != 0), 0, np.sinc(x)),
}
