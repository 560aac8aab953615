"""Continuous distributions of one number."""

from __future__ import annotations

import math
from typing import Any

import ingot
from ingot import array
from ingot.distributions.distribution import Distribution, Shape, as_arrays

_EULER_GAMMA = 0.57721566490153286


def _noise(shape: Shape, like: array, draw: str = "normal") -> array:
    drawn: array = getattr(ingot.random, draw)(shape=shape, dtype=like.dtype)
    return drawn


class _LocationScale(Distribution):
    """`loc + scale * noise`."""

    has_rsample = True
    _noise_name = "normal"

    def __init__(self, loc: Any, scale: Any, validate_args: bool | None = None) -> None:
        self.loc, self.scale = as_arrays(loc, scale)
        super().__init__(self.loc.shape)

    def _draw(self, shape: Shape) -> array:
        return self.loc + self.scale * _noise(shape, self.loc, self._noise_name)

    def _standard(self, value: Any) -> array:
        return (ingot.asarray(value) - self.loc) / self.scale

    @property
    def mean(self) -> array:
        return self.loc


class Normal(_LocationScale):
    """The normal distribution.

    Example:
        >>> from ingot.distributions import Normal
        >>> round(Normal(0.0, 2.0).entropy().item(), 4)
        2.1121
    """

    def log_prob(self, value: Any) -> array:
        return -0.5 * ingot.square(self._standard(value)) - ingot.log(self.scale) - 0.5 * math.log(2 * math.pi)

    def cdf(self, value: Any) -> array:
        """The probability of a value at most as large."""
        return 0.5 * (1 + ingot.erf(self._standard(value) / math.sqrt(2)))

    def icdf(self, value: Any) -> array:
        """The quantile."""
        return self.loc + self.scale * math.sqrt(2) * ingot.erfinv(2 * ingot.asarray(value) - 1)

    def entropy(self) -> array:
        return 0.5 + 0.5 * math.log(2 * math.pi) + ingot.log(self.scale)

    @property
    def mode(self) -> array:
        """The most likely value."""
        return self.loc

    @property
    def variance(self) -> array:
        return ingot.square(self.scale)


class LogNormal(Normal):
    """The distribution of a number whose logarithm is normal."""

    def _draw(self, shape: Shape) -> array:
        return ingot.exp(super()._draw(shape))

    def log_prob(self, value: Any) -> array:
        logarithm = ingot.log(ingot.asarray(value))
        return super().log_prob(logarithm) - logarithm

    def cdf(self, value: Any) -> array:
        return super().cdf(ingot.log(ingot.asarray(value)))

    def icdf(self, value: Any) -> array:
        return ingot.exp(super().icdf(value))

    def entropy(self) -> array:
        return super().entropy() + self.loc

    @property
    def mean(self) -> array:
        return ingot.exp(self.loc + ingot.square(self.scale) / 2)

    @property
    def mode(self) -> array:
        return ingot.exp(self.loc - ingot.square(self.scale))

    @property
    def variance(self) -> array:
        spread = ingot.square(self.scale)
        return ingot.expm1(spread) * ingot.exp(2 * self.loc + spread)


class Laplace(_LocationScale):
    """The Laplace distribution."""

    _noise_name = "laplace"

    def log_prob(self, value: Any) -> array:
        return -ingot.abs(self._standard(value)) - ingot.log(2 * self.scale)

    def entropy(self) -> array:
        return 1 + ingot.log(2 * self.scale)

    @property
    def variance(self) -> array:
        return 2 * ingot.square(self.scale)


class Gumbel(_LocationScale):
    """The Gumbel distribution: that of the largest of many."""

    _noise_name = "gumbel"

    def log_prob(self, value: Any) -> array:
        z = -self._standard(value)
        return z - ingot.exp(z) - ingot.log(self.scale)

    def entropy(self) -> array:
        return ingot.log(self.scale) + (1 + _EULER_GAMMA)

    @property
    def mean(self) -> array:
        return self.loc + self.scale * _EULER_GAMMA

    @property
    def variance(self) -> array:
        return ingot.square(self.scale) * (math.pi**2 / 6)


class Uniform(Distribution):
    """Uniform in [low, high)."""

    has_rsample = True

    def __init__(self, low: Any, high: Any, validate_args: bool | None = None) -> None:
        self.low, self.high = as_arrays(low, high)
        super().__init__(self.low.shape)

    def _draw(self, shape: Shape) -> array:
        return self.low + (self.high - self.low) * _noise(shape, self.low, "uniform")

    def log_prob(self, value: Any) -> array:
        x = ingot.asarray(value)
        inside = (x >= self.low) & (x < self.high)
        return ingot.where(inside, -ingot.log(self.high - self.low), -math.inf)

    def entropy(self) -> array:
        return ingot.log(self.high - self.low)

    @property
    def mean(self) -> array:
        return (self.low + self.high) / 2

    @property
    def variance(self) -> array:
        return ingot.square(self.high - self.low) / 12


