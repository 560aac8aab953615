"""What values a parameter or a draw may have: `constraints.positive.check(x)` says for each element.

Example:
    >>> from ingot.distributions import constraints
    >>> constraints.positive.check(ingot.array([1.0, -1.0])).tolist()
    [True, False]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ingot


class Constraint:
    """A subclass defines `check`, of elements unless it sets `event_dim`."""

    is_discrete = False
    event_dim = 0

    def check(self, value: Any) -> Any:
        """Whether each element, or each point, is allowed."""
        raise NotImplementedError(f"{type(self).__name__} defines no check")

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class _Given(Constraint):
    def __init__(self, check: Callable[[Any], Any], event_dim: int = 0, is_discrete: bool = False) -> None:
        self._check, self.event_dim, self.is_discrete = check, event_dim, is_discrete

    def check(self, value: Any) -> Any:
        return self._check(ingot.asarray(value))


def _whole(x: Any) -> Any:
    return ingot.floor(x) == x


def greater_than(lower_bound: Any) -> Constraint:
    """Above the bound."""
    return _Given(lambda x: x > lower_bound)


def greater_than_eq(lower_bound: Any) -> Constraint:
    """At the bound or above."""
    return _Given(lambda x: x >= lower_bound)


def interval(lower_bound: Any, upper_bound: Any) -> Constraint:
    """Between the bounds, or at one."""
    return _Given(lambda x: (x >= lower_bound) & (x <= upper_bound))


def integer_interval(lower_bound: Any, upper_bound: Any) -> Constraint:
    """A whole number between the bounds, or at one."""
    return _Given(lambda x: _whole(x) & (x >= lower_bound) & (x <= upper_bound), is_discrete=True)


def independent(base: Constraint, reinterpreted_batch_ndims: int) -> Constraint:
    """All of the last axes satisfy `base`."""
    axes = tuple(range(-reinterpreted_batch_ndims, 0))
    return _Given(lambda x: base.check(x).all(axis=axes), base.event_dim + reinterpreted_batch_ndims)


real = _Given(lambda x: ~ingot.isnan(x))
real_vector = independent(real, 1)
positive = greater_than(0)
nonnegative = greater_than_eq(0)
unit_interval = interval(0, 1)
boolean = _Given(lambda x: (x == 0) | (x == 1), is_discrete=True)
nonnegative_integer = _Given(lambda x: _whole(x) & (x >= 0), is_discrete=True)
positive_integer = _Given(lambda x: _whole(x) & (x >= 1), is_discrete=True)
simplex = _Given(lambda x: (x >= 0).all(axis=-1) & (ingot.abs(x.sum(axis=-1) - 1) < 1e-6), 1)
