"""Continuous distributions of one number that few programs use."""

from __future__ import annotations

import math
from typing import Any

import ingot
from ingot import array
from ingot.distributions.continuous import Exponential, Gamma, Normal, _LocationScale, _noise
from ingot.distributions.distribution import Distribution, Shape, as_arrays


class Chi2(Gamma):
    """The sum of so many squares of standard normal numbers."""

    def __init__(self, df: Any, validate_args: bool | None = None) -> None:
        (self.df,) = as_arrays(df)
        super().__init__(self.df / 2, 0.5)


class InverseGamma(Gamma):
    """The distribution of 1 / x for x of the gamma distribution."""

    def _draw(self, shape: Shape) -> array:
        return 1 / super()._draw(shape)

    def log_prob(self, value: Any) -> array:
        x = ingot.asarray(value)
        return super().log_prob(1 / x) - 2 * ingot.log(x)

    def entropy(self) -> array:
        a = self.concentration
        return a + ingot.log(self.rate) + ingot.lgamma(a) - (1 + a) * ingot.digamma(a)

    @property
    def mean(self) -> array:
        a = self.concentration
        return ingot.where(a > 1, self.rate / ingot.where(a > 1, a - 1, 1), math.inf)

    @property
    def variance(self) -> array:
        a = self.concentration
        finite = ingot.square(self.rate / (a - 1)) / ingot.where(a > 2, a - 2, 1)
        return ingot.where(a > 2, finite, math.inf)


class Cauchy(_LocationScale):
    """The Cauchy distribution, which has no mean."""

    def _draw(self, shape: Shape) -> array:
        return self.loc + self.scale * ingot.tan(math.pi * (_noise(shape, self.loc, "uniform") - 0.5))

    def log_prob(self, value: Any) -> array:
        return -ingot.log(math.pi * self.scale) - ingot.log1p(ingot.square(self._standard(value)))

    def entropy(self) -> array:
        return ingot.log(4 * math.pi * self.scale)

    @property
    def mean(self) -> array:
        return ingot.full_like(self.loc, math.nan)

    @property
    def variance(self) -> array:
        return ingot.full_like(self.loc, math.nan)


class _Half(_LocationScale):
    """The absolute value of what is symmetric around 0."""

    def __init__(self, scale: Any, validate_args: bool | None = None) -> None:
        super().__init__(0.0, scale)

    def _draw(self, shape: Shape) -> array:
        return ingot.abs(super()._draw(shape))

    def log_prob(self, value: Any) -> array:
        x = ingot.asarray(value)
        return ingot.where(x >= 0, super().log_prob(x) + math.log(2), -math.inf)

    def entropy(self) -> array:
        return super().entropy() - math.log(2)


class HalfNormal(_Half, Normal):
    """The absolute value of a normal number around 0.

    Example:
        >>> from ingot.distributions import HalfNormal
        >>> round(HalfNormal(1.0).mean.item(), 4)
        0.7979
    """

    def cdf(self, value: Any) -> array:
        return ingot.clip(2 * super().cdf(value) - 1, 0, None)

    def icdf(self, value: Any) -> array:
        return super().icdf((ingot.asarray(value) + 1) / 2)

    @property
    def mean(self) -> array:
        return self.scale * math.sqrt(2 / math.pi)

    @property
    def variance(self) -> array:
        return ingot.square(self.scale) * (1 - 2 / math.pi)


class HalfCauchy(_Half, Cauchy):
    """The absolute value of a Cauchy number around 0."""

    @property
    def mean(self) -> array:
        return ingot.full_like(self.scale, math.inf)


class Weibull(Distribution):
    """`scale` times the 1/concentration-th power of a standard exponential number."""

    has_rsample = True

    def __init__(self, scale: Any, concentration: Any, validate_args: bool | None = None) -> None:
        self.scale, self.concentration = as_arrays(scale, concentration)
        super().__init__(self.scale.shape)

    def _draw(self, shape: Shape) -> array:
        return self.scale * Exponential(ingot.ones_like(self.scale))._draw(shape) ** (1 / self.concentration)

    def log_prob(self, value: Any) -> array:
        x, k = ingot.asarray(value) / self.scale, self.concentration
        return ingot.log(k / self.scale) + ingot.xlogy(k - 1, x) - x**k

    def entropy(self) -> array:
        return 0.57721566490153286 * (1 - 1 / self.concentration) + ingot.log(self.scale / self.concentration) + 1

    def _moment(self, power: int) -> array:
        return self.scale**power * ingot.exp(ingot.lgamma(1 + power / self.concentration))

    @property
    def mean(self) -> array:
        return self._moment(1)

    @property
    def variance(self) -> array:
        return self._moment(2) - ingot.square(self.mean)


class Pareto(Distribution):
    """`scale` times exp of an exponential number of rate `alpha`."""

    has_rsample = True

    def __init__(self, scale: Any, alpha: Any, validate_args: bool | None = None) -> None:
        self.scale, self.alpha = as_arrays(scale, alpha)
        super().__init__(self.scale.shape)

    def _draw(self, shape: Shape) -> array:
        return self.scale * ingot.exp(Exponential(self.alpha)._draw(shape))

    def log_prob(self, value: Any) -> array:
        x, a = ingot.asarray(value), self.alpha
        return ingot.where(x >= self.scale, ingot.log(a / x) + a * ingot.log(self.scale / x), -math.inf)

    def entropy(self) -> array:
        return ingot.log(self.scale / self.alpha) + 1 + 1 / self.alpha

    @property
    def mean(self) -> array:
        a = self.alpha
        return ingot.where(a > 1, a * self.scale / ingot.where(a > 1, a - 1, 1), math.inf)

    @property
    def variance(self) -> array:
        a = self.alpha
        finite = ingot.square(self.scale / (a - 1)) * a / ingot.where(a > 2, a - 2, 1)
        return ingot.where(a > 2, finite, math.inf)