class Exponential(Distribution):
    """The exponential distribution."""

    has_rsample = True

    def __init__(self, rate: Any, validate_args: bool | None = None) -> None:
        (self.rate,) = as_arrays(rate)
        super().__init__(self.rate.shape)

    def _draw(self, shape: Shape) -> array:
        return -ingot.log1p(-_noise(shape, self.rate, "uniform")) / self.rate

    def log_prob(self, value: Any) -> array:
        return ingot.log(self.rate) - self.rate * ingot.asarray(value)

    def entropy(self) -> array:
        return 1 - ingot.log(self.rate)

    @property
    def mean(self) -> array:
        return 1 / self.rate

    @property
    def variance(self) -> array:
        return 1 / ingot.square(self.rate)


class Gamma(Distribution):
    """The gamma distribution."""

    has_rsample = True

    def __init__(self, concentration: Any, rate: Any, validate_args: bool | None = None) -> None:
        self.concentration, self.rate = as_arrays(concentration, rate)
        super().__init__(self.rate.shape)

    def _draw(self, shape: Shape) -> array:
        return ingot.random.gamma(self.concentration, shape) / self.rate

    def log_prob(self, value: Any) -> array:
        x, a = ingot.asarray(value), self.concentration
        return ingot.xlogy(a, self.rate) + ingot.xlogy(a - 1, x) - self.rate * x - ingot.lgamma(a)

    def entropy(self) -> array:
        a = self.concentration
        return a - ingot.log(self.rate) + ingot.lgamma(a) + (1 - a) * ingot.digamma(a)

    @property
    def mean(self) -> array:
        return self.concentration / self.rate

    @property
    def variance(self) -> array:
        return self.concentration / ingot.square(self.rate)


class Beta(Distribution):
    """The beta distribution."""

    has_rsample = True

    def __init__(self, concentration1: Any, concentration0: Any, validate_args: bool | None = None) -> None:
        self.concentration1, self.concentration0 = as_arrays(concentration1, concentration0)
        super().__init__(self.concentration1.shape)

    def _draw(self, shape: Shape) -> array:
        return ingot.random.beta(self.concentration1, self.concentration0, shape)

    def log_prob(self, value: Any) -> array:
        x, a, b = ingot.asarray(value), self.concentration1, self.concentration0
        return ingot.xlogy(a - 1, x) + ingot.xlog1py(b - 1, -x) - ingot.betaln(a, b)

    def entropy(self) -> array:
        a, b = self.concentration1, self.concentration0
        rest = (a + b - 2) * ingot.digamma(a + b)
        return ingot.betaln(a, b) - (a - 1) * ingot.digamma(a) - (b - 1) * ingot.digamma(b) + rest

    @property
    def mean(self) -> array:
        return self.concentration1 / (self.concentration1 + self.concentration0)

    @property
    def variance(self) -> array:
        a, b = self.concentration1, self.concentration0
        return a * b / (ingot.square(a + b) * (a + b + 1))


class StudentT(Distribution):
    """Student's distribution with `df` degrees of freedom."""

    has_rsample = True

    def __init__(self, df: Any, loc: Any = 0.0, scale: Any = 1.0, validate_args: bool | None = None) -> None:
        self.df, self.loc, self.scale = as_arrays(df, loc, scale)
        super().__init__(self.df.shape)

    def _draw(self, shape: Shape) -> array:
        return self.loc + self.scale * ingot.random.student_t(self.df, shape)

    def log_prob(self, value: Any) -> array:
        n = self.df
        z = (ingot.asarray(value) - self.loc) / self.scale
        size = ingot.log(self.scale) + 0.5 * ingot.log(n * math.pi) + ingot.lgamma(n / 2) - ingot.lgamma((n + 1) / 2)
        return -0.5 * (n + 1) * ingot.log1p(ingot.square(z) / n) - size

    def entropy(self) -> array:
        n = self.df
        size = ingot.log(self.scale) + 0.5 * ingot.log(n) + ingot.betaln(ingot.full_like(n, 0.5), n / 2)
        return size + 0.5 * (n + 1) * (ingot.digamma((n + 1) / 2) - ingot.digamma(n / 2))

    @property
    def mean(self) -> array:
        return ingot.where(self.df > 1, self.loc, math.nan)

    @property
    def variance(self) -> array:
        finite = ingot.square(self.scale) * self.df / ingot.where(self.df > 2, self.df - 2, 1)
        return ingot.where(self.df > 2, finite, ingot.where(self.df > 1, math.inf, math.nan))
