"""Invertible functions with the logarithms of their Jacobians' determinants, for `TransformedDistribution`.

Example:
    >>> from ingot.distributions import transforms
    >>> t = transforms.ExpTransform()
    >>> t(ingot.zeros(2)).tolist(), t.inv(ingot.ones(2)).tolist()
    ([1.0, 1.0], [0.0, 0.0])
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import ingot
from ingot import array


def summed(x: array, axes: int) -> array:
    """The sum over so many last axes."""
    return x.sum(axis=tuple(range(-axes, 0))) if axes else x


def _stretched(shape: tuple[int, ...], *parameters: Any) -> tuple[int, ...]:
    return tuple(ingot.broadcast_shapes(shape, *(ingot.asarray(each).shape for each in parameters)))


class Transform:
    """A subclass defines `_call`, `_inverse` and `log_abs_det_jacobian(x, y)`, of elements unless it sets `event_dim`.

    With `cache_size=1` the inverse of the last result is the very array that it was made from, which is exact where
    the inverse is not.
    """

    bijective = True
    #: How many last axes are one point.
    event_dim = 0

    def __init__(self, cache_size: int = 0) -> None:
        self.cache_size = cache_size
        self._last: tuple[array, array] | None = None

    def _call(self, x: array) -> array:
        raise NotImplementedError(f"{type(self).__name__} defines no _call")

    def _inverse(self, y: array) -> array:
        raise NotImplementedError(f"{type(self).__name__} defines no _inverse")

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        """log |dy / dx| at x, whose transform is y."""
        raise NotImplementedError(f"{type(self).__name__} defines no log_abs_det_jacobian")

    def forward_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of the transform of something of this shape."""
        return shape

    def _remember(self, x: array, y: array) -> None:
        if self.cache_size:
            self._last = (x, y)

    def __call__(self, x: array) -> array:
        if self._last is not None and x is self._last[0]:
            return self._last[1]
        y = self._call(x)
        self._remember(x, y)
        return y

    def _invert(self, y: array) -> array:
        if self._last is not None and y is self._last[1]:
            return self._last[0]
        x = self._inverse(y)
        self._remember(x, y)
        return x

    @property
    def inv(self) -> Transform:
        """The inverse."""
        return _Inverse(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class _Inverse(Transform):
    def __init__(self, of: Transform) -> None:
        super().__init__()
        self.of = of
        self.event_dim = of.event_dim

    def _call(self, x: array) -> array:
        return self.of._invert(x)

    def _inverse(self, y: array) -> array:
        return self.of(y)

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        return -self.of.log_abs_det_jacobian(y, x)

    def forward_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        return self.of.forward_shape(shape)

    @property
    def inv(self) -> Transform:
        return self.of

    def __repr__(self) -> str:
        return f"{self.of!r}.inv"


class ComposeTransform(Transform):
    """One transform after another."""

    def __init__(self, parts: Sequence[Transform], cache_size: int = 0) -> None:
        super().__init__(cache_size)
        self.parts = list(parts)
        self.event_dim = max((part.event_dim for part in self.parts), default=0)

    def _call(self, x: array) -> array:
        for part in self.parts:
            x = part(x)
        return x

    def _inverse(self, y: array) -> array:
        for part in reversed(self.parts):
            y = part._invert(y)
        return y

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        total: Any = 0.0
        for part in self.parts:
            after = part(x)
            total = total + summed(part.log_abs_det_jacobian(x, after), self.event_dim - part.event_dim)
            x = after
        return total if self.parts else ingot.zeros_like(x)

    def forward_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        for part in self.parts:
            shape = part.forward_shape(shape)
        return shape

    def __repr__(self) -> str:
        return f"ComposeTransform({self.parts!r})"


class AffineTransform(Transform):
    """loc + scale * x; with `event_dim`, the last axes are one point."""

    def __init__(self, loc: Any, scale: Any, event_dim: int = 0, cache_size: int = 0) -> None:
        super().__init__(cache_size)
        self.loc, self.scale, self.event_dim = loc, scale, event_dim

    def _call(self, x: array) -> array:
        result: array = self.loc + self.scale * x
        return result

    def _inverse(self, y: array) -> array:
        result: array = (y - self.loc) / self.scale
        return result

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        scale = ingot.abs(ingot.asarray(self.scale, dtype=x.dtype))
        return summed(ingot.broadcast_to(ingot.log(scale), x.shape), self.event_dim)

    def forward_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        return _stretched(shape, self.loc, self.scale)


class ExpTransform(Transform):
    """exp(x)."""

    def _call(self, x: array) -> array:
        return ingot.exp(x)

    def _inverse(self, y: array) -> array:
        return ingot.log(y)

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        return x


class PowerTransform(Transform):
    """x to the power of `exponent`, of positive numbers."""

    def __init__(self, exponent: Any, cache_size: int = 0) -> None:
        super().__init__(cache_size)
        self.exponent = exponent

    def _call(self, x: array) -> array:
        return ingot.pow(x, self.exponent)

    def _inverse(self, y: array) -> array:
        return ingot.pow(y, 1 / self.exponent)

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        return ingot.log(ingot.abs(self.exponent * y / x))

    def forward_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        return _stretched(shape, self.exponent)


class SigmoidTransform(Transform):
    """1 / (1 + exp(-x))."""

    def _call(self, x: array) -> array:
        return ingot.sigmoid(x)

    def _inverse(self, y: array) -> array:
        return ingot.logit(y)

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        return -ingot.softplus(-x) - ingot.softplus(x)


class SoftplusTransform(Transform):
    """log(1 + exp(x))."""

    def _call(self, x: array) -> array:
        return ingot.softplus(x)

    def _inverse(self, y: array) -> array:
        return y + ingot.log(-ingot.expm1(-y))

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        return -ingot.softplus(-x)


class TanhTransform(Transform):
    """tanh(x). Its inverse is not exact near -1 and 1: give `cache_size=1` to score one's own draws."""

    def _call(self, x: array) -> array:
        return ingot.tanh(x)

    def _inverse(self, y: array) -> array:
        return ingot.atanh(y)

    def log_abs_det_jacobian(self, x: array, y: array) -> array:
        return 2 * (math.log(2) - x - ingot.softplus(-2 * x))
